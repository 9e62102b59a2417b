"""No server but the practice's own gets the password, whatever it does.

The rogues are real: libpq with its defaults tells them what they want to know.
"""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg
import pytest

from desk_app.errors import Check, Invalid, Unavailable, Untrusted
from tests.certificates import Authority, Certificate, self_signed
from tests.postgres import HOST, free_port, reachable_folder
from tests.rogue import (
    PLUS,
    SCRAM,
    SSL_REQUEST,
    Rogue,
    cleartext,
    listening,
    md5,
    nothing,
    scram,
)
from tests.ways import WAYS, ask, hear

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.rogue import Wish

USER, PASSWORD = "ann", "s3cret-of-ann"


@dataclass(frozen=True, slots=True)
class Trap:
    """A rogue: what it shows for TLS, what it asks for, what it does not pass."""

    shows: str
    wish: Wish
    fails: Check
    prize: str


TRAPS = {
    "plain, asks for the password": Trap("", cleartext, Check.TLS, "password"),
    "plain, asks for a hash": Trap("", md5, Check.TLS, "password"),
    "plain, asks for a proof": Trap("", scram(SCRAM), Check.TLS, "proof"),
    "plain, lets everybody in": Trap("", nothing, Check.TLS, "desk"),
    "self-signed": Trap("itself", cleartext, Check.CERTIFICATE, "password"),
    "another authority": Trap("another", cleartext, Check.CERTIFICATE, "password"),
    "another authority, SCRAM": Trap(
        "another", scram(PLUS, SCRAM), Check.CERTIFICATE, "proof"
    ),
    "expired": Trap("expired", cleartext, Check.CERTIFICATE, "password"),
    "another name": Trap("elsewhere", cleartext, Check.NAME, "password"),
    "another name, SCRAM": Trap("elsewhere", scram(PLUS, SCRAM), Check.NAME, "proof"),
    "right, asks for the password": Trap("right", cleartext, Check.LOGIN, "password"),
    "right, asks for a hash": Trap("right", md5, Check.LOGIN, "password"),
    "right, lets everybody in": Trap("right", nothing, Check.PROOF, "desk"),
    "right, binds no channel": Trap("right", scram(SCRAM), Check.BINDING, "proof"),
    "right, proves nothing": Trap("right", scram(PLUS, SCRAM), Check.PROOF, "desk"),
    "right, proves wrongly": Trap(
        "right", scram(PLUS, SCRAM, proof=bytes(32)), Check.PROOF, "proof"
    ),
}


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with reachable_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def practice(folder: Path) -> Authority:
    """Who vouches for the practice's own server."""
    return Authority.made(folder, "practice")


@pytest.fixture(scope="module")
def shown(folder: Path, practice: Authority) -> dict[str, Certificate | None]:
    """What rogues can show."""
    return {
        "": None,
        "itself": self_signed(folder, HOST),
        "another": Authority.made(folder, "another").issue(HOST),
        "expired": practice.issue(HOST, days=-1),
        "elsewhere": practice.issue("elsewhere.example"),
        "right": practice.issue(HOST),
    }


@pytest.fixture(params=TRAPS)
def trap(request: pytest.FixtureRequest) -> Trap:
    return TRAPS[request.param]


@pytest.fixture
def rogue(trap: Trap, shown: dict[str, Certificate | None]) -> Iterator[Rogue]:
    with listening(Rogue(trap.wish, shown[trap.shows])) as rogue:
        yield rogue


