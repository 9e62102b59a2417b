"""Quiet hours: whether there are any, and from when until when."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QTime, Slot
from PySide6.QtWidgets import QTimeEdit

from desk_app.domain.message_times import QuietHours
from desk_app.ui.dialogs.prompt import PromptCheck
from desk_app.ui.office.settings.controls import Control
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

PROPOSED = QuietHours(time(20), time(7))


class QuietControl(Control):
    """None, or two times of the day."""

    def __init__(self) -> None:
        super().__init__()
        self.check = PromptCheck(_tr("from"))
        self.start, self.end = _clock(), _clock()
        self.until = PlainLabel(_tr("until"))
        self.hold(self.check, self.start, self.until, self.end)
        self._show(PROPOSED)
        self._follow()
        self.check.toggled.connect(self._follow)
        self.check.toggled.connect(self.changed)
        for edit in (self.start, self.end):
            edit.timeChanged.connect(self.changed)

    @property
    def value(self) -> QuietHours | None:
        """What is chosen; the same time twice is no quiet at all."""
        start, end = _time(self.start), _time(self.end)
        is_quiet = self.check.isChecked() and start != end
        return QuietHours(start, end) if is_quiet else None

    def show_value(self, value: QuietHours | None) -> None:
        self.check.setChecked(value is not None)
        if value is not None:
            self._show(value)

    def words(self, value: QuietHours | None) -> str:
        if value is None:
            return _tr("none")
        return filled(_tr("%1 to %2"), _said(value.start), _said(value.end))

    def name(self, label: str, description: str) -> None:
        super().name(label, description)
        self.start.setAccessibleName(filled(_tr("%1: from"), label))
        self.end.setAccessibleName(filled(_tr("%1: until"), label))

    def _show(self, hours: QuietHours) -> None:
        for edit, at in ((self.start, hours.start), (self.end, hours.end)):
            edit.setTime(QTime(at.hour, at.minute))

    @Slot()
    def _follow(self) -> None:
        """Times count only where it grows quiet at all."""
        widgets: tuple[QWidget, ...] = (self.start, self.until, self.end)
        for widget in widgets:
            widget.setEnabled(self.check.isChecked())


def _clock() -> QTimeEdit:
    edit = QTimeEdit()
    edit.lineEdit().setTextMargins(6, 0, 0, 0)
    edit.setDisplayFormat(QLocale().timeFormat(QLocale.FormatType.ShortFormat))
    return edit


def _time(edit: QTimeEdit) -> time:
    shown = edit.time()
    return time(shown.hour(), shown.minute())


def _said(at: time) -> str:
    return QLocale().toString(QTime(at.hour, at.minute), QLocale.FormatType.ShortFormat)


def _tr(text: str) -> str:
    return QCoreApplication.translate("SettingsPage", text)
