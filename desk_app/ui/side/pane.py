"""The pane at the right of the schedule: one page at a time, by name.

What belongs beside the schedule (who waits, a client, what can be undone) stands here,
so that nobody has to close a window before going on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
)

from desk_app.ui import icons
from desk_app.ui.notice_bar import Action
from desk_app.ui.plain import PlainLabel
from desk_app.ui.side.strip import Entry, Strip

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

WIDTH_IN_LETTERS = 48


class SidePane(QFrame):
    """Shows one of its pages, or nothing at all.

    Signals:
        page_shown: a page is shown (its name), "" when the pane is closed.
        left: the keyboard was in a page that is closed.
    """

    page_shown = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: dict[str, QWidget] = {}
        self._titles: dict[str, str] = {}
        self.strip = Strip()
        self._build()
        self._connect()
        self.hide()

    @property
    def current(self) -> str:
        """The name of the page that is shown, "" for none."""
        if self.isHidden():
            return ""
        shown = self._stack.currentWidget()
        return next((name for name, page in self._pages.items() if page is shown), "")

    @property
    def first_stop(self) -> QWidget:
        """Where the keyboard enters the pane."""
        page = self._stack.currentWidget()
        return page if page is not None else self._close

    @property
    def way_back(self) -> Action:
        """The next step of a page in which there is nothing to do."""
        return Action(self.tr("&Back to the schedule"), self.close_page)

    def add_page(
        self, name: str, title: str, page: QWidget, icon: str = "", key: str = ""
    ) -> None:
        """Keep a page ready; its focus proxy is where the keyboard enters it.

        With an `icon` it has a button at the edge of the window, which names its
        `key`.
        """
        self._pages[name], self._titles[name] = page, title
        self._stack.addWidget(page)
        if icon:
            self.strip.add(Entry(name, title, icon, key))

    def set_count(self, name: str, count: int, *, is_late: bool = False) -> None:
        """Show at its button how many a page holds; `is_late` makes it a warning."""
        self.strip.set_count(name, count, is_late=is_late)

    def set_title(self, name: str, title: str) -> None:
        """Call a page otherwise."""
        self._titles[name] = title
        if self.current == name:
            self._show_title(title)

    def show_page(self, name: str) -> None:
        """Show a page and put the keyboard into it."""
        self._stack.setCurrentWidget(self._pages[name])
        self._show_title(self._titles[name])
        self.show()
        self._pages[name].setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.page_shown.emit(name)

    def switch_page(self, name: str) -> None:
        """Show a page, or close the pane where it is shown and has the keyboard."""
        if self.current == name and self._has_focus():
            self.close_page()
        else:
            self.show_page(name)

    @Slot()
    def close_page(self) -> None:
        """Give the room back to the schedule."""
        had_focus = self._has_focus()
        self.hide()
        self.page_shown.emit("")
        if had_focus:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_page()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.setObjectName("side")
        self.setFrameShape(QFrame.Shape.NoFrame)
        width = self.fontMetrics().averageCharWidth() * WIDTH_IN_LETTERS
        self.setFixedWidth(max(320, width))
        self._title = PlainLabel()
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        font.setBold(True)
        self._title.setFont(font)
        self._close = QToolButton()
        self._close.setIcon(icons.icon("x"))
        self._close.setAccessibleName(self.tr("Close this pane"))
        self._close.setToolTip(self.tr("Close (Esc)"))
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._stack = QStackedWidget()
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 8, 6)
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._close.clicked.connect(self.close_page)
        self.strip.page_wanted.connect(self._on_page_wanted)
        self.page_shown.connect(self.strip.show_current)

    @Slot(str)
    def _on_page_wanted(self, name: str) -> None:
        """A press on the button of the shown page closes it."""
        if self.current == name:
            self.close_page()
        else:
            self.show_page(name)
        self.strip.show_current(self.current)

    def _has_focus(self) -> bool:
        inside = QApplication.focusWidget()
        return inside is not None and self.isAncestorOf(inside)

    def _show_title(self, title: str) -> None:
        self._title.setText(title)
        self.setAccessibleName(title)
