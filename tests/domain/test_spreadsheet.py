"""What a cell of a spreadsheet may begin with."""

from __future__ import annotations

import pytest

from desk_app.domain.spreadsheet import safe_cell


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://evil")',
        "+1+1",
        "-1-1",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "-",
        "+",
        "-1\n=1",
        "-1\n",
        "-١",
        "+49 30 123",
        "-1.2.3",
    ],
)
def test_what_begins_like_a_formula_becomes_text(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    ["", "Anna", "12", "-12", "-12.50", "-1,5", "+4930123456", "-1e3", "a=b", "'=1"],
)
def test_plain_text_and_plain_numbers_are_left_alone(text: str) -> None:
    assert safe_cell(text) == text
