"""Histories of a day at the desk: who came or did not, what was set aside, undone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from desk_app.domain import history as told
from desk_app.domain.appointment import CancelledBy, Override, Status
from desk_app.domain.deeds import Mark, MarkRequest, RefundRequest
from desk_app.services.booking import Booking
from desk_app.services.history import History
from tests import factories
from tests.services.test_history import changes, kinds, write

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from tests.factories import Practice


@pytest.fixture
def history(sessions: Sessions) -> History:
    return History(sessions)


def test_what_the_desk_does_on_a_day_is_told(
    sessions: Sessions, practice: Practice, booking: Booking, history: History
) -> None:
    later = Booking(sessions, lambda: practice.at(9, 20))
    seen = booking.book(practice.request(11))
    override = Override(("past", "not_aligned"), "Came early")
    early = replace(factories.move(seen, practice.at(9, 10)), override=override)
    seen = later.move(early)
    for mark in (Mark.ARRIVED, Mark.WITH_PROVIDER, Mark.LEFT, Mark.NO_SHOW):
        if mark is Mark.NO_SHOW:
            seen = later.mark(marking(seen, Mark.EXPECTED))
        seen = later.mark(marking(seen, mark))
    story = history.of_appointment(seen.appointment_id)
    assert kinds(story) == [
        "Booked",
        "Moved",
        "SetAside",
        "ArrivedSet",
        "SeenSet",
        "Completed",
        "TakenBack",
        "ArrivedSet",
        "NoShow",
    ]
    assert changes(story)[2] == told.SetAside(("not_aligned", "past"), "Came early")
    assert changes(story)[8].until == seen.lock_out_until


def marking(seen: Appointment, mark: Mark) -> MarkRequest:
    return MarkRequest(uuid4(), seen.appointment_id, seen.version, mark)


def test_what_was_set_aside_at_booking_is_told_with_it(
    practice: Practice, booking: Booking, history: History
) -> None:
    override = Override(("closed",), "Emergency")
    booked = booking.book(practice.request(20, override=override))
    booking.move(factories.move(booked, practice.at(9)))
    assert changes(history.of_appointment(booked.appointment_id))[1] == (
        told.SetAside(("closed",), "Emergency")
    )
    assert kinds(history.of_appointment(booked.appointment_id))[2:] == ["Moved"]


def test_a_refund_is_told_when_it_is_due_and_when_it_is_given(
    practice: Practice, booking: Booking, history: History
) -> None:
    booked = booking.book(practice.request())
    gone = booking.cancel(factories.cancellation(booked))
    booking.settle_refund(RefundRequest(uuid4(), gone.appointment_id, gone.version))
    story = history.of_appointment(booked.appointment_id)
    assert kinds(story)[1:] == ["Cancelled", "RefundGiven"]


def test_what_is_taken_back_is_told_as_one(
    sessions: Sessions, practice: Practice, booking: Booking, history: History
) -> None:
    booked = booking.book(practice.request())
    for assignment in (
        "status = 'CANCELLED', cancelled_at = now(), cancelled_by = 'CLIENT',"
        " refund_due = 60",
        "status = 'CONFIRMED', cancelled_at = NULL, refund_due = NULL",
        "status = 'PENDING'",
        "status = 'CANCELLED', cancelled_at = now(), cancelled_by = 'UNDO'",
    ):
        write(sessions, booked.appointment_id, assignment)
    story = changes(history.of_appointment(booked.appointment_id))
    assert story[2:4] == [
        told.TakenBack(Status.CANCELLED),
        told.TakenBack(Status.CONFIRMED),
    ]
    assert story[4:] == [told.Cancelled(CancelledBy.UNDO)]


def test_who_waits_and_who_walks_in_is_told(
    sessions: Sessions, practice: Practice, history: History
) -> None:
    for statement in (
        "INSERT INTO walk_in (client_id) VALUES (:id)",
        "UPDATE walk_in SET left_at = now()",
        "INSERT INTO waitlist_entry (client_id) VALUES (:id)",
        "UPDATE waitlist_entry SET calling_until = now() + interval '1 min'",
        "UPDATE waitlist_entry SET calling_until = NULL, outcome = 'NO_ANSWER',"
        " outcome_at = now(), offered_start = now()",
        "UPDATE waitlist_entry SET state = 'TOOK', outcome = 'TOOK'",
    ):
        factories.rows(sessions, statement, id=practice.client_id)
    assert changes(history.of_client(practice.client_id))[1:] == [
        told.WalkedIn(),
        told.WalkInLeft(),
        told.WaitingBegun(),
        told.Rung(""),
        told.Rung("NO_ANSWER"),
        told.WaitingEnded(took_time=True),
    ]
