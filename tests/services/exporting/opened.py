"""Opens what was exported, with nothing of what wrote it."""

from __future__ import annotations

import csv
import re
import zipfile
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Xml

if TYPE_CHECKING:
    from pathlib import Path

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def csv_rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    """Return the rows of a CSV file by title."""
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=delimiter))


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it stands in a workbook: `kind` is "n" for numbers."""

    kind: str
    text: str
    is_quoted: bool
    is_formula: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, its rows by title, and its raw text."""

    name: str
    rows: list[dict[str, Cell]]
    xml: str


def sheets(path: Path) -> list[Sheet]:
    """Return the sheets of a workbook, read from its parts."""
    with zipfile.ZipFile(path) as book:
        assert book.testzip() is None
        names = [
            element.attrib["name"]
            for element in Xml.fromstring(book.read("xl/workbook.xml")).iter(
                f"{_MAIN}sheet"
            )
        ]
        styles = Xml.fromstring(book.read("xl/styles.xml"))
        (formats,) = styles.iter(f"{_MAIN}cellXfs")
        quoted = [x.attrib.get("quotePrefix") == "1" for x in formats]
        parts = [
            book.read(f"xl/worksheets/sheet{number + 1}.xml").decode()
            for number in range(len(names))
        ]
    return [_sheet(name, xml, quoted) for name, xml in zip(names, parts, strict=True)]


def _sheet(name: str, xml: str, quoted: list[bool]) -> Sheet:
    first, *others = Xml.fromstring(xml).iter(f"{_MAIN}row")
    titles = {letters: cell.text for letters, cell in _cells(first, quoted).items()}
    rows = [
        {titles[at]: cell for at, cell in _cells(row, quoted).items()} for row in others
    ]
    return Sheet(name, rows, xml)


def _cells(row: Xml.Element, quoted: list[bool]) -> dict[str, Cell]:
    found = {}
    for cell in row:
        text = "".join(
            part.text or ""
            for part in cell.iter()
            if part.tag in (f"{_MAIN}t", f"{_MAIN}v")
        )
        at = re.sub(r"\d", "", cell.attrib["r"])
        found[at] = Cell(
            kind=cell.attrib.get("t", "n"),
            text=re.sub(r"_x([0-9A-F]{4})_", lambda x: chr(int(x[1], 16)), text),
            is_quoted=quoted[int(cell.attrib.get("s", "0"))],
            is_formula=cell.find(f"{_MAIN}f") is not None,
        )
    return found


def events(path: Path) -> list[dict[str, str]]:
    """Return the events of a calendar, unfolded and unescaped by hand."""
    octets = path.read_bytes()
    assert max(map(len, octets.split(b"\r\n"))) <= 75
    assert b"\n" not in octets.replace(b"\r\n", b"")
    lines = octets.replace(b"\r\n ", b"").decode().split("\r\n")
    assert (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])
    found: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            found[-1][name] = _plain(value)
    return found


def _plain(value: str) -> str:
    out, at = "", 0
    while at < len(value):
        if value[at] == "\\":
            at += 1
            out += "\n" if value[at] in "nN" else value[at]
        else:
            out += value[at]
        at += 1
    return out
