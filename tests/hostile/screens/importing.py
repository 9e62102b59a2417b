"""The page on which a file comes in."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from desk_app.domain.importing.columns import Field, Subject
from desk_app.domain.importing.faults import fault
from desk_app.domain.importing.outcome import (
    Checked,
    Imported,
    ImportLine,
    Kept,
    SourceFile,
    TakenBack,
)
from desk_app.domain.importing.plan import Match, Options, Reading
from desk_app.domain.importing.reading import read
from desk_app.domain.importing.twins import Duplicate, Fate, Likeness, NewPerson
from desk_app.ui.transfer.importing.page import ImportPage
from desk_app.ui.transfer.importing.ports import Wish, import_ports
from tests.hostile.screens.registry import Scene, screen

if TYPE_CHECKING:
    from collections.abc import Iterator


@screen("import of a file")
def importing(scene: Scene) -> Iterator[None]:
    """A file in which each cell is hostile, what is wrong with it, what came of it."""
    page = scene.show(lambda: ImportPage(import_ports(scene.desk.around)))
    text = scene.text[:2000]
    line = ImportLine(1, "IMPORT_CLIENTS", text, 1, datetime.now(UTC), text, None)
    with scene.turns.turn():
        page.choose.show_imports([line])
    yield
    reading = _read(text)
    with scene.turns.turn():
        page._wish = Wish(SourceFile(text, b""), Subject.CLIENTS)
        page.on_read(reading)
    yield
    with scene.turns.turn():
        page.on_checked(_checked(reading, text))
    yield
    with scene.turns.turn():
        page._wish = Wish(SourceFile(text, b""), Subject.APPOINTMENTS)
        page.on_checked(Checked(reading, text, providers=(Match(text, None),)))
    yield
    with scene.turns.turn():
        page.on_written(Imported(1, clients=2))
    yield
    with scene.turns.turn():
        page.on_taken_back(TakenBack(1, (Kept(text),)))
    yield


def _read(text: str) -> Reading:
    """Return a file with a text in each cell, as far as it can be read at all."""
    written = io.StringIO()
    csv.writer(written).writerows([[text, "Name"], [text, text], ["x", text]])
    options = Options(
        encoding="utf-8",
        delimiter=",",
        has_header=True,
        fields=(Field.NOTES, Field.NAME),
    )
    data = written.getvalue().encode("utf-8", "replace")
    reading = read(data, Subject.CLIENTS, options)
    return reading if reading.table.rows else read(b"Name\nx\n", Subject.CLIENTS)


def _checked(reading: Reading, text: str) -> Checked:
    return Checked(
        reading,
        text,
        new=(NewPerson(2, text, notes=text),),
        duplicates=(Duplicate(2, text, text, Likeness.PHONE, Fate.SKIPPED, 0, 1),),
        faults=(fault(2, text, text, text),),
    )
