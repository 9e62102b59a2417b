"""A practice that can book, and the services on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from desk_app.services.booking import Booking
from desk_app.services.clients import Clients
from desk_app.services.diary import Diary
from desk_app.services.vault import Vault
from tests import factories
from tests.rings import DeskRings

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment
    from tests.factories import Practice


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    """Dr Weber, open from 9 to 17, and Anna."""
    return factories.open_practice(sessions)


@pytest.fixture
def booking(sessions: Sessions) -> Booking:
    """The verbs, at a fixed time."""
    return Booking(sessions, factories.clock)


@pytest.fixture
def diary(sessions: Sessions) -> Diary:
    """The schedule, at a fixed time."""
    return Diary(sessions, factories.clock)


@pytest.fixture
def clients(sessions: Sessions) -> Clients:
    """The clients."""
    return Clients(sessions)


@pytest.fixture
def rings() -> DeskRings:
    """The keyring of this desk."""
    return DeskRings()


@pytest.fixture
def vault(sessions: Sessions, rings: DeskRings) -> Vault:
    """The vault of a practice that has begun its key at this desk."""
    vault = Vault(sessions, rings)
    vault.begin_key()
    return vault


@pytest.fixture
def booked(booking: Booking, practice: Practice) -> Appointment:
    """A visit tomorrow at nine."""
    return booking.book(practice.request(9))


@pytest.fixture
def live(sessions: Sessions) -> Booking:
    """The verbs by the server's clock, which says when a cancellation is old."""
    return Booking(sessions)


@pytest.fixture
def ahead(live: Booking, practice: Practice) -> Appointment:
    """A visit in five days of ours."""
    day = datetime.now(UTC).date() + timedelta(days=5)
    return live.book(practice.request_at(practice.at(9, day=day)))


@pytest.fixture
def later(sessions: Sessions, practice: Practice) -> Booking:
    """The verbs, once the visits of tomorrow are over."""
    over = practice.at(18)
    return Booking(sessions, lambda: over)
