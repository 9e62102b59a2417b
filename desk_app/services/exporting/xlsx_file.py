"""Spreadsheets for Excel and LibreOffice: real dates and numbers, text as it is.

Text is written as text, never as a formula or a link. What begins like a formula has
the "quote prefix" of Excel besides: it stays text when somebody edits the cell.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager, suppress
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from desk_app.domain.spreadsheet import is_formula
from desk_app.services.exporting.tables import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from desk_app.services.exporting.tables import Column, Table

# What a sheet of Excel holds, the row of titles among them.
MOST_ROWS = 1_048_576
LONGEST_CELL = 32_767
# Excel counts days from here, and has none before 1900.
_DAY_ONE = date(1899, 12, 30)
_PATTERNS = {
    Kind.TEXT: "@",
    Kind.PHONE: "@",
    Kind.NUMBER: "0",
    Kind.AMOUNT: "0.00",
    Kind.DAY: "yyyy-mm-dd",
    Kind.CLOCK: "hh:mm",
    Kind.MOMENT: "yyyy-mm-dd hh:mm",
    Kind.FLAG: "@",
}


class Book:
    """Writes each table onto sheets of its own."""

    def __init__(self, book: Workbook) -> None:
        self._book = book

    def add(self, table: Table, pieces: Iterable[list[Any]]) -> None:
        """Write a table. Raises OSError."""
        _Sheets(self._book, table).write(pieces)


@contextmanager
def writing(path: Path) -> Iterator[Book]:
    """Give what writes tables; the file is made of them at the end of the block.

    Raises OSError.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with tempfile.TemporaryDirectory(prefix="desk_app-") as aside:
        # Row by row to the disk: a hundred thousand need not lie in memory.
        options = {
            "constant_memory": True,
            "tmpdir": aside,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        book = Workbook(str(path), options)
        try:
            yield Book(book)
            book.close()
        except FileCreateError as error:
            raise _cause(error) from None
        finally:
            _let_go(book)


class _Sheets:
    """One table, on as many sheets as it needs."""

    def __init__(self, book: Workbook, table: Table) -> None:
        self._book, self._table = book, table
        self._formats = {
            kind: book.add_format({"num_format": pattern, "valign": "top"})
            for kind, pattern in _PATTERNS.items()
        }
        self._quoted = book.add_format(
            {"num_format": "@", "valign": "top", "quote_prefix": True}
        )
        self._cells = [(column, self._cell(column)) for column in table.columns]
        self._count = 0

    def write(self, pieces: Iterable[list[Any]]) -> None:
        """Write all rows."""
        at, sheet = 0, self._begin()
        for piece in pieces:
            for record in piece:
                if at + 1 == MOST_ROWS:
                    self._end(sheet, at)
                    at, sheet = 0, self._begin()
                at += 1
                self._write_row(sheet, at, record)
        self._end(sheet, at)

    def _begin(self) -> Worksheet:
        self._count += 1
        more = f" {self._count}" if self._count > 1 else ""
        sheet = self._book.add_worksheet(f"{self._table.title}{more}")
        sheet.freeze_panes(1, 0)
        bold = self._book.add_format({"bold": True, "bottom": 1})
        for number, column in enumerate(self._table.columns):
            sheet.set_column(number, number, column.width)
            sheet.write_string(0, number, column.title, bold)
        return sheet

    def _end(self, sheet: Worksheet, last: int) -> None:
        sheet.autofilter(0, 0, max(last, 1), len(self._table.columns) - 1)

    def _write_row(self, sheet: Worksheet, at: int, record: Any) -> None:
        for number, (column, cell) in enumerate(self._cells):
            value = column.value(record)
            if value is not None and value != "":
                cell(sheet, at, number, value)

    def _cell(self, column: Column) -> Callable[[Worksheet, int, int, Any], object]:
        """Return what writes a value of this column."""
        style = self._formats[column.kind]
        if column.kind in (Kind.TEXT, Kind.PHONE):
            return self._write_text
        if column.kind is Kind.FLAG:
            return lambda sheet, row, at, flag: sheet.write_string(
                row, at, "yes" if flag else "no", style
            )
        count = _COUNTS.get(column.kind, float)
        return lambda sheet, row, at, value: sheet.write_number(
            row, at, count(value), style
        )

    def _write_text(self, sheet: Worksheet, row: int, at: int, text: str) -> None:
        style: Format = self._quoted if is_formula(text) else self._formats[Kind.TEXT]
        sheet.write_string(row, at, text[:LONGEST_CELL], style)


def _days(value: date) -> float:
    return (value - _DAY_ONE).days


def _clock(value: time) -> float:
    return (value.hour * 3600 + value.minute * 60 + value.second) / 86_400


def _moment(value: datetime) -> float:
    return _days(value.date()) + _clock(value.time())


_COUNTS: dict[Kind, Callable[[Any], float]] = {
    Kind.DAY: _days,
    Kind.CLOCK: _clock,
    Kind.MOMENT: _moment,
}


def _cause(error: Exception) -> Exception:
    """Return the OSError that the library has put into one of its own."""
    inside = error.args[0] if error.args else None
    return inside if isinstance(inside, OSError) else OSError(str(error))


def _let_go(book: Workbook) -> None:
    """Close what a book that was left half has open."""
    for sheet in book.worksheets():
        with suppress(OSError):
            sheet.row_data_fh.close()
