"""The rows of a year's closed days: holidays, kept or not, and days of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QTime

from desk_app.domain.closures import MIDNIGHT, of_holiday, runs
from desk_app.ui import format as shown
from desk_app.ui.dialogs.inks import Ink
from desk_app.ui.my_day.cards import Card, Line
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, time

    from desk_app.domain.closures import Closure


@dataclass(frozen=True, slots=True)
class Entry:
    """A holiday, or days of one's own; `kept` are the closures that there are of it."""

    first: Closure
    kept: tuple[Closure, ...] = ()
    is_proposed: bool = False

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.kept[-1].day if self.kept else self.first.day


def entries(
    closures: Iterable[Closure], holidays: Sequence[Closure]
) -> tuple[Entry, ...]:
    """Return all there is of a year, by day."""
    left = {*closures}
    found = []
    for holiday in holidays:
        kept = of_holiday(holiday, left)
        left.discard(kept or holiday)
        found.append(Entry(holiday, (kept,) if kept else (), is_proposed=True))
    found += [Entry(run.first, run.closures) for run in runs(left)]
    return tuple(sorted(found, key=lambda entry: (entry.first.day, entry.first.name)))


def card(entry: Entry) -> Card:
    """Return a row: ticked where the practice is closed."""
    day = shown.short_date(entry.first.day)
    if entry.last_day != entry.first.day:
        day = f"{day} – {shown.short_date(entry.last_day)}"
    return Card(
        (entry.first.day, entry.first.name, entry.first.start, entry.is_proposed),
        "☑" if entry.kept else "☐",
        f"{day} · {entry.first.name}",
        _state(entry),
        what=entry,
        is_quiet=not entry.kept,
    )


def total(closures: Iterable[Closure], year: int) -> str:
    """Return how many days of a year are closed."""
    of_year = [each for each in closures if each.day.year == year]
    holidays = len({each.day for each in of_year if each.is_holiday})
    own = len({each.day for each in of_year if not each.is_holiday})
    if not of_year:
        return filled(_tr("No day of %1 is closed yet."), str(year))
    text = _tr("Closed in %1 · holidays: %2 · days of your own: %3")
    return filled(text, str(year), str(holidays), str(own))


def clock(at: time) -> str:
    """Return a wall-clock time as this desk writes it; midnight ends a day."""
    if at == MIDNIGHT:
        return _tr("midnight")
    short = QLocale.FormatType.ShortFormat
    return QLocale().toString(QTime(at.hour, at.minute), short)


def times(closure: Closure) -> str:
    """Return at which time of a day it is closed."""
    if closure.is_whole_day:
        return _tr("closed all day")
    if closure.end == MIDNIGHT:
        return filled(_tr("closed from %1"), clock(closure.start))
    if closure.start == MIDNIGHT:
        return filled(_tr("closed until %1"), clock(closure.end))
    return filled(_tr("closed %1–%2"), clock(closure.start), clock(closure.end))


def _state(entry: Entry) -> Line:
    if not entry.kept:
        return Line(_tr("open as usual"))
    return Line(times(entry.kept[0]), Ink.NORMAL)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ClosuresPage", text)
