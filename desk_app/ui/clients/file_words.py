"""A client's file in words: warnings, consents, visits, and what they wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from desk_app.domain.appointment import CancelledBy, Status
from desk_app.domain.policies import is_late_cancellation
from desk_app.ui import format as shown
from desk_app.ui.dialogs import offers
from desk_app.ui.dialogs.inks import Ink
from desk_app.ui.grid.words import status_word
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.client_file import (
        ClientDetails,
        ClientFile,
        Merge,
        Moving,
        Waiting,
    )
    from desk_app.ui.dialogs.ports import Screen


def consents(details: ClientDetails) -> str:
    """Return by which ways a client may be written to."""
    ways = (
        (details.consent_email, _tr("e-mail")),
        (details.consent_sms, _tr("text message")),
        (details.consent_push, _tr("push message")),
    )
    return ", ".join(word for may, word in ways if may) or _tr("nothing at all")


def language(tag: str) -> str:
    """Return "German", or the tag itself where Qt knows no such language."""
    locale = QLocale(tag.replace("-", "_"))
    if locale.language() in (QLocale.Language.C, QLocale.Language.AnyLanguage):
        return tag
    return QLocale.languageToString(locale.language())


def of_visit(appointment: Appointment) -> str:
    """Return how a visit stands: "Confirmed", "Cancelled late by the client"."""
    if appointment.status is not Status.CANCELLED:
        return status_word(appointment.status)
    if appointment.cancelled_by is CancelledBy.UNDO:
        return _tr("Booked by mistake")
    if is_late_cancellation(appointment):
        return _tr("Cancelled late")
    if appointment.cancelled_by is CancelledBy.PRACTICE:
        return _tr("Cancelled by us")
    return _tr("Cancelled")


def ink_of_visit(appointment: Appointment) -> Ink:
    """Return the colour of these words."""
    if appointment.status is Status.NO_SHOW or is_late_cancellation(appointment):
        return Ink.DANGER
    if appointment.status is Status.PENDING:
        return Ink.WARNING
    return Ink.MUTED


def what_of_visit(appointment: Appointment, screen: Screen) -> str:
    """Return "Check-up · Dr Weber"."""
    provider = offers.provider_of(screen.catalogue, appointment.provider_id)
    parts = (appointment.service_name, provider.name if provider else "")
    return " · ".join(part for part in parts if part)


def when_of_visit(appointment: Appointment, screen: Screen) -> str:
    """Return "Tomorrow, 10:00", or "Mon 3 Mar 2025, 10:00" for another year."""
    local = appointment.start.astimezone(screen.zone).date()
    today = screen.now.astimezone(screen.zone).date()
    if local.year == today.year:
        return shown.moment(appointment.start, screen.zone, today)
    clock = shown.time(appointment.start, screen.zone)
    return f"{shown.short_date(local)} {local.year}, {clock}"


def waiting(entry: Waiting, screen: Screen) -> str:
    """Return what a client waits for: "Check-up · Dr Weber · since 3 Mar"."""
    provider = None
    if entry.provider_id is not None:
        provider = offers.provider_of(screen.catalogue, entry.provider_id)
    parts = [
        _tr("Urgent") if entry.is_urgent else "",
        entry.service_name,
        provider.name if provider else _tr("with anybody"),
        filled(_tr("since %1"), day(entry.since, screen)),
        entry.notes,
    ]
    return " · ".join(part for part in parts if part)


def merged(merge: Merge, screen: Screen) -> str:
    """Return which entry was made part of this one, when and by whom."""
    who = screen.catalogue.name_of(merge.merged_by) or merge.merged_by
    text = _tr("Merged with %1 on %2 by %3")
    return filled(text, merge.name, day(merge.merged_at, screen), who)


def moving(rows: Moving) -> str:
    """Return "Moves to the kept entry: 5 appointments (2 to come), …"."""
    many = rows.appointments
    said = [_count(many, _tr("1 appointment"), _tr("%1 appointments"))]
    if not many:
        said = [_tr("no appointments")]
    if rows.to_come:
        said[0] += filled(_tr(" (%1 to come)"), _number(rows.to_come))
    if rows.waiting:
        one, several = _tr("1 on the waiting list"), _tr("%1 on the waiting list")
        said.append(_count(rows.waiting, one, several))
    if rows.walk_ins:
        said.append(_count(rows.walk_ins, _tr("1 walk-in"), _tr("%1 walk-ins")))
    return filled(_tr("Moves to the kept entry: %1."), ", ".join(said))


def why_read_only(file: ClientFile) -> str:
    """Return why not everything can be changed, "" where it can."""
    if file.is_erased:
        return _tr("This client was erased.")
    if "name" in file.may_change:
        return ""
    if "notes" in file.may_change:
        return _tr("With your login you write the notes; the rest is the reception’s.")
    return _tr("Not your client: with your login you can only read this.")


def day(instant: datetime, screen: Screen) -> str:
    """Return "Mon 3 Mar", with the year where it is another one."""
    local = instant.astimezone(screen.zone).date()
    if local.year == screen.now.astimezone(screen.zone).year:
        return shown.short_date(local)
    return f"{shown.short_date(local)} {local.year}"


def _count(count: int, one: str, many: str) -> str:
    return one if count == 1 else filled(many, _number(count))


def _number(count: int) -> str:
    return QLocale().toString(count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ClientFile", text)
