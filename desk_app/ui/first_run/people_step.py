"""Who sees clients: a line for each, the next one comes by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desk_app.domain.people import ProviderType
from desk_app.ui.first_run.draft import Person, tr, type_name
from desk_app.ui.first_run.step import Step

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from desk_app.ui.first_run.draft import Draft

LONGEST = 200
MOST = 50


class PeopleStep(Step):
    """Enter goes to the next line, and on from a line that is empty."""

    field = "name"

    def __init__(self) -> None:
        super().__init__(
            tr("Who sees clients?"),
            tr(
                "One line for each doctor, consultant, trainer or therapist. Enter goes"
                " to the next line, and on from an empty one."
            ),
        )
        self.rows: list[_Row] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.column.addLayout(self._lines)
        self.column.addWidget(self.complaint)

    def show_draft(self, draft: Draft) -> None:
        for row in self.rows:
            row.deleteLater()
        self.rows = []
        for person in draft.people:
            self._add(person)
        self._add_empty()

    def entered(self, draft: Draft) -> Draft | None:
        people = tuple(row.person for row in self.rows if row.person.name)
        if not people:
            self.complain("name", self.tr("Type the name of at least one person."))
            return None
        return replace(draft, people=people)

    def begin(self) -> None:
        self.rows[-1].field.setFocus()

    def _add(self, person: Person) -> None:
        row = _Row(len(self.rows) + 1, person)
        row.changed.connect(self._on_changed)
        row.entered.connect(self._on_entered)
        self.rows.append(row)
        self._lines.addWidget(row)

    def _add_empty(self) -> None:
        if len(self.rows) < MOST:
            before = self.rows[-1].person.type if self.rows else ProviderType.DOCTOR
            self._add(Person("", before))

    @Slot()
    def _on_changed(self) -> None:
        """Keep one empty line at the end."""
        self.complaint.clear_words()
        if self.rows[-1].person.name:
            self._add_empty()

    @Slot(object)
    def _on_entered(self, row: _Row) -> None:
        place = self.rows.index(row)
        if not row.person.name or place + 1 == len(self.rows):
            self.done.emit()
        else:
            self.rows[place + 1].field.setFocus()


class _Row(QWidget):
    """One person."""

    changed = Signal()
    entered = Signal(object)

    def __init__(self, number: int, person: Person) -> None:
        super().__init__()
        self.field, self.type = QLineEdit(person.name, maxLength=LONGEST), QComboBox()
        self.field.setPlaceholderText(
            self.tr("Name, as clients know it")
            if number == 1
            else self.tr("Somebody else")
        )
        self.field.setAccessibleName(self.tr("Name of person %n", "", number))
        self.type.setAccessibleName(self.tr("Profession of person %n", "", number))
        for type_ in ProviderType:
            self.type.addItem(type_name(type_), type_)
        self.type.setCurrentIndex(self.type.findData(person.type))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.field, 3)
        row.addWidget(self.type, 1)
        self.field.textEdited.connect(self.changed)

    @property
    def person(self) -> Person:
        """Who is entered."""
        return Person(
            " ".join(self.field.text().split()), ProviderType(self.type.currentData())
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(self)
        else:
            super().keyPressEvent(event)
