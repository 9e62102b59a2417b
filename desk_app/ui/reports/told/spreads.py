"""Medians as rows of bars: the middle, nine in ten, of how many, and before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from desk_app.ui.phrases import filled
from desk_app.ui.reports import words
from desk_app.ui.reports.charts import Cell, Chart, ChartKind, ChartRow, ticks
from desk_app.ui.reports.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.domain.reports.figures import Spreads
    from desk_app.domain.reports.shares import Compared, Spread
    from desk_app.ui.reports.told.rates import Rows

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Values:
    """What is measured: how a value is written, and what is counted."""

    write: Callable[[int | None], str]
    counted: str


def bars(found: Spreads[K], rows: Rows[K], values: Values) -> Chart:
    """Return a chart with a bar for each median, and a mark for nine in ten."""
    made = tuple(
        ChartRow(rows.label(one.key), _cells(one, values), rows.goal(one.key))
        for one in found
        if one.now.count or one.before.count
    )
    marks = [row.cells[0].mark for row in made]
    return Chart(
        ChartKind.BARS,
        rows.name,
        rows.heading,
        (tr("Median"), tr("9 of 10 within"), values.counted, tr("Median before")),
        made,
        ticks(marks, lambda value: values.write(round(value))),
        tr("Bar: half of them stay within. Mark: nine in ten do."),
    )


def cell(spread: Spread, values: Values) -> Cell:
    """Return a median, with how many it is of."""
    of = filled(tr("of %1"), words.number(spread.count))
    if spread.median is None:
        return Cell(words.NONE, of, note=of)
    if spread.is_too_few:
        spoken = f"{words.too_few()}, {of}: {words.why_too_few()}"
        return Cell(words.too_few(), spoken, note=of)
    middle, most = values.write(spread.median), values.write(spread.nine_in_ten)
    return Cell(
        middle,
        filled(tr("half within %1, nine in ten within %2, %3"), middle, most, of),
        spread.median,
        mark=spread.nine_in_ten,
        note=of,
        plain=str(spread.median),
    )


def _cells(one: Compared[K, Spread], values: Values) -> tuple[Cell, ...]:
    now, before = one.now, cell(one.before, values)
    most = values.write(now.nine_in_ten) if not now.is_too_few else words.too_few()
    most = most if now.count else words.NONE
    count = words.number(now.count)
    return (
        cell(now, values),
        Cell(most, filled(tr("nine in ten within %1"), most), plain=_plain(now)),
        Cell(count, f"{values.counted}: {count}", plain=str(now.count)),
        Cell(
            before.text,
            filled(tr("before: %1"), before.spoken),
            plain=before.plain,
        ),
    )


def _plain(spread: Spread) -> str:
    return "" if spread.is_too_few else str(spread.nine_in_ten)


def detail(spread: Spread, values: Values) -> str:
    """Return what the large figure is of."""
    return cell(spread, values).spoken.removeprefix(f"{words.too_few()}, ")


def compared(one: Compared[str, Spread], values: Values) -> str:
    """Return the median of the period before, "" where there was none."""
    if one.before.is_too_few:
        return ""
    return filled(tr("before: %1"), values.write(one.before.median))
