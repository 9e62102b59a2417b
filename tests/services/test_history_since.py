"""What others did since somebody last sat here, grouped by appointment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from desk_app.domain.history import Booked, Cancelled, Changes, Since
from desk_app.services.history import History
from tests import factories

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.services.booking import Booking
    from tests.factories import Practice

LONG_AGO = datetime.now(UTC) - timedelta(days=1)
SOMEBODY_ELSE = "mia"


@pytest.fixture
def history(sessions: Sessions) -> History:
    return History(sessions)


def login(sessions: Sessions) -> str:
    with sessions.begin() as session:
        return str(session.execute(text("SELECT session_user")).scalar_one())


def test_deeds_are_grouped_by_appointment_the_latest_first(
    history: History, practice: Practice, booking: Booking
) -> None:
    first = booking.book(practice.request(9))
    second = booking.book(practice.request(11))
    gone = booking.cancel(factories.cancellation(first))
    changes = history.since(Since(LONG_AGO, SOMEBODY_ELSE))
    assert [one.now for one in changes.visits] == [gone, second]
    deeds = [type(entry.change) for entry in changes.visits[0].entries]
    assert deeds == [Booked, Cancelled]
    assert not changes.has_older


def test_own_deeds_are_not_news(
    history: History, practice: Practice, booking: Booking, sessions: Sessions
) -> None:
    booking.book(practice.request(9))
    assert history.since(Since(LONG_AGO, login(sessions))) == Changes()


def test_what_was_done_before_is_not_told(
    history: History, practice: Practice, booking: Booking
) -> None:
    booking.book(practice.request(9))
    later = datetime.now(UTC) + timedelta(hours=1)
    assert history.since(Since(later, SOMEBODY_ELSE)) == Changes()
