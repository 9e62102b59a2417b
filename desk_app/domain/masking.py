"""Addresses as a person may recognise them and nobody else can use them.

What is masked may stand in a list, a log or the text of an error.
"""

from __future__ import annotations

import re

GAP = "…"
# Shorter ones would be known from what is left of them.
SHORTEST_NAME, SHORTEST_NUMBER, SHORTEST_PUSH = 3, 9, 8
# From so many digits on it may be a telephone number or that of a person.
SHORTEST_RUN = 5
SHORTEST_TOKEN = 20

_QUOTED = re.compile(r'"[^"\n]{1,64}"(?=[@＠])')
_WORD = re.compile(r'[^\s<>()\[\]{},;"]+')
_AT = re.compile(r"@|＠|%40|://", re.IGNORECASE)
_TOKEN = re.compile(r"[\w-]+")
_NUMBERS = re.compile(r"\+?\d(?:[\s().\-/]{0,2}\d)*")
# What a mail server answers begins with these: "550 5.1.1", "452-4.2.2", "421".
_STATUS = re.compile(r"[245]\d\d(?:[ -][245]\.\d{1,3}\.\d{1,3})?(?!\d)")


def masked_email(address: str) -> str:
    """Return "a…r@example.org" of "anna.keller@example.org"."""
    name, at, domain = _printable(address).rpartition("@")
    if not at:
        return GAP
    end = name[-1] if len(name) > SHORTEST_NAME else ""
    return f"{name[:1]}{GAP}{end}@{domain}"


def masked_phone(number: str) -> str:
    """Return "+49…678" of "+4915112345678"; a short number is hidden whole."""
    return _ends(number, SHORTEST_NUMBER, 3)


def masked_push(address: str) -> str:
    """Return the ends of what a push service knows somebody by.

    Who knows the whole of it may read along or write to them.
    """
    return _ends(address, SHORTEST_PUSH, 2)


def without_addresses(text: str) -> str:
    """Return what others wrote as one line, its addresses and long numbers hidden.

    Hidden are e-mail and web addresses, runs of five and more digits however they
    are parted, and long words with digits, as keys are. Status codes of mail stay.
    """
    line = _QUOTED.sub(GAP, " ".join(_printable(text).split()))
    line = _WORD.sub(lambda found: _unless_address(found[0]), line)
    return _NUMBERS.sub(lambda found: _unless_long(found[0]), line)


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


def _ends(text: str, shortest: int, size: int) -> str:
    text = _printable(text)
    if len(text) < shortest:
        return GAP
    return f"{text[:size]}{GAP}{text[-size:]}"


def _unless_address(word: str) -> str:
    if _AT.search(word):
        return GAP
    return _TOKEN.sub(lambda found: _unless_token(found[0]), word)


def _unless_token(letters: str) -> str:
    is_key = len(letters) >= SHORTEST_TOKEN and any(map(str.isdigit, letters))
    return GAP if is_key else letters


def _unless_long(numbers: str) -> str:
    status = _STATUS.match(numbers)
    kept = status[0] if status else ""
    digits = sum(map(str.isdigit, numbers[len(kept) :]))
    return f"{kept} {GAP}".strip() if digits >= SHORTEST_RUN else numbers
