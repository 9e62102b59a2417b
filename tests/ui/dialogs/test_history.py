"""The history dialog: read, empty, failed; walked, copied, more asked for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from desk_app.domain import history as told
from desk_app.errors import DeskError, Unavailable
from desk_app.ui.dialogs.history import FIRST, MORE, HistoryDialog
from desk_app.ui.dialogs.history_list import Deeds
from desk_app.ui.dialogs.history_words import HistoryWords
from desk_app.ui.dialogs.ports import HistoryPorts
from tests.ui.dialogs.practice import BERLIN, HOSTILE, at
from tests.ui.dialogs.test_history_words import JONAS, place

if TYPE_CHECKING:
    from tests.ui.dialogs.conftest import Hands


class Log:
    """A log behind the port; answers when it is told to."""

    def __init__(self, *stories: told.Story | DeskError) -> None:
        self.stories = list(stories)
        self.limits: list[int] = []
        self.is_held = False
        self._held: list[Any] = []

    def read(self, limit: int, then: Any, failed: Any) -> None:
        self.limits.append(limit)
        story = self.stories.pop(0)
        answer = failed if isinstance(story, DeskError) else then
        if self.is_held:
            self._held.append((answer, story))
        else:
            answer(story)

    def release(self) -> None:
        for answer, story in self._held:
            answer(story)

    def ports(self) -> HistoryPorts:
        return HistoryPorts(self.read, BERLIN, names_visits=True)


def entries(count: int = 3) -> tuple[told.Entry, ...]:
    """Return one deed a day, from the 26th of November on."""
    return tuple(
        told.Entry(JONAS, at(9) + timedelta(days=day), told.Confirmed(), place())
        for day in range(count)
    )


def opened(hands: Hands, log: Log, title: str = "Anna Meier") -> HistoryDialog:
    dialog = HistoryDialog(title, log.ports())
    hands.open(dialog)
    return dialog


def lines(dialog: HistoryDialog) -> list[str]:
    model = dialog.deeds.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def button(dialog: HistoryDialog, text: str) -> QPushButton:
    buttons = dialog.findChildren(QPushButton)
    return next(b for b in buttons if b.text().replace("&", "") == text)


def test_days_head_what_was_done_on_them(hands: Hands) -> None:
    dialog = opened(hands, Log(told.Story(entries(2))))
    assert lines(dialog) == [
        "Thursday, 26 November 2026",
        "Confirmed",
        "Friday, 27 November 2026",
        "Confirmed",
    ]
    assert dialog.state == ""


def test_the_newest_is_in_view_and_has_the_keyboard(hands: Hands) -> None:
    dialog = opened(hands, Log(told.Story(entries(60))))
    assert dialog.deeds.hasFocus()
    assert dialog.deeds.currentIndex().row() == dialog.deeds.model().rowCount() - 1
    bar = dialog.deeds.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0
    hands.press(Qt.Key.Key_Home)
    assert bar.value() == 0


def test_waiting_is_said(hands: Hands) -> None:
    log = Log(told.Story(entries()))
    log.is_held = True
    dialog = opened(hands, log)
    assert dialog.state == "Reading the history…"
    assert not button(dialog, "Copy as text").isEnabled()
    log.release()
    assert dialog.state == ""


def test_an_answer_that_comes_after_closing_is_not_heard(hands: Hands) -> None:
    log = Log(told.Story(entries()))
    log.is_held = True
    dialog = opened(hands, log)
    hands.press(Qt.Key.Key_Escape)
    assert dialog.isHidden()
    log.release()


def test_nothing_is_said_to_be_nothing(hands: Hands) -> None:
    dialog = opened(hands, Log(told.Story()))
    assert dialog.state == "Nothing is written down about this yet."


def test_a_failure_is_said_and_can_be_tried_again(hands: Hands) -> None:
    log = Log(Unavailable(), told.Story(entries()))
    dialog = opened(hands, log)
    assert dialog.state == "The history could not be read."
    assert dialog.banner.words.title == "The database cannot be reached"
    dialog.banner.buttons[0].click()
    assert dialog.state == ""
    assert dialog.banner.words is None
    assert log.limits == [FIRST, FIRST]


def test_older_ones_are_read_when_asked_for(hands: Hands) -> None:
    older = told.Story(entries(9))
    log = Log(told.Story(entries(2), has_older=True), Unavailable(), older)
    dialog = opened(hands, log)
    more = button(dialog, "Show older")
    more.click()
    # What was read stays when the rest cannot be had.
    assert len(lines(dialog)) == 4
    dialog.banner.buttons[0].click()
    assert len(lines(dialog)) == 18
    assert not more.isVisible()
    assert log.limits == [FIRST, FIRST * MORE, FIRST * MORE]


def test_everything_is_copied_as_text(hands: Hands) -> None:
    dialog = opened(hands, Log(told.Story(entries(2))))
    button(dialog, "Copy as text").click()
    assert QApplication.clipboard().text() == (
        "Thursday, 26 November 2026\n"
        "09:00  Confirmed by Jonas Krüger · Check-up · Dr. Brandt · Tue 24 Nov, 10:00\n"
        "\n"
        "Friday, 27 November 2026\n"
        "09:00  Confirmed by Jonas Krüger · Check-up · Dr. Brandt · Tue 24 Nov, 10:00"
    )


def test_what_is_marked_is_copied_alone(hands: Hands) -> None:
    dialog = opened(hands, Log(told.Story(entries(3))))
    dialog.deeds.setCurrentIndex(dialog.deeds.model().index(3, 0))
    hands.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QApplication.clipboard().text().splitlines()
    assert copied[0] == "Friday, 27 November 2026"
    assert len(copied) == 2


def test_headings_are_read_and_not_marked(hands: Hands) -> None:
    dialog = opened(hands, Log(told.Story(entries(1))))
    dialog.deeds.selectAll()
    rows = [index.row() for index in dialog.deeds.selectedIndexes()]
    assert rows == [1]


def test_a_screen_reader_is_told_whole_sentences(hands: Hands) -> None:
    dialog = opened(hands, Log(told.Story(entries(1))))
    index = dialog.deeds.model().index(1, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith(
        "09:00  Confirmed by Jonas Krüger"
    )
    named = [w for w in dialog.findChildren(QWidget) if w.focusPolicy()]
    assert all(w.accessibleName() or getattr(w, "text", str)() for w in named)


def test_the_model_keeps_qt_s_rules(qapp: QApplication) -> None:
    deeds = Deeds(HistoryWords(BERLIN))
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(deeds, mode)
    deeds.show_entries(entries(5))
    deeds.show_entries(())
    assert tester.model() is deeds


@pytest.mark.parametrize("text", [HOSTILE, "x" * 10_000, "\u202egnihton", "a\nb"])
def test_hostile_words_are_drawn_as_words(hands: Hands, text: str) -> None:
    story = told.Story(
        tuple(
            told.Entry(told.Author(text, text), at(9), change, place(service=text))
            for change in (
                told.NoteChanged(text, text),
                told.Cancelled(None, text),
                told.ClientChanged((told.FieldChange("name", text, text),)),
            )
        )
    )
    dialog = opened(hands, Log(story), title=text)
    assert dialog.grab().height() > 0
    last = dialog.deeds.model().index(3, 0)
    assert dialog.deeds.visualRect(last).height() < 400
    assert all("\n" not in line for line in lines(dialog))


def test_narrow_or_wide_every_word_has_room(hands: Hands) -> None:
    text = "will call again when better " * 6
    story = told.Story((told.Entry(JONAS, at(9), told.Cancelled(None, text)),))
    dialog = opened(hands, Log(story))
    index = dialog.deeds.model().index(1, 0)
    dialog.resize(900, 500)
    hands.until(lambda: 0 < dialog.deeds.visualRect(index).height() < 80)
    dialog.resize(420, 500)
    hands.until(lambda: dialog.deeds.visualRect(index).height() > 80)
