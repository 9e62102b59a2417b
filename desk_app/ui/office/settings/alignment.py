"""Where slots start: the choice, and what it means for one morning, drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QRectF, QSize, Qt, QTime, Slot
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QComboBox, QSizePolicy, QSpinBox, QVBoxLayout, QWidget

from desk_app.domain.alignment import Alignment, AlignmentKind
from desk_app.domain.alignment_example import (
    BOOKED,
    CLOSES,
    OPENS,
    VISIT,
    example_starts,
)
from desk_app.ui import appearance
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.office.settings.controls import Control, wide
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desk_app.ui.office.settings.setting import SettingRow

MOST_SAID = 7
LEAST_STEP, MOST_STEP = 5, 240
KINDS = (AlignmentKind.BACK_TO_BACK, AlignmentKind.EVERY, AlignmentKind.AFTER_LAST)


class AlignmentControl(Control):
    """One of three ways; one of them takes a number of minutes."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = QComboBox()
        for kind in KINDS:
            self.kind.addItem(_kind(kind))
        self.minutes = QSpinBox()
        self.minutes.setRange(1, MOST_STEP)
        self.minutes.setSingleStep(LEAST_STEP)
        self.minutes.setValue(Alignment().minutes)
        self.minutes.setSuffix(_tr(" minutes"))
        self.minutes.lineEdit().setTextMargins(6, 0, 0, 0)
        self.minutes.setMinimumWidth(wide(self, 190))
        self.kind.setMinimumWidth(wide(self, 190))
        self.hold(self.kind, self.minutes, is_stacked=True)
        self.kind.currentIndexChanged.connect(self._on_changed)
        self.minutes.valueChanged.connect(self.changed)
        self._on_changed()

    @property
    def value(self) -> Alignment:
        kind = KINDS[self.kind.currentIndex()]
        if kind is not AlignmentKind.EVERY:
            return Alignment(kind)
        return Alignment(kind, self.minutes.value())

    def show_value(self, value: Alignment) -> None:
        self.minutes.setMaximum(max(MOST_STEP, value.minutes))
        self.minutes.setValue(value.minutes)
        self.kind.setCurrentIndex(KINDS.index(value.kind))

    def words(self, value: Alignment) -> str:
        if value.kind is AlignmentKind.EVERY:
            return filled(_tr("every %1 minutes"), str(value.minutes))
        return _kind(value.kind)

    def name(self, label: str, description: str) -> None:
        super().name(label, description)
        self.minutes.setAccessibleName(filled(_tr("%1: minutes"), label))

    @Slot()
    def _on_changed(self) -> None:
        self.minutes.setVisible(KINDS[self.kind.currentIndex()] is AlignmentKind.EVERY)
        self.changed.emit()


class AlignmentExample(QWidget):
    """A morning that follows the choice: what is booked, and what is offered."""

    def __init__(self, row: SettingRow) -> None:
        super().__init__()
        self._row = row
        self.morning = Morning()
        self.words = PlainLabel()
        self.words.setWordWrap(True)
        set_ink(self.words, Ink.MUTED)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.morning)
        column.addWidget(self.words)
        row.changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        starts = example_starts(self._row.value)
        self.morning.show_starts(starts)
        said = [_clock(start) for start in starts]
        if len(said) > MOST_SAID:
            said = [*said[: MOST_SAID - 1], "…", said[-1]]
        text = _tr(
            "For example: open from %1 to %2, booked from %3 to %4. A visit of %5"
            " minutes is offered at %6."
        )
        times = (OPENS, CLOSES, *BOOKED)
        told = [_clock(minute) for minute in times]
        self.words.setText(filled(text, *told, str(VISIT), ", ".join(said)))


class Morning(QWidget):
    """Paints the hours of a morning with what is booked and what could start."""

    def __init__(self) -> None:
        super().__init__()
        self._starts: list[int] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def starts(self) -> list[int]:
        """What is offered, in minutes after midnight."""
        return self._starts

    def show_starts(self, starts: list[int]) -> None:
        """Show these as offered."""
        self._starts = starts
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a line of hours and a band below it."""
        return QSize(320, self.fontMetrics().height() * 3)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the hours, the band, what is booked, and a line at each start."""
        theme, line = appearance.current(), self.fontMetrics().height()
        band = QRectF(0.5, line + 3.5, self.width() - 1, line * 1.7)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.border), 1))
            painter.setBrush(QColor(theme.grid_open))
            painter.drawRoundedRect(band, 4, 4)
            self._paint_hours(painter, band)
            self._paint_booked(painter, band)
            painter.setPen(QPen(QColor(theme.accent), 2))
            for start in self._starts:
                x = self._x(start, band)
                top, bottom = band.top() + 4, band.bottom() - 4
                painter.drawLine(int(x), int(top), int(x), int(bottom))

    def _paint_hours(self, painter: QPainter, band: QRectF) -> None:
        theme, line = appearance.current(), self.fontMetrics().height()
        for hour in range(OPENS, CLOSES, 60):
            x = self._x(hour, band)
            painter.setPen(QColor(theme.muted))
            painter.drawText(
                QRectF(x, 0, 80, line), Qt.AlignmentFlag.AlignLeft, _clock(hour)
            )
            if hour > OPENS:
                painter.setPen(QPen(QColor(theme.grid_hour), 1))
                painter.drawLine(int(x), int(band.top()), int(x), int(band.bottom()))

    def _paint_booked(self, painter: QPainter, band: QRectF) -> None:
        card = appearance.current().confirmed
        left, right = (self._x(minute, band) for minute in BOOKED)
        block = QRectF(left, band.top() + 1, right - left, band.height() - 2)
        painter.setPen(QPen(QColor(card.line), 1))
        painter.setBrush(QColor(card.fill))
        painter.drawRect(block)
        painter.setPen(QColor(card.text))
        text = self.fontMetrics().elidedText(
            _tr("booked"), Qt.TextElideMode.ElideRight, int(block.width()) - 6
        )
        painter.drawText(block, Qt.AlignmentFlag.AlignCenter, text)

    def _x(self, minute: int, band: QRectF) -> float:
        """Return where a minute stands in the band."""
        inside = band.adjusted(3, 0, -3, 0)
        share = (minute - OPENS) / (CLOSES - OPENS)
        return inside.left() + inside.width() * share


def _clock(minute: int) -> str:
    at = QTime(minute // 60, minute % 60)
    return QLocale().toString(at, QLocale.FormatType.ShortFormat)


def _kind(kind: AlignmentKind) -> str:
    return {
        AlignmentKind.BACK_TO_BACK: _tr("back to back"),
        AlignmentKind.EVERY: _tr("at fixed times, every"),
        AlignmentKind.AFTER_LAST: _tr("right after the last appointment"),
    }[kind]


def _tr(text: str) -> str:
    return QCoreApplication.translate("SettingsPage", text)
