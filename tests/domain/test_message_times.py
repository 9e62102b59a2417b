"""When messages leave: as tables, over clock changes, and for every hour of a day."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.message_times import (
    MessageKind,
    MessageTimes,
    QuietHours,
    when,
)

REMINDER, NOTICE = MessageKind.REMINDER, MessageKind.NOTICE
BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = MessageTimes(quiet=QuietHours(time(20), time(7)))
NOON = MessageTimes(quiet=QuietHours(time(12), time(14)))
# In 2030 the clocks of Berlin go forward on 31 March and back on 27 October, a Sunday.
FORWARD, BACK = "2030-03-31", "2030-10-27"


def at(text: str) -> datetime:
    """Return an instant in Berlin, written as "2030-03-05 09:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("kind", "due", "start", "leaves"),
    [
        (NOTICE, "2030-03-05 19:59", "2030-03-09 09:00", "2030-03-05 19:59"),
        (NOTICE, "2030-03-05 20:00", "2030-03-09 09:00", "2030-03-06 07:00"),
        (NOTICE, "2030-03-06 06:59", "2030-03-09 09:00", "2030-03-06 07:00"),
        (NOTICE, "2030-03-06 07:00", "2030-03-09 09:00", "2030-03-06 07:00"),
        (NOTICE, "2030-03-05 22:00", "2030-03-06 07:01", "2030-03-06 07:00"),
        # A visit that begins before anybody could be told does not wait.
        (NOTICE, "2030-03-05 22:00", "2030-03-06 07:00", "2030-03-05 22:00"),
        (NOTICE, "2030-03-05 22:00", "2030-03-05 23:00", "2030-03-05 22:00"),
        # One that is over does.
        (NOTICE, "2030-03-05 22:00", "2030-03-05 19:00", "2030-03-06 07:00"),
        (REMINDER, "2030-03-05 19:59", "2030-03-07 19:59", "2030-03-05 19:59"),
        (REMINDER, "2030-03-05 20:00", "2030-03-07 20:00", "2030-03-05 19:59"),
        (REMINDER, "2030-03-06 06:30", "2030-03-06 07:30", "2030-03-05 19:59"),
        (REMINDER, "2030-03-06 07:00", "2030-03-06 08:00", "2030-03-06 07:00"),
        # The clock loses an hour of the night, and gains one.
        (NOTICE, f"{FORWARD} 01:59", "2030-04-09 09:00", f"{FORWARD} 07:00"),
        (REMINDER, f"{FORWARD} 03:30", "2030-04-01 09:00", "2030-03-30 19:59"),
        (NOTICE, f"{BACK} 02:30", "2030-11-09 09:00", f"{BACK} 07:00"),
        (REMINDER, f"{BACK} 06:59", "2030-10-27 07:59", "2030-10-26 19:59"),
    ],
)
def test_nothing_leaves_at_night(
    kind: MessageKind, due: str, start: str, leaves: str
) -> None:
    assert when(kind, at(due), at(start), NIGHT, BERLIN) == at(leaves)


@pytest.mark.parametrize(
    ("kind", "due", "leaves"),
    [
        (NOTICE, "2030-03-05 11:59", "2030-03-05 11:59"),
        (NOTICE, "2030-03-05 12:00", "2030-03-05 14:00"),
        (REMINDER, "2030-03-05 13:00", "2030-03-05 11:59"),
        (REMINDER, "2030-03-05 14:00", "2030-03-05 14:00"),
    ],
)
def test_quiet_hours_may_lie_within_a_day(
    kind: MessageKind, due: str, leaves: str
) -> None:
    start = at("2030-03-08 09:00")
    assert when(kind, at(due), start, NOON, BERLIN) == at(leaves)


def test_quiet_hours_are_those_of_the_practice() -> None:
    due, start = at("2030-03-05 21:00"), at("2030-03-08 09:00")
    assert when(NOTICE, due, start, NIGHT, ZoneInfo("America/New_York")) == due


def test_without_quiet_hours_everything_leaves_when_it_is_due() -> None:
    due = at("2030-03-05 03:00")
    for kind in MessageKind:
        assert when(kind, due, due, MessageTimes(), BERLIN) == due


def test_a_whole_day_is_never_quiet() -> None:
    with pytest.raises(ValueError, match="leave some of the day"):
        QuietHours(time(8), time(8))


instants = st.datetimes(
    datetime(2030, 1, 1),  # noqa: DTZ001 (the strategy wants it so)
    datetime(2031, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(
    st.integers(0, 24 * 60 - 1), st.integers(1, 20 * 60), instants, st.integers(0, 9999)
)
def test_whatever_the_hours_nobody_is_woken_and_nobody_hears_late(
    first: int, length: int, due: datetime, ahead: int
) -> None:
    begin, end = _clock(first), _clock(first + length)
    rules = MessageTimes(quiet=QuietHours(begin, end))
    start = due + timedelta(minutes=ahead)
    reminded = when(REMINDER, due, start, rules, BERLIN)
    told = when(NOTICE, due, start, rules, BERLIN)
    assert reminded <= due <= told
    assert told == due or told < start
    assert not _is_quiet(reminded, begin, end)
    assert told == due or not _is_quiet(told, begin, end)


def _clock(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


def _is_quiet(instant: datetime, begin: time, end: time) -> bool:
    """Say so by the clock on the wall alone."""
    clock = instant.astimezone(BERLIN).time()
    if begin < end:
        return begin <= clock < end
    return clock >= begin or clock < end
