"""What is said when an appointment is cancelled: the refund, and what follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.domain.appointment import CancelledBy
from desk_app.domain.policies import is_late_cancellation, refund_due
from desk_app.ui import format as shown
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.desk_rules import Telling


@dataclass(frozen=True, slots=True)
class RefundWords:
    """What the client gets back, and why."""

    amount: str
    why: str
    is_due: bool


def late(appointment: Appointment, cancelled_by: CancelledBy, now: datetime) -> str:
    """Return that a cancellation comes too late, "" for one in time."""
    gone = replace(appointment, cancelled_at=now, cancelled_by=cancelled_by)
    if not is_late_cancellation(gone):
        return ""
    return _tr("Late cancellation: counted apart from those in time.")


def told(telling: Telling, start: datetime, now: datetime) -> str:
    """Return when the client hears of it, and until when it can be taken back."""
    grace = telling.rules.grace
    leaves = telling.told_at(now, (start,))
    if leaves > now + grace:
        today = now.astimezone(telling.zone).date()
        clock = shown.moment(leaves, telling.zone, today)
        text = _tr(
            "It is quiet now: the client is told after that (%1); Ctrl+Z before, and"
            " nobody hears of it."
        )
        return filled(text, clock)
    if not grace:
        return _tr("The client is told at once.")
    text = _tr("The client is told in %1; Ctrl+Z before that, and nobody hears of it.")
    seconds = round(grace.total_seconds())
    if seconds % 60:
        return filled(text, filled(_tr("%1 s"), str(seconds)))
    return filled(text, shown.duration(seconds // 60))


def refund(
    appointment: Appointment, cancelled_by: CancelledBy, now: datetime
) -> RefundWords:
    """Return what is due if the appointment is cancelled at `now`, and why."""
    due = refund_due(appointment, cancelled_by, now)
    if not appointment.price.amount:
        return RefundWords(
            _tr("No refund"), _tr("This visit is free of charge."), False
        )
    amount = filled(_tr("Refund due: %1"), shown.money(due))
    if cancelled_by is CancelledBy.PRACTICE:
        why = _tr("The practice cancels: the client gets everything back.")
        return RefundWords(amount, why, True)
    why = _why(appointment, now)
    if due.amount:
        return RefundWords(amount, why, True)
    return RefundWords(_tr("No refund"), why, False)


def _why(appointment: Appointment, now: datetime) -> str:
    limit = _hours(timedelta(hours=appointment.cancellation_hours))
    ahead = appointment.start - now
    if ahead <= timedelta(0):
        return filled(_tr("The visit has begun; %1 before it were agreed."), limit)
    if not appointment.cancellation_hours:
        return _tr("Cancelling is free until the visit begins.")
    return filled(_tr("Cancelled %1 before; %2 were agreed."), _hours(ahead), limit)


def _hours(length: timedelta) -> str:
    """Return a length as people say it: "3 days", "26 h", "40 min"."""
    minutes = int(length.total_seconds() // 60)
    if minutes >= 72 * 60:
        return filled(_tr("%1 days"), str(minutes // (24 * 60)))
    if minutes >= 120:
        return filled(_tr("%1 h"), str(minutes // 60))
    return shown.duration(minutes)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CancelDialog", text)
