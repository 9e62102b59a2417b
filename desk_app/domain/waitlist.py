"""The waiting list: who would come sooner, and whom to ring about a free time.

An entry leaves the list by itself with the later booking that its client has kept: when
that takes place, and when the client gives it up. A booking that the practice cancels
leaves its client waiting, now without one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.domain.alignment import Alignment
from desk_app.domain.interval import Interval
from desk_app.domain.policies import Policy, check_client, objections
from desk_app.errors import BeingRung, Invalid, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, time

    from desk_app.domain.people import Client, NewClient, Service
    from desk_app.domain.slots import DayFacts

# So long a desk may ring somebody before the others may, unless it says so again.
CALL_LASTS = timedelta(minutes=5)
WEEK = range(7)


class Outcome(StrEnum):
    """What a client said when they were rung."""

    NO_ANSWER = "NO_ANSWER"
    DECLINED = "DECLINED"
    TOOK = "TOOK"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody waits for, and when they can come.

    Without `provider_id` anyone will do. Days are inclusive, `weekdays` are 0 (Monday)
    to 6, none for any; a visit lies within `[from_time, until_time]`, in the practice's
    zone.
    """

    service_name: str
    provider_id: int | None = None
    from_day: date | None = None
    until_day: date | None = None
    weekdays: tuple[int, ...] = ()
    from_time: time | None = None
    until_time: time | None = None
    is_urgent: bool = False
    notes: str = ""

    def allows(self, visit: Interval, zone: ZoneInfo) -> bool:
        """Say whether the client can come for the whole of `visit`."""
        start, end = visit.start.astimezone(zone), visit.end.astimezone(zone)
        day = start.date()
        if self.from_day is not None and day < self.from_day:
            return False
        if self.until_day is not None and day > self.until_day:
            return False
        if self.weekdays and day.weekday() not in self.weekdays:
            return False
        if self.from_time is not None and start.time() < self.from_time:
            return False
        if self.until_time is None:
            return True
        return end.date() == day and end.time() <= self.until_time


@dataclass(frozen=True, slots=True)
class NewEntry:
    """Put a client on the list; of `client_id` and `new_client` one is given.

    `appointment_id` is the later booking that they keep meanwhile.
    """

    wish: Wish
    client_id: int | None = None
    new_client: NewClient | None = None
    appointment_id: int | None = None


@dataclass(frozen=True, slots=True)
class ChangedEntry:
    """Let an entry, as seen in `version`, say something else."""

    entry_id: int
    version: int
    wish: Wish


@dataclass(frozen=True, slots=True)
class Kept:
    """The later booking that a client keeps while waiting.

    `minutes` is its length where that is not the service's.
    """

    appointment_id: int
    provider_id: int
    start: datetime
    version: int
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A client on the list.

    `called_by` is the login that rings them now, "" for nobody; `calling_until` ends
    that, and is by which the desk that rings is known. `offered_start` is the free time
    they were last rung about, `outcome` what they said to it.
    """

    entry_id: int
    client: Client
    wish: Wish
    since: datetime
    version: int
    kept: Kept | None = None
    called_by: str = ""
    calling_until: datetime | None = None
    offered_start: datetime | None = None
    outcome: Outcome | None = None
    outcome_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CallRequest:
    """Ring a client; `held` is the `calling_until` of a call that goes on."""

    entry_id: int
    held: datetime | None = None


@dataclass(frozen=True, slots=True)
class CallOutcome:
    """What came of a call about the free time `offered_start`."""

    entry_id: int
    outcome: Outcome
    offered_start: datetime
    held: datetime | None = None


@dataclass(frozen=True, slots=True)
class FreedSlot:
    """A time of a provider that is free (again)."""

    provider_id: int
    start: datetime


@dataclass(frozen=True, slots=True)
class Visit:
    """When a client is here anyway."""

    appointment_id: int
    span: Interval


@dataclass(frozen=True, slots=True)
class Offer:
    """A free time, and all that decides who could have it.

    `services` are those of its provider, `facts` those of its day; `zone` is that of
    the practice; `visits` are by client.
    """

    slot: FreedSlot
    services: tuple[Service, ...]
    facts: DayFacts
    zone: ZoneInfo
    now: datetime
    visits: Mapping[int, tuple[Visit, ...]]
    alignment: Alignment = Alignment()  # noqa: RUF009 (it is frozen)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Somebody who fits a free time: with which service, and why they stand there.

    `service` is as long as the later booking that they keep, if that is another length.
    """

    entry: Entry
    service: Service
    days_waiting: int
    wants_provider: bool
    was_rung: bool

    @property
    def order(self) -> tuple[bool, bool, datetime, int]:
        """What decides over the rank: fit, urgency, since when; no two are equal.

        All who are listed fit; less so who did not answer about this very time.
        """
        entry = self.entry
        return self.was_rung, not entry.wish.is_urgent, entry.since, entry.entry_id


