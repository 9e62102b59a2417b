"""Pages of the schedule: read off the GUI thread, ahead, and never out of date."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from desk_app.domain.appointment import Appointment, Status
from desk_app.domain.people import Money, Provider, ProviderType
from desk_app.domain.schedule import ProviderDay
from desk_app.errors import Unavailable
from desk_app.ui.day_book import DayBook, Pages, Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.qtbot import QtBot

    from desk_app.ui.calls import Calls

MONDAY = date(2026, 11, 23)
WEBER = Provider(1, "Dr Weber", ProviderType.DOCTOR, "Europe/Berlin", "#0072b2")
PAGES = Pages(MONDAY, 1, (1,))


def visit(day: date = MONDAY, hour: int = 9, version: int = 1) -> Appointment:
    start = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    end = start + timedelta(minutes=30)
    price = Money(Decimal(60), "EUR")
    words = "Anna", "", "Check-up"
    return Appointment(
        1, 1, 1, 1, *words, start, end, end, Status.CONFIRMED, version, price, 24
    )


@dataclass
class Schedule:
    """Answers what it holds; waits for `gate`, and fails while it is `away`."""

    visits: dict[date, Appointment] = field(default_factory=dict)
    asked: list[date] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    away: bool = False
    rooms: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def read(
        self, first: date, _count: int, _provider_ids: Sequence[int]
    ) -> tuple[ProviderDay, ...]:
        self.asked.append(first)
        found = self.visits.get(first)
        visits = () if found is None else (found,)
        day = ProviderDay(WEBER, first, 1, (), (), visits, self.rooms)
        self.gate.wait(5)
        if self.away:
            raise Unavailable
        return (day,)


@pytest.fixture
def schedule() -> Schedule:
    schedule = Schedule()
    schedule.gate.set()
    return schedule


@pytest.fixture
def book(schedule: Schedule, calls: Calls) -> DayBook:
    return DayBook(schedule.read, calls)


@pytest.fixture
def opened(book: DayBook) -> list[Reading]:
    opened: list[Reading] = []
    book.opened.connect(opened.append)
    return opened


def at(reading: Reading) -> list[int]:
    return [a.start.hour for day in reading.days for a in day.appointments]


def settled(qtbot: QtBot, calls: Calls) -> None:
    qtbot.waitUntil(lambda: not calls.is_busy)


def test_neighbours_are_read_ahead_and_open_at_once(
    book: DayBook, schedule: Schedule, opened: list[Reading], calls: Calls, qtbot: QtBot
) -> None:
    book.open(PAGES)
    settled(qtbot, calls)
    days = [timedelta(days=n) + MONDAY for n in (-1, 0, 1)]
    assert sorted(schedule.asked) == days
    book.open(PAGES.turned(1))
    assert opened[-1].pages.first == MONDAY + timedelta(days=1)


def test_a_change_reaches_pages_read_ahead(
    book: DayBook, opened: list[Reading], calls: Calls, qtbot: QtBot
) -> None:
    book.open(PAGES)
    settled(qtbot, calls)
    tuesday = MONDAY + timedelta(days=1)
    book.put(visit(tuesday))
    book.open(PAGES.turned(1))
    assert at(opened[-1]) == [9]
    book.put(replace(visit(tuesday, version=2), status=Status.CANCELLED))
    book.open(PAGES)
    book.open(PAGES.turned(1))
    assert at(opened[-1]) == []


def test_a_room_that_nobody_here_knew_to_be_taken_is_looked_up(
    schedule: Schedule, book: DayBook, qtbot: QtBot, calls: Calls
) -> None:
    schedule.rooms = {1: [(0, 1)]}
    book.open(PAGES)
    settled(qtbot, calls)
    asked = len(schedule.asked)
    book.put(replace(visit(), appointment_id=9, provider_id=7, room_id=1))
    settled(qtbot, calls)
    assert len(schedule.asked) == asked
    assert book.current is not None
    assert len(book.current.days[0].rooms[1]) == 2
    book.put(replace(visit(), appointment_id=8, provider_id=7, version=3))
    qtbot.waitUntil(lambda: len(schedule.asked) > asked)


def test_a_change_heard_while_reading_is_not_lost(
    book: DayBook, schedule: Schedule, opened: list[Reading], calls: Calls, qtbot: QtBot
) -> None:
    schedule.gate.clear()
    book.open(PAGES)
    qtbot.waitUntil(lambda: bool(schedule.asked))
    book.put(visit())
    schedule.gate.set()
    settled(qtbot, calls)
    assert at(opened[0]) == [9]


def test_an_older_version_changes_nothing(
    book: DayBook, schedule: Schedule, opened: list[Reading], calls: Calls, qtbot: QtBot
) -> None:
    schedule.visits[MONDAY] = visit(hour=15, version=3)
    book.open(PAGES)
    settled(qtbot, calls)
    book.put(visit(hour=9, version=2))
    book.open(PAGES)
    assert at(opened[-1]) == [15]


def test_only_the_last_of_many_turns_is_shown(
    book: DayBook, schedule: Schedule, opened: list[Reading], calls: Calls, qtbot: QtBot
) -> None:
    schedule.gate.clear()
    for step in range(5):
        book.open(PAGES.turned(step))
    schedule.gate.set()
    settled(qtbot, calls)
    assert {reading.pages.first for reading in opened} == {MONDAY + timedelta(days=4)}


def test_what_was_read_stays_open_while_the_database_is_away(
    book: DayBook, schedule: Schedule, opened: list[Reading], calls: Calls, qtbot: QtBot
) -> None:
    book.open(PAGES)
    settled(qtbot, calls)
    schedule.away = True
    with qtbot.waitSignal(book.failed):
        book.open(PAGES.turned(7))
    book.open(PAGES.turned(1))
    assert opened[-1].pages == PAGES.turned(1)


def test_waiting_is_shown_only_when_it_is_noticed(
    book: DayBook, schedule: Schedule, calls: Calls, qtbot: QtBot
) -> None:
    told: list[bool] = []
    book.waiting_changed.connect(told.append)
    book.open(PAGES)
    settled(qtbot, calls)
    assert True not in told
    schedule.gate.clear()
    book.open(PAGES.turned(30))
    qtbot.waitUntil(lambda: told[-1:] == [True])
    schedule.gate.set()
    qtbot.waitUntil(lambda: told[-1:] == [False])


def test_forgetting_reads_again_soon_and_once(
    book: DayBook, schedule: Schedule, calls: Calls, qtbot: QtBot
) -> None:
    book.open(PAGES)
    settled(qtbot, calls)
    schedule.asked.clear()
    for _ in range(10):
        book.forget()
    qtbot.waitUntil(lambda: len(schedule.asked) == 3)
    settled(qtbot, calls)
    assert schedule.asked[0] == MONDAY
