"""The days of a week as fields: typing "9-12, 13-17" sets the windows of one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desk_app.domain.opening_words import read_hours
from desk_app.domain.timetable import CLOSED
from desk_app.domain.weekly import WEEK
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.office.hours import words
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from desk_app.domain.timetable import Week

LONGEST = 200


class DayFields(QWidget):
    """Seven fields over the columns of the drawn week.

    Signals:
        day_changed: a day shall be another one (its weekday, the day).
        typed: Enter was pressed in a field that is understood (its weekday).
    """

    day_changed = Signal(int, object)
    typed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._week: Week = CLOSED
        self.fields: list[QLineEdit] = []
        self._complaints: list[Complaint] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._row)
        for weekday in WEEK:
            self._row.addLayout(self._build_day(weekday), 1)
        for complaint in self._complaints:
            column.addWidget(complaint)

    def set_gutter(self, width: int) -> None:
        """Stand over the columns of a grid whose clock is so wide."""
        self._row.setContentsMargins(width, 0, 0, 0)

    def show_week(self, week: Week) -> None:
        """Show other hours; a field that is not understood keeps what was typed."""
        for weekday, field in enumerate(self.fields):
            is_other = week[weekday] != self._week[weekday]
            if is_other or self._complaints[weekday].isHidden():
                self._complaints[weekday].clear_words()
                field.setText(words.typed(week[weekday]))
                field.setCursorPosition(0)
        self._week = week

    def type_into(self, weekday: int, text: str) -> None:
        """Put the keyboard into a field; `text` begins what is typed."""
        field = self.fields[weekday]
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()
        if text:
            field.insert(text)

    def commit(self) -> bool:
        """Take every field as it stands; False if one is not understood."""
        # Each of them says what is wrong with it, so none is left out.
        taken = [self._commit(weekday) for weekday in WEEK]
        return all(taken)

    def _build_day(self, weekday: int) -> QVBoxLayout:
        name = words.weekday(weekday, is_long=True)
        field = QLineEdit()
        field.setMaxLength(LONGEST)
        field.setPlaceholderText(self.tr("closed"))
        field.setAccessibleName(filled(self.tr("Hours of %1"), name))
        field.setToolTip(self.tr("For example 9-12, 13-17; empty means closed"))
        complaint = Complaint(field)
        label = PlainLabel(words.weekday(weekday))
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        field.editingFinished.connect(partial(self._commit, weekday))
        field.returnPressed.connect(partial(self._on_return, weekday))
        field.textEdited.connect(complaint.clear_words)
        self.fields.append(field)
        self._complaints.append(complaint)
        column = QVBoxLayout()
        column.setContentsMargins(2, 0, 3, 0)
        column.setSpacing(3)
        column.addWidget(label)
        column.addWidget(field)
        return column

    def _commit(self, weekday: int) -> bool:
        field = self.fields[weekday]
        if field.text() == words.typed(self._week[weekday]):
            return True
        day = read_hours(field.text())
        if day is None:
            if self._complaints[weekday].isHidden():
                text = self.tr("%1 is not understood. Type it like 9-12, 13-17.")
                name = words.weekday(weekday, is_long=True)
                self._complaints[weekday].say(filled(text, name))
            return False
        if day == self._week[weekday]:
            field.setText(words.typed(day))
        else:
            self.day_changed.emit(weekday, day)
        return True

    def _on_return(self, weekday: int) -> None:
        if self._complaints[weekday].isHidden():
            self.typed.emit(weekday)
