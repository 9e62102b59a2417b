"""A new client inside the booking form: name and phone suffice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from desk_app.domain.people import NewClient
from desk_app.ui.dialogs.client_words import guessed
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.inks import sized
from desk_app.ui.dialogs.known_already import KnownAlready
from desk_app.ui.plain import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from desk_app.ui.dialogs.known_already import Alike

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NewClientForm(QWidget):
    """Three fields, filled from what was typed until a person changes them."""

    edited = Signal()

    def __init__(
        self, alike: Alike | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.known = KnownAlready(alike)
        self._complaints: dict[str, Complaint] = {}
        self._build()
        self._connect()

    @property
    def fields(self) -> dict[str, QLineEdit]:
        """The fields by their name in `NewClient`."""
        return {"name": self._name, "phone": self._phone, "email": self._email}

    @property
    def value(self) -> NewClient:
        """What stands in the form."""
        return NewClient(self._name.text(), self._phone.text(), self._email.text())

    def mirror(self, typed: str, heading: str) -> None:
        """Fill the fields that nobody has changed from `typed`."""
        self._heading.setText(heading)
        sorted_out = guessed(typed)
        for name, field in self.fields.items():
            if not field.isModified():
                field.setText(getattr(sorted_out, name))
                field.setCursorPosition(0)

    def take(self, new: NewClient) -> None:
        """Fill the fields as a person typed them before."""
        for name, field in self.fields.items():
            field.setText(getattr(new, name))
            field.setModified(True)

    def is_touched(self) -> bool:
        """Say whether a person changed a field."""
        return any(f.isModified() and f.text() for f in self.fields.values())

    def first_empty(self) -> QLineEdit | None:
        """Return the first needed field that is empty."""
        needed = (self._name, self._phone)
        return next((field for field in needed if not field.text().strip()), None)

    def complain(self, field: str, text: str) -> bool:
        """Say what is wrong with a field; False if it is none of these."""
        complaint = self._complaints.get(field)
        if complaint is None:
            return False
        complaint.say(text)
        return True

    def complain_of_gaps(self) -> bool:
        """Say which needed field is empty; False if none is."""
        gap = self.first_empty()
        if gap is self._name:
            return self.complain("name", self.tr("Type the client's name."))
        if gap is self._phone:
            text = self.tr("Type a phone number, so that the client can be reached.")
            return self.complain("phone", text)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to a needed field that is empty on Enter; else leave Enter alone."""
        gap = self.first_empty() if event.key() in _ENTER else None
        if gap is None or gap.hasFocus():
            event.ignore()
        else:
            gap.setFocus(Qt.FocusReason.TabFocusReason)

    def _build(self) -> None:
        self._heading = ElidedLabel()
        sized(self._heading, 1.0, bold=True)
        self._name, self._phone, self._email = QLineEdit(), QLineEdit(), QLineEdit()
        self._name.setMaxLength(400)
        self._phone.setPlaceholderText(self.tr("in any format"))
        self._email.setPlaceholderText(self.tr("may be left empty"))
        layout = QGridLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setVerticalSpacing(6)
        layout.setHorizontalSpacing(10)
        layout.addWidget(self._heading, 0, 0, 1, 2)
        rows = (
            (self.tr("N&ame"), "name", self.tr("Name of the new client")),
            (self.tr("&Phone"), "phone", self.tr("Phone of the new client")),
            (self.tr("&E-mail"), "email", self.tr("E-mail of the new client")),
        )
        for row, (text, name, spoken) in enumerate(rows):
            self._add(layout, 2 * row + 1, text, name)
            self.fields[name].setAccessibleName(spoken)
        layout.addWidget(self.known, 7, 0, 1, 2)
        layout.setColumnStretch(1, 1)
        layout.setRowStretch(8, 1)

    def _add(self, layout: QGridLayout, row: int, text: str, name: str) -> None:
        field = self.fields[name]
        label = PlainLabel(text)
        label.setBuddy(field)
        self._complaints[name] = Complaint(field)
        layout.addWidget(label, row, 0)
        layout.addWidget(field, row, 1)
        layout.addWidget(self._complaints[name], row + 1, 1)

    def _connect(self) -> None:
        for name, field in self.fields.items():
            field.textEdited.connect(self._on_edited)
            field.textChanged.connect(self._complaints[name].clear_words)
            field.textChanged.connect(self._on_changed)

    @Slot()
    def _on_edited(self) -> None:
        self.edited.emit()

    @Slot()
    def _on_changed(self) -> None:
        self.known.look(self.value)
