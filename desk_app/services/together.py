"""Several appointments at once, all of them or none: moved, or cancelled.

All days are locked in one call, each appointment is looked at again as if it were the
only one, and overlaps count at the end, so that two may change places.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, TypeVar

from desk_app.db.queries import people, practice
from desk_app.db.queries.appointments import appointment
from desk_app.db.queries.bookings import OVERLAPS_COUNT_AT_THE_END, OVERLAPS_COUNT_NOW
from desk_app.db.queries.pipeline import driver_of, pipeline
from desk_app.domain.appointment import Status
from desk_app.domain.policies import Policy, check_client, check_status
from desk_app.errors import Invalid, NotFound, Refused, SlotTaken, Stale
from desk_app.services import changes
from desk_app.services.changes import Locked
from desk_app.services.contact import phone_writer
from desk_app.services.days_touched import touched_days
from desk_app.services.idempotency import claim
from desk_app.services.recheck import (
    Recheck,
    rooms_for,
    under_lock,
    wanted_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from desk_app.db.locks import DayKey
    from desk_app.db.queries.appointments import ShowPhone
    from desk_app.db.queries.pipeline import Pipeline
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.deeds import (
        CancelAllRequest,
        ManyRequest,
        Move,
        MoveAllRequest,
        Seen,
        Undone,
    )
    from desk_app.services.changes import Change
    from desk_app.services.recheck import Attempt, Wanted

T = TypeVar("T")
MOST = 200


@dataclass(frozen=True, slots=True)
class Group:
    """Appointments as they stood before the lock, and what they keep busy."""

    seen: tuple[Appointment, ...]
    days: list[DayKey]
    show: ShowPhone


def move_all(
    session: Session, request: MoveAllRequest, attempt: Attempt
) -> tuple[Appointment, ...]:
    """Move appointments together; see `Booking.move_all`."""
    group = look_at_all(session, request, request.moves)
    if not isinstance(group, Group):
        return group
    for seen in group.seen:
        if seen.status not in {Status.PENDING, Status.CONFIRMED}:
            raise Refused(
                Policy.STATUS, "Only a pending or confirmed one can be moved."
            )
    wanted = _wanted(session, request, group)
    group.days.extend(day for each in wanted for day in each.days)
    _demand_apart(wanted)
    facts = under_lock(
        session,
        group.days,
        lambda together: _Targets(together, group, wanted),
        [day for each in wanted for day in each.room_days],
    )
    now = facts.in_rooms(facts.require(group, attempt))
    written = [changes.moved(*each) for each in zip(now, wanted, strict=True)]
    return write_all(session, request, group, written)


def cancel_all(
    session: Session, request: CancelAllRequest, attempt: Attempt
) -> tuple[Appointment, ...]:
    """Cancel appointments together; see `Booking.cancel_all`."""
    group = look_at_all(session, request, request.appointments)
    if not isinstance(group, Group):
        return group
    for seen in group.seen:
        check_status(seen.status, Status.CANCELLED)
    facts = under_lock(session, group.days, lambda together: Facts(together, group))
    now = facts.require(group, attempt)
    written = [
        changes.cancelled(each, request.reason, request.cancelled_by) for each in now
    ]
    return write_all(session, request, group, written)


def look_at_all(
    session: Session, request: ManyRequest, asked: Sequence[Move | Seen | Undone]
) -> Group | tuple[Appointment, ...]:
    """Claim the key and read; the appointments if this request was done before."""
    numbers = [each.appointment_id for each in asked]
    if not numbers or len(numbers) > MOST or len({*numbers}) < len(numbers):
        raise Invalid("appointments", f"One to {MOST} different ones are needed.")
    with pipeline(session) as together:
        claimed = claim(together, request)
        show = phone_writer(together.ask(practice.practice()))
        found = [together.ask(appointment(number, show)) for number in numbers]
        owners = [
            together.ask(practice.provider_of_appointment(number)) for number in numbers
        ]
    seen = tuple(existing(answer.get()) for answer in found)
    if claimed.earlier_result(session) is not None:
        return seen
    if any(now.version != was.version for now, was in zip(seen, asked, strict=True)):
        raise Stale
    days = [
        day
        for each, owner in zip(seen, owners, strict=True)
        for day in touched_days(owner.get()[0], each.start, each.busy_until)
    ]
    return Group(seen, days, show)


class Facts:
    """What is read under the lock of several changes."""

    def __init__(self, together: Pipeline, group: Group) -> None:
        self._found = [
            together.ask(appointment(each.appointment_id, group.show))
            for each in group.seen
        ]
        self._practice = together.ask(practice.practice())
        self.rechecks: dict[int, Recheck] = {}
        self._ask_more(together, group)
        # Last, so that it is later than the lock.
        self._server_time = together.ask(practice.server_time())

    def require(self, group: Group, attempt: Attempt) -> list[Locked]:
        """Return what stands there now; raises Stale if that is something else."""
        now, said = attempt.now(self._server_time), self._practice.get()
        found = [existing(answer.get()) for answer in self._found]
        if any(a.version != b.version for a, b in zip(found, group.seen, strict=True)):
            raise Stale
        result = [Locked(each, now, said, each.room_id) for each in found]
        self._demand(result)
        return result

    def in_rooms(self, found: Sequence[Locked]) -> list[Locked]:
        """Return them with the room that each gets; raises SlotTaken."""
        given = dict(
            zip(self.rechecks, rooms_for([*self.rechecks.values()]), strict=True)
        )
        return [
            replace(
                each, room_id=given.get(each.appointment.appointment_id, each.room_id)
            )
            for each in found
        ]

    def _ask_more(self, together: Pipeline, group: Group) -> None:
        """Ask what else decides; `rechecks` go by appointment."""

    def _demand(self, found: Sequence[Locked]) -> None:
        """Raise what speaks against it."""


class _Targets(Facts):
    """The same for those that move somewhere."""

    def __init__(
        self, together: Pipeline, group: Group, wanted: Sequence[Wanted]
    ) -> None:
        self._wanted = wanted
        super().__init__(together, group)

    def _ask_more(self, together: Pipeline, group: Group) -> None:
        self.rechecks = {
            seen.appointment_id: Recheck(together, wanted, group.seen)
            for seen, wanted in zip(group.seen, self._wanted, strict=True)
        }
        self._clients = [
            together.ask(people.client(each.client_id, group.show))
            for each in group.seen
        ]

    def _demand(self, found: Sequence[Locked]) -> None:
        for recheck in self.rechecks.values():
            recheck.demand(found[0].now)
        for each, wanted, client in zip(
            found, self._wanted, self._clients, strict=True
        ):
            day = each.appointment.start.astimezone(wanted.zone).date()
            known = client.get()
            is_asked = Policy.LOCKED_OUT not in wanted.overridden
            if known and is_asked and day != wanted.day:
                check_client(known, wanted.start, wanted.zone, each.now)


def write_all(
    session: Session, request: ManyRequest, group: Group, all_: Sequence[Change]
) -> tuple[Appointment, ...]:
    """Write all changes; overlaps between them count once all are written."""
    driver = driver_of(session)
    driver.execute(OVERLAPS_COUNT_AT_THE_END)
    stored = []
    for number, change in enumerate(all_):
        # The days' versions rise once, with the first of them.
        days = group.days if number == 0 else []
        look = changes.Look(change.after, days, group.show, None)
        stored.append(changes.written(session, request, look, change))
    driver.execute(OVERLAPS_COUNT_NOW)
    return tuple(stored)


def existing(found: T | None) -> T:
    """Return what was found; raises NotFound."""
    if found is None:
        raise NotFound
    return found


def _wanted(
    session: Session, request: MoveAllRequest, group: Group
) -> tuple[Wanted, ...]:
    with pipeline(session) as together:
        offered = [
            together.ask(
                practice.offered_for_move(move.appointment_id, move.provider_id)
            )
            for move in request.moves
        ]
    result = []
    for move, seen, answer in zip(request.moves, group.seen, offered, strict=True):
        kept = replace(move, length_minutes=move.length_minutes or seen.own_minutes)
        wanted = wanted_of(answer.get(), kept)
        result.append(
            replace(wanted, override=request.override, kept_room_id=seen.room_id)
        )
    return tuple(result)


def _demand_apart(wanted: Sequence[Wanted]) -> None:
    """Raise SlotTaken if two of them want the same time."""
    for one, other in combinations(wanted, 2):
        same = one.provider.provider_id == other.provider.provider_id
        if same and one.busy.overlaps(other.busy):
            raise SlotTaken("Two of these would overlap.")
