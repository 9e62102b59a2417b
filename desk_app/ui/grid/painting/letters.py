"""Cutting text to a width, cheaply where the script allows it.

Without kerning the width of a Latin text is the sum of its letters, so most names are
measured without asking Qt. Scripts that join or reorder letters are left to Qt.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF

# Latin, and punctuation such as the en dash: one glyph for each letter.
_LAST_LATIN = "\u024f"
_PUNCTUATION = "\u2010\u2011\u2012\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u202f"
_ELLIPSIS = "…"
# Marks, Hebrew to Myanmar, Khmer and Mongolian, joiners, emoji and what is rarer. Qt
# leaves the letters of Arabic apart in a font that is drawn without shaping.
_JOINED = re.compile(
    "[\u0300-\u036f\u0590-\u109f\u1780-\u18af\u200c-\u200f\U00010000-\U0010ffff]"
)


class Letters:
    """How wide text is in one font that is drawn without shaping."""

    def __init__(self, font: QFont) -> None:
        self._font, self._shaped_font = font, QFont(font)
        self._shaped_font.setStyleStrategy(QFont.StyleStrategy.PreferDefault)
        self._whole = QFontMetrics(font)
        self._shaped = QFontMetrics(self._shaped_font)
        self._exact = QFontMetricsF(font)
        self._widths: dict[str, float] = {}
        self._ellipsis = self._exact.horizontalAdvance(_ELLIPSIS)

    def font_for(self, text: str) -> QFont:
        """Return the font a text is drawn with."""
        return self._shaped_font if _JOINED.search(text) else self._font

    def width(self, text: str) -> int:
        """Return how wide a text is, in whole pixels."""
        try:
            return round(sum(map(self._widths.__getitem__, text)) + 0.49)
        except KeyError:
            if self._learn(text):
                return self.width(text)
            return self._metrics(text).horizontalAdvance(text)

    def cut(self, text: str, width: int) -> str:
        """Return a text, its end replaced by an ellipsis if it is too wide."""
        try:
            ends = [*accumulate(map(self._widths.__getitem__, text))]
        except KeyError:
            return (
                self.cut(text, width) if self._learn(text) else self._by_qt(text, width)
            )
        if not ends or ends[-1] <= width:
            return text
        room = width - self._ellipsis
        if room < 0:
            return ""
        return text[: bisect_right(ends, room)].rstrip() + _ELLIPSIS

    def _learn(self, text: str) -> bool:
        """Measure the letters of a text; say whether its script is that simple."""
        if not all(map(_is_simple, text)):
            return False
        for letter in set(text) - self._widths.keys():
            self._widths[letter] = self._exact.horizontalAdvance(letter)
        return True

    def _by_qt(self, text: str, width: int) -> str:
        metrics = self._metrics(text)
        if metrics.horizontalAdvance(text) <= width:
            return text
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)

    def _metrics(self, text: str) -> QFontMetrics:
        return self._shaped if _JOINED.search(text) else self._whole


def _is_simple(letter: str) -> bool:
    """Say whether a letter is always one glyph of its own width."""
    if letter <= _LAST_LATIN:
        # Control characters and the soft hyphen mean something to Qt.
        return letter.isprintable()
    return letter in _PUNCTUATION
