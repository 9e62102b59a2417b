"""What must follow outside is written with the change, once, and names nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from desk_app.domain.deeds import Mark, Undone, UndoRequest
from tests import factories
from tests.factories import rows
from tests.slips import marked, undoing

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from desk_app.services.booking import Booking
    from tests.factories import Practice

AHEAD = factories.TODAY + timedelta(days=3)
GRACE = timedelta(minutes=3)


def waiting(sessions: Sessions, version: int) -> dict[str, Any]:
    """Return kind and time of the tasks of a version that still wait."""
    found = rows(
        sessions,
        "SELECT kind, run_at FROM outbox WHERE state = 'WAITING'"
        " AND (payload ->> 'version')::int = :version",
        version=version,
    )
    return dict(found)


def test_a_booking_is_pushed_at_once_and_confirmed_after_the_grace_time(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    booked = booking.book(practice.request(start=practice.at(9, day=AHEAD)))
    assert waiting(sessions, 1) == {
        "calendar_push": factories.NOW,
        "confirmation": factories.NOW + timedelta(minutes=3),
        "reminder_48h": booked.start - timedelta(hours=48),
        "reminder_1h": booked.start - timedelta(hours=1),
    }


def test_the_grace_time_is_the_practices(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    rows(sessions, "INSERT INTO practice_setting VALUES ('grace_seconds', '0')")
    booking.book(practice.request(start=practice.at(9, day=AHEAD)))
    assert waiting(sessions, 1)["confirmation"] == factories.NOW


def test_how_long_before_is_the_practices(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    factories.setting(sessions, "long_reminder_hours", 24)
    factories.setting(sessions, "short_reminder_hours", 0)
    booked = booking.book(practice.request(start=practice.at(9, day=AHEAD)))
    assert {k: v for k, v in waiting(sessions, 1).items() if "remind" in k} == {
        "reminder_48h": booked.start - timedelta(hours=24)
    }


def quiet(sessions: Sessions, end: str) -> None:
    """Keep the practice quiet in Berlin from 20:00; it is seven in the morning."""
    factories.setting(sessions, "timezone", factories.BERLIN)
    factories.setting(sessions, "quiet_hours", {"start": "20:00", "end": end})


def test_nobody_is_written_to_in_quiet_hours(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    quiet(sessions, "08:30")
    factories.setting(sessions, "long_reminder_hours", 60)
    booking.book(practice.request(start=practice.at(9, day=AHEAD)))
    assert waiting(sessions, 1) == {
        "calendar_push": factories.NOW,
        "confirmation": practice.at(8, 30, day=factories.TODAY),
        "reminder_48h": practice.at(19, 59, day=factories.TODAY),
        "reminder_1h": practice.at(19, 59, day=AHEAD - timedelta(days=1)),
    }


def test_two_reminders_never_leave_at_once(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    quiet(sessions, "09:30")
    factories.setting(sessions, "long_reminder_hours", 12)
    booking.book(practice.request(start=practice.at(9, day=AHEAD)))
    assert "reminder_1h" not in waiting(sessions, 1)
    night_before = practice.at(19, 59, day=AHEAD - timedelta(days=1))
    assert waiting(sessions, 1)["reminder_48h"] == night_before


def test_a_visit_moved_away_from_this_morning_is_told_at_once(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    quiet(sessions, "10:00")
    today = practice.at(9, day=factories.TODAY)
    booked = booking.book(practice.request(start=today))
    assert waiting(sessions, 1)["confirmation"] == factories.NOW + GRACE
    booking.move(factories.move(booked, practice.at(11, day=AHEAD)))
    after = waiting(sessions, 2)
    assert after["change_notice"] == factories.NOW + GRACE
    assert after["reminder_1h"] == practice.at(10, day=AHEAD)


def test_a_slip_that_is_undone_before_the_quiet_hours_end_tells_nobody(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    quiet(sessions, "08:00")
    booked = booking.book(practice.request(start=practice.at(9, day=AHEAD)))
    booking.undo(UndoRequest(uuid4(), (Undone(booked.appointment_id, 1, None),)))
    assert waiting(sessions, 1) == {}
    assert set(waiting(sessions, 2)) == {"calendar_remove"}


def test_a_slip_they_heard_of_is_corrected_after_the_quiet_hours(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    quiet(sessions, "08:00")
    booked = booking.book(practice.request(start=practice.at(9, day=AHEAD)))
    rows(sessions, "UPDATE outbox SET state = 'DONE' WHERE kind = 'confirmation'")
    booking.undo(UndoRequest(uuid4(), (Undone(booked.appointment_id, 1, None),)))
    told = practice.at(8, day=factories.TODAY)
    assert waiting(sessions, 2)["cancellation_notice"] == told


def test_a_reminder_that_would_be_late_is_not_written(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    booking.book(practice.request(start=practice.at(9, day=factories.TOMORROW)))
    assert "reminder_48h" not in waiting(sessions, 1)


def test_a_virtual_visit_gets_a_meeting_link(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    rows(sessions, "UPDATE service SET is_virtual = true")
    booking.book(practice.request())
    assert "meeting_link" in waiting(sessions, 1)


def test_a_cancelled_meeting_ends_and_comes_back_with_its_visit(
    live: Booking, practice: Practice, sessions: Sessions
) -> None:
    rows(sessions, "UPDATE service SET is_virtual = true")
    start = datetime.now(UTC).date() + timedelta(days=5)
    booked = live.book(practice.request_at(practice.at(9, day=start)))
    gone = live.cancel(factories.cancellation(booked))
    assert "meeting_link" in waiting(sessions, 2)
    live.undo(undoing((booked, gone)))
    assert "meeting_link" not in waiting(sessions, 2)
    assert "meeting_link" in waiting(sessions, 3)


def test_a_meeting_ends_when_its_visit_moves_to_a_room(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    rows(sessions, "UPDATE service SET is_virtual = true")
    other = factories.provider(sessions)
    factories.hours(sessions, other)
    factories.service(sessions, other)
    booked = booking.book(practice.request())
    booking.move(factories.move(booked, practice.at(9), other))
    assert "meeting_link" in waiting(sessions, 2)


def test_a_no_show_leaves_its_meeting(
    later: Booking, booked: Appointment, sessions: Sessions
) -> None:
    rows(sessions, "UPDATE service SET is_virtual = true")
    later.mark(marked(booked, Mark.NO_SHOW))
    assert set(waiting(sessions, 2)) == {"no_show_notice"}


def test_nobody_hears_of_a_pending_booking_that_moves_and_ends(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    pending = booking.book(
        practice.request(start=practice.at(9, day=AHEAD), pending=True)
    )
    moved = booking.move(factories.move(pending, practice.at(11, day=AHEAD)))
    booking.cancel(factories.cancellation(moved))
    assert set(waiting(sessions, 2)) == {"calendar_push"}
    assert set(waiting(sessions, 3)) == {"calendar_remove"}


def test_a_client_hears_of_a_pending_booking_once_it_is_confirmed(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    pending = booking.book(
        practice.request(start=practice.at(9, day=AHEAD), pending=True)
    )
    assert set(waiting(sessions, 1)) == {"calendar_push"}
    booking.confirm(factories.confirmation(pending))
    told = {"calendar_push", "confirmation", "reminder_48h", "reminder_1h"}
    assert set(waiting(sessions, 2)) == told


def test_a_cancellation_drops_the_reminders(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    booked = booking.book(practice.request(start=practice.at(9, day=AHEAD)))
    booking.cancel(factories.cancellation(booked))
    assert set(waiting(sessions, 1)) == {"calendar_push", "confirmation"}
    assert set(waiting(sessions, 2)) == {"calendar_remove", "cancellation_notice"}


def test_a_move_reminds_of_the_new_time_only(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    booked = booking.book(practice.request(start=practice.at(9, day=AHEAD)))
    moved = booking.move(factories.move(booked, practice.at(11, day=AHEAD)))
    assert set(waiting(sessions, 1)) == {"calendar_push", "confirmation"}
    after = waiting(sessions, 2)
    assert after["reminder_1h"] == moved.start - timedelta(hours=1)
    assert {"calendar_push", "change_notice"} <= set(after)


def test_a_move_to_another_provider_leaves_the_old_calendar(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    other = factories.provider(sessions)
    factories.hours(sessions, other)
    factories.service(sessions, other)
    booked = booking.book(practice.request())
    booking.move(factories.move(booked, practice.at(9), other))
    calendars = rows(
        sessions,
        "SELECT kind, (payload ->> 'provider_id')::int FROM outbox"
        " WHERE kind LIKE 'calendar%' AND (payload ->> 'version')::int = 2",
    )
    assert set(calendars) == {
        ("calendar_push", other),
        ("calendar_remove", practice.provider_id),
    }


def test_a_reminder_that_is_on_its_way_is_not_dropped(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    booked = booking.book(practice.request(start=practice.at(9, day=AHEAD)))
    rows(sessions, "UPDATE outbox SET state = 'SENDING' WHERE kind = 'reminder_48h'")
    booking.cancel(factories.cancellation(booked))
    states = rows(sessions, "SELECT kind, state FROM outbox WHERE kind LIKE 'remind%'")
    assert set(states) == {("reminder_48h", "SENDING"), ("reminder_1h", "DROPPED")}


def test_an_outbox_row_holds_numbers_only(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    booking.book(practice.request(notes="private"))
    for (payload,) in rows(sessions, "SELECT payload FROM outbox"):
        assert set(payload) == {"appointment_id", "version", "provider_id", "start"}
        assert all(isinstance(value, int) for value in payload.values())


def test_a_retry_adds_no_task(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    request = practice.request()
    booking.book(request)
    before = rows(sessions, "SELECT count(*) FROM outbox")
    booking.book(request)
    assert rows(sessions, "SELECT count(*) FROM outbox") == before


def test_a_desk_that_drops_something_leaves_the_reason(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    booked = booking.book(practice.request(start=practice.at(9, day=AHEAD)))
    booking.cancel(factories.cancellation(booked))
    dropped = rows(
        sessions,
        "SELECT outcome, settled_at IS NOT NULL FROM outbox WHERE state = 'DROPPED'",
    )
    assert dropped == [("taken_back", True)] * 2
