"""Text made into rows of cells: which sign parts them, and where that goes wrong."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from desk_app.domain.importing.columns import known_names
from desk_app.domain.importing.faults import Fault, fault
from desk_app.domain.spreadsheet import typed_field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

LONGEST_LINE = 1_000_000
LONGEST_FIELD = 100_000
MOST_COLUMNS = 200
MOST_ROWS = 500_000
TOLD_EACH = 5_000
# Rows that are looked at to find out what parts the cells.
LOOKED_AT = 60
# Reports begin with a title and a date; the names of columns stand within so many rows.
DEEPEST_HEADER = 12
FEWEST_NAMES = 2

DELIMITERS = {",": "Comma", ";": "Semicolon", "\t": "Tab", "|": "Vertical line"}
# Excel's own first line: it says what parts the cells.
_SEP = re.compile(r'"?sep=(.)"?[,;\t]*\n', re.IGNORECASE)
_SINGLE_QUOTED = re.compile(r"'([^']+)'")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row; `line` is the line of the file in which it begins."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file below the names of its columns.

    `header` is None where the file has no such row; `passed_over` are the lines of a
    title above it.
    """

    delimiter: str
    header: Row | None
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...] = ()
    passed_over: int = 0

    @property
    def width(self) -> int:
        """How many columns there are."""
        if self.header is not None:
            return len(self.header.cells)
        return max((len(row.cells) for row in self.rows), default=0)

    @property
    def names(self) -> tuple[str, ...]:
        """What the columns are called, numbered where the file does not say."""
        given = self.header.cells if self.header else ("",) * self.width
        return tuple(
            name or f"Column {number}" for number, name in enumerate(given, start=1)
        )


def read_table(
    text: str,
    delimiter: str = "",
    has_header: bool | None = None,
    told: Callable[[], object] = lambda: None,
) -> Table:
    """Return the rows of a text whose lines end in "\\n".

    `delimiter` and `has_header` are found out where nobody has said. With faults
    there are no rows. `told` is called each few thousand rows.
    """
    said = _SEP.match(text)
    skipped = 1 if said else 0
    if said:
        text = text[said.end() :]
        delimiter = delimiter or said[1]
    lines = text.split("\n")
    long = [
        fault(
            number,
            f"This line has {len(line):,} characters; no row is longer than"
            f" {LONGEST_LINE:,}. The file is damaged, or it is not a CSV file.",
            line,
        )
        for number, line in enumerate(lines, start=1 + skipped)
        if len(line) > LONGEST_LINE
    ]
    delimiter = delimiter or find_delimiter(text[:LONGEST_LINE])
    if long:
        return Table(delimiter, None, (), tuple(long))
    reading = _Reading(lines, delimiter, skipped)
    rows = []
    for row in reading:
        rows.append(row)
        if len(rows) % TOLD_EACH == 0:
            told()
    if reading.faults:
        return Table(delimiter, None, (), tuple(reading.faults))
    return _with_header(Table(delimiter, None, tuple(rows)), has_header)


def find_delimiter(text: str) -> str:
    """Return the sign that parts the cells of a text, a comma if none does."""
    begin = text[:200_000].split("\n")
    rated = {sign: _rate(begin, sign) for sign in DELIMITERS}
    best = max(rated, key=lambda sign: rated[sign])
    return best if rated[best] > 0 else ","


def _rate(lines: Sequence[str], delimiter: str) -> float:
    """Say how well a sign parts the cells: rows of one width, with names we know."""
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
    rows = []
    try:
        rows = [row for row in islice(reader, LOOKED_AT) if any(row)]
    except csv.Error:
        return 0.0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0.0
    _, often = widths.most_common(1)[0]
    names = max(known_names(row) for row in rows[:DEEPEST_HEADER])
    return often / len(rows) * (1 + names)


