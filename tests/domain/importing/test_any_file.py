"""Whatever a file holds, it is read or refused in words; nothing else happens."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.domain.importing.columns import FIELDS, Field, Subject
from desk_app.domain.importing.days import Order
from desk_app.domain.importing.decoding import ENCODINGS
from desk_app.domain.importing.people import People
from desk_app.domain.importing.plan import Options, Reading
from desk_app.domain.importing.reading import read
from desk_app.domain.importing.twins import sort_out
from desk_app.domain.importing.visits import Times
from desk_app.services.importing.cleaning import Cleaning

NOW = datetime(2026, 3, 2, tzinfo=UTC)
# Bits of what files are made of, so that more than noise comes about.
_BITS = st.sampled_from(
    [
        *("Name", "Phone", "Email", "Date", "Time", "Status", "Weiß, Anna", "0151 1"),
        *("03/04/2026", "4.93E+11", "a@b.de", '"', '""', ",", ";", "\t", "|", "\n"),
        *("\r\n", "\r", "sep=;", "=", "'", "\0", "\ufeff", "\u202e", "Ã¼", "é", "  "),
    ]
)
_TEXTS = st.lists(_BITS | st.text(max_size=5), max_size=40).map("".join)
_ENCODED = st.builds(
    lambda text, name: text.encode(name, "replace"),
    _TEXTS,
    st.sampled_from([*ENCODINGS]),
)
_FILES = st.binary(max_size=300) | _ENCODED


def went_through(reading: Reading, subject: Subject) -> None:
    """Read every row as far as the practice is not needed for it."""
    people = People(reading)
    cleaning = Cleaning(people, "DE")
    times = Times(people, reading.options.order or Order.YMD, NOW)
    new = []
    for row in reading.table.rows:
        person = people.of(row)
        cleaned = cleaning.of(person) if person else None
        new += [cleaned] if cleaned else []
        if subject is Subject.APPOINTMENTS:
            when = times.of(row, ZoneInfo("Europe/Berlin"))
            assert when is None or times.status(row, when) or people.faults
    sort_out(new, (), reading.options)
    assert all(fault.line >= 1 for fault in people.faults + cleaning.faults)


@given(_FILES, st.sampled_from([*Subject]))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes, subject: Subject) -> None:
    reading = read(data, subject)
    if not reading.table.rows:
        assert reading.faults
    went_through(reading, subject)


@given(_TEXTS, st.data())
@settings(max_examples=100, deadline=None)
def test_any_choice_of_a_person_can_be_read(text: str, data: st.DataObject) -> None:
    subject = data.draw(st.sampled_from([*Subject]))
    fields = data.draw(st.lists(st.sampled_from(FIELDS[subject]), max_size=4))
    options = Options(
        encoding=data.draw(st.sampled_from(["", *ENCODINGS])),
        delimiter=data.draw(st.sampled_from(["", ",", ";", "\t", "|"])),
        has_header=data.draw(st.sampled_from([None, True, False])),
        fields=tuple(fields),
        order=data.draw(st.sampled_from([None, *Order])),
    )
    reading = read(text.encode("utf-8", "replace"), subject, options)
    assert not reading.table.rows or len(reading.fields) == reading.table.width
    assert set(reading.fields) <= {*Field}
    went_through(reading, subject)
