"""Hides what stands in the windows, and shows it again as it was.

A dialog that is asked in `exec()` must not be hidden itself, for that ends it. So a
cover is laid over each window, and what is below is hidden: from the eye, and from a
screen reader as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QMainWindow, QToolTip, QWidget

from desk_app.ui import appearance, icons

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

ICON = 56
_PASSING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip)


class Cover(QWidget):
    """Lies over a window as large as it is, and shows that it is locked."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAccessibleName(self.tr("Locked"))
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground of a window, and a lock in its middle."""
        theme = appearance.current()
        place = QRect(0, 0, ICON, ICON)
        place.moveCenter(self.rect().center())
        ratio = self.devicePixelRatio()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme.window))
            picture = icons.pixmap("lock", QColor(theme.border), ICON, ratio)
            painter.drawPixmap(place.topLeft(), picture)


@dataclass(frozen=True)
class _Covered:
    """A window, what lies over it, and what was shown and had the keyboard."""

    cover: Cover
    focus: QWidget | None
    hidden: list[QWidget] = field(default_factory=list)


class Covers(QObject):
    """Covers every window that belongs to `root`, but those of `spare`.

    Signals:
        window_came: another window was about to show, and is covered as well.
    """

    window_came = Signal()

    def __init__(self, root: QWidget) -> None:
        super().__init__(root)
        self._root = root
        self._spare: QWidget | None = None
        self._front: QWidget | None = None
        self._covered: dict[QWidget, _Covered] = {}

    @property
    def are_on(self) -> bool:
        """Whether everything is hidden."""
        return bool(self._covered)

    @property
    def has_dialogs(self) -> bool:
        """Whether more than the window itself is hidden."""
        return len(self._covered) > 1

    def put_on(self) -> None:
        """Hide everything at once."""
        if self.are_on:
            return
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        QToolTip.hideText()
        self._front = QApplication.activeWindow()
        for window in QApplication.topLevelWidgets():
            if window.isVisible() and self._is_ours(window):
                self._cover(window)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def spare(self, window: QWidget | None) -> None:
        """Leave this window and what opens from it uncovered."""
        self._spare = window

    def take_off(self) -> None:
        """Show everything as it was, and put the keyboard where it was."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        covered, self._covered = self._covered, {}
        for window, below in covered.items():
            if shiboken6.isValid(window):
                _uncover(below)
        front, self._front = self._front, None
        if front is None or not shiboken6.isValid(front) or not front.isVisible():
            front = QApplication.activeModalWidget() or self._root
        front.activateWindow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover what shows itself meanwhile."""
        kind = event.type()
        if kind == QEvent.Type.Show and isinstance(watched, QWidget):
            if watched.isWindow() and watched not in self._covered:
                self._on_window(watched)
        elif kind == QEvent.Type.ShowToParent and isinstance(watched, QWidget):
            self._on_child(watched)
        return False

    def _on_window(self, window: QWidget) -> None:
        if not self._is_ours(window):
            return
        if window.windowType() in _PASSING:
            QTimer.singleShot(0, window, window.close)
        self._cover(window)
        self.window_came.emit()

    def _on_child(self, child: QWidget) -> None:
        parent = child.parentWidget()
        below = self._covered.get(parent) if parent is not None else None
        if below is not None and child is not below.cover and not child.isWindow():
            below.hidden.append(child)
            child.hide()

    def _cover(self, window: QWidget) -> None:
        below = _Covered(Cover(window), window.focusWidget())
        self._covered[window] = below
        for child in window.children():
            if not isinstance(child, QWidget) or child is below.cover:
                continue
            if not (child.isWindow() or child.isHidden()):
                below.hidden.append(child)
                child.hide()

    def _is_ours(self, window: QWidget) -> bool:
        """Say whether this window shows something of the practice."""
        top = window
        while top is not self._spare and (parent := top.parentWidget()) is not None:
            top = parent
        if top is self._spare:
            return False
        return top is self._root or not isinstance(top, QMainWindow)


def _uncover(below: _Covered) -> None:
    below.cover.hide()
    below.cover.deleteLater()
    for child in below.hidden:
        if shiboken6.isValid(child):
            child.show()
    if below.focus is not None and shiboken6.isValid(below.focus):
        below.focus.setFocus(Qt.FocusReason.OtherFocusReason)
