"""The hours at the left: one clock, or the practice's beside the provider's."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from desk_app.ui.grid.clock import WallClock
from desk_app.ui.grid.practice_hours import PracticeHours
from tests.ui.grid.conftest import show
from tests.ui.grid.days import DAY, provider, provider_day

if TYPE_CHECKING:
    from desk_app.ui.grid.view import DiaryView

BERLIN, LONDON = ZoneInfo("Europe/Berlin"), ZoneInfo("Europe/London")
NEW_YORK, VIENNA = ZoneInfo("America/New_York"), ZoneInfo("Europe/Vienna")
# From here until the end of the month only America has summer time.
SUNDAY = date(2026, 3, 8)


def hours(*zones: ZoneInfo, days: tuple[date, ...] = (DAY,)) -> PracticeHours:
    return PracticeHours([WallClock(d, z) for z in zones for d in days], BERLIN)


@pytest.mark.parametrize(
    ("zones", "text"),
    [
        ([LONDON], "10:00"),
        ([LONDON, LONDON], "10:00"),
        ([NEW_YORK], "14:00"),
        ([BERLIN], ""),
        ([VIENNA], ""),
        ([LONDON, BERLIN], ""),
        ([], ""),
    ],
)
def test_one_other_clock_gets_the_practices_beside_it(
    zones: list[ZoneInfo], text: str
) -> None:
    found = hours(*zones)
    assert found.text(9 * 60) == text
    assert found.are_needed == bool(text)


def test_where_the_days_of_a_week_disagree_nothing_is_said() -> None:
    found = hours(NEW_YORK, days=(SUNDAY, DAY))
    assert found.are_needed
    assert found.text(60) == ""
    assert found.text(9 * 60) == "14:00"


def test_a_time_that_does_not_exist_has_no_other_reading() -> None:
    assert hours(NEW_YORK, days=(SUNDAY,)).text(2 * 60 + 30) == ""


def test_without_a_practices_zone_there_is_one_clock() -> None:
    assert not PracticeHours([WallClock(DAY, ZoneInfo("UTC"))], None).are_needed


def test_the_ruler_makes_room_and_the_corner_names_both(view: DiaryView) -> None:
    view.set_zone(BERLIN)
    alone = view.ruler.width()
    assert view.corner.words == ()
    show(view, provider_day(who=provider(1, zone="Europe/London")))
    assert view.ruler.width() == 2 * alone
    assert view.corner.words == ("Berlin", "London")
    assert "Left: Berlin time" in view.corner.accessibleName()
    show(view, provider_day(who=provider(1)))
    assert view.ruler.width() == alone
    assert view.corner.accessibleName() == ""


def test_of_several_clocks_each_head_names_its_own(view: DiaryView) -> None:
    view.set_zone(BERLIN)
    away = provider(2, zone="Europe/London")
    show(view, provider_day(), provider_day(who=away))
    assert not view.ruler.here.are_needed
    assert view.header.notes == ("Doctor", "London time · Doctor")
