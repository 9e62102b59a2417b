"""A front desk with a visit about which messages were sent, and some were not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests import factories
from tests.ui.conftest import tomorrow

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.db.session import Sessions
    from desk_app.desk import Desk
    from desk_app.domain.appointment import Appointment
    from tests.factories import Practice
    from tests.ui.conftest import Front


@pytest.fixture
def sessions(database: Desk) -> Sessions:
    """Transactions of the test's own."""
    return database.booking._sessions


@pytest.fixture
def visit(database: Desk, practice: Practice) -> Appointment:
    """A visit of Anna, in three days at nine."""
    day = tomorrow() + timedelta(days=2)
    return database.booking.book(practice.request_at(practice.at(9, day=day)))


@pytest.fixture
def write(sessions: Sessions, visit: Appointment) -> Callable[..., int]:
    """Return a function that writes a row of the outbox about the visit."""

    def write_one(**values: object) -> int:
        return factories.delivery(sessions, visit.appointment_id, **values)

    return write_one


@pytest.fixture
def at_visit(front: Front, visit: Appointment) -> Front:
    """A front desk with the cursor on the visit."""
    front.show(visit.start.date())
    front.view.focus_appointment(visit.appointment_id)
    return front


def minutes_ago(count: int) -> datetime:
    return datetime.now(UTC) - timedelta(minutes=count)
