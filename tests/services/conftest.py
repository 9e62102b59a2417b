"""A practice that can book, and the services on it."""

from __future__ import annotations

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
