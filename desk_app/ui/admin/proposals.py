"""What a form proposes: a login made from a name, a password that can be read out."""

from __future__ import annotations

import re
import secrets
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

LONGEST_LOGIN = 40
# No letters that look like others, and few that would make a word to be ashamed of:
# 50 syllables, of which eight and two digits cannot be guessed at a server's speed.
CONSONANTS, VOWELS = "bdflmnrstv", "aeiou"
WORDS, SYLLABLES = 4, 2

_TITLE = re.compile(r"\b(dr|prof|med|dent|dipl|ing|mag|mr|mrs|ms)\b\.?", re.IGNORECASE)
_IN_LETTERS = {
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o", "å": "aa",
    "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
}  # fmt: skip


def login(name: str, taken: Container[str] = ()) -> str:
    """Return a login for a name, "" where the name has no letters from a to z.

    First and last name in small letters, titles left out; numbered when it is taken.
    """
    plain = _TITLE.sub(" ", unicodedata.normalize("NFC", name)).lower()
    plain = "".join(_IN_LETTERS.get(letter, letter) for letter in plain)
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", plain)
        if not unicodedata.combining(letter)
    )
    words = re.findall(r"[a-z][a-z0-9]*", re.sub(r"['’`]", "", plain))
    ends = words[:1] + words[1:][-1:]
    wished = ".".join(ends)[:LONGEST_LOGIN].rstrip(".")
    return _free(wished, taken) if wished else ""


def password() -> str:
    """Return a random password such as "tamo-resi-dola-venu-47"."""
    words = ("".join(_syllable() for _ in range(SYLLABLES)) for _ in range(WORDS))
    return "-".join((*words, f"{secrets.randbelow(100):02}"))


def _free(wished: str, taken: Container[str]) -> str:
    """Return the first of wished, wished2, wished3 and so on that is not taken."""
    number, found = 1, wished
    while found in taken:
        number += 1
        found = f"{wished}{number}"
    return found


def _syllable() -> str:
    return secrets.choice(CONSONANTS) + secrets.choice(VOWELS)
