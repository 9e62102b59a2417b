"""All day, or from one time until another: the fields that ask for it."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QTime, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QTimeEdit, QWidget

from desk_app.domain.schedule import LocalWindow
from desk_app.ui.dialogs.prompt import PromptCheck
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from desk_app.ui.dialogs.complaint import Complaint

NOON = time(12)
MIDNIGHT = time()


class TimeSpan(QWidget):
    """A tick for the whole day, and two times where it is not set.

    An end of 00:00 is midnight.

    Signals:
        changed: something else is entered.
    """

    changed = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.whole = PromptCheck(words)
        self.start, self.end = QTimeEdit(), QTimeEdit()
        for field, name in (
            (self.start, self.tr("From")),
            (self.end, self.tr("Until, 00:00 is midnight")),
        ):
            field.setAccessibleName(name)
            field.setToolTip(name)
            field.setEnabled(False)
            field.timeChanged.connect(self.changed)
        self.whole.setChecked(True)
        self.whole.toggled.connect(self._on_toggled)
        self.set_window(LocalWindow(NOON, MIDNIGHT))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.whole)
        row.addSpacing(8)
        for widget in (
            PlainLabel(self.tr("from")),
            self.start,
            PlainLabel(self.tr("until")),
            self.end,
        ):
            row.addWidget(widget)
        row.addStretch(1)
        self.setFocusProxy(self.whole)

    @property
    def wall(self) -> LocalWindow:
        """What is entered; 00:00 to 00:00 is the whole day."""
        if self.whole.isChecked():
            return LocalWindow(MIDNIGHT, MIDNIGHT)
        return LocalWindow(_time(self.start), _time(self.end))

    def set_window(self, window: LocalWindow) -> None:
        """Enter a time of the day."""
        self.start.setTime(QTime(window.start.hour, window.start.minute))
        self.end.setTime(QTime(window.end.hour, window.end.minute))

    def complains(self, complaint: Complaint) -> bool:
        """Say if it ends before it begins."""
        window = self.wall
        is_wrong = window.start >= window.end != MIDNIGHT
        if is_wrong:
            complaint.say(self.tr("It ends before it begins."))
        return is_wrong

    @Slot(bool)
    def _on_toggled(self, is_on: bool) -> None:
        for field in (self.start, self.end):
            field.setEnabled(not is_on)
        self.changed.emit()


def _time(field: QTimeEdit) -> time:
    return time(field.time().hour(), field.time().minute())
