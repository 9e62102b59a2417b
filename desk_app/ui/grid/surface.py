"""The scrolled surface the diary is painted on: layout, scroll bars, Qt's item view.

Here an appointment is an index with a rectangle; what people do with it is said in
`view.py`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QAbstractItemView, QFrame, QWidget

from desk_app.ui import appearance
from desk_app.ui import format as written
from desk_app.ui.grid import geometry
from desk_app.ui.grid.delegate import CardDelegate
from desk_app.ui.grid.header import HeaderStrip
from desk_app.ui.grid.model import DiaryModel
from desk_app.ui.grid.offers import Offers
from desk_app.ui.grid.painting.ink import Ink
from desk_app.ui.grid.painting.plans import Plans
from desk_app.ui.grid.ruler import Corner, TimeRuler

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from PySide6.QtCore import QAbstractItemModel

    from desk_app.ui.grid.clock import TimeLabels
    from desk_app.ui.grid.columns import Column
    from desk_app.ui.grid.geometry import Frame

_MARGIN = 4
_LEAST_LETTERS = 9
_ANYHOW = QAbstractItemView.ScrollHint.EnsureVisible
_LOOKS = (
    QEvent.Type.PaletteChange,
    QEvent.Type.FontChange,
    QEvent.Type.StyleChange,
    QEvent.Type.DevicePixelRatioChange,
)


class DiarySurface(QAbstractItemView):
    """Lays a `DiaryModel` out; follows the palette and the font of the program.

    The model is set by the class that inherits, once its own parts are there.

    Signals:
        zoom_changed: the new level, an index of `geometry.ZOOM_LEVELS`.
        typing_began: a letter was typed on a free time, where letters are no commands.
    """

    zoom_changed = Signal(int)
    typing_began = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.now = datetime.now(UTC)
        self.zone: ZoneInfo | None = None
        self.zoom = geometry.DEFAULT_ZOOM
        self._has_days = False
        self.offers = Offers(self.now)
        self.plans = self._new_plans()
        self.diary = DiaryModel(self)
        self.frame: Frame = geometry.frame_for((), geometry.Room(1, 1, 16, 60), 0)
        self.header, self.ruler = HeaderStrip(self), TimeRuler(self)
        self.corner = Corner(self)
        self._build()

    def _build(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(CardDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def columns(self) -> Sequence[Column]:
        """The columns that are shown, from left to right."""
        return self.diary.columns

    @property
    def labels(self) -> TimeLabels:
        """How times are written."""
        return self.diary.labels

    @property
    def ink(self) -> Ink:
        """Colours and fonts."""
        return self.plans.ink

    @property
    def step(self) -> int:
        """How finely free times are picked, in minutes."""
        return geometry.step_at(self.frame.scale, self.ink.line)

    def set_zone(self, zone: ZoneInfo | None) -> None:
        """Say the practice's zone; columns in another one say so, and so do hours."""
        self.zone = zone
        self.updateGeometries()

    def practice_clock(self, column: Column, start: datetime) -> str:
        """Return "10:00 Berlin" where the column shows another clock, else ""."""
        if self.zone is None:
            return ""
        clock = written.time(start, self.zone)
        return written.elsewhere(clock, start, self.zone, column.clock.zone)

    def set_zoom(self, level: int, anchor: int | None = None) -> None:
        """Show more or less of a day; what is at `anchor` (y) stays where it is."""
        level = max(0, min(level, len(geometry.ZOOM_LEVELS) - 1))
        if level == self.zoom:
            return
        anchor = self.viewport().height() // 2 if anchor is None else anchor
        minute = self.frame.first + (self.verticalOffset() + anchor) / self.frame.scale
        self.zoom = level
        self.updateGeometries()
        self.verticalScrollBar().setValue(self.frame.y(minute) - anchor)
        self.zoom_changed.emit(level)

    def lay_out_days(self) -> None:
        """Lay new columns out at the same time of day, the first ones around now."""
        top = self.frame.minute(self.verticalOffset())
        self.updateGeometries()
        if not self._has_days:
            now = self.now_minute()
            third = int(self.viewport().height() / self.frame.scale / 3)
            top = self.frame.first if now is None else now - third
        self._has_days = bool(self.columns)
        self.verticalScrollBar().setValue(self.frame.y(top))

    def content(self, pos: QPoint) -> QPoint:
        """Turn a point of the viewport into one of the content."""
        return pos + QPoint(self.horizontalOffset(), self.verticalOffset())

    def update_content(self, rect: QRect) -> None:
        """Repaint a part of the content, with what may stick out of it."""
        shift = QPoint(-self.horizontalOffset(), -self.verticalOffset())
        room = rect.translated(shift).adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
        self.viewport().update(room)

    def reveal(self, rect: QRect) -> None:
        """Scroll until a part of the content is in view."""
        room = self.viewport().size()
        for bar, near, far, size in (
            (self.horizontalScrollBar(), rect.left(), rect.right(), room.width()),
            (self.verticalScrollBar(), rect.top(), rect.bottom(), room.height()),
        ):
            if near < bar.value() or far - near > size:
                bar.setValue(near - _MARGIN)
            elif far > bar.value() + size:
                bar.setValue(far - size + _MARGIN)

    def now_minute(self) -> int | None:
        """Return the minute of now in the first column of today, if one is shown."""
        for column in self.columns:
            minute = column.clock.minute(self.now)
            is_shown = self.frame.first <= minute < self.frame.last
            if column.clock.is_today(self.now) and is_shown:
                return minute
        return None

    def setModel(self, model: QAbstractItemModel | None) -> None:
        if not isinstance(model, DiaryModel):
            raise TypeError("the diary shows a DiaryModel")
        self.diary = model
        super().setModel(model)

    def horizontalOffset(self) -> int:
        return self.horizontalScrollBar().value()

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def visualRect(self, index: QModelIndex | QPersistentModelIndex) -> QRect:
        rect = self.index_rect(index)
        return rect.translated(-self.horizontalOffset(), -self.verticalOffset())

    def index_rect(self, index: QModelIndex | QPersistentModelIndex) -> QRect:
        """Return where a card or a whole column is, in the content's coordinates."""
        card = self.diary.card(index)
        if card is not None:
            return self.frame.card_rect(index.parent().row(), card)
        if index.isValid():
            return self.frame.span_rect(index.row(), self.frame.first, self.frame.last)
        return QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        at = self.content(point)
        number = self.frame.column(at.x())
        if not 0 <= number < len(self.columns):
            return QModelIndex()
        row = self.frame.card_at(number, self.columns[number], at.x(), at.y())
        parent = self.diary.index(number, 0)
        return self.diary.index(row, 0, parent) if row >= 0 else parent

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        _hint: QAbstractItemView.ScrollHint = _ANYHOW,
    ) -> None:
        self.reveal(self.index_rect(index))

    def moveCursor(
        self, _action: QAbstractItemView.CursorAction, _mods: Qt.KeyboardModifier
    ) -> QModelIndex:
        # The keys go over free times too, which are no indexes: see keys.py.
        return self.currentIndex()

    def isIndexHidden(self, _index: QModelIndex | QPersistentModelIndex) -> bool:
        return False

    def setSelection(
        self, rect: QRect, command: QItemSelectionModel.SelectionFlag
    ) -> None:
        index = self.indexAt(rect.center())
        self.selectionModel().select(index, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for index in selection.indexes():
            region += self.visualRect(index)
        return region

    def updateGeometries(self) -> None:
        head, side = self.header.needed_height(), self.ruler.needed_width()
        margins = self.viewportMargins()
        if (margins.left(), margins.top()) != (side, head):
            self.setViewportMargins(side, head, 0, 0)
        room = self.viewport().geometry()
        self.header.setGeometry(room.left(), room.top() - head, room.width(), head)
        self.ruler.setGeometry(room.left() - side, room.top(), side, room.height())
        self.corner.setGeometry(room.left() - side, room.top() - head, side, head)
        least = _LEAST_LETTERS * self.ink.letter
        size = geometry.Room(room.width(), room.height(), self.ink.line, least)
        self.frame = geometry.frame_for(self.columns, size, self.zoom)
        self._set_bars(room.width(), room.height())
        super().updateGeometries()
        self.viewport().update()
        self.ruler.update()
        self.corner.look_again()
        self.header.look_again()

    def doItemsLayout(self) -> None:
        # Qt asks for this some time after a reset, which has laid out already; it
        # would paint everything a second time.
        pass

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.scrollDirtyRegion(dx, dy)
        self.viewport().scroll(dx, dy)
        if dx:
            self.header.scroll(dx, 0)
        if dy:
            self.ruler.scroll(0, dy)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _LOOKS:
            self._renew_plans()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._renew_plans()
        return super().event(event)

    def _set_bars(self, width: int, height: int) -> None:
        for bar, size, room in (
            (self.horizontalScrollBar(), self.frame.width, width),
            (self.verticalScrollBar(), self.frame.height, height),
        ):
            bar.setRange(0, max(size - room, 0))
            bar.setPageStep(room)
            bar.setSingleStep(self.ink.line * 2)

    def _renew_plans(self) -> None:
        self.plans = self._new_plans()
        self.updateGeometries()

    def _new_plans(self) -> Plans:
        ink = Ink(appearance.current(), self.font(), self.devicePixelRatioF())
        return Plans(ink)
