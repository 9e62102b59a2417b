"""The waiting list on a real database: who waits, whom to ring, who got a time."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import time, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from desk_app.domain.appointment import CancelledBy
from desk_app.domain.deeds import Before, Undone, UndoRequest
from desk_app.domain.people import NewClient
from desk_app.domain.waitlist import (
    CallOutcome,
    CallRequest,
    ChangedEntry,
    FreedSlot,
    NewEntry,
    Outcome,
    Wish,
)
from desk_app.errors import BeingRung, Invalid, NotAllowed, NotFound, Stale
from desk_app.services.booking import Booking
from desk_app.services.waitlist import Waitlist
from tests import factories
from tests.desks import Desks, login_of
from tests.factories import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.waitlist import Entry
    from tests.factories import Practice

WISH = Wish("Check-up")
ROUNDS = 50


@pytest.fixture
def waitlist(sessions: Sessions) -> Waitlist:
    """The list, at a fixed time."""
    return Waitlist(sessions, factories.clock)


@pytest.fixture
def desks(database_url: str) -> Iterator[Desks]:
    """Desks with people of their own, whose changes are committed."""
    with Desks(database_url) as desks:
        yield desks


def waits(practice: Practice, **wished: object) -> NewEntry:
    return NewEntry(replace(WISH, **wished), practice.client_id)


def names(waitlist: Waitlist, practice: Practice, hour: int = 9) -> list[str]:
    slot = FreedSlot(practice.provider_id, practice.at(hour))
    return [one.entry.client.name for one in waitlist.for_slot(slot)]


def keep_later(
    booking: Booking, waitlist: Waitlist, practice: Practice
) -> tuple[Appointment, Entry]:
    """Book Anna for 15:00 and let her wait for something sooner."""
    booked = booking.book(practice.request(9 + 6, 0))
    new = replace(waits(practice), appointment_id=booked.appointment_id)
    return booked, waitlist.add(new)


def test_who_is_added_waits_with_what_they_said(
    waitlist: Waitlist, practice: Practice
) -> None:
    wish = Wish(
        "Check-up",
        practice.provider_id,
        from_day=factories.TODAY,
        until_day=factories.TOMORROW,
        weekdays=(0, 2),
        from_time=time(9),
        until_time=time(12),
        is_urgent=True,
        notes="mornings only",
    )
    waitlist.add(NewEntry(wish, practice.client_id))
    (entry,) = waitlist.everybody()
    assert entry.wish == wish
    assert (entry.client.name, entry.client.phone) == ("Anna Weiß", "+491701234567")
    assert entry.called_by == ""


def test_who_waits_for_the_same_is_not_listed_twice(
    waitlist: Waitlist, practice: Practice
) -> None:
    first = waitlist.add(waits(practice))
    again = waitlist.add(waits(practice, is_urgent=True))
    assert again.entry_id == first.entry_id
    assert [entry.wish.is_urgent for entry in waitlist.everybody()] == [True]


def test_who_books_for_later_keeps_their_place_on_the_list(
    waitlist: Waitlist, booking: Booking, practice: Practice
) -> None:
    first = waitlist.add(waits(practice))
    booked, entry = keep_later(booking, waitlist, practice)
    assert entry.entry_id == first.entry_id
    assert entry.kept is not None
    assert entry.kept.appointment_id == booked.appointment_id


def test_a_new_client_may_wait_and_is_made_once(
    waitlist: Waitlist, practice: Practice, sessions: Sessions
) -> None:
    new = NewEntry(WISH, new_client=NewClient("Berta Maß", "0170 7654321"))
    assert waitlist.add(new).entry_id == waitlist.add(new).entry_id
    count = "SELECT count(*) FROM client WHERE name = 'Berta Maß'"
    assert rows(sessions, count) == [(1,)]


def test_a_wish_that_nothing_fulfils_is_refused(
    waitlist: Waitlist, practice: Practice
) -> None:
    with pytest.raises(Invalid, match="what the client waits for"):
        waitlist.add(waits(practice, service_name=" "))


def test_nobody_waits_who_does_not_exist(waitlist: Waitlist) -> None:
    with pytest.raises(NotFound):
        waitlist.add(NewEntry(WISH, 4711))


def test_a_wish_is_changed_as_it_was_seen_only(
    waitlist: Waitlist, practice: Practice
) -> None:
    entry = waitlist.add(waits(practice))
    urgent = replace(WISH, is_urgent=True)
    changed = waitlist.change(ChangedEntry(entry.entry_id, entry.version, urgent))
    assert changed.wish.is_urgent
    with pytest.raises(Stale):
        waitlist.change(ChangedEntry(entry.entry_id, entry.version, WISH))


def test_who_is_taken_off_waits_no_more(waitlist: Waitlist, practice: Practice) -> None:
    entry = waitlist.add(waits(practice))
    waitlist.remove(entry.entry_id)
    waitlist.remove(entry.entry_id)
    assert waitlist.everybody() == ()
    with pytest.raises(NotFound):
        waitlist.call(CallRequest(entry.entry_id))


def test_a_free_time_names_who_fits_and_a_busy_one_nobody(
    waitlist: Waitlist, booking: Booking, practice: Practice
) -> None:
    waitlist.add(waits(practice))
    assert names(waitlist, practice) == ["Anna Weiß"]
    berta = factories.client(booking._sessions, name="Berta", phone="")
    booking.book(practice.request(client_id=berta))
    assert names(waitlist, practice) == []


def test_who_is_here_at_that_time_anyway_is_not_asked(
    waitlist: Waitlist, booking: Booking, practice: Practice
) -> None:
    other = factories.provider(booking._sessions, name="Dr Brandt")
    factories.service(booking._sessions, other)
    factories.hours(booking._sessions, other)
    waitlist.add(waits(practice))
    booking.book(practice.request(9))
    there = FreedSlot(other, practice.at(9))
    later = FreedSlot(other, practice.at(9) + timedelta(minutes=40))
    assert waitlist.for_slot(there) == ()
    assert len(waitlist.for_slot(later)) == 1


def test_a_booking_takes_its_client_off_the_list(
    waitlist: Waitlist, booking: Booking, practice: Practice
) -> None:
    entry = waitlist.add(waits(practice))
    booking.book(practice.request(waitlist_entry_id=entry.entry_id))
    assert waitlist.everybody() == ()


def test_who_took_a_time_waits_again_when_that_is_undone(
    waitlist: Waitlist, booking: Booking, practice: Practice
) -> None:
    entry = waitlist.add(waits(practice))
    booked = booking.book(practice.request(waitlist_entry_id=entry.entry_id))
    undone = Undone(booked.appointment_id, booked.version, None)
    booking.undo(UndoRequest(uuid4(), (undone,)))
    (again,) = waitlist.everybody()
    assert (again.entry_id, again.outcome, again.kept) == (entry.entry_id, None, None)


def test_a_later_booking_is_moved_and_comes_back_when_that_is_undone(
    waitlist: Waitlist, booking: Booking, practice: Practice
) -> None:
    booked, entry = keep_later(booking, waitlist, practice)
    assert entry.kept is not None
    move = factories.move(booked, practice.at(9))
    moved = booking.move(replace(move, waitlist_entry_id=entry.entry_id))
    assert waitlist.everybody() == ()
    undone = Undone(moved.appointment_id, moved.version, Before.of(booked))
    booking.undo(UndoRequest(uuid4(), (undone,)))
    (again,) = waitlist.everybody()
    assert again.kept is not None
    assert again.kept.start == booked.start


def test_a_later_booking_counts_and_an_earlier_one_does_not(
    waitlist: Waitlist, booking: Booking, practice: Practice
) -> None:
    keep_later(booking, waitlist, practice)
    assert names(waitlist, practice, 9) == ["Anna Weiß"]
    assert names(waitlist, practice, 16) == []


def test_who_gives_up_the_later_booking_waits_no_more(
    waitlist: Waitlist, booking: Booking, practice: Practice
) -> None:
    booked, _ = keep_later(booking, waitlist, practice)
    booking.cancel(factories.cancellation(booked))
    assert waitlist.everybody() == ()


def test_whom_the_practice_cancels_goes_on_waiting(
    waitlist: Waitlist, booking: Booking, practice: Practice
) -> None:
    booked, _ = keep_later(booking, waitlist, practice)
    by = CancelledBy.PRACTICE
    booking.cancel(factories.cancellation(booked, cancelled_by=by))
    (entry,) = waitlist.everybody()
    assert entry.kept is None


def test_nobody_waits_any_more_once_the_later_booking_begins(
    sessions: Sessions, waitlist: Waitlist, booking: Booking, practice: Practice
) -> None:
    booked, _ = keep_later(booking, waitlist, practice)
    then = Waitlist(sessions, lambda: booked.start)
    assert then.everybody() == ()


def test_a_call_is_claimed_for_five_minutes_and_goes_on(
    waitlist: Waitlist, practice: Practice
) -> None:
    entry = waitlist.add(waits(practice))
    called = waitlist.call(CallRequest(entry.entry_id))
    assert called.called_by
    assert called.calling_until is not None
    on = waitlist.call(CallRequest(entry.entry_id, called.calling_until))
    assert on.calling_until is not None
    assert on.calling_until >= called.calling_until


def test_a_person_is_rung_once_whatever_they_wait_for(
    waitlist: Waitlist, practice: Practice
) -> None:
    one = waitlist.add(waits(practice))
    other = waitlist.add(waits(practice, service_name="Massage"))
    called = waitlist.call(CallRequest(one.entry_id))
    with pytest.raises(BeingRung) as rung:
        waitlist.call(CallRequest(other.entry_id))
    assert rung.value.login == called.called_by
    waitlist.let_go(CallRequest(one.entry_id, called.calling_until))
    assert waitlist.call(CallRequest(other.entry_id)).called_by


def test_an_outcome_ends_the_call_and_is_remembered(
    waitlist: Waitlist, practice: Practice
) -> None:
    entry = waitlist.add(waits(practice))
    called = waitlist.call(CallRequest(entry.entry_id))
    start, held = practice.at(9), called.calling_until
    said = CallOutcome(entry.entry_id, Outcome.NO_ANSWER, start, held)
    with pytest.raises(BeingRung):
        waitlist.outcome(replace(said, held=None))
    assert waitlist.outcome(said).called_by == ""
    (ranked,) = waitlist.for_slot(FreedSlot(practice.provider_id, start))
    assert ranked.was_rung


def test_who_declined_is_not_asked_about_the_same_time_again(
    waitlist: Waitlist, practice: Practice
) -> None:
    entry = waitlist.add(waits(practice))
    said = CallOutcome(entry.entry_id, Outcome.DECLINED, practice.at(9))
    waitlist.outcome(said)
    assert names(waitlist, practice, 9) == []
    assert names(waitlist, practice, 13) == ["Anna Weiß"]


def test_a_call_that_nobody_ended_is_over_by_itself(
    waitlist: Waitlist, practice: Practice, sessions: Sessions
) -> None:
    entry = waitlist.add(waits(practice))
    waitlist.call(CallRequest(entry.entry_id))
    rows(sessions, "UPDATE waitlist_entry SET calling_until = now() - interval '1 s'")
    assert waitlist.everybody()[0].called_by == ""
    assert waitlist.call(CallRequest(entry.entry_id)).called_by


def test_receptionists_keep_the_list_and_see_who_rings(desks: Desks) -> None:
    practice = factories.open_practice(desks.owner)
    jonas, anna = desks.receptionist(), desks.receptionist("Anna Vogt")
    entry = Waitlist(jonas).add(waits(practice))
    Waitlist(jonas).call(CallRequest(entry.entry_id))
    (seen,) = Waitlist(anna).everybody()
    assert seen.called_by == login_of(jonas)


def test_a_provider_reads_who_waits_for_them_and_writes_nothing(desks: Desks) -> None:
    practice = factories.open_practice(desks.owner)
    weber = Waitlist(desks.provider(practice.provider_id), factories.clock)
    Booking(desks.owner, factories.clock).book(practice.request())
    for_weber = waits(practice, provider_id=practice.provider_id)
    listed = Waitlist(desks.owner).add(for_weber)
    Waitlist(desks.owner).add(waits(practice, service_name="Massage"))
    assert [entry.entry_id for entry in weber.everybody()] == [listed.entry_id]
    with pytest.raises((NotAllowed, NotFound)):
        weber.add(for_weber)
    with pytest.raises(NotAllowed):
        weber.remove(listed.entry_id)


def test_of_two_desks_that_ring_one_person_at_once_exactly_one_may(
    desks: Desks,
) -> None:
    practice = factories.open_practice(desks.owner)
    two = [Waitlist(desks.receptionist(name)) for name in ("Jonas", "Anna")]
    entries = [two[0].add(waits(practice, service_name=str(n))) for n in range(2)]
    gate = threading.Barrier(2)

    def ring(desk: int) -> object:
        gate.wait()
        try:
            return two[desk].call(CallRequest(entries[desk].entry_id))
        except BeingRung as refused:
            return refused

    with ThreadPoolExecutor(2) as pool:
        for _ in range(ROUNDS):
            results = list(pool.map(ring, range(2)))
            rung = [one for one in results if not isinstance(one, BeingRung)]
            assert len(rung) == 1
            number, held = rung[0].entry_id, rung[0].calling_until
            two[0].let_go(CallRequest(number, held))
