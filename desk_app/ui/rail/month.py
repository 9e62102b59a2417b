"""The small month: today framed, shown days filled, one tab stop."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desk_app.ui import appearance, icons
from desk_app.ui import format as words
from desk_app.ui.plain import PlainLabel
from desk_app.ui.rail.month_model import (
    WEEKS,
    DayRole,
    IsOfMonthRole,
    IsShownRole,
    IsTodayRole,
    MonthModel,
)
from desk_app.ui.rail.steps import same_day_of_month, walked

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent


class Month(QWidget):
    """A month to choose a day from; the schedule need not show that month."""

    day_chosen = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = MonthModel(today, self)
        self._build()
        self._connect()
        self._show_title()

    def set_today(self, today: date) -> None:
        """Frame another day as today."""
        self._model.set_today(today)

    def show_days(self, days: frozenset[date]) -> None:
        """Fill `days` and turn to their month."""
        self._model.set_shown(days)
        if days:
            self._turn_to(min(days))

    @property
    def days(self) -> QTableView:
        """The table of days, one tab stop."""
        return self._table

    def _build(self) -> None:
        self._title = PlainLabel()
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._previous = icons.button("chevron-left", self.tr("Previous month"))
        self._next = icons.button("chevron-right", self.tr("Next month"))
        self._table = _Days(self._model, self)
        head = QHBoxLayout()
        head.setContentsMargins(4, 0, 0, 0)
        head.setSpacing(0)
        head.addWidget(self._title, 1)
        head.addWidget(self._previous)
        head.addWidget(self._next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._table)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _connect(self) -> None:
        self._previous.clicked.connect(self._on_previous)
        self._next.clicked.connect(self._on_next)
        self._table.day_chosen.connect(self.day_chosen)
        self._table.day_wanted.connect(self._turn_to)

    def _show_title(self) -> None:
        self._title.setText(words.month_and_year(self._model.month))
        self._table.setAccessibleDescription(self._title.text())

    @Slot(object)
    def _turn_to(self, day: date) -> None:
        if self._model.month != day.replace(day=1):
            self._model.set_month(day)
            self._show_title()
        self._table.setCurrentIndex(self._model.index_of(day))

    @Slot()
    def _on_previous(self) -> None:
        self._turn_to(self._model.month - timedelta(days=1))

    @Slot()
    def _on_next(self) -> None:
        self._turn_to(same_day_of_month(self._model.month, 1))


class _Days(QTableView):
    """The table of days; arrows walk on beyond the month, Enter chooses."""

    day_chosen = Signal(object)
    day_wanted = Signal(object)

    def __init__(self, model: MonthModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(_DayPainter(self))
        self.setAccessibleName(self.tr("Month"))
        self._build()
        self.clicked.connect(self._on_clicked)

    def _build(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        across = _Weekdays(self)
        self.setHorizontalHeader(across)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.setSectionsClickable(False)
        across.setHighlightSections(False)
        across.setMinimumSectionSize(20)
        down = self.verticalHeader()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setMinimumSectionSize(20)
        down.setDefaultSectionSize(max(24, self.fontMetrics().height() + 8))
        self.setFixedHeight(
            down.defaultSectionSize() * WEEKS + across.sizeHint().height() + 2
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        day = self.currentIndex().data(DayRole)
        if day is None:
            super().keyPressEvent(event)
            return
        key = event.key()
        if (wanted := walked(day, key)) is not None:
            self.day_wanted.emit(wanted)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.day_chosen.emit(day)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))
        super().focusInEvent(event)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.day_chosen.emit(index.data(DayRole))


class _Weekdays(QHeaderView):
    """The first letters of the weekdays, flat and muted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)

    def paintSection(  # noqa: N802 (called by Qt)
        self, painter: QPainter, rect: QRect, section: int
    ) -> None:
        """Draw the letters and nothing around them."""
        painter.setPen(QColor(appearance.current().muted))
        text = self.model().headerData(section, Qt.Orientation.Horizontal)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(text))


class _DayPainter(QStyledItemDelegate):
    """Draws one day: a filled, framed or plain round field with its number."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme = appearance.current()
        is_shown, is_today = index.data(IsShownRole), index.data(IsTodayRole)
        text = theme.text if index.data(IsOfMonthRole) else theme.muted
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(option.rect.width(), option.rect.height()) - 2
        field = QRectF(0, 0, side, side)
        field.moveCenter(QRectF(option.rect).center())
        painter.setPen(Qt.PenStyle.NoPen)
        if is_shown:
            painter.setBrush(QColor(theme.accent))
            painter.drawRoundedRect(field, 6, 6)
            text = theme.accent_text
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(theme.hover))
            painter.drawRoundedRect(field, 6, 6)
        self._paint_frames(painter, option, field, is_today=is_today)
        font = option.font
        font.setBold(bool(is_today))
        painter.setFont(font)
        painter.setPen(QColor(text))
        painter.drawText(field, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        painter.restore()

    def sizeHint(
        self,
        option: QStyleOptionViewItem,
        _index: QModelIndex | QPersistentModelIndex,
    ) -> QSize:
        side = option.fontMetrics.height() + 8
        return QSize(side, side)

    def _paint_frames(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        field: QRectF,
        *,
        is_today: bool,
    ) -> None:
        theme = appearance.current()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if is_today:
            painter.setPen(QColor(theme.accent))
            painter.drawRoundedRect(field.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setColor(QColor(theme.text))
            pen.setWidthF(2)
            painter.setPen(pen)
            painter.drawRoundedRect(field.adjusted(-0.5, -0.5, 0.5, 0.5), 7, 7)
