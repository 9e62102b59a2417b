"""The list of dates: the arrows walk, 1 to 3 take another time, 0 leaves it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desk_app.ui import appearance
from desk_app.ui.notice_bar import announce
from desk_app.ui.rows import row_colours
from desk_app.ui.series.dates_model import Dates, Row, RowRole

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_PAD, _ABOVE = 12, 6
_Index = QModelIndex | QPersistentModelIndex
_LEAVE_OUT = (Qt.Key.Key_0, Qt.Key.Key_Delete, Qt.Key.Key_Space)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class DatesList(QListView):
    """Shows dates and takes what is decided about them."""

    def __init__(self, dates: Dates, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dates = dates
        self.setModel(dates)
        self.setItemDelegate(_Rows(dates, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAccessibleName(self.tr("Dates"))

    def go_to_open(self, after: int = -1) -> bool:
        """Go to a date that somebody has to decide on; False if there is none."""
        row = self._dates.first_open(after)
        if row >= 0:
            self.setCurrentIndex(self._dates.index(row, 0))
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        return row >= 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decide by a digit; Enter is the dialog's."""
        row, key = self.currentIndex().row(), event.key()
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        elif row < 0 or plain:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_A:
            if self._dates.take_anyway(row):
                self._go_on(row)
        elif key in _LEAVE_OUT:
            self._dates.switch(row)
            self._go_on(row)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            if self._dates.pick(row, key - Qt.Key.Key_0):
                self._go_on(row)
        else:
            super().keyPressEvent(event)

    def _go_on(self, row: int) -> None:
        """Say what was decided, and go on to what is still to decide."""
        announce(self, self._dates.spoken(self._dates.rows[row]))
        self.go_to_open(row)


class _Rows(QStyledItemDelegate):
    """Draws a date; below it, where it is not free, why, and what is instead."""

    def __init__(self, dates: Dates, parent: QWidget) -> None:
        super().__init__(parent)
        self._dates = dates

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return room for one line, or for three."""
        row: Row = index.data(RowRole)
        lines = 3 if row.against and not row.left_out else 1
        return QSize(200, lines * (option.fontMetrics.height() + 3) + 2 * _ABOVE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        """Draw one row."""
        row: Row = index.data(RowRole)
        painter.save()
        ground, ink, faint = row_colours(option, hovers=False)
        painter.fillRect(option.rect, ground)
        line = option.fontMetrics.height() + 3
        box = option.rect.adjusted(_PAD, _ABOVE, -_PAD, 0)
        box.setHeight(line)
        self._paint_date(painter, option, box, row)
        if row.against and not row.left_out:
            box.translate(0, line)
            painter.setFont(option.font)
            painter.setPen(faint)
            _put(painter, box, row.against)
            box.translate(0, line)
            self._paint_choices(painter, option, box, row)
        painter.setPen(ink)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(option.palette.color(QPalette.ColorRole.Highlight))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _paint_date(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        box: QRect,
        row: Row,
    ) -> None:
        _, ink, faint = row_colours(option, hovers=False)
        state = self._dates.state(row)
        painter.setFont(option.font)
        painter.setPen(_tone(option, row))
        painter.drawText(box, _RIGHT, state)
        room = painter.fontMetrics().horizontalAdvance(state) + _PAD
        left = box.adjusted(0, 0, -room, 0)
        if row.before:
            painter.setPen(faint)
            text = f"{row.before}  →  "
            _put(painter, left, text)
            left.setLeft(left.left() + painter.fontMetrics().horizontalAdvance(text))
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        font.setStrikeOut(row.left_out or bool(row.picked))
        painter.setFont(font)
        painter.setPen(faint if font.strikeOut() else ink)
        _put(painter, left, row.date)

    def _paint_choices(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, row: Row
    ) -> None:
        _, ink, faint = row_colours(option, hovers=False)
        left = QRect(box)
        for number, text, is_picked in self._choices(row):
            font = QFont(option.font)
            font.setWeight(QFont.Weight.DemiBold if is_picked else QFont.Weight.Normal)
            painter.setFont(font)
            painter.setPen(ink if is_picked or row.is_open else faint)
            said = f"{number}  {'✓ ' if is_picked else ''}{text}"
            if left.width() > 0:
                _put(painter, left, said)
            width = painter.fontMetrics().horizontalAdvance(said) + 2 * _PAD
            left.setLeft(left.left() + width)

    def _choices(self, row: Row) -> list[tuple[str, str, bool]]:
        """Return the keys, what they stand for, and whether that was chosen."""
        words = self._dates.words
        found = [
            (str(number), text, number == row.picked)
            for number, text in enumerate(row.choices, start=1)
        ]
        if words.may_take_anyway(row.planned):
            found.append(("A", words.anyway(), row.anyway))
        return [*found, ("0", words.leave_out(), False)]


def _tone(option: QStyleOptionViewItem, row: Row) -> QColor:
    """Return the colour of how a row stands; the word says the same."""
    ground, ink, faint = row_colours(option, hovers=False)
    if ground == option.palette.color(QPalette.ColorRole.Highlight):
        return ink
    colours = appearance.current()
    if row.left_out:
        return faint
    is_fine = row.start is not None and not row.anyway
    return QColor(colours.success if is_fine else colours.warning)


def _put(painter: QPainter, box: QRect, text: str) -> None:
    cut = painter.fontMetrics().elidedText(
        text, Qt.TextElideMode.ElideRight, max(box.width(), 0)
    )
    painter.drawText(box, _LEFT, cut)
