"""A practice whose messages leave, on a database of the test's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.carrying import Carrying

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def carrying(database_url: str) -> Iterator[Carrying]:
    """Dr Weber, Anna, and a courier."""
    carrying = Carrying(database_url)
    yield carrying
    carrying.close()
