"""Prices are read as people write them, and never a hundred times too high."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desk_app.domain.prices import read_price


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("", "0"),
        ("0", "0"),
        ("60", "60"),
        (" 60 ", "60"),
        ("60.5", "60.5"),
        ("60.50", "60.50"),
        ("60,50", "60.50"),
        ("60,-", "60"),
        ("1 200,50", "1200.50"),
        ("1'200.50", "1200.50"),
        ("1.200,50", "1200.50"),
        ("1,200.50", "1200.50"),
        ("1,234,567.89", "1234567.89"),
        ("99999999.99", "99999999.99"),
    ],
)
@pytest.mark.parametrize("point", [".", ","])
def test_a_price_is_the_same_everywhere(text, amount, point):
    assert read_price(text, point) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "point", "amount"),
    [
        ("1.200", ",", 1200),
        ("1,200", ".", 1200),
        ("1.200", ".", None),
        ("1,200", ",", None),
        ("1.200.000", ",", 1_200_000),
    ],
)
def test_three_digits_are_a_group_only_where_the_sign_groups(text, point, amount):
    assert read_price(text, point) == amount


@pytest.mark.parametrize(
    "text",
    [
        "-5",
        "6o",
        "1.2.3",
        "12.34.5",
        "1,2,3",
        "1e3",
        "NaN",
        "€60",
        ".",
        "1.234,567",
        "100000000",
        "1" * 30,
        "1.200.50",
    ],
)
def test_what_is_no_price_is_none(text):
    assert read_price(text, ".") is None
