"""Work off the GUI thread: where answers arrive, and when they do not."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QObject, Slot

from desk_app.errors import Stale
from desk_app.ui.calls import Calls, InternalProblem

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Person(QObject):
    """Waits for answers and remembers on which thread they came."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[Any] = []
        self.errors: list[Any] = []
        self.threads: set[int] = set()

    @Slot(object)
    def then(self, answer: object) -> None:
        self.threads.add(threading.get_ident())
        self.answers.append(answer)

    @Slot(object)
    def failed(self, error: object) -> None:
        self.threads.add(threading.get_ident())
        self.errors.append(error)


@pytest.fixture
def person() -> Person:
    return Person()


def raising(error: Exception) -> None:
    raise error


def test_the_answer_comes_on_the_gui_thread(
    calls: Calls, person: Person, qtbot: QtBot
) -> None:
    calls.run(threading.get_ident, then=person.then, failed=person.failed)
    qtbot.waitUntil(lambda: bool(person.answers))
    assert person.answers != [threading.get_ident()]
    assert person.threads == {threading.get_ident()}


def test_a_known_error_goes_to_failed(
    calls: Calls, person: Person, qtbot: QtBot
) -> None:
    error = Stale()
    calls.run(raising, error, then=person.then, failed=person.failed)
    qtbot.waitUntil(lambda: person.errors == [error])
    assert not person.answers


def test_an_unknown_error_is_logged_without_its_text(
    calls: Calls, person: Person, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    error = ValueError("Anna Weiß has measles")
    calls.run(raising, error, then=person.then, failed=person.failed)
    qtbot.waitUntil(lambda: bool(person.errors))
    assert isinstance(person.errors[0], InternalProblem)
    assert "ValueError at raising" in caplog.text
    assert "Anna" not in caplog.text


def test_a_later_call_of_the_same_kind_replaces_an_earlier_one(
    calls: Calls, person: Person, qtbot: QtBot
) -> None:
    typed = threading.Event()
    calls.run(typed.wait, 5, then=person.then, failed=person.failed, replaces="find")
    for text in ("a", "an", "ann"):
        calls.run(str, text, then=person.then, failed=person.failed, replaces="find")
    typed.set()
    qtbot.waitUntil(lambda: not calls.is_busy)
    assert person.answers == ["ann"]


def test_other_kinds_are_not_replaced(
    calls: Calls, person: Person, qtbot: QtBot
) -> None:
    for key in ("days", "clients", None, None):
        calls.run(str, key, then=person.then, failed=person.failed, replaces=key)
    qtbot.waitUntil(lambda: not calls.is_busy)
    assert sorted(person.answers) == ["None", "None", "clients", "days"]


def test_who_is_gone_gets_no_answer(calls: Calls, person: Person, qtbot: QtBot) -> None:
    heard: list[object] = []
    gone, may_answer = QObject(), threading.Event()
    calls.run(may_answer.wait, 5, then=heard.append, failed=heard.append, owner=gone)
    with qtbot.waitSignal(gone.destroyed):
        gone.deleteLater()
    may_answer.set()
    qtbot.waitUntil(lambda: not calls.is_busy)
    assert not heard


def test_closing_waits_and_nothing_follows(person: Person, qtbot: QtBot) -> None:
    calls = Calls()
    done = threading.Event()
    calls.run(done.set, then=person.then, failed=person.failed)
    assert calls.close()
    calls.run(str, then=person.then, failed=person.failed)
    qtbot.wait(20)
    assert done.is_set()
    assert not person.answers
