"""Bytes of a file made into text: which letters they are, and which are none.

A byte that says one thing in one alphabet says another in the next. What was found
is told in a sentence; what fits no alphabet is refused by line, never replaced.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from desk_app.domain.importing.faults import Fault, fault

LONGEST_FILE = 100_000_000
# So many lines are named; after that somebody knows.
MOST_NAMED = 200

# What may be chosen by hand, in this order.
ENCODINGS = {
    "utf-8": "Unicode (UTF-8)",
    "utf-16": "Unicode (UTF-16)",
    "cp1252": "Western European (Windows-1252)",
    "mac_roman": "Western European (older Macs)",
    "cp850": "Western European (DOS)",
    "cp1250": "Central European (Windows-1250)",
    "iso8859_2": "Central European (ISO 8859-2)",
    "cp1251": "Cyrillic (Windows-1251)",
    "cp1253": "Greek (Windows-1253)",
    "cp1254": "Turkish (Windows-1254)",
    "cp1257": "Baltic (Windows-1257)",
    "shift_jis": "Japanese (Shift-JIS)",
    "gb18030": "Chinese (GB 18030)",
    "big5": "Chinese (Big 5)",
    "euc_kr": "Korean (EUC-KR)",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# How files begin that are no text of rows, and what to do with them.
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (
        b"PK\x03\x04",
        "This is an Excel workbook or another packed file, not a CSV file. Open it"
        " and save it as “CSV UTF-8”.",
    ),
    (
        b"\xd0\xcf\x11\xe0",
        "This is a workbook of an older Excel. Open it and save it as “CSV UTF-8”.",
    ),
    (b"%PDF", "This is a PDF. Ask the other program for an export as CSV."),
    (b"{\\rtf", "This is a text document (RTF). Export the list as CSV."),
    (b"\x1f\x8b", "This file is packed (gzip). Unpack it first."),
    (b"7z\xbc\xaf", "This file is packed (7z). Unpack it first."),
    (b"Rar!", "This file is packed (RAR). Unpack it first."),
    (b"SQLite format 3", "This is a database, not a CSV file. Export it as CSV."),
    (b"\x89PNG", "This is a picture, not a CSV file."),
    (b"\xff\xd8\xff", "This is a picture, not a CSV file."),
    (b"\x7fELF", "This is a program, not a CSV file."),
    (b"MZ\x90", "This is a program, not a CSV file."),
)
_MARKUP: tuple[tuple[str, str], ...] = (
    ("begin:vcard", "This is a list of vCards. Export the contacts as CSV."),
    (
        "begin:vcalendar",
        "This is a calendar (iCalendar). Bring it in with “Import a calendar”.",
    ),
    ("<!doctype", "This is a web page. Open it in Excel and save it as “CSV UTF-8”."),
    ("<html", "This is a web page. Open it in Excel and save it as “CSV UTF-8”."),
    ("<table", "This is a web page. Open it in Excel and save it as “CSV UTF-8”."),
    ("<?xml", "This is an XML file. Export the list as CSV."),
    ("{", "This is a JSON file. Export the list as CSV."),
    ("[{", "This is a JSON file. Export the list as CSV."),
)
# Alphabets that are tried where a file does not say its own; the first of equals.
_TRIED = ("cp1252", "mac_roman", "cp850", "cp1250", "cp1251")
LONGEST_TRIED = 50_000
_WITHIN_WORD = re.compile(r"([^\W\d_])([^\x00-\x7f’‘–—“”])")
_FOREIGN_RUN = re.compile("[\u00c0-\u024f]{4,}")
_NOT_LETTERS = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile("[\u0080-\ud7ff\ue000-\U0010ffff]")
_CONTROLS = re.compile("[\u0001-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\ufffe]")
LOST = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, and in which alphabet it was read.

    Lines end in "\\n". `doubt` is a sentence for whoever has to look at the names,
    "" where the file itself leaves none. With `faults` there is nothing to go on with.
    """

    text: str
    encoding: str
    doubt: str = ""
    faults: tuple[Fault, ...] = ()


