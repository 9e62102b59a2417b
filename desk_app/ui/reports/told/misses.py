"""No-shows and late cancellations: when, with whom, and for what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desk_app.domain.reports.asking import ReportKind
from desk_app.domain.reports.shares import Share
from desk_app.ui.reports import words
from desk_app.ui.reports.charts import Chart, ChartKind, ChartRow, Goal, Told, ticks
from desk_app.ui.reports.told import rates
from desk_app.ui.reports.words import tr

if TYPE_CHECKING:
    from desk_app.domain.reports.asking import Report
    from desk_app.domain.reports.figures import Misses
    from desk_app.ui.reports.told.rates import Nouns


_HOURS, _WEEK = 24, 168


def told(report: Report, figures: Misses) -> Told:
    """Return the report of either kind."""
    is_late = report.query.kind is ReportKind.LATE_CANCELLATIONS
    nouns = _late() if is_late else _missed()
    total = figures.total
    made = rates.cell(total.now, nouns)
    is_empty = not total.now.whole
    return Told(
        title=words.kind(report.query.kind),
        figure=made.text,
        detail=made.spoken.partition(", ")[2],
        compared=words.points(total.now, total.before),
        definition=_late_means() if is_late else _missed_means(),
        charts=() if is_empty else _charts(report, figures, nouns),
        empty=words.nothing_counted(report.query) if is_empty else "",
        advice=words.look_farther() if is_empty else "",
    )


def _charts(report: Report, figures: Misses, nouns: Nouns) -> tuple[Chart, ...]:
    names = report.providers
    weekday: rates.Rows[int] = rates.Rows(
        tr("Weekday"),
        tr("Weekday"),
        words.weekday,
        lambda key: Goal(hours=tuple(range(key * _HOURS, key * _HOURS + _HOURS))),
    )
    hour: rates.Rows[int] = rates.Rows(
        tr("Hour"),
        tr("Hour"),
        words.hour_of_day,
        lambda key: Goal(hours=tuple(range(key, _WEEK, _HOURS))),
    )
    return (
        _heat(figures, nouns),
        rates.bars(
            rates.by_name(figures.by_provider, names), rates.of_providers(names), nouns
        ),
        rates.bars(figures.by_service, rates.of_services(), nouns),
        rates.bars(figures.by_weekday, weekday, nouns),
        rates.bars(figures.by_hour, hour, nouns),
    )


def _heat(figures: Misses, nouns: Nouns) -> Chart:
    """Return weekdays down and hours across, from the first to the last there is."""
    found = figures.by_weekday_hour
    weekdays = sorted({weekday for weekday, _ in found})
    used = [hour for _, hour in found]
    hours = range(min(used), max(used) + 1)
    rows = tuple(
        ChartRow(
            words.weekday(weekday),
            tuple(
                replace(
                    rates.cell(found.get((weekday, hour), Share()), nouns),
                    goal=Goal(hours=(weekday * _HOURS + hour,)),
                )
                for hour in hours
            ),
        )
        for weekday in weekdays
    )
    values = [cell.value for row in rows for cell in row.cells]
    return Chart(
        ChartKind.HEAT,
        tr("Weekday and hour"),
        tr("Weekday"),
        tuple(words.hour_of_day(hour) for hour in hours),
        rows,
        ticks(values, words.percent_tick),
    )


def _missed() -> Nouns:
    return rates.Nouns(
        tr("No-show rate"),
        tr("No-shows"),
        tr("Appointments"),
        tr("%1 of %2 appointments missed"),
    )


def _late() -> Nouns:
    return rates.Nouns(
        tr("Late cancellation rate"),
        tr("Cancelled too late"),
        tr("Appointments"),
        tr("%1 of %2 appointments cancelled too late"),
    )


def _missed_means() -> str:
    return tr(
        "Counts appointments marked as no-show, of all whose time has come and that"
        " were not cancelled."
    )


def _late_means() -> str:
    return tr(
        "Counts appointments that the client cancelled after the deadline agreed at"
        " booking, of all whose time has come; bookings undone at once do not count."
    )
