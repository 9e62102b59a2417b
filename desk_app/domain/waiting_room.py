"""Who is here: arrived for a time, or walked in without one; and who did not come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from desk_app.domain.appointment import Appointment, Status
from desk_app.domain.deeds import Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from desk_app.domain.desk_rules import DeskRules, NoShowPolicy
    from desk_app.domain.people import Money, NewClient

# Who is early is not a no-show; clocks of desks differ by this much at most.
EARLY = timedelta(minutes=1)
# Who walked in longer ago than this went home without a word.
LONGEST_STAY = timedelta(hours=16)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who is here since `since`.

    With an `appointment`, or as a walk-in (`walk_in_id`) who has none yet: then
    `provider_id` None means whoever is free, and `service_name` "" anything.
    """

    client_id: int
    client_name: str
    client_phone: str
    since: datetime
    provider_id: int | None
    service_name: str = ""
    appointment: Appointment | None = None
    walk_in_id: int | None = None
    notes: str = ""

    @property
    def is_with_provider(self) -> bool:
        """Whether the wait is over."""
        return self.appointment is not None and self.appointment.seen_at is not None


@dataclass(frozen=True, slots=True)
class Room:
    """The practice at this moment.

    `here` are those who are here, in order; `expected` the visits of the last hours
    whose clients were not seen yet, by start.
    """

    here: tuple[Waiting, ...] = ()
    expected: tuple[Appointment, ...] = ()


@dataclass(frozen=True, slots=True)
class NewWalkIn:
    """Somebody who walked in; exactly one of `client_id` and `new_client` is given."""

    client_id: int | None = None
    new_client: NewClient | None = None
    provider_id: int | None = None
    service_name: str = ""
    notes: str = ""

    def __post_init__(self) -> None:
        if (self.client_id is None) == (self.new_client is None):
            raise ValueError("a walk-in names a client or brings a new one")


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a no-show leads to; None and False where the policy has nothing of it.

    `kept` is the price that is not given back, `count` how many it will be.
    """

    kept: Money | None
    is_flagged: bool
    locked_until: datetime | None


def stage_of(appointment: Appointment) -> Mark:
    """Return how far the client of a visit that is not over has come."""
    if appointment.status not in {Status.PENDING, Status.CONFIRMED}:
        return Mark.EXPECTED
    if appointment.left_at is not None:
        return Mark.LEFT
    if appointment.seen_at is not None:
        return Mark.WITH_PROVIDER
    return Mark.ARRIVED if appointment.arrived_at is not None else Mark.EXPECTED


def next_steps(appointment: Appointment, now: datetime) -> tuple[Mark, ...]:
    """Return the marks worth offering, the likeliest in front.

    Nobody is missed before the visit has begun.
    """
    if appointment.status is Status.CANCELLED:
        return ()
    if appointment.status in {Status.NO_SHOW, Status.COMPLETED}:
        return (Mark.EXPECTED,)
    stage = stage_of(appointment)
    if stage is Mark.EXPECTED:
        has_begun = now >= appointment.start - EARLY
        missed = (Mark.NO_SHOW,) if has_begun else ()
        return (Mark.ARRIVED, Mark.WITH_PROVIDER, *missed)
    return {
        Mark.ARRIVED: (Mark.WITH_PROVIDER, Mark.LEFT, Mark.EXPECTED),
        Mark.WITH_PROVIDER: (Mark.LEFT, Mark.COMPLETED, Mark.EXPECTED),
        Mark.LEFT: (Mark.COMPLETED, Mark.EXPECTED),
    }[stage]


def waiting_of(appointment: Appointment) -> Waiting | None:
    """Return the client of an appointment who is here, None if they are not."""
    is_open = appointment.status in {Status.PENDING, Status.CONFIRMED}
    if appointment.arrived_at is None or appointment.left_at or not is_open:
        return None
    return Waiting(
        client_id=appointment.client_id,
        client_name=appointment.client_name,
        client_phone=appointment.client_phone,
        since=appointment.arrived_at,
        provider_id=appointment.provider_id,
        service_name=appointment.service_name,
        appointment=appointment,
        notes=appointment.notes,
    )


def waited(waiting: Waiting, now: datetime) -> timedelta:
    """Return how long somebody has been waiting; clocks of desks may differ a bit."""
    return max(now - waiting.since, timedelta(0))


def waits_too_long(waiting: Waiting, now: datetime, rules: DeskRules) -> bool:
    """Say whether somebody waits longer than the practice lets people wait.

    Who came early waits from the agreed time on. A limit of 0 minutes is none.
    """
    if waiting.is_with_provider or not rules.waiting_minutes:
        return False
    begins = waiting.since
    if waiting.appointment is not None:
        begins = max(begins, waiting.appointment.start)
    return now - begins > timedelta(minutes=rules.waiting_minutes)


def in_order(here: Iterable[Waiting]) -> tuple[Waiting, ...]:
    """Return who is here: those who wait before those who are seen, longest first."""
    return tuple(sorted(here, key=lambda one: (one.is_with_provider, one.since)))


def to_ask_about(
    appointments: Iterable[Appointment],
    now: datetime,
    policy: NoShowPolicy,
    put_off: Mapping[int, datetime],
) -> tuple[Appointment, ...]:
    """Return the visits whose clients should be here and were not seen, by start.

    `put_off` says until when the question about an appointment (its number) waits,
    because its client rang that they are late.
    """
    late = timedelta(minutes=policy.asks_after_minutes)
    return tuple(
        sorted(
            (
                one
                for one in appointments
                if one.status in {Status.PENDING, Status.CONFIRMED}
                and one.arrived_at is None
                and one.start + late <= now
                and put_off.get(one.appointment_id, now) <= now
            ),
            key=lambda one: (one.start, one.appointment_id),
        )
    )


def consequences(
    appointment: Appointment, policy: NoShowPolicy, count: int, now: datetime
) -> Consequences:
    """Return what follows if the client did not come, who missed `count` before."""
    price = appointment.price
    return Consequences(
        kept=price if policy.keeps_price and price.amount else None,
        is_flagged=policy.flags_at(count + 1),
        locked_until=policy.lock_out_until(now),
    )
