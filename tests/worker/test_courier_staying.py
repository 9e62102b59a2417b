"""A courier outlives its server, and leaves nothing behind when it stops."""

from __future__ import annotations

import queue
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from desk_app.db.notices import OUTBOX_CHANNEL, Ear
from desk_app.db.session import open_sessions
from desk_app.domain.queue import State
from desk_app.errors import (
    NotAllowed,
    Unavailable,
)
from desk_app.services.queue import Queue
from desk_app.worker import courier as courier_module
from desk_app.worker.chores import Chore
from desk_app.worker.courier import Courier
from desk_app.worker.hands import HANDS_EACH
from desk_app.worker.reports import CourierLost, OutboxStands
from tests import couriers
from tests.couriers import TASK, column, put, state
from tests.postgres import away, wait_until
from tests.worker.running import AT_ONCE, Carrying, Hanging, Running, working

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions
    from desk_app.errors import DeskError

MAIL, PUSH = "EMAIL", "PUSH"


@pytest.fixture
def owner(database_url: str) -> Iterator[Sessions]:
    """The server's administrator."""
    sessions = open_sessions(database_url)
    yield sessions
    sessions.close()


@pytest.fixture
def worker_url(database_url: str) -> str:
    """Where the worker signs in."""
    return couriers.worker_url(database_url)


def test_a_server_that_is_away_is_waited_for(
    owner: Sessions, database_url: str, worker_url: str
) -> None:
    handler = Carrying()
    with working(worker_url, {TASK: handler}) as running:
        with away(database_url):
            running.next(CourierLost)
        number = put_when_back(owner)
        assert handler.next(15).outbox_id == number
        wait_until(lambda: state(owner, number)[0] == "DONE")


def put_when_back(owner: Sessions) -> int:
    """Put a task into the outbox of a server that has just come back."""
    numbers: list[int] = []

    def is_put() -> bool:
        try:
            numbers.append(put(owner))
        except Exception:  # noqa: BLE001 - connections of before
            return False
        return True

    wait_until(is_put)
    return numbers[0]


def test_what_was_done_while_the_server_was_away_is_written_down_then(
    owner: Sessions, database_url: str, worker_url: str
) -> None:
    slow = Hanging()
    number = put(owner, channel=MAIL)
    with working(worker_url, {MAIL: slow}) as running:
        slow.next()
        with away(database_url):
            slow.let_go.set()
            running.next(CourierLost)
        put_when_back(owner)
        wait_until(lambda: state(owner, number)[0] == "DONE")
    assert column(owner, number, "attempts") == 1


def test_a_trouble_is_said_once(worker_url: str) -> None:
    with open_failing(worker_url, Unavailable) as own:
        running = Running(Courier(own, {}, Ear(worker_url, channel=OUTBOX_CHANNEL)))
        running.next(CourierLost)
        with pytest.raises(queue.Empty):
            running.next(CourierLost, 2)
        running.ended_within()


def test_a_login_that_is_refused_ends_it(worker_url: str) -> None:
    ear = Ear(worker_url, channel=OUTBOX_CHANNEL)
    chore = Chore("counting", 3600, lambda: None)
    with open_failing(worker_url, NotAllowed) as own, pytest.raises(NotAllowed):
        Courier(own, {}, ear, [chore]).run(threading.Event(), lambda _: None)
    wait_until(lambda: "courier's chores" not in map(_name, threading.enumerate()))


def _name(thread: threading.Thread) -> str:
    return thread.name


@contextmanager
def open_failing(url: str, error: type[DeskError]) -> Iterator[Queue]:
    """Give a queue whose database says always the same."""

    class Failing(Queue):
        def take_back(self) -> int:
            raise error

    sessions = open_sessions(url)
    try:
        yield Failing(sessions)
    finally:
        sessions.close()


def test_who_stops_gives_back_what_was_not_begun(
    owner: Sessions, worker_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(courier_module, "LAST_MOMENTS", 0.3)
    slow = Hanging()
    numbers = [put(owner) for _ in range(10)]
    with working(worker_url, {TASK: slow}) as running:
        begun = {slow.next().outbox_id for _ in range(HANDS_EACH)}
        assert running.ended_within() < AT_ONCE
    slow.let_go.set()
    for number in numbers:
        expected = ("SENDING", 1) if number in begun else ("WAITING", 0)
        found = state(owner, number)[0], column(owner, number, "attempts")
        assert found == expected


def test_what_ends_in_the_last_moments_is_written_down(
    owner: Sessions, worker_url: str
) -> None:
    slow = Hanging()
    number = put(owner)
    with working(worker_url, {TASK: slow}) as running:
        slow.next()
        running.stop.set()
        slow.let_go.set()
        running.thread.join(5)
    assert state(owner, number)[0] == "DONE"


def test_it_can_be_run_again(owner: Sessions, worker_url: str) -> None:
    handler = Carrying()
    with couriers.opened(worker_url) as own:
        courier = Courier(own, {TASK: handler}, Ear(worker_url, channel=OUTBOX_CHANNEL))
        for _ in range(2):
            running = Running(courier)
            number = put(owner)
            assert handler.next().outbox_id == number
            assert running.ended_within() < AT_ONCE


def test_chores_are_done_now_and_then(worker_url: str) -> None:
    did = [threading.Semaphore(0), threading.Semaphore(0)]
    chores = [
        Chore("often", 0.02, did[0].release),
        Chore("seldom", 1000, did[1].release),
    ]
    with working(worker_url, {}, chores=chores):
        for _ in range(5):
            assert did[0].acquire(timeout=5)
    assert did[1].acquire(blocking=False)
    assert not did[1].acquire(blocking=False)


def test_a_chore_that_takes_its_time_keeps_nothing_waiting(
    owner: Sessions, worker_url: str
) -> None:
    handler, enough = Carrying(), threading.Event()
    chores = [Chore("long", 1000, lambda: enough.wait(30))]
    with working(worker_url, {TASK: handler}, chores=chores) as running:
        number = put(owner)
        assert handler.next(AT_ONCE).outbox_id == number
        assert running.ended_within() < AT_ONCE
        enough.set()


@pytest.mark.parametrize("error", [NotAllowed(), ZeroDivisionError()])
def test_a_chore_that_fails_stops_nothing(
    owner: Sessions, worker_url: str, error: Exception
) -> None:
    def do() -> None:
        raise error

    handler = Carrying()
    with working(worker_url, {TASK: handler}, chores=[Chore("bad", 0.0, do)]) as run:
        put(owner)
        handler.next()
        run.ended_within()
        said = [run.reports.get() for _ in range(run.reports.qsize())]
    assert CourierLost() not in said


def test_how_the_outbox_stands_is_reported(owner: Sessions, worker_url: str) -> None:
    put(owner, kind="fax", after=500), put(owner, state="DEAD")
    with couriers.opened(worker_url) as own:
        running = Running(Courier(own, {}, Ear(worker_url, channel=OUTBOX_CHANNEL)))
        said = running.next(OutboxStands)
        running.ended_within()
    assert isinstance(said, OutboxStands)
    assert (said.backlog.waiting, said.backlog.trouble[State.DEAD]) == (1, 1)
