"""Whatever stands on the command line, it is answered in one sentence and a code."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from psycopg import conninfo

from desk_app import doors
from desk_app.domain.staff import SignIn
from desk_app.errors import Invalid
from tests import factories
from tests.commands.conftest import desk_app  # noqa: F401 (a fixture)
from tests.hostile.freeze import FREEZE
from tests.hostile.texts import TEXTS, Text
from tests.ui.conftest import open_desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.commands.conftest import Said

# A system passes no longer ones, and none with NUL.
WORDS = [text for text in TEXTS if len(text.text) < 100_000 and "\0" not in text.text]
BOOK = ("--provider", "a", "--service", "b")


def assert_one_sentence(said: Said) -> None:
    """See that somebody was told what is wrong, in one line of plain letters."""
    assert said.code in (1, 2)
    assert said.out == ""
    assert said.err.startswith("desk-app")
    assert said.err.endswith("\n")
    assert said.err[:-1].isprintable()


@pytest.mark.parametrize("text", WORDS, ids=lambda text: text.name)
def test_a_text_in_place_of_a_value_is_answered_in_one_sentence(
    desk_app: Callable[..., Said],  # noqa: F811
    text: Text,
) -> None:
    began = time.thread_time()
    for words in (
        ("slots", *BOOK, f"--date={text.text}", "--database=-"),
        ("slots", *BOOK, "--date=2027-02-01", f"--days={text.text}", "--database=-"),
        ("slots", *BOOK, "--date=2027-02-01", f"--database={text.text or '-'}"),
        (f"--size={text.text}",),
        (f"--scale={text.text}",),
        ("password", f"--database={text.text or '-'}"),
    ):
        assert_one_sentence(desk_app(*words))
    assert time.thread_time() - began < FREEZE * 6


@pytest.mark.parametrize("text", WORDS[::6], ids=lambda text: text.name)
def test_a_text_in_place_of_a_name_finds_nobody(
    desk_app: Callable[..., Said],  # noqa: F811
    database_url: str,
    text: Text,
) -> None:
    desk = open_desk(database_url)
    factories.open_practice(desk.booking._sessions)
    desk.close()
    when = ("--date=2027-02-01", f"--database={database_url}")
    for named in (("Dr Weber", text.text), (text.text, "Check-up")):
        provider, service = named
        said = desk_app(
            "slots", f"--provider={provider}", f"--service={service}", *when
        )
        if text.text.strip():
            assert_one_sentence(said)


def test_no_text_adds_to_the_address_of_a_server_or_cuts_it() -> None:
    """A name that holds "sslmode=disable" stays a name; NUL would end the address."""
    for text in (text.text for text in TEXTS if text.text):
        with suppress(Invalid):
            address = doors.server_address(text, 5432, text, text)
            assert conninfo.conninfo_to_dict(address) == {
                "host": text,
                "port": "5432",
                "dbname": text,
                "sslmode": "verify-full",
                "sslrootcert": text,
            }


def test_no_login_or_password_adds_to_an_address_or_cuts_it() -> None:
    there = {"host": "db", "dbname": "practice"}
    door = doors.ServerDoor(conninfo.make_conninfo("", **there))
    for text in (text.text for text in TEXTS if text.text):
        with suppress(Invalid):
            address = door.address(SignIn(text, text))
            given = conninfo.conninfo_to_dict(address)
            assert given == there | {"user": text, "password": text}


@pytest.mark.parametrize("cut", ["db\0", "\ud800"])
def test_what_would_end_an_address_is_refused_by_its_field(cut: str) -> None:
    with pytest.raises(Invalid) as refused:
        doors.server_address("db", 5432, cut, "")
    assert refused.value.field == "database"
    with pytest.raises(Invalid) as refused:
        doors.ServerDoor("host=db").address(SignIn(cut, "pw"))
    assert refused.value.field == "login"
