"""Exports what is kept about a client: into which folder, and where the files are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.domain.rights import Saved
from desk_app.ui.clients.ports import ExportWish
from desk_app.ui.dialogs.frame import DeskDialog, Verbs
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.ports import PATIENCE
from desk_app.ui.folder_field import FolderField
from desk_app.ui.notice_bar import Action
from desk_app.ui.phrases import filled
from desk_app.ui.plain import ElidedLabel, PlainLabel
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QLineEdit

    from desk_app.errors import DeskError
    from desk_app.ui.clients.ports import ClientPorts, Named

WIDE = 520


class ExportDialog(DeskDialog):
    """Asks for a folder; stays open to show what was written."""

    def __init__(
        self, client: Named, ports: ClientPorts, parent: QWidget | None = None
    ) -> None:
        super().__init__(_verbs(), parent)
        self._client, self._ports = client, ports
        self.wire(ports.save, PATIENCE)
        self._build()

    @classmethod
    def ask(cls, parent: QWidget | None, client: Named, ports: ClientPorts) -> None:
        """Let a person export a client."""
        dialog = cls(client, ports, parent)
        dialog.exec()
        dialog.deleteLater()

    @property
    def folder(self) -> QLineEdit:
        """The field for the folder."""
        return self._place.field

    @property
    def complaint(self) -> str:
        """What is said to be wrong with the folder."""
        return self._place.complaint

    def submit(self) -> None:
        """Write the files."""
        folder = self._place.path()
        if folder is None:
            self.grow()
            return
        self.send(ExportWish(self._client.client_id, folder))

    def show_refusal(self, error: DeskError) -> None:
        """Say at the field what is wrong with the folder, else above the buttons."""
        if not self._place.show_refusal(error):
            super().show_refusal(error)
        self.grow()

    def accept(self) -> None:
        """Say where the files are, once they are written."""
        saved = self.answer
        if not isinstance(saved, Saved):
            super().accept()
            return
        for widget in self.body.findChildren(QWidget):
            widget.hide()
        names = filled(self.tr("%1 and %2"), saved.page.name, saved.data.name)
        text = filled(self.tr("%1 are in %2."), names, str(saved.page.parent))
        words = Words(self.tr("Exported"), text, self._advice(), Tone.SUCCESS)
        actions = (
            Action(self.tr("Open the page"), lambda: self._show(saved.page)),
            Action(self.tr("Open the folder"), lambda: self._show(saved.page.parent)),
        )
        self.banner.say(words, actions)
        go, leave = self.buttons
        go.hide()
        leave.setText(self.tr("Close"))
        self.make_default(leave)
        leave.setFocus()
        self.grow()

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Export a client’s data"))
        name = ElidedLabel(filled(self.tr("Export %1"), self._client.name))
        sized(name, 1.3, bold=True)
        self.header.addWidget(name)
        about = PlainLabel(
            self.tr(
                "Everything that is kept about this client: their data, all"
                " appointments, the waiting list, messages, and who changed what."
                " One page to read and print, and one file for programs."
            )
        )
        about.setWordWrap(True)
        advice = PlainLabel(self._advice())
        advice.setWordWrap(True)
        set_ink(advice, Ink.MUTED)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(20, 0, 20, 0)
        column.setSpacing(12)
        column.addWidget(about)
        self._place = FolderField(self.tr("Folder for the export"))
        column.addWidget(self._place)
        column.addWidget(advice)
        self.body.setMinimumWidth(WIDE * self.fontMetrics().height() // 16)
        self._place.setFocus()

    def _advice(self) -> str:
        return self.tr(
            "Only you may open the files. Delete them when the client has them."
        )

    def _show(self, path: Path) -> None:
        self._ports.show_file(path)


def _verbs() -> Verbs:
    translate = QCoreApplication.translate
    return Verbs(
        go=translate("ExportDialog", "&Export"),
        busy=translate("ExportDialog", "Exporting…"),
        leave=translate("ExportDialog", "Cancel"),
    )
