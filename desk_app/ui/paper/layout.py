"""Where the words of a sheet stand on its pages, line by line.

Lengths are tenths of a point. Text is wrapped, never cut; a row is kept together
unless it is longer than a page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

from desk_app.ui import fonts
from desk_app.ui.paper.sheet import Kind
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from desk_app.ui.paper.sheet import Row, Section, Sheet

MARGIN = 480
_GAP, _ABOVE, _LINE_ROOM = 120, 45, 1.18
_TIMES, _NAME = 980, 1650
_FOOTER = 260


class Face(Enum):
    """The kinds of text on paper: size in tenths of a point, and whether bold."""

    TITLE = (180, True)
    HEADING = (120, True)
    STRONG = (100, True)
    TEXT = (95, False)
    SMALL = (80, False)

    @property
    def font(self) -> QFont:
        """The font, one unit to the pixel, the same on every device."""
        size, is_bold = self.value
        font = QFont(fonts.FAMILY)
        font.setPixelSize(size)
        font.setBold(is_bold)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font


@dataclass(frozen=True, slots=True)
class Word:
    """One line of text; `y` is its baseline."""

    x: float
    y: float
    text: str
    face: Face
    is_grey: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What is drawn on one page: words, and thin lines across at these heights."""

    words: tuple[Word, ...]
    rules: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The size of a page."""

    width: float = 5950
    height: float = 8420

    @property
    def inner(self) -> float:
        """The width between both margins."""
        return self.width - 2 * MARGIN


@dataclass(frozen=True, slots=True)
class _Line:
    x: float
    text: str
    face: Face
    is_grey: bool = False


@dataclass
class _Filling:
    """Pages while they are filled from above."""

    sheet: Sheet
    paper: Paper
    pages: list[tuple[list[Word], list[float]]] = field(default_factory=list)
    y: float = 0

    def begin(self) -> None:
        """Begin a page with its header."""
        self.pages.append(([], []))
        self.y = MARGIN
        for face, text in (
            (Face.SMALL, self.sheet.practice),
            (Face.TITLE, self.sheet.provider),
            (Face.HEADING, self.sheet.dates),
        ):
            for line in wrapped(text, face, self.paper.inner):
                self._put([_Line(MARGIN, line, face)])
        self.y += _ABOVE
        self.rule()

    def rule(self) -> None:
        """Draw a line across, here."""
        self.pages[-1][1].append(self.y)

    def add(self, rows: Sequence[Sequence[_Line]], *, and_also: float = 0) -> None:
        """Set lines below each other, together on one page if they fit on any."""
        height = sum(map(_height, rows)) + 2 * _ABOVE
        if self.y + height + and_also > self._end and not self._is_at_top:
            self.begin()
        self.y += _ABOVE
        for row in rows:
            if self.y + _height(row) > self._end:
                self.begin()
                self.y += _ABOVE
            self._put(row)
        self.y += _ABOVE

    @property
    def _end(self) -> float:
        return self.paper.height - MARGIN - _FOOTER

    @property
    def _is_at_top(self) -> bool:
        return self.pages[-1][1] == [self.y]

    def _put(self, row: Sequence[_Line]) -> None:
        words, _ = self.pages[-1]
        rise = max(QFontMetricsF(line.face.font).ascent() for line in row)
        words.extend(
            Word(line.x, self.y + rise, line.text, line.face, line.is_grey)
            for line in row
        )
        self.y += _height(row)


def pages(sheet: Sheet, paper: Paper) -> tuple[Page, ...]:
    """Lay a sheet out; each page has the header, and a footer with its number."""
    filling = _Filling(sheet, paper)
    filling.begin()
    for section in sheet.sections:
        _add_section(filling, section)
    count = len(filling.pages)
    return tuple(
        Page((*words, *_footer(sheet, paper, number, count)), tuple(rules))
        for number, (words, rules) in enumerate(filling.pages, start=1)
    )


def wrapped(text: str, face: Face, width: float) -> list[str]:
    """Return the lines of a text in this width; a word too long is broken."""
    return wrapped_in(text, face.font, width)


def wrapped_in(text: str, font: QFont, width: float) -> list[str]:
    """Do the same in any letters."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    lines: list[str] = []
    for part in text.splitlines():
        layout = QTextLayout(part, font)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            start = line.textStart()
            lines.append(_cut_utf16(part, start, line.textLength()).rstrip())
        layout.endLayout()
    return lines


def _cut_utf16(text: str, start: int, length: int) -> str:
    """Return a part of a text whose places Qt counts in units of UTF-16."""
    units = text.encode("utf-16-le", "surrogatepass")
    part = units[2 * start : 2 * (start + length)]
    return part.decode("utf-16-le", "replace")


def _add_section(filling: _Filling, section: Section) -> None:
    if section.heading:
        first = _rows_of(section.rows[0], filling) if section.rows else []
        lines = wrapped(section.heading, Face.HEADING, filling.paper.inner)
        below = sum(map(_height, first)) + 2 * _ABOVE
        filling.add(
            [[_Line(MARGIN, line, Face.HEADING)] for line in lines], and_also=below
        )
        filling.rule()
    if section.instead:
        filling.add([[_Line(MARGIN, section.instead, Face.TEXT, is_grey=True)]])
    for row in section.rows:
        filling.add(_rows_of(row, filling))
        filling.rule()


def _rows_of(row: Row, filling: _Filling) -> list[list[_Line]]:
    """Return the lines of a row, the columns side by side."""
    is_visit = row.kind is Kind.VISIT
    name_face = Face.STRONG if is_visit else Face.TEXT
    rest = filling.paper.inner - _TIMES - _NAME
    service = rest / 2 if filling.sheet.with_notes else rest
    columns = [
        _column(row.times, Face.STRONG if is_visit else Face.TEXT, 0, _TIMES),
        [
            *_column(row.name, name_face, _TIMES, _NAME if is_visit else _NAME + rest),
            *_column(row.phone, Face.TEXT, _TIMES, _NAME),
        ],
        _column(row.service, Face.TEXT, _TIMES + _NAME, service),
        _column(row.notes, Face.TEXT, _TIMES + _NAME + service, rest - service),
    ]
    longest = max(map(len, columns))
    grey = [
        [_Line(one.x, one.text, one.face, not is_visit) for one in column]
        for column in columns
    ]
    return [[c[n] for c in grey if n < len(c)] for n in range(longest)]


def _column(text: str, face: Face, left: float, width: float) -> list[_Line]:
    lines = wrapped(text, face, width - _GAP) if text else []
    return [_Line(MARGIN + left, line, face) for line in lines]


def _footer(sheet: Sheet, paper: Paper, number: int, count: int) -> Iterable[Word]:
    text = QCoreApplication.translate("paper", "Page %1 of %2")
    page = filled(text, str(number), str(count))
    metrics = QFontMetricsF(Face.SMALL.font)
    y = paper.height - MARGIN
    right = paper.width - MARGIN - metrics.horizontalAdvance(page)
    yield Word(right, y, page, Face.SMALL)
    room = right - MARGIN - _GAP
    lines = wrapped(sheet.footer, Face.SMALL, room)
    for place, line in enumerate(lines[::-1]):
        yield Word(MARGIN, y - place * metrics.height(), line, Face.SMALL)


def _height(row: Sequence[_Line]) -> float:
    return max(line.face.value[0] for line in row) * _LINE_ROOM
