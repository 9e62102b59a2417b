"""The line to a server: what is demanded of it, and what is refused as weaker."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from psycopg import conninfo, pq

from desk_app.db import line
from desk_app.db.connect import address_of
from desk_app.db.line import DEMANDS, OwnServer
from desk_app.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Mapping

SOURCES = Path(line.__file__).parents[1]
SAFE = {
    "sslmode": "verify-full",
    "require_auth": "scram-sha-256",
    "channel_binding": "require",
    "gssencmode": "disable",
    "ssl_min_protocol_version": "TLSv1.2",
    "ssl_max_protocol_version": "TLSv1.3",
}
WEAKER = [
    ("sslmode", "disable"),
    ("sslmode", "allow"),
    ("sslmode", "prefer"),
    ("sslmode", "require"),
    ("sslmode", "verify-ca"),
    ("sslmode", "VERIFY-FULL"),
    ("require_auth", "password"),
    ("require_auth", "md5"),
    ("require_auth", "none"),
    ("require_auth", "!password"),
    ("require_auth", "scram-sha-256,md5"),
    ("channel_binding", "prefer"),
    ("channel_binding", "disable"),
    ("gssencmode", "prefer"),
    ("gssencmode", "require"),
    ("ssl_min_protocol_version", "TLSv1"),
    ("ssl_min_protocol_version", "TLSv1.1"),
    ("ssl_max_protocol_version", "TLSv1.1"),
    ("service", "practice"),
]
NEVER_IN_THE_ENVIRONMENT = [("sslkeylogfile", "keys.log")]


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A person for whom libpq has neither settings nor files."""
    for name in [name for name in os.environ if name.startswith("PG")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))


def told(address: str, **settings: str) -> Mapping[str, object]:
    """Return what libpq is told for an address."""
    return conninfo.conninfo_to_dict(address_of(address, **settings))


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://db.example/practice",
        "postgresql://127.0.0.1/practice",
        "postgresql://[::1]/practice",
        "host=localhost",
        "host=db.example hostaddr=192.0.2.1",
        "host=/run/postgresql hostaddr=192.0.2.1",
        "host=/run/postgresql,db.example",
        "host=db.example,/run/postgresql",
        "host=db.example,",
        "host=' /run/postgresql'",
    ],
)
def test_everything_is_demanded_of_a_server_on_the_network(address: str) -> None:
    assert told(address).items() >= SAFE.items()


@pytest.mark.parametrize("address", ["dbname=x", "host=/run/postgresql", "host=@name"])
def test_a_socket_needs_no_certificate_but_never_hears_the_password(
    address: str,
) -> None:
    words = told(address)
    assert words["require_auth"] == "none,scram-sha-256"
    assert "sslmode" not in words


@pytest.mark.parametrize(("word", "value"), [*WEAKER, *NEVER_IN_THE_ENVIRONMENT])
def test_a_weaker_setting_is_refused_by_name(word: str, value: str) -> None:
    with pytest.raises(Invalid, match=f"^{word} must ") as refused:
        address_of(f"host=db.example password=s3cret {word}={value}")
    assert refused.value.field == "database"
    assert all(needed in str(refused.value) for needed in DEMANDS[word].values)
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize(("word", "value"), WEAKER)
def test_a_weaker_setting_of_the_environment_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, word: str, value: str
) -> None:
    variable = DEMANDS[word].variable
    monkeypatch.setenv(variable, value)
    with pytest.raises(Invalid, match=f"^{variable} in the environment must "):
        address_of("host=db.example")


