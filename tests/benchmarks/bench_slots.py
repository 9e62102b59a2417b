"""The rules of the schedule in memory: slots, hours, next openings, lanes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from zoneinfo import ZoneInfo

from desk_app.domain.hours import open_spans, open_windows, wall_spans
from desk_app.domain.interval import Interval
from desk_app.domain.lanes import assign_lanes
from desk_app.domain.openings import Offer, OpenDay, next_openings
from desk_app.domain.people import Money, Provider, ProviderType, Service
from desk_app.domain.policies import why_not
from desk_app.domain.schedule import LocalWindow
from desk_app.domain.slots import DayFacts, free_slots
from desk_app.domain.spans import MINUTE, Span
from tests.benchmarks.timing import Figure, measured

ZONE = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 10, 1)
NOW = datetime(2026, 10, 1, 4, tzinfo=UTC)
DAYS = [TODAY + timedelta(days=count) for count in range(60)]
HOURS = [LocalWindow(time(9), time(17))]
STEP = 40 * MINUTE


def run() -> list[Figure]:
    """Return the figures."""
    facts, service = _day(), _service(1)
    start = facts.open_windows[0].start
    offers = _offers()
    none_free = [_full(offer) for offer in offers]
    crowd = _crowd()
    return [
        measured(partial(free_slots, service, facts, NOW)).figure(
            "slots of a provider's day, 10 appointments", "us", 100
        ),
        measured(partial(open_windows, TODAY, ZONE, HOURS, ())).figure(
            "hours of a provider's day", "us", 100
        ),
        measured(partial(why_not, service, start, facts, NOW)).figure(
            "why not this time?", "us", 200
        ),
        measured(_offers).figure("hours, 20 providers x 60 days", "ms", 20),
        measured(partial(next_openings, offers, NOW)).figure(
            "all openings, 20 providers x 60 days", "ms", 40, "7,200 slots"
        ),
        measured(partial(next_openings, offers, NOW, limit=10)).figure(
            "next 10 openings, 20 providers x 60 days", "ms", 20
        ),
        measured(partial(next_openings, none_free, NOW)).figure(
            "nothing free, 20 providers x 60 days", "ms", 20
        ),
        measured(partial(assign_lanes, crowd)).figure(
            "lanes of 5,000 items", "ms", 100
        ),
    ]


def _service(provider_id: int) -> Service:
    return Service(
        service_id=provider_id,
        provider_id=provider_id,
        name="Check-up",
        duration_minutes=30,
        buffer_minutes=10,
        price=Money(Decimal(40), "EUR"),
        max_advance_days=90,
        cancellation_hours=24,
    )


def _day() -> DayFacts:
    """A day of eight hours with ten of its twelve slots taken."""
    hours = open_windows(TODAY, ZONE, HOURS, ())
    taken = [number for number in range(12) if number not in (4, 8)]
    starts = [hours[0].start + timedelta(minutes=40 * number) for number in taken]
    return DayFacts(
        provider=Provider(1, "Dr Weber", ProviderType.DOCTOR, ZONE.key, "#2563eb"),
        day=TODAY,
        today=TODAY,
        open_windows=hours,
        busy=tuple(Interval(start, start + timedelta(minutes=40)) for start in starts),
    )


def _offers() -> list[Offer]:
    """20 providers over 60 days, each with 12 slots a day, six of them taken."""
    offers = []
    walls = wall_spans(HOURS)
    for provider_id in range(1, 21):
        days = [OpenDay(day, open_spans(day, ZONE, walls, ())) for day in DAYS]
        busy: list[Span] = []
        for day in days:
            opens = day.windows[0][0]
            busy += [
                (opens + n * STEP, opens + (n + 1) * STEP) for n in range(0, 12, 2)
            ]
        offers.append(Offer(_service(provider_id), TODAY, days, busy))
    return offers


def _full(offer: Offer) -> Offer:
    busy = [window for day in offer.days for window in day.windows]
    return Offer(offer.service, offer.today, offer.days, busy)


def _crowd() -> list[Interval]:
    """5,000 items over a day, up to about 150 at once."""
    starts = [NOW + timedelta(seconds=count * 17) for count in range(5000)]
    return [
        Interval(start, start + timedelta(minutes=5 + 7 * (count % 11)))
        for count, start in enumerate(starts)
    ]
