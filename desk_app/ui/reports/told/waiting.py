"""Waiting time: how long clients sit between arriving and being seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.ui.reports import words
from desk_app.ui.reports.charts import Told
from desk_app.ui.reports.told import rates, spreads
from desk_app.ui.reports.words import tr

if TYPE_CHECKING:
    from desk_app.domain.reports.asking import Report
    from desk_app.domain.reports.figures import WaitingTime


def told(report: Report, figures: WaitingTime) -> Told:
    """Return the report."""
    values = spreads.Values(words.minutes, tr("Visits"))
    total = figures.total
    made = spreads.cell(total.now, values)
    is_empty = not total.now.count
    names = report.providers
    hour: rates.Rows[int] = rates.Rows(tr("Hour"), tr("Hour"), words.hour_of_day)
    return Told(
        title=words.kind(report.query.kind),
        figure=made.text,
        detail=spreads.detail(total.now, values),
        compared=spreads.compared(total, values),
        definition=tr(
            "Counts the minutes from being marked as arrived to being marked as with"
            " the provider, where both were marked; hours are those in which the"
            " appointment began."
        ),
        charts=()
        if is_empty
        else (
            spreads.bars(figures.by_hour, hour, values),
            spreads.bars(
                rates.by_name(figures.by_provider, names),
                rates.of_providers(names),
                values,
            ),
        ),
        empty=words.nothing_counted(report.query) if is_empty else "",
        advice=_advice() if is_empty else "",
    )


def _advice() -> str:
    return tr(
        "In the schedule, press A when a client arrives and S when they go in; from"
        " then on their waiting shows here. Or choose a longer period."
    )
