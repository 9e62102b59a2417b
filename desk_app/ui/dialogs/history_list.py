"""A history as a list: a heading for each day, and what was done on it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QSize,
    Qt,
    QTime,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeySequence,
    QPainter,
    QPalette,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desk_app.ui import format as shown
from desk_app.ui.rows import row_colours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent

    from desk_app.domain.history import Entry
    from desk_app.ui.dialogs.history_words import HistoryWords

TimeRole = Qt.ItemDataRole.UserRole
BelowRole = Qt.ItemDataRole.UserRole + 1
LineRole = Qt.ItemDataRole.UserRole + 2

_PAD = 12
_ABOVE, _BELOW = 7, 7
_Index = QModelIndex | QPersistentModelIndex


class Deeds(QAbstractListModel):
    """The rows of a history, oldest first; a day's heading has no time."""

    def __init__(self, words: HistoryWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._rows: list[dict[int, object]] = []

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these, oldest first."""
        self.beginResetModel()
        self._rows = []
        day = None
        for entry in entries:
            if self._words.day(entry) != day:
                day = self._words.day(entry)
                heading = shown.long_date(day)
                self._rows.append(
                    {
                        Qt.ItemDataRole.DisplayRole: heading,
                        Qt.ItemDataRole.AccessibleTextRole: heading,
                        LineRole: heading,
                    }
                )
            self._rows.append(self._row(entry))
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Look a prepared value up."""
        return self._rows[index.row()].get(role) if index.isValid() else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let headings be read, not chosen."""
        flags = super().flags(index)
        if index.data(TimeRole) is None:
            return flags & ~Qt.ItemFlag.ItemIsSelectable
        return flags

    def text(self, rows: Sequence[int] = ()) -> str:
        """Return some rows, or all of them, as lines of text under their days."""
        lines: list[str] = []
        heading = ""
        for number, row in enumerate(self._rows):
            if TimeRole not in row:
                heading = str(row[LineRole])
            elif not rows or number in rows:
                if heading:
                    lines += ["", heading] if lines else [heading]
                    heading = ""
                lines.append(str(row[LineRole]))
        return "\n".join(lines)

    def _row(self, entry: Entry) -> dict[int, object]:
        words = self._words
        below = (words.person(entry), words.visit(entry))
        return {
            Qt.ItemDataRole.DisplayRole: words.deed(entry),
            Qt.ItemDataRole.AccessibleTextRole: words.line(entry),
            TimeRole: words.time(entry),
            BelowRole: " · ".join(text for text in below if text),
            LineRole: words.line(entry),
        }


class DeedList(QListView):
    """Shows deeds; the arrows walk, Ctrl+C copies what is marked, else everything."""

    def __init__(self, deeds: Deeds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deeds = deeds
        self.setModel(deeds)
        self.setItemDelegate(_Rows(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Its room never comes and goes: rows would wrap to and fro.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAccessibleName(self.tr("History"))

    def copy(self) -> None:
        """Put the marked rows, or all, on the clipboard as text."""
        rows = [index.row() for index in self.selectionModel().selectedIndexes()]
        QApplication.clipboard().setText(self._deeds.text(rows))

    def go_to_newest(self) -> None:
        """Show the end, where the newest stands."""
        self.setCurrentIndex(self._deeds.index(self._deeds.rowCount() - 1, 0))
        self.clearSelection()
        self.scrollToBottom()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy on Ctrl+C."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the words anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class _Rows(QStyledItemDelegate):
    """Draws the time, the deed in as many lines as it takes, and who did it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the room that the words need in the width there is."""
        width = self._width(option)
        line = option.fontMetrics.height()
        if index.data(TimeRole) is None:
            return QSize(width, line + 2 * _PAD)
        inside = width - 2 * _PAD - _clock(option.fontMetrics)
        high = sum(
            _wrapped(str(index.data(role)), option.font, inside).boundingRect().height()
            for role in (Qt.ItemDataRole.DisplayRole, BelowRole)
        )
        return QSize(width, math.ceil(high) + _ABOVE + _BELOW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        """Draw one row."""
        painter.save()
        ground, ink, faint = row_colours(option, hovers=False)
        painter.fillRect(option.rect, ground)
        painter.setFont(option.font)
        if index.data(TimeRole) is None:
            self._paint_day(painter, option, str(index.data()))
        else:
            self._paint_deed(painter, option, index, (ink, faint))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(option.palette.color(QPalette.ColorRole.Highlight))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _paint_day(
        self, painter: QPainter, option: QStyleOptionViewItem, day: str
    ) -> None:
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        box = option.rect.adjusted(_PAD, _PAD, -_PAD, -4)
        bottom = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        painter.drawText(box, bottom, day)

    def _paint_deed(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: _Index,
        inks: tuple[QColor, QColor],
    ) -> None:
        ink, faint = inks
        box = option.rect.adjusted(_PAD, _ABOVE, -_PAD, -_BELOW)
        painter.setPen(faint)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft, str(index.data(TimeRole)))
        box.setLeft(box.left() + _clock(option.fontMetrics))
        place = QPointF(box.topLeft())
        for pen, role in ((ink, Qt.ItemDataRole.DisplayRole), (faint, BelowRole)):
            painter.setPen(pen)
            words = _wrapped(str(index.data(role)), option.font, box.width())
            words.draw(painter, place)
            place.setY(place.y() + words.boundingRect().height())

    def _width(self, option: QStyleOptionViewItem) -> int:
        view = option.widget
        inside = view.viewport() if isinstance(view, QAbstractItemView) else None
        return max(inside.width() if inside else option.rect.width(), 120)


def _clock(metrics: QFontMetrics) -> int:
    """Return the width of a time, whichever clock the country has."""
    late = QLocale().toString(QTime(20, 58), QLocale.FormatType.ShortFormat)
    return metrics.horizontalAdvance(late) + 2 * _PAD


def _wrapped(text: str, font: QFont, width: int) -> QTextLayout:
    """Lay words out in lines; only what is too long for one is broken within."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top))
        top += line.height()
    layout.endLayout()
    return layout
