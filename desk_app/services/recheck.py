"""Looking again under the lock: is this start really free, by every rule?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from desk_app.db.failures import Busy
from desk_app.db.locks import (
    DayKey,
    RoomKey,
    keep_hours,
    lock_all,
    locking_all,
)
from desk_app.db.queries import days, holds, practice, rooms, staff
from desk_app.db.queries.pipeline import pipeline
from desk_app.db.queries.practice import Offered
from desk_app.domain.appointment import Override
from desk_app.domain.deeds import Move
from desk_app.domain.hours import (
    FIRST_DAY,
    LAST_DAY,
    blocks_of,
    day_bounds,
    open_windows,
)
from desk_app.domain.interval import Interval
from desk_app.domain.policies import (
    OF_THE_START,
    Policy,
    check_hold,
    check_override,
    objections,
)
from desk_app.domain.rooms import RoomWish, is_free, share_rooms
from desk_app.domain.slots import DayFacts
from desk_app.domain.spans import instant, span
from desk_app.errors import Invalid, NotFound, SlotTaken
from desk_app.services.contact import LONGEST_REASON, clean_paragraph
from desk_app.services.days_touched import room_days, touched_days
from desk_app.services.outbox import Outlook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from desk_app.db.queries.pipeline import Answer, Pipeline
    from desk_app.domain.appointment import (
        Appointment,
        BookingRequest,
        MoveRequest,
        Status,
    )
    from desk_app.domain.people import Provider, Service
    from desk_app.domain.rooms import RoomTimes
    from desk_app.errors import Refused

T = TypeVar("T")
LONGEST_VISIT = 24 * 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """A start that is wanted, with a service and its provider.

    `length` differs from the service's for an appointment with one of its own.
    `hold_id` is the wish's own hold, `override` what shall be set aside for it.
    `room_id` is the one room that is wished, `kept_room_id` the one to keep if it can.
    """

    service: Service
    provider: Provider
    start: datetime
    length: timedelta | None = None
    override: Override | None = None
    hold_id: UUID | None = None
    room_id: int | None = None
    kept_room_id: int | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The provider's zone."""
        return ZoneInfo(self.provider.timezone)

    @property
    def day(self) -> date:
        """The provider's local day on which it starts."""
        return self.start.astimezone(self.zone).date()

    @property
    def visit(self) -> Interval:
        """The time the client is seen."""
        return Interval(self.start, self.start + (self.length or self.service.duration))

    @property
    def busy(self) -> Interval:
        """The time nobody else can have."""
        return Interval(self.start, self.busy_until)

    @property
    def busy_until(self) -> datetime:
        """The end of the buffer."""
        return self.visit.end + self.service.buffer

    @property
    def overridden(self) -> tuple[str, ...]:
        """The rules that are set aside for it."""
        return self.override.policies if self.override else ()

    @property
    def days(self) -> list[DayKey]:
        """The local days to lock."""
        return touched_days(self.provider, self.start, self.busy_until)

    @property
    def rooms(self) -> tuple[int, ...]:
        """The rooms that will do, the best first; none where none is needed."""
        offered = self.service.rooms or ()
        if self.room_id is not None:
            return tuple(room for room in offered if room == self.room_id)
        return tuple(sorted(offered, key=lambda room: room != self.kept_room_id))

    @property
    def room_days(self) -> list[RoomKey]:
        """The days of rooms to lock."""
        return room_days(self.rooms, self.busy)

    def outlook(self, status: Status) -> Outlook:
        """Return what the tasks of such an appointment need."""
        provider_id = self.provider.provider_id
        return Outlook(provider_id, self.start, status, self.service.is_virtual)


def wanted_of(
    offered: Offered | None, request: BookingRequest | MoveRequest | Move
) -> Wanted:
    """Return a start as a request wants it; raises NotFound if nobody offers that."""
    if offered is None:
        raise NotFound("This provider does not offer this service.")
    wanted = Wanted(
        offered.service,
        offered.provider,
        request.start,
        _own_length(request.length_minutes, offered.service),
    )
    if isinstance(request, Move):
        return wanted
    return replace(
        wanted,
        override=request.override,
        hold_id=request.hold_id,
        room_id=request.room_id,
    )


