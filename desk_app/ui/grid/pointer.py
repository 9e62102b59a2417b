"""The mouse over the grid: choosing, opening, dragging, hovering, zooming."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QWheelEvent

    from desk_app.domain.appointment import Appointment
    from desk_app.ui.grid.roving import Cursor
    from desk_app.ui.grid.view import DiaryView


class Pointer:
    """What the mouse is on and what it has begun."""

    def __init__(self, view: DiaryView) -> None:
        self._view = view
        self.hovered: Cursor | None = None
        self._pressed_at: QPoint | None = None
        self._edge: Appointment | None = None

    def press(self, event: QMouseEvent) -> None:
        """Choose what is under the pointer; a card may be dragged from here."""
        view, pos = self._view, event.position().toPoint()
        view.hover_card.hide_now()
        if view.carrying.by_keys and event.button() == Qt.MouseButton.LeftButton:
            view.carrying.follow(pos)
            view.carrying.drop()
            return
        place = view.place_at(pos)
        if place is None:
            return
        self._edge = view.stretching.edge_at(pos)
        view.choose(place)
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed_at = pos if is_left and place.appointment_id else None

    def move(self, event: QMouseEvent) -> None:
        """Drag once the mouse has gone far enough, else hover."""
        pos = event.position().toPoint()
        if self._view.carrying.ghost is not None:
            self._view.carrying.follow(pos)
        elif self._view.stretching.ghost is not None:
            self._view.stretching.follow(pos)
        elif self._pressed_at is not None:
            far = (pos - self._pressed_at).manhattanLength()
            if far >= QApplication.startDragDistance():
                self._begin_drag(self._pressed_at, pos)
        elif not event.buttons():
            self._hover(pos)

    def release(self, event: QMouseEvent) -> None:
        """Drop what is dragged."""
        self._pressed_at = None
        carrying = self._view.carrying
        if carrying.ghost is not None and not carrying.by_keys:
            carrying.drop()
            self._hover(event.position().toPoint())
        elif self._view.stretching.ghost is not None:
            self._view.stretching.drop()
            self._hover(event.position().toPoint())

    def let_go(self) -> None:
        """Put back what is dragged: the mouse will not tell where it was dropped."""
        self._pressed_at = None
        if not self._view.carrying.by_keys:
            self._view.carrying.leave()
        self._view.stretching.leave()

    def double_click(self, event: QMouseEvent) -> None:
        """Book the time or open the appointment under the pointer."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed_at = None
        place = self._view.place_at(event.position().toPoint())
        if place is not None:
            self._view.choose(place, is_told=False)
            self._view.activate()

    def leave(self) -> None:
        """The mouse is elsewhere."""
        self._set_hovered(None)

    def zooms(self, event: QWheelEvent) -> bool:
        """Zoom if Ctrl is held; say whether it was."""
        if event.modifiers() != Qt.KeyboardModifier.ControlModifier:
            self._view.hover_card.hide_now()
            return False
        steps = event.angleDelta().y()
        if steps:
            level = self._view.zoom + (1 if steps > 0 else -1)
            self._view.set_zoom(level, event.position().toPoint().y())
        event.accept()
        return True

    def _begin_drag(self, origin: QPoint, pos: QPoint) -> None:
        view = self._view
        self._pressed_at = None
        self._set_hovered(None)
        if self._edge is not None:
            if view.stretching.begin(self._edge):
                view.stretching.follow(pos)
            return
        appointment = view.chosen_appointment()
        place = view.place_at(origin)
        if appointment is not None and place is not None:
            grabbed = view.frame.minute(view.content(origin).y()) - place.minute
            if view.carrying.begin(appointment, grabbed):
                view.carrying.follow(pos)

    def _hover(self, pos: QPoint) -> None:
        view = self._view
        place = view.place_at(pos)
        self._show_edge(view.stretching.edge_at(pos))
        if place is not None and place.appointment_id is None:
            column = view.columns[place.column]
            start = column.clock.instant(place.minute)
            is_open = any(h.top <= place.minute < h.bottom for h in column.hours)
            if not is_open or start is None or start < view.now:
                place = None
        self._set_hovered(place)

    def _show_edge(self, appointment: Appointment | None) -> None:
        """Let the pointer tell where the length of a card can be taken."""
        view = self._view
        if appointment is not None and view.me.may_change(appointment.provider_id):
            view.viewport().setCursor(Qt.CursorShape.SizeVerCursor)
        else:
            view.viewport().unsetCursor()

    def _set_hovered(self, place: Cursor | None) -> None:
        if place == self.hovered:
            return
        view = self._view
        view.update_place(self.hovered)
        self.hovered = place
        view.update_place(place)
        if place is not None and place.appointment_id is not None:
            view.hover_card.show_later(place.appointment_id)
        else:
            view.hover_card.hide_later()