@pytest.mark.parametrize("word", SAFE)
def test_what_the_address_says_counts_not_the_environment(
    monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    monkeypatch.setenv(DEMANDS[word].variable, "weaker")
    assert told(f"host=db.example {word}={SAFE[word]}").items() >= SAFE.items()


def test_the_environment_has_no_other_name_for_what_is_demanded() -> None:
    known = {
        option.keyword.decode(): (option.envvar or b"").decode()
        for option in pq.Conninfo.get_defaults()
    }
    assert {word: known[word] for word in DEMANDS} == {
        word: demand.variable for word, demand in DEMANDS.items()
    }


def test_ssl_true_of_other_drivers_is_not_enough() -> None:
    with pytest.raises(Invalid, match=r"^sslmode must be verify-full"):
        address_of("postgresql://db.example/practice?ssl=true")


@pytest.mark.parametrize("value", ["TLSv1.2", "TLSv1.3"])
def test_newer_encryption_may_be_asked_for(value: str) -> None:
    words = told(f"host=db.example ssl_min_protocol_version={value}")
    assert words["ssl_min_protocol_version"] == value


def test_an_address_without_a_name_is_refused() -> None:
    with pytest.raises(Invalid, match=r"^host is missing"):
        address_of("hostaddr=192.0.2.1")


@pytest.mark.parametrize("logins", ["password", "md5", "none,password", "!md5", "gss"])
def test_a_socket_may_not_ask_for_the_password_either(logins: str) -> None:
    with pytest.raises(Invalid, match=r"^require_auth must be none or scram-sha-256"):
        address_of(f"host=/run/postgresql require_auth={logins}")


def test_a_socket_may_have_to_prove_itself() -> None:
    words = told("host=/run/postgresql require_auth=scram-sha-256")
    assert words["require_auth"] == "scram-sha-256"


def test_the_environment_does_not_lead_a_socket_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PGHOSTADDR", "192.0.2.1")
    monkeypatch.setenv("PGHOST", "db.example")
    words = told("host=/run/postgresql")
    assert (words["host"], words["hostaddr"]) == ("/run/postgresql", "")


def test_a_host_of_the_environment_is_on_the_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PGHOST", "db.example")
    assert told("dbname=practice").items() >= {**SAFE, "host": "db.example"}.items()


def test_windows_has_no_socket_that_nobody_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(line, "WINDOWS", True)
    with pytest.raises(Invalid, match="host is missing"):
        address_of("dbname=practice")


@pytest.mark.parametrize("value", ["0", "-1", "never"])
@pytest.mark.parametrize("word", line.WAITS)
def test_a_desk_never_waits_for_ever(word: str, value: str) -> None:
    with pytest.raises(Invalid, match=f"^{word} must be more than 0"):
        address_of(f"host=db.example {word}={value}")
    assert str(told("host=db.example")[word]) > "0"


def test_settings_of_ours_do_not_weaken_the_line() -> None:
    assert told("host=db.example", sslmode="disable").items() >= SAFE.items()


def test_the_authorities_are_those_named_else_the_persons_else_the_systems(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(line, "_BUNDLES", ())
    assert told("host=a")["sslrootcert"] == "system"
    bundle, own = tmp_path / "bundle", tmp_path / ".postgresql" / "root.crt"
    bundle.touch()
    monkeypatch.setattr(line, "_BUNDLES", (str(tmp_path / "none"), str(bundle)))
    assert told("host=a")["sslrootcert"] == str(bundle)
    own.parent.mkdir()
    own.touch()
    assert told("host=a")["sslrootcert"] == str(own)
    assert told("host=a sslrootcert=system")["sslrootcert"] == str(bundle)
    monkeypatch.setenv("PGSSLROOTCERT", "/theirs.crt")
    assert told("host=a")["sslrootcert"] == "/theirs.crt"
    assert told("host=a sslrootcert=/ours.crt")["sslrootcert"] == "/ours.crt"


def test_the_bundled_server_alone_does_without_a_certificate() -> None:
    address = "postgresql://postgres:s3cret@127.0.0.1:5433/practice"
    own = told(OwnServer(address))
    assert (own["sslmode"], own["require_auth"]) == ("disable", "scram-sha-256")
    assert told(address).items() >= SAFE.items()


def test_only_the_bundled_server_calls_itself_so() -> None:
    users = {
        file.relative_to(SOURCES).as_posix()
        for file in SOURCES.rglob("*.py")
        if "OwnServer" in file.read_text("utf-8")
    }
    assert users == {"db/line.py", "db/connect.py", "db/cluster.py"}
    assert "OwnServer(" not in (SOURCES / "db" / "connect.py").read_text("utf-8")
