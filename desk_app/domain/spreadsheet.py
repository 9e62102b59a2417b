"""Text for a spreadsheet: what would be taken for a formula stays what was typed."""

from __future__ import annotations

import re

# What Excel, LibreOffice and Google Sheets take for the beginning of a formula:
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?", re.ASCII | re.IGNORECASE)


def safe_cell(text: str) -> str:
    """Return `text` as a cell that no spreadsheet runs.

    An apostrophe goes before what begins like a formula; plain numbers such as
    "-12.50" and "+4930123456" are left alone.
    """
    is_number = _NUMBER.fullmatch(text) is not None
    return f"'{text}" if text.startswith(_FORMULA) and not is_number else text