class _Reading:
    """Goes through lines row by row; what is wrong gathers in `faults`."""

    def __init__(self, lines: Sequence[str], delimiter: str, skipped: int) -> None:
        self.faults: list[Fault] = []
        self._lines = lines
        self._delimiter = delimiter
        self._at = 0
        self._skipped = skipped

    def __iter__(self) -> Iterator[Row]:
        count = 0
        while self._at < len(self._lines):
            for row in self._until_wrong():
                count += 1
                if count > MOST_ROWS:
                    words = f"No more than {MOST_ROWS:,} rows are read. Split the file."
                    self.faults.append(fault(row.line, words))
                    return
                yield row

    def _until_wrong(self) -> Iterator[Row]:
        """Yield rows up to the end, or to one that cannot be read."""
        begins = self._at
        reader = csv.reader(
            (f"{line}\n" for line in islice(self._lines, begins, None)),
            delimiter=self._delimiter,
            skipinitialspace=self._delimiter != "\t",
            strict=True,
        )
        while True:
            line = self._at + 1 + self._skipped
            try:
                cells = next(reader, None)
            except csv.Error as error:
                self._refuse(line, str(error), begins + reader.line_num)
                return
            if cells is None:
                self._at = len(self._lines)
                return
            self._at = begins + reader.line_num
            if any(cell.strip() for cell in cells):
                yield self._checked(Row(line, tuple(map(_as_typed, cells))))

    def _refuse(self, line: int, said: str, read: int) -> None:
        text = self._lines[line - 1 - self._skipped]
        if "end of data" in said:
            words = (
                "A quotation mark is opened in this line and never closed. Close it,"
                " or write it twice where it belongs to the text."
            )
            read = len(self._lines)
        elif "larger" in said:
            words = f"A field here is longer than {LONGEST_FIELD:,} characters."
        else:
            words = (
                "After a closing quotation mark something else stands here. Write a"
                " quotation mark that belongs to the text twice."
            )
        self.faults.append(fault(line, words, text))
        self._at = max(read, self._at + 1)

    def _checked(self, row: Row) -> Row:
        if len(row.cells) > MOST_COLUMNS:
            words = (
                f"This line has {len(row.cells)} cells; no file has more than"
                f" {MOST_COLUMNS} columns."
            )
            self.faults.append(fault(row.line, words, row.cells[0]))
        for number, cell in enumerate(row.cells, start=1):
            if len(cell) > LONGEST_FIELD:
                words = f"A field here is longer than {LONGEST_FIELD:,} characters."
                name = f"Column {number}"
                self.faults.append(fault(row.line, words, cell, name))
        return row


def _as_typed(cell: str) -> str:
    """Return a cell without quotes of another kind, or the one of spreadsheets."""
    cell = cell.strip()
    if "'" not in cell:
        return cell
    quoted = _SINGLE_QUOTED.fullmatch(cell)
    return quoted[1] if quoted else typed_field(cell)


def _with_header(table: Table, has_header: bool | None) -> Table:
    """Take the names of columns from the rows."""
    if not table.rows:
        return replace(table, faults=(fault(1, "There is nothing in this file."),))
    at = _header_at(table.rows)
    if has_header is None:
        has_header = at is not None or not _looks_like_data(table.rows[0])
    if not has_header:
        return table
    at = at or 0
    header, rows = table.rows[at], table.rows[at + 1 :]
    if not rows:
        words = "Below the names of the columns there is no row."
        return replace(table, header=header, rows=(), faults=(fault(1, words),))
    while header.cells and not header.cells[-1]:
        header = Row(header.line, header.cells[:-1])
    return replace(table, header=header, rows=rows, passed_over=at)


def _header_at(rows: Sequence[Row]) -> int | None:
    """Return which of the first rows holds the names of columns, if any does."""
    counts = [known_names(row.cells) for row in rows[:DEEPEST_HEADER]]
    best = max(range(len(counts)), key=lambda at: counts[at])
    if counts[best] >= FEWEST_NAMES:
        return best
    return 0 if counts[0] and len(rows[0].cells) == counts[0] else None


def _looks_like_data(row: Row) -> bool:
    """Say whether a row holds what no column is called."""
    return any("@" in cell or re.search(r"\d{4}", cell) for cell in row.cells)
