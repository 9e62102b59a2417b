"""Files with which something is wrong, and in which line: a table for all tests.

Each is refused whole. `lines` are those that must be named.
"""

from __future__ import annotations

from dataclasses import dataclass

TITLES = "Name,Phone,Email\n"
GOOD = "Anna Weiß,030 23125003,anna@example.org\n"


@dataclass(frozen=True, slots=True)
class Bad:
    """One kind of bad file; `says` stands in the words of each fault."""

    name: str
    data: bytes
    lines: tuple[int, ...]
    says: str


def _bad(name: str, text: str, *lines: int, says: str = "") -> Bad:
    return Bad(name, text.encode(), lines, says)


def _rows(name: str, row: str, says: str) -> Bad:
    """A file whose third line is wrong."""
    return _bad(name, f"{TITLES}{GOOD}{row}\n", 3, says=says)


NO_TEXT = (
    Bad("nothing", b"", (1,), "nothing in this file"),
    Bad("blanks", b" \r\n\r\n  ", (1,), "nothing in this file"),
    Bad("a workbook", b"PK\x03\x04\x14\0\x06\0", (1,), "Excel workbook"),
    Bad("an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1", (1,), "older Excel"),
    Bad("a PDF", b"%PDF-1.7\n", (1,), "PDF"),
    Bad("a packed file", b"\x1f\x8b\x08\0", (1,), "Unpack"),
    Bad("a picture", b"\x89PNG\r\n\x1a\n", (1,), "picture"),
    Bad("a web page", b"<html><table><tr><td>Name", (1,), "web page"),
    Bad("vCards", b"BEGIN:VCARD\nFN:Anna\n", (1,), "vCards"),
    Bad("a calendar", b"BEGIN:VCALENDAR\n", (1,), "calendar"),
    Bad("JSON", b'[{"name": "Anna"}]', (1,), "JSON"),
    Bad("XML", b"<?xml version='1.0'?><a/>", (1,), "XML"),
)
LETTERS = (
    Bad(
        "two encodings",
        (TITLES + GOOD).encode() + "Jörg Groß,030 23125004,\n".encode("cp1252") * 2,
        (2,),
        "UTF-8",
    ),
    Bad(
        "one line in another encoding",
        (TITLES + GOOD * 3).encode() + "Jörg,030 23125004,\n".encode("cp1252"),
        (5,),
        "not in UTF-8",
    ),
    Bad("cut off within a letter", (TITLES + GOOD + "Jö").encode()[:-1], (3,), "UTF-8"),
    Bad(
        "UTF-16 cut off within a letter",
        ("\ufeff" + TITLES + "Anna").encode("utf-16-le")[:-1],
        (2,),
        "cut off",
    ),
    Bad("a NUL byte", (TITLES + GOOD + "Jo\0,,\n").encode(), (3,), "NUL"),
    Bad("a control character", (TITLES + "Jo\x07,,\n").encode(), (2,), "control"),
    _rows("saved in the wrong encoding", "JÃ¶rg,030 23125004,", "wrong encoding"),
    _rows("a letter lost", "J\ufffdrg,030 23125004,", "lost"),
)
ROWS = (
    _bad("names of columns alone", TITLES, 1, says="no row"),
    _bad("no name", "Phone,Email\n030 1,a@b.de\n", 1, says="holds a name"),
    _rows("a line of 10 MB", "x" * 10_000_000, "10,000,000 characters"),
    _rows("a field of 120,000 letters", f"Jo,,{'x' * 120_000}", "100,000"),
    _rows("a field of 200,000 letters", f"Jo,,{'x' * 200_000}", "100,000"),
    _rows("300 columns", ",".join(["x"] * 300), "200 columns"),
    _rows("a missing cell", "Jo Groß,030 23125004", "something is missing"),
    _rows("a cell too many", "Groß, Jo,030 23125004,jo@b.de", "4 cells"),
    _rows("an open quotation mark", '"Jo Groß,030 23125004,', "never closed"),
    _rows("a stray quotation mark", '"Jo"hn,030 23125004,', "quotation mark"),
)
VALUES = (
    _rows("no name in a line", ",030 23125004,jo@b.de", "name is missing"),
    _rows("a name too long", f"{'x' * 201},030 23125004,", "longer than 200"),
    _rows("a number shortened by Excel", "Jo,4.93E+11,", "shortened"),
    _rows("the same in German", 'Jo,"4,93E+11",', "shortened"),
    _rows("a number shown as ####", "Jo,########,", "shortened"),
    _rows("a phone too short", "Jo,12,", "too short"),
    _rows("a phone of letters", "Jo,call me,", "digits"),
    _rows("an address with two @", "Jo,,jo@@b.de", "e-mail"),
    _rows("an address without @", "Jo,,jo.b.de", "e-mail"),
    _rows("a phone that stands twice", "Jo,+49 (0)30 23125003,", "line 2: Anna Weiß"),
    _rows("the same person twice", "anna weiss,,Anna@example.org", "line 2"),
    _bad(
        "several lines",
        f"{TITLES}{GOOD},1,\nJo,4E+11,x\n\n{GOOD}",
        *(3, 4, 6),
    ),
)
BAD_FILES = (*NO_TEXT, *LETTERS, *ROWS, *VALUES)
