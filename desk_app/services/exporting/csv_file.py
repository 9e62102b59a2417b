"""CSV (RFC 4180) that Excel, LibreOffice and programs read as it was meant.

UTF-8 with a byte order mark, without which Excel takes it for the computer's old
encoding. Dates are ISO, clocks of 24 hours. Every field stands in quotes, and what
would be a formula, there or where another program splits it, has an apostrophe.
"""

from __future__ import annotations

import csv
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from desk_app.domain.spreadsheet import safe_field
from desk_app.services.exporting.tables import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from desk_app.domain.exports import Delimiter
    from desk_app.services.exporting.tables import Table

_MINUTES = "minutes"


class Tables:
    """Writes each table into a file of its own."""

    def __init__(self, paths: Iterable[Path], delimiter: Delimiter) -> None:
        self._paths = iter(paths)
        self._delimiter = delimiter

    def add(self, table: Table, pieces: Iterable[list[Any]]) -> None:
        """Write a table. Raises OSError."""
        writers = [(column.value, _CELLS[column.kind]) for column in table.columns]
        with next(self._paths).open("w", encoding="utf-8-sig", newline="") as file:
            out = csv.writer(
                file, delimiter=self._delimiter.value, quoting=csv.QUOTE_ALL
            )
            out.writerow(column.title for column in table.columns)
            for piece in pieces:
                out.writerows(
                    [
                        "" if (value := read(record)) is None else cell(value)
                        for read, cell in writers
                    ]
                    for record in piece
                )


@contextmanager
def writing(paths: Iterable[Path], delimiter: Delimiter) -> Iterator[Tables]:
    """Give what writes a file for each table."""
    yield Tables(paths, delimiter)


def phone_cell(number: str) -> str:
    """Return "+49 30 901820" as "(+49) 30 901820".

    A cell that begins with "+" is a formula to some programs; of "+4930901820" they
    show the number 4930901820, and of longer ones 4.93E+12. An apostrophe would be
    shown, and kept by whoever reads the file. In this form it is text everywhere,
    people read it, and whoever takes out what is no digit and no "+" has the number.
    """
    if not number.startswith("+"):
        return safe_field(number)
    code, _, rest = number.partition(" ")
    return f"({code}) {rest}".rstrip()


_CELLS: dict[Kind, Callable[[Any], str]] = {
    Kind.TEXT: safe_field,
    Kind.PHONE: phone_cell,
    Kind.NUMBER: str,
    Kind.AMOUNT: lambda amount: f"{amount:.2f}",
    Kind.DAY: lambda day: str(day.isoformat()),
    Kind.CLOCK: lambda clock: str(clock.isoformat(_MINUTES)),
    Kind.MOMENT: lambda moment: str(moment.isoformat(" ", _MINUTES)),
    Kind.FLAG: lambda flag: "yes" if flag else "no",
}
