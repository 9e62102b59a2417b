"""The keys of the front desk: one table, for wiring them and for listing them.

Single letters belong to the schedule alone, so that typing in a field, or choosing
from a list by its first letter, is never taken for a command.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QWidget,
)

from desk_app.ui import privacy
from desk_app.ui.access.person_button import CHANGE_KEY, LOCK_KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Wish(Enum):
    """What a key asks for."""

    TODAY = auto()
    BOOK = auto()
    COMMAND = auto()
    COPY_LINE = auto()
    SEARCH = auto()
    CHANGES = auto()
    VIEW_7 = auto()
    SAVE_7 = auto()
    VIEW_8 = auto()
    SAVE_8 = auto()
    VIEW_9 = auto()
    SAVE_9 = auto()
    VIEW_10 = auto()
    SAVE_10 = auto()
    REPEAT = auto()
    MY_DAY = auto()
    DAY = auto()
    WEEK = auto()
    MONTH = auto()
    ROOMS = auto()
    REPORTS = auto()
    PREVIOUS = auto()
    NEXT = auto()
    PREVIOUS_WEEK = auto()
    NEXT_WEEK = auto()
    GO_TO_DATE = auto()
    CLOSER = auto()
    FARTHER = auto()
    RAIL = auto()
    RELOAD = auto()
    UNDO = auto()
    UNDO_LIST = auto()
    PINBOARD = auto()
    NEXT_PANE = auto()
    WHY_NOT = auto()
    DAY_HOURS = auto()
    REFUNDS = auto()
    MESSAGES = auto()
    MEETING = auto()
    QUEUE = auto()
    WALK_IN = auto()
    WAITING_ROOM = auto()
    MISSING = auto()
    LOCK = auto()
    CHANGE_PERSON = auto()
    CLIENT = auto()
    WAITLIST = auto()
    WAITLIST_HERE = auto()
    PRINT = auto()
    KEPT_DAYS = auto()
    NOTE_LATER = auto()
    PRIVACY = auto()
    COLOURS = auto()
    OFFICE = auto()
    HELP = auto()


@dataclass(frozen=True, slots=True)
class Key:
    """Keys for one wish: everywhere in the window, and in the schedule only."""

    wish: Wish
    anywhere: tuple[str, ...] = ()
    in_grid: tuple[str, ...] = ()


KEYS = (
    Key(Wish.BOOK, ("Ctrl+N",), ("N",)),
    Key(Wish.REPEAT, (), ("V",)),
    Key(Wish.MY_DAY, ("Alt+3",), ("J",)),
    Key(Wish.COMMAND, ("Ctrl+K",), ("/",)),
    Key(Wish.VIEW_7, ("F7",)),
    Key(Wish.SAVE_7, ("Shift+F7",)),
    Key(Wish.VIEW_8, ("F8",)),
    Key(Wish.SAVE_8, ("Shift+F8",)),
    Key(Wish.VIEW_9, ("F9",)),
    Key(Wish.SAVE_9, ("Shift+F9",)),
    Key(Wish.VIEW_10, ("F10",)),
    # Shift+F10 opens the menu of the chosen place.
    Key(Wish.SAVE_10, ("Ctrl+Shift+F10",)),
    Key(Wish.CHANGES, ("Shift+F5",)),
    Key(Wish.COPY_LINE, (), ("Ctrl+C",)),
    Key(Wish.SEARCH, ("Ctrl+F",)),
    Key(Wish.WHY_NOT, (), ("Y",)),
    Key(Wish.DAY_HOURS, (), ("Shift+J",)),
    Key(Wish.REFUNDS, ("Ctrl+Shift+R",)),
    Key(Wish.MESSAGES, ("Ctrl+E",)),
    Key(Wish.MEETING, ("Ctrl+M",)),
    Key(Wish.QUEUE, ("Ctrl+Shift+E",)),
    Key(Wish.CLIENT, (), ("P",)),
    Key(Wish.WAITLIST, ("Alt+L",), ("L",)),
    Key(Wish.WAITLIST_HERE, (), ("Shift+L",)),
    Key(Wish.WALK_IN, ("Ctrl+I",), ("I",)),
    Key(Wish.WAITING_ROOM, ("Ctrl+Shift+W",), ("R",)),
    Key(Wish.MISSING, ("Ctrl+Shift+Q",), ("Q",)),
    Key(Wish.TODAY, ("Ctrl+T",), ("T",)),
    Key(Wish.PREVIOUS, ("Ctrl+Left",)),
    Key(Wish.NEXT, ("Ctrl+Right",)),
    Key(Wish.PREVIOUS_WEEK, ("Alt+PgUp",)),
    Key(Wish.NEXT_WEEK, ("Alt+PgDown",)),
    Key(Wish.GO_TO_DATE, ("Ctrl+G",), ("G",)),
    Key(Wish.DAY, ("Alt+1",), ("D",)),
    Key(Wish.WEEK, ("Alt+2",), ("W",)),
    Key(Wish.MONTH, ("Alt+4",), ("U",)),
    Key(Wish.ROOMS, ("Alt+5",)),
    Key(Wish.REPORTS, ("Alt+6",)),
    Key(Wish.CLOSER, ("Ctrl++", "Ctrl+=")),
    Key(Wish.FARTHER, ("Ctrl+-",)),
    Key(Wish.UNDO, ("Ctrl+Z",)),
    Key(Wish.UNDO_LIST, ("Ctrl+Shift+Z",)),
    Key(Wish.PINBOARD, (), ("B",)),
    Key(Wish.PRINT, ("Ctrl+P",)),
    Key(Wish.KEPT_DAYS, ("Ctrl+Shift+O",)),
    Key(Wish.NOTE_LATER, ("Ctrl+Shift+N",)),
    Key(Wish.PRIVACY, (privacy.KEY,)),
    Key(Wish.COLOURS, ("Shift+F12",)),
    Key(Wish.RAIL, ("Ctrl+B",)),
    Key(Wish.OFFICE, ("Ctrl+,",)),
    Key(Wish.NEXT_PANE, ("F6",)),
    Key(Wish.RELOAD, ("F5",)),
    # These two work over open dialogs too: desk_app/ui/access/watch.py.
    Key(Wish.LOCK, (LOCK_KEY,)),
    Key(Wish.CHANGE_PERSON, (CHANGE_KEY,)),
    Key(Wish.HELP, ("F1",), ("?",)),
)


def wire(
    window: QWidget, grid: QWidget, slots: Mapping[Wish, Callable[[], object]]
) -> None:
    """Connect every key to its slot, in the window or in the grid alone."""
    context = Qt.ShortcutContext
    for key in KEYS:
        slot = slots.get(key.wish)
        if slot is None:
            continue
        for sequence in key.anywhere:
            _shortcut(sequence, window, context.WindowShortcut, slot)
        for sequence in key.in_grid:
            _shortcut(sequence, grid, context.WidgetWithChildrenShortcut, slot)


def switch_letters(grid: QWidget, *, on: bool) -> None:
    """Let single letters work in the schedule, or leave them to be typed."""
    for shortcut in grid.findChildren(QShortcut):
        if is_letter(shortcut.key().toString()):
            shortcut.setEnabled(on)


def is_letter(sequence: str) -> bool:
    """Say whether a key is a letter and nothing else."""
    return len(sequence) == 1 and sequence.isalpha()


def go_to_next_part(*parts: tuple[QWidget, QWidget]) -> None:
    """Put the keyboard into the part after the one it is in.

    Each part comes with the widget where the keyboard enters it; hidden ones are
    passed over.
    """
    shown = [part for part in parts if part[0].isVisible()]
    inside = QApplication.focusWidget()
    here = next(
        (n for n, (p, _) in enumerate(shown) if inside and p.isAncestorOf(inside)), -1
    )
    _, stop = shown[(here + 1) % len(shown)]
    stop.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _shortcut(
    sequence: str,
    widget: QWidget,
    context: Qt.ShortcutContext,
    slot: Callable[[], object],
) -> None:
    shortcut = QShortcut(QKeySequence(sequence), widget)
    shortcut.setContext(context)
    shortcut.activated.connect(slot)
