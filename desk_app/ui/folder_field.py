"""Fields for a folder or a file, with a button that lets it be looked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QStandardPaths, QUrl, Signal, Slot
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


class PathField(QWidget):
    """A field for a place on this computer; says what is wrong with it below.

    `label` stands above it, `title` on the window in which it is looked for, and the
    practice calls it `name` where it refuses it.

    Signals:
        edited: something else stands in it.
    """

    edited = Signal()
    name = ""

    def __init__(self, label: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._build(label)
        self._connect()

    def look_for(self, title: str, before: str) -> str:
        """Let somebody look for it; return "" if they did not choose."""
        raise NotImplementedError

    def missing(self) -> str:
        """Return what to say where nothing stands in it."""
        raise NotImplementedError

    @property
    def field(self) -> QLineEdit:
        """The field itself."""
        return self._field

    @property
    def complaint(self) -> str:
        """What is said to be wrong with it."""
        return self._complaint.text()

    def path(self) -> Path | None:
        """Return the place, None after saying that one is missing."""
        self._complaint.clear_words()
        typed = self._field.text().strip()
        if not typed:
            self._complaint.say(self.missing())
            return None
        return Path(typed).expanduser()

    def show_refusal(self, error: DeskError) -> bool:
        """Say what is wrong, if it is about this place."""
        is_mine = isinstance(error, Invalid) and error.field == self.name
        if is_mine:
            self._complaint.say(notices.words(error).text)
        return is_mine

    def _build(self, text: str) -> None:
        label = PlainLabel(text)
        self._field = QLineEdit()
        self._field.setAccessibleName(text.replace("&", ""))
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
        chosen = self.look_for(self._title, self._field.text())
        if chosen:
            self._complaint.clear_words()
            self._field.setText(chosen)


class FolderField(PathField):
    """A folder; at first that of a person's documents."""

    name = "folder"

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        text = QCoreApplication.translate("PathField", "&Folder")
        super().__init__(text, title, parent)
        self.field.setText(str(usual_folder().expanduser()))

    def look_for(self, title: str, before: str) -> str:
        """Let somebody look for a folder."""
        return QFileDialog.getExistingDirectory(self, title, before)

    def missing(self) -> str:
        """Ask for a folder."""
        return self.tr("Choose a folder.")


class FileField(PathField):
    """A file to read; `kinds` is the filter of the window it is looked for in."""

    name = "file"

    def __init__(
        self, label: str, title: str, kinds: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(label, title, parent)
        self._kinds = kinds

    def look_for(self, title: str, before: str) -> str:
        """Let somebody look for a file."""
        beside = before or str(usual_folder().expanduser())
        chosen, _ = QFileDialog.getOpenFileName(self, title, beside, self._kinds)
        return chosen

    def missing(self) -> str:
        """Ask for a file."""
        return self.tr("Choose a file.")
