"""Text as a search compares it: case, accents and punctuation do not count.

Written twice because it must be: `fold` folds what is typed, `folded` is the same in
SQL for the generated column `client.search_text`. A test compares both.
"""

from __future__ import annotations

import string

# Both cases stand here, since lower() of a "C" database leaves all but ASCII alone.
# Each pair: the plain letter, and those that are searched like it.
_LIKE = {
    "a": "ÀÁÂÃÄÅĀĂĄàáâãäåāăą",
    "c": "ÇĆĈĊČçćĉċč",
    "d": "ĎĐďđ",
    "e": "ÈÉÊËĒĔĖĘĚèéêëēĕėęě",
    "g": "ĜĞĠĢĝğġģ",
    "h": "ĤĦĥħ",
    "i": "ÌÍÎÏĨĪĬĮİìíîïĩīĭįı",
    "j": "Ĵĵ",
    "k": "Ķķ",
    "l": "ĹĻĽŁĺļľł",
    "n": "ÑŃŅŇñńņň",
    "o": "ÒÓÔÕÖØŌŎŐòóôõöøōŏő",
    "r": "ŔŖŘŕŗř",
    "s": "ŚŜŞŠȘśŝşšș",
    "t": "ŢŤŦȚţťŧț",
    "u": "ÙÚÛÜŨŪŬŮŰŲùúûüũūŭůűų",
    "w": "Ŵŵ",
    "y": "ÝŶŸýŷÿ",
    "z": "ŹŻŽźżž",
    # A word ends where a word of pg_trgm ends, so that the index knows its start.
    " ": string.punctuation + "‐‑–—’‘ʼ´",
}
_LETTERS = "".join(_LIKE.values())
_PLAIN = "".join(plain * len(letters) for plain, letters in _LIKE.items())
_PAIRS = {"ß": "ss", "ẞ": "ss", "Æ": "ae", "æ": "ae", "Œ": "oe", "œ": "oe"}
# They shape letters and hold emoji together, and nobody types them.
_JOINERS = "\u200c\u200d"
_TABLE = str.maketrans(
    dict(zip(_LETTERS, _PLAIN, strict=True)) | _PAIRS | dict.fromkeys(_JOINERS, "")
)


def fold(text: str) -> str:
    """Return `text` as the search compares it."""
    return text.translate(_TABLE).lower()


def folded(column: str) -> str:
    """Return the SQL expression that folds a column as `fold` does; immutable."""
    pairs = column
    for letter, plain in _PAIRS.items():
        pairs = f"replace({pairs}, '{letter}', '{plain}')"
    letters = _LETTERS.replace("'", "''")
    # translate() takes out what has no counterpart: the joiners.
    return f"lower(translate({pairs}, '{letters}{_JOINERS}', '{_PLAIN}'))"


SEARCH_TEXT = f"' ' || {folded('name')} || ' ' || {folded('email')} || ' ' || phone"
"""Each word begins after a space, the name's first one at the very start."""
