"""How many parts a text message is sent in (GSM 03.38, else UCS-2), and fewer of them.

One letter that GSM has not, as Polish ę or Portuguese ç, halves what a part holds.
"""

from __future__ import annotations

import unicodedata

MOST_PARTS = 2

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Each of these takes the place of two.
_EXTENDED = frozenset("^{}\\[~]|€\f")
_PLAIN = str.maketrans(
    {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "œ": "oe", "Œ": "OE"}
    | {"‘": "'", "’": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
    | {"–": "-", "—": "-", "…": "...", "\u00a0": " "}
)


def segments(text: str) -> int:
    """Return in how many parts a text leaves; each is paid for."""
    if all(char in _BASIC or char in _EXTENDED for char in text):
        return _parts([2 if char in _EXTENDED else 1 for char in text], 160, 153)
    # What lies beyond 16 bits takes two places, which stay together.
    return _parts([2 if ord(char) > 0xFFFF else 1 for char in text], 70, 67)


def shortened(text: str) -> str:
    """Return a text that would take more than two parts in plainer letters.

    Only where it takes fewer then; a text of another script stays as it is.
    """
    if segments(text) <= MOST_PARTS:
        return text
    plain = "".join(_plain(char) for char in text)
    return plain if segments(plain) < segments(text) else text


def _plain(char: str) -> str:
    """Return a letter as GSM has it, without its accents if need be."""
    if char in _BASIC or char in _EXTENDED:
        return char
    bare = unicodedata.normalize("NFKD", char)
    kept = "".join(each for each in bare if not unicodedata.combining(each))
    return kept.translate(_PLAIN)


def _parts(widths: list[int], alone: int, joined: int) -> int:
    if sum(widths) <= alone:
        return 1
    parts, room = 1, joined
    for width in widths:
        if width > room:
            parts, room = parts + 1, joined
        room -= width
    return parts
