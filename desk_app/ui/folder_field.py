"""A field for a folder, with a button that lets it be looked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desk_app.errors import Invalid
from desk_app.ui import notices
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from desk_app.errors import DeskError


def open_outside(path: Path) -> None:
    """Show a file or a folder with whatever the computer shows such things."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def usual_folder() -> Path:
    """Return the folder of a person's documents."""
    places = QStandardPaths.StandardLocation
    return Path(QStandardPaths.writableLocation(places.DocumentsLocation) or "~")


class FolderField(QWidget):
    """Begins with the folder of a person's documents; says what is wrong below.

    Signals:
        edited: there is another folder in it.
    """

    edited = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._build()
        self._connect()

    @property
    def field(self) -> QLineEdit:
        """The field itself."""
        return self._field

    @property
    def complaint(self) -> str:
        """What is said to be wrong with the folder."""
        return self._complaint.text()

    def folder(self) -> Path | None:
        """Return the folder, None after saying that one is missing."""
        self._complaint.clear_words()
        typed = self._field.text().strip()
        if not typed:
            self._complaint.say(self.tr("Choose a folder."))
            return None
        return Path(typed).expanduser()

    def show_refusal(self, error: DeskError) -> bool:
        """Say what is wrong, if it is about the folder."""
        is_mine = isinstance(error, Invalid) and error.field == "folder"
        if is_mine:
            self._complaint.say(notices.words(error).text)
        return is_mine

    def _build(self) -> None:
        label = PlainLabel(self.tr("&Folder"))
        self._field = QLineEdit(str(usual_folder().expanduser()))
        self._field.setAccessibleName(self.tr("Folder"))
        label.setBuddy(self._field)
        self._choose = PromptButton(self.tr("C&hoose…"))
        self._choose.setAutoDefault(False)
        self._complaint = Complaint(self._field)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._field, 1)
        row.addWidget(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        column.addLayout(row)
        column.addWidget(self._complaint)
        self.setFocusProxy(self._field)

    def _connect(self) -> None:
        self._choose.clicked.connect(self._on_choose)
        self._field.textEdited.connect(self._complaint.clear_words)
        self._field.textChanged.connect(self.edited)

    @Slot()
    def _on_choose(self) -> None:
        before = self._field.text()
        chosen = QFileDialog.getExistingDirectory(self, self._title, before)
        if chosen:
            self._complaint.clear_words()
            self._field.setText(chosen)
