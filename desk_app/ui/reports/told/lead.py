"""Lead time: how long before they come clients book."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from desk_app.domain.reports.figures import LEAD_STEPS
from desk_app.ui.phrases import filled
from desk_app.ui.reports import words
from desk_app.ui.reports.charts import Told
from desk_app.ui.reports.told import rates, spreads
from desk_app.ui.reports.words import tr

if TYPE_CHECKING:
    from desk_app.domain.reports.asking import Report
    from desk_app.domain.reports.figures import LeadTime

_DAY, _WEEK = 24, 168


def told(report: Report, figures: LeadTime) -> Told:
    """Return the report."""
    values = spreads.Values(words.lead, tr("Appointments"))
    total = figures.total
    made = spreads.cell(total.now, values)
    is_empty = not total.now.count
    names = report.providers
    shares = rates.Nouns(
        tr("Share"),
        tr("Appointments"),
        tr("Of all"),
        tr("%1 of %2 appointments"),
    )
    steps: rates.Rows[int] = rates.Rows(tr("How long before"), tr("Booked"), step)
    return Told(
        title=words.kind(report.query.kind),
        figure=made.text,
        detail=spreads.detail(total.now, values),
        compared=spreads.compared(total, values),
        definition=tr(
            "Counts the time from booking to the start of the appointment; what was"
            " entered after it had begun has none, and bookings undone at once do not"
            " count."
        ),
        charts=()
        if is_empty
        else (
            rates.bars(figures.steps, steps, shares),
            spreads.bars(
                rates.by_name(figures.by_provider, names),
                rates.of_providers(names),
                values,
            ),
            spreads.bars(figures.by_service, rates.of_services(), values),
        ),
        empty=words.nothing_counted(report.query) if is_empty else "",
        advice=words.look_farther() if is_empty else "",
    )


def step(first: int) -> str:
    """Return the words of a step that begins at so many hours."""
    following = dict(pairwise(LEAD_STEPS))
    end = following.get(first)
    if not first:
        return tr("less than a day before")
    if end is None:
        return filled(tr("%1 weeks before and more"), str(first // _WEEK))
    unit, text = (
        (_DAY, tr("%1 to %2 days before"))
        if end <= _WEEK
        else (_WEEK, tr("%1 to %2 weeks before"))
    )
    return filled(text, str(first // unit), str(end // unit))
