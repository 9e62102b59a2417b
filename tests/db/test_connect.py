"""Addresses: what libpq is told, and what never reaches an error."""

from __future__ import annotations

import logging

import psycopg
import pytest
from psycopg import conninfo

from desk_app.db.connect import address_of, engine_for
from desk_app.db.failures import TryAgain, translated
from desk_app.db.session import open_sessions
from desk_app.errors import DeskError, Invalid, NotAllowed, Unavailable


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ann@db.example/practice",
        "postgres://ann@db.example/practice",
        "postgresql+psycopg://ann@db.example/practice",
        "host=db.example user=ann dbname=practice",
    ],
)
def test_url_and_key_words_mean_the_same(url: str) -> None:
    told = conninfo.conninfo_to_dict(address_of(url))
    assert (told["host"], told["user"], told["dbname"]) == (
        "db.example",
        "ann",
        "practice",
    )


def test_several_hosts_pass_through_untouched() -> None:
    told = conninfo.conninfo_to_dict(
        address_of("postgresql://a:1,b:2/x?target_session_attrs=read-write")
    )
    assert told["host"] == "a,b"
    assert str(told["port"]) == "1,2"
    assert told["target_session_attrs"] == "read-write"


def test_what_the_address_says_comes_before_our_settings() -> None:
    told = conninfo.conninfo_to_dict(
        address_of("host=a connect_timeout=20 options='-c lock_timeout=1s'")
    )
    assert str(told["connect_timeout"]) == "20"
    assert str(told["options"]).endswith("-c lock_timeout=1s")


def test_a_pulled_cable_is_noticed() -> None:
    told = conninfo.conninfo_to_dict(address_of("host=a"))
    assert str(told["tcp_user_timeout"]) == "10000"
    assert str(told["keepalives_idle"]) == "10"


@pytest.mark.parametrize(
    "url",
    ["", "  ", "nonsense s3cret", "mysql://a:s3cret@b"],
)
def test_nonsense_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(Invalid) as refused:
        open_sessions(url)
    assert refused.value.field == "database"
    assert "s3cret" not in str(refused.value)


def test_several_hosts_are_tried_in_turn(database_url: str) -> None:
    told = conninfo.conninfo_to_dict(database_url)
    address = f"host={told['host']},/nowhere port={told.get('port', 5432)},1"
    engine = engine_for(f"{address} user=postgres dbname={told['dbname']}")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
    engine.dispose()


@pytest.mark.parametrize(
    "url", ["host=/nowhere dbname=x", "postgresql://u:s3cret@h:port:x/", "port=99999"]
)
def test_an_address_that_leads_nowhere_is_a_desk_error(url: str) -> None:
    sessions = open_sessions(url, deadline=0.2)
    with pytest.raises(DeskError) as failed, sessions.begin():
        pass
    sessions.close()
    assert "s3cret" not in str(failed.value)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("host=nowhere.invalid dbname=x", "no computer of this name"),
        ("host=127.0.0.1 port=1 dbname=x", "no PostgreSQL answers"),
    ],
)
def test_a_server_that_is_not_reached_says_how_far_one_came(
    address: str, why: str
) -> None:
    sessions = open_sessions(address)
    with pytest.raises(Unavailable, match=why), sessions.begin():
        pass
    sessions.close()


def test_a_sealed_line_that_breaks_is_tried_again() -> None:
    said = "SSL connection has been closed unexpectedly"
    assert isinstance(translated(psycopg.OperationalError(said)), TryAgain)


def test_a_database_that_does_not_exist_is_said_at_once(database_url: str) -> None:
    sessions = open_sessions(database_url.replace("/own_", "/none_"))
    with pytest.raises(Unavailable, match="no such database"):
        sessions.run(lambda _: None)
    sessions.close()


def test_a_login_that_does_not_exist_is_not_tried_again(database_url: str) -> None:
    sessions = open_sessions(database_url.replace("postgres@", "nobody@"))
    with pytest.raises(NotAllowed):
        sessions.run(lambda _: None)
    sessions.close()


def test_the_driver_logs_nothing_of_what_the_server_said():
    assert not logging.getLogger("psycopg.pipeline").isEnabledFor(logging.ERROR)