@pytest.fixture
def plain() -> Iterator[Rogue]:
    """The simplest rogue."""
    with listening(Rogue(cleartext)) as rogue:
        yield rogue


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of libpq's but the password, as the keyring would give it."""
    for name in [name for name in os.environ if name.startswith("PG")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PGPASSWORD", PASSWORD)


def url_of(rogue: Rogue, practice: Authority, words: str = "") -> str:
    """Return the address of the practice's server, where a rogue listens instead."""
    return (
        f"postgresql://{USER}@{HOST}:{rogue.port}/practice"
        f"?sslrootcert={practice.file}&{words}".removesuffix("&")
    )


@pytest.mark.parametrize("way", WAYS)
def test_a_rogue_server_is_not_told_the_password(
    trap: Trap, rogue: Rogue, practice: Authority, way: Callable[[str], None]
) -> None:
    with pytest.raises(Untrusted) as refused:
        way(url_of(rogue, practice))
    assert refused.value.check is trap.fails
    assert PASSWORD not in str(refused.value)
    assert not rogue.saw_password(USER, PASSWORD)
    if trap.shows != "right":
        assert rogue.sent == SSL_REQUEST


def test_only_the_practices_own_name_gets_a_proof(
    trap: Trap, rogue: Rogue, practice: Authority
) -> None:
    with pytest.raises(Untrusted):
        ask(url_of(rogue, practice))
    assert rogue.saw_proof() == (trap.shows == "right" and trap.wish in _BINDING_WISHES)


_BINDING_WISHES = [
    trap.wish for name, trap in TRAPS.items() if name.startswith("right, proves")
]


def test_a_rogue_server_is_asked_once(rogue: Rogue, practice: Authority) -> None:
    with pytest.raises(Untrusted):
        ask(url_of(rogue, practice))
    assert len(rogue.guests) == 1


def test_libpq_alone_tells_the_rogue_what_it_wants(trap: Trap, rogue: Rogue) -> None:
    address = f"host={HOST} port={rogue.port} user={USER} dbname=practice"
    is_in = False
    with suppress(psycopg.OperationalError), psycopg.connect(address):
        is_in = True
    assert {
        "password": rogue.saw_password(USER, PASSWORD),
        "proof": rogue.saw_proof(),
        "desk": is_in,
    }[trap.prize]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "words",
    [
        "sslmode=disable",
        "sslmode=prefer",
        "ssl=true",
        "require_auth=password",
        "require_auth=none",
        "channel_binding=disable",
        "gssencmode=prefer",
        "service=practice",
    ],
)
def test_an_address_with_a_weaker_line_is_refused(
    plain: Rogue, practice: Authority, words: str, way: Callable[[str], None]
) -> None:
    with pytest.raises(Invalid):
        way(url_of(plain, practice, words))
    assert plain.sent == b""


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "setting",
    [
        "PGSSLMODE=disable",
        "PGREQUIREAUTH=password",
        "PGCHANNELBINDING=disable",
        "PGGSSENCMODE=prefer",
        "PGSERVICE=practice",
    ],
)
def test_a_weaker_line_in_the_environment_is_refused(
    plain: Rogue,
    practice: Authority,
    monkeypatch: pytest.MonkeyPatch,
    way: Callable[[str], None],
    setting: str,
) -> None:
    variable, _, value = setting.partition("=")
    monkeypatch.setenv(variable, value)
    with pytest.raises(Invalid, match=variable):
        way(url_of(plain, practice))
    assert plain.sent == b""


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("variable", ["PGHOST", "PGHOSTADDR"])
def test_a_server_of_the_environment_is_one_on_the_network(
    plain: Rogue,
    monkeypatch: pytest.MonkeyPatch,
    way: Callable[[str], None],
    variable: str,
) -> None:
    monkeypatch.setenv(variable, "127.0.0.1")
    monkeypatch.setenv("PGPORT", str(plain.port))
    with pytest.raises((Untrusted, Invalid)):
        way(f"user={USER} dbname=practice")
    assert plain.sent in (b"", SSL_REQUEST)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("address", ["dbname=practice", "service=practice"])
def test_a_service_file_leads_nowhere(
    plain: Rogue,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    way: Callable[[str], None],
    address: str,
) -> None:
    file = tmp_path / "services"
    file.write_text(
        f"[practice]\nhost=127.0.0.1\nport={plain.port}\nuser={USER}\nsslmode=disable\n"
    )
    monkeypatch.setenv("PGSERVICEFILE", str(file))
    monkeypatch.setenv("PGSERVICE", "practice")
    with pytest.raises(Invalid, match="service"):
        way(address)
    assert plain.sent == b""
    psycopg.connect(address).close()
    assert plain.saw_password(USER, PASSWORD)


def test_an_address_in_the_environment_does_not_replace_a_socket(
    plain: Rogue, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    address = f"host={tmp_path} port={plain.port} user={USER} dbname=practice"
    monkeypatch.setenv("PGHOSTADDR", "127.0.0.1")
    with pytest.raises(Unavailable):
        hear(address)
    assert plain.sent == b""
    psycopg.connect(address).close()
    assert plain.saw_password(USER, PASSWORD)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("wish", [cleartext, md5])
def test_a_strangers_socket_is_not_told_the_password(
    way: Callable[[str], None], wish: Wish, folder: Path
) -> None:
    port = free_port()
    door = socket.socket(socket.AF_UNIX)
    door.bind(str(folder / f".s.PGSQL.{port}"))
    door.listen()
    address = f"host={folder} port={port} user={USER} dbname=practice"
    with listening(Rogue(wish), door) as rogue:
        with pytest.raises(Untrusted):
            way(address)
        assert not rogue.saw_password(USER, PASSWORD)
        psycopg.connect(address).close()
        assert rogue.saw_password(USER, PASSWORD)


def test_something_else_than_postgresql_is_not_told_the_password(
    practice: Authority,
) -> None:
    with listening(Rogue(cleartext, no_tls=b"HTTP/1.1 400 Bad Request\r\n")) as web:
        with pytest.raises(Untrusted):
            ask(url_of(web, practice))
        assert web.sent == SSL_REQUEST
