"""Writes the note of an appointment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.domain.deeds import NoteRequest
from desk_app.errors import Invalid
from desk_app.ui import notices
from desk_app.ui.dialogs import visit_words
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.frame import DeskDialog, Verbs
from desk_app.ui.dialogs.heading import Heading
from desk_app.ui.dialogs.note import NoteEdit
from desk_app.ui.dialogs.ports import Unsettled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from desk_app.errors import DeskError
    from desk_app.ui.dialogs.asking import Asking
    from desk_app.ui.dialogs.ports import Screen
    from desk_app.ui.my_day.ports import NotePorts

LINES, WIDE = 6, 440


class NoteDialog(DeskDialog):
    """One field; Enter saves, Shift+Enter begins a line."""

    def __init__(
        self,
        appointment: Appointment,
        screen: Screen,
        ports: NotePorts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_verbs(), parent)
        self._appointment, self._screen = appointment, screen
        self._desk = self.wire(ports.note, ports.patience)
        self._build()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        appointment: Appointment,
        screen: Screen,
        ports: NotePorts,
    ) -> Appointment | None:
        """Return the appointment with its new note, or None."""
        dialog = cls(appointment, screen, ports, parent)
        dialog.exec()
        dialog.deleteLater()
        answer: Appointment | None = dialog.answer
        return answer

    def is_touched(self) -> bool:
        """Say whether the note is another one."""
        return self.note.toPlainText().strip() != self._appointment.notes

    def submit(self) -> None:
        """Save the note, or just close if it is the same."""
        if not self.is_touched():
            self.done(0)
            return
        number, version = self._appointment.appointment_id, self._appointment.version
        notes = self.note.toPlainText().strip()
        self.send(NoteRequest(self._desk.key, number, version, notes))

    def show_refusal(self, error: DeskError) -> None:
        """Say it below the note, or above the buttons."""
        if isinstance(error, Invalid):
            self._complaint.say(notices.words(error).text)
        else:
            super().show_refusal(error)

    def unsettled(self, asking: Asking) -> Unsettled:
        """Name the visit."""
        return Unsettled(asking, visit_words.visit(self._appointment, self._screen))

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Note"))
        heading = Heading(self._screen)
        heading.show_appointment(self._appointment)
        self.header.addWidget(heading)
        self.note = NoteEdit(LINES)
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setPlainText(self._appointment.notes)
        self._complaint = Complaint(self.note)
        label = PlainLabel(self.tr("&Note"))
        label.setBuddy(self.note)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(20, 0, 20, 0)
        column.setSpacing(6)
        for widget in (label, self.note, self._complaint):
            column.addWidget(widget)
        self.body.setMinimumWidth(WIDE * self.fontMetrics().height() // 16)
        self.note.refused.connect(self._complaint.say)
        self.note.textChanged.connect(self._complaint.clear_words)
        self.note.textChanged.connect(self.stay)
        self.note.setFocus()
        self.note.selectAll()


def _verbs() -> Verbs:
    translate = QCoreApplication.translate
    return Verbs(
        go=translate("NoteDialog", "&Save"),
        busy=translate("NoteDialog", "Saving…"),
        leave=translate("NoteDialog", "Close"),
    )
