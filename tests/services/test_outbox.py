"""What must follow outside is written with the change, once, and names nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests import factories
from tests.factories import rows

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.services.booking import Booking
    from tests.factories import Practice

AHEAD = factories.TODAY + timedelta(days=3)


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
        assert set(payload) == {"appointment_id", "version", "provider_id"}
        assert all(isinstance(value, int) for value in payload.values())


def test_a_retry_adds_no_task(
    booking: Booking, practice: Practice, sessions: Sessions
) -> None:
    request = practice.request()
    booking.book(request)
    before = rows(sessions, "SELECT count(*) FROM outbox")
    booking.book(request)
    assert rows(sessions, "SELECT count(*) FROM outbox") == before
