"""Asks from which day on other hours hold, and whether only until another day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, Slot
from PySide6.QtWidgets import QDateEdit, QGridLayout

from desk_app.ui import format as shown
from desk_app.ui.admin.form import FormDialog, hint
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.frame import Verbs
from desk_app.ui.dialogs.prompt import PromptCheck
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

WIDE = 420


@dataclass(frozen=True, slots=True)
class Wish:
    """From when on, and until when if not for good; both days included."""

    first: date
    last: date | None = None


class SeasonDialog(FormDialog):
    """Two days; the hours themselves are changed in the page afterwards."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(_verbs(), parent)
        self._today = today
        self._build()
        self.is_limited.toggled.connect(self._on_toggled)
        self.first.dateChanged.connect(self._on_first)

    @classmethod
    def ask(cls, parent: QWidget | None, today: date) -> Wish | None:
        """Return the days, None if it was left."""
        dialog = cls(today, parent)
        dialog.exec()
        dialog.deleteLater()
        answer: Wish | None = dialog.answer
        return answer

    def submit(self) -> None:
        """Answer, unless the days are in the wrong order."""
        first = day_in(self.first)
        last = day_in(self.last) if self.is_limited.isChecked() else None
        if last is not None and last < first:
            self._complaint.say(self.tr("The last day lies before the first one."))
            return
        self.answer = Wish(first, last)
        self.accept()

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Weekly hours"))
        self.build_head(self.tr("Other hours from a day on"))
        soon = self._today + timedelta(days=1)
        self.first = date_edit(soon, self.tr("From which day on"))
        self.last = date_edit(soon + timedelta(days=27), self.tr("Last day"))
        self.last.setEnabled(False)
        self.is_limited = PromptCheck(self.tr("Only &until"))
        self._complaint = Complaint(self.last)
        label = PlainLabel(self.tr("&From"))
        label.setBuddy(self.first)
        rows = QGridLayout()
        rows.setHorizontalSpacing(12)
        rows.setVerticalSpacing(8)
        rows.addWidget(label, 0, 0)
        rows.addWidget(self.first, 0, 1)
        rows.addWidget(self.is_limited, 1, 0)
        rows.addWidget(self.last, 1, 1)
        rows.addWidget(self._complaint, 2, 0, 1, 2)
        rows.setColumnStretch(1, 1)
        column = self.build_column(WIDE)
        column.addLayout(rows)
        column.addSpacing(6)
        text = self.tr(
            "They begin as a copy of the hours of that day, for you to change. The"
            " hours of before end the day before; nothing is saved yet."
        )
        column.addWidget(hint(text))
        column.addStretch(1)
        self.first.setFocus()

    @Slot(bool)
    def _on_toggled(self, is_on: bool) -> None:
        self.last.setEnabled(is_on)
        self._complaint.clear_words()

    @Slot()
    def _on_first(self) -> None:
        if self.last.date() < self.first.date():
            self.last.setDate(self.first.date())


def date_edit(day: date, name: str) -> QDateEdit:
    """Return a field for a day."""
    field = QDateEdit(shown.qdate(day))
    field.setMinimumDate(QDate(2000, 1, 1))
    field.setMaximumDate(QDate(2199, 12, 31))
    field.setAccessibleName(name)
    return field


def day_in(field: QDateEdit) -> date:
    """Return the day that stands in a field."""
    day = field.date()
    return date(day.year(), day.month(), day.day())


def _verbs() -> Verbs:
    translate = QCoreApplication.translate
    return Verbs(
        go=translate("SeasonDialog", "&Begin there"),
        busy=translate("SeasonDialog", "Beginning…"),
        leave=translate("SeasonDialog", "Close"),
    )
