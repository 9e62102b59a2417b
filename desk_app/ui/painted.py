"""Painted things for screen readers: a widget hands out what is drawn in it.

A widget that paints its own children tells of them by `keys`, `said_of`, `rect_of` and
`current_key`. The children are kept referenced as long as Qt may hold them and deleted
by their id; just dropping one, or overriding `interface_cast`, ends the process.
"""

# Qt takes None where its stubs only name an interface.
# mypy: disable-error-code="override"

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

# Qt keeps only the C++ half of an interface alive.
_kept: list[PaintedInterface] = []
_installed: list[object] = []


class PaintedWidget(QWidget):
    """A widget whose painted parts are children for screen readers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if not _installed:
            QAccessible.installFactory(_interface)
            _installed.append(_interface)
        self.parts = _Parts(self)

    def keys(self) -> Sequence[Hashable]:
        """Return what is drawn, in the order in which it is read."""
        raise NotImplementedError

    def said_of(self, key: Hashable) -> str:
        """Return what a part is called and how it stands."""
        raise NotImplementedError

    def rect_of(self, key: Hashable) -> QRect:
        """Return where a part is drawn."""
        raise NotImplementedError

    def current_key(self) -> Hashable:
        """Return the part that the keyboard is on, None for none."""
        raise NotImplementedError

    def tell_focus(self) -> None:
        """Tell screen readers that the keyboard is on another part."""
        key = self.current_key()
        if QAccessible.isActive() and key is not None and self.hasFocus():
            event = QAccessibleEvent(self.parts.part(key), QAccessible.Event.Focus)
            QAccessible.updateAccessibility(event)


class _Parts:
    """The children of one widget, made when one is asked for."""

    def __init__(self, widget: PaintedWidget) -> None:
        self._widget = widget
        self._parts: dict[Hashable, _Part] = {}
        ids: list[int] = []
        self._ids = ids
        widget.destroyed.connect(lambda: _delete(ids))

    def part(self, key: Hashable) -> QAccessibleInterface:
        """Return the child of a key."""
        part = self._parts.get(key)
        if part is None:
            part = self._parts[key] = _Part(self._widget, key)
            self._ids.append(QAccessible.registerAccessibleInterface(part))
        return part

    def key_of(self, interface: QAccessibleInterface) -> Hashable:
        """Return whose child this is, None for nobody's."""
        return next((k for k, part in self._parts.items() if part is interface), None)


class PaintedInterface(QAccessibleWidget):
    """The widget itself: a list of what is drawn."""

    def __init__(self, widget: PaintedWidget) -> None:
        super().__init__(widget, QAccessible.Role.List, widget.accessibleName())
        self._widget = widget

    def childCount(self) -> int:
        return len(self._keys())

    def child(self, index: int) -> QAccessibleInterface | None:
        keys = self._keys()
        return self._widget.parts.part(keys[index]) if 0 <= index < len(keys) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        keys = self._keys()
        key = self._widget.parts.key_of(child) if keys else None
        return keys.index(key) if key in keys else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        keys = self._keys()
        point = self._widget.mapFromGlobal(QPoint(x, y)) if keys else QPoint()
        for key in keys:
            if self._widget.rect_of(key).contains(point):
                return self._widget.parts.part(key)
        return None

    def focusChild(self) -> QAccessibleInterface | None:
        key = self._widget.current_key() if self._keys() else None
        has_focus = key is not None and self._widget.hasFocus()
        return self._widget.parts.part(key) if has_focus else None

    def _keys(self) -> Sequence[Hashable]:
        return self._widget.keys() if shiboken6.isValid(self._widget) else ()


class Leaf(QAccessibleInterface):
    """One thing among others, with nothing inside and nothing to write."""

    def object(self) -> QObject | None:
        return None

    def child(self, _index: int) -> QAccessibleInterface | None:
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        return -1

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:
        return None

    def setText(self, _kind: QAccessible.Text, _text: str) -> None:
        pass

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem


class _Part(Leaf):
    """One painted part as a screen reader meets it."""

    def __init__(self, widget: PaintedWidget, key: Hashable) -> None:
        super().__init__()
        self._widget, self._key = widget, key

    def isValid(self) -> bool:
        return shiboken6.isValid(self._widget) and self._key in {*self._widget.keys()}

    def parent(self) -> QAccessibleInterface | None:
        if not shiboken6.isValid(self._widget):
            return None
        return QAccessible.queryAccessibleInterface(self._widget)

    def text(self, kind: QAccessible.Text) -> str:
        is_name = kind == QAccessible.Text.Name and self.isValid()
        return self._widget.said_of(self._key) if is_name else ""

    def rect(self) -> QRect:
        if not self.isValid():
            return QRect()
        rect = self._widget.rect_of(self._key)
        return QRect(self._widget.mapToGlobal(rect.topLeft()), rect.size())

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        if not self.isValid():
            state.invalid = True
            return state
        is_here = self._widget.current_key() == self._key
        state.focusable = True
        state.selectable = True
        state.selected = is_here
        state.focused = is_here and self._widget.hasFocus()
        state.invisible = not self._widget.isVisible()
        return state


def _interface(_class_name: str, thing: QObject) -> QAccessibleInterface | None:
    if not isinstance(thing, PaintedWidget):
        return None
    made = PaintedInterface(thing)
    _kept.append(made)
    return made


def _delete(ids: list[int]) -> None:
    for number in ids:
        QAccessible.deleteAccessibleInterface(number)
