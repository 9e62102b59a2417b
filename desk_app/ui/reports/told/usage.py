"""Utilisation: how much of the open time is booked, week by week and by provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.domain.reports.shares import Share
from desk_app.ui import format as written
from desk_app.ui.phrases import filled
from desk_app.ui.reports import words
from desk_app.ui.reports.charts import Chart, ChartKind, ChartRow, Goal, Told, ticks
from desk_app.ui.reports.told import rates
from desk_app.ui.reports.words import tr

if TYPE_CHECKING:
    from datetime import date

    from desk_app.domain.reports.asking import Report
    from desk_app.domain.reports.figures import Utilisation
    from desk_app.ui.reports.told.rates import Nouns


def told(report: Report, figures: Utilisation) -> Told:
    """Return the report."""
    nouns, total = _nouns(), figures.total
    is_empty = not total.now.part and not total.now.whole
    made = rates.cell(total.now, nouns)
    return Told(
        title=words.kind(report.query.kind),
        figure=made.text,
        detail=_detail(figures),
        compared=words.points(total.now, total.before),
        definition=tr(
            "Counts the minutes of appointments that were not cancelled, without"
            " buffers, as a share of the minutes in which providers are open; what is"
            " booked outside the hours counts too."
        ),
        charts=() if is_empty else _charts(report, figures, nouns),
        empty=words.nothing_counted(report.query) if is_empty else "",
        advice=_advice() if is_empty else "",
    )


def _detail(figures: Utilisation) -> str:
    share = figures.total.now
    text = tr("%1 booked of %2 open, in %3 appointments")
    booked, opened = words.hours_of(share.part), words.hours_of(share.whole)
    return filled(text, booked, opened, words.number(figures.visits.now))


def _charts(report: Report, figures: Utilisation, nouns: Nouns) -> tuple[Chart, ...]:
    names = report.providers
    return (
        _weeks(report, figures, nouns),
        rates.bars(
            rates.by_name(figures.by_provider, names), rates.of_providers(names), nouns
        ),
    )


def _weeks(report: Report, figures: Utilisation, nouns: Nouns) -> Chart:
    """Return a line for all together and one for each provider, over the weeks."""
    by_name = rates.by_name(figures.by_provider, report.providers)
    providers = [one.key for one in by_name]
    is_one = len(providers) == 1
    first = [] if is_one else [tr("All")]
    rows = tuple(
        ChartRow(
            _week(report, one.key),
            (
                *(rates.cell(one.now, nouns) for _ in first),
                *(
                    rates.cell(
                        figures.by_provider_week.get((number, one.key), Share()), nouns
                    )
                    for number in providers
                ),
            ),
            Goal(day=max(one.key, report.query.period.first)),
        )
        for one in figures.by_week
    )
    values = [cell.value for row in rows for cell in row.cells]
    return Chart(
        ChartKind.LINES,
        tr("Week"),
        tr("Week of"),
        (*first, *(report.providers[number] for number in providers)),
        rows,
        ticks([*values, 100.0], words.percent_tick),
    )


def _week(report: Report, monday: date) -> str:
    """Return the first day of a week that is asked for."""
    return written.date_and_year(max(monday, report.query.period.first))


def _nouns() -> Nouns:
    return rates.Nouns(
        tr("Utilisation"),
        tr("Booked"),
        tr("Open"),
        tr("%1 booked of %2 open"),
        words.hours_of,
        lambda seconds: f"{seconds / 3600:.2f}",
    )


def _advice() -> str:
    return tr(
        "Nobody has hours or appointments in these days. Hours are entered in the"
        " practice’s settings; or choose a longer period, or take a filter away."
    )
