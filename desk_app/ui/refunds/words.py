"""A refund in words: whose, how much, why, and since when it waits."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.domain.appointment import Appointment, CancelledBy, Status
from desk_app.domain.people import Money
from desk_app.ui import format as shown
from desk_app.ui import privacy
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from desk_app.ui.dialogs.ports import Screen


def is_to_give(appointment: Appointment) -> bool:
    """Say whether somebody is still to be given money back."""
    due = appointment.refund_due
    is_due = due is not None and due.amount > 0
    return is_due and appointment.refund_given_at is None


def since(appointment: Appointment) -> datetime | None:
    """Return since when it waits."""
    return appointment.cancelled_at or appointment.no_show_at


def amount(appointment: Appointment) -> str:
    """Return how much is due."""
    due = appointment.refund_due
    return shown.money(due) if due is not None else ""


def phone(appointment: Appointment) -> str:
    """Return where to ring the client."""
    return privacy.phone(appointment.client_phone) or _tr("no phone number")


def why(appointment: Appointment, screen: Screen) -> str:
    """Return "Cancelled by the client, Mon 23 Nov, 10:42"."""
    by = {
        CancelledBy.CLIENT: _tr("Cancelled by the client"),
        CancelledBy.PRACTICE: _tr("Cancelled by the practice"),
    }
    text = by.get(appointment.cancelled_by or CancelledBy.UNDO, _tr("Cancelled"))
    if appointment.status is Status.NO_SHOW:
        text = _tr("Did not come")
    at = since(appointment)
    if at is None:
        return text
    day = shown.short_date(at.astimezone(screen.zone).date())
    return f"{text}, {day}, {shown.time(at, screen.zone)}"


def waiting(appointment: Appointment, screen: Screen) -> str:
    """Return "since today", "1 day" or "5 days"."""
    at = since(appointment)
    if at is None:
        return ""
    zone = screen.zone
    days = (screen.now.astimezone(zone).date() - at.astimezone(zone).date()).days
    if days < 1:
        return _tr("since today")
    if days == 1:
        return _tr("since yesterday")
    return filled(_tr("waits %1 days"), str(days))


def spoken(appointment: Appointment, screen: Screen) -> str:
    """Return all of it in one line, for a screen reader."""
    parts = (
        privacy.name(appointment.client_name),
        amount(appointment),
        privacy.phone(appointment.client_phone),
        why(appointment, screen),
        waiting(appointment, screen),
    )
    return ", ".join(part for part in parts if part)


def total(appointments: Iterable[Appointment]) -> str:
    """Return the sum, one for each currency."""
    sums: dict[str, Decimal] = {}
    for appointment in appointments:
        due = appointment.refund_due
        if due is not None:
            sums[due.currency] = sums.get(due.currency, Decimal(0)) + due.amount
    return " + ".join(shown.money(Money(sums[name], name)) for name in sorted(sums))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Refunds", text)
