"""A practice in memory that repeats appointments, and hands on a keyboard."""

from __future__ import annotations

import pytest

from tests.ui.dialogs.conftest import hands
from tests.ui.series.practice import SeriesPractice

__all__ = ["hands"]


@pytest.fixture
def practice() -> SeriesPractice:
    """Return a practice of two providers with nothing booked."""
    return SeriesPractice()
