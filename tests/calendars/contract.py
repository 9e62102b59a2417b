"""What every kind of calendar must do; each kind passes the same suite."""

from __future__ import annotations

from abc import ABC, abstractmethod
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from desk_app.calendars.base import Event
from desk_app.errors import NeedsSignIn, Transient

if TYPE_CHECKING:
    from desk_app.calendars.base import Calendar

START = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)
FIRST = Event(
    "0123456789abcdefghijklmnopqrstuv",
    1,
    "Anna Weiß",
    START,
    START + HALF_AN_HOUR,
    "Europe/Berlin",
    "Ring twice; a < b & c",
    "https://meet.example/1",
)
OTHER = replace(FIRST, event_id="vutsrqponmlkjihgfedcba9876543210")
MOVED_TO = START + timedelta(days=1, hours=1)
LATER = replace(
    FIRST,
    version=2,
    title="Berta Maß",
    start=MOVED_TO,
    end=MOVED_TO + 2 * HALF_AN_HOUR,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """An event as somebody sees it in the calendar."""

    title: str
    start: datetime
    end: datetime
    description: str
    link: str

    @classmethod
    def of(cls, event: Event) -> Shown:
        """Return how an event of ours should be seen."""
        return cls(event.title, event.start, event.end, event.description, event.link)


class Bench(ABC):
    """One kind of calendar on the test bench: what is tested, and its far side."""

    calendar: Calendar

    @abstractmethod
    def shown(self) -> list[Shown]:
        """Return all events that the far side shows, by start."""

    @abstractmethod
    def lose_next_answer(self) -> None:
        """Let the next call take effect, and nobody hear of it."""

    @abstractmethod
    def be_busy_once(self, seconds: int) -> None:
        """Let the next request be refused, with how long to wait."""

    @abstractmethod
    def lock_out(self) -> None:
        """Let the login be refused from now on."""


class CalendarContract:
    """The suite; a kind gives the fixture `bench`."""

    def test_an_event_is_shown_as_it_is_here(self, bench: Bench) -> None:
        bench.calendar.put(FIRST)
        assert bench.shown() == [Shown.of(FIRST)]

    def test_the_same_event_is_shown_once(self, bench: Bench) -> None:
        bench.calendar.put(FIRST)
        bench.calendar.put(FIRST)
        assert bench.shown() == [Shown.of(FIRST)]

    def test_each_id_is_an_event_of_its_own(self, bench: Bench) -> None:
        bench.calendar.put(FIRST)
        bench.calendar.put(OTHER)
        assert len(bench.shown()) == 2

    def test_a_newer_version_takes_the_place(self, bench: Bench) -> None:
        bench.calendar.put(FIRST)
        bench.calendar.put(LATER)
        assert bench.shown() == [Shown.of(LATER)]

    def test_an_older_version_changes_nothing(self, bench: Bench) -> None:
        bench.calendar.put(LATER)
        bench.calendar.put(FIRST)
        assert bench.shown() == [Shown.of(LATER)]

    def test_what_is_removed_is_gone_and_may_be_removed_again(
        self, bench: Bench
    ) -> None:
        bench.calendar.put(FIRST)
        bench.calendar.put(OTHER)
        bench.calendar.remove(FIRST.event_id)
        bench.calendar.remove(FIRST.event_id)
        assert bench.shown() == [Shown.of(OTHER)]

    def test_what_never_was_counts_as_removed(self, bench: Bench) -> None:
        bench.calendar.remove(FIRST.event_id)
        assert bench.shown() == []

    def test_what_was_removed_can_be_shown_again(self, bench: Bench) -> None:
        bench.calendar.put(FIRST)
        bench.calendar.remove(FIRST.event_id)
        bench.calendar.put(LATER)
        assert bench.shown() == [Shown.of(LATER)]

    def test_a_lost_answer_leaves_one_event(self, bench: Bench) -> None:
        bench.lose_next_answer()
        with suppress(Transient):
            bench.calendar.put(FIRST)
        bench.calendar.put(FIRST)
        assert bench.shown() == [Shown.of(FIRST)]

    def test_removing_may_be_repeated_after_a_lost_answer(self, bench: Bench) -> None:
        bench.calendar.put(FIRST)
        bench.lose_next_answer()
        with suppress(Transient):
            bench.calendar.remove(FIRST.event_id)
        bench.calendar.remove(FIRST.event_id)
        assert bench.shown() == []

    def test_a_busy_service_says_how_long_to_wait(self, bench: Bench) -> None:
        bench.be_busy_once(17)
        with pytest.raises(Transient) as raised:
            bench.calendar.put(FIRST)
        assert raised.value.after == 17
        assert bench.shown() == []

    def test_a_refused_login_asks_to_sign_in(self, bench: Bench) -> None:
        bench.calendar.put(FIRST)
        bench.lock_out()
        with pytest.raises(NeedsSignIn):
            bench.calendar.put(LATER)
        with pytest.raises(NeedsSignIn):
            bench.calendar.remove(FIRST.event_id)

    def test_threads_at_once_leave_the_newest(self, bench: Bench) -> None:
        versions = [
            replace(LATER, version=number, title=f"Version {number}")
            for number in (9, 3, 8, 4, 7, 5, 6, 2)
        ]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(bench.calendar.put, [FIRST, *versions]))
        assert bench.shown() == [Shown.of(versions[0])]
