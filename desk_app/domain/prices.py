"""Prices as people type them: with a point or a comma, with or without groups."""

from __future__ import annotations

import re
from decimal import Decimal

MOST = Decimal("99999999.99")

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’]+")
_WHOLE = re.compile(r"\d{1,12}")
_GROUPED = re.compile(r"\d{1,3}(\D\d{3})+")
_PARTS = re.compile(r"(?P<whole>[\d.,]*\d)[.,](?P<cents>\d{1,2}|-+|–)")


def read_price(text: str, decimal_point: str = ".") -> Decimal | None:
    """Return the amount that is typed, 0 for nothing, None for what is none.

    "60.50" and "60,50" are the same wherever one is: one or two digits at the end are
    cents. "1.000" is a thousand where the point groups, else nobody knows.
    """
    plain = _SPACES.sub("", text)
    if not plain:
        return Decimal(0)
    found = _PARTS.fullmatch(plain)
    whole, cents = (found["whole"], found["cents"]) if found else (plain, "")
    if not (_WHOLE.fullmatch(whole) or _is_grouped(whole, found, decimal_point)):
        return None
    digits = re.sub(r"\D", "", whole)
    amount = Decimal(f"{digits}.{cents if cents.isdecimal() else 0}")
    return amount if amount <= MOST else None


def _is_grouped(whole: str, found: re.Match[str] | None, decimal_point: str) -> bool:
    """Say whether what stands between the digits can only make groups of them."""
    signs = {char for char in whole if not char.isdecimal()}
    if len(signs) != 1 or not _GROUPED.fullmatch(whole):
        return False
    sign = signs.pop()
    if found:
        return sign != found.string[found.end("whole")]
    return sign != decimal_point
