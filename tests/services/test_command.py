"""What can be booked for a line, on the real database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from desk_app.domain.command_line import Known, readings
from desk_app.domain.day_words import Calendar
from desk_app.domain.proposals import Here, Proposals
from desk_app.services.booking import Booking
from desk_app.services.clients import Clients
from desk_app.services.command import CommandLine, Line
from desk_app.services.diary import Diary
from tests import factories

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from tests.factories import Practice

BERLIN = ZoneInfo(factories.BERLIN)
Propose = Callable[[str], Proposals]


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    """Dr Weber and Anna, and two of a name."""
    practice = factories.open_practice(sessions)
    factories.client(sessions, name="John Smith", phone="+491700000001")
    factories.client(sessions, name="Joanna Smithers", phone="+491700000002")
    return practice


@pytest.fixture
def propose(sessions: Sessions, practice: Practice) -> Propose:
    """Return what a line leads to, with tomorrow on the screen."""
    diary = Diary(sessions, factories.clock)
    finder = CommandLine(Clients(sessions), diary)
    catalogue = diary.catalogue()
    known = Known(Calendar(factories.TODAY), catalogue.providers, catalogue.services)
    here = Here(BERLIN, factories.TODAY, factories.TOMORROW, practice.provider_id)

    def ask(typed: str) -> Proposals:
        line = Line(readings(typed, known), here, catalogue.services)
        return finder.propose(line)

    return ask


def names(found: Proposals) -> list[str]:
    return [row.client.name if row.client else "" for row in found.rows]


def test_each_client_who_fits_is_proposed_at_the_agreed_time(
    propose: Propose, practice: Practice
) -> None:
    found = propose("smi jo 9:40")
    assert names(found) == ["Joanna Smithers", "John Smith"]
    assert {row.opening.start for row in found.rows} == {practice.at(9, 40)}
    assert found.slots.is_as_meant


def test_one_client_is_proposed_at_times_near_too(
    propose: Propose, practice: Practice
) -> None:
    found = propose("weiß 10:20")
    assert names(found) == ["Anna Weiß"] * 4
    starts = [row.opening.start for row in found.rows]
    assert starts[0] == practice.at(10, 20)
    assert set(starts[1:3]) == {practice.at(9, 40), practice.at(11)}


def test_a_taken_time_leads_to_the_nearest_that_is_offered(
    propose: Propose, practice: Practice, sessions: Sessions
) -> None:
    Booking(sessions, factories.clock).book(practice.request(9, 40))
    found = propose("smith 9:40")
    assert not found.slots.is_as_meant
    assert found.rows[0].opening.start in (practice.at(9), practice.at(10, 20))


def test_who_is_found_decides_what_a_word_was(
    propose: Propose, sessions: Sessions
) -> None:
    """ "weber" is the provider, unless there is such a client and no other."""
    factories.client(sessions, name="Karla Weber")
    assert propose("smith weber").reading.provider_ids
    found = propose("karla weber")
    assert found.rows[0].client is not None
    assert found.rows[0].client.name == "Karla Weber"


def test_another_reading_is_proposed_below(
    propose: Propose, sessions: Sessions
) -> None:
    for name in ("Smith Abt", "Smith Boll", "Smith Cuno", "Smith Weber"):
        factories.client(sessions, name=name)
    assert names(propose("smith weber"))[-1] == "Smith Weber"


def test_somebody_new_comes_with_name_and_number(propose: Propose) -> None:
    found = propose("new berta maß 0170 7654321 11:00")
    new = found.rows[0].new_client
    assert new is not None
    assert (new.name, new.phone) == ("Berta Maß", "0170 7654321")
    assert not found.found_nobody


def test_nobody_found_is_said_and_the_time_is_there(propose: Propose) -> None:
    found = propose("hugo nobody 11:00")
    assert found.found_nobody
    assert found.slots.best is not None


@pytest.mark.parametrize("typed", ["smiht", "smithres joanna", "smit h", "jonna smith"])
def test_who_is_not_found_is_looked_for_by_ear(propose: Propose, typed: str) -> None:
    found = propose(typed)
    if found.found_nobody:
        assert found.are_alike
        assert found.rows[0].client is None
    assert any("Smith" in name for name in names(found))


def test_nobody_is_like_everybody(propose: Propose) -> None:
    assert names(propose("smirnoff")) == [""]
    assert not propose("smirnoff").are_alike


def test_a_day_that_is_full_leads_to_a_later_one(
    propose: Propose, practice: Practice, sessions: Sessions
) -> None:
    factories.override(sessions, practice.provider_id)
    found = propose("anna tomorrow")
    assert not found.slots.is_as_meant
    best = found.rows[0].opening
    assert best.start == practice.at(9, day=factories.TOMORROW + timedelta(1))


def test_every_time_that_is_proposed_can_be_booked(
    propose: Propose, practice: Practice, sessions: Sessions
) -> None:
    booking = Booking(sessions, factories.clock)
    for typed in ("anna 9:00", "anna 9:00", "anna afternoon", "anna next week"):
        opening = propose(typed).rows[0].opening
        assert booking.book(practice.request_at(opening.start)).start == opening.start


def test_what_is_about_no_service_proposes_nothing(
    sessions: Sessions, practice: Practice
) -> None:
    finder = CommandLine(Clients(sessions), Diary(sessions, factories.clock))
    known = Known(Calendar(factories.TODAY))
    line = Line(
        readings("smith", known),
        Here(BERLIN, factories.TODAY, factories.TODAY),
        (),
    )
    found = finder.propose(line)
    assert (found.wanted, found.rows) == (None, ())
