"""A booking in one line to read aloud, in the language of the client.

The words of the program are English and go through tr(); German ones stand here beside
them, because the client's language has nothing to do with that of the desk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from desk_app.ui import format as shown
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from datetime import date, datetime

    from desk_app.domain.read_back import ReadBack


@dataclass(frozen=True, slots=True)
class _Language:
    """How one language says it. `day` and `day_of_year` are patterns of QLocale."""

    locale: QLocale
    day: str
    day_of_year: str
    clock: str
    visit: str
    elsewhere: str
    cancel: str
    too_late: str
    changes: str


def line(said: ReadBack, language: str) -> str:
    """Return the line in `language` ("de", "en-GB"), in English where that is other."""
    words = _german() if language.casefold().split("-")[0] == "de" else _english()
    parts = [
        filled(words.visit, _when(said, words), said.service, said.provider),
        said.room,
        _price(said, words),
    ]
    sentence = ", ".join(part for part in parts if part) + "."
    return " ".join((sentence, *_notes(said, words)))


def _notes(said: ReadBack, words: _Language) -> list[str]:
    """Return what else is said: until when to cancel, and that the clock changes."""
    notes = [words.too_late]
    if said.cancel_by is not None:
        notes = [filled(words.cancel, _moment(said.cancel_by, said, words))]
    if said.clock_change is not None:
        notes.append(filled(words.changes, _day(said.clock_change, said, words)))
    return notes


def _when(said: ReadBack, words: _Language) -> str:
    text = _moment(said.start, said, words)
    if said.here is None or said.start.tzinfo is None:
        return text
    here = _clock(said.here, words)
    if said.here.date() != said.start.date():
        here = _moment(said.here, said, words)
    there = shown.place(said.start.tzinfo)
    practice = shown.place(said.here.tzinfo) if said.here.tzinfo else ""
    return filled(words.elsewhere, text, there, here, practice)


def _price(said: ReadBack, words: _Language) -> str:
    return shown.money(said.price, words.locale) if said.price.amount else ""


def _moment(instant: datetime, said: ReadBack, words: _Language) -> str:
    return f"{_day(instant.date(), said, words)}, {_clock(instant, words)}"


def _day(day: date, said: ReadBack, words: _Language) -> str:
    pattern = words.day if day.year == said.this_year else words.day_of_year
    return words.locale.toString(QDate(day.year, day.month, day.day), pattern)


def _clock(instant: datetime, words: _Language) -> str:
    time = QTime(instant.hour, instant.minute)
    clock = words.locale.toString(time, QLocale.FormatType.ShortFormat)
    return filled(words.clock, clock)


def _english() -> _Language:
    locale = QLocale()
    pattern = locale.dateFormat(QLocale.FormatType.LongFormat)
    is_day_first = pattern.rfind("d") < pattern.find("MMM")
    return _Language(
        locale,
        day="dddd, d MMMM" if is_day_first else "dddd, MMMM d",
        day_of_year="dddd, d MMMM yyyy" if is_day_first else "dddd, MMMM d, yyyy",
        clock="%1",
        visit=_tr("Your appointment: %1 – %2 with %3"),
        elsewhere=_tr("%1 %2 time (%3 in %4)"),
        cancel=_tr("You can cancel free of charge until %1."),
        too_late=_tr("It can no longer be cancelled free of charge."),
        changes=_tr("Mind that the clocks change on %1."),
    )


def _german() -> _Language:
    return _Language(
        QLocale(QLocale.Language.German, QLocale.Country.Germany),
        day="dddd, d. MMMM",
        day_of_year="dddd, d. MMMM yyyy",
        clock="%1 Uhr",
        visit="Ihr Termin: %1 – %2 bei %3",
        elsewhere="%1 Ortszeit %2 (%3 in %4)",
        cancel="Kostenfrei absagen können Sie bis %1.",
        too_late="Eine kostenfreie Absage ist nicht mehr möglich.",
        changes="Bitte beachten Sie die Zeitumstellung am %1.",
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("read back", text)
