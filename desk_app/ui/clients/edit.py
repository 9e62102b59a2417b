"""Changes what is written about a client; what nobody touched is not written."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from desk_app.errors import Stale
from desk_app.ui.admin.form import FormDialog
from desk_app.ui.clients import file_words
from desk_app.ui.clients.file_ports import ChangeWish, FileWish
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.frame import Verbs
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.dialogs.note import NoteEdit
from desk_app.ui.dialogs.prompt import PromptCheck
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel, shortened
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from desk_app.domain.client_file import ClientDetails, ClientFile
    from desk_app.errors import DeskError
    from desk_app.ui.clients.file_ports import FilePorts

WIDE = 520
LONGEST = 400


class EditClientDialog(FormDialog):
    """All fields; those that this login may not write are there to read."""

    def __init__(
        self, file: ClientFile, ports: FilePorts, parent: QWidget | None = None
    ) -> None:
        super().__init__(_verbs(), parent)
        self._file, self._ports = file, ports
        self._known = file.details
        self.wire(ports.change, ports.patience)
        self._line = Latest(ports.read, self._on_read, super().show_refusal, self)
        self._stale = ""
        self._build()

    @classmethod
    def ask(
        cls, parent: QWidget | None, file: ClientFile, ports: FilePorts
    ) -> ClientDetails | None:
        """Return what stands now, or None if nothing was saved."""
        dialog = cls(file, ports, parent)
        dialog.exec()
        dialog.deleteLater()
        answer: ClientDetails | None = dialog.answer
        return answer

    @property
    def lines(self) -> dict[str, QLineEdit]:
        """The fields of one line by their name in `ClientDetails`."""
        return self._lines

    @property
    def note(self) -> NoteEdit:
        """The note."""
        return self._note

    @property
    def consents(self) -> dict[str, PromptCheck]:
        """The ticks by their name in `ClientDetails`."""
        return self._consents

    def is_touched(self) -> bool:
        """Say whether anything differs from what was there."""
        return self._wanted() != self._known

    def submit(self) -> None:
        """Save; what is wrong the practice knows."""
        for complaint in self.complaints.values():
            complaint.clear_words()
        self.send(ChangeWish(self._known, self._wanted()))

    def show_refusal(self, error: DeskError) -> None:
        """Show what another desk has written meanwhile; else say it at the field."""
        if isinstance(error, Stale) and error.field:
            self._stale = error.field
            self._line.ask(FileWish(self._known.client_id))
        else:
            super().show_refusal(error)

    def _build(self) -> None:
        title = filled(self.tr("Change %1"), self._known.name)
        self.setWindowTitle(self.tr("Change a client"))
        self.build_head(title, file_words.why_read_only(self._file))
        column = self.build_column(WIDE)
        self._lines: dict[str, QLineEdit] = {}
        self._consents: dict[str, PromptCheck] = {}
        form = QGridLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(6)
        form.setColumnStretch(1, 1)
        for name, label, about in _fields():
            self._add_line(form, name, label, about)
        self._add_consents(form)
        self._add_note(form)
        column.addLayout(form)
        self._order_tabs()

    def _add_line(self, form: QGridLayout, name: str, label: str, about: str) -> None:
        field = self._lines[name] = QLineEdit(getattr(self._known, name))
        field.setMaxLength(LONGEST)
        field.setPlaceholderText(about)
        field.setAccessibleName(label.replace("&", ""))
        field.setReadOnly(name not in self._file.may_change)
        field.setCursorPosition(0)
        complaint = self.complaints[name] = Complaint(field)
        field.textEdited.connect(complaint.clear_words)
        self._add(form, label, field, complaint)

    def _add_consents(self, form: QGridLayout) -> None:
        row = QHBoxLayout()
        row.setSpacing(16)
        for name, label in (
            ("consent_email", self.tr("e-mai&l")),
            ("consent_sms", self.tr("te&xt message")),
            ("consent_push", self.tr("p&ush message")),
        ):
            tick = self._consents[name] = PromptCheck(label)
            tick.setChecked(getattr(self._known, name))
            tick.setEnabled(name in self._file.may_change)
            spoken = self.tr("May be sent: %1")
            tick.setAccessibleName(filled(spoken, label.replace("&", "")))
            row.addWidget(tick)
        row.addStretch(1)
        number = form.rowCount()
        form.addWidget(PlainLabel(self.tr("May be sent")), number, 0)
        form.addLayout(row, number, 1)

    def _add_note(self, form: QGridLayout) -> None:
        self._note = NoteEdit(4)
        self._note.setPlainText(self._known.notes)
        self._note.setAccessibleName(self.tr("Note"))
        self._note.setReadOnly("notes" not in self._file.may_change)
        complaint = self.complaints["notes"] = Complaint(self._note)
        self._note.textChanged.connect(complaint.clear_words)
        self._note.refused.connect(complaint.say)
        self._add(form, self.tr("No&te"), self._note, complaint)

    def _add(
        self, form: QGridLayout, label: str, field: QWidget, complaint: Complaint
    ) -> None:
        row = form.rowCount()
        words = PlainLabel(label)
        words.setBuddy(field)
        if isinstance(field, (QLineEdit, QPlainTextEdit)) and field.isReadOnly():
            set_ink(words, Ink.MUTED)
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        is_line = isinstance(field, QLineEdit)
        words.setContentsMargins(0, 0 if is_line else 6, 0, 0)
        form.addWidget(words, row, 0, Qt.AlignmentFlag.AlignLeft if is_line else top)
        form.addWidget(field, row, 1)
        form.addWidget(complaint, row + 1, 1)

    def _order_tabs(self) -> None:
        order = (
            *self._lines.values(),
            *self._consents.values(),
            self._note,
            *reversed(self.buttons),
        )
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        may = self._file.may_change
        first = self._lines["name"] if "name" in may else self._note
        first.setFocus()
        self.buttons[0].setEnabled(bool(may))

    def _wanted(self) -> ClientDetails:
        typed: dict[str, Any] = {
            name: field.text() for name, field in self._lines.items()
        }
        typed |= {name: tick.isChecked() for name, tick in self._consents.items()}
        return replace(self._known, notes=self._note.toPlainText(), **typed)

    def _on_read(self, file: ClientFile) -> None:
        """Go on from how it stands now; what a person typed here stays typed."""
        before, stands, typed = self._known, file.details, self._wanted()
        for name, field in self._lines.items():
            if getattr(typed, name) == getattr(before, name):
                field.setText(getattr(stands, name))
        for name, tick in self._consents.items():
            if getattr(typed, name) == getattr(before, name):
                tick.setChecked(getattr(stands, name))
        if typed.notes == before.notes:
            self._note.setPlainText(stands.notes)
        self._known = stands
        self._say_overtaken(str(getattr(stands, self._stale)))

    def _say_overtaken(self, theirs: str) -> None:
        if self._stale in self.complaints:
            text = self.tr("Another desk has just written “%1”. Save to have yours.")
            theirs = shortened(" ".join(theirs.split()), 200)
            self.complaints[self._stale].say(filled(text, theirs))
            return
        title = self.tr("Another desk has just changed this too")
        step = self.tr("Look at it once more, then save.")
        self.banner.say(Words(title, next_step=step, tone=Tone.WARNING))


def _fields() -> tuple[tuple[str, str, str], ...]:
    """Return name, label and example of each field of one line."""
    return (
        ("name", _tr("N&ame"), ""),
        ("phone", _tr("&Phone"), _tr("in any format")),
        ("email", _tr("&E-mail"), _tr("may be left empty")),
        ("language", _tr("Lan&guage"), _tr("such as de or en-GB")),
        ("timezone", _tr("Time &zone"), _tr("where it is another one: Europe/Lisbon")),
        (
            "push_address",
            _tr("Push a&ddress"),
            _tr("their topic or user key at the push service"),
        ),
    )


def _verbs() -> Verbs:
    return Verbs(go=_tr("&Save"), busy=_tr("Saving…"), leave=_tr("Cancel"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("EditClientDialog", text)
