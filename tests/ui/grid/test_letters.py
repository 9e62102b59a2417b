"""Text cut to a width, against what Qt measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QFontMetricsF

from desk_app.ui.grid.painting.letters import Letters

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

LATIN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x24F), max_size=40)


@pytest.fixture(scope="module")
def font(qapp: QApplication) -> QFont:
    font = QFont()
    font.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)
    return font


@given(text=LATIN)
def test_latin_is_as_wide_as_qt_says(font: QFont, text: str) -> None:
    exact = QFontMetricsF(font).horizontalAdvance(text)
    assert abs(Letters(font).width(text) - exact) < 2


@given(text=st.text(max_size=60), width=st.integers(0, 300))
def test_what_is_cut_fits_or_is_empty(font: QFont, text: str, width: int) -> None:
    letters = Letters(font)
    cut = letters.cut(text, width)
    metrics = QFontMetricsF(letters.font_for(cut))
    assert cut == text or metrics.horizontalAdvance(cut) <= width + 1


@pytest.mark.parametrize("text", ["Anna Berg", "<img src=x>", "a & b", "", "Zoë–Ünal"])
def test_what_fits_stays_as_it_is(font: QFont, text: str) -> None:
    assert Letters(font).cut(text, 1000) == text


def test_a_long_name_ends_with_an_ellipsis(font: QFont) -> None:
    cut = Letters(font).cut("Katarzyna Müller-Lüdenscheidt", 100)
    assert cut.startswith("Kat")
    assert cut.endswith("…")


@pytest.mark.parametrize("text", ["محمد الفارسي", "👩‍⚕️ Zoë", "दीपक", "Zoe\u0308"])
def test_other_scripts_are_left_to_qt(font: QFont, text: str) -> None:
    letters = Letters(font)
    assert letters.cut(text, 1000) == text
    assert letters.cut(text * 20, 80) != text * 20


@pytest.mark.parametrize("text", ["محمد الفارسي", "दीपक", "Zoe\u0308"])
def test_letters_that_join_are_drawn_joined(font: QFont, text: str) -> None:
    letters = Letters(font)
    strategy = letters.font_for(text).styleStrategy()
    assert not strategy & QFont.StyleStrategy.PreferNoShaping
    assert letters.font_for("Łukasz 09:00–09:30") == font
