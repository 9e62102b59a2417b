"""The day rows: locked in one order, made when missing, never a deadlock."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from desk_app.db.locks import DayKey, bump, lock_days
from desk_app.db.session import Sessions, open_sessions
from desk_app.errors import NotFound
from tests.db.rows import add_provider

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

DAY = date(2026, 3, 2)
DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"


@pytest.fixture
def desk(database_url: str) -> Iterator[Sessions]:
    """Sessions with three providers, 1 to 3."""
    sessions = open_sessions(database_url)
    with sessions.begin() as session:
        for _ in range(3):
            add_provider(session)
    yield sessions
    sessions.close()


def test_a_day_nobody_booked_has_version_0(desk: Sessions) -> None:
    with desk.begin() as session:
        assert lock_days(session, [DayKey(1, DAY)]) == {DayKey(1, DAY): 0}


def test_a_version_rises_with_each_bump(desk: Sessions) -> None:
    keys = [DayKey(2, DAY), DayKey(1, DAY)]
    for version in range(3):
        with desk.begin() as session:
            assert lock_days(session, keys) == dict.fromkeys(sorted(keys), version)
            bump(session, keys)


def test_a_key_given_twice_is_one_day(desk: Sessions) -> None:
    with desk.begin() as session:
        assert lock_days(session, [DayKey(1, DAY), DayKey(1, DAY)]) == {
            DayKey(1, DAY): 0
        }


def test_no_days_are_no_locks(desk: Sessions) -> None:
    with desk.begin() as session:
        assert lock_days(session, []) == {}


def test_a_provider_that_is_gone_is_not_found(desk: Sessions) -> None:
    with pytest.raises(NotFound), desk.begin() as session:
        lock_days(session, [DayKey(99, DAY)])


def test_a_locked_day_keeps_others_waiting(desk: Sessions) -> None:
    order = []
    locked = threading.Event()

    def first(session: Session) -> None:
        lock_days(session, [DayKey(1, DAY)])
        locked.set()
        session.execute(text("SELECT pg_sleep(0.2)"))
        order.append("first")

    def second(session: Session) -> None:
        lock_days(session, [DayKey(1, DAY), DayKey(2, DAY)])
        order.append("second")

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(desk.run, first)
        locked.wait(5)
        desk.run(second)
        running.result()
    assert order == ["first", "second"]


@pytest.mark.slow
def test_days_locked_in_any_order_never_deadlock(
    desk: Sessions, database_url: str
) -> None:
    """Missing and existing days, old and new ones of moves, eight at a time."""
    days = [DayKey(p, DAY + timedelta(d)) for p in (1, 2, 3) for d in range(40)]

    def move(seed: int) -> None:
        wanted = random.Random(seed).sample(days[seed // 8 :][:12], 3)
        with desk.begin() as session:
            lock_days(session, wanted)
            bump(session, wanted)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(move, range(400)))
    with desk.begin() as session:
        bumps = session.scalar(text("SELECT sum(version) FROM schedule_day"))
        deadlocks = session.scalar(text(DEADLOCKS))
    assert (bumps, deadlocks) == (1200, 0)
