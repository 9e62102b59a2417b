"""A calendar's text taken apart into its components, each line with its number.

Whatever is in the file, this takes no longer than reading it: lines are counted and
measured before anything is looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desk_app.domain.calendar_file.lines import ContentLine, parsed
from desk_app.domain.importing.faults import Fault, fault

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 50_000_000
# Of one line of the file. Pictures within a calendar are folded, as long lines are.
LONGEST_LINE = 1_000_000
MOST_EVENTS = 20_000
MOST_FAULTS = 100
DEEPEST = 8

_LINE_END = re.compile(r"\r\n|\n|\r")
_FOLDED = (" ", "\t")
# What may be as long as it likes, for nobody looks at it.
_UNREAD = re.compile(r"(ATTACH|X-|IMAGE|PHOTO)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Component:
    """An event or a zone: its own lines, and the components within it."""

    name: str
    line: int
    lines: list[ContentLine] = field(default_factory=list)
    inside: list[Component] = field(default_factory=list)

    def first(self, name: str) -> ContentLine | None:
        """Return the first property of a name."""
        return next((line for line in self.lines if line.name == name), None)

    def every(self, name: str) -> list[ContentLine]:
        """Return all properties of a name."""
        return [line for line in self.lines if line.name == name]

    def value(self, name: str) -> str:
        """Return the value of the first property of a name, "" if there is none."""
        found = self.first(name)
        return found.value if found else ""


@dataclass(slots=True)
class Scanned:
    """What stands in a file: events, zones, how much else, and what is wrong.

    `zone` is the zone that the calendar names for times without one.
    """

    events: list[Component] = field(default_factory=list)
    zones: list[Component] = field(default_factory=list)
    zone: str = ""
    others: int = 0
    faults: list[Fault] = field(default_factory=list)


def text_of(data: bytes) -> str:
    """Return the text of a file; old programs write the letters of their computer."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def scan(data: bytes) -> Scanned:
    """Take a file apart; with faults it is not to be imported."""
    if len(data) > MOST_BYTES:
        words = "This file is larger than 50 megabytes. Export a shorter period."
        return Scanned(faults=[fault(1, words)])
    scanner = _Scanner()
    try:
        for line in _unfolded(text_of(data)):
            scanner.put(line)
        scanner.end()
    except _Hopeless as hopeless:
        scanner.found.faults.append(hopeless.fault)
    return scanner.found


class _Hopeless(Exception):
    """There is no use in reading on."""

    def __init__(self, line: int, words: str, text: str = "") -> None:
        super().__init__(words)
        self.fault = fault(line, words, text)


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str


def _unfolded(text: str) -> Iterator[_Line]:
    """Yield the lines of a calendar, each with the number it begins on."""
    parts: list[str] = []
    begins = room = 0
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if len(line) > LONGEST_LINE:
            words = "This line is far too long for a calendar: the file is damaged."
            raise _Hopeless(number, words, line[:80])
        if line.startswith(_FOLDED) and begins:
            # The rest of a picture is not even gathered.
            room -= len(line)
            if room > 0:
                parts.append(line[1:])
            continue
        if begins:
            yield _Line(begins, "".join(parts))
        parts, begins, room = [line], number, LONGEST_LINE
    yield _Line(begins, "".join(parts))


class _Scanner:
    """Puts lines into components."""

    def __init__(self) -> None:
        self.found = Scanned()
        self._open: list[Component] = []
        self._began = False
        self._last = 0

    def put(self, line: _Line) -> None:
        """Take the next line."""
        if not line.text.strip():
            return
        self._last = line.number
        content = parsed(line.number, line.text)
        if not self._began:
            self._require_calendar(line, content)
        elif content is None:
            self._refuse(line, "This line is none of a calendar.")
        elif content.name == "BEGIN":
            self._begin(content)
        elif content.name == "END":
            self._end(content)
        elif self._open:
            self._keep(content)

    def end(self) -> None:
        """Raise if something has no end, or nothing began."""
        if not self._began:
            raise _Hopeless(1, "This file is empty.")
        if self._open:
            # Where it was cut off, half a line says nothing more.
            faults = self.found.faults
            self.found.faults = [bad for bad in faults if bad.line != self._last]
            part = self._open[-1]
            what = "an event" if part.name == "VEVENT" else "a part"
            words = f"The file ends in the middle of {what}: it was cut off."
            raise _Hopeless(part.line, words, f"BEGIN:{part.name}")

    def _require_calendar(self, line: _Line, content: ContentLine | None) -> None:
        is_begin = content is not None and content.name == "BEGIN"
        if content is None or not is_begin or content.value.upper() != "VCALENDAR":
            words = "This is no calendar file: it does not begin with BEGIN:VCALENDAR."
            raise _Hopeless(line.number, words, line.text[:80])
        self._began = True
        self._open.append(Component("VCALENDAR", line.number))

    def _begin(self, content: ContentLine) -> None:
        part = Component(content.value.strip().upper(), content.number)
        if len(self._open) >= DEEPEST:
            raise _Hopeless(content.number, "The parts of this file lie too deep.")
        if not self._open and part.name != "VCALENDAR":
            words = "This stands outside of a calendar."
            raise _Hopeless(content.number, words, f"BEGIN:{part.name}")
        if self._open:
            self._gather(self._open[-1], part)
        self._open.append(part)

    def _gather(self, around: Component, part: Component) -> None:
        """Keep events and zones; of an event's own parts only that they are there."""
        if around.name == "VCALENDAR" and part.name == "VEVENT":
            self.found.events.append(part)
            if len(self.found.events) > MOST_EVENTS:
                words = (
                    f"This file has more than {MOST_EVENTS:,} events."
                    " Export a shorter period, or one calendar at a time."
                )
                raise _Hopeless(part.line, words)
        elif around.name == "VCALENDAR" and part.name == "VTIMEZONE":
            self.found.zones.append(part)
        elif around.name == "VTIMEZONE":
            around.inside.append(part)
        elif around.name == "VCALENDAR":
            self.found.others += 1

    def _end(self, content: ContentLine) -> None:
        name = content.value.strip().upper()
        if not self._open or self._open[-1].name != name:
            words = "This ends what did not begin, or not in this order."
            raise _Hopeless(content.number, words, f"END:{name}")
        self._open.pop()

    def _keep(self, content: ContentLine) -> None:
        part = self._open[-1]
        if part.name == "VCALENDAR" and content.name == "X-WR-TIMEZONE":
            self.found.zone = content.value.strip()
        if _UNREAD.match(content.name) and not content.name.startswith("X-MICROSOFT"):
            return
        if part.name in ("VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"):
            part.lines.append(content)

    def _refuse(self, line: _Line, words: str) -> None:
        self.found.faults.append(fault(line.number, words, line.text))
        if len(self.found.faults) >= MOST_FAULTS:
            raise _Hopeless(line.number, "And so on: this is hardly a calendar.")
