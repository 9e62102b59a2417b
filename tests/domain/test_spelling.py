"""How well what was typed fits a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.spelling import (
    BEGUN,
    BEGUN_SLIP,
    EXACT,
    SLIP,
    distance,
    fit,
    is_strung_from,
    plain,
    words_of,
)

_TEXTS = st.text(alphabet="abcd", max_size=7)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("Müller", "muller"), ("Weiß", "weiss"), ("Yıldız", "yildiz"), ("ŁÓDŹ", "lodz")],
)
def test_accents_and_case_do_not_count(text: str, wanted: str) -> None:
    assert plain(text) == wanted


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("monday", "monday", 0),
        ("mnday", "monday", 1),
        ("moonday", "monday", 1),
        ("mondya", "monday", 1),
        ("mpnday", "monday", 1),
        ("teusdya", "tuesday", 2),
        ("ca", "abc", 3),
    ],
)
def test_slips_are_counted(one: str, other: str, slips: int) -> None:
    assert distance(one, other) == slips


@given(_TEXTS, _TEXTS)
def test_slips_are_the_same_in_both_directions(one: str, other: str) -> None:
    assert distance(one, other, 9) == distance(other, one, 9)
    assert (distance(one, other, 9) == 0) is (one == other)


@pytest.mark.parametrize(
    ("typed", "word", "wanted"),
    [
        ("weber", "weber", EXACT),
        ("web", "weber", BEGUN),
        ("webre", "weber", SLIP),
        ("eweber", "weber", SLIP),
        ("wbeer", "weber", SLIP),
        ("we", "weber", 0.0),
        ("waber", "weber", 0.0),
        ("consulation", "consultation", SLIP),
        ("cnosul", "consultation", BEGUN_SLIP),
        ("morgan", "morgen", 0.0),
        ("", "weber", 0.0),
    ],
)
def test_a_word_is_whole_begun_or_mistyped(
    typed: str, word: str, wanted: float
) -> None:
    assert fit(typed, word) == wanted


def test_some_letters_of_a_name_stand_for_it() -> None:
    assert is_strung_from("nutcon", "Nutrition consultation")
    assert not is_strung_from("utcon", "Nutrition consultation".replace("utr", ""))
    assert not is_strung_from("", "Follow-up")


def test_a_name_with_a_hyphen_has_two_words() -> None:
    assert words_of("Follow-up (15 min)") == ("follow", "up", "15", "min")
