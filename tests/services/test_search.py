"""Appointments are found by anything that stands on them, within one's rights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desk_app.domain.search import PAGE, Found, SearchQuery
from desk_app.services.search import Search
from tests import factories

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from desk_app.services.booking import Booking
    from tests.factories import Practice


@pytest.fixture
def search(sessions: Sessions) -> Search:
    return Search(sessions)


@pytest.fixture
def booked(practice: Practice, booking: Booking) -> Appointment:
    return booking.book(practice.request(9, notes="Bringt 100% den Befund_mit"))


def found(search: Search, text: str) -> tuple[Appointment, ...]:
    return search.find(SearchQuery(text)).appointments


@pytest.mark.parametrize(
    "text",
    [
        "anna",
        "WEISS",
        "0170 1234567",
        "check",
        "weber",
        "befund",
        "100%",
        "anna check weber",
        "confirmed",
        "2026-03-03 anna",
    ],
)
def test_every_word_finds_it(search: Search, booked: Appointment, text: str) -> None:
    assert found(search, text) == (booked,)


@pytest.mark.parametrize(
    "text",
    ["", "   ", "bertha", "anna cancelled", "2026-03-04", "100_", "\0", "x'"],
)
def test_what_does_not_fit_is_not_found(
    search: Search, booked: Appointment, text: str
) -> None:
    assert booked
    assert found(search, text) == ()


def test_a_cancelled_one_is_found_by_its_status(
    search: Search, booking: Booking, booked: Appointment
) -> None:
    gone = booking.cancel(factories.cancellation(booked))
    assert found(search, "anna cancelled") == (gone,)


def test_pages_follow_each_other_without_gap(
    search: Search, practice: Practice, booking: Booking
) -> None:
    days = [factories.TOMORROW.replace(day=n) for n in range(3, 27)]
    every = {
        booking.book(practice.request_at(practice.at(9, day=day))).appointment_id
        for day in days
    }
    first = search.find(SearchQuery("anna"))
    second = search.find(SearchQuery("anna", PAGE))
    assert first.has_more
    assert len(first.appointments) == PAGE
    assert not second.has_more
    numbers = [a.appointment_id for a in first.appointments + second.appointments]
    assert sorted(numbers) == sorted(every)
    assert search.find(SearchQuery("anna", 100)) == Found()
