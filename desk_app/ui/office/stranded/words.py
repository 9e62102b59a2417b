"""What is said about stranded appointments and about what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.domain.stranding import Fate
from desk_app.ui import format as shown
from desk_app.ui import privacy
from desk_app.ui.dialogs import offers, visit_words
from desk_app.ui.dialogs.inks import Ink
from desk_app.ui.my_day.cards import Card, Line
from desk_app.ui.office.stranded.choices import Since
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.slots import Opening
    from desk_app.ui.dialogs.ports import Screen
    from desk_app.ui.office.stranded.choices import Choices, Row


def card(row: Row, screen: Screen) -> Card:
    """Return an appointment with its fate at the right."""
    visit = row.appointment
    provider = offers.provider_of(screen.catalogue, visit.provider_id)
    day = shown.short_date(visit.start.astimezone(screen.zone).date())
    parts = (day, visit.service_name, provider.name if provider else "")
    lines = [Line(" · ".join(part for part in parts if part))]
    if since := _since(row.since):
        lines.append(Line(since, Ink.WARNING))
    return Card(
        visit.appointment_id,
        shown.time(visit.start, screen.zone),
        privacy.name(visit.client_name),
        _fate(row, screen),
        tuple(lines),
        row,
    )


def when(opening: Opening, was: Appointment, screen: Screen) -> str:
    """Return "Wed 25 Nov, 09:40", and with whom where that is somebody else."""
    provider = offers.provider_of(screen.catalogue, opening.provider_id)
    text = visit_words.moment(opening.start, provider, screen)
    if opening.provider_id == was.provider_id:
        return text
    return filled(_tr("%1 with %2"), text, provider.name if provider else "?")


def total(choices: Choices, now: datetime) -> str:
    """Return how many stay, go elsewhere, are cancelled, and what that costs."""
    counted = (
        (Fate.KEEP, _tr("%1 stay as they are"), _tr("1 stays as it is")),
        (Fate.MOVE, _tr("%1 are moved"), _tr("1 is moved")),
        (Fate.CANCEL, _tr("%1 are cancelled"), _tr("1 is cancelled")),
    )
    parts = []
    for fate, many, one in counted:
        count = choices.count(fate)
        if count:
            parts.append(one if count == 1 else filled(many, str(count)))
    back = " + ".join(map(shown.money, choices.given_back(now)))
    if back:
        parts.append(filled(_tr("%1 given back"), back))
    return " · ".join(parts)


def title(count: int) -> str:
    """Return what the change would do."""
    if count == 1:
        return _tr("One appointment would not fit any more")
    return filled(_tr("%1 appointments would not fit any more"), str(count))


def _fate(row: Row, screen: Screen) -> Line:
    if row.fate is Fate.CANCEL:
        return Line(_tr("is cancelled"), Ink.DANGER)
    opening = row.goes_to
    if opening is None:
        return Line(_tr("stays as it is"))
    return Line(f"→ {when(opening, row.appointment, screen)}", Ink.SUCCESS)


def _since(since: Since) -> str:
    return {
        Since.NOTHING: "",
        Since.NEW: _tr("New: it came here while you decided"),
        Since.CHANGED: _tr("Changed at another desk: please decide again"),
        Since.LOST: _tr("The time chosen for it has just been taken"),
    }[since]


def _tr(text: str) -> str:
    return QCoreApplication.translate("StrandedDialog", text)
