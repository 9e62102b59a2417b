"""What an event takes of each local day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from desk_app.domain.calendar_file.events import WallSpan, wall_spans

BERLIN = ZoneInfo("Europe/Berlin")
DAY, NEXT = date(2026, 3, 28), date(2026, 3, 29)
ALL = time(0)


@pytest.mark.parametrize(
    ("start", "end", "spans"),
    [
        ("28 09:00:00", "28 10:00:00", [WallSpan(DAY, time(9), time(10))]),
        ("28 09:00:30", "28 09:10:30", [WallSpan(DAY, time(9), time(9, 11))]),
        ("28 23:59:30", "28 23:59:59", [WallSpan(DAY, time(23, 59), ALL)]),
        ("28 00:00:00", "29 00:00:00", [WallSpan(DAY, ALL, ALL)]),
        (
            "28 22:00:00",
            "29 06:00:00",
            [WallSpan(DAY, time(22), ALL), WallSpan(NEXT, ALL, time(6))],
        ),
        # The day of 23 hours is a whole day as well.
        (
            "28 12:00:00",
            "30 00:00:00",
            [WallSpan(DAY, time(12), ALL), WallSpan(NEXT, ALL, ALL)],
        ),
    ],
)
def test_an_event_takes_its_part_of_each_day(
    start: str, end: str, spans: list[WallSpan]
) -> None:
    instants = (
        datetime.strptime(f"2026-03-{text}", "%Y-%m-%d %H:%M:%S").replace(tzinfo=BERLIN)
        for text in (start, end)
    )
    assert list(wall_spans(*instants, BERLIN)) == spans


def test_the_hour_that_comes_twice_is_one_on_the_wall() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    later = first.astimezone(ZoneInfo("UTC")) + timedelta(minutes=60)
    spans = list(wall_spans(first, later, BERLIN))
    assert spans == [WallSpan(date(2026, 10, 25), time(2, 30), time(3, 30))]
