"""Every field of every screen takes a text at once, or says why it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.hostile import markup
from tests.hostile.freeze import Turns, assert_no_freeze
from tests.hostile.hands import complaints, paste
from tests.hostile.screens import SCREENS, Scene
from tests.hostile.texts import ORDINARY, TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtWidgets import QWidget

    from desk_app.ui.front_desk import FrontDesk
    from tests.hostile.stage import Stage

pytestmark = pytest.mark.qt_log_ignore("OpenType support missing", extend=True)

# Those that harm a field, not what is made of what stands in it.
HARMFUL = {"picture", "every-c0", "many-emoji", "many-lines", "megabyte"}


def fields(*windows: QWidget) -> Iterator[QLineEdit | QPlainTextEdit]:
    """Yield every field in which a person can type."""
    for widget in markup.widgets(*windows):
        is_field = isinstance(widget, QLineEdit | QPlainTextEdit)
        if is_field and widget.isEnabled() and not widget.isReadOnly():
            yield widget


def fill(scene: Scene, name: str, texts: Sequence[str]) -> int:
    """Paste each text into every field of a screen; return how many fields it has."""
    found = set()
    for _ in SCREENS[name].open(scene):
        for field in fields(*scene.windows):
            found.add(field)
            for text in texts:
                replace(scene, field, text)
    scene.close()
    return len(found)


def replace(scene: Scene, field: QLineEdit | QPlainTextEdit, text: str) -> None:
    """Paste a text over what stands in a field, and see what became of it."""
    before = content(field)

    def act(turns: Turns) -> None:
        field.selectAll()
        with turns.turn():
            paste(field, text)

    assert_no_freeze(act)
    assert markup.risks(*scene.windows) == []
    is_refused = any(field in complaints(window) for window in scene.windows)
    # What nobody sees yet complains where nobody sees it.
    is_kept_out = not field.isVisible() and content(field) == before
    assert is_refused or is_kept_out or stands_in(field, text)


def stands_in(field: QLineEdit | QPlainTextEdit, text: str) -> bool:
    """Say whether a field holds the text, or as much as it takes."""
    if isinstance(field, QPlainTextEdit):
        return letters(text) == letters(content(field))
    takes_numbers = isinstance(field.parent(), QAbstractSpinBox) or field.validator()
    return bool(takes_numbers) or letters(text).startswith(letters(field.text()))


def content(field: QLineEdit | QPlainTextEdit) -> str:
    """Return what stands in a field."""
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    return field.text()


def letters(text: str) -> str:
    return "".join(text.split())


@pytest.fixture
def counted(
    stage: Stage, desk: FrontDesk, request: pytest.FixtureRequest
) -> Callable[..., int]:
    """Return the function that fills the fields of a screen and counts them."""
    stage.rename(ORDINARY.text)

    def count(name: str, *texts: str) -> int:
        scene = Scene(stage, ORDINARY.text, desk, QtBot(request), Turns())
        return fill(scene, name, texts)

    return count


@pytest.mark.parametrize("name", SCREENS)
def test_every_field_takes_a_text_at_once(
    counted: Callable[..., int], name: str, pytestconfig: pytest.Config
) -> None:
    everything = pytestconfig.getoption("--hostile-all")
    texts = [text.text for text in TEXTS if everything or text.name in HARMFUL]
    counted(name, ORDINARY.text, *texts)


def test_the_fields_of_the_program_are_found(counted: Callable[..., int]) -> None:
    assert counted("booking", "x") >= 5
    for name in ("cancel", "signing in", "somebody of the staff", "export"):
        assert counted(name, "x")
