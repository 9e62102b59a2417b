"""A file read: its letters, its rows, what its columns hold, how its days stand."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from desk_app.domain.importing.columns import Field, Subject, recognise
from desk_app.domain.importing.days import Orders, orders_of
from desk_app.domain.importing.decoding import decode
from desk_app.domain.importing.faults import fault
from desk_app.domain.importing.people import name_order
from desk_app.domain.importing.plan import Options, Reading
from desk_app.domain.importing.table import Table, read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desk_app.domain.importing.faults import Fault

# Enough of a column, and of each cell, to tell what it holds.
LOOKED_AT = 200
LONGEST_LOOKED_AT = 120
_PERSON = (Field.NAME, Field.FIRST_NAME, Field.LAST_NAME)


def read(
    data: bytes,
    subject: Subject,
    options: Options | None = None,
    told: Callable[[], object] = lambda: None,
) -> Reading:
    """Return what a file holds; what `options` leave open is found out.

    With faults nothing can be imported. An order of days that several would fit is
    left open, for a person to say. `told` is called now and then on the way, and may
    end it by an error.
    """
    chosen = options or Options()
    text = decode(data, chosen.encoding)
    told()
    if text.faults:
        table = Table(chosen.delimiter or ",", None, ())
        decoded = replace(chosen, encoding=text.encoding)
        return Reading(table, decoded, faults=text.faults)
    table = read_table(text.text, chosen.delimiter, chosen.has_header, told)
    chosen = replace(
        chosen,
        encoding=text.encoding,
        delimiter=table.delimiter,
        has_header=table.header is not None,
    )
    if table.faults:
        return Reading(table, chosen, text.doubt, faults=table.faults)
    columns = [[*islice(_values(table, at), LOOKED_AT)] for at in range(table.width)]
    if len(chosen.fields) != table.width:
        fields = recognise(table.names, columns, subject)
        chosen = replace(chosen, fields=fields)
    reading = Reading(table, chosen, text.doubt)
    orders = _orders(reading)
    names = chosen.names or name_order(_first(reading, Field.NAME, LOOKED_AT))
    reading = replace(
        reading,
        options=replace(chosen, order=chosen.order or orders.fits, names=names),
        open_order=chosen.order is None and orders.is_open,
    )
    return replace(reading, faults=_missing(reading, subject))


def _values(table: Table, at: int) -> Iterator[str]:
    """Yield what stands in a column, without blanks."""
    for row in table.rows:
        if at < len(row.cells) and row.cells[at]:
            yield row.cells[at][:LONGEST_LOOKED_AT]


def _first(reading: Reading, field: Field, most: int | None = None) -> list[str]:
    places = reading.columns_of(field)
    return [*islice(_values(reading.table, places[0]), most)] if places else []


def _orders(reading: Reading) -> Orders:
    """Look at all days of a file, for the first ones may all fit several orders."""
    days = _first(reading, Field.DATE)
    ends = [text for text in _first(reading, Field.END) if len(text) > len("00:00:00")]
    return orders_of(days + ends)


def _missing(reading: Reading, subject: Subject) -> tuple[Fault, ...]:
    """Name what no row can do without and no column holds."""
    header = reading.table.header
    line = header.line if header else 1
    fields = set(reading.fields)
    faults = []
    if not fields & {*_PERSON}:
        words = "No column holds a name. Say which one does."
        faults.append(fault(line, words))
    if subject is Subject.APPOINTMENTS and Field.DATE not in fields:
        words = "No column holds the day of the appointment. Say which one does."
        faults.append(fault(line, words))
    if reading.open_order:
        words = (
            "The days can be read as day/month or as month/day. Say in which order"
            " they are written."
        )
        names = reading.columns_of(Field.DATE)
        column = reading.names[names[0]] if names else ""
        faults.append(fault(line, words, column=column))
    return tuple(faults)
