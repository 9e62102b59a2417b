"""Asks for a date by keyboard: typed, or walked to with the arrows."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QVBoxLayout,
    QWidget,
)

from desk_app.ui import format as written
from desk_app.ui.plain import PlainLabel

EARLIEST, LATEST = QDate(2000, 1, 8), QDate(2199, 12, 24)


def ask_date(parent: QWidget, day: date) -> date | None:
    """Return the date that was chosen, starting from `day`, or None."""
    dialog = GoToDate(day, parent)
    chosen = dialog.day if dialog.exec() else None
    dialog.deleteLater()
    return chosen


class GoToDate(QDialog):
    """One field, filled and selected; the weekday is said below it."""

    def __init__(self, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Go to a date"))
        self._build(day)
        self._connect()
        self._on_changed()

    @property
    def day(self) -> date:
        """The date in the field."""
        chosen = self._edit.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def _build(self, day: date) -> None:
        self._edit = QDateEdit(QDate(day.year, day.month, day.day))
        self._edit.setDisplayFormat(with_whole_year())
        self._edit.setDateRange(EARLIEST, LATEST)
        self._edit.setSelectedSection(QDateEdit.Section.DaySection)
        label = PlainLabel(self.tr("&Date"))
        label.setBuddy(self._edit)
        self._words = PlainLabel()
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        go = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        go.setText(self.tr("Go"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        for widget in (label, self._edit, self._words, self._buttons):
            column.addWidget(widget)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 46)

    def _connect(self) -> None:
        self._edit.dateChanged.connect(self._on_changed)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def _on_changed(self) -> None:
        self._words.setText(written.long_date(self.day))


def with_whole_year() -> str:
    """Return how a date is typed here, with all four figures of the year."""
    short = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    return short if "yyyy" in short else short.replace("yy", "yyyy")
