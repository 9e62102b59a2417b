"""Exporting: a folder is asked for, and where the files are is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit

from desk_app.errors import Invalid, Unavailable
from desk_app.ui.clients.export import ExportDialog
from desk_app.ui.clients.ports import ExportWish, Named
from tests.ui.clients.archive import ANNA
from tests.ui.dialogs.practice import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.clients.archive import Archive
    from tests.ui.dialogs.conftest import Hands


def opened(hands: Hands, archive: Archive, client: Named = ANNA) -> ExportDialog:
    dialog = ExportDialog(client, archive.ports())
    hands.open(dialog)
    return dialog


def fill(dialog: ExportDialog, text: str) -> None:
    dialog.folder.setText(text)
    dialog.folder.textEdited.emit(text)


def test_enter_writes_into_the_folder_that_stands_there(
    hands: Hands, archive: Archive
) -> None:
    dialog = opened(hands, archive)
    fill(dialog, str(archive.folder))
    hands.enter()
    assert archive.wishes == [ExportWish(1, archive.folder)]
    assert dialog.isVisible()
    assert dialog.banner.words.title == "Exported"
    assert "client-1-2026-11-24.html and client-1-2026-11-24.json" in (
        dialog.banner.words.text
    )
    hands.enter()
    assert dialog.isHidden()


def test_the_page_and_its_folder_can_be_opened(hands: Hands, archive: Archive) -> None:
    dialog = opened(hands, archive)
    fill(dialog, str(archive.folder))
    hands.enter()
    for button in dialog.banner.buttons:
        button.click()
    page = archive.folder / "client-1-2026-11-24.html"
    assert archive.shown == [page, archive.folder]


def test_without_a_folder_nothing_is_asked(hands: Hands, archive: Archive) -> None:
    dialog = opened(hands, archive)
    fill(dialog, "   ")
    hands.enter()
    assert dialog.complaint == "Choose a folder."
    assert archive.wishes == []


def test_what_is_wrong_with_the_folder_is_said_at_the_field(
    hands: Hands, archive: Archive
) -> None:
    archive.failures = [Invalid("folder", "There is not enough room in this folder.")]
    dialog = opened(hands, archive)
    fill(dialog, str(archive.folder))
    hands.enter()
    assert dialog.complaint == "There is not enough room in this folder."
    assert dialog.folder.hasFocus()
    fill(dialog, "/elsewhere")
    assert dialog.complaint == ""


def test_another_failure_is_said_above_the_buttons(
    hands: Hands, archive: Archive
) -> None:
    archive.failures = [Unavailable()]
    dialog = opened(hands, archive)
    hands.enter()
    assert dialog.banner.words.title == "The database cannot be reached"
    assert dialog.buttons[0].isEnabled()


def test_while_it_is_written_the_dialog_stays(hands: Hands, archive: Archive) -> None:
    archive.hold()
    dialog = opened(hands, archive)
    hands.enter()
    assert dialog.buttons[0].text() == "Exporting…"
    hands.press(Qt.Key.Key_Escape)
    assert dialog.isVisible()
    archive.release()
    assert dialog.banner.words.title == "Exported"


def test_a_folder_can_be_chosen(hands: Hands, archive: Archive, tmp_path: Path) -> None:
    dialog = opened(hands, archive)
    fill(dialog, str(tmp_path))
    (tmp_path / "exports").mkdir()

    def person() -> None:
        asked = QApplication.activeModalWidget()
        assert isinstance(asked, QFileDialog)
        asked.findChild(QLineEdit).setText("exports")
        asked.accept()

    QTimer.singleShot(200, person)
    hands.press(Qt.Key.Key_H, Qt.KeyboardModifier.AltModifier)
    assert dialog.folder.text() == str(tmp_path / "exports")


def test_a_name_is_text(hands: Hands, archive: Archive) -> None:
    dialog = opened(hands, archive, Named(1, HOSTILE))
    assert any(HOSTILE in label.text() for label in dialog.findChildren(QLabel))
    assert HOSTILE not in dialog.windowTitle()
    for label in dialog.findChildren(QLabel):
        assert not label.text() or label.textFormat() is Qt.TextFormat.PlainText
