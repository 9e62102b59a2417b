"""A calendar in memory keeps the contract."""

from __future__ import annotations

import pytest

from desk_app.calendars.memory import MemoryCalendar
from desk_app.errors import NeedsSignIn, Transient
from tests.calendars.contract import Bench, CalendarContract, Shown


class MemoryBench(Bench):
    """A calendar that nobody else sees."""

    def __init__(self) -> None:
        self.calendar: MemoryCalendar = MemoryCalendar()

    def shown(self) -> list[Shown]:
        events = sorted(self.calendar.shown.values(), key=lambda event: event.start)
        return [Shown.of(event) for event in events]

    def lose_next_answer(self) -> None:
        self.calendar.fail_once(Transient(), when_done=True)

    def be_busy_once(self, seconds: int) -> None:
        self.calendar.fail_once(Transient(after=seconds))

    def lock_out(self) -> None:
        for _ in range(10):
            self.calendar.fail_once(NeedsSignIn())


class TestMemory(CalendarContract):
    """The contract."""

    @pytest.fixture
    def bench(self) -> MemoryBench:
        """A calendar of the test's own."""
        return MemoryBench()
