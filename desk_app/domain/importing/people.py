"""The people of a file, as it writes them: names put together, phones picked out.

What is returned here is still what somebody typed; the one form that is stored is
made by `services/contact.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk_app.domain.importing.columns import Field
from desk_app.domain.importing.faults import Fault, fault
from desk_app.domain.importing.plan import NameOrder
from desk_app.domain.spelling import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.domain.importing.plan import Reading
    from desk_app.domain.importing.table import Row

# So many names of a column must be written "Weiß, Anna" for all to be read so.
MOST_OF_THEM = 0.8

# What people write into a field that must not stay empty.
LONGEST_FILLER = 12
# Nobody has more numbers and addresses than go into so many letters.
LONGEST_CELL = 400
_FILLERS = (
    "- -- --- . / ? x n/a na none null nil nan keine keins unbekannt unknown inconnu"
    " aucun ninguno 0 00 000 0000000000 #n/a"
)
_NOTHING = frozenset(_FILLERS.split())
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_LOST = re.compile(r"#{3,}|#(?:NAME|WERT|VALUE|REF|BEZUG|NV|N/A|NUM|ZAHL)[?!]?")
# As Excel and others keep a number from being counted with: ="0171…", '0171…
_WRAPPED = re.compile(r"=?\"?'?(?P<inner>.*?)'?\"?", re.DOTALL)
_EXTENSION = re.compile(
    r"\s*(?:ext\.?|x|extension|durchwahl|dw\.?|poste|#)\s*\d+$", re.I
)
_LABEL = re.compile(
    r"^(?:tel|phone|mobile?|cell|handy|home|work|mob|privat|fon|m|h|t|w|p)\b\.?\s*[:.]\s*",
    re.IGNORECASE,
)
_LABEL_BEHIND = re.compile(r"\s*\((?!\d)[^()]{1,20}\)$")
_SEVERAL = re.compile(
    r"\s*(?:[;\n|]|:::|,(?=\s*(?:[+\d(]|[^\W\d_]+ ?:))|\boder\b|\bor\b|\bou\b)\s*"
)
_SLASHED = re.compile(r"\s+/\s+(?=[+0(])")
_IN_BRACKETS = re.compile(r".*<([^<>]+)>$")
# Text in UTF-8 that was taken for Western European once, and saved so: "MÃ¼ller".
_TWICE = re.compile(
    "[ÃÂ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]|â€"
)
_AFFIRMED = "1 y yes true t on ja j oui o si s x wahr vrai verdadero sim"
_DENIED = "0 n no false f off nein non falsch faux falso nao"
_YES, _NO = frozenset(_AFFIRMED.split()), frozenset(_DENIED.split())


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as a line of the file describes them.

    `phone` is the one number to ring, as it was typed; what else was said stands in
    `notes`. A consent is None where the file says nothing.
    """

    line: int
    name: str
    phone: str = ""
    email: str = ""
    notes: str = ""
    language: str = ""
    timezone: str = ""
    consent_email: bool | None = None
    consent_sms: bool | None = None


def name_order(values: Sequence[str]) -> NameOrder:
    """Return how a column of names is written: "Anna Weiß", or "Weiß, Anna"."""
    turned = sum(1 for value in values if re.fullmatch(r"[^,]+,\s*[^,]+", value))
    is_turned = bool(values) and turned >= MOST_OF_THEM * len(values)
    return NameOrder.LAST_FIRST if is_turned else NameOrder.FIRST_LAST


