"""Looking again under the lock: is this start really free, by every rule?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from desk_app.db.failures import Busy
from desk_app.db.locks import DayKey, lock_days, locking
from desk_app.db.queries import days, practice
from desk_app.db.queries.pipeline import pipeline
from desk_app.db.queries.practice import Offered
from desk_app.domain.hours import (
    FIRST_DAY,
    LAST_DAY,
    blocks_of,
    day_bounds,
    open_windows,
)
from desk_app.domain.interval import Interval
from desk_app.domain.policies import Policy, why_not
from desk_app.domain.slots import DayFacts
from desk_app.domain.spans import instant
from desk_app.errors import Invalid, NotFound, SlotTaken
from desk_app.services.outbox import Outlook

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from desk_app.db.queries.pipeline import Answer, Pipeline
    from desk_app.domain.appointment import Appointment, Status
    from desk_app.domain.people import Provider, Service
    from desk_app.errors import Refused

T = TypeVar("T")
_A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A start that is wanted, with a service and its provider."""

    service: Service
    provider: Provider
    start: datetime

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
        return Interval(self.start, self.start + self.service.duration)

    @property
    def busy_until(self) -> datetime:
        """The end of the buffer."""
        return self.start + self.service.duration + self.service.buffer

    @property
    def days(self) -> list[DayKey]:
        """The local days to lock."""
        return touched_days(self.provider, self.start, self.busy_until)

    def outlook(self, status: Status) -> Outlook:
        """Return what the tasks of such an appointment need."""
        provider_id = self.provider.provider_id
        return Outlook(provider_id, self.start, status, self.service.is_virtual)


def wanted_of(offered: Offered | None, start: datetime) -> Wanted:
    """Return the start as it is wanted; raises NotFound if nobody offers that."""
    if offered is None:
        raise NotFound("This provider does not offer this service.")
    return Wanted(offered.service, offered.provider, start)


def checked_start(start: datetime) -> datetime:
    """Return an aware instant of the schedule's years in UTC, or raise Invalid."""
    if start.tzinfo is None:
        raise Invalid("start", "A time needs its zone.")
    if not FIRST_DAY < start.date() < LAST_DAY:
        raise Invalid("start", "The schedule goes from the year 2000 to 2199.")
    return start.astimezone(UTC)


def touched_days(provider: Provider, start: datetime, end: datetime) -> list[DayKey]:
    """Return the provider's local days that `[start, end)` touches, in order."""
    zone = ZoneInfo(provider.timezone)
    first = start.astimezone(zone).date()
    last = (end - _A_MOMENT).astimezone(zone).date()
    return [
        DayKey(provider.provider_id, first + timedelta(days=number))
        for number in range((last - first).days + 1)
    ]


@dataclass(slots=True)
class Attempt:
    """One call of a verb, over all its tries: whose clock counts, what is wanted."""

    clock: Callable[[], datetime] | None = None
    wanted: Wanted | None = None

    def now(self, server_time: Answer[datetime]) -> datetime:
        """Return the time by which rules are asked: the server's, if not told."""
        return self.clock() if self.clock else server_time.get()


def under_lock(
    session: Session, days: Sequence[DayKey], send: Callable[[Pipeline], T]
) -> T:
    """Lock days, then read: in one round trip if all of them were booked before."""
    with pipeline(session) as together:
        locked = together.ask(locking(days))
        answers = send(together)
    if len(locked.get()) < len(set(days)):
        lock_days(session, days)
        with pipeline(session) as together:
            answers = send(together)
    return answers


class Recheck:
    """Reads all that decides over a start; to be sent after the lock."""

    def __init__(
        self, together: Pipeline, wanted: Wanted, moved: Appointment | None = None
    ) -> None:
        """Send the reads; `moved` is the appointment that makes room for itself."""
        self._wanted = wanted
        self._moved = moved
        but = moved.appointment_id if moved else None
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
        self._busy = together.ask(days.busy_spans(ids, whole, but=but))

    def demand(self, now: datetime) -> None:
        """Raise SlotTaken or Refused if the start is not free.

        Whatever `slots.free_slots` offers passes, and no other instant does.
        """
        wanted = self._wanted
        if self._offered.get() != Offered(wanted.service, wanted.provider):
            # Somebody changed them while we waited for the lock; look once more.
            raise Busy
        reason = self._reason(self._facts(now, self._others()), now)
        if reason is None or self._is_offered_beside(now):
            return
        if reason.policy == Policy.BUSY:
            raise SlotTaken(str(reason))
        raise reason

    def _reason(self, facts: DayFacts, now: datetime) -> Refused | None:
        wanted, alignment = self._wanted, self.practice.get().alignment
        return why_not(wanted.service, wanted.start, facts, now, alignment)

    def _is_offered_beside(self, now: datetime) -> bool:
        """Say whether the start is free beside the appointment that is moved.

        Screens count it as busy, and slots may be aligned to its end.
        """
        moved = self._moved
        if moved is None or moved.provider_id != self._wanted.provider.provider_id:
            return False
        busy = sorted([*self._others(), moved.busy])
        return self._reason(self._facts(now, busy), now) is None

    def _others(self) -> list[Interval]:
        """Return what the provider's other appointments keep busy."""
        spans = self._busy.get().get(self._wanted.provider.provider_id, [])
        return [Interval(instant(start), instant(end)) for start, end in spans]

    def _facts(self, now: datetime, busy: Sequence[Interval]) -> DayFacts:
        wanted = self._wanted
        number, zone = wanted.provider.provider_id, wanted.zone
        weekly = self._hours.get().get((number, wanted.day.weekday()), [])
        overrides = self._overrides.get().get((number, wanted.day), [])
        return DayFacts(
            provider=wanted.provider,
            day=wanted.day,
            today=now.astimezone(zone).date(),
            open_windows=open_windows(wanted.day, zone, weekly, overrides),
            busy=tuple(busy),
            blocks=blocks_of(wanted.day, zone, overrides),
        )
