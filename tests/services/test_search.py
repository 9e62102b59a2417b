"""Appointments are found by anything that stands on them, within one's rights."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from psycopg import conninfo

from desk_app.db import roles
from desk_app.db.session import open_sessions
from desk_app.domain.search import PAGE, Found, SearchQuery
from desk_app.domain.staff import NewStaff, Role
from desk_app.services.booking import Booking
from desk_app.services.search import Search
from desk_app.services.staff import StaffList
from tests import factories
from tests.postgres import PASSWORD

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
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


def test_notes_are_looked_at_only_where_nothing_else_fits(
    search: Search, practice: Practice, booking: Booking
) -> None:
    named = booking.book(practice.request(9))
    noted = booking.book(practice.request(9, 40, notes="comes for Anna's report"))
    assert set(found(search, "anna")) == {named, noted}
    assert found(search, "report") == (noted,)
    other = factories.client(search._sessions, name="Report, Rita")
    of_rita = booking.book(practice.request(10, 20, client_id=other))
    assert found(search, "report") == (of_rita,)
    assert search.find(SearchQuery("report", PAGE)) == Found()


def test_a_word_may_be_that_of_a_client_or_of_a_provider(
    search: Search, practice: Practice, booking: Booking
) -> None:
    weber = factories.client(search._sessions, name="Weber, Rita")
    of_anna = booking.book(practice.request(9))
    of_weber = booking.book(practice.request(9, 40, client_id=weber))
    assert set(found(search, "weber")) == {of_anna, of_weber}
    assert found(search, "weber rita") == (of_weber,)


@pytest.mark.parametrize(
    ("text", "finds"), [("anna", True), ("check", True), ("mit", True), ("bea", False)]
)
def test_a_provider_finds_what_they_may_see(
    database_url: str, *, text: str, finds: bool
) -> None:
    with closing(open_sessions(database_url)) as sessions:
        booking = Booking(sessions, factories.clock)
        own = factories.open_practice(sessions)
        booked = booking.book(own.request(9, notes="mit Befund"))
        lang = factories.provider(sessions, name="Dr Lang")
        factories.hours(sessions, lang)
        visit = factories.service(sessions, lang)
        theirs = factories.Practice(lang, visit, factories.client(sessions, name="Bea"))
        booking.book(theirs.request(9, notes="mit Befund"))
        roles.secure_database(database_url)
        new = NewStaff("weber", "Dr Weber", Role.PROVIDER, PASSWORD, own.provider_id)
        StaffList(sessions).add(new)
    url = conninfo.make_conninfo(database_url, user="weber", password=PASSWORD)
    with closing(open_sessions(url)) as mine:
        numbers = [each.appointment_id for each in found(Search(mine), text)]
    assert numbers == ([booked.appointment_id] if finds else [])
