"""The first start: three ways to begin, and what each of them leaves behind."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from psycopg import conninfo
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from desk_app import settings
from desk_app.domain.staff import Me
from desk_app.errors import NeedsChoice, Unavailable
from desk_app.settings import Settings
from desk_app.ui import run
from desk_app.ui.access.practice_page import PracticePage, proposed_login
from desk_app.ui.access.server_page import ServerPage
from desk_app.ui.access.ways import Attempt, Ways
from desk_app.ui.memory import Memory
from desk_app.ui.run import Program
from tests import postgres
from tests.ui.access.people import MIRIAM, OWN_PASSWORDS
from tests.ui.conftest import open_desk, press_in_focus, type_into

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desk_app.desk import Desk

Key = Qt.Key


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """Return a function that starts a program for the first time."""
    with ExitStack() as closing:

        def start(how: Ways | None = None, kept: Settings | None = None) -> Program:
            def build() -> Desk:
                raise NeedsChoice

            how = replace(how or Ways(), can_keep=lambda: False)
            program = Program(build, kept or Settings(), Memory(tmp_path), how)
            closing.callback(program.window.deleteLater)
            closing.callback(program.end)
            closing.callback(program.window.close)
            program.begin()
            qtbot.waitUntil(lambda: "Welcome" in said(program))
            return program

        yield start


def said(program: Program) -> str:
    labels = program.window.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


def fill(page: QWidget, **fields: str) -> None:
    """Type into fields that are found by their accessible names."""
    for name, text in fields.items():
        (field,) = (
            one
            for one in page.findChildren(QLineEdit)
            if one.isVisible() and one.accessibleName().lower() == name
        )
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)


def fill_server(program: Program, address: str, login: str, password: str) -> None:
    given = conninfo.conninfo_to_dict(address)
    fields = {"server": given["host"], "port": str(given["port"]), "login": login}
    fields |= {"database": str(given["dbname"]), "password": password}
    fill(program.window, **fields)


@pytest.mark.skipif(sys.platform != "linux", reason="moves the data folder by XDG")
def test_the_first_start_asks_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    build = partial(run.once_chosen, Settings(), lambda: pytest.fail("was opened"))
    program = Program(build, Settings(), Memory(tmp_path))
    program.begin()
    qtbot.waitUntil(lambda: "Welcome" in said(program))
    assert list(tmp_path.iterdir()) == []
    program.window.close()
    program.end()
    program.window.deleteLater()


def test_the_keys_alone_lead_to_a_form_and_back(
    start: Callable[..., Program],
) -> None:
    program = start()
    press_in_focus(Key.Key_Down)
    press_in_focus(Key.Key_Return)
    type_into("Praxis am Park")
    press_in_focus(Key.Key_Escape)
    assert "Welcome" in said(program)
    press_in_focus(Key.Key_Return)
    fields = program.window.findChildren(QLineEdit)
    assert "Praxis am Park" in [field.text() for field in fields if field.isVisible()]


def test_a_server_is_tried_first_and_remembered_when_it_worked(
    start: Callable[..., Program], address: str, tmp_path: Path, qtbot: QtBot
) -> None:
    program = start()
    press_in_focus(Key.Key_Up)
    press_in_focus(Key.Key_Return)
    fill(program.window, server="nowhere.invalid", login=MIRIAM)
    fill(program.window, password=OWN_PASSWORDS[MIRIAM])
    press_in_focus(Key.Key_Return)
    qtbot.waitUntil(lambda: "no computer of this name" in said(program), timeout=9_000)
    assert not (tmp_path / "settings.toml").exists()
    fill_server(program, address, MIRIAM, OWN_PASSWORDS[MIRIAM])
    press_in_focus(Key.Key_Return)
    qtbot.waitUntil(lambda: program.window.desk is not None)
    kept = settings.load(tmp_path / "settings.toml")
    assert kept.login == MIRIAM
    assert kept.database == kept.servers[0]
    assert conninfo.conninfo_to_dict(kept.database).keys() == {"host", "port", "dbname"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"password": "not this one"}, "not right"),
        ({"login": "nobody"}, "not right"),
        ({"database": "none"}, "no such database"),
        ({"port": "1"}, "no PostgreSQL answers"),
    ],
)
def test_each_failure_is_told_beside_the_form(
    start: Callable[..., Program],
    address: str,
    qtbot: QtBot,
    change: dict[str, str],
    words: str,
) -> None:
    program = start()
    program.entrance.choices.server_wanted.emit()
    fill_server(program, address, MIRIAM, OWN_PASSWORDS[MIRIAM])
    fill(program.window, **change)
    press_in_focus(Key.Key_Return)
    qtbot.waitUntil(lambda: words in said(program))
    assert "Connect to our practice’s server" in said(program)


def test_an_empty_database_is_set_up_only_when_asked(
    start: Callable[..., Program],
    url_of: Callable[[str], str],
    database_url: str,
    qtbot: QtBot,
) -> None:
    postgres.make_database(url_of, "fresh", "template1")
    program = start()
    program.entrance.choices.server_wanted.emit()
    fill_server(program, url_of("fresh"), "postgres", "not needed here")
    press_in_focus(Key.Key_Return)
    update = lambda: [  # noqa: E731
        b
        for b in program.window.findChildren(QPushButton)
        if b.isVisible() and b.text() == "Update the database"
    ]
    qtbot.waitUntil(lambda: bool(update()))
    update()[0].click()
    qtbot.waitUntil(lambda: program.window.desk is not None, timeout=15_000)
    program.window.close()
    program.end()
    postgres.drop_database(url_of, "fresh")


def test_the_demo_is_remembered_as_it_was_chosen(
    start: Callable[..., Program], database_url: str, tmp_path: Path, qtbot: QtBot
) -> None:
    def build(attempt: Attempt) -> Desk:
        return replace(open_desk(database_url), settings=attempt.settings)

    program = start(Ways(build=build))
    press_in_focus(Key.Key_Return)
    qtbot.waitUntil(lambda: program.window.desk is not None)
    assert settings.load(tmp_path / "settings.toml").demo
    assert program.window.desk.status.place == "Demo practice"


def test_a_demo_that_cannot_be_opened_leads_back(
    start: Callable[..., Program], tmp_path: Path, qtbot: QtBot
) -> None:
    def build(_attempt: Attempt) -> Desk:
        raise Unavailable

    program = start(Ways(build=build))
    press_in_focus(Key.Key_Return)
    qtbot.waitUntil(lambda: "does not answer" in said(program))
    assert "Welcome" in said(program)
    assert not (tmp_path / "settings.toml").exists()


@pytest.mark.slow
def test_a_practice_begins_with_a_name_and_a_login(
    start: Callable[..., Program], tmp_path: Path, qtbot: QtBot
) -> None:
    with postgres.reachable_folder() as folder:
        program = start(kept=Settings(data_folder=folder))
        program.entrance.choices.practice_wanted.emit()
        page = program.entrance.practice
        fill(
            page, **{"name of the practice": "Praxis am Park", "your name": "Ada Groß"}
        )
        page.protect.setChecked(True)
        fill(page, password="correct horse", **{"password once more": "correct horse"})
        press_in_focus(Key.Key_Return)
        qtbot.waitUntil(lambda: program.window.desk is not None, timeout=30_000)
        catalogue = program.window.desk.practice.catalogue
        assert catalogue.practice_name == "Praxis am Park"
        assert (catalogue.me.login, catalogue.me.name) == ("gross", "Ada Groß")
        written = (tmp_path / "settings.toml").read_text("utf-8")
        assert settings.load(tmp_path / "settings.toml").login == "gross"
        assert "correct horse" not in written
        program.window.close()
        program.end()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name of the practice": " "}, "Type the name of the practice."),
        ({"your name": " "}, "Type your name."),
        ({"password once more": "another horse"}, "Both passwords must be the same."),
        ({"login": "1"}, "A login begins with a letter"),
        (
            {"password": "short", "password once more": "short"},
            "at least 10 characters",
        ),
    ],
)
def test_what_keeps_a_practice_from_beginning_is_told_at_the_field(
    start: Callable[..., Program],
    tmp_path: Path,
    qtbot: QtBot,
    change: dict[str, str],
    words: str,
) -> None:
    program = start(kept=Settings(data_folder=tmp_path / "data"))
    program.entrance.choices.practice_wanted.emit()
    page = program.entrance.practice
    fill(page, **{"name of the practice": "Praxis", "your name": "Ada Brandt"})
    page.protect.setChecked(True)
    fill(page, password="correct horse", **{"password once more": "correct horse"})
    fill(page, **change)
    press_in_focus(Key.Key_Return)
    qtbot.waitUntil(lambda: words in said(program))
    assert not (tmp_path / "data").exists()
    assert isinstance(QApplication.focusWidget(), QLineEdit)


def test_another_practice_can_be_opened_from_the_desk(
    start: Callable[..., Program],
    address: str,
    database_url: str,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    opened: list[Desk] = []

    def build(attempt: Attempt) -> Desk:
        opened.append(replace(open_desk(database_url), settings=attempt.settings))
        return opened[-1]

    program = start(Ways(build=build))
    press_in_focus(Key.Key_Return)
    qtbot.waitUntil(lambda: program.window.desk is not None)
    before = program.window.desk
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    before.top.person.practice_wanted.emit()
    press_in_focus(Key.Key_Escape)
    assert before.isVisible()
    before.top.person.practice_wanted.emit()
    press_in_focus(Key.Key_Return)
    qtbot.waitUntil(lambda: program.window.desk is not before)
    qtbot.waitUntil(lambda: not program.calls.is_busy)
    with pytest.raises(Unavailable):
        opened[0].diary.catalogue()
    assert opened[1].access.me() == Me("postgres")


def test_a_certificate_makes_the_server_prove_itself(
    qtbot: QtBot, tmp_path: Path
) -> None:
    from desk_app import doors

    page = ServerPage()
    qtbot.addWidget(page)
    page.show()
    fill(page, server="db", login="jonas", password="a password")
    fill(page, **{"certificate of the practice": str(tmp_path / "practice.crt")})
    page.submit()
    labels = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert "There is no such file." in labels
    (tmp_path / "practice.crt").touch()
    with qtbot.waitSignal(page.wanted) as wanted:
        page.submit()
    there = wanted.args[0]
    address = doors.server_address(
        there.host, there.port, there.database, there.certificate
    )
    assert "sslmode=verify-full" in address
    assert settings.has_password(address) is False


@pytest.mark.parametrize(
    ("name", "login"),
    [
        ("Ada Groß", "gross"),
        ("José Núñez", "nunez"),
        ("  ", ""),
        ("عائشة", ""),
        ("Ada 2nd", "nd"),
    ],
)
def test_a_login_is_proposed_from_the_name(name: str, login: str) -> None:
    assert proposed_login(name) == login


def test_a_login_that_somebody_typed_stays(qtbot: QtBot) -> None:
    page = PracticePage()
    qtbot.addWidget(page)
    page.show()
    page.protect.setChecked(True)
    fill(page, **{"your name": "Ada Brandt"})
    fill(page, login="boss")
    fill(page, **{"your name": "Ada Groß"})
    fields = [f.text() for f in page.findChildren(QLineEdit) if f.isVisible()]
    assert "boss" in fields