def ranked(entries: Iterable[Entry], offer: Offer) -> tuple[Ranked, ...]:
    """Return those who could have a free time, whom to ring first in front.

    Fits who could be booked there by every rule, but for the alignment of starts, wants
    this provider or anyone, can come then, has not declined this very time, is not here
    at that time anyway, and has no earlier booking to keep.
    """
    fitting = (_fitting(entry, offer) for entry in entries)
    return tuple(sorted((one for one in fitting if one), key=lambda one: one.order))


def check_wish(wish: Wish) -> None:
    """Raise Invalid for a wish that nothing can fulfil."""
    if not wish.service_name.strip():
        raise Invalid("service_name", "Choose what the client waits for.")
    if not set(wish.weekdays) <= set(WEEK):
        raise Invalid("weekdays", "A week has seven days.")
    if wish.from_day and wish.until_day and wish.until_day < wish.from_day:
        raise Invalid("until_day", "The last day lies before the first.")
    if wish.from_time and wish.until_time and wish.until_time <= wish.from_time:
        raise Invalid("until_time", "The time ends before it begins.")


def check_call(entries: Iterable[Entry], request: CallRequest) -> None:
    """Raise BeingRung if somebody else rings this person, about whatever they wait for.

    `entries` are all of one client, with the calls that count now.
    """
    for entry in entries:
        is_ours = entry.entry_id == request.entry_id and (
            request.held is not None and entry.calling_until == request.held
        )
        if entry.called_by and not is_ours:
            raise BeingRung(entry.called_by)


def _fitting(entry: Entry, offer: Offer) -> Ranked | None:
    slot, wish = offer.slot, entry.wish
    service = _service(entry, offer)
    if service is None or not _may_have(entry, offer):
        return None
    visit = Interval(slot.start, slot.start + service.duration)
    if not wish.allows(visit, offer.zone) or _is_here(entry, visit, offer):
        return None
    return Ranked(
        entry=entry,
        service=service,
        days_waiting=_days(entry.since, offer),
        wants_provider=wish.provider_id == slot.provider_id,
        was_rung=entry.offered_start == slot.start
        and entry.outcome is Outcome.NO_ANSWER,
    )


def _may_have(entry: Entry, offer: Offer) -> bool:
    """Say whether this client is to be asked at all about this time."""
    slot, kept = offer.slot, entry.kept
    if entry.wish.provider_id not in (None, slot.provider_id):
        return False
    if entry.outcome is Outcome.DECLINED and entry.offered_start == slot.start:
        return False
    if kept is not None and kept.start <= slot.start:
        return False
    zone = ZoneInfo(offer.facts.provider.timezone)
    day = slot.start.astimezone(zone).date()
    if kept is not None and kept.start.astimezone(zone).date() == day:
        # Who comes on that day anyway is not locked out of it.
        return True
    try:
        check_client(entry.client, slot.start, zone, offer.now)
    except Refused:
        return False
    return True


def _service(entry: Entry, offer: Offer) -> Service | None:
    """Return the wished service of this provider if it can begin at this time."""
    for service in offer.services:
        if service.name == entry.wish.service_name and _has_room(
            _as_kept(service, entry), offer
        ):
            return _as_kept(service, entry)
    return None


def _as_kept(service: Service, entry: Entry) -> Service:
    """Return a service as long as the kept booking, if that has its own length."""
    if entry.kept is None or entry.kept.minutes is None:
        return service
    return replace(service, duration_minutes=entry.kept.minutes)


def _has_room(service: Service, offer: Offer) -> bool:
    against = objections(
        service, offer.slot.start, offer.facts, offer.now, offer.alignment
    )
    # What got free may begin between two starts; the desk says so when it books.
    return all(refused.policy == Policy.NOT_ALIGNED for refused in against)


def _is_here(entry: Entry, visit: Interval, offer: Offer) -> bool:
    kept = entry.kept.appointment_id if entry.kept else None
    return any(
        other.appointment_id != kept and other.span.overlaps(visit)
        for other in offer.visits.get(entry.client.client_id, ())
    )


def _days(since: datetime, offer: Offer) -> int:
    first = since.astimezone(offer.zone).date()
    return max(0, (offer.now.astimezone(offer.zone).date() - first).days)
