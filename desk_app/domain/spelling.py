"""How well what was typed fits a word: whole, begun, or with a slip of the finger."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# What Unicode does not take apart, and what people type for it.
_PLAIN = str.maketrans(
    {"ß": "ss", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"}
)
_NO_LETTER = re.compile(r"[\W_]+")

EXACT, BEGUN, SLIP, BEGUN_SLIP = 1.0, 0.8, 0.7, 0.6
# One wrong letter makes another word of a short one, so those must be right.
SHORTEST_WITH_SLIP, SHORTEST_WITH_TWO = 4, 7
LONGEST = 40


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return `text` in small plain letters: no accents, "ss" for "ß"."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return "".join(char for char in apart if not unicodedata.combining(char))


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a name in plain letters: "Follow-up" has two."""
    return tuple(_NO_LETTER.sub(" ", plain(text)).split())


@lru_cache(maxsize=16384)
def distance(one: str, other: str, most: int = 2, wrong: int = 1) -> int:
    """Return how many slips turn one word into the other, at most `most` + 1.

    A slip is a letter too many, missing, or two in the wrong order (the Damerau
    distance in its usual restricted form); a wrong letter costs `wrong`.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, wanted in enumerate(other, 1):
            changed = last[j - 1] + (wrong if letter != wanted else 0)
            cost = min(last[j] + 1, row[j - 1] + 1, changed)
            swapped = i > 1 and j > 1 and letter == other[j - 2]
            if swapped and one[i - 2] == wanted:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before_last, last = last, row
    return min(last[-1], most + 1)


@lru_cache(maxsize=16384)
def fit(typed: str, word: str, shortest_start: int = 3) -> float:
    """Return how well `typed` fits `word`, from 0 (not at all) to 1; both plain.

    The start of a word counts from `shortest_start` letters on.
    """
    if typed == word:
        return EXACT
    if len(typed) >= shortest_start and word.startswith(typed):
        return BEGUN
    if not SHORTEST_WITH_SLIP <= len(typed) <= LONGEST:
        return 0.0
    begins_alike = typed[0] == word[:1] or typed[:2] == word[1:2] + word[:1]
    return _mistyped(typed, word) if begins_alike else 0.0


def _mistyped(typed: str, word: str) -> float:
    # "Morgan" is not "morgen", though "mogren" is.
    slips, wrong = (2, 1) if len(typed) >= SHORTEST_WITH_TWO else (1, 2)
    if distance(typed, word, slips, wrong) <= slips:
        return SLIP
    start = word[: len(typed)]
    is_long = len(typed) > SHORTEST_WITH_SLIP
    return BEGUN_SLIP if is_long and distance(typed, start, 1, wrong) <= 1 else 0.0


def best_of(typed: str, words: tuple[str, ...], shortest_start: int = 3) -> float:
    """Return how well `typed` fits the word of `words` that it fits best."""
    return max((fit(typed, word, shortest_start) for word in words), default=0.0)


def is_strung_from(typed: str, name: str) -> bool:
    """Say whether the letters of `typed` stand in `name` in this order.

    The first letter must be that of a word: "nutcon" is "nutrition consultation".
    """
    if not typed:
        return False
    words = words_of(name)
    for number, word in enumerate(words):
        if word[0] == typed[0]:
            rest = iter("".join(words[number:]))
            if all(letter in rest for letter in typed):
                return True
    return False


def initials(name: str) -> str:
    """Return the first letters of the words of a name: "fu" of "Follow-up"."""
    return "".join(word[0] for word in words_of(name))
