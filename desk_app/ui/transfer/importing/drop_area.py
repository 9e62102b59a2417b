"""The place where a file is dropped, or looked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.ui.admin.form import hint
from desk_app.ui.dialogs.inks import set_rule, sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.folder_field import usual_folder
from desk_app.ui.plain import PlainLabel
from desk_app.ui.transfer.importing.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent


class DropArea(QFrame):
    """Takes one file of this computer.

    Signals:
        chosen: a file was dropped or looked for (Path).
        example_wanted: somebody wants to see it work first.
    """

    chosen = Signal(object)
    example_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setObjectName("dropArea")
        self._build()
        self.browse.clicked.connect(self._on_browse)
        self.example.clicked.connect(self.example_wanted)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what is a file of this computer."""
        if _file_of(event) is not None:
            event.acceptProposedAction()
            set_rule(self, "over", value=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Look as before."""
        set_rule(self, "over", value=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Choose the file."""
        set_rule(self, "over", value=False)
        path = _file_of(event)
        if path is not None:
            event.acceptProposedAction()
            self.chosen.emit(path)

    def _build(self) -> None:
        title = PlainLabel(tr("Drop the file here, or choose it"))
        sized(title, 1.15, bold=True)
        about = hint(
            tr(
                "A CSV file, as Excel and other programs save it. How it is written is"
                " recognised; you look at it before anything is saved."
            )
        )
        about.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.browse = PromptButton(tr("Choose a &file…"))
        self.example = PromptButton(tr("&Try with an example"))
        self.example.setAutoDefault(False)
        keys = QHBoxLayout()
        keys.setSpacing(10)
        keys.addStretch(1)
        keys.addWidget(self.browse)
        keys.addWidget(self.example)
        keys.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 20)
        column.setSpacing(8)
        column.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(about)
        column.addSpacing(4)
        column.addLayout(keys)

    @Slot()
    def _on_browse(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            tr("Choose the file to import"),
            str(usual_folder().expanduser()),
            tr("CSV files (*.csv *.txt *.tsv *.tab);;All files (*)"),
        )
        if chosen:
            self.chosen.emit(Path(chosen))


def _file_of(event: QDropEvent) -> Path | None:
    """Return the one file that is carried, None for anything else."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.is_file() else None