def _own_length(minutes: int | None, service: Service) -> timedelta | None:
    """Return a length that is not the service's; raises Invalid past a day."""
    if minutes is None or minutes == service.duration_minutes:
        return None
    if not 0 < minutes <= LONGEST_VISIT:
        raise Invalid("length_minutes", "An appointment lasts a minute to a day.")
    return timedelta(minutes=minutes)


def checked_start(start: datetime) -> datetime:
    """Return an aware instant of the schedule's years in UTC, or raise Invalid."""
    if start.tzinfo is None:
        raise Invalid("start", "A time needs its zone.")
    if not FIRST_DAY < start.date() < LAST_DAY:
        raise Invalid("start", "The schedule goes from the year 2000 to 2199.")
    return start.astimezone(UTC)


def clean_override(override: Override | None) -> Override | None:
    """Return an override as it is stored, None for one of nothing; raises Invalid."""
    if override is None or not override.policies:
        return None
    policies = tuple(sorted({str(Policy(word)) for word in override.policies}))
    reason = clean_paragraph(override.reason, LONGEST_REASON, "override_reason")
    return Override(policies, reason)


@dataclass(slots=True)
class Attempt:
    """One call of a verb, over all its tries: whose clock counts, what is wanted."""

    clock: Callable[[], datetime] | None = None
    wanted: Wanted | None = None

    def now(self, server_time: Answer[datetime]) -> datetime:
        """Return the time by which rules are asked: the server's, if not told."""
        return self.clock() if self.clock else server_time.get()


def under_lock(
    session: Session,
    days: Sequence[DayKey],
    send: Callable[[Pipeline], T],
    rooms: Sequence[RoomKey] = (),
) -> T:
    """Lock days, and those of rooms, then read.

    In one round trip if all of them were booked before. The hours stay as they are
    read until the transaction ends.
    """
    with pipeline(session) as together:
        together.ask(keep_hours(key.provider_id for key in days))
        locked = together.ask(locking_all(days, rooms))
        answers = send(together)
    if locked.get():
        return answers
    lock_all(session, days, rooms)
    with pipeline(session) as together:
        return send(together)


def rooms_for(rechecks: Sequence[Recheck]) -> list[int | None]:
    """Return the room that each of several starts gets, None where none is needed.

    Raises SlotTaken if one is left without, unless that is set aside for it.
    """
    given = share_rooms([each.room_wish for each in rechecks])
    for each, room_id in zip(rechecks, given, strict=True):
        each.demand_room(room_id)
    return given