def decode(data: bytes, encoding: str = "") -> Decoded:
    """Return the text of a file; `encoding` is one of ENCODINGS, chosen by hand."""
    refused = _refusal(data)
    if refused:
        return Decoded("", encoding, faults=(fault(1, refused),))
    mark, marked = next(
        ((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "")
    )
    name = marked or encoding or _without_mark(data)
    if name in ("", "utf-8"):
        found = _utf8(data[len(mark) :], is_sure=bool(marked or encoding))
    elif name.startswith(("utf-16", "utf-32")):
        found = _wide(data[len(mark) :], name)
    else:
        found = _narrow(data, name, chosen=bool(encoding))
    return _looked_through(found)


def _refusal(data: bytes) -> str:
    """Return why a file is none that can be read as rows, "" if it may be."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return "There is nothing in this file."
    if len(data) > LONGEST_FILE:
        return "This file is larger than 100 MB. Split it and import the parts."
    for start, words in _OTHERS:
        if data.startswith(start):
            return words
    begin = data[:400].decode("ascii", "ignore").replace("\0", "").strip().lower()
    return next((words for start, words in _MARKUP if begin.startswith(start)), "")


def _without_mark(data: bytes) -> str:
    """Return the kind of UTF-16 that a file seems to be without saying so, or ""."""
    begin = data[:4000]
    half = max(1, len(begin) // 2)
    if begin[1::2].count(0) > 0.6 * half and begin[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if begin[::2].count(0) > 0.6 * half and begin[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return ""


def _utf8(data: bytes, *, is_sure: bool) -> Decoded:
    text = data.decode("utf-8", "surrogateescape")
    wrong = len(_NOT_LETTERS.findall(text))
    if not wrong:
        return Decoded(text, "utf-8")
    right = len(_BEYOND_ASCII.findall(text))
    if not right and not is_sure:
        return _narrow(data, likeliest(data), chosen=False)
    if is_sure or right >= wrong:
        words = "This line is not in UTF-8, as the rest of the file is."
        return Decoded("", "utf-8", faults=_lines_with(_NOT_LETTERS, text, words))
    words = "This line is in UTF-8; the rest of the file is in another encoding."
    return Decoded("", "cp1252", faults=_lines_with(_BEYOND_ASCII, text, words))


def _wide(data: bytes, name: str) -> Decoded:
    if name == "utf-16":
        name = "utf-16-le"
    text = data.decode(name, "replace")
    return Decoded(
        text,
        name.rpartition("-")[0],
        faults=_lines_with(
            re.compile(LOST), text, "This line is cut off: half a letter is missing."
        ),
    )


def _narrow(data: bytes, name: str, *, chosen: bool) -> Decoded:
    """Read one of the alphabets in which each letter is a byte, or two."""
    text = data.decode(name, "surrogateescape")
    label = ENCODINGS.get(name, name)
    words = f"This line has a byte that is no letter in {label}. Choose the encoding."
    faults = _lines_with(_NOT_LETTERS, text, words)
    doubt = ""
    if not chosen:
        doubt = (
            f"The file does not say how its letters are written; it was read as"
            f" {label}. Look at names with accents, and choose another encoding if"
            " they look wrong."
        )
    return Decoded(text, name, doubt, faults)


def likeliest(data: bytes) -> str:
    """Return the alphabet in which the letters beyond ASCII make words."""
    lines = (line for line in data.splitlines() if not line.isascii())
    sample = b"\n".join(lines)[:LONGEST_TRIED]
    rates = {name: _rate(sample.decode(name, "replace")) for name in _TRIED}
    return max(_TRIED, key=lambda name: rates[name])


def _rate(text: str) -> int:
    """Count letters that stand within words, less what no word has there."""
    found = _WITHIN_WORD.findall(text)
    letters = sum(
        1
        for before, char in found
        if char.islower() or (char.isupper() and before.isupper())
    )
    # "Àííà" is "Анна" in the wrong alphabet: no Latin word has so many in a row.
    runs = sum(map(len, _FOREIGN_RUN.findall(text)))
    return 2 * letters - len(found) - 4 * runs - 4 * text.count(LOST)


def _looked_through(found: Decoded) -> Decoded:
    """Refuse what is no text; end every line the same way."""
    if found.faults:
        return Decoded("", found.encoding, faults=found.faults)
    text = found.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = text.rstrip("\x1a\n") + "\n"
    nothing = "This line holds a NUL byte: the file is damaged, or it is not a text."
    control = "This line holds a control character: the file is damaged."
    faults = _lines_with(re.compile("\0"), text, nothing)
    faults = faults or _lines_with(_CONTROLS, text, control)
    return Decoded("" if faults else text, found.encoding, found.doubt, faults)


def _lines_with(wrong: re.Pattern[str], text: str, words: str) -> tuple[Fault, ...]:
    """Name the lines in which something stands that must not."""
    if not wrong.search(text):
        return ()
    lines = re.split("\r\n|\r|\n", text)
    named = [
        fault(number, words, _shown(line))
        for number, line in enumerate(lines, start=1)
        if wrong.search(line)
    ]
    return tuple(named[:MOST_NAMED])


def _shown(line: str) -> str:
    return re.sub("[\udc80-\udcff\0-\u001f]", LOST, line[:400])
