"""A practice's own server comes back by PostgreSQL's programs, as the README says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from desk_app.db import roles
from desk_app.db.connect import OLDEST_SERVER
from desk_app.db.roles import Group
from tests import postgres
from tests.db.backup import practice
from tests.restored import KEEPER, by_this_program, restored

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = str(OLDEST_SERVER)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("own server"),
    pytest.mark.skipif(
        not (postgres.INSTALLED / VERSION / "bin" / "pg_dump").exists(),
        reason=f"PostgreSQL {VERSION} is not installed",
    ),
]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with postgres.installed_server(VERSION) as url_of:
        postgres.make_template(url_of)
        postgres.make_database(url_of, "practice", postgres.TEMPLATE)
        practice.found(url_of("practice"))
        yield url_of("practice")


def test_rows_rights_and_logins_are_what_they_were(url: str) -> None:
    roles.make_program_login(url, KEEPER, Group.BACKUP, postgres.PASSWORD)
    before = practice.rows(url), practice.catalogue(url), practice.logins(url)
    again = restored(url)
    assert before[0] == practice.rows(again)
    assert before[1] ^ practice.catalogue(again) == set()
    # The login that makes the backup is given its password anew for it.
    assert {login for login, _ in before[2] ^ practice.logins(again)} <= {KEEPER}


def test_people_come_in_and_leavers_do_not(url: str) -> None:
    again = restored(url)
    with psycopg.connect(practice.of(again, practice.MANAGER)) as connection:
        assert connection.execute("SELECT FROM provider").fetchall()
    # This server asks nobody for a password, and still does not let them in.
    for login in (practice.LEAVER, KEEPER + "x"):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(practice.of(again, login))


def test_a_practice_moves_from_one_computer_to_a_server(url: str) -> None:
    with postgres.reachable_folder() as folder, postgres.bundled_server() as old:
        postgres.make_template(old)
        postgres.make_database(old, "practice", postgres.TEMPLATE)
        practice.found(old("practice"))
        rows, rights = practice.rows(old("practice")), practice.catalogue(url)
        by_this_program(old("practice"), url, folder)
    assert practice.rows(url) == rows
    assert practice.catalogue(url) == rights