class Recheck:
    """Reads all that decides over a start; to be sent after the lock."""

    def __init__(
        self, together: Pipeline, wanted: Wanted, moved: Sequence[Appointment] = ()
    ) -> None:
        """Send the reads; `moved` are appointments that make room for it."""
        self._wanted = wanted
        self._moved = moved
        bounds = day_bounds(wanted.day, wanted.zone)
        until = max(bounds.end, wanted.busy_until)
        provider_id = wanted.provider.provider_id
        ids = [provider_id]
        self.practice = together.ask(practice.practice())
        self._offered = together.ask(
            practice.offered(wanted.service.service_id, provider_id)
        )
        self._hours = together.ask(days.weekly_hours(ids))
        self._overrides = together.ask(days.overrides(ids, wanted.day, wanted.day))
        whole = Interval(bounds.start, until)
        but = [appointment.appointment_id for appointment in moved]
        self._busy = together.ask(days.busy_spans(ids, whole, but=but))
        self._in_rooms = (
            together.ask(rooms.busy(wanted.rooms, wanted.busy, but=but))
            if wanted.rooms
            else None
        )
        self._holds = together.ask(holds.holds_over(provider_id, wanted.busy))
        self._me = together.ask(staff.me()) if wanted.override else None

    def demand(self, now: datetime) -> None:
        """Raise SlotTaken or Refused if the start is not free.

        Whatever `slots.free_slots` offers passes, and no other instant does, but for
        the rules that are set aside by somebody who may do so.
        """
        wanted = self._wanted
        if self._offered.get() != Offered(wanted.service, wanted.provider):
            # Somebody changed them while we waited for the lock; look once more.
            raise Busy
        if wanted.override is not None and self._me is not None:
            check_override(wanted.override, self._me.get().role)
        if Policy.HELD not in wanted.overridden:
            check_hold(self._holds.get(), wanted.busy, wanted.hold_id, now)
        reason = next(self._objections(self._others(), now), None)
        if reason is None or self._is_offered_beside(now):
            return
        if reason.policy == Policy.BUSY:
            raise SlotTaken(str(reason))
        raise reason

    def needed(self, now: datetime) -> Override | None:
        """Return as much of the override as the start needs; for one of several."""
        override = self._wanted.override
        if override is None:
            return None
        service, start = self._wanted.service, self._wanted.start
        facts = self._facts(now, self._others())
        alignment = self.practice.get().alignment
        found = {no.policy for no in objections(service, start, facts, now, alignment)}
        # Who is locked out, and what is held, is asked elsewhere.
        found |= {Policy.LOCKED_OUT, Policy.HELD}
        policies = tuple(word for word in override.policies if word in found)
        return replace(override, policies=policies) if policies else None

    def demand_time(self, now: datetime) -> None:
        """Raise SlotTaken if somebody else has the time; no other rule is asked.

        For what is put back to where it was.
        """
        check_hold(self._holds.get(), self._wanted.busy, None, now)
        for busy in self._others():
            if busy.overlaps(self._wanted.busy):
                raise SlotTaken

    @property
    def room_wish(self) -> RoomWish:
        """The rooms that nobody else keeps busy, the best first."""
        times, wanted = self._room_times(), span(self._wanted.busy)
        rooms = [
            room for room in self._wanted.rooms if is_free(times.get(room), wanted)
        ]
        return RoomWish(rooms, wanted)

    def room(self) -> int | None:
        """Return the room it gets alone; see `rooms_for`."""
        return rooms_for([self])[0]

    def demand_room(self, room_id: int | None) -> None:
        """Raise SlotTaken if it has no room and cannot do without."""
        wanted = self._wanted
        can_do_without = Policy.NO_ROOM in wanted.overridden
        if room_id is None and wanted.service.rooms is not None and not can_do_without:
            raise SlotTaken("The room for this has just been taken.")

    def _objections(self, busy: Sequence[Interval], now: datetime) -> Iterator[Refused]:
        """Yield what speaks against the start and is not set aside."""
        wanted, alignment = self._wanted, self.practice.get().alignment
        service, aside = wanted.service, {*wanted.overridden}
        if service.rooms is not None:
            service = replace(service, rooms=wanted.rooms)
        if self._stays():
            aside |= OF_THE_START
        if wanted.length is not None:
            # Nothing is aligned to a length that one appointment alone has.
            minutes = round(wanted.length.total_seconds() / 60)
            service = replace(service, duration_minutes=minutes)
            aside.add(Policy.NOT_ALIGNED)
        facts = self._facts(now, busy)
        for refused in objections(service, wanted.start, facts, now, alignment):
            if refused.policy not in aside:
                yield refused

    def _stays(self) -> bool:
        """Say whether an appointment keeps its start: only its end is another."""
        place = (self._wanted.provider.provider_id, self._wanted.start)
        return place in {(moved.provider_id, moved.start) for moved in self._moved}

    def _is_offered_beside(self, now: datetime) -> bool:
        """Say whether the start is free beside the appointment that is moved.

        Screens count it as busy, and slots may be aligned to its end.
        """
        provider_id = self._wanted.provider.provider_id
        if all(moved.provider_id != provider_id for moved in self._moved):
            return False
        theirs = [m.busy for m in self._moved if m.provider_id == provider_id]
        busy = sorted([*self._others(), *theirs])
        return next(self._objections(busy, now), None) is None

    def _others(self) -> list[Interval]:
        """Return what the provider's other appointments keep busy."""
        spans = self._busy.get().get(self._wanted.provider.provider_id, [])
        return [Interval(instant(start), instant(end)) for start, end in spans]

    def _room_times(self) -> RoomTimes:
        return {} if self._in_rooms is None else self._in_rooms.get()

    def _facts(self, now: datetime, busy: Sequence[Interval]) -> DayFacts:
        wanted = self._wanted
        number, zone = wanted.provider.provider_id, wanted.zone
        weekly = self._hours.get()[number].on(wanted.day)
        overrides = self._overrides.get().get((number, wanted.day), [])
        return DayFacts(
            provider=wanted.provider,
            day=wanted.day,
            today=now.astimezone(zone).date(),
            open_windows=open_windows(wanted.day, zone, weekly, overrides),
            busy=tuple(busy),
            blocks=blocks_of(wanted.day, zone, overrides),
            rooms=self._room_times(),
        )
