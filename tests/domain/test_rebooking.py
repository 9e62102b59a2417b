"""Other times for a whole day: the same clock first, each time given once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from desk_app.domain.rebooking import propose
from desk_app.domain.slots import Opening
from tests.domain.facts import service
from tests.domain.test_running_late import BERLIN, visit

SERVICES = {
    1: service(30, 10, service_id=1, provider_id=1),
    2: service(30, 10, service_id=2, provider_id=2),
    3: service(30, 10, service_id=3, provider_id=2, name="Massage"),
}


def opening(day: int, clock: str, service_id: int = 1) -> Opening:
    """Return a free time on a day of March."""
    hour, minute = map(int, clock.split(":"))
    local = datetime(2026, 3, day, hour, minute, tzinfo=BERLIN)
    start = local.astimezone(UTC)
    provider_id = SERVICES[service_id].provider_id
    return Opening(start, start + timedelta(minutes=30), provider_id, service_id)


def first(openings, *visits):
    """Return the best time for each."""
    found = propose(visits, openings, SERVICES, BERLIN)
    return [each.openings[0] if each.openings else None for each in found]


def test_the_same_clock_on_the_next_day_is_best() -> None:
    near = opening(4, "10:00")
    others = [opening(4, "9:00"), opening(4, "16:00"), opening(5, "10:00")]
    assert first([*others, near], visit(1, "10:00-10:30")) == [near]


def test_another_provider_is_better_than_a_much_later_day() -> None:
    today = opening(3, "10:00", 2)
    assert first([opening(6, "10:00"), today], visit(1, "10:00-10:30")) == [today]


def test_only_the_same_service_fits() -> None:
    assert first([opening(4, "10:00", 3)], visit(1, "10:00-10:30")) == [None]


def test_no_time_is_proposed_twice_nor_its_buffer() -> None:
    free = [opening(4, "10:00"), opening(4, "10:35"), opening(4, "11:00")]
    visits = (visit(1, "10:00-10:30"), visit(2, "10:30-11:00"), visit(3, "11:00-11:30"))
    assert first(free, *visits) == [free[0], free[2], None]


def test_three_times_are_proposed_the_best_first() -> None:
    free = [opening(day, "10:00") for day in (4, 5, 6, 9)]
    (found,) = propose([visit(1, "10:00-10:30")], free, SERVICES, BERLIN)
    assert list(found.openings) == free[:3]
