"""A provider's day in words: who comes, who waits and how long, gaps and blocks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from desk_app.domain.appointment import Appointment, Status
from desk_app.domain.spans import instant, span, union, without
from desk_app.ui import format as shown
from desk_app.ui import privacy
from desk_app.ui.dialogs.inks import Ink
from desk_app.ui.my_day.cards import Card, Line
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from desk_app.domain.desk_rules import DeskRules
    from desk_app.domain.schedule import Block, ProviderDay

# A shorter gap is a buffer, or a breath.
SHORTEST_GAP = timedelta(minutes=10)
_OPEN = (Status.PENDING, Status.CONFIRMED)


class DayWords:
    """Writes one day as cards; `zone` is that of the provider."""

    def __init__(self, column: ProviderDay, now: datetime, rules: DeskRules) -> None:
        self._column, self._now, self._rules = column, now, rules
        self._zone = ZoneInfo(column.provider.timezone)
        self._next = next_of(column, now)

    def cards(self) -> tuple[Card, ...]:
        """Return everything of the day in order of time."""
        visits = [(each.start, self._visit(each)) for each in self._column.appointments]
        blocks = [(each.span.start, self._block(each)) for each in self._column.blocks]
        gaps = [*self._gaps()]
        rows = sorted([*blocks, *visits, *gaps], key=lambda row: row[0])
        return tuple(card for _, card in rows)

    def summary(self) -> str:
        """Return "4 to come · 1 waiting"."""
        open_ = [each for each in self._column.appointments if each.status in _OPEN]
        waiting = sum(waits(each) for each in open_)
        to_come = sum(
            each.start >= self._now and each.arrived_at is None for each in open_
        )
        parts = [filled(_tr("%1 to come"), str(to_come))]
        if waiting:
            parts.append(filled(_tr("%1 waiting"), str(waiting)))
        return " · ".join(parts)

    def clock_note(self, practice: ZoneInfo) -> str:
        """Return which clock is shown, where it is not the practice's."""
        return shown.zone_note(self._now, self._zone, practice)

    def _visit(self, appointment: Appointment) -> Card:
        minutes = round((appointment.end - appointment.start).total_seconds() / 60)
        service = f"{shown.what(appointment)} · {shown.duration(minutes)}"
        lines = [Line(service)]
        if appointment.notes:
            lines.append(Line(privacy.phone(appointment.notes), Ink.NORMAL))
        if appointment.meeting_link:
            lines.append(Line(_tr("Video: G opens the link, L copies it")))
        elif appointment.is_virtual and appointment.status is Status.CONFIRMED:
            lines.append(Line(_tr("Video: there is no link yet"), Ink.WARNING))
        return Card(
            ("visit", appointment.appointment_id),
            self._clock(appointment.start),
            privacy.name(appointment.client_name),
            self._state(appointment),
            tuple(lines),
            appointment,
            is_next=appointment is self._next,
        )

    def _state(self, appointment: Appointment) -> Line:
        words = {
            Status.COMPLETED: Line(_tr("completed")),
            Status.NO_SHOW: Line(_tr("no-show"), Ink.DANGER),
        }
        if appointment.status in words:
            return words[appointment.status]
        if appointment.left_at is not None:
            return Line(_tr("left"))
        if appointment.seen_at is not None:
            return Line(_tr("with provider"), Ink.SUCCESS)
        if appointment.arrived_at is not None:
            return self._waiting(appointment.arrived_at)
        if appointment.start < self._now:
            return Line(_tr("not here yet"), Ink.WARNING)
        is_pending = appointment.status is Status.PENDING
        return Line(_tr("to confirm")) if is_pending else Line("")

    def _waiting(self, since: datetime) -> Line:
        minutes = max(int((self._now - since).total_seconds() // 60), 0)
        text = filled(_tr("waits %1"), shown.duration(minutes))
        is_long = minutes > self._rules.waiting_minutes
        return Line(text, Ink.WARNING if is_long else Ink.SUCCESS)

    def _block(self, block: Block) -> Card:
        reason = block.reason or _tr("blocked")
        until = filled(_tr("until %1"), self._clock(block.span.end))
        return Card(
            ("block", block.override_id, block.span.start),
            self._clock(block.span.start),
            filled(_tr("Blocked: %1"), reason),
            Line(until),
            what=block,
            is_quiet=True,
        )

    def _gaps(self) -> Iterator[tuple[datetime, Card]]:
        """Yield what is open and not busy, from now on."""
        windows = [span(window) for window in self._column.open_windows]
        busy = union(span(each.busy) for each in self._column.appointments)
        for first, last in without(windows, busy):
            start, end = max(instant(first), self._minute()), instant(last)
            if end - start >= SHORTEST_GAP:
                minutes = round((end - start).total_seconds() / 60)
                text = filled(_tr("Free for %1"), shown.duration(minutes))
                key = ("gap", end)
                yield start, Card(key, self._clock(start), text, is_quiet=True)

    def _minute(self) -> datetime:
        return self._now.replace(second=0, microsecond=0)

    def _clock(self, moment: datetime) -> str:
        return shown.time(moment, self._zone)


def waits(appointment: Appointment) -> bool:
    """Say whether a client is here and was not seen yet."""
    return (
        appointment.status in _OPEN
        and appointment.arrived_at is not None
        and appointment.seen_at is None
        and appointment.left_at is None
    )


def next_of(column: ProviderDay, now: datetime) -> Appointment | None:
    """Return who is to be seen next: who waits, else who is to come."""
    open_ = [
        each
        for each in column.appointments
        if each.status in _OPEN and each.seen_at is None
    ]
    waiting = [each for each in open_ if waits(each)]
    to_come = [each for each in open_ if each.end > now]
    return next(iter(waiting or to_come), None)


def _tr(text: str) -> str:
    return QCoreApplication.translate("MyDay", text)
