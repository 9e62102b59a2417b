"""Whether a room is busy now, and until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desk_app.domain.places import changes_at
from desk_app.domain.spans import ticks

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def span(start, end):
    """Return minutes from now on."""
    return tuple(ticks(NOW + timedelta(minutes=each)) for each in (start, end))


@pytest.mark.parametrize(
    ("busy", "is_busy", "until"),
    [
        ([], False, None),
        ([span(-30, 0)], False, None),
        ([span(20, 50)], False, 20),
        ([span(-5, 10)], True, 10),
        ([span(0, 10), span(10, 30), span(40, 50)], True, 30),
        ([span(-60, -5), span(40, 50)], False, 40),
    ],
)
def test_a_room_is_busy_until_the_first_gap(busy, is_busy, until):
    when = None if until is None else NOW + timedelta(minutes=until)
    assert changes_at(busy, NOW) == (is_busy, when)
