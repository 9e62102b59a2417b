"""The keys of the front desk as a list for people: groups, and what each key does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from desk_app.ui.shortcuts import KEYS, Key, Wish, is_letter

if TYPE_CHECKING:
    from collections.abc import Iterable


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


def groups(*, has_letters: bool = True) -> list[Group]:
    """Return every key there is, group by group, as it works now."""
    made = [Group(title, tuple(rows)) for title, rows in _groups()]
    listed = {text for group in made for _, text in group.rows}
    texts = words()
    others = _rows(key.wish for key in KEYS if texts[key.wish] not in listed)
    first = replace(made[0], rows=(*made[0].rows, *others))
    return [one.worded(has_letters=has_letters) for one in (first, *made[1:])]


def words() -> dict[Wish, str]:
    """Return what each key does."""
    return _of_the_desk() | _of_the_window()


def _of_the_desk() -> dict[Wish, str]:
    return {
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
        Wish.UNDO: _tr("Undo what was done last at this desk"),
        Wish.UNDO_LIST: _tr("All that can be undone"),
        Wish.PINBOARD: _tr("Pinboard open or closed"),
        Wish.KEPT_DAYS: _tr("Today and tomorrow as kept here, for an outage"),
        Wish.NOTE_LATER: _tr("Server away: note for later; then: what was noted"),
        Wish.WHY_NOT: _tr("Why not this time?"),
        Wish.DAY_HOURS: _tr("Open this time, or change the hours of the day"),
        Wish.REFUNDS: _tr("Refunds to give"),
        Wish.MESSAGES: _tr("Messages of the appointment: sent, waiting, failed"),
        Wish.MEETING: _tr("Open the meeting by video of the appointment"),
        Wish.QUEUE: _tr("All messages that wait or need somebody"),
    }


def _of_the_window() -> dict[Wish, str]:
    shown, kept = _tr("Show the view kept there"), _tr("Keep this view there")
    return {
        **dict.fromkeys((Wish.VIEW_7, Wish.VIEW_8, Wish.VIEW_9, Wish.VIEW_10), shown),
        **dict.fromkeys((Wish.SAVE_7, Wish.SAVE_8, Wish.SAVE_9, Wish.SAVE_10), kept),
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
        Wish.PRINT: _tr("Print the day or the week, or save it as PDF"),
        Wish.PRIVACY: _tr("Hide names and numbers, or show them again"),
        Wish.COLOURS: _tr("Colour by status, service or provider"),
        Wish.OFFICE: _tr("The practice: everything that managers set"),
        Wish.RAIL: _tr("Side panel open or closed"),
        Wish.NEXT_PANE: _tr("Next part of the window"),
        Wish.RELOAD: _tr("Read the schedule again"),
        Wish.LOCK: _tr("Lock the desk"),
        Wish.CHANGE_PERSON: _tr("Change person"),
        Wish.HELP: _tr("This list"),
    }


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
        Wish.MESSAGES,
        Wish.MEETING,
        Wish.QUEUE,
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
    texts = words()
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
    texts = words()
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


def _tr(text: str) -> str:
    return QCoreApplication.translate("shortcuts", text)
