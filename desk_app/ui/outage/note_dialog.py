"""Notes what is to be booked or settled once the server is back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from desk_app.domain.kept import LONGEST_NOTE, Noted
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.frame import DeskDialog, Verbs
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.note import NoteEdit
from desk_app.ui.dialogs.ports import PATIENCE
from desk_app.ui.plain import PlainLabel
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from desk_app.errors import DeskError
    from desk_app.ui.around import Port

LONGEST = 200
WIDE = 460


class NoteDialog(DeskDialog):
    """Words as they were said; nothing is checked before the server is back."""

    def __init__(self, note: Port, parent: QWidget | None = None) -> None:
        super().__init__(_verbs(), parent)
        self._note_id = uuid4()
        self.wire(note, PATIENCE)
        self._build()
        self.client.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, note: Port) -> Noted | None:
        """Return what was noted, None for nothing."""
        dialog = cls(note, parent)
        dialog.exec()
        dialog.deleteLater()
        noted: Noted | None = dialog.answer
        return noted

    def is_touched(self) -> bool:
        """Say whether something was typed."""
        return any((*(field.text() for field in self._fields), self.text.toPlainText()))

    def submit(self) -> None:
        """Write it down, whatever it is, unless it is nothing."""
        if not self.is_touched():
            self.complaint.say(self.tr("Type at least who it is about."))
            return
        client, phone, what, when = (field.text().strip() for field in self._fields)
        text = self.text.toPlainText().strip()[:LONGEST_NOTE]
        now = datetime.now(UTC)
        self.send(Noted(self._note_id, now, client, phone, what, when, text))

    def show_refusal(self, error: DeskError) -> None:
        """Say why nothing was written; what was typed stays."""
        title = self.tr("This cannot be noted here")
        step = self.tr("Write it on paper.")
        self.banner.say(Words(title, str(error), step, Tone.ERROR))

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Note for later"))
        title, line = PlainLabel(self.tr("Note for later")), PlainLabel()
        sized(title, 1.25, bold=True)
        set_ink(line, Ink.MUTED)
        line.setText(self.tr("Kept sealed on this desk, checked when you book it."))
        line.setWordWrap(True)
        self.header.addWidget(title)
        self.header.addWidget(line)
        self.client, self.phone = QLineEdit(), QLineEdit()
        self.what, self.when = QLineEdit(), QLineEdit()
        self._fields = (self.client, self.phone, self.what, self.when)
        self.text = NoteEdit(3)
        self.complaint = Complaint(self.client)
        form = QFormLayout(self.body)
        form.setContentsMargins(20, 0, 20, 0)
        form.setSpacing(8)
        names = (
            self.tr("&Client"),
            self.tr("&Phone"),
            self.tr("&What for"),
            self.tr("W&hen"),
        )
        for name, field in zip(names, self._fields, strict=True):
            field.setMaxLength(LONGEST)
            self._add(form, name, field)
        self.when.setPlaceholderText(self.tr("in words: Friday after 15:00"))
        self._add(form, self.tr("N&ote"), self.text)
        too_long = Complaint(self.text)
        self.text.refused.connect(too_long.say)
        self.text.textChanged.connect(too_long.clear_words)
        form.addRow(too_long)
        form.addRow(self.complaint)
        self.setMinimumWidth(WIDE)

    def _add(self, form: QFormLayout, name: str, field: QWidget) -> None:
        label = PlainLabel(name)
        label.setBuddy(field)
        field.setAccessibleName(name.replace("&", ""))
        form.addRow(label, field)


def _verbs() -> Verbs:
    translate = QCoreApplication.translate
    return Verbs(
        go=translate("NoteDialog", "Note it"),
        busy=translate("NoteDialog", "Writing…"),
        leave=translate("NoteDialog", "Close"),
    )
