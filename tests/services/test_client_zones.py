"""Nobody is woken: what is told leaves by the clock of the client, on every path."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from desk_app.domain.deeds import Move, MoveAllRequest, SeriesRequest
from desk_app.domain.importing.columns import Subject
from desk_app.domain.importing.outcome import SourceFile
from desk_app.services.importing.importing import Importing
from desk_app.services.series import Series
from tests import factories
from tests.factories import rows
from tests.slips import undoing

if TYPE_CHECKING:
    from datetime import date, datetime

    from desk_app.db.session import Sessions
    from desk_app.services.booking import Booking
    from tests.factories import Practice

DAY = factories.TODAY + timedelta(days=4)
SHORT = "SELECT run_at FROM outbox WHERE kind = 'reminder_1h' AND state = 'WAITING'"


@pytest.fixture
def tokyo(practice: Practice, sessions: Sessions) -> Practice:
    """A practice in Berlin that is quiet from 20 to 7, and Anna in Tokyo."""
    factories.setting(sessions, "timezone", factories.BERLIN)
    factories.setting(sessions, "quiet_hours", {"start": "20:00", "end": "07:00"})
    rows(sessions, "UPDATE client SET timezone = 'Asia/Tokyo'")
    return practice


def late(practice: Practice, day: date = DAY) -> datetime:
    """Return one in the afternoon in Berlin: nine in the evening in Tokyo."""
    return practice.at(13, day=day)


def reminded(sessions: Sessions) -> list[datetime]:
    """Return when the short reminders leave."""
    return sorted(at for (at,) in rows(sessions, SHORT))


def before_it_is_quiet(practice: Practice, day: date = DAY) -> datetime:
    """Return 19:59 in Tokyo, as it is in Berlin."""
    return practice.at(11, 59, day=day)


def test_of_a_booking_and_of_a_move(
    sessions: Sessions, booking: Booking, tokyo: Practice
) -> None:
    booked = booking.book(tokyo.request_at(late(tokyo)))
    assert reminded(sessions) == [before_it_is_quiet(tokyo)]
    moved = booking.move(factories.move(booked, tokyo.at(9, day=DAY)))
    assert reminded(sessions) == [tokyo.at(8, day=DAY)]
    booking.undo(undoing((booked, moved)))
    assert reminded(sessions) == [before_it_is_quiet(tokyo)]


def test_of_several_that_are_moved_together(
    sessions: Sessions, booking: Booking, tokyo: Practice
) -> None:
    booked = booking.book(tokyo.request_at(tokyo.at(9, day=DAY)))
    move = Move(booked.appointment_id, 1, tokyo.provider_id, late(tokyo))
    booking.move_all(MoveAllRequest(uuid4(), (move,)))
    assert reminded(sessions) == [before_it_is_quiet(tokyo)]


def test_of_a_series(sessions: Sessions, tokyo: Practice) -> None:
    days = (DAY, DAY + timedelta(days=7))
    series = SeriesRequest(
        uuid4(),
        tokyo.provider_id,
        tokyo.service_id,
        tuple(late(tokyo, day) for day in days),
        client_id=tokyo.client_id,
    )
    Series(sessions, factories.clock).book(series)
    assert reminded(sessions) == [before_it_is_quiet(tokyo, day) for day in days]


def test_of_a_visit_from_a_file(sessions: Sessions, tokyo: Practice) -> None:
    rows(sessions, "UPDATE client SET timezone = 'Pacific/Kiritimati'")
    [(day,)] = rows(sessions, "SELECT current_date + 30")
    importing = Importing(sessions)
    file = SourceFile(
        "visits.csv",
        "Datum;Beginn;Behandler;Leistung;Patient;Telefon\n"
        f"{day:%d.%m.%Y};09:00;Dr Weber;Check-up;Anna Weiß;+491701234567\n".encode(),
    )
    found = importing.check(file, Subject.APPOINTMENTS)
    importing.write(found, Subject.APPOINTMENTS)
    [(start,)] = rows(sessions, "SELECT start_time FROM appointment")
    # There it is ten or eleven in the evening.
    [leaves] = reminded(sessions)
    assert (leaves + timedelta(hours=14)).strftime("%H:%M") == "19:59"
    assert leaves < start - timedelta(hours=1)


def test_of_a_confirmation(
    sessions: Sessions, booking: Booking, tokyo: Practice
) -> None:
    rows(sessions, "UPDATE client SET timezone = 'America/New_York'")
    booking.book(tokyo.request_at(late(tokyo)))
    # In New York it is one in the morning.
    [(at,)] = rows(sessions, "SELECT run_at FROM outbox WHERE kind = 'confirmation'")
    assert at == factories.NOW + timedelta(hours=6)
