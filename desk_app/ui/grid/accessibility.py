"""The grid for screen readers: each appointment and the chosen time are children.

A painted card is nothing to a screen reader. The children here are made when one is
asked for, kept referenced as long as Qt may hold them, and deleted by their id; just
dropping one, or overriding `interface_cast`, ends the process.
"""

# Qt takes None where its stubs only name an interface.
# mypy: disable-error-code="override"

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
)
from PySide6.QtWidgets import QAccessibleWidget

from desk_app.ui.grid.words import (
    appointment_name,
    appointment_state,
    time_name,
    tr,
)
from desk_app.ui.painted import Leaf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.ui.grid.view import DiaryView

_TIME = 0
# Qt keeps only the C++ half of an interface alive.
_grids: list[GridInterface] = []
_installed: list[object] = []


def install() -> None:
    """Let Qt ask here for the interface of a diary; needed once."""
    if not _installed:
        QAccessible.installFactory(_interface)
        _installed.append(_interface)


class Nodes:
    """The children of one diary, by the number of their appointment."""

    def __init__(self, view: DiaryView) -> None:
        self._view = view
        self._nodes: dict[int, _Node] = {}
        ids: dict[int, int] = {}
        self._ids = ids
        view.destroyed.connect(lambda: _delete(ids.values()))

    def keys(self) -> list[int]:
        """Return the chosen time, then all appointments from left to right."""
        shown = (
            card.appointment.appointment_id
            for column in self._view.columns
            for card in column.cards
        )
        # One over midnight stands in two columns and is read once.
        return [_TIME, *dict.fromkeys(shown)]

    def node(self, key: int) -> QAccessibleInterface:
        """Return the child of an appointment, or of the chosen time for 0."""
        node = self._nodes.get(key)
        if node is None:
            node = self._nodes[key] = _Node(self._view, key)
            self._ids[key] = QAccessible.registerAccessibleInterface(node)
        return node

    def key_of(self, interface: QAccessibleInterface) -> int | None:
        """Return whose child this is."""
        for key, node in self._nodes.items():
            if node is interface:
                return key
        return None

    def forget(self) -> None:
        """Delete the children of appointments that are no longer shown."""
        if len(self._nodes) < 2:
            return
        gone = self._nodes.keys() - {*self.keys()}
        _delete([self._ids.pop(key) for key in gone])
        for key in gone:
            del self._nodes[key]

    def focused(self) -> QAccessibleInterface | None:
        """Return the child that the cursor is on."""
        place = self._view.place
        if place is None or not self._view.hasFocus():
            return None
        return self.node(place.appointment_id or _TIME)

    def tell_focus(self) -> None:
        """Tell screen readers that the cursor has moved."""
        if QAccessible.isActive():
            node = self.focused()
            if node is not None:
                event = QAccessibleEvent(node, QAccessible.Event.Focus)
                QAccessible.updateAccessibility(event)

    def announce(self, words: str) -> None:
        """Let screen readers say something that is not a place."""
        if QAccessible.isActive() and words and self._view.isVisible():
            event = QAccessibleAnnouncementEvent(self._view, words)
            QAccessible.updateAccessibility(event)


class GridInterface(QAccessibleWidget):
    """The diary itself: a list of what is in it."""

    def __init__(self, view: DiaryView) -> None:
        super().__init__(view, QAccessible.Role.List, view.accessibleName())
        self._view = view

    def childCount(self) -> int:
        return len(self._keys())

    def child(self, index: int) -> QAccessibleInterface | None:
        keys = self._keys()
        return self._view.nodes.node(keys[index]) if 0 <= index < len(keys) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        key = self._view.nodes.key_of(child) if self._keys() else None
        return -1 if key is None else self._keys().index(key)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        if not self._keys():
            return None
        point = self._view.viewport().mapFromGlobal(QPoint(x, y))
        place = self._view.place_at(point)
        if place is None or place.appointment_id is None:
            return None
        return self._view.nodes.node(place.appointment_id)

    def focusChild(self) -> QAccessibleInterface | None:
        return self._view.nodes.focused() if self._keys() else None

    def _keys(self) -> Sequence[int]:
        return self._view.nodes.keys() if _is_alive(self._view) else ()


class _Node(Leaf):
    """One appointment, or the chosen time, as a screen reader meets it."""

    def __init__(self, view: DiaryView, key: int) -> None:
        super().__init__()
        self._view, self._key = view, key

    def isValid(self) -> bool:
        return _is_alive(self._view) and (
            self._key == _TIME or self._view.diary.index_of(self._key).isValid()
        )

    def parent(self) -> QAccessibleInterface | None:
        if not _is_alive(self._view):
            return None
        return QAccessible.queryAccessibleInterface(self._view)

    def text(self, kind: QAccessible.Text) -> str:
        if not (self.isValid() and self._view.isVisible()):
            return ""
        if self._key == _TIME:
            return self._time_text(kind)
        view = self._view
        index = view.diary.index_of(self._key)
        card = view.diary.card(index)
        if card is None:
            return ""
        if kind == QAccessible.Text.Name:
            return appointment_name(card, view.labels)
        if kind == QAccessible.Text.Description:
            column = view.diary.data(index.parent())
            start = card.appointment.start
            clock = view.practice_clock(view.columns[index.parent().row()], start)
            pinned = tr("on the pinboard") if self._key in view.pins.ids else ""
            said = (appointment_state(card.appointment), pinned, str(column), clock)
            return ", ".join(part for part in said if part)
        return ""

    def rect(self) -> QRect:
        view = self._view
        if not self.isValid():
            return QRect()
        place = view.place if self._key == _TIME else view.place_of(self._key)
        if place is None:
            return QRect()
        shift = QPoint(view.horizontalOffset(), view.verticalOffset())
        rect = view.place_rect(place).translated(-shift)
        return QRect(view.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        if not self.isValid():
            state.invalid = True
            return state
        place = self._view.place
        is_here = place is not None and (place.appointment_id or _TIME) == self._key
        state.focusable = True
        state.selectable = True
        state.selected = is_here
        state.focused = is_here and self._view.hasFocus()
        is_nowhere = self._key == _TIME and not is_here
        state.invisible = is_nowhere or not self._view.isVisible()
        return state

    def _time_text(self, kind: QAccessible.Text) -> str:
        view, place = self._view, self._view.place
        if place is None or place.appointment_id is not None:
            return ""
        column = view.columns[place.column]
        if kind == QAccessible.Text.Name:
            is_offered = any(o.top == place.minute for o in view.offers.of(column))
            name = time_name(column, place, view.labels, is_offered)
            held = view.held.words_at(place.column, place.minute)
            return f"{name}, {held}" if held else name
        if kind == QAccessible.Text.Description:
            slot = view.chosen_slot()
            clock = view.practice_clock(column, slot.start) if slot else ""
            said = str(view.diary.data(view.diary.index(place.column, 0)))
            return f"{said}, {clock}" if clock else said
        return ""


def _interface(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    from desk_app.ui.grid.view import DiaryView

    if not isinstance(thing, DiaryView):
        return None
    grid = GridInterface(thing)
    _grids.append(grid)
    return grid


def _is_alive(view: DiaryView) -> bool:
    return shiboken6.isValid(view) and hasattr(view, "nodes")


def _delete(ids: object) -> None:
    for number in list(ids):  # type: ignore[call-overload]
        QAccessible.deleteAccessibleInterface(number)
