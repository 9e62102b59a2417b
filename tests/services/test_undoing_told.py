"""Of a slip that is taken back hear only those who heard of the slip."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from desk_app.domain.deeds import Mark, Undone, UndoRequest
from tests import factories
from tests.slips import marked, messages, send_all, undoing

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from desk_app.services.booking import Booking
    from tests.factories import Practice


class TestOnceTheyWereTold:
    """Only who heard of the slip hears that it was taken back."""

    def test_of_a_booking(
        self, sessions: Sessions, booking: Booking, booked: Appointment
    ) -> None:
        send_all(sessions)
        booking.undo(undoing((None, booked)))
        assert messages(sessions) == ["cancellation_notice"]

    def test_of_a_move(
        self,
        sessions: Sessions,
        booking: Booking,
        practice: Practice,
        booked: Appointment,
    ) -> None:
        moved = booking.move(factories.move(booked, practice.at(13)))
        send_all(sessions)
        booking.undo(undoing((booked, moved)))
        assert messages(sessions) == ["change_notice"]

    def test_of_a_cancellation(
        self, sessions: Sessions, live: Booking, ahead: Appointment
    ) -> None:
        gone = live.cancel(factories.cancellation(ahead))
        send_all(sessions)
        live.undo(undoing((ahead, gone)))
        assert messages(sessions) == ["confirmation"]

    def test_of_a_no_show(
        self, sessions: Sessions, later: Booking, booked: Appointment
    ) -> None:
        missed = later.mark(marked(booked, Mark.NO_SHOW))
        send_all(sessions)
        later.undo(undoing((booked, missed)))
        assert messages(sessions) == ["change_notice"]

    def test_the_one_before_still_goes_out(
        self,
        sessions: Sessions,
        booking: Booking,
        practice: Practice,
        booked: Appointment,
    ) -> None:
        """The slip was a move; that it was booked was right."""
        moved = booking.move(factories.move(booked, practice.at(13)))
        booking.undo(undoing((booked, moved)))
        assert messages(sessions) == ["confirmation"]
        assert messages(sessions, "DROPPED") == ["change_notice"]


def test_who_heard_of_any_of_them_hears_that_it_does_not_take_place(
    sessions: Sessions, booking: Booking, practice: Practice, booked: Appointment
) -> None:
    send_all(sessions)
    moved = booking.move(factories.move(booked, practice.at(13)))
    send_all(sessions)
    (back,) = booking.undo(undoing((booked, moved)))
    assert messages(sessions) == ["change_notice"]
    undone = Undone(back.appointment_id, back.version, None, made=booked.version)
    booking.undo(UndoRequest(uuid4(), (undone,)))
    assert messages(sessions) == ["cancellation_notice"]
