"""From what a line means to the time that is proposed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from desk_app.domain.command_line import Reading
from desk_app.domain.day_words import DayWish
from desk_app.domain.people import Money, NewClient, Service
from desk_app.domain.proposals import Here, Wanted, choose, new_client, wanted
from desk_app.domain.slots import Opening
from desk_app.domain.time_words import MORNING, TimeWish

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
WEBER, ABBOTT = 1, 2


def service(number: int, provider_id: int, name: str) -> Service:
    return Service(number, provider_id, name, 30, 10, Money(Decimal(60), "EUR"), 90, 24)


CHECK, FOLLOW = service(1, WEBER, "Check-up"), service(2, WEBER, "Follow-up")
THEIRS = service(3, ABBOTT, "Follow-up")
SERVICES = (CHECK, FOLLOW, THEIRS)
HERE = Here(BERLIN, MONDAY, TUESDAY, WEBER)


def at(clock: str, day: date = TUESDAY) -> datetime:
    hour, minute = map(int, clock.split(":"))
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN)
    return local.astimezone(UTC)


def free(clock: str, of: Service = CHECK, day: date = TUESDAY) -> Opening:
    start = at(clock, day)
    return Opening(start, start + of.duration, of.provider_id, of.service_id)


def exactly(clock: str) -> TimeWish:
    hour, minute = map(int, clock.split(":"))
    return TimeWish(hour * 60 + minute, hour * 60 + minute)


def want(here: Here = HERE, **read: object) -> Wanted:
    found = wanted(Reading("", **read), here, SERVICES)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_without_day_and_time_it_is_the_one_chosen_in_the_schedule() -> None:
    wish = want(replace(HERE, start=at("10:00")))
    assert (wish.start, wish.day) == (at("10:00"), DayWish(TUESDAY))


def test_what_is_typed_replaces_what_is_chosen() -> None:
    chosen = replace(HERE, start=at("10:00"))
    assert want(chosen, time=exactly("14:30")).start == at("14:30")
    assert want(chosen, day=DayWish(MONDAY)).start is None


def test_with_nothing_chosen_it_is_the_first_free_time_from_the_shown_day() -> None:
    wish = want()
    assert (wish.start, wish.day.first) == (None, TUESDAY)
    assert want(replace(HERE, day=date(2026, 1, 1))).day.first == MONDAY


def test_a_time_of_a_provider_means_what_they_offer() -> None:
    assert want().services == (CHECK, FOLLOW)
    assert want(provider_ids=(ABBOTT,)).services == (THEIRS,)


def test_the_service_chosen_at_the_side_comes_first() -> None:
    assert want(replace(HERE, service="Follow-up")).services == (FOLLOW, CHECK)


def test_who_is_chosen_in_the_schedule_is_asked_before_others() -> None:
    wish = want(service_ids=(2, 3))
    assert (wish.services, wish.prefer) == ((FOLLOW, THEIRS), WEBER)


def test_a_line_about_nothing_wants_nothing() -> None:
    nowhere = replace(HERE, provider_id=None)
    assert wanted(Reading(""), nowhere, SERVICES) is None
    assert want(replace(nowhere, service="Check-up")).services == (CHECK,)


@pytest.mark.parametrize(
    ("openings", "best", "is_as_meant"),
    [
        (["09:00", "14:30", "15:00"], "14:30", True),
        (["09:00", "14:20", "15:00"], "14:20", False),
        (["14:00", "15:00"], "14:00", False),
        (["09:00"], "09:00", False),
    ],
)
def test_the_agreed_time_or_the_nearest_is_proposed(
    openings: list[str], best: str, *, is_as_meant: bool
) -> None:
    slots = choose([free(clock) for clock in openings], want(time=exactly("14:30")))
    assert slots.best == free(best)
    assert slots.is_as_meant is is_as_meant


def test_a_service_that_fits_the_agreed_time_is_taken() -> None:
    openings = [free("14:00"), free("14:30", FOLLOW)]
    assert choose(openings, want(time=exactly("14:30"))).best == openings[1]


def test_another_provider_at_that_very_time_comes_before_another_time() -> None:
    openings = [free("14:00", FOLLOW), free("14:30", THEIRS)]
    slots = choose(openings, want(time=exactly("14:30"), service_ids=(2, 3)))
    assert (slots.best, slots.is_as_meant) == (openings[1], True)


def test_the_chosen_provider_comes_before_an_earlier_time_of_another() -> None:
    openings = [free("09:00", THEIRS), free("10:00", FOLLOW)]
    slots = choose(openings, want(day=DayWish(TUESDAY), service_ids=(2, 3)))
    assert slots.best == openings[1]


def test_a_part_of_the_day_means_its_first_free_time() -> None:
    openings = [free("14:00"), free("10:00"), free("09:00", FOLLOW)]
    slots = choose(openings, want(time=MORNING))
    assert (slots.best, slots.is_as_meant) == (openings[1], True)


def test_another_day_is_not_what_was_meant() -> None:
    later = free("10:00", day=TUESDAY + timedelta(7))
    slots = choose([later], want(day=DayWish(TUESDAY)))
    assert (slots.best, slots.is_as_meant) == (later, False)


def test_times_near_are_of_the_same_service_one_for_each_start() -> None:
    clocks = ("09:00", "13:00", "14:30", "15:00", "15:30")
    openings = [free(clock, FOLLOW) for clock in clocks]
    openings.append(free("15:00", THEIRS))
    slots = choose(openings, want(time=exactly("14:30"), service_ids=(2, 3)))
    assert [one.start for one in slots.near] == [at("15:00"), at("15:30"), at("13:00")]


def test_where_nothing_is_free_nothing_is_proposed() -> None:
    assert choose([], want()).best is None


def test_a_time_that_the_clock_leaves_out_is_no_agreed_time() -> None:
    """02:30 does not exist in the night in which summer time begins."""
    night = DayWish(date(2027, 3, 28))
    wish = want(day=night, time=TimeWish(150, 150))
    assert wish.start is not None
    assert choose([free("09:00", day=night.first)], wish).is_as_meant is False


@pytest.mark.parametrize(
    ("typed", "name", "phone", "email"),
    [
        ("anna fox", "Anna Fox", "", ""),
        ("fox, anna", "Anna Fox", "", ""),
        ("anna fox 0170 1234567", "Anna Fox", "0170 1234567", ""),
        ("anna +49 (170) 123-4567 a@b.de", "Anna", "+49 (170) 123-4567", "a@b.de"),
        ("Anna McFox", "Anna McFox", "", ""),
        ("o'neil", "O'neil", "", ""),
        ("", "", "", ""),
    ],
)
def test_somebody_new_is_sorted_into_name_and_number(
    typed: str, name: str, phone: str, email: str
) -> None:
    assert new_client(typed) == NewClient(name, phone, email)
