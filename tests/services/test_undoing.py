"""Slips that are taken back: everything stands as before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from desk_app.domain.appointment import CancelledBy, Status
from desk_app.domain.deeds import (
    Mark,
    Move,
    MoveAllRequest,
    NoteRequest,
    RefundRequest,
    Undone,
    UndoRequest,
)
from desk_app.errors import Invalid, KeyReused, Refused, SlotTaken, Stale
from desk_app.services.booking import Booking
from tests import factories
from tests.desks import Desks
from tests.factories import minutes, rows
from tests.slips import marked, messages, same, undoing

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from tests.factories import Practice

WAITING = """SELECT kind, run_at FROM outbox WHERE state = 'WAITING'
    AND kind LIKE 'reminder%' ORDER BY kind"""
CLIENT = """SELECT no_show_count, no_show_flag, same_day_locked_until FROM client
    WHERE client_id = :id"""


def test_a_booking_is_taken_back_as_if_it_had_never_been(
    sessions: Sessions, booking: Booking, practice: Practice, booked: Appointment
) -> None:
    (gone,) = booking.undo(undoing((None, booked)))
    assert (gone.status, gone.cancelled_by) == (Status.CANCELLED, CancelledBy.UNDO)
    assert gone.refund_due is not None
    assert gone.refund_due.amount == 0
    assert messages(sessions) == []
    assert rows(sessions, WAITING) == []
    assert booking.book(practice.request(9)).start == booked.start


def test_a_move_is_taken_back(
    sessions: Sessions, booking: Booking, practice: Practice, booked: Appointment
) -> None:
    reminders = rows(sessions, WAITING)
    moved = booking.move(factories.move(booked, practice.at(13)))
    (back,) = booking.undo(undoing((booked, moved)))
    assert same(back, booked)
    assert messages(sessions) == ["confirmation"]
    assert rows(sessions, WAITING) == reminders


def test_another_length_is_taken_back(
    booking: Booking, practice: Practice, booked: Appointment
) -> None:
    request = factories.move(booked, booked.start)
    longer = booking.move(replace(request, length_minutes=60))
    assert longer.end == booked.end + minutes(30)
    booking.book(practice.request(11))
    (back,) = booking.undo(undoing((booked, longer)))
    assert same(back, booked)


def test_a_move_to_another_provider_is_taken_back_in_both_calendars(
    sessions: Sessions, booking: Booking, booked: Appointment
) -> None:
    there = factories.provider(sessions, name="Dr Ito")
    factories.hours(sessions, there)
    factories.service(sessions, there)
    moved = booking.move(factories.move(booked, booked.start, there))
    (back,) = booking.undo(undoing((booked, moved)))
    assert same(back, booked)
    told = rows(
        sessions,
        "SELECT kind, (payload ->> 'provider_id')::int FROM outbox WHERE state ="
        " 'WAITING' AND kind LIKE 'calendar%' AND (payload ->> 'version')::int = 3"
        " ORDER BY kind",
    )
    assert told == [("calendar_push", booked.provider_id), ("calendar_remove", there)]


def test_a_swap_is_taken_back_whole(
    booking: Booking, practice: Practice, booked: Appointment
) -> None:
    other = booking.book(practice.request(11))
    moves = tuple(
        Move(one.appointment_id, one.version, two.provider_id, two.start)
        for one, two in ((booked, other), (other, booked))
    )
    swapped = booking.move_all(MoveAllRequest(uuid4(), moves))
    back = booking.undo(undoing((booked, swapped[0]), (other, swapped[1])))
    assert same(back[0], booked)
    assert same(back[1], other)


def test_a_cancellation_is_taken_back(
    sessions: Sessions, live: Booking, ahead: Appointment
) -> None:
    reminders = rows(sessions, WAITING)
    gone = live.cancel(factories.cancellation(ahead))
    (back,) = live.undo(undoing((ahead, gone)))
    assert same(back, ahead)
    assert "cancellation_notice" not in messages(sessions)
    assert rows(sessions, WAITING) == reminders


def test_a_confirmation_is_taken_back(
    sessions: Sessions, booking: Booking, practice: Practice
) -> None:
    pending = booking.book(practice.request(9, pending=True))
    confirmed = booking.confirm(factories.confirmation(pending))
    (back,) = booking.undo(undoing((pending, confirmed)))
    assert same(back, pending)
    assert messages(sessions) == []
    assert rows(sessions, WAITING) == []


@pytest.mark.parametrize(
    "mark", [Mark.ARRIVED, Mark.WITH_PROVIDER, Mark.LEFT, Mark.COMPLETED]
)
def test_each_mark_is_taken_back(
    booking: Booking, booked: Appointment, mark: Mark
) -> None:
    done = booking.mark(marked(booked, mark))
    assert not same(done, booked)
    (back,) = booking.undo(undoing((booked, done)))
    assert same(back, booked)


def test_what_only_the_desk_saw_leaves_nothing_outside(
    sessions: Sessions, booking: Booking, booked: Appointment
) -> None:
    count = "SELECT count(*) FROM outbox"
    before = rows(sessions, count)
    done = booking.mark(marked(booked, Mark.ARRIVED))
    booking.undo(undoing((booked, done)))
    assert rows(sessions, count) == before


def test_a_no_show_is_taken_back_with_all_that_followed(
    sessions: Sessions, later: Booking, booked: Appointment
) -> None:
    client = rows(sessions, CLIENT, id=booked.client_id)
    missed = later.mark(marked(booked, Mark.NO_SHOW))
    assert rows(sessions, CLIENT, id=booked.client_id) != client
    (back,) = later.undo(undoing((booked, missed)))
    assert same(back, booked)
    assert rows(sessions, CLIENT, id=booked.client_id) == client
    assert "no_show_notice" not in messages(sessions)


def test_that_a_no_show_was_taken_back_is_taken_back(
    sessions: Sessions, later: Booking, booked: Appointment
) -> None:
    missed = later.mark(marked(booked, Mark.NO_SHOW))
    client = rows(sessions, CLIENT, id=booked.client_id)
    here = later.mark(marked(missed, Mark.ARRIVED))
    (back,) = later.undo(undoing((missed, here)))
    assert back.status is Status.NO_SHOW
    assert back.lock_out_until == missed.lock_out_until
    assert rows(sessions, CLIENT, id=booked.client_id) == client


def test_other_notes_are_taken_back(booking: Booking, booked: Appointment) -> None:
    request = NoteRequest(uuid4(), booked.appointment_id, 1, "brings x-rays")
    (back,) = booking.undo(undoing((booked, booking.note(request))))
    assert same(back, booked)


@pytest.mark.parametrize("was_paid", [True, False])
def test_a_settled_refund_is_taken_back(
    booking: Booking, booked: Appointment, was_paid: bool
) -> None:
    gone = booking.cancel(
        factories.cancellation(booked, cancelled_by=CancelledBy.PRACTICE)
    )
    request = RefundRequest(uuid4(), gone.appointment_id, gone.version, was_paid)
    given = booking.settle_refund(request)
    (back,) = booking.undo(undoing((gone, given)))
    assert same(back, gone)


def test_a_time_that_somebody_else_got_meanwhile_is_theirs(
    booking: Booking, practice: Practice, booked: Appointment
) -> None:
    gone = booking.cancel(factories.cancellation(booked))
    booking.book(practice.request(9))
    with pytest.raises(SlotTaken):
        booking.undo(undoing((booked, gone)))


def test_what_was_changed_since_is_left_alone(
    sessions: Sessions, booking: Booking, practice: Practice, booked: Appointment
) -> None:
    moved = booking.move(factories.move(booked, practice.at(13)))
    request = undoing((booked, moved))
    booking.note(NoteRequest(uuid4(), moved.appointment_id, 2, "called back"))
    with pytest.raises(Stale):
        booking.undo(request)
    assert "change_notice" in messages(sessions)


def test_one_that_cannot_be_undone_keeps_all_as_they_are(
    booking: Booking, practice: Practice, booked: Appointment
) -> None:
    other = booking.book(practice.request(11))
    moved = booking.move(factories.move(booked, practice.at(13)))
    changed = booking.move(factories.move(other, practice.at(15)))
    request = undoing((booked, moved), (None, other))
    with pytest.raises(Stale):
        booking.undo(request)
    (latest,) = booking.undo(undoing((booked, moved)))
    assert latest.version == moved.version + 1
    assert changed.status is Status.CONFIRMED


def test_the_same_wish_twice_is_done_once(
    sessions: Sessions, booking: Booking, practice: Practice, booked: Appointment
) -> None:
    moved = booking.move(factories.move(booked, practice.at(13)))
    request = undoing((booked, moved))
    assert booking.undo(request) == booking.undo(request)
    assert rows(sessions, "SELECT version FROM appointment") == [(3,)]


def test_a_key_is_good_for_one_undo(
    booking: Booking, practice: Practice, booked: Appointment
) -> None:
    other = booking.book(practice.request(11))
    request = undoing((None, booked))
    booking.undo(request)
    with pytest.raises(KeyReused):
        booking.undo(replace(request, undone=undoing((None, other)).undone))


def test_deeds_are_taken_back_one_after_the_other(
    sessions: Sessions, booking: Booking, practice: Practice, booked: Appointment
) -> None:
    moved = booking.move(factories.move(booked, practice.at(13)))
    (back,) = booking.undo(undoing((booked, moved)))
    undone = Undone(back.appointment_id, back.version, None, made=booked.version)
    (gone,) = booking.undo(UndoRequest(uuid4(), (undone,)))
    assert gone.cancelled_by is CancelledBy.UNDO
    assert messages(sessions) == []


def test_nothing_to_undo_is_no_wish(booking: Booking) -> None:
    with pytest.raises(Invalid):
        booking.undo(UndoRequest(uuid4(), ()))


def test_rules_are_not_asked_again_for_what_was_there_before(
    sessions: Sessions, booking: Booking, practice: Practice, booked: Appointment
) -> None:
    moved = booking.move(factories.move(booked, practice.at(13)))
    factories.override(sessions, practice.provider_id)
    (back,) = booking.undo(undoing((booked, moved)))
    assert back.start == booked.start


def test_a_cancellation_is_taken_back_for_a_day(
    sessions: Sessions, booking: Booking, booked: Appointment
) -> None:
    gone = booking.cancel(factories.cancellation(booked))
    long_after = factories.NOW + timedelta(days=1, minutes=1)
    with pytest.raises(Refused):
        Booking(sessions, lambda: long_after).undo(undoing((booked, gone)))


def test_a_booking_that_settled_a_place_in_the_waiting_room_gives_it_back(
    sessions: Sessions, booking: Booking, practice: Practice
) -> None:
    walk_in = walked_in(sessions, practice)
    booked = booking.book(practice.request(9, walk_in_id=walk_in))
    booking.undo(undoing((None, booked)))
    waits = rows(sessions, "SELECT walk_in_id, appointment_id FROM walk_in")
    assert waits == [(walk_in, None)]


def test_a_booking_that_settled_a_place_on_the_list_gives_it_back(
    sessions: Sessions, booking: Booking, practice: Practice
) -> None:
    (entry,) = rows(
        sessions,
        "INSERT INTO waitlist_entry (client_id) VALUES (:id) RETURNING entry_id",
        id=practice.client_id,
    )[0]
    booked = booking.book(practice.request(9, waitlist_entry_id=entry))
    assert rows(sessions, "SELECT state FROM waitlist_entry") == [("TOOK",)]
    booking.undo(undoing((None, booked)))
    waits = "SELECT state, outcome, appointment_id FROM waitlist_entry"
    assert rows(sessions, waits) == [("WAITING", None, None)]


def test_a_provider_undoes_without_the_right_to_the_waiting_room(
    database_url: str,
) -> None:
    with Desks(database_url) as desks:
        practice = factories.open_practice(desks.owner)
        booked = Booking(desks.owner, factories.clock).book(practice.request(9))
        booking = Booking(desks.provider(practice.provider_id), factories.clock)
        (gone,) = booking.undo(undoing((None, booked)))
    assert gone.cancelled_by is CancelledBy.UNDO


def walked_in(sessions: Sessions, practice: Practice) -> int:
    """Let Anna walk in."""
    found = rows(
        sessions,
        "INSERT INTO walk_in (client_id) VALUES (:id) RETURNING walk_in_id",
        id=practice.client_id,
    )
    return int(found[0][0])
