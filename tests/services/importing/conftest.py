"""The import, at a practice that can book."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desk_app.services.importing.importing import Importing
from tests import factories

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from tests.factories import Practice


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    """Dr Weber, open from 9 to 17, and Anna."""
    return factories.open_practice(sessions)


@pytest.fixture
def importing(sessions: Sessions) -> Importing:
    """The import."""
    return Importing(sessions)
