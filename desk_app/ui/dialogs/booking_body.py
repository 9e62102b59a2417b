"""The fields of the booking dialog, in the order of a phone call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desk_app.ui.dialogs.choice import ServiceChoice
from desk_app.ui.dialogs.client_field import ClientField
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.note import NoteEdit
from desk_app.ui.dialogs.prompt import PromptRadio
from desk_app.ui.dialogs.room_choice import RoomChoice
from desk_app.ui.dialogs.set_aside import SetAside
from desk_app.ui.dialogs.times import TimesPanel
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from desk_app.domain.people import Client
    from desk_app.ui.dialogs.banner import Banner
    from desk_app.ui.dialogs.ports import BookingForm, BookingPorts, Screen

LEFT, RIGHT, TALL = 370, 510, 200


class BookingBody(QWidget):
    """Who, what, with whom, a note; and when, at the right."""

    edited = Signal()

    def __init__(
        self, screen: Screen, ports: BookingPorts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.client = ClientField(screen, ports.find_clients, alike=ports.alike)
        self.choice = ServiceChoice(screen.catalogue)
        self.times = TimesPanel(screen, ports.openings)
        self.room = RoomChoice(screen, ports.rooms)
        self.aside = SetAside(screen.catalogue.me.role)
        self._show_client = ports.show_client
        self._build()
        self._connect()

    def fill(self, form: BookingForm) -> None:
        """Enter what the form brings along."""
        if form.client is not None:
            self.client.choose(form.client)
        elif form.new_client is not None:
            self.client.choose_new(form.new_client)
        self.note.setPlainText(form.notes)
        self.pending.setChecked(form.pending)
        self.room.begin(None, form.room_id)
        self.aside.reason.setPlainText(form.reason)

    def is_touched(self) -> bool:
        """Say whether something was typed."""
        return self.client.is_touched() or self.is_written()

    def is_written(self) -> bool:
        """Say whether a note or a reason was typed."""
        return bool(self.note.toPlainText().strip()) or self.aside.is_touched()

    def complain(self, field: str, text: str) -> bool:
        """Say at a field what is wrong with it; False if it is none of these."""
        if field == "notes":
            self._note_complaint.say(text)
            return True
        if field == "override_reason":
            self.aside.complain(text)
            return True
        return self.client.complain(field, text)

    def place_banner(self, banner: Banner) -> None:
        """Let the banner stand below the times, above what may be set aside."""
        self._right.insertWidget(1, banner)

    def _build(self) -> None:
        self.note = NoteEdit(2)
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setPlaceholderText(self.tr("Shift+Enter for a new line"))
        self._note_complaint = Complaint(self.note)
        self.confirmed = PromptRadio(self.tr("Con&firmed"))
        self.pending = PromptRadio(self.tr("St&ill to confirm"))
        self.confirmed.setChecked(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 0, 20, 0)
        layout.setSpacing(26)
        layout.addLayout(self._left(), 9)
        self._right = QVBoxLayout()
        self._right.setSpacing(10)
        self._right.addWidget(self.times, 1)
        self._right.addWidget(self.aside)
        layout.addLayout(self._right, 11)
        self.times.setMinimumWidth(self._scaled(RIGHT))

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        label = self._add(column, self.tr("&Client"), self.client, stretch=1)
        # As high as the head of the times at the right.
        label.setMinimumHeight(self.times.head_height)
        label.setBuddy(self.client.search)
        column.addSpacing(10)
        column.addWidget(self.choice)
        column.addWidget(self.room)
        column.addSpacing(10)
        self._add(column, self.tr("N&ote"), self.note)
        column.addWidget(self._note_complaint)
        column.addSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(self.confirmed)
        row.addWidget(self.pending)
        row.addStretch(1)
        column.addLayout(row)
        self.client.setMinimumWidth(self._scaled(LEFT))
        self.client.setMinimumHeight(self._scaled(TALL) + 38)
        return column

    def _add(
        self, column: QVBoxLayout, text: str, field: QWidget, stretch: int = 0
    ) -> PlainLabel:
        label = PlainLabel(text)
        label.setBuddy(field)
        column.addWidget(label)
        column.addWidget(field, stretch)
        return label

    def _scaled(self, length: int) -> int:
        """Let lengths grow with the font; they are meant for one 16 px high."""
        return length * self.fontMetrics().height() // 16

    def _connect(self) -> None:
        self.client.changed.connect(self.edited)
        self.client.file_wanted.connect(self._on_file_wanted)
        self.aside.edited.connect(self.edited)
        self.note.refused.connect(self._note_complaint.say)
        self.note.textChanged.connect(self._note_complaint.clear_words)
        self.note.textChanged.connect(self.edited)

    @Slot(object)
    def _on_file_wanted(self, client: Client) -> None:
        if self._show_client is not None:
            self._show_client(self.window(), client)
