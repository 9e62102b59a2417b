"""Running late: pushed only as far as needed, never earlier, as few as possible."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.appointment import Appointment, Status
from desk_app.domain.interval import Interval
from desk_app.domain.people import Money
from desk_app.domain.running_late import delays
from desk_app.domain.schedule import Block, ProviderDay, Source
from tests.domain.examples import examples
from tests.domain.facts import provider

DAY = date(2026, 3, 3)
BERLIN = ZoneInfo("Europe/Berlin")
HOURS = ("9:00-13:00", "14:00-18:00")


def at(clock: str) -> datetime:
    """Return the instant of a wall-clock time of the day."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 3, 3, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def span(text: str) -> Interval:
    """Read "9:00-13:00"."""
    start, end = text.split("-")
    return Interval(at(start), at(end))


def visit(number: int, text: str, buffer: int = 0, **changes) -> Appointment:
    """Return an appointment of this time with so many minutes of buffer."""
    when = span(text)
    made = Appointment(
        number,
        1,
        1,
        number,
        "Anna",
        "",
        "Check-up",
        when.start,
        when.end,
        when.end + timedelta(minutes=buffer),
        Status.CONFIRMED,
        1,
        Money(Decimal(0), "EUR"),
        0,
    )
    return replace(made, **changes)


def column(*visits: Appointment, blocks: tuple[str, ...] = ()) -> ProviderDay:
    """Return a day with these appointments and blocks."""
    taken = [span(text) for text in blocks]
    windows = tuple(span(text) for text in HOURS)
    made = tuple(Block(n, each, "", Source.MANUAL) for n, each in enumerate(taken))
    return ProviderDay(provider(), DAY, 1, windows, made, visits)


def pushed(day: ProviderDay, minutes: int, now: str) -> dict[int, str]:
    """Write whom a delay reaches, and to which time."""
    return {
        each.appointment.appointment_id: (
            f"{each.start.astimezone(BERLIN):%H:%M}" if each.start else "another day"
        )
        for each in delays(day, minutes, at(now))
    }


BACK_TO_BACK = (
    visit(1, "10:00-10:30"),
    visit(2, "10:30-11:00"),
    visit(3, "11:00-11:30"),
)


@pytest.mark.parametrize(
    ("visits", "minutes", "now", "expected"),
    [
        (BACK_TO_BACK, 15, "10:10", {2: "10:45", 3: "11:15"}),
        (BACK_TO_BACK, 15, "9:30", {1: "10:15", 2: "10:45", 3: "11:15"}),
        (BACK_TO_BACK, 15, "11:10", {}),
        ((), 15, "10:00", {}),
        # A gap absorbs the delay, wholly or in part.
        (
            (visit(1, "10:00-10:30"), visit(2, "10:40-11:10"), visit(3, "11:10-11:40")),
            10,
            "10:10",
            {},
        ),
        (
            (visit(1, "10:00-10:30"), visit(2, "10:40-11:10"), visit(3, "11:10-11:40")),
            15,
            "10:10",
            {2: "10:45", 3: "11:15"},
        ),
        (
            (visit(1, "10:00-10:30"), visit(2, "10:30-11:00"), visit(3, "11:20-11:50")),
            15,
            "10:10",
            {2: "10:45"},
        ),
        # So does the buffer of what is under way; those of others stay.
        (
            (visit(1, "10:00-10:30", 10), visit(2, "10:40-11:10", 10)),
            15,
            "10:10",
            {2: "10:45"},
        ),
        # A pushed one may run into the break, none begins in it.
        ((visit(1, "12:00-12:30"), visit(2, "12:30-13:00")), 20, "12:10", {2: "12:50"}),
        ((visit(1, "12:00-12:30"), visit(2, "12:30-13:00")), 30, "12:10", {2: "14:00"}),
        ((visit(1, "17:00-17:30"), visit(2, "17:30-18:00")), 20, "17:10", {2: "17:50"}),
        (
            (visit(1, "17:00-17:30"), visit(2, "17:30-18:00")),
            45,
            "17:10",
            {2: "another day"},
        ),
    ],
)
def test_a_delay_reaches_whom_nothing_absorbs_it_for(
    visits, minutes: int, now: str, expected
) -> None:
    assert pushed(column(*visits), minutes, now) == expected


