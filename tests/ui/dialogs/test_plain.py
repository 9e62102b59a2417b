"""What people typed is shown as it is: in labels, boxes and tool tips."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import Qt as RichText
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox

from desk_app.ui import plain

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

HOSTILE = '<img src="/x.png"><b>Ann</b> &amp; & co\n<i>second line'


@pytest.mark.parametrize("make", [plain.PlainLabel, plain.ElidedLabel])
def test_labels_never_guess(qtbot: QtBot, make: type[plain.PlainLabel]) -> None:
    label = make(HOSTILE)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    label.setText("<b>again</b>")
    assert label.text() == "<b>again</b>"


@pytest.mark.parametrize("text", [HOSTILE, "a<b", "Tom & Jerry &lt;3", "two\nlines"])
def test_a_tool_tip_draws_exactly_its_text(text: str) -> None:
    assert RichText.mightBeRichText(plain.tool_tip(text))
    document = QTextDocument()
    document.setHtml(plain.tool_tip(text))
    assert document.toPlainText().replace("\u2028", "\n") == text


def test_no_text_is_no_tool_tip() -> None:
    assert plain.tool_tip("") == ""


def test_a_tool_tip_has_an_end() -> None:
    assert len(plain.tool_tip("x" * 100_000)) < 1_100


def test_a_name_in_a_button_keeps_its_ampersand() -> None:
    assert plain.without_mnemonic("Lee & Sons") == "Lee && Sons"


def test_a_cut_label_keeps_the_whole_text_in_its_tool_tip(qtbot: QtBot) -> None:
    label = plain.ElidedLabel("a long name that does not fit <b>")
    qtbot.addWidget(label)
    label.resize(40, 20)
    label.show()
    assert "does not fit &lt;b&gt;" in label.toolTip()
    label.resize(2000, 20)
    assert label.toolTip() == ""


def test_every_text_of_a_message_box_is_plain(qtbot: QtBot) -> None:
    box = plain.message_box(None, "Title", HOSTILE)
    qtbot.addWidget(box)
    box.setInformativeText(HOSTILE)
    for label in box.findChildren(QLabel):
        if label.text():
            assert label.textFormat() is Qt.TextFormat.PlainText


@pytest.mark.parametrize(("press", "answer"), [("Delete", True), ("Keep", False)])
def test_a_question_answers_what_its_button_says(
    qtbot: QtBot, press: str, *, answer: bool
) -> None:
    def person() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(b for b in box.buttons() if b.text() == press).click()

    QTimer.singleShot(0, person)
    question = plain.Question("Sure?", HOSTILE, "Delete", "Keep", HOSTILE)
    assert plain.ask(None, question) is answer


def test_closing_a_question_means_no(qtbot: QtBot) -> None:
    QTimer.singleShot(0, lambda: QApplication.activeModalWidget().close())
    assert plain.ask(None, plain.Question("Sure?", "", "Delete", "Keep")) is False
