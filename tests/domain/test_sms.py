"""How many parts a text message takes."""

from __future__ import annotations

import pytest

from desk_app.domain.sms import segments, shortened


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ü" * 160, 1),
        ("ę" * 70, 1),
        ("ę" * 71, 2),
        ("ę" * 134, 2),
        ("ę" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        # A pair does not part: 33 of them fill the first of the joined parts.
        ("😀" * 67, 3),
    ],
)
def test_letters_are_counted_as_they_are_sent(text, parts):
    assert segments(text) == parts


def test_a_text_that_is_too_long_loses_accents_before_it_costs_more():
    assert shortened("Zażółć – „gęślą”…" * 12).startswith('Zazolc - "gesla"...')
    assert segments(shortened("ę" * 200)) == 2
    assert shortened("ę" * 134) == "ę" * 134
    assert shortened("Привет " * 30) == "Привет " * 30
    assert shortened("ü" * 400) == "ü" * 400
