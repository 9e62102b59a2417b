"""Why a time cannot be had, rule by rule, as exactly as the schedule knows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from desk_app.domain.interval import Interval
from desk_app.domain.places import RoomState
from desk_app.domain.policies import Policy
from desk_app.domain.spans import instant
from desk_app.ui import format as shown
from desk_app.ui import notices, privacy
from desk_app.ui.dialogs import offers, room_words, rule_words
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.people import Service
    from desk_app.domain.schedule import ProviderDay
    from desk_app.errors import Refused
    from desk_app.ui.dialogs.ports import Screen
    from desk_app.ui.words import Words


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that closes a time, what is behind it, and who may set it aside."""

    policy: str
    title: str
    text: str
    who: str

    @property
    def spoken(self) -> str:
        """Everything, for a screen reader."""
        return ". ".join(part for part in (self.title, self.text, self.who) if part)


@dataclass(frozen=True, slots=True)
class _Place:
    """The time that is asked about."""

    screen: Screen
    service: Service
    start: datetime
    column: ProviderDay

    @property
    def zone(self) -> ZoneInfo:
        """The provider's zone: rules are kept by it."""
        return ZoneInfo(self.column.provider.timezone)

    @property
    def visit(self) -> Interval:
        """The time the client would be seen."""
        return Interval(self.start, self.start + self.service.duration)

    @property
    def wanted(self) -> Interval:
        """The same with the buffer."""
        return Interval(self.start, self.visit.end + self.service.buffer)

    def clock(self, instant: datetime) -> str:
        """Return a time by the provider's clock."""
        return shown.time(instant, self.zone)

    def clocks(self, span: Interval) -> str:
        """Return both ends by the provider's clock."""
        return shown.time_range(span.start, span.end, self.zone)


def reasons(
    screen: Screen, service: Service, start: datetime, against: Iterable[Refused]
) -> tuple[Reason, ...]:
    """Return each of the rules that stand against a start on a shown day."""
    column = offers.column_of(screen, service.provider_id, start)
    if column is None:
        return ()
    place = _Place(screen, service, start, column)
    return tuple(_reason(refused, place) for refused in against)


def notice(
    screen: Screen, service: Service, start: datetime, closed: Sequence[Refused]
) -> Words:
    """Return what closes a start as one notice: the gravest rule, then all in words."""
    told = reasons(screen, service, start, closed)
    text = "\n".join(reason.text for reason in told)
    return replace(notices.words(closed[0]), text=text, next_step="")


def _reason(refused: Refused, place: _Place) -> Reason:
    write = _WRITERS.get(refused.policy)
    text = (write(place) if write else "") or rule_words.closed_by(refused)
    name = place.column.provider.name
    return Reason(
        refused.policy,
        rule_words.titled(refused.policy),
        text,
        rule_words.who_may((refused.policy,), name),
    )


def _blocks(place: _Place) -> str:
    """Name each block in the way, with its reason and whose calendar it comes from."""
    return "\n".join(
        rule_words.blocked(block.span, block.reason, block.source, place.zone)
        for block in place.column.blocks
        if block.span.overlaps(place.visit)
    )


def _hours(place: _Place) -> str:
    """Say when the provider does work on that day."""
    name, windows = place.column.provider.name, place.column.open_windows
    if not windows:
        return filled(_tr("%1 does not work on this day."), name)
    hours = ", ".join(place.clocks(window) for window in windows)
    return filled(_tr("%1 works %2."), name, hours)


def _busy(place: _Place) -> str:
    """Name the appointments in the way, and which of their times it is."""
    return "\n".join(
        _neighbour(other, place)
        for other in place.column.appointments
        if other.busy.overlaps(place.wanted)
    )


def _neighbour(other: Appointment, place: _Place) -> str:
    who = f"{privacy.name(other.client_name)}, {place.clocks(other.visit)}"
    if other.visit.overlaps(place.visit):
        return who
    if other.busy.overlaps(place.visit):
        text = _tr("Buffer of the %1: kept free until %2 (%3)")
        until = place.clock(other.busy_until)
        return filled(text, place.clock(other.start), until, who)
    text = _tr("%1 after this visit are kept free, but the %2 begins then (%3)")
    length = shown.duration(place.service.buffer_minutes)
    return filled(text, length, place.clock(other.start), who)


def _rooms(place: _Place) -> str:
    """Name each room that will do, and who is in it until when."""
    offered, times = place.service.rooms or (), place.column.rooms
    if not offered:
        return _tr("None of its rooms is in use any more.")
    known = [each for day in place.screen.days for each in day.appointments]
    lines = []
    for room_id in offered:
        busy = [
            Interval(instant(start), instant(end))
            for start, end in times.get(room_id, ())
        ]
        taken = next((each for each in busy if each.overlaps(place.wanted)), None)
        inside = (each for each in known if each.room_id == room_id)
        who = next((each for each in inside if each.busy.overlaps(place.wanted)), None)
        state = RoomState(room_id, taken, who)
        lines.append(room_words.of_state(state, place.screen))
    return "\n".join(lines)


def _day_limit(place: _Place) -> str:
    today = place.screen.now.astimezone(place.zone).date()
    last = today + timedelta(days=place.service.max_advance_days)
    text = _tr("%1 is booked %2 days ahead at most: until %3.")
    days = str(place.service.max_advance_days)
    return filled(text, place.service.name, days, shown.short_date(last))


def _holds(place: _Place) -> str:
    """Say who is booking the time, where, and since when."""
    said = []
    for hold in place.screen.holds:
        is_theirs = hold.provider_id == place.service.provider_id
        lasts = place.screen.now < hold.expires_at
        if is_theirs and lasts and hold.span.overlaps(place.wanted):
            who = hold.name or hold.held_by
            if hold.desk:
                who = filled(_tr("%1 (%2)"), who, hold.desk)
            since = shown.time(hold.held_since, place.screen.zone)
            said.append(filled(_tr("%1 is booking it, since %2"), who, since))
    return "\n".join(said)


def _tr(text: str) -> str:
    return QCoreApplication.translate("WhyNotDialog", text)


_WRITERS: dict[str, Callable[[_Place], str]] = {
    Policy.BLOCKED: _blocks,
    Policy.CLOSED: _hours,
    Policy.BUSY: _busy,
    Policy.NO_ROOM: _rooms,
    Policy.DAY_LIMIT: _day_limit,
    Policy.HELD: _holds,
}