def test_a_block_is_never_run_into() -> None:
    day = column(*BACK_TO_BACK, blocks=("11:10-11:40",))
    assert pushed(day, 15, "10:10") == {2: "11:40", 3: "12:10"}


def test_who_is_with_the_provider_longest_decides() -> None:
    inside = visit(1, "9:00-9:30", seen_at=at("9:10"), arrived_at=at("8:55"))
    waiting = visit(2, "9:30-10:00", arrived_at=at("9:25"))
    day = column(inside, waiting, visit(3, "10:00-10:30"))
    assert pushed(day, 15, "9:40") == {2: "09:45", 3: "10:15"}


def test_who_waits_past_their_time_is_never_called_into_the_past() -> None:
    waiting = visit(1, "9:00-9:30", arrived_at=at("8:55"))
    assert pushed(column(waiting), 10, "9:40") == {1: "09:40"}


@pytest.mark.parametrize("status", [Status.NO_SHOW, Status.COMPLETED])
def test_who_is_not_expected_any_more_is_not_moved(status: Status) -> None:
    gone = visit(2, "10:30-11:00", status=status)
    day = column(BACK_TO_BACK[0], gone, BACK_TO_BACK[2])
    assert pushed(day, 15, "10:10") == {}


def test_who_has_left_delays_nobody() -> None:
    first = replace(BACK_TO_BACK[0], seen_at=at("10:00"), left_at=at("10:20"))
    day = column(first, *BACK_TO_BACK[1:])
    assert pushed(day, 5, "10:25") == {2: "10:35", 3: "11:05"}


@st.composite
def days(draw: st.DrawFn) -> tuple[ProviderDay, int, datetime]:
    """Draw a day, a delay and the time it is told."""
    start, visits = at("9:00"), []
    for number in range(draw(st.integers(0, 9))):
        start += timedelta(minutes=draw(st.sampled_from([0, 0, 0, 5, 20])))
        end = start + timedelta(minutes=draw(st.integers(5, 60)))
        busy = end + timedelta(minutes=draw(st.sampled_from([0, 0, 10])))
        status = draw(st.sampled_from([Status.CONFIRMED] * 4 + [Status.COMPLETED]))
        made = visit(number, "9:00-9:30", status=status)
        visits.append(replace(made, start=start, end=end, busy_until=busy))
        start = busy
    blocks = draw(st.sampled_from([(), ("10:30-11:00",), ("12:00-12:20",)]))
    now = at("9:00") + timedelta(minutes=draw(st.integers(0, 300)))
    return column(*visits, blocks=blocks), draw(st.integers(1, 90)), now


@examples(300)
@given(days())
def test_a_delay_keeps_everybody_apart_and_moves_nobody_earlier(drawn) -> None:
    day, minutes, now = drawn
    found = {d.appointment.appointment_id: d for d in delays(day, minutes, now)}
    busy = []
    for each in day.appointments:
        delay = found.get(each.appointment_id)
        if delay is None or delay.start is None:
            busy.append(each.busy)
            continue
        assert delay.start > each.start
        assert delay.start >= now
        whole = each.busy_until - each.start
        busy.append(Interval(delay.start, delay.start + whole))
        stretch = Interval(delay.start, delay.start + (each.end - each.start))
        assert not any(block.span.overlaps(stretch) for block in day.blocks)
    busy.sort()
    assert all(one.end <= other.start for one, other in itertools.pairwise(busy))


@examples(300)
@given(days())
def test_a_delay_moves_as_few_as_possible(drawn) -> None:
    day, minutes, now = drawn
    found = delays(day, minutes, now)
    for one, other in itertools.pairwise(found):
        if one.start is None:
            continue
        end = one.start + (one.appointment.busy_until - one.appointment.start)
        # Whoever follows is only moved because the one before is in their way.
        assert other.appointment.start < end
    shorter = delays(day, max(minutes - 1, 0), now)
    assert len(shorter) <= len(found)
