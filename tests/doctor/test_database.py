"""What the doctor says of a database, as each login sees it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import conninfo

from desk_app.db import roles
from desk_app.db.roles import Group
from desk_app.db.session import open_sessions
from desk_app.doctor import State, database
from desk_app.domain.staff import NewStaff, Role
from desk_app.services.staff import StaffList
from tests import factories, postgres

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.doctor import Finding

    Found = Callable[[str], dict[str, Finding]]


def say(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def login(url: str, role: Role) -> str:
    """Let somebody in; return their address."""
    sessions = open_sessions(url)
    name = f"doctors.{role.value.lower()}"
    StaffList(sessions).add(NewStaff(name, "Ann", role, postgres.PASSWORD))
    sessions.close()
    return conninfo.make_conninfo(url, user=name, password=postgres.PASSWORD)


def test_a_practice_in_order_has_no_fault_but_the_servers(
    url: str, found: Found
) -> None:
    findings = found(url)
    worse = {f.about: f.state for f in findings.values() if f.state is not State.OK}
    # Servers of the tests do not wait for the disk, and one administrator asks.
    assert worse == {
        "keyring": State.WARNING,
        "login": State.WARNING,
        "server's own": worse["server's own"],
    }
    assert all(f.to_do for f in findings.values() if f.state is not State.OK)


def test_a_server_that_forgets_is_a_fault(url: str) -> None:
    told = {
        f.words.split()[0]: f.state
        for f in database.configuration.examine(url)
        if f.state is State.FAULT
    }
    assert told == {"fsync": State.FAULT, "full_page_writes": State.FAULT}


@pytest.mark.parametrize("role", Role)
def test_who_is_signed_in_is_told_by_the_role_alone(
    url: str, found: Found, role: Role
) -> None:
    finding = found(login(url, role))["login"]
    assert finding.state is State.OK
    assert role.value.lower() in finding.words
    assert "doctors" not in finding.words


def test_the_worker_and_strangers_are_told_apart(url: str, found: Found) -> None:
    roles.make_program_login(url, "doctors.worker", Group.WORKER, postgres.PASSWORD)
    given = {"user": "doctors.worker", "password": postgres.PASSWORD}
    assert found(conninfo.make_conninfo(url, **given))["login"].words.endswith("worker")
    refused = found(postgres.make_login(url, "doctors.stranger"))["database"]
    assert refused.state is State.FAULT
    assert "desk-app password" in refused.to_do


@pytest.mark.slow
@pytest.mark.skipif(
    not (postgres.INSTALLED / postgres.OLDEST / "bin" / "postgres").exists(),
    reason=f"PostgreSQL {postgres.OLDEST} is not installed",
)
def test_a_server_on_the_network_shows_its_certificate(found: Found) -> None:
    with postgres.tls_server() as server:
        postgres.make_template(server.superuser_url)
        login(server.superuser_url(postgres.TEMPLATE), Role.RECEPTIONIST)
        given = ("doctors.receptionist", postgres.PASSWORD)
        address = server.url(postgres.TEMPLATE, *given)
        assert found(address)["line"].words.startswith("TLSv1.")
        refused = found(address.replace("localhost", "127.0.0.1"))["database"]
    assert refused.state is State.FAULT
    assert "certificate" in refused.to_do


@pytest.mark.parametrize(
    ("tls", "mode", "state"),
    [
        ("", "prefer", State.FAULT),
        ("TLSv1.3", "require", State.FAULT),
        ("TLSv1.3", "verify-ca", State.FAULT),
        ("TLSv1.3", "verify-full", State.OK),
    ],
)
def test_a_line_is_fine_when_the_server_proves_who_it_is(
    tls: str, mode: str, state: State
) -> None:
    assert database.judged_line(tls, mode).state is state


@pytest.mark.parametrize(
    ("seconds", "state"),
    [(0, State.OK), (2, State.OK), (3, State.WARNING), (31, State.FAULT)],
)
def test_clocks_that_are_apart_are_told(seconds: int, state: State) -> None:
    finding = database.judged_clocks(timedelta(seconds=seconds))
    assert finding.state is state


@pytest.mark.parametrize(
    ("version", "state"),
    [("15.18 (Debian 15)", State.OK), ("18.6", State.OK), ("19beta1", State.WARNING)],
)
def test_a_server_may_be_newer_than_the_program(version: str, state: State) -> None:
    assert database.judged_version(version).state is state


def test_zones_that_differ_are_named(url: str, found: Found) -> None:
    sessions = open_sessions(url)
    factories.provider(sessions, timezone="America/Vancouver")
    sessions.close()
    assert "America/Vancouver" in found(url)["zone data"].words


@pytest.mark.parametrize(
    ("revision", "said"), [("9999", "newer than"), (None, "no tables")]
)
def test_a_schema_that_does_not_fit_ends_the_search(
    url: str, found: Found, revision: str | None, said: str
) -> None:
    change = f"UPDATE alembic_version SET version_num = '{revision}'"
    say(url, change if revision else "DROP TABLE alembic_version")
    findings = found(url)
    assert findings["schema"].state is State.FAULT
    assert said in findings["schema"].words
    assert "audit" not in findings


def test_a_server_that_is_full_is_told(
    url: str, found: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "ALMOST_FULL", 0.0)
    assert found(url)["connections"].state is State.WARNING
