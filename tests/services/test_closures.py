"""Closed days: holidays of a region, changed in one step, nobody stranded silently."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest

from desk_app.domain.appointment import Status
from desk_app.domain.closures import Closure, ClosureChange, Region
from desk_app.domain.stranding import Decision, Fate, Settlement
from desk_app.errors import Invalid, NotAllowed, Refused, Stale, Strands
from desk_app.services.closures import Closures, parts, proposals
from tests import factories
from tests.desks import Desks

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from desk_app.services.booking import Booking
    from tests.factories import Practice

TOMORROW = factories.TOMORROW
INVENTORY = Closure(TOMORROW, "Inventory")
NOTHING: frozenset[Closure] = frozenset()


@pytest.fixture
def closures(sessions: Sessions) -> Closures:
    return Closures(sessions, factories.clock)


def closing(*days: Closure, known: frozenset[Closure] = NOTHING) -> ClosureChange:
    return ClosureChange(2026, known, frozenset(days))


def test_holidays_are_those_of_the_region_in_its_own_words() -> None:
    bavaria = proposals(Region("DE", "BY"), 2026)
    assert Closure(date(2026, 1, 6), "Heilige Drei Könige", is_holiday=True) in bavaria
    everywhere = proposals(Region("DE", "no such part"), 2026)
    assert len(everywhere) < len(bavaria)
    assert proposals(Region("QQ"), 2026) == ()
    assert ("BY", "Bayern") in [(part.code, part.name) for part in parts("DE")]
    assert parts("") == ()


def test_a_closed_day_cannot_be_booked_until_it_is_open_again(
    closures: Closures, booking: Booking, practice: Practice
) -> None:
    assert closures.change(closing(INVENTORY)) == {INVENTORY}
    with pytest.raises(Refused):
        booking.book(practice.request(9))
    closures.change(closing(known=frozenset({INVENTORY})))
    booking.book(practice.request(9))


def test_half_a_day_leaves_the_other_half(
    closures: Closures, booking: Booking, practice: Practice
) -> None:
    closures.change(closing(Closure(TOMORROW, "Party", time(12))))
    booking.book(practice.request(9))
    with pytest.raises(Refused):
        booking.book(practice.request(13))


def test_appointments_are_named_and_decided_about(
    closures: Closures, booked: Appointment, booking: Booking
) -> None:
    with pytest.raises(Strands) as caught:
        closures.change(closing(INVENTORY))
    assert caught.value.appointments == (booked,)
    decided = Decision(booked.appointment_id, booked.version, Fate.CANCEL)
    settled = Settlement((decided,), "Closed")
    change = ClosureChange(2026, NOTHING, frozenset({INVENTORY}), settled)
    closures.change(change)
    closures.change(change)
    last = factories.rows(
        closures._sessions, "SELECT status, cancellation_reason FROM appointment"
    )
    assert last == [(Status.CANCELLED, "Closed")]


def test_what_somebody_else_has_changed_is_not_written_over(
    closures: Closures, practice: Practice
) -> None:
    closures.change(closing(INVENTORY))
    with pytest.raises(Stale) as caught:
        closures.change(closing(Closure(TOMORROW, "Trip")))
    assert caught.value.field == "closures"


def test_a_year_says_what_is_kept_and_what_comes(
    closures: Closures, practice: Practice
) -> None:
    assert closures.choose_part("BY") == "BY"
    year = closures.year(2026)
    assert year.region == Region("DE", "BY")
    assert not year.is_next_taken
    closures.change(closing(*year.holidays))
    assert closures.year(2025).is_next_taken
    assert closures.all(date(2026, 1, 1), date(2026, 1, 31)) == {
        day for day in year.holidays if day.day.month == 1
    }


def test_over_new_year_reaches_into_the_next(
    closures: Closures, practice: Practice
) -> None:
    old, new = (
        Closure(date(y, m, d), "Winter") for y, m, d in ((2026, 12, 31), (2027, 1, 1))
    )
    assert closures.change(closing(old, new)) == {old}
    assert closures.year(2027).closures == {new}


@pytest.mark.parametrize(
    "closure",
    [
        Closure(TOMORROW, "  "),
        Closure(TOMORROW, "Party", time(14), time(12)),
        Closure(date(1999, 12, 31), "Party"),
    ],
)
def test_what_makes_no_sense_is_not_closed(
    closures: Closures, closure: Closure
) -> None:
    with pytest.raises(Invalid):
        closures.change(closing(closure))


def test_only_managers_close_the_practice(database_url: str) -> None:
    with Desks(database_url) as desks:
        practice = factories.open_practice(desks.owner)
        for desk in (desks.receptionist(), desks.provider(practice.provider_id)):
            with pytest.raises(NotAllowed):
                Closures(desk, factories.clock).change(closing(INVENTORY))
        Closures(desks.manager(), factories.clock).change(closing(INVENTORY))
