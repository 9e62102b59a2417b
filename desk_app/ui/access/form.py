"""Fields one below the other, each with its label and room for what is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.ui.access.password_field import PasswordField
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.plain import PlainLabel

BETWEEN = 12


@dataclass(frozen=True)
class Named:
    """A field, its name in errors, and its label; "&" in it makes its key.

    A `button` that helps to fill the field stands beside it.
    """

    name: str
    label: str
    field: QWidget
    button: QWidget | None = None


class Form(QWidget):
    """Knows its fields by name, so that an error finds the one it is about."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._blocks: dict[str, _Block] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(BETWEEN)

    def add(self, *fields: Named) -> None:
        """Add fields below the others, the first of them wider than the rest."""
        row = QHBoxLayout()
        row.setSpacing(BETWEEN)
        self._column.addLayout(row)
        for place, named in enumerate(fields):
            block = self._blocks[named.name] = _Block(named)
            row.addWidget(block, 1 if place else 3)

    def add_widget(self, widget: QWidget) -> None:
        """Add something that is no field."""
        self._column.addWidget(widget)

    def show_field(self, name: str, *, is_shown: bool) -> None:
        """Show or hide a field with its label."""
        block = self._blocks[name]
        block.setVisible(is_shown)
        if not is_shown:
            block.complaint.clear_words()

    def complain(self, name: str, text: str) -> bool:
        """Say what is wrong with a field; False if it is none of these."""
        block = self._blocks.get(name)
        if block is None or block.isHidden():
            return False
        block.complaint.say(text)
        return True

    def clear(self) -> None:
        """Take every complaint back."""
        for block in self._blocks.values():
            block.complaint.clear_words()


class _Block(QWidget):
    """A label, its field, and below both what is wrong with it."""

    def __init__(self, named: Named) -> None:
        super().__init__()
        field = named.field
        self.complaint = Complaint(field)
        label = PlainLabel(named.label)
        label.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(named.label.replace("&", ""))
        row = QHBoxLayout()
        row.addWidget(field, 1)
        if named.button is not None:
            row.addWidget(named.button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(label)
        self._column.addLayout(row)
        self._column.addWidget(self.complaint)
        for signal in ("textEdited", "currentIndexChanged"):
            if edited := getattr(field, signal, None):
                edited.connect(self.complaint.clear_words)
        if isinstance(field, PasswordField):
            self._add_hint(field)

    def _add_hint(self, field: PasswordField) -> None:
        hint = PlainLabel(self.tr("Caps Lock seems to be on."))
        set_ink(hint, Ink.WARNING)
        hint.hide()
        self._column.addWidget(hint)
        field.caps_lock_seen.connect(hint.setVisible)
