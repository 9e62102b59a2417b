"""The listener on a real server: what it reports, and that it always stops."""

from __future__ import annotations

import queue
import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg

from desk_app.db.notices import Ear
from desk_app.worker.listener import Listener
from desk_app.worker.reports import (
    AppointmentGone,
    CatalogueChanged,
    ClientChanged,
    Connected,
    ConnectionLost,
    RefreshDue,
    Report,
    ScheduleChanged,
)
from tests.postgres import backends, frozen, terminate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pytest

    from desk_app.domain.appointment import Appointment

NAME = "desk-app listener"


class Running:
    """A listener on a thread, and what it has reported."""

    def __init__(self, listener: Listener) -> None:
        self.stop = threading.Event()
        self.reports: queue.SimpleQueue[Report] = queue.SimpleQueue()
        self.thread = threading.Thread(
            target=listener.run, args=(self.stop, self.reports.put)
        )
        self.thread.start()

    def next(self, seconds: float = 5.0) -> Report:
        return self.reports.get(timeout=seconds)

    def stopped_within(self) -> float:
        began = time.monotonic()
        self.stop.set()
        self.thread.join(5)
        assert not self.thread.is_alive()
        return time.monotonic() - began


@contextmanager
def running(
    url: str,
    get: Callable[[int], Appointment | None] = lambda _: None,
    **timing: float,
) -> Iterator[Running]:
    run = Running(Listener(url, get, ear=Ear(url, **timing)))
    try:
        yield run
    finally:
        run.stop.set()
        run.thread.join(5)


def notify(url: str, *payloads: str) -> None:
    with psycopg.connect(url) as connection:
        for payload in payloads:
            connection.execute("SELECT pg_notify('desk_app', %s)", (payload,))


def test_it_says_connected_before_anything_else(database_url: str) -> None:
    with running(database_url) as listener:
        assert listener.next() == Connected()


def test_each_kind_of_notice_becomes_its_report(database_url: str) -> None:
    with running(database_url) as listener:
        assert listener.next() == Connected()
        notify(database_url, "schedule 3", "catalogue 0", "client 5", "appointment 12")
        told = {listener.next() for _ in range(4)}
    assert told == {
        ScheduleChanged(3),
        CatalogueChanged(),
        ClientChanged(5),
        AppointmentGone(12),
    }


def test_several_notices_of_one_row_are_read_once(database_url: str) -> None:
    read: list[int] = []
    with running(database_url, read.append) as listener:
        listener.next()
        for _ in range(3):
            notify(database_url, "appointment 7", "appointment 7", "appointment 7")
        time.sleep(0.2)
    assert 1 <= len(read) <= 3


def test_words_of_strangers_are_ignored(database_url: str) -> None:
    with running(database_url) as listener:
        listener.next()
        notify(database_url, "", "drop table", "appointment x", "appointment ²", "a 1")
        notify(database_url, "client 1")
        assert listener.next() == ClientChanged(1)


def test_many_changes_at_once_are_one_refresh(database_url: str) -> None:
    with running(database_url) as listener:
        listener.next()
        notify(database_url, *(f"appointment {n}" for n in range(200)))
        assert listener.next() == RefreshDue()


def test_news_arrives_within_a_tenth_of_a_second(database_url: str) -> None:
    delays = []
    with running(database_url) as listener:
        listener.next()
        for n in range(20):
            notify(database_url, f"client {n}")
            sent = time.monotonic()
            listener.next()
            delays.append(time.monotonic() - sent)
    assert sorted(delays)[len(delays) // 2] < 0.1


def test_a_lost_connection_is_said_once_and_mended(database_url: str) -> None:
    with running(database_url) as listener:
        assert listener.next() == Connected()
        terminate(database_url, NAME)
        assert listener.next() == ConnectionLost()
        assert listener.next() == Connected()
        notify(database_url, "client 9")
        assert listener.next() == ClientChanged(9)


def test_a_failing_read_leads_to_a_new_start(database_url: str) -> None:
    def fail(_: int) -> None:
        raise RuntimeError("Ann Smith, +4930123456")

    with running(database_url, fail) as listener:
        listener.next()
        notify(database_url, "appointment 1")
        assert listener.next() == ConnectionLost()
        assert listener.next() == Connected()


def test_the_log_names_no_person(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: int) -> None:
        raise RuntimeError("Ann Smith")

    with running(database_url, fail) as listener:
        listener.next()
        notify(database_url, "appointment 1")
        listener.next()
    assert "RuntimeError" in caplog.text
    assert "Ann" not in caplog.text


def test_it_stops_at_once_while_listening(database_url: str) -> None:
    with running(database_url) as listener:
        listener.next()
        assert listener.stopped_within() < 1


def test_it_stops_while_a_read_hangs(database_url: str) -> None:
    release = threading.Event()
    with running(database_url, lambda _: release.wait(10) or None) as listener:
        listener.next()
        notify(database_url, "appointment 1")
        time.sleep(0.1)
        assert listener.stopped_within() < 1
        release.set()


def test_it_stops_while_the_server_refuses() -> None:
    with running("postgresql://127.0.0.1:1/x") as listener:
        assert listener.next() == ConnectionLost()
        time.sleep(0.3)
        assert listener.stopped_within() < 1


def test_it_stops_while_connecting_into_silence() -> None:
    with silent_server() as url, running(url) as listener:
        time.sleep(0.3)
        assert listener.stopped_within() < 1


@contextmanager
def silent_server() -> Iterator[str]:
    """A host that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"postgresql://127.0.0.1:{server.getsockname()[1]}/x"


def test_silence_of_a_dead_server_is_told_from_silence(database_url: str) -> None:
    with running(database_url, pulse=0.1, patience=0.3) as listener:
        assert listener.next() == Connected()
        time.sleep(0.5)
        assert listener.reports.empty()
        with frozen(*backends(database_url, NAME)):
            assert listener.next() == ConnectionLost()


def test_it_stops_while_the_server_is_frozen(database_url: str) -> None:
    with running(database_url) as listener:
        listener.next()
        with frozen(*backends(database_url, NAME)):
            time.sleep(0.2)
            assert listener.stopped_within() < 1


def test_it_can_be_run_again_after_it_was_stopped(database_url: str) -> None:
    listener = Listener(database_url, lambda _: None)
    for _ in range(2):
        stop, reports = threading.Event(), queue.SimpleQueue[Report]()
        thread = threading.Thread(target=listener.run, args=(stop, reports.put))
        thread.start()
        assert reports.get(timeout=5) == Connected()
        notify(database_url, "appointment 7")
        assert reports.get(timeout=5) == AppointmentGone(7)
        stop.set()
        thread.join(5)
        assert not thread.is_alive()
