"""The keys of the front desk: one table, for wiring them and for listing them.

Single letters belong to the schedule alone, so that typing in a field, or choosing
from a list by its first letter, is never taken for a command.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QWidget,
)

from desk_app.ui import privacy
from desk_app.ui.access.person_button import CHANGE_KEY, LOCK_KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


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


@dataclass(frozen=True, slots=True)
class Group:
    """Keys that belong together, each with what it does."""

    title: str
    rows: tuple[tuple[str, str], ...]

    def worded(self, *, has_letters: bool) -> Group:
        """Return the same without the letters, where they do not work."""
        if has_letters:
            return self
        rows = tuple((_without_letters(keys), text) for keys, text in self.rows)
        return replace(self, rows=rows)


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


def _tr(text: str) -> str:
    return QCoreApplication.translate("shortcuts", text)


def _words() -> dict[Wish, str]:
    shown, kept = _tr("Show the view kept there"), _tr("Keep this view there")
    return {
        **dict.fromkeys((Wish.VIEW_7, Wish.VIEW_8, Wish.VIEW_9, Wish.VIEW_10), shown),
        **dict.fromkeys((Wish.SAVE_7, Wish.SAVE_8, Wish.SAVE_9, Wish.SAVE_10), kept),
        Wish.BOOK: _tr("New booking"),
        Wish.COMMAND: _tr("Book in one line"),
        Wish.CHANGES: _tr("What others changed since you were here"),
        Wish.COPY_LINE: _tr("Copy the line for the caller"),
        Wish.SEARCH: _tr("Search all appointments"),
        Wish.REPEAT: _tr("Repeat the appointment, or begin a series"),
        Wish.MY_DAY: _tr("My day: running late, block time, provider is ill"),
        Wish.CLIENT: _tr("The client of the appointment, or any client"),
        Wish.WAITLIST: _tr("Waiting list; whom to ring about a freed time"),
        Wish.WAITLIST_HERE: _tr("Who waits for this time, or would come sooner"),
        Wish.WALK_IN: _tr("Somebody walked in"),
        Wish.WAITING_ROOM: _tr("Who is here"),
        Wish.MISSING: _tr("Who did not come yet"),
        Wish.TODAY: _tr("Today"),
        Wish.PREVIOUS: _tr("Previous day or week"),
        Wish.NEXT: _tr("Next day or week"),
        Wish.PREVIOUS_WEEK: _tr("One week back"),
        Wish.NEXT_WEEK: _tr("One week on"),
        Wish.GO_TO_DATE: _tr("Go to a date"),
        Wish.DAY: _tr("Day: everybody side by side"),
        Wish.WEEK: _tr("Week of one provider"),
        Wish.MONTH: _tr("The month: how many come each day, and how full it is"),
        Wish.ROOMS: _tr("Rooms: the day by where, not with whom"),
        Wish.REPORTS: _tr("Reports: utilisation, no-shows, waiting times"),
        Wish.CLOSER: _tr("Larger"),
        Wish.FARTHER: _tr("Smaller"),
        Wish.UNDO: _tr("Undo what was done last at this desk"),
        Wish.UNDO_LIST: _tr("All that can be undone"),
        Wish.PINBOARD: _tr("Pinboard open or closed"),
        Wish.PRINT: _tr("Print the day or the week, or save it as PDF"),
        Wish.KEPT_DAYS: _tr("Today and tomorrow as kept here, for an outage"),
        Wish.NOTE_LATER: _tr("Server away: note for later; then: what was noted"),
        Wish.PRIVACY: _tr("Hide names and numbers, or show them again"),
        Wish.COLOURS: _tr("Colour by status, service or provider"),
        Wish.OFFICE: _tr("The practice: everything that managers set"),
        Wish.RAIL: _tr("Side panel open or closed"),
        Wish.NEXT_PANE: _tr("Next part of the window"),
        Wish.RELOAD: _tr("Read the schedule again"),
        Wish.WHY_NOT: _tr("Why not this time?"),
        Wish.DAY_HOURS: _tr("Open this time, or change the hours of the day"),
        Wish.REFUNDS: _tr("Refunds to give"),
        Wish.LOCK: _tr("Lock the desk"),
        Wish.CHANGE_PERSON: _tr("Change person"),
        Wish.HELP: _tr("This list"),
    }


def groups(*, has_letters: bool = True) -> list[Group]:
    """Return every key there is, group by group, as it works now."""
    made = [Group(title, tuple(rows)) for title, rows in _groups()]
    listed = {text for group in made for _, text in group.rows}
    texts = _words()
    others = _rows(key.wish for key in KEYS if texts[key.wish] not in listed)
    first = replace(made[0], rows=(*made[0].rows, *others))
    return [one.worded(has_letters=has_letters) for one in (first, *made[1:])]


def _groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """The keys in groups; what is in none of them joins the first."""
    move = (Wish.TODAY, Wish.PREVIOUS, Wish.NEXT, Wish.PREVIOUS_WEEK, Wish.NEXT_WEEK)
    desk = (Wish.LOCK, Wish.CHANGE_PERSON)
    window = (Wish.NEXT_PANE, Wish.RELOAD, Wish.OFFICE, *desk, Wish.HELP)
    visits = (
        Wish.BOOK,
        Wish.COMMAND,
        Wish.COPY_LINE,
        Wish.SEARCH,
        Wish.CHANGES,
        Wish.CLIENT,
        Wish.WAITLIST,
        Wish.WAITLIST_HERE,
        Wish.WHY_NOT,
        Wish.DAY_HOURS,
        Wish.REFUNDS,
        Wish.REPEAT,
    )
    room = (Wish.WALK_IN, Wish.WAITING_ROOM, Wish.MISSING)
    view = (
        Wish.DAY,
        Wish.WEEK,
        Wish.MONTH,
        Wish.ROOMS,
        Wish.REPORTS,
        Wish.MY_DAY,
        Wish.CLOSER,
        Wish.FARTHER,
        Wish.PRINT,
        Wish.PRIVACY,
        Wish.COLOURS,
        Wish.RAIL,
    )
    away = (Wish.KEPT_DAYS, Wish.NOTE_LATER)
    return [
        (_tr("Appointments"), _rows(visits) + _in_grid()),
        (_tr("Moving and undoing"), _moving()),
        (_tr("Waiting room"), _rows(room) + _marks()),
        (_tr("Days"), _rows((*move, Wish.GO_TO_DATE))),
        (_tr("Waiting list"), _on_the_list()),
        (_tr("Window"), _rows((*window, *away))),
        (_tr("View"), [*_rows(view), *_saved_views()]),
    ]


def _on_the_list() -> list[tuple[str, str]]:
    """The keys of the waiting list, and of the one of whom to ring."""
    return [
        ("C, N", _tr("Ring the client, so that nobody else does; no answer")),
        ("D, T", _tr("Declined; took it: book or move at once")),
        ("A, Alt+L", _tr("Let a client wait; while booking too")),
    ]


def _marks() -> list[tuple[str, str]]:
    """The keys that mark an appointment."""
    return [
        ("A, S, O", _tr("Arrived, with the provider, left")),
        ("C, X", _tr("Completed, did not come")),
        ("E", _tr("Expected again: takes a mark back")),
        ("K", _tr("Confirm")),
    ]


def _in_grid() -> list[tuple[str, str]]:
    """The keys the schedule itself knows."""
    return [
        ("← ↑ → ↓", _tr("Walk over times and appointments")),
        ("Enter", _tr("Book the time, or open the appointment")),
        ("Del", _tr("Cancel the appointment")),
        ("Space", _tr("Look closer at the appointment")),
        ("H", _tr("What was done with the appointment, and by whom")),
        ("Shift+F10", _tr("What can be done here")),
        ("Esc", _tr("Back to the schedule")),
    ]


def _saved_views() -> list[tuple[str, str]]:
    """Four keys that show a view, and four that keep one: a row for each four."""
    texts = _words()
    return [
        ("F7 – F10", texts[Wish.VIEW_7]),
        ("Shift+F7 – F9, Ctrl+Shift+F10", texts[Wish.SAVE_7]),
    ]


def _moving() -> list[tuple[str, str]]:
    return [
        ("Ctrl+X", _tr("Put the appointment on the pinboard")),
        ("Ctrl+V", _tr("Put it where the cursor is; on another one: change places")),
        ("M", _tr("Take up the appointment to move it with the arrows")),
        ("Shift+↑, Shift+↓", _tr("Make the appointment shorter or longer")),
        *_rows((Wish.PINBOARD, Wish.UNDO, Wish.UNDO_LIST)),
    ]


def _rows(wishes: Iterable[Wish]) -> list[tuple[str, str]]:
    texts = _words()
    keys = {key.wish: key for key in KEYS}
    return [(_keys_of(keys[wish]), texts[wish]) for wish in wishes]


def _without_letters(keys: str) -> str:
    kept = [key for key in keys.split(", ") if not is_letter(key)]
    return ", ".join(kept) or "–"


def _keys_of(key: Key) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    sequences = (*key.in_grid, *key.anywhere)
    shown = [QKeySequence(text).toString(native) for text in sequences[:2]]
    return ", ".join(shown)