class People:
    """Reads a person from each row of a file; `faults` gathers what is wrong."""

    def __init__(self, reading: Reading) -> None:
        self.faults: list[Fault] = []
        self._reading = reading
        self._places = {field: reading.columns_of(field) for field in Field}
        self._turns = reading.options.names is NameOrder.LAST_FIRST
        self._width = reading.table.width

    def of(self, row: Row) -> Person | None:
        """Return who a row is about; None if that is said in `faults`."""
        before = len(self.faults)
        self._check_width(row)
        name = self._name(row)
        phone, more = self._phones(row)
        email, other = self._email(row)
        notes = [*self._texts(row, Field.NOTES), *more, *other]
        person = Person(
            line=row.line,
            name=name,
            phone=phone,
            email=email,
            notes="\n".join(notes),
            language=self._first(row, Field.LANGUAGE),
            timezone=self._first(row, Field.TIMEZONE),
            consent_email=self._yes(row, Field.CONSENT_EMAIL),
            consent_sms=self._yes(row, Field.CONSENT_SMS),
        )
        return person if len(self.faults) == before else None

    def column(self, field: Field) -> str:
        """Return what the file calls the column of a field, "" if there is none."""
        places = self._places[field]
        return self._reading.names[places[0]] if places else ""

    def text(self, row: Row, field: Field) -> str:
        """Return what a row says of a field, "" if nothing."""
        return self._first(row, field)

    def refuse(self, row: Row, field: Field, words: str) -> None:
        """Say what is wrong with a field of a row."""
        text, column = self._first(row, field), self.column(field)
        self.faults.append(fault(row.line, words, text, column))

    def _check_width(self, row: Row) -> None:
        """Refuse a row whose cells may stand under the wrong names."""
        more = [cell for cell in row.cells[self._width :] if cell]
        if more:
            words = (
                f"This line has {len(row.cells)} cells, the first line has"
                f" {self._width}. Put quotation marks around a text that holds the"
                " delimiter."
            )
            self.faults.append(fault(row.line, words, more[0]))
        elif len(row.cells) < self._width:
            words = (
                f"This line has {len(row.cells)} cells, the first line has"
                f" {self._width}: something is missing."
            )
            self.faults.append(fault(row.line, words, row.cells[0]))

    def _name(self, row: Row) -> str:
        whole = self._first(row, Field.NAME)
        if whole and self._turns and "," in whole:
            last, _, first = whole.partition(",")
            whole = f"{first.strip()} {last.strip()}".strip()
        parts = (self._first(row, Field.FIRST_NAME), self._first(row, Field.LAST_NAME))
        name = whole or " ".join(part for part in parts if part)
        field = next(
            (f for f in (Field.NAME, Field.LAST_NAME) if self._places[f]),
            Field.FIRST_NAME,
        )
        if not name:
            self.refuse(row, field, "A name is missing.")
        elif "\ufffd" in name:
            words = "Letters of this name were lost before: “\ufffd” stands for one."
            self.refuse(row, field, words)
        elif _TWICE.search(name):
            words = (
                "This name was saved in the wrong encoding once (“Ã¼” for “ü”)."
                " Export the list again as UTF-8."
            )
            self.refuse(row, field, words)
        return name

    def _phones(self, row: Row) -> tuple[str, list[str]]:
        """Return the number to ring, and a line for the notes on each other one."""
        found: list[str] = []
        for field in (Field.PHONE, Field.OTHER_PHONE):
            for column, text in self._cells(row, field):
                if is_shortened(text):
                    words = (
                        "Excel has shortened this number; its last digits are lost."
                        " Format the column as text in Excel and export it again."
                    )
                    self.faults.append(fault(row.line, words, text, column))
                elif not is_nothing(text):
                    found += numbers_in(text)
        first, *others = [*dict.fromkeys(found)] or [""]
        number = _EXTENSION.sub("", first) if len(first) <= LONGEST_CELL else first
        if number != first:
            others.insert(0, first)
        return number, [f"Other phone: {text}" for text in others]

    def _email(self, row: Row) -> tuple[str, list[str]]:
        text = self._first(row, Field.EMAIL)
        if not text or is_nothing(text):
            return "", []
        if len(text) > LONGEST_CELL:
            return text, []
        parts = re.split(r"\s*(?:[;,\n]|:::)\s*|\s+(?=[^\s<]+@)", text)
        several = [_address(part) for part in parts if "@" in part]
        first, *others = several or [text]
        return first, [f"Other e-mail: {other}" for other in others]

    def says_so(self, row: Row, field: Field) -> bool:
        """Say whether a row affirms a field, by any word but a no; a date is a yes."""
        text = plain(self._first(row, field)[:LONGEST_FILLER])
        return bool(text) and text not in _NO | _NOTHING

    def _yes(self, row: Row, field: Field) -> bool | None:
        text = plain(self._first(row, field)[:LONGEST_FILLER])
        if text and text not in _YES | _NO:
            self.refuse(row, field, "This is neither yes nor no.")
        return text in _YES if text else None

    def _cells(self, row: Row, field: Field) -> list[tuple[str, str]]:
        """Return name and text of each cell of a field that is not blank."""
        return [
            (self._reading.names[at], row.cells[at])
            for at in self._places[field]
            if at < len(row.cells) and row.cells[at]
        ]

    def _texts(self, row: Row, field: Field) -> list[str]:
        cells = self._cells(row, field)
        if len(cells) == 1 and len(self._places[field]) == 1:
            return [cells[0][1]]
        return [f"{name}: {text}" for name, text in cells]

    def _first(self, row: Row, field: Field) -> str:
        for at in self._places[field]:
            if at < len(row.cells) and row.cells[at]:
                return row.cells[at]
        return ""


def is_shortened(text: str) -> bool:
    """Say whether a number has lost its digits: 4.93E+11, or ####."""
    inner = unwrapped(text[:LONGEST_CELL])
    return bool(_SHORTENED.fullmatch(inner) or _LOST.fullmatch(inner))


def is_nothing(text: str) -> bool:
    """Say whether a text only fills a field that must not stay empty."""
    return len(text) <= LONGEST_FILLER and plain(text.strip()) in _NOTHING


def unwrapped(text: str) -> str:
    """Return a text without what keeps Excel from counting with it."""
    found = _WRAPPED.fullmatch(text.strip())
    return found["inner"].strip() if found else text


def numbers_in(text: str) -> list[str]:
    """Return the phone numbers in a cell, each without what it is called."""
    if len(text) > LONGEST_CELL:
        return [text]
    plain_text = unwrapped(text).removeprefix("tel:").removeprefix("callto:")
    parts = [part for part in _SEVERAL.split(plain_text) if part]
    numbers = [part for piece in parts for part in _SLASHED.split(piece)]
    return [_number(part) for part in numbers if re.search(r"\d", part)] or [plain_text]


def _number(text: str) -> str:
    bare = _LABEL_BEHIND.sub("", _LABEL.sub("", text.strip()))
    # A spreadsheet that took it for a number wrote 491711234567.0.
    return re.sub(r"^(\d{6,})[.,]0$", r"\1", bare)


def _address(text: str) -> str:
    """Return the address in "Anna <anna@example.org>" or "mailto:anna@…"."""
    inner = _IN_BRACKETS.fullmatch(text.strip())
    return (inner[1] if inner else text).strip().removeprefix("mailto:")
