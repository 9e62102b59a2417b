"""The keyboard in the grid: one tab stop, and a place that the arrow keys move."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desk_app.domain.appointment import Status
from desk_app.ui.grid import geometry, roving
from desk_app.ui.grid.words import STEP_KEYS

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from desk_app.domain.deeds import Mark
    from desk_app.ui.grid.view import DiaryView

Key = Qt.Key
_NONE = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_MARKS = {Key(ord(letter)): step for step, letter in STEP_KEYS.items()}
_ARROWS = {Key.Key_Up: (-1, 0), Key.Key_Down: (1, 0)} | {
    Key.Key_Left: (0, -1),
    Key.Key_Right: (0, 1),
}


class Keys:
    """What each key does; a key that is not ours is left to the window."""

    def __init__(self, view: DiaryView) -> None:
        self._view = view
        self.has_letters = True
        self._plain: dict[int, Callable[[], None]] = {
            Key.Key_Home: lambda: self._jump(0),
            Key.Key_End: lambda: self._jump(-1),
            Key.Key_PageUp: lambda: self._page(-1),
            Key.Key_PageDown: lambda: self._page(1),
            Key.Key_Return: self._enter,
            Key.Key_Enter: self._enter,
            Key.Key_Delete: self._cancel,
            Key.Key_M: view.carrying.begin_with_keys,
            Key.Key_H: self._history,
            Key.Key_K: self._confirm,
            Key.Key_Space: self._peek,
            **{key: partial(self._mark, mark) for key, mark in _MARKS.items()},
        }
        self._with_ctrl: dict[int, Callable[[], None]] = {
            Key.Key_X: view.pins.pin,
            Key.Key_V: self._drop,
            Key.Key_Plus: lambda: view.set_zoom(view.zoom + 1),
            Key.Key_Equal: lambda: view.set_zoom(view.zoom + 1),
            Key.Key_Minus: lambda: view.set_zoom(view.zoom - 1),
            Key.Key_0: lambda: view.set_zoom(geometry.DEFAULT_ZOOM),
        }

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means here; say whether it meant anything."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Key(event.key())
        if key == Key.Key_Escape:
            return self._escape()
        if not self._view.columns:
            return False
        is_typed = event.text().isalnum() and held in (_NONE, _SHIFT)
        if is_typed and not self.has_letters:
            return self._type(event.text())
        return self._act(key, held)

    def _act(self, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        if held == _NONE and key in _ARROWS:
            self._arrow(*_ARROWS[key])
            return True
        # Not every platform turns these keys into a request for a menu.
        if key == Key.Key_Menu or (held == _SHIFT and key == Key.Key_F10):
            self._view.open_menu()
            return True
        if held == _SHIFT and key in (Key.Key_Up, Key.Key_Down):
            self._stretch(_ARROWS[key][0])
            return True
        # On many keyboards Shift is needed to reach "+" and "=".
        if held & _CTRL:
            action = self._with_ctrl.get(key)
        else:
            action = self._plain.get(key) if held == _NONE else None
        if action is not None:
            action()
        return action is not None

    def _type(self, text: str) -> bool:
        """Begin a booking with a letter where letters are no commands."""
        view = self._view
        if view.carrying.ghost is None and view.chosen_free_slot() is not None:
            view.typing_began.emit(text)
        return True

    def _arrow(self, down: int, right: int) -> None:
        view = self._view
        view.hover_card.hide_now()
        view.stretching.drop()
        if view.carrying.ghost is not None:
            view.carrying.step(down, right)
            return
        if view.place is None:
            self._jump(0)
        elif down:
            stops = view.stops(view.place.column)
            if stops:
                view.choose(roving.along(stops, view.place, down))
        else:
            self._go_across(view.place, right)

    def _go_across(self, place: roving.Cursor, by: int) -> None:
        column = place.column + by
        if 0 <= column < len(self._view.columns):
            stops = self._view.stops(column)
            if stops:
                self._view.choose(roving.across(stops, place, column))

    def _jump(self, to: int) -> None:
        view = self._view
        column = view.place.column if view.place else 0
        stops = view.stops(column)
        if stops and view.carrying.ghost is None:
            view.choose(stops[to].at(column))

    def _page(self, by: int) -> None:
        view = self._view
        if view.place is None or view.carrying.ghost is not None:
            return
        page = int(view.viewport().height() / view.frame.scale / 2)
        minute = view.place.minute + by * max(page, 60)
        stops = view.stops(view.place.column)
        if stops:
            view.choose(roving.nearest(stops, view.place.column, minute))

    def _enter(self) -> None:
        if self._view.carrying.ghost is not None:
            self._view.carrying.drop()
        elif self._view.stretching.ghost is not None:
            self._view.stretching.drop()
        else:
            self._view.activate()

    def _drop(self) -> None:
        if self._view.carrying.ghost is not None:
            self._view.carrying.drop()
        else:
            self._view.pins.paste_requested.emit()

    def _stretch(self, by: int) -> None:
        if self._view.carrying.ghost is None:
            self._view.stretching.step(by)

    def _cancel(self) -> None:
        appointment = self._view.chosen_appointment()
        if appointment is not None and self._view.carrying.ghost is None:
            self._view.cancel_requested.emit(appointment)

    def _mark(self, mark: Mark) -> None:
        appointment = self._view.chosen_appointment()
        if appointment is not None and self._view.carrying.ghost is None:
            self._view.mark_requested.emit(appointment, mark)

    def _confirm(self) -> None:
        appointment = self._view.chosen_appointment()
        if appointment is not None and appointment.status is Status.PENDING:
            self._view.confirm_requested.emit(appointment)

    def _history(self) -> None:
        appointment = self._view.chosen_appointment()
        if appointment is not None and self._view.carrying.ghost is None:
            self._view.history_requested.emit(appointment)

    def _peek(self) -> None:
        place = self._view.place
        if place is not None and place.appointment_id is not None:
            self._view.hover_card.toggle(place.appointment_id)

    def _escape(self) -> bool:
        view = self._view
        for hand in (view.carrying, view.stretching):
            if hand.ghost is not None:
                hand.leave()
                return True
        if view.hover_card.isVisible():
            view.hover_card.hide_now()
            return True
        return False
