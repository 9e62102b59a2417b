"""What stands on paper: a provider's day or week as words, before it is laid out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from desk_app.domain import spans
from desk_app.domain.appointment import Status
from desk_app.ui import format as written
from desk_app.ui import privacy
from desk_app.ui.grid.words import status_word
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.schedule import ProviderDay

SHORTEST_GAP = 5 * spans.MINUTE


class Kind(Enum):
    """What a row tells of."""

    VISIT = auto()
    FREE = auto()
    BLOCKED = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """One row; on free and blocked time `name` says what it is."""

    kind: Kind
    times: str
    name: str
    phone: str = ""
    service: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One day: its heading, its rows, or what is said where there are none."""

    heading: str
    rows: tuple[Row, ...]
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The pages of one provider."""

    practice: str
    provider: str
    dates: str
    sections: tuple[Section, ...]
    footer: str
    with_notes: bool


@dataclass(frozen=True, slots=True)
class Options:
    """How it is printed: with notes, for which practice, and what is said of when."""

    practice: str
    zone: ZoneInfo
    footer: str
    with_notes: bool = False
    is_hidden: bool = False


def sheets(days: Sequence[ProviderDay], options: Options) -> tuple[Sheet, ...]:
    """Return one sheet for each provider, its days in order; providers in theirs."""
    return tuple(
        _sheet(tuple(of_provider), options)
        for _, of_provider in groupby(days, key=lambda day: day.provider.provider_id)
    )


def _sheet(days: tuple[ProviderDay, ...], options: Options) -> Sheet:
    first, last = days[0].day, days[-1].day
    dates = written.long_date(first)
    if first != last:
        dates = written.days_in_words(first, last)
    return Sheet(
        practice=options.practice,
        provider=days[0].provider.name,
        dates=dates,
        sections=tuple(_section(day, options, is_one=first == last) for day in days),
        footer=options.footer,
        with_notes=options.with_notes,
    )


def _section(day: ProviderDay, options: Options, *, is_one: bool) -> Section:
    found = [*_visits(day, options), *_gaps(day, options), *_blocks(day, options)]
    rows = tuple(row for _, row in sorted(found, key=lambda pair: pair[0]))
    heading = "" if is_one else written.long_date(day.day)
    return Section(heading, rows, "" if rows else _tr("Closed"))


def _visits(day: ProviderDay, options: Options) -> Iterator[tuple[int, Row]]:
    name, phone = _hidden if options.is_hidden else (str, str)
    for each in day.appointments:
        yield (
            spans.ticks(each.start),
            Row(
                Kind.VISIT,
                _times(day, each.start, each.end, options),
                name(each.client_name),
                phone(each.client_phone),
                _service(each),
                phone(each.notes.strip()) if options.with_notes else "",
            ),
        )


def _gaps(day: ProviderDay, options: Options) -> Iterator[tuple[int, Row]]:
    """Yield the time that nobody has, as far as it is worth a row."""
    windows = spans.union(spans.span(window) for window in day.open_windows)
    busy = spans.union(spans.span(each.busy) for each in day.appointments)
    for start, end in spans.without(windows, busy):
        if end - start >= SHORTEST_GAP:
            times = _times(day, spans.instant(start), spans.instant(end), options)
            length = written.duration((end - start) // spans.MINUTE)
            yield start, Row(Kind.FREE, times, filled(_tr("free, %1"), length))


def _blocks(day: ProviderDay, options: Options) -> Iterator[tuple[int, Row]]:
    for block in day.blocks:
        times = _times(day, block.span.start, block.span.end, options)
        name = block.reason or _tr("blocked")
        yield spans.ticks(block.span.start), Row(Kind.BLOCKED, times, name)


def _times(day: ProviderDay, start: datetime, end: datetime, options: Options) -> str:
    """Return the provider's own clock, and the practice's where it is another."""
    zone = ZoneInfo(day.provider.timezone)
    own = written.time_range(start, end, zone)
    if not written.differs(start, zone, options.zone):
        return own
    here = written.time_range(start, end, options.zone)
    return f"{own} {written.place(zone)}\n{here} {written.place(options.zone)}"


def _service(appointment: Appointment) -> str:
    parts = [written.what(appointment)]
    if appointment.is_virtual:
        parts.append(_tr("video call"))
    if appointment.status is not Status.CONFIRMED:
        parts.append(status_word(appointment.status))
    return " · ".join(parts)


_hidden = (privacy.initials, lambda text: privacy.HIDDEN_PHONE if text else "")


def _tr(text: str) -> str:
    return QCoreApplication.translate("paper", text)
