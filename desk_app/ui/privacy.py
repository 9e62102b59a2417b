"""Whether names and phone numbers are hidden, for a screen that clients can see.

All that shows a client asks here how to write the name. Nothing is kept apart: the
moment the key is pressed again, everything is readable as before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from desk_app.ui.plain import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtWidgets import QWidget

KEY = "F12"
MOST_INITIALS = 3
HIDDEN_PHONE = "•••"


class Privacy(QObject):
    """One for the whole program: every window of it stands on the same desk.

    Signals:
        changed: names are hidden now, or shown again.
    """

    changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._is_on = False

    @property
    def is_on(self) -> bool:
        """Whether names are hidden."""
        return self._is_on

    def set_on(self, is_on: bool) -> None:
        """Hide names, or show them again."""
        if is_on != self._is_on:
            self._is_on = is_on
            self.changed.emit(is_on)

    @Slot()
    def switch(self) -> None:
        """Hide what is shown, show what is hidden."""
        self.set_on(not self._is_on)


_privacy = Privacy()


def current() -> Privacy:
    """Return what says whether names are hidden."""
    return _privacy


def listen(dialog: QWidget) -> None:
    """Let the key work in a dialog too, over which those of the window do not."""
    QShortcut(QKeySequence(KEY), dialog).activated.connect(_privacy.switch)


def name(text: str) -> str:
    """Return a client's name as it may be shown now."""
    return initials(text) if _privacy.is_on else text


def phone(text: str) -> str:
    """Return a phone number, or anything else of a client, as it may be shown now."""
    return HIDDEN_PHONE if text and _privacy.is_on else text


def line(text: str, names: Iterable[str]) -> str:
    """Return a line written earlier as it may be shown now; `names` stand in it."""
    for each in names if _privacy.is_on else ():
        text = text.replace(each, initials(each)) if each.strip() else text
    return text


def initials(text: str) -> str:
    """Return "A. B." for "Anna Berg", and "Client" for what has no letters."""
    letters = [word[0].upper() for word in text.split() if word[0].isalpha()]
    if not letters:
        return QCoreApplication.translate("privacy", "Client")
    return " ".join(f"{letter}." for letter in letters[:MOST_INITIALS])


class ClientLabel(ElidedLabel):
    """A line with a client in it, written anew whenever names are hidden or shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._write: Callable[[], str] = str
        _privacy.changed.connect(self._on_changed)

    def write(self, write: Callable[[], str]) -> None:
        """Show what this returns, now and after each change."""
        self._write = write
        super().setText(write())

    def setText(self, text: str) -> None:
        """Show a text that stays as it is."""
        self.write(lambda: text)

    @Slot()
    def _on_changed(self) -> None:
        self.write(self._write)
