"""Everybody of a day that cannot take place: whom to ring, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desk_app.domain.appointment import Appointment, Status
from desk_app.ui import format as shown
from desk_app.ui import privacy
from desk_app.ui.dialogs import offers, visit_words
from desk_app.ui.dialogs.inks import Ink
from desk_app.ui.my_day.cards import Card, Line
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from desk_app.domain.rebooking import Proposal
    from desk_app.domain.slots import Opening
    from desk_app.ui.dialogs.ports import Screen


class Outcome(Enum):
    """What came of a call."""

    OPEN = auto()
    NO_ANSWER = auto()
    MOVED = auto()
    CANCELLED = auto()


@dataclass(frozen=True, slots=True)
class Call:
    """One client to ring: how the appointment stood, stands now, and could stand."""

    was: Appointment
    now: Appointment
    openings: tuple[Opening, ...]
    was_rung: bool = False

    @property
    def outcome(self) -> Outcome:
        """What came of it; the appointment itself says most of it."""
        if self.now.status is Status.CANCELLED:
            return Outcome.CANCELLED
        place = (self.now.provider_id, self.now.start)
        if place != (self.was.provider_id, self.was.start):
            return Outcome.MOVED
        return Outcome.NO_ANSWER if self.was_rung else Outcome.OPEN


class CallList:
    """The calls of one absence; ticks stay as long as the window is open."""

    def __init__(self, proposals: Sequence[Proposal]) -> None:
        self.calls = [
            Call(each.appointment, each.appointment, each.openings)
            for each in proposals
        ]

    @property
    def open(self) -> int:
        """How many still have to be told."""
        done = (Outcome.MOVED, Outcome.CANCELLED)
        return sum(call.outcome not in done for call in self.calls)

    def find(self, appointment_id: int) -> int:
        """Return the row of an appointment, or -1."""
        numbers = [call.was.appointment_id for call in self.calls]
        return numbers.index(appointment_id) if appointment_id in numbers else -1

    def put(self, appointment: Appointment) -> bool:
        """Learn how an appointment stands now; False if it is none of these."""
        row = self.find(appointment.appointment_id)
        known = self.calls[row].now if row >= 0 else None
        if known is None or known.version >= appointment.version:
            return False
        self.calls[row] = replace(self.calls[row], now=appointment)
        return True

    def ring(self, row: int) -> None:
        """Tick that nobody answered, or take that back."""
        call = self.calls[row]
        self.calls[row] = replace(call, was_rung=not call.was_rung)

    def offer(self, row: int, openings: tuple[Opening, ...]) -> None:
        """Propose other times: those of before are gone."""
        self.calls[row] = replace(self.calls[row], openings=openings)

    def take_away(self, taken: Opening) -> None:
        """Propose a time that was given away to nobody else."""
        for row, call in enumerate(self.calls):
            left = tuple(o for o in call.openings if not _clash(o, taken))
            if left != call.openings:
                self.offer(row, left)

    def next_open(self, after: int) -> int:
        """Return the next row to ring, from `after` on; or -1."""
        rows = [n for n, c in enumerate(self.calls) if c.outcome is Outcome.OPEN]
        later = [row for row in rows if row > after]
        return next(iter(later or rows), -1)


def cards(calls: Sequence[Call], screen: Screen) -> tuple[Card, ...]:
    """Return the calls as cards."""
    return tuple(_card(call, screen) for call in calls)


def _card(call: Call, screen: Screen) -> Card:
    was = call.was
    number = privacy.phone(was.client_phone) or _tr("no phone number")
    phone = Line(number, Ink.NORMAL)
    return Card(
        was.appointment_id,
        shown.time(was.start, screen.zone),
        privacy.name(was.client_name),
        _state(call),
        (phone, *_below(call, screen)),
        call,
        is_quiet=call.outcome in (Outcome.MOVED, Outcome.CANCELLED),
    )


def _state(call: Call) -> Line:
    return {
        Outcome.OPEN: Line(""),
        Outcome.NO_ANSWER: Line(_tr("no answer"), Ink.WARNING),
        Outcome.MOVED: Line(_tr("moved"), Ink.SUCCESS),
        Outcome.CANCELLED: Line(_tr("cancelled")),
    }[call.outcome]


def _below(call: Call, screen: Screen) -> list[Line]:
    if call.outcome is Outcome.CANCELLED:
        return []
    if call.outcome is Outcome.MOVED:
        return [Line(_when(call.now.start, call.now.provider_id, call.was, screen))]
    if not call.openings:
        return [Line(_tr("no time found: O looks further"), Ink.WARNING)]
    return [
        Line(f"{number}  {_when(each.start, each.provider_id, call.was, screen)}")
        for number, each in enumerate(call.openings, start=1)
    ]


def _when(start: datetime, provider_id: int, was: Appointment, screen: Screen) -> str:
    provider = offers.provider_of(screen.catalogue, provider_id)
    when = visit_words.moment(start, provider, screen)
    if provider_id == was.provider_id:
        return when
    return filled(_tr("%1 with %2"), when, provider.name if provider else "?")


def _clash(one: Opening, other: Opening) -> bool:
    same = one.provider_id == other.provider_id
    return same and one.start < other.end and other.start < one.end


def _tr(text: str) -> str:
    return QCoreApplication.translate("CallList", text)
