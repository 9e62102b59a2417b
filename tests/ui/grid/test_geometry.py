"""Minutes to pixels, columns to pixels, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from desk_app.ui.grid import geometry
from desk_app.ui.grid.clock import Stretch, TimeLabels
from desk_app.ui.grid.columns import Column
from tests.ui.grid.days import provider_day, visit

if TYPE_CHECKING:
    from desk_app.domain.schedule import ProviderDay

ROOMS = st.builds(
    geometry.Room,
    width=st.integers(1, 4000),
    height=st.integers(1, 3000),
    line=st.integers(8, 60),
    least_column=st.integers(20, 200),
)


def columns(*days: ProviderDay) -> list[Column]:
    return [Column(day, TimeLabels(QLocale())) for day in days]


@given(room=ROOMS, zoom=st.integers(0, 6), count=st.integers(1, 30))
def test_every_minute_comes_back_from_its_pixel(
    room: geometry.Room, zoom: int, count: int
) -> None:
    frame = geometry.frame_for(columns(provider_day()) * count, room, zoom)
    for minute in range(frame.first, frame.last, 7):
        if frame.scale >= 1:
            assert frame.minute(frame.y(minute)) == minute
    for column in range(count):
        left, right = frame.edges[column], frame.edges[column + 1]
        assert right - left >= room.least_column - 1
        assert frame.column(left) == frame.column(right - 1) == column


def test_points_outside_are_in_no_column() -> None:
    frame = geometry.Frame(480, 1080, 1.0, (0, 100, 200))
    assert (frame.column(-1), frame.column(200)) == (-1, -1)
    assert (frame.nearest_column(-50), frame.nearest_column(999)) == (0, 1)
    assert list(frame.columns(90, 110)) == [0, 1]
    assert list(frame.columns(200, 300)) == []


def test_a_day_fills_the_viewport_and_zoom_goes_beyond() -> None:
    room = geometry.Room(800, 1000, 16, 80)
    day = columns(provider_day())
    assert geometry.frame_for(day, room, 0).height == 1000
    assert geometry.frame_for(day, room, 6).height > 1000


@pytest.mark.parametrize(
    ("hours", "at", "shown"),
    [
        (["08:30-17:30"], "10:00", Stretch(480, 1080)),
        (["08:30-17:30"], "19:10", Stretch(480, 1200)),
        (["08:30-17:30"], "06:50", Stretch(360, 1080)),
        (["09:00-12:00"], "10:00", Stretch(540, 1080)),
        (["16:00-24:00"], "22:00", Stretch(900, 1440)),
        (["00:00-24:00"], "10:00", Stretch(0, 1440)),
    ],
)
def test_the_hours_shown_hold_all_there_is(
    hours: list[str], at: str, shown: Stretch
) -> None:
    day = provider_day(visit(at), hours=hours)
    assert geometry.hours_shown(columns(day)) == shown


def test_without_hours_the_usual_day_is_shown() -> None:
    assert geometry.hours_shown([]) == Stretch(480, 1080)
    assert geometry.hours_shown(columns(provider_day(hours=[]))) == Stretch(480, 1080)


def test_lanes_share_the_width_without_touching() -> None:
    day = columns(provider_day(visit("09:00", 60), visit("09:30", 60)))
    frame = geometry.frame_for(day, geometry.Room(300, 600, 16, 80), 3)
    left, right = (frame.card_rect(0, card) for card in day[0].cards)
    assert left.right() < right.left()
    assert left.width() == pytest.approx(right.width(), abs=1)


def test_back_to_back_cards_do_not_overlap() -> None:
    day = columns(provider_day(visit("09:00", 20), visit("09:20", 20)))
    frame = geometry.frame_for(day, geometry.Room(300, 700, 16, 80), 3)
    above, below = (frame.card_rect(0, card) for card in day[0].cards)
    assert above.bottom() < below.top()


def test_a_very_low_card_grows_into_free_time_only() -> None:
    day = columns(provider_day(visit("09:00", 5), visit("09:05", 5), visit("12:00")))
    frame = geometry.frame_for(day, geometry.Room(300, 500, 16, 80), 3)
    first, second, _ = (frame.card_rect(0, card) for card in day[0].cards)
    assert first.height() < second.height() == 15
    assert first.bottom() < second.top()
