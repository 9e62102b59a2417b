"""Whether two entries are likely the same person, or two of one family.

Families share a phone number, couples an address, and names are misheard on the
phone: none of these alone makes two people one. Nobody is merged by this; it only
says where a person at the desk should look.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

# A shorter word that is one letter off is another name: Jan and Jana, Kim and Tim.
SHORTEST_MISHEARD = 4
# Fewer digits than this are too alike to be compared.
SHORTEST_NUMBER = 7
MOST_WORDS = 6

_DOUBLE = re.compile(r"(\w)\1+")


class Likeness(StrEnum):
    """What two entries seem to be."""

    SAME_PERSON = "SAME_PERSON"
    FAMILY = "FAMILY"


@dataclass(frozen=True, slots=True)
class Traits:
    """What entries are compared by.

    `name` is folded (lower case, no accents or punctuation), `phone` is E.164 or "",
    `email` is as it was typed, or "".
    """

    name: str
    phone: str = ""
    email: str = ""


def likeness(one: Traits, other: Traits) -> Likeness | None:
    """Say what two entries seem to be; None for nothing. The order does not count.

    The same number with a similar name is the same person, with another name a
    family. The same name is the same person only with the same address or a number
    that is one slip away. An address alone says nothing.
    """
    if one.phone and one.phone == other.phone:
        same = is_similar(one.name, other.name)
        return Likeness.SAME_PERSON if same else Likeness.FAMILY
    if not one.name.split() or one.name.split() != other.name.split():
        return None
    same_address = one.email != "" and one.email.lower() == other.email.lower()
    if same_address or is_near(one.phone, other.phone):
        return Likeness.SAME_PERSON
    return None


def is_similar(one: str, other: str) -> bool:
    """Say whether two folded names may be one: "becker anna", "a becker", "anna beker".

    Each word of the shorter name needs a word of the longer one for itself.
    """
    words, others = _words(one), _words(other)
    shorter, longer = sorted((words, others), key=lambda them: (len(them), them))
    return bool(shorter) and _each_finds_its_own(shorter, longer)


def is_near(one: str, other: str) -> bool:
    """Say whether two numbers are one slip apart: a digit, or two of them swapped."""
    if min(len(one), len(other)) < SHORTEST_NUMBER or one == other:
        return False
    return _is_one_slip(one, other)


def _words(name: str) -> list[str]:
    """Return the words to compare: nobody hears whether a letter is double."""
    return sorted(_DOUBLE.sub(r"\1", name).split()[:MOST_WORDS])


def _each_finds_its_own(words: list[str], others: list[str]) -> bool:
    if not words:
        return True
    first, rest = words[0], words[1:]
    return any(
        _may_be(first, word)
        and _each_finds_its_own(rest, others[:at] + others[at + 1 :])
        for at, word in enumerate(others)
    )


def _may_be(word: str, other: str) -> bool:
    if word == other:
        return True
    shorter, longer = sorted((word, other), key=len)
    if len(shorter) == 1:
        return longer.startswith(shorter)
    return len(shorter) >= SHORTEST_MISHEARD and _is_one_slip(word, other)


def _is_one_slip(one: str, other: str) -> bool:
    """Say whether one character more or other, or two swapped, make them equal."""
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    at = _first_difference(shorter, longer)
    if len(shorter) < len(longer):
        return shorter[at:] == longer[at + 1 :]
    swapped = longer[at : at + 2][::-1]
    return (
        shorter[at + 1 :] == longer[at + 1 :]
        or shorter[at:] == swapped + longer[at + 2 :]
    )


def _first_difference(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    found = (at for at, (left, right) in enumerate(pairs) if left != right)
    return next(found, min(len(one), len(other)))
