"""The look through all that was written finds what it seeks; errors tell nothing."""

from __future__ import annotations

import logging
import traceback
from typing import TYPE_CHECKING

import psycopg
import pytest

from desk_app.db.session import open_sessions
from desk_app.errors import DeskError
from desk_app.ui.calls import log_problem
from tests import factories, planted
from tests.db.rows import add_client

if TYPE_CHECKING:
    from pathlib import Path

    from desk_app.db.session import Sessions

NAME, PHONE = "Anna Weiß", "+491701234567"


@pytest.mark.parametrize("kind", planted.PLANTED)
def test_each_kind_of_value_is_found_in_a_log(kind: str, tmp_path: Path) -> None:
    for number, value in enumerate(planted.PLANTED[kind]):
        (tmp_path / f"{number}.txt").write_text(f"said {value} aloud", "utf-8")
    assert len(planted.found_in(tmp_path)) == len(planted.PLANTED[kind])


def test_what_holds_nothing_is_passed(tmp_path: Path) -> None:
    (tmp_path / "desk.log").write_text("The listener lost its connection", "utf-8")
    assert planted.found_in(tmp_path) == []


def test_the_values_are_those_the_tests_work_with() -> None:
    assert factories.new_client().name in planted.PLANTED["a client's name"]


def told(error: BaseException) -> str:
    """Return all that a log could be given of an error."""
    return "".join(traceback.format_exception(error)) + repr(error) + str(error)


def nothing_in(text: str, tmp_path: Path) -> bool:
    (tmp_path / "told.txt").write_text(text, "utf-8")
    return planted.found_in(tmp_path) == []


@pytest.mark.parametrize(
    "values",
    [
        {"name": NAME, "phone": "no phone"},
        {"name": NAME, "phone": PHONE, "email": "a@b, anna@example.org"},
        {"name": NAME + "\u202e", "notes": "planted-note"},
        {"name": NAME, "no_show_count": -1},
    ],
)
def test_a_row_that_is_refused_is_not_told(
    sessions: Sessions, tmp_path: Path, values: dict[str, object]
) -> None:
    with pytest.raises(DeskError) as caught, sessions.begin() as session:
        add_client(session, **values)
    assert nothing_in(told(caught.value), tmp_path)


def test_a_login_that_is_refused_does_not_tell_its_password(
    database_url: str, tmp_path: Path
) -> None:
    url = psycopg.conninfo.make_conninfo(
        database_url, user="nobody.here", password=planted.PASSWORD
    )
    sessions = open_sessions(url)
    with pytest.raises(DeskError) as caught, sessions.begin():
        pass
    sessions.close()
    assert nothing_in(told(caught.value) + repr(sessions), tmp_path)


def test_a_crash_tells_where_but_not_what(
    caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    secret = planted.TOKEN
    try:
        raise RuntimeError(secret, NAME)
    except RuntimeError as error:
        log_problem(logging.getLogger("desk_app.test"), error)
    assert "RuntimeError at" in caplog.text
    assert nothing_in(caplog.text, tmp_path)
