"""The diary as people use it: a cursor over times and appointments, and their wishes.

The view never changes an appointment. It says what was chosen and what is wished.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from desk_app.domain.schedule import NOBODY
from desk_app.domain.slots import Alignment
from desk_app.ui.grid import accessibility, roving
from desk_app.ui.grid.clock import Stretch
from desk_app.ui.grid.dragging import Carrying
from desk_app.ui.grid.held import Held
from desk_app.ui.grid.hover import HoverCard
from desk_app.ui.grid.keys import Keys
from desk_app.ui.grid.menu import PlaceMenu
from desk_app.ui.grid.painting import picture
from desk_app.ui.grid.pins import Pins
from desk_app.ui.grid.pointer import Pointer
from desk_app.ui.grid.roving import Cursor
from desk_app.ui.grid.stretching import Stretching
from desk_app.ui.grid.surface import DiarySurface
from desk_app.ui.grid.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtGui import (
        QFocusEvent,
        QHideEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QWheelEvent,
    )
    from PySide6.QtWidgets import QWidget

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.people import Service
    from desk_app.domain.staff import Me
    from desk_app.ui.grid.columns import Column
    from desk_app.ui.grid.model import AnyIndex
    from desk_app.ui.grid.roving import Stop
    from desk_app.ui.grid.wishes import SlotChoice


class DiaryView(DiarySurface):
    """Shows a `DiaryModel` and lets people choose, book, open, cancel and move.

    Signals:
        slot_chosen: a free time was clicked or reached by keys (`SlotChoice`).
        booking_requested: a double-click or Enter on a free time (`SlotChoice`).
        appointment_chosen, appointment_activated: one was selected, or opened.
        cancel_requested, history_requested, messages_requested: on it (`Appointment`).
        confirm_requested, another_time_requested: from its menu (`Appointment`).
        waitlist_requested, why_requested, hours_requested: from the menu of a time.
        mark_requested: A, S, O, C, E or X on it (`Appointment`, `Mark`).
        repeat_requested: from its menu: what the cursor is on shall come again.
        move_requested: it shall go elsewhere or last longer (`MoveWish`).
        column_chosen: the head of a column was clicked (provider's number, day).
        hint: a sentence for the status bar, "" to take it away.
    """

    slot_chosen = Signal(object)
    booking_requested = Signal(object)
    appointment_chosen = Signal(object)
    appointment_activated = Signal(object)
    cancel_requested = Signal(object)
    confirm_requested = Signal(object)
    another_time_requested = Signal(object)
    history_requested = Signal(object)
    messages_requested = Signal(object)
    waitlist_requested = Signal(object)
    why_requested = Signal(object)
    hours_requested = Signal(object)
    mark_requested = Signal(object, object)
    repeat_requested = Signal()
    move_requested = Signal(object)
    column_chosen = Signal(int, object)
    hint = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        accessibility.install()
        self.place: Cursor | None = None
        self.me = NOBODY
        super().__init__(parent)
        self.setAccessibleName(tr("Diary"))
        self.hover_card = HoverCard(self)
        self.carrying, self.stretching = Carrying(self), Stretching(self)
        self.pins, self.held = Pins(self), Held(self)
        self.pointer, self.keys = Pointer(self), Keys(self)
        self.nodes = accessibility.Nodes(self)
        self.setModel(self.diary)
        self.header.column_chosen.connect(self._on_column_chosen)

    def set_service(self, services: Mapping[int, Service] | None) -> None:
        """Show the free times of a service, or of none.

        `services` maps the number of a provider to the service that provider has.
        """
        self.offers.choose(services or {})
        self.viewport().update()

    def set_services(
        self, services: Iterable[Service], alignment: Alignment | None = None
    ) -> None:
        """Learn all services (for moving) and where the practice starts slots."""
        self.offers.know(services, alignment or Alignment())
        self.viewport().update()

    def set_me(self, me: Me) -> None:
        """Offer what this person may book and change."""
        self.me = me

    def set_now(self, now: datetime) -> None:
        """Move the line of now; times that have passed are no longer offered."""
        self.now = now
        self.offers.set_now(now)
        self.viewport().update()
        self.ruler.update()
        self.header.look_again()

    def focus_time(self, provider_id: int, start: datetime) -> None:
        """Put the cursor on a free time, if its column is shown."""
        for number, column in enumerate(self.columns):
            clock = column.clock
            is_its_day = clock.start <= start < clock.end
            if column.key[0] == provider_id and is_its_day:
                place = self.free_place(number, clock.minute(start))
                self.choose(place, is_told=False)

    def focus_appointment(self, appointment_id: int) -> None:
        """Put the cursor on an appointment, if it is shown."""
        place = self.place_of(appointment_id)
        if place is not None:
            self.choose(place, is_told=False)

    def chosen_slot(self) -> SlotChoice | None:
        """Return the free time the cursor is on."""
        place = self.place
        if place is None or place.appointment_id is not None:
            return None
        column = self.columns[place.column]
        start = column.clock.instant(place.minute)
        return column.slot(start) if start else None

    def chosen_free_slot(self) -> SlotChoice | None:
        """Return the time the cursor is on, if something can be booked there."""
        slot, column = self.chosen_slot(), self.chosen_column()
        if slot is None or column is None:
            return None
        return None if self.offers.refused(column, slot.start) else slot

    def chosen_column(self) -> Column | None:
        """Return the column the cursor is in."""
        return self.columns[self.place.column] if self.place else None

    def chosen_appointment(self) -> Appointment | None:
        """Return the appointment the cursor is on."""
        if self.place is None or self.place.appointment_id is None:
            return None
        return self.diary.appointment(self.place.appointment_id)

    # What follows up to Qt's events serves the parts of the view.

    def choose(self, place: Cursor | None, *, is_told: bool = True) -> None:
        """Put the cursor somewhere, bring it into view and say so."""
        self.update_place(self.place)
        self.place = place
        self.update_place(place)
        self._select_index()
        if place is None:
            return
        self.reveal(self.place_rect(place))
        self.nodes.tell_focus()
        if is_told:
            self._tell_choice()

    def activate(self) -> None:
        """Book at the cursor, or open what is there."""
        slot, appointment = self.chosen_slot(), self.chosen_appointment()
        if appointment is not None:
            self.appointment_activated.emit(appointment)
        elif slot is not None:
            self.booking_requested.emit(slot)

    def open_menu(self, at: QPoint | None = None) -> None:
        """Show what can be done at the cursor, where a right click has put it."""
        is_open = QApplication.activePopupWidget() is not None
        if self.place is None or self.carrying.ghost is not None or is_open:
            return
        self.hover_card.hide_now()
        if at is None:
            rect = self.place_rect(self.place)
            self.reveal(rect)
            corner = QPoint(rect.left() + rect.width() // 4, rect.top() + self.ink.line)
            corner -= QPoint(self.horizontalOffset(), self.verticalOffset())
            at = self.viewport().mapToGlobal(corner)
        PlaceMenu(self).popup(at)

    def place_at(self, pos: QPoint) -> Cursor | None:
        """Return what a point of the viewport means: an appointment or a free time."""
        index = self.indexAt(pos)
        card = self.diary.card(index)
        if card is not None:
            number = card.appointment.appointment_id
            return Cursor(index.parent().row(), card.top, card.bottom, number)
        if not index.isValid():
            return None
        return self.free_place(index.row(), self.frame.minute(self.content(pos).y()))

    def free_place(self, number: int, minute: int) -> Cursor:
        """Return the free time of a column that a minute belongs to."""
        column = self.columns[number]
        stop = roving.free_at(column, minute, self.step, self.offers.of(column))
        return stop.at(number)

    def place_of(self, appointment_id: int) -> Cursor | None:
        """Return where an appointment stands."""
        index = self.diary.index_of(appointment_id)
        card = self.diary.card(index)
        if card is None:
            return None
        return Cursor(index.parent().row(), card.top, card.bottom, appointment_id)

    def stops(self, number: int) -> list[Stop]:
        """Return the places of a column where the cursor can stand."""
        column = self.columns[number]
        shown = Stretch(self.frame.first, self.frame.last)
        return roving.stops(column, shown, self.step, self.offers.of(column))

    def place_rect(self, place: Cursor) -> QRect:
        """Return where a place is, in the content's coordinates."""
        if place.column >= len(self.columns):
            return QRect()
        column = self.columns[place.column]
        if place.appointment_id is not None:
            row = column.find(place.appointment_id)
            if row >= 0:
                return self.frame.card_rect(place.column, column.cards[row])
        return self.frame.cell_rect(place.column, place.minute, place.bottom)

    def update_place(self, place: Cursor | None) -> None:
        """Repaint a place."""
        if place is not None:
            self.update_content(self.place_rect(place))

    def setModel(self, model: QAbstractItemModel | None) -> None:
        if isinstance(self.model(), type(model)):
            self.diary.area_changed.disconnect(self._on_area_changed)
            self.diary.rooms_changed.disconnect(self._on_rooms_changed)
        super().setModel(model)
        self.diary.area_changed.connect(self._on_area_changed)
        self.diary.rooms_changed.connect(self._on_rooms_changed)

    def reset(self) -> None:
        super().reset()
        self.offers.forget()
        self.lay_out_days()
        self._keep_place()
        self.nodes.forget()
        self.carrying.look_again()
        self.stretching.leave()
        self.pointer.leave()

    def currentChanged(self, _current: AnyIndex, _previous: AnyIndex) -> None:
        # Qt would scroll and tell screen readers of a table cell, which this is not.
        pass

    def paintEvent(self, event: QPaintEvent) -> None:
        picture.paint(self, event.rect())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.pointer.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() != QContextMenuEvent.Reason.Mouse:
            self.open_menu()
        elif self.place_at(event.pos()) is not None:
            self.open_menu(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.pointer.zooms(event):
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.pointer.leave()
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keys.press(event):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # A click brings its own place; scrolling first would make it miss.
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self._enter()
        self.update_place(self.place)
        self.nodes.tell_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update_place(self.place)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of what floats over the grid or hangs on the mouse."""
        super().hideEvent(event)
        self.hover_card.hide_now()
        self.pointer.let_go()

    def _on_area_changed(self, number: int, top: int, bottom: int) -> None:
        column = self.columns[number]
        self.offers.forget(column)
        self.nodes.forget()
        self.header.look_again()
        if top < self.frame.first or bottom > self.frame.last:
            self.updateGeometries()
        if self.offers.is_shown:
            top, bottom = self.frame.first, self.frame.last
        self.update_content(self.frame.span_rect(number, top, bottom))
        self._keep_place()
        self.carrying.look_again()
        self.stretching.look_again()

    def _on_rooms_changed(self) -> None:
        self.offers.forget()
        self.carrying.look_again()
        self.viewport().update()

    def _enter(self) -> None:
        """Give the keyboard a place if it has none: now, or the first time."""
        if self.place is not None or not self.columns:
            return
        minute = self.now_minute()
        stops = self.stops(0)
        if stops:
            start = self.frame.first if minute is None else minute
            self.choose(roving.nearest(stops, 0, start), is_told=False)

    def _on_column_chosen(self, number: int) -> None:
        column = self.columns[number]
        if column.provider_id is not None:
            self.column_chosen.emit(column.provider_id, column.day)

    def _tell_choice(self) -> None:
        slot, appointment = self.chosen_slot(), self.chosen_appointment()
        if appointment is not None:
            self.appointment_chosen.emit(appointment)
        elif slot is not None:
            self.slot_chosen.emit(slot)

    def _keep_place(self) -> None:
        """Leave the cursor where it was, as far as that is still there."""
        place = self.place
        if place is None:
            return
        now_at = place.appointment_id and self.place_of(place.appointment_id)
        if now_at:
            self.place = now_at
        elif place.column < len(self.columns) and (stops := self.stops(place.column)):
            self.place = roving.nearest(stops, place.column, place.minute)
        else:
            self.place = None
        if self.place != place:
            self.update_place(place)
            self.update_place(self.place)
        self._select_index()

    def _select_index(self) -> None:
        number = self.place.appointment_id if self.place else None
        index = QModelIndex() if number is None else self.diary.index_of(number)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect)
