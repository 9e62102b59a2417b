"""A practice's own server, set up as README says: every way leads in, by TLS alone."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import conninfo, sql
from sqlalchemy import text

from desk_app.db.connect import address_of
from desk_app.db.session import open_sessions
from desk_app.errors import Check, NotAllowed, Untrusted
from tests import postgres
from tests.ways import WAYS, ask, upgrade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.postgres import TlsServer

pytestmark = pytest.mark.slow

ACCESS = """
local all all peer
hostssl line_practice +line_staff samehost scram-sha-256
"""
PASSWORD = "s3cret-of-ann"


@pytest.fixture(scope="module")
def server() -> Iterator[TlsServer]:
    """A server with the access rules of README and three logins."""
    postgres.require_installed(postgres.OLDEST)
    with postgres.tls_server(access=ACCESS) as server:
        with psycopg.connect(server.superuser_url("postgres"), autocommit=True) as root:
            root.execute("CREATE ROLE line_staff")
            for role in ("ann", "stranger", getpass.getuser()):
                login = "CREATE ROLE {} LOGIN PASSWORD {}"
                root.execute(
                    sql.SQL(login).format(sql.Identifier(role), sql.Literal(PASSWORD))
                )
            root.execute("GRANT line_staff TO ann")
            # She looks after the server: the tables are hers to make.
            root.execute("ALTER ROLE ann SUPERUSER")
            root.execute("CREATE DATABASE line_practice OWNER ann")
        yield server


@pytest.fixture(scope="module")
def url(server: TlsServer) -> str:
    """Ann's address of the practice, which has its tables."""
    url = server.url("line_practice", "ann", PASSWORD)
    upgrade(url)
    return url


def answer(url: str, question: str) -> object:
    sessions = open_sessions(url)
    try:
        return sessions.run(lambda session: session.scalar(text(question)))
    finally:
        sessions.close()


def but(url: str, **words: str) -> str:
    """Return the address with other words in it."""
    return conninfo.make_conninfo(url, **words)


@pytest.mark.parametrize("way", WAYS)
def test_every_way_leads_to_the_practices_own_server(
    url: str, way: Callable[[str], None]
) -> None:
    way(url)


def test_the_line_is_encrypted(url: str) -> None:
    asked = "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl"
    assert answer(url, asked) in ("TLSv1.2", "TLSv1.3")


def test_a_second_call_uses_the_same_connection(url: str) -> None:
    sessions = open_sessions(url)
    asked = text("SELECT pg_backend_pid()")
    pids = {sessions.run(lambda session: session.scalar(asked)) for _ in range(5)}
    sessions.close()
    assert len(pids) == 1


def test_the_next_server_is_tried_when_one_is_away(url: str, server: TlsServer) -> None:
    hosts = {"host": "localhost,localhost", "port": f"1,{server.port}"}
    ask(but(url, **hosts, target_session_attrs="read-write"))


def test_the_address_may_be_given_beside_the_name(url: str) -> None:
    ask(but(url, hostaddr="127.0.0.1"))


def test_a_wrong_password_is_told_at_once(url: str) -> None:
    with pytest.raises(NotAllowed):
        ask(but(url, password=PASSWORD + "?"))


@pytest.mark.parametrize(
    ("words", "check"),
    [
        ({"host": "127.0.0.1"}, Check.NAME),
        ({"sslrootcert": "/etc/ssl/certs/ca-certificates.crt"}, Check.CERTIFICATE),
        ({"sslrootcert": "/nowhere/root.crt"}, Check.FILE),
        ({"sslrootcert": "/etc/hostname"}, Check.FILE),
    ],
)
def test_what_is_wrong_with_the_certificate_is_told(
    url: str, words: dict[str, str], check: Check
) -> None:
    with pytest.raises(Untrusted) as refused:
        ask(but(url, **words))
    assert refused.value.check is check


def test_the_server_lets_nobody_in_without_tls(url: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="no encryption"):
        psycopg.connect(url, sslmode="disable")


def test_the_server_lets_in_the_staff_alone(server: TlsServer) -> None:
    with pytest.raises(NotAllowed):
        ask(server.url("line_practice", "stranger", PASSWORD))
    with pytest.raises(NotAllowed):
        ask(server.url("postgres", "ann", PASSWORD))


def test_somebody_at_the_server_itself_needs_no_password(server: TlsServer) -> None:
    own = getpass.getuser()
    address = server.superuser_url("postgres").replace("postgres@", f"{own}@", 1)
    assert answer(address, "SELECT session_user") == own
    assert "scram" in address_of(address)


def test_every_login_gets_in_where_a_test_needs_no_groups(
    tls_server: TlsServer,
) -> None:
    with psycopg.connect(tls_server.superuser_url("postgres")) as root:
        root.execute(f"CREATE ROLE line_guest LOGIN PASSWORD '{PASSWORD}'")
    url = tls_server.url("postgres", "line_guest", PASSWORD)
    assert answer(url, "SELECT session_user") == "line_guest"
