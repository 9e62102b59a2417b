"""What comes back from a backup is what was there; nobody may do more than before."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import psycopg
import pytest

from desk_app.db import roles
from desk_app.db.backup import archive, making, restoring
from desk_app.db.roles import Group
from desk_app.db.session import open_sessions
from desk_app.errors import NotAllowed, NotFound, Unavailable
from desk_app.services.staff import StaffList
from tests import postgres
from tests.db.backup import practice
from tests.restored import KEEPER, by_this_program, drop, restored

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desk_app.db.backup.restoring import Restored

pytestmark = pytest.mark.xdist_group("restoring")

NOW = datetime(2026, 11, 24, 10, 12, 33, tzinfo=UTC)


@pytest.fixture
def url(database_url: str) -> Iterator[str]:
    practice.found(database_url)
    yield database_url
    practice.lost(database_url)


@pytest.fixture
def folder() -> Iterator[Path]:
    with postgres.reachable_folder() as folder:
        yield folder


def back_up(url: str, folder: Path) -> Path:
    file = folder / "practice.backup"
    making.back_up(url, file, folder, overwrite=True)
    return file


def put_back(file: Path, url: str, now: datetime = NOW) -> Restored:
    with archive.opened(file, file.parent) as backup:
        return restoring.restore(backup, url, file.parent, now)


def say(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def databases(url: str) -> set[str]:
    return {name for (name,) in practice.asked(url, "SELECT datname FROM pg_database")}


@pytest.mark.slow
def test_rows_rights_and_logins_are_what_they_were(url: str) -> None:
    roles.make_program_login(url, KEEPER, Group.BACKUP, postgres.PASSWORD)
    roles.make_program_login(url, "carrier.pigeon", Group.WORKER, postgres.PASSWORD)
    before = practice.rows(url), practice.catalogue(url), practice.logins(url)
    again = restored(url)
    assert before[0] == practice.rows(again)
    assert before[1] ^ practice.catalogue(again) == set()
    assert before[2] ^ practice.logins(again) == set()


@pytest.mark.slow
def test_people_come_in_with_their_old_passwords_and_leavers_do_not(url: str) -> None:
    again = restored(url)
    for login in (practice.MANAGER, practice.RECEPTIONIST):
        with psycopg.connect(practice.of(again, login)) as connection:
            assert connection.execute("SELECT FROM provider").fetchall()
    for login in (practice.LEAVER, "nobody.at.all"):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(practice.of(again, login))


@pytest.mark.slow
def test_a_new_computer_has_everything(url: str, folder: Path) -> None:
    rows, rights = practice.rows(url), practice.catalogue(url)
    with postgres.bundled_server() as other_server:
        other = other_server("practice")
        by_this_program(url, other, folder)
        assert practice.rows(other) == rows
        assert practice.catalogue(other) == rights
        sessions = open_sessions(practice.of(other, practice.MANAGER))
        people = StaffList(sessions)
        (ben,) = (p for p in people.everybody() if p.login == practice.RECEPTIONIST)
        people.set_password(ben, "another good one")
        people.let_go(ben)
        sessions.close()
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(practice.of(other, practice.RECEPTIONIST))


def test_a_backup_is_of_one_moment_while_desks_work(url: str, folder: Path) -> None:
    began, stop = threading.Event(), threading.Event()

    def work() -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            while not stop.is_set():
                connection.execute("INSERT INTO client (name) VALUES ('Ann Other')")
                began.set()

    desk = threading.Thread(target=work)
    desk.start()
    try:
        assert began.wait(15)
        made = [making.back_up(url, folder / str(n), folder) for n in range(3)]
    finally:
        stop.set()
        desk.join()
    assert made[0].rows["client"] < made[2].rows["client"]
    # The rows in the dump are those that were counted, or this would raise.
    put_back(folder / "2", url)


def test_what_was_there_is_kept_until_the_next_restore(url: str, folder: Path) -> None:
    file = back_up(url, folder)
    say(url, "INSERT INTO client (name) VALUES ('Late Comer')")
    first, later = put_back(file, url), NOW + timedelta(minutes=1)
    assert first.kept_as.endswith("_before_20261124_101233")
    assert first.kept_as in databases(url)
    second = put_back(file, url, later)
    assert first.kept_as not in databases(url)
    assert second.kept_as in databases(url)
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(practice.of(url, practice.MANAGER), dbname=second.kept_as)


def test_a_restore_can_be_taken_back_with_the_logins_of_then(
    url: str, folder: Path
) -> None:
    file = back_up(url, folder)
    sessions = open_sessions(url)
    people = StaffList(sessions)
    newcomer = practice.newcomer(people)
    sessions.close()
    before = practice.rows(url), practice.catalogue(url), practice.logins(url)
    put_back(file, url)
    assert newcomer.login not in {login for login, _ in practice.logins(url)}
    restoring.undo(url, folder)
    assert (practice.rows(url), practice.catalogue(url)) == before[:2]
    assert practice.logins(url) == before[2]
    with pytest.raises(NotFound):
        restoring.undo(url, folder)


def test_nothing_is_touched_while_somebody_works(url: str, folder: Path) -> None:
    file = back_up(url, folder)
    before = practice.rows(url), databases(url)
    with (
        psycopg.connect(practice.of(url, practice.RECEPTIONIST)),
        pytest.raises(Unavailable, match=practice.RECEPTIONIST),
    ):
        put_back(file, url)
    assert (practice.rows(url), databases(url)) == before


@pytest.mark.slow
def test_who_comes_in_meanwhile_stops_it(url: str, folder: Path) -> None:
    file = back_up(url, folder)
    before = databases(url), practice.logins(url)
    with ExitStack() as late:

        def come_in(_: str) -> None:
            late.enter_context(psycopg.connect(practice.of(url, practice.MANAGER)))

        with (
            archive.opened(file, folder) as backup,
            pytest.raises(Unavailable, match="come in meanwhile"),
        ):
            restoring.restore(backup, url, folder, NOW, come_in)
    assert (databases(url), practice.logins(url)) == before


def test_who_was_erased_since_stays_erased(url: str, folder: Path) -> None:
    say(url, "INSERT INTO client (name, notes) VALUES ('Gone Soon', 'private')")
    file = back_up(url, folder)
    say(url, "SELECT client_erase(client_id) FROM client WHERE name = 'Gone Soon'")
    assert put_back(file, url).not_erased == 0
    left = practice.asked(url, "SELECT name, notes FROM client WHERE client_id = 2")
    assert left == [("Erased client", "")]


def test_who_was_merged_when_it_was_backed_up_stays_erased(
    url: str, folder: Path
) -> None:
    """One is erased with the entry they are part of, one alone, separated before."""
    say(url, "INSERT INTO client (name) VALUES ('Kept'), ('Part'), ('Own'), ('Alone')")
    say(url, "SELECT client_merge(2, 3), client_merge(4, 5)")
    file = back_up(url, folder)
    say(url, "SELECT client_unmerge(2)")
    say(url, "SELECT client_erase(2), client_erase(5)")
    assert put_back(file, url).not_erased == 0
    left = practice.asked(
        url, "SELECT name FROM client WHERE client_id > 1 ORDER BY client_id"
    )
    erased = ("Erased client",)
    assert left == [erased, erased, ("Own",), erased]


def test_rights_that_this_program_does_not_give_are_told(
    url: str, folder: Path
) -> None:
    assert put_back(back_up(url, folder), url).has_its_rights
    say(url, "GRANT SELECT ON client TO desk_webhook")
    file = back_up(url, folder)
    assert put_back(file, url, NOW + timedelta(minutes=1)).has_its_rights is False
    allowed = "SELECT has_table_privilege('desk_webhook', 'client', 'SELECT')"
    assert practice.asked(url, allowed) == [(False,)]


def test_only_a_superuser_restores(url: str, folder: Path) -> None:
    file = back_up(url, folder)
    drop(url)
    with pytest.raises(NotAllowed):
        put_back(file, practice.of(url, practice.MANAGER))
