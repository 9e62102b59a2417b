"""Who may be the same person: a table of entries, and what holds for all of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.duplicates import (
    Likeness,
    Traits,
    is_near,
    is_similar,
    likeness,
)
from tests.domain.examples import examples

SAME, FAMILY = Likeness.SAME_PERSON, Likeness.FAMILY
PHONE = "+491701234567"
SLIP = "+491701234576"
OTHER = "+493098765432"
MAIL = "anna@example.org"

names = st.lists(st.sampled_from(["anna", "ana", "becker", "a", "", "li"]), max_size=4)
entries = st.builds(
    Traits,
    names.map(" ".join),
    st.sampled_from(["", PHONE, SLIP, OTHER]),
    st.sampled_from(["", MAIL, MAIL.upper(), "b@example.org"]),
)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (Traits("anna becker", PHONE), Traits("anna becker", PHONE), SAME),
        (Traits("anna becker", PHONE), Traits("becker anna", PHONE), SAME),
        (Traits("anna becker", PHONE), Traits("anna beker", PHONE), SAME),
        (Traits("anna becker", PHONE), Traits("ana beker", PHONE), SAME),
        (Traits("anna becker", PHONE), Traits("a becker", PHONE), SAME),
        (Traits("anna becker", PHONE), Traits("becker", PHONE), SAME),
        (Traits("anna becker", PHONE), Traits("paul becker", PHONE), FAMILY),
        (Traits("jan becker", PHONE), Traits("jana becker", PHONE), FAMILY),
        (Traits("anna becker", PHONE), Traits("", PHONE), FAMILY),
        (Traits("anna becker", PHONE), Traits("anna becker", SLIP), SAME),
        (Traits("anna becker", PHONE), Traits("anna becker", OTHER), None),
        (Traits("anna becker", PHONE), Traits("anna beker", SLIP), None),
        (
            Traits("anna becker", PHONE, MAIL),
            Traits("anna becker", OTHER, MAIL.upper()),
            SAME,
        ),
        (Traits("anna becker", "", MAIL), Traits("paul becker", "", MAIL), None),
        (Traits("anna becker"), Traits("anna becker"), None),
        (Traits("", "", MAIL), Traits("", "", MAIL), None),
    ],
)
def test_who_may_be_the_same(
    one: Traits, other: Traits, alike: Likeness | None
) -> None:
    assert likeness(one, other) is alike


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        (PHONE, PHONE[:-1], True),
        (PHONE, PHONE[:5] + "9" + PHONE[6:], True),
        (PHONE, PHONE, False),
        (PHONE, "", False),
        ("+49301", "+49302", False),
        (PHONE, PHONE[:-2], False),
        (PHONE, PHONE[:-2] + "89", False),
    ],
)
def test_a_number_is_near_when_it_is_one_slip_away(
    one: str, other: str, near: bool
) -> None:
    assert is_near(one, other) is near
    assert is_near(other, one) is near


@examples(300)
@given(entries, entries)
def test_the_order_does_not_count(one: Traits, other: Traits) -> None:
    assert likeness(one, other) is likeness(other, one)
    assert is_similar(one.name, other.name) == is_similar(other.name, one.name)


@examples(300)
@given(entries, entries)
def test_an_address_alone_makes_nobody_alike(one: Traits, other: Traits) -> None:
    if one.phone != other.phone and one.name.split() != other.name.split():
        assert likeness(one, other) is None


@examples(300)
@given(names, st.randoms(use_true_random=False))
def test_words_may_stand_in_any_order(words: list[str], chance) -> None:
    if "".join(words):
        mixed = words.copy()
        chance.shuffle(mixed)
        assert is_similar(" ".join(words), " ".join(mixed))


@examples(300)
@given(st.text("0123456789", min_size=8, max_size=12), st.data())
def test_one_slip_of_any_kind_is_near(digits: str, data) -> None:
    number = f"+{digits}"
    at = data.draw(st.integers(1, len(digits) - 1))
    wrong = str((int(number[at]) + 1) % 10)
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert is_near(number, number[:at] + wrong + number[at + 1 :])
    assert is_near(number, number[:at] + wrong + number[at:])
    assert is_near(number, swapped) == (swapped != number)


def test_a_long_name_is_compared_at_once() -> None:
    many = " ".join(f"aaaa{letter}" for letter in "bcdefghijk" * 20)
    assert not is_similar(many, many.replace("a", "z"))
