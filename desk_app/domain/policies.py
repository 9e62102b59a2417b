"""The practice's rules as questions: may this be, and if not, why not?"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.domain.appointment import Appointment, CancelledBy, Status
from desk_app.domain.interval import Interval
from desk_app.domain.people import Client, Money, Service
from desk_app.domain.rooms import free_room
from desk_app.domain.slots import (
    Alignment,
    DayFacts,
    free_starts,
    is_bookable_day,
)
from desk_app.domain.spans import instant, span, ticks
from desk_app.domain.staff import Role
from desk_app.errors import Invalid, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from uuid import UUID

    from desk_app.domain.appointment import Override
    from desk_app.domain.holds import Hold


class Policy(StrEnum):
    """The rules a `Refused` can name."""

    INACTIVE = "inactive"
    PAST = "past"
    PAST_DAY = "past_day"
    DAY_LIMIT = "day_limit"
    BLOCKED = "blocked"
    CLOSED = "closed"
    RUNS_OVER = "runs_over"
    BUSY = "busy"
    NO_ROOM = "no_room"
    NOT_ALIGNED = "not_aligned"
    HELD = "held"
    LOCKED_OUT = "locked_out"
    STATUS = "status"
    LAST_MANAGER = "last_manager"
    ONESELF = "oneself"
    VISITS_TO_COME = "visits_to_come"
    ENROLMENT_CODE = "enrolment_code"


_NEXT = {
    Status.PENDING: {Status.CONFIRMED, Status.CANCELLED, Status.NO_SHOW},
    # What was set by mistake is taken back; a cancellation on the same day only.
    Status.CONFIRMED: {
        Status.COMPLETED,
        Status.CANCELLED,
        Status.NO_SHOW,
        Status.PENDING,
    },
    Status.COMPLETED: {Status.CONFIRMED},
    Status.NO_SHOW: {Status.CONFIRMED, Status.PENDING},
    Status.CANCELLED: {Status.CONFIRMED, Status.PENDING},
}

_AT_THE_DESK = frozenset(
    {
        Policy.HELD,
        Policy.LOCKED_OUT,
        Policy.NOT_ALIGNED,
        Policy.RUNS_OVER,
        Policy.DAY_LIMIT,
        Policy.PAST,
        Policy.NO_ROOM,
    }
)
_OF_THE_DIARY = _AT_THE_DESK | {Policy.CLOSED, Policy.BLOCKED}
# What is asked of a start alone: one that was given is not asked for again.
OF_THE_START = frozenset(
    {Policy.PAST, Policy.PAST_DAY, Policy.DAY_LIMIT, Policy.NOT_ALIGNED}
)


def why_not(
    service: Service,
    start: datetime,
    facts: DayFacts,
    now: datetime,
    alignment: Alignment = Alignment(),  # noqa: B008 - it is frozen
) -> Refused | None:
    """Return why `service` cannot be booked at the instant `start`, or None if it can.

    Agrees with `slots.free_slots`: None for each start that is offered, a reason for
    every other instant. `facts` are those of the local day on which `start` lies.
    The words name no client. The rules: ARCHITECTURE section 5.
    """
    return next(objections(service, start, facts, now, alignment), None)


def objections(
    service: Service,
    start: datetime,
    facts: DayFacts,
    now: datetime,
    alignment: Alignment = Alignment(),  # noqa: B008 - it is frozen
) -> Iterator[Refused]:
    """Yield everything that speaks against `service` at `start`, the gravest first.

    Nothing for a start that is offered. That a time is not aligned is said only
    where nothing else is: outside the hours there is nothing to align to.
    """
    if ticks(start) in free_starts(service, facts, now, alignment):
        return
    against = (
        _inactive(service, facts),
        _wrong_day(service, start, facts, now),
        *_not_open(service, start, facts),
        _taken(service, start, facts),
        _no_room(service, start, facts),
    )
    found = [refused for refused in against if refused is not None]
    yield from found or [_not_aligned(service, start, facts, now, alignment)]


def may_override(role: Role | None, policy: str) -> bool:
    """Say whether somebody in this role may set a rule aside.

    Receptionists do so with what concerns the desk; hours and blocks are those of
    the diary, so they are for its provider and for managers. Nobody sets aside that
    a time is taken, or that its day is over: only what began today can still be
    written down. Without a role is the server's administrator.
    """
    if role is Role.RECEPTIONIST:
        return policy in _AT_THE_DESK
    return policy in _OF_THE_DIARY


def who_overrides(policy: str) -> tuple[Role, ...]:
    """Return the roles that may set a rule aside, none for a wall."""
    return tuple(role for role in Role if may_override(role, policy))


def needs_reason(policies: Iterable[str]) -> bool:
    """Say whether setting these rules aside asks for a reason.

    A hold of another desk does not: it only says that somebody is at it.
    """
    return any(policy != Policy.HELD for policy in policies)


def check_override(override: Override, role: Role | None) -> None:
    """Raise `Refused` for a rule that this role may not set aside, or without reason.

    An override of nothing needs nothing.
    """
    for policy in override.policies:
        if not may_override(role, policy):
            raise Refused(policy)
    if needs_reason(override.policies) and not override.reason.strip():
        raise Invalid("override_reason", "A reason is needed to set a rule aside.")


def check_client(
    client: Client, start: datetime, zone: ZoneInfo, now: datetime
) -> None:
    """Raise `Refused` if the client may not book a time of today any more.

    After a missed visit the practice can lock a client out of same-day bookings until
    `locked_out_until`; later days stay open. "Today" is that of `zone`, the
    provider's.
    """
    until = client.locked_out_until
    if until is None or now >= until:
        return
    if start.astimezone(zone).date() > now.astimezone(zone).date():
        return
    local = until.astimezone(zone)
    raise Refused(
        Policy.LOCKED_OUT,
        "After a missed visit this client cannot book for the same day until"
        f" {local.date().isoformat()} {local:%H:%M}.",
    )


def check_hold(
    holds: Iterable[Hold], wanted: Interval, own: UUID | None, now: datetime
) -> None:
    """Raise `Refused` if another desk is booking any part of `wanted` right now.

    Whoever holds it too, by `own`, gives way only to those who were there first.
    """
    live = [h for h in holds if now < h.expires_at and h.span.overlaps(wanted)]
    mine = next((hold for hold in live if hold.hold_id == own), None)
    for hold in live:
        if hold is mine or (mine is not None and _turn(mine) < _turn(hold)):
            continue
        raise Refused(
            Policy.HELD, f"{hold.name or hold.held_by} is booking this time now."
        )


def may_become(old: Status, new: Status) -> bool:
    """Say whether an appointment's status may change from `old` to `new`.

    A trigger of the database keeps the same table for every writer.
    """
    return new in _NEXT[old]


def check_status(old: Status, new: Status) -> None:
    """Raise `Refused` if the status may not change from `old` to `new`."""
    if not may_become(old, new):
        raise Refused(
            Policy.STATUS,
            f"A {_words(old)} appointment cannot become {_words(new)}.",
        )


def refund_due(
    appointment: Appointment, cancelled_by: CancelledBy, now: datetime
) -> Money:
    """Return what the client gets back if the appointment is cancelled at `now`.

    The whole price if the practice cancels, or the client does so at least
    `cancellation_hours` before the start as agreed at booking; nothing otherwise, and
    nothing for what was only booked by mistake.
    """
    price = appointment.price
    if cancelled_by is CancelledBy.PRACTICE:
        return price
    if cancelled_by is CancelledBy.CLIENT and now <= cancel_by(appointment):
        return price
    return Money(Decimal(0), price.currency)


def cancel_by(appointment: Appointment) -> datetime:
    """Return the last instant at which cancelling costs the client nothing."""
    return appointment.start - timedelta(hours=appointment.cancellation_hours)


def is_late_cancellation(appointment: Appointment) -> bool:
    """Say whether the client cancelled too late for a refund."""
    at = appointment.cancelled_at
    if at is None or appointment.cancelled_by is not CancelledBy.CLIENT:
        return False
    return at > cancel_by(appointment)


def _turn(hold: Hold) -> tuple[datetime, UUID]:
    """Return who comes first of those who hold one time."""
    return hold.held_since, hold.hold_id


def _inactive(service: Service, facts: DayFacts) -> Refused | None:
    if not facts.provider.is_active:
        return Refused(
            Policy.INACTIVE, f"{facts.provider.name} sees no clients at present."
        )
    if not service.is_active:
        return Refused(Policy.INACTIVE, f"{service.name} is not offered at present.")
    return None


def _wrong_day(
    service: Service, start: datetime, facts: DayFacts, now: datetime
) -> Refused | None:
    if facts.day < facts.today:
        return Refused(Policy.PAST_DAY, "This day is over.")
    if start < now:
        return Refused(Policy.PAST, "This time has passed.")
    if is_bookable_day(service, facts.day, facts.today):
        return None
    days = service.max_advance_days
    until = facts.today + timedelta(days=days)
    return Refused(
        Policy.DAY_LIMIT,
        f"{service.name} can be booked {days} {'day' if days == 1 else 'days'} ahead"
        f" at most, until {until.isoformat()}.",
    )


def _not_open(service: Service, start: datetime, facts: DayFacts) -> Iterator[Refused]:
    """Yield what is in the way of the visit's own time: hours, blocks, or both.

    Each of them is a rule of its own: who lets a visit run past the hours has not yet
    been allowed to use blocked time.
    """
    visit = Interval(start, start + service.duration)
    window = _at(start, facts.open_windows)
    if window is not None and visit.end <= window.end:
        return
    # The instant that is not open: the start itself, or where the window ends.
    missing = start if window is None else window.end
    blocks = sorted(b.span for b in facts.blocks if b.span.overlaps(visit))
    if blocks:
        yield _blocked(blocks[0], facts)
    if _at(missing, blocks) is None or _is_closed(visit, blocks, facts):
        yield _closed(service, visit, window, facts)


def _blocked(block: Interval, facts: DayFacts) -> Refused:
    blocked = f"{_clock(block.start, facts)} to {_clock(block.end, facts)}"
    return Refused(
        Policy.BLOCKED, f"{facts.provider.name} is not available from {blocked}."
    )


def _closed(
    service: Service, visit: Interval, window: Interval | None, facts: DayFacts
) -> Refused:
    name = facts.provider.name
    if window is None:
        return Refused(Policy.CLOSED, f"{name} does not work at that time.")
    return Refused(
        Policy.RUNS_OVER,
        f"{service.name} would end at {_clock(visit.end, facts)}, but {name} closes at"
        f" {_clock(window.end, facts)}.",
    )


def _is_closed(visit: Interval, blocks: Iterable[Interval], facts: DayFacts) -> bool:
    """Say whether some of the visit is neither open nor blocked."""
    moment = visit.start
    for known in sorted([*blocks, *facts.open_windows]):
        if known.start > moment:
            break
        moment = max(moment, known.end)
    return moment < visit.end


def _taken(service: Service, start: datetime, facts: DayFacts) -> Refused | None:
    end = start + service.duration
    hold = Interval(start, end + service.buffer)
    for busy in facts.busy:
        if busy.overlaps(hold):
            what = "This" if busy.start < end else "The buffer after this"
            return Refused(
                Policy.BUSY,
                f"{what} overlaps the {_clock(busy.start, facts)} appointment"
                f" (with its buffer until {_clock(busy.end, facts)}).",
            )
    return None


def _no_room(service: Service, start: datetime, facts: DayFacts) -> Refused | None:
    if service.rooms is None:
        return None
    hold = Interval(start, start + service.duration + service.buffer)
    if free_room(service.rooms, facts.rooms, span(hold)) is not None:
        return None
    return Refused(Policy.NO_ROOM, f"No room for {service.name} is free at that time.")


def _not_aligned(
    service: Service,
    start: datetime,
    facts: DayFacts,
    now: datetime,
    alignment: Alignment,
) -> Refused:
    starts = free_starts(service, facts, now, alignment)
    wanted = ticks(start)
    before = max((other for other in starts if other < wanted), default=None)
    after = min((other for other in starts if other > wanted), default=None)
    near = [
        _clock(instant(other), facts) for other in (before, after) if other is not None
    ]
    said = f"; the nearest free start is {' or '.join(near)}" if near else ""
    return Refused(
        Policy.NOT_ALIGNED, f"{service.name} does not start at that time{said}."
    )


def _at(moment: datetime, intervals: Iterable[Interval]) -> Interval | None:
    for interval in intervals:
        if interval.start <= moment < interval.end:
            return interval
    return None


def _clock(moment: datetime, facts: DayFacts) -> str:
    return f"{moment.astimezone(ZoneInfo(facts.provider.timezone)):%H:%M}"


def _words(status: Status) -> str:
    return {Status.NO_SHOW: "missed"}.get(status, status.lower())
