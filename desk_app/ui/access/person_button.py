"""Who is signed in, and what that person can do about it: a button with a menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desk_app.ui import icons
from desk_app.ui.access import words
from desk_app.ui.phrases import filled
from desk_app.ui.plain import set_tool_tip, without_mnemonic

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction, QKeyEvent

    from desk_app.domain.staff import Me
    from desk_app.ui.notice_bar import Action

ICON = 18
LONGEST_NAME = 24
LOCK_KEY, CHANGE_KEY = "Ctrl+L", "Ctrl+Shift+L"
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


@dataclass(frozen=True)
class Offers:
    """What the menu holds besides changing the person."""

    lock: bool
    password: bool
    further: Sequence[Action] = ()


class PersonButton(QToolButton):
    """States wishes; the window decides what they mean."""

    lock_wanted = Signal()
    change_wanted = Signal()
    password_wanted = Signal()
    practice_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._short = ""
        self.setObjectName("person")
        self.setIcon(icons.icon("user-round"))
        self.setIconSize(QSize(ICON, ICON))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(QMenu(self))

    def show_person(self, me: Me, offers: Offers) -> None:
        """Show who is signed in, and offer what this person can do."""
        name = me.shown_name
        self._short = name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
        self.setText(without_mnemonic(self._short))
        self.setAccessibleName(filled(self.tr("Signed in: %1"), words.person(me)))
        set_tool_tip(self, words.person(me))
        self._fill(me, offers)

    def show_name(self, *, is_shown: bool) -> None:
        """Show the name beside the icon, where there is room for it."""
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(
            style.ToolButtonTextBesideIcon if is_shown else style.ToolButtonIconOnly
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the menu by Enter and Down as well."""
        if event.key() in _OPENING and not event.isAutoRepeat():
            self.showMenu()
        else:
            super().keyPressEvent(event)

    def _fill(self, me: Me, offers: Offers) -> None:
        menu = self.menu()
        menu.clear()
        head = menu.addAction(without_mnemonic(words.person(me)))
        font = menu.font()
        font.setBold(True)
        head.setFont(font)
        head.setEnabled(False)
        menu.addSeparator()
        if offers.lock:
            self._add(self.tr("&Lock"), self.lock_wanted.emit, LOCK_KEY)
        self._add(self.tr("Change &person…"), self.change_wanted.emit, CHANGE_KEY)
        if offers.password:
            self._add(self.tr("Change my pass&word…"), self.password_wanted.emit)
        if offers.further:
            menu.addSeparator()
            for action in offers.further:
                self._add(action.text, action.run)
        menu.addSeparator()
        self._add(self.tr("&Another practice…"), self.practice_wanted.emit)

    def _add(self, text: str, run: Callable[[], object], key: str = "") -> QAction:
        if key:
            native = QKeySequence.SequenceFormat.NativeText
            text = f"{text}\t{QKeySequence(key).toString(native)}"
        action = self.menu().addAction(text)
        action.triggered.connect(_Run(run))
        return action


class _Run:
    """Does what an entry says; `triggered` brings a flag nobody asked for."""

    def __init__(self, run: Callable[[], object]) -> None:
        self._run = run

    def __call__(self) -> None:
        self._run()
