"""The demo's providers, services, hours and exceptions as records with ids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count, product
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.domain.hours import day_bounds
from desk_app.domain.interval import Interval
from desk_app.domain.people import Money, Provider, Service
from desk_app.domain.schedule import LocalWindow, Override, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.services.demo.words import Change, PracticeWords, ServiceWords

DAYS_BACK = 14
DAYS_AHEAD = 28
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Offered:
    """A service, and how much it is asked for beside the provider's others."""

    service: Service
    weight: int


@dataclass(frozen=True, slots=True)
class DayOverride:
    """An exception to a provider's hours on one day; `window` is its wall clock."""

    provider_id: int
    day: date
    window: LocalWindow
    override: Override


@dataclass(frozen=True, slots=True)
class Staff:
    """A provider with weekly hours by weekday, services, and demand (1 = average)."""

    provider: Provider
    hours: dict[int, tuple[LocalWindow, ...]]
    offered: tuple[Offered, ...]
    demand: float


@dataclass(frozen=True, slots=True)
class Practice:
    """The practice in the six weeks around `today`, at `now`; ids count from 1."""

    words: PracticeWords
    today: date
    now: datetime
    staff: tuple[Staff, ...]
    overrides: tuple[DayOverride, ...]

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the practice, and of all its providers."""
        return ZoneInfo(self.words.timezone)

    @property
    def days(self) -> list[date]:
        """Two weeks back and four ahead."""
        return _days(self.today)

    def overrides_of(self, provider_id: int, day: date) -> list[Override]:
        """Return what changes the hours of a provider on one day."""
        return [
            each.override
            for each in self.overrides
            if each.provider_id == provider_id and each.day == day
        ]


def make(words: PracticeWords, today: date, now: datetime | None = None) -> Practice:
    """Return the practice around `today`, at the day's first instant without `now`."""
    now = now or day_bounds(today, ZoneInfo(words.timezone)).start
    staff: list[Staff] = []
    service_id = 0
    for provider_id, each in enumerate(words.providers, 1):
        offered = []
        for said in each.services:
            service_id += 1
            service = _service(said, service_id, provider_id, words.currency)
            offered.append(Offered(service, said.weight))
        provider = Provider(
            provider_id, each.name, each.type, words.timezone, each.colour, each.bio
        )
        staff.append(Staff(provider, each.hours, tuple(offered), each.demand))
    return Practice(words, today, now, tuple(staff), tuple(_overrides(words, today)))


def _service(
    said: ServiceWords, service_id: int, provider_id: int, currency: str
) -> Service:
    return Service(
        service_id=service_id,
        provider_id=provider_id,
        name=said.name,
        duration_minutes=said.minutes,
        buffer_minutes=said.buffer,
        price=Money(said.price, currency),
        max_advance_days=said.advance,
        cancellation_hours=said.cancel,
        is_virtual=said.virtual,
    )


def _overrides(words: PracticeWords, today: date) -> Iterator[DayOverride]:
    ids = {each.name: place for place, each in enumerate(words.providers, 1)}
    seen: set[tuple[int, date, LocalWindow]] = set()
    changes = [
        (ids[each.provider], each, _days_of(each, today)) for each in words.changes
    ]
    for provider_id, change, days in changes:
        for day in days:
            # A weekly change may fall on a day that has the same one already.
            if (provider_id, day, change.span) in seen:
                continue
            seen.add((provider_id, day, change.span))
            span = _span(change, day, ZoneInfo(words.timezone))
            override = Override(
                len(seen), span, change.is_blocked, change.reason, change.source
            )
            yield DayOverride(provider_id, day, change.span, override)
    if today.weekday() >= SATURDAY:
        numbers = count(len(seen) + 1)
        for provider_id, window in product(ids.values(), words.weekend):
            override = Override(
                next(numbers), window, is_blocked=False, reason=words.weekend_reason
            )
            yield DayOverride(provider_id, today, window, override)


def _days_of(change: Change, today: date) -> list[date]:
    if change.weekday is not None:
        return [day for day in _days(today) if day.weekday() == change.weekday]
    if change.next is not None:
        ahead = (change.next - today.weekday() - 1) % 7 + 1
        return [today + timedelta(days=ahead)]
    first = today + timedelta(days=change.day or 0)
    return [first + timedelta(days=n) for n in range(change.days)]


def _span(change: Change, day: date, zone: ZoneInfo) -> LocalWindow | Interval:
    """Outside events are known by their instants, what people enter is not."""
    if change.source is Source.MANUAL:
        return change.span
    start = datetime.combine(day, change.span.start, zone).astimezone(UTC)
    if not change.span.end.hour:
        return Interval(start, day_bounds(day, zone).end)
    end = datetime.combine(day, change.span.end, zone).astimezone(UTC)
    return Interval(start, end)


def _days(today: date) -> list[date]:
    first = today - timedelta(days=DAYS_BACK)
    return [first + timedelta(days=n) for n in range(DAYS_BACK + DAYS_AHEAD)]
