"""Names, phone numbers, e-mail addresses and notes as people type them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.people import NewClient
from desk_app.errors import Invalid
from desk_app.services import contact


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Anna   Weiß ", "Anna Weiß"),
        ("Anna\u00a0\u3000Weiß", "Anna Weiß"),
        ("Anna\tWeiß\r\n", "Anna Weiß"),
        ("e\u0301mile", "émile"),
        ("\u202eannA\u202c", "annA"),
        ("An\u200bna\ufeff", "Anna"),
        ("<img src=x>", "<img src=x>"),
        ("O'Neil & Söhne %_\\", "O'Neil & Söhne %_\\"),
        ("👨\u200d👩\u200d👧 Ali", "👨\u200d👩\u200d👧 Ali"),
        ("نرگس\u200cها", "نرگس\u200cها"),
        ("a\u200db", "ab"),
        ("x" * 200, "x" * 200),
    ],
)
def test_a_name_is_stored_as_it_is_seen(typed: str, stored: str) -> None:
    assert contact.clean_name(typed) == stored


@pytest.mark.parametrize(
    "typed",
    ["", " ", "\u200b", "\u2800", "a\0b", "\x1b[1m", "\ud800", "\uffff", "x" * 201],
)
def test_a_name_that_cannot_be_shown_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        contact.clean_name(typed)
    assert refusal.value.field == "name"


@given(st.text(max_size=300))
def test_a_stored_name_is_clean_and_stays_as_it_is(typed: str) -> None:
    try:
        name = contact.clean_name(typed)
    except Invalid:
        return
    assert 1 <= len(name) <= 200
    assert unicodedata.is_normalized("NFC", name)
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in name)
    assert contact.clean_name(name) == name


@pytest.mark.parametrize(
    "typed",
    [
        "0170 1234567",
        "+49 170 1234567",
        "0049 (0)170/1234567",
        "+49-170-123.45.67",
        "0170\u00a01234567",
        "٠١٧٠ ١٢٣٤٥٦٧",
    ],
)
def test_one_phone_number_has_one_stored_form(typed: str) -> None:
    assert contact.clean_phone(typed, "DE") == "+491701234567"


@pytest.mark.parametrize(
    "typed", ["", "12", "+49", "call me", "0170 1234567 ext 5", "0" * 50, "1\0002"]
)
def test_what_is_no_phone_number_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        contact.clean_phone(typed, "DE")
    assert refusal.value.field == "phone"


def test_without_a_country_a_number_begins_with_its_code() -> None:
    assert contact.clean_phone("+49 30 123456", "") == "+4930123456"
    with pytest.raises(Invalid, match="country code"):
        contact.clean_phone("030 123456", "")


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("+491701234567", "0170 1234567"),
        ("+12025550123", "+1 202-555-0123"),
        ("", ""),
    ],
)
def test_a_number_is_shown_as_people_at_the_practice_dial_it(
    stored: str, shown: str
) -> None:
    assert contact.shown_phone(stored, "DE") == shown


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", ""),
        (" anna@example.org ", "anna@example.org"),
        ("Anna.W+x@EXAMPLE.Org", "Anna.W+x@example.org"),
        ("jürgen@müller.example", "jürgen@müller.example"),
    ],
)
def test_an_email_is_one_plain_address(typed: str, stored: str) -> None:
    assert contact.clean_email(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "anna",
        "anna@example",
        "a@x.org, b@y.org",
        "Anna <a@x.org>",
        '"a b"@x.org',
        "a..b@x.org",
        "a@x.org\r\nBcc: b@y.org",
        "a@" + "x" * 250 + ".org",
    ],
)
def test_what_is_not_one_plain_address_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        contact.clean_email(typed)
    assert refusal.value.field == "email"


def test_a_note_keeps_its_lines() -> None:
    typed = " first\r\n\tsecond\u202e \n"
    assert contact.clean_paragraph(typed, 100, "notes") == "first\n\tsecond"


def test_a_note_is_refused_where_it_cannot_be_stored() -> None:
    with pytest.raises(Invalid):
        contact.clean_paragraph("a\0", 100, "notes")
    with pytest.raises(Invalid):
        contact.clean_paragraph("x" * 101, 100, "notes")


def test_a_new_client_needs_only_name_and_phone() -> None:
    typed = NewClient(name=" Anna  Weiß", phone="030/123456")
    assert contact.clean_client(typed, "DE") == NewClient(
        name="Anna Weiß", phone="+4930123456"
    )
