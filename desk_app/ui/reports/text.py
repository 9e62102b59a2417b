"""A chart as text for other programs: lines of a table, safe in a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from desk_app.domain.spreadsheet import safe_cell
from desk_app.ui.reports import words
from desk_app.ui.reports.charts import ChartKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from desk_app.domain.reports.asking import Report
    from desk_app.ui.reports.charts import Chart, Told

# Without it Excel takes the file for one of another alphabet.
MARK = "\ufeff"


def as_tabs(chart: Chart) -> str:
    """Return the table as it is shown, with tabs between its columns."""
    return "\n".join("\t".join(map(_one_line, row)) for row in rows_of(chart))


def rows_of(chart: Chart) -> list[list[str]]:
    """Return the table as it is shown, its headings first."""
    is_bars = chart.kind is ChartKind.BARS
    return [
        [chart.heading, *chart.columns],
        *(
            [row.label, *(c.text if is_bars else c.in_full for c in row.cells)]
            for row in chart.rows
        ),
    ]


def as_csv(told: Told, chart: Chart, report: Report) -> str:
    """Return a report as a CSV file: what it counts, then one chart with plain numbers.

    A rate of too few, or of nothing, is an empty cell.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for line in _lines(told, chart, report):
        writer.writerow([safe_cell(text) for text in line])
    return MARK + out.getvalue()


def _lines(told: Told, chart: Chart, report: Report) -> Iterator[Sequence[str]]:
    query = report.query
    yield told.title, words.days(query.period)
    if query.provider_id is not None:
        yield words.tr("Provider"), report.providers.get(query.provider_id, "")
    if query.service:
        yield words.tr("Service"), query.service
    yield (told.definition,)
    yield ()
    if chart.kind is ChartKind.BARS:
        yield chart.heading, *chart.columns
        for row in chart.rows:
            yield row.label, *(cell.plain for cell in row.cells)
        return
    # What each rate is counted of follows it.
    heads = (head for name in chart.columns for head in (name, words.tr("Counted")))
    yield chart.heading, *heads
    for row in chart.rows:
        cells = ((cell.plain, cell.note) for cell in row.cells)
        yield row.label, *(text for pair in cells for text in pair)


def _one_line(text: str) -> str:
    return safe_cell(" ".join(text.split()))
