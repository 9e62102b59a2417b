"""Cells of a spreadsheet that show what was typed, and never compute it.

A program that opens a CSV file takes a cell that begins with "=", "+", "-" or "@" for
a formula, which may start programs and send data away. The sign may hide behind
blanks, quotes and characters that nobody sees, or be one of the wide forms that
spreadsheets of East Asia take for the same. Source: OWASP, CSV injection.
"""

from __future__ import annotations

import re
import unicodedata

_SIGNS = frozenset("=+-@")
_QUOTES = frozenset("'\"`´‘’“”„‚«»")
# A formula with nothing but a sign and digits shows just these.
_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)*", re.ASCII)
# What follows a sign at which a cell ends, for one program or another.
_LATER = re.compile(r"(?<=[,;|\t\r\n])[^,;|\t\r\n]+")


def safe_cell(text: str) -> str:
    """Return `text` for a cell, with an apostrophe before what would be computed.

    Plain numbers stay as they are: "-5.00" is no danger, and would be no number any
    more. `typed_cell` takes the apostrophe off again.
    """
    return f"'{text}" if is_formula(text) else text


def typed_cell(cell: str) -> str:
    """Return what `safe_cell` was given to make this cell."""
    rest = cell[1:]
    return rest if cell.startswith("'") and safe_cell(rest) == cell else cell


def safe_field(text: str) -> str:
    """Return `text` for a file whose reader may split it at a sign of their own.

    A desk in Germany opens a file with commas and splits it at semicolons and line
    ends, also within quotes: what would begin a cell there gets its apostrophe too.
    `typed_field` takes them off again.
    """
    head = "'" if is_formula(text) else ""
    return head + _LATER.sub(lambda part: safe_cell(part[0]), text)


def typed_field(field: str) -> str:
    """Return what `safe_field` was given to make this field."""
    return typed_cell(_LATER.sub(lambda part: typed_cell(part[0]), field))


def is_formula(text: str) -> bool:
    """Say whether a spreadsheet might compute this instead of showing it."""
    if not text or _NUMBER.fullmatch(text):
        return False
    for char in text:
        # Tabs and line ends are dropped by some, and what follows counts.
        if unicodedata.category(char) == "Cc":
            return True
        if not _is_passed_over(char):
            return unicodedata.normalize("NFKC", char)[0] in _SIGNS
    return False


def _is_passed_over(char: str) -> bool:
    """Say whether a program may look behind this for the sign."""
    return char in _QUOTES or unicodedata.category(char)[0] in "ZC"
