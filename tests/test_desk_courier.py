"""The courier of a desk: it carries while its computer may, and else says why not."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import conninfo, sql

from desk_app import desk_courier
from desk_app.desk import Means
from desk_app.domain.kept import LASTS
from desk_app.doors import ServerDoor
from desk_app.services.vault import Vault
from desk_app.settings import Settings
from desk_app.worker.reports import CourierLost, NotCarrying, OutboxStands, Why
from tests import postgres
from tests.couriers import let_carry
from tests.desks import Desks, login_of
from tests.postgres import PASSWORD, wait_until
from tests.rings import DayRings, DeskRings
from tests.worker.conftest import Running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look again at once."""
    monkeypatch.setattr(desk_courier, "FIRST_REST", 0.0)
    monkeypatch.setattr(desk_courier, "LOOK_AGAIN", 0.05)


@pytest.fixture
def desks(database_url: str) -> Iterator[Desks]:
    with Desks(database_url) as desks:
        yield desks


@pytest.fixture
def worker(desks: Desks) -> str:
    """The login by which desks shall carry."""
    return login_of(desks.worker())


class Computer:
    """A desk where a receptionist has signed in, with or without the key."""

    def __init__(self, desks: Desks, folder: Path) -> None:
        self.sessions = desks.receptionist()
        self.rings = DeskRings()
        self.settings = Settings(data_folder=folder)
        door = ServerDoor(conninfo.make_conninfo(desks.url, user=self.login))
        self.means = Means(self.sessions, door, self.rings, DayRings())

    @property
    def login(self) -> str:
        return login_of(self.sessions)

    def start(self, **changes: object) -> Running:
        chosen = replace(self.settings, **changes)  # type: ignore[arg-type]
        return Running(desk_courier.beside(chosen, self.means))


@pytest.fixture
def computer(desks: Desks, tmp_path: Path) -> Computer:
    return Computer(desks, tmp_path)


@pytest.fixture
def key(desks: Desks) -> DeskRings:
    """The practice's key, at the desk of its manager."""
    rings = DeskRings()
    Vault(desks.manager("Paula"), rings).begin_key()
    return rings


def carries(running: Running) -> bool:
    return any(isinstance(report, OutboxStands) for report in running.reports)


def test_it_carries_once_a_manager_has_set_the_login(
    desks: Desks, computer: Computer, key: DeskRings, worker: str
) -> None:
    computer.rings.ring = key.ring
    running = computer.start()
    running.wait_for(NotCarrying(Why.NO_LOGIN))
    let_carry(desks.manager("Maria"), key, worker)
    wait_until(lambda: carries(running))
    assert running.stop()
    assert CourierLost() not in running.reports


def test_without_the_key_it_waits_until_it_is_let_in(
    desks: Desks, computer: Computer, key: DeskRings, worker: str
) -> None:
    manager = desks.manager("Maria")
    let_carry(manager, key, worker)
    running = computer.start()
    running.wait_for(NotCarrying(Why.NO_KEY))
    code = Vault(manager, key).offer_enrolment()
    Vault(computer.sessions, computer.rings).enrol(code)
    wait_until(lambda: carries(running))
    assert running.stop()


@pytest.mark.parametrize("whose", ["their own", "nobody's"])
def test_a_login_that_is_no_workers_carries_nothing(
    desks: Desks, computer: Computer, key: DeskRings, whose: str
) -> None:
    computer.rings.ring = key.ring
    login = computer.login if whose == "their own" else "nobody.here"
    let_carry(desks.manager("Maria"), key, login)
    running = computer.start()
    running.wait_for(NotCarrying(Why.REFUSED))
    assert not carries(running)
    assert running.stop()


def test_a_new_password_of_the_login_is_learned(
    desks: Desks, computer: Computer, key: DeskRings, worker: str
) -> None:
    manager = desks.manager("Maria")
    computer.rings.ring = key.ring
    let_carry(manager, key, worker)
    running = computer.start()
    wait_until(lambda: carries(running))
    change = sql.SQL("ALTER ROLE {} PASSWORD {}")
    with psycopg.connect(desks.url, autocommit=True) as connection:
        who = sql.Identifier(worker)
        connection.execute(change.format(who, sql.Literal("another one")))
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s",
            [worker],
        )
        running.wait_for(NotCarrying(Why.REFUSED))
        connection.execute(change.format(who, sql.Literal(PASSWORD)))
    running.reports.clear()
    wait_until(lambda: carries(running))
    assert running.stop()


def test_a_desk_that_shall_not_carry_says_so(computer: Computer) -> None:
    running = computer.start(carries=False)
    running.wait_for(NotCarrying(Why.SWITCHED_OFF))
    assert running.stop()


def test_a_server_that_is_away_at_the_start_is_no_reason_to_give_up(
    desks: Desks, computer: Computer, key: DeskRings, worker: str
) -> None:
    computer.rings.ring = key.ring
    let_carry(desks.manager("Maria"), key, worker)
    with postgres.away(desks.url):
        running = computer.start()
        running.wait_for(CourierLost())
    wait_until(lambda: carries(running))
    assert running.stop()


def test_a_paused_courier_has_no_connection(
    desks: Desks, computer: Computer, key: DeskRings, worker: str
) -> None:
    computer.rings.ring = key.ring
    let_carry(desks.manager("Maria"), key, worker)
    running = computer.start()
    wait_until(lambda: carries(running))
    assert running.stop()
    with psycopg.connect(desks.url) as connection:
        wait_until(
            lambda: (
                connection.execute(
                    "SELECT FROM pg_stat_activity WHERE usename = %s", [worker]
                ).fetchone()
                is None
            )
        )


def test_old_days_go_from_the_disk_whether_or_not_it_carries(
    computer: Computer, tmp_path: Path
) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    old, new = folder / "days-old.sealed", folder / "days-new.sealed"
    for file in (old, new):
        file.write_text("sealed")
    long_ago = time.time() - LASTS.total_seconds() - 60
    os.utime(old, (long_ago, long_ago))
    running = computer.start()
    wait_until(lambda: not old.exists())
    assert new.exists()
    assert running.stop()
