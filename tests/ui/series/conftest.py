"""A practice in memory that repeats appointments, and hands on a keyboard."""

from __future__ import annotations

import pytest

from tests.ui.dialogs.conftest import hands, look
from tests.ui.series.practice import SeriesPractice

__all__ = ["hands", "look"]


@pytest.fixture
def practice() -> SeriesPractice:
    """Return a practice of two providers with nothing booked."""
    return SeriesPractice()
