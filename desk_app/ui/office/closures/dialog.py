"""Asks for a day or a range of days on which the practice is closed, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from desk_app.domain.closures import Closure, over_days
from desk_app.ui.admin.form import FormDialog, hint
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.frame import Verbs
from desk_app.ui.office.hours.season_dialog import date_edit, day_in
from desk_app.ui.office.time_span import TimeSpan
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from desk_app.ui.office.closures.rows import Entry

WIDE = 460
LONGEST_NAME = 200
MOST_DAYS = 366


class ClosureDialog(FormDialog):
    """Name, days and times; of a holiday the times only."""

    def __init__(
        self, entry: Entry, *, is_new: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(_verbs(), parent)
        self._entry, self._is_new = entry, is_new
        self._build()
        self.first.dateChanged.connect(self._on_first)
        self.name.textEdited.connect(self.complaints["name"].clear_words)
        self.last.dateChanged.connect(self.complaints["days"].clear_words)
        self.times.changed.connect(self.complaints["times"].clear_words)

    @classmethod
    def ask(
        cls, parent: QWidget | None, entry: Entry, *, is_new: bool = False
    ) -> tuple[Closure, ...] | None:
        """Return the closed days, None if nothing shall change."""
        dialog = cls(entry, is_new=is_new, parent=parent)
        dialog.exec()
        dialog.deleteLater()
        answer: tuple[Closure, ...] | None = dialog.answer
        return answer

    def submit(self) -> None:
        """Answer, or say what is missing."""
        name = self.name.text().strip()
        first, last = day_in(self.first), day_in(self.last)
        if not name:
            self.complaints["name"].say(self.tr("Say why the practice is closed."))
        elif not 0 <= (last - first).days < MOST_DAYS:
            text = self.tr("The last day follows the first one, within a year.")
            self.complaints["days"].say(text)
        elif not self.times.complains(self.complaints["times"]):
            window = self.times.wall
            one = replace(
                self._entry.first,
                day=first,
                name=name,
                start=window.start,
                end=window.end,
            )
            self.answer = over_days(one, last)
            self.accept()

    def _build(self) -> None:
        entry = self._entry
        self.setWindowTitle(self.tr("Closed days"))
        title = self.tr("Close the practice") if self._is_new else entry.first.name
        self.build_head(title)
        self.name = QLineEdit(entry.first.name)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setAccessibleName(self.tr("Why it is closed"))
        self.name.setPlaceholderText(self.tr("Summer break"))
        self.first = date_edit(entry.first.day, self.tr("First day"))
        self.last = date_edit(entry.last_day, self.tr("Last day"))
        self.times = TimeSpan(self.tr("&All day"))
        kept = entry.kept[0] if entry.kept else entry.first
        if not kept.is_whole_day:
            self.times.whole.setChecked(False)
            self.times.set_window(kept.window)
        for name, field in (
            ("name", self.name),
            ("days", self.last),
            ("times", self.times.end),
        ):
            self.complaints[name] = Complaint(field)
        for field in (self.name, self.first, self.last):
            field.setEnabled(not entry.is_proposed)
        column = self.build_column(WIDE)
        column.addLayout(self._build_form())
        column.addSpacing(4)
        text = self.tr(
            "Nobody can be booked then, with any provider; extra hours that a provider"
            " was given for such a day stay open."
        )
        column.addWidget(hint(text))
        column.addStretch(1)
        first_field = self.times if entry.is_proposed else self.name
        first_field.setFocus()

    def _build_form(self) -> QGridLayout:
        form = QGridLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget, str], ...] = (
            (self.tr("&Why"), self.name, "name"),
            (self.tr("&First day"), self.first, ""),
            (self.tr("&Last day"), self.last, "days"),
            (self.tr("&Time"), self.times, "times"),
        )
        for words, field, name in rows:
            label = PlainLabel(words)
            label.setBuddy(field)
            row = form.rowCount()
            form.addWidget(label, row, 0)
            form.addWidget(field, row, 1)
            if name:
                form.addWidget(self.complaints[name], row + 1, 1)
        return form

    @Slot()
    def _on_first(self) -> None:
        """Let a range not end before it begins."""
        if self.last.date() < self.first.date():
            self.last.setDate(self.first.date())


def _verbs() -> Verbs:
    translate = QCoreApplication.translate
    return Verbs(
        go=translate("ClosureDialog", "&Put into the list"),
        busy=translate("ClosureDialog", "Closing…"),
        leave=translate("ClosureDialog", "Leave it"),
    )
