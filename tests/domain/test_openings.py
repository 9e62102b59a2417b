"""Next openings: the slots of many providers in one order of time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from desk_app.domain.hours import open_spans, wall_spans
from desk_app.domain.interval import Interval
from desk_app.domain.openings import (
    Offer,
    OpenDay,
    nearest,
    nearest_by_clock,
    next_openings,
)
from desk_app.domain.slots import (
    Alignment,
    AlignmentKind,
    DayFacts,
    Opening,
    free_slots,
)
from desk_app.domain.spans import instant, span
from tests.domain.facts import between, provider, service, window

NOW = datetime(2026, 3, 25, 7, 10, tzinfo=UTC)
FIRST = date(2026, 3, 25)
ZONES = {1: "Europe/Berlin", 2: "America/New_York", 3: "Asia/Kathmandu"}
SERVICES = (
    service(30, 10, service_id=10, provider_id=1, max_advance_days=4),
    service(60, 0, service_id=11, provider_id=1),
    service(30, 10, service_id=20, provider_id=2),
    service(30, 10, service_id=30, provider_id=3, max_advance_days=0),
)


def days_of(provider_id, count=6):
    """Return days from the first on, over the spring change of the clock."""
    zone = ZoneInfo(ZONES[provider_id])
    walls = wall_spans([window("8:00-12:00"), window("13:00-18:00")])
    days = [FIRST + timedelta(days=day) for day in range(count)]
    return [OpenDay(day, open_spans(day, zone, walls, ())) for day in days]


def busy_of(provider_id):
    """Return one appointment a day."""
    zone = ZoneInfo(ZONES[provider_id])
    days = [FIRST + timedelta(days=day) for day in range(6)]
    return tuple(between(day, zone, "9:00-9:40") for day in days)


def offers():
    """Return an offer for each service."""
    return [
        Offer(
            each,
            NOW.astimezone(ZoneInfo(ZONES[each.provider_id])).date(),
            days_of(each.provider_id),
            [span(busy) for busy in busy_of(each.provider_id)],
        )
        for each in SERVICES
    ]


def one_by_one(alignment):
    """Return the same openings, a day and a service at a time."""
    found = []
    for offer in offers():
        who = offer.service.provider_id
        for day in offer.days:
            hours = [Interval(instant(a), instant(b)) for a, b in day.windows]
            facts = DayFacts(
                provider(ZONES[who], provider_id=who),
                day.day,
                offer.today,
                tuple(hours),
                busy_of(who),
            )
            found += [
                Opening(slot.start, slot.end, who, offer.service.service_id)
                for slot in free_slots(offer.service, facts, NOW, alignment)
            ]
    return tuple(sorted(found))


@pytest.mark.parametrize("kind", AlignmentKind)
def test_openings_are_the_slots_of_each_day_in_order(kind):
    alignment = Alignment(kind)
    found = next_openings(offers(), NOW, alignment)
    assert found == one_by_one(alignment)
    assert {opening.service_id for opening in found} == {10, 11, 20, 30}


def test_a_limit_keeps_the_first():
    found = next_openings(offers(), NOW)
    assert next_openings(reversed(offers()), NOW, limit=7) == found[:7]
    assert next_openings(offers(), NOW, limit=0) == ()
    assert next_openings([], NOW) == ()


def test_the_nearest_come_first_and_the_earlier_of_two():
    found = [
        Opening(NOW + timedelta(minutes=minutes), NOW + timedelta(hours=9), 1, 10)
        for minutes in (-60, -30, 30, 40, 90)
    ]
    close = nearest(found, NOW)
    assert [opening.start - NOW for opening in close] == [
        timedelta(minutes=minutes) for minutes in (-30, 30, 40)
    ]
    assert nearest([], NOW) == ()


def test_of_other_days_the_same_clock_is_nearest():
    zone = ZoneInfo("Europe/Berlin")
    found = [
        Opening(start, start + timedelta(minutes=30), 1, 1)
        for day in (24, 25, 26)
        for hour in (8, 15)
        for start in [datetime(2026, 3, day, hour, tzinfo=zone).astimezone(UTC)]
    ]
    wanted = datetime(2026, 3, 25, 9, tzinfo=zone)
    near = nearest_by_clock(found, wanted, zone, 4)
    days = [(each.start.astimezone(zone).day, each.start.hour) for each in near]
    assert days == [(25, 7), (25, 14), (24, 7), (26, 7)]
