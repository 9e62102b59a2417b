"""What can be a login or a password, and what cannot."""

from __future__ import annotations

import pytest

from desk_app.errors import Invalid
from desk_app.services.staff import check_password, clean_login
from tests.staff import new_staff


@pytest.mark.parametrize(
    ("typed", "login"),
    [
        ("anna", "anna"),
        (" Anna.Mass ", "anna.mass"),
        ("anna\n", "anna"),
        ("a", "a"),
        ("a-b_c.9", "a-b_c.9"),
        ("x" * 63, "x" * 63),
        ("computers", "computers"),
    ],
)
def test_a_login_is_written_in_small_letters(typed: str, login: str) -> None:
    assert clean_login(new_staff(login=typed)) == login


@pytest.mark.parametrize(
    ("login", "words"),
    [
        ("", "begins with a letter"),
        ("1anna", "begins with a letter"),
        ("anna maß", "begins with a letter"),
        ("annä", "begins with a letter"),
        ('a"; DROP TABLE client; --', "begins with a letter"),
        ("an\0na", "begins with a letter"),
        ("x" * 64, "at most 63"),
        ("postgres", "kept for the server"),
        ("pg_x", "kept for the server"),
        ("desk_x", "kept for the server"),
        ("public", "kept for the server"),
        ("none", "kept for the server"),
        ("Computer", "kept for the server"),
    ],
)
def test_a_login_that_cannot_be_one_is_refused(login: str, words: str) -> None:
    with pytest.raises(Invalid, match=words) as refusal:
        clean_login(new_staff(login=login))
    assert refusal.value.field == "login"


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "at least 10"),
        ("ninechars", "at least 10"),
        ("abc" * 67, "at most 200"),
        ("annanna123", "too easy"),
        ("ANNANNA123", "too easy"),
        ("aaaaaaaaaa", "too easy"),
        (" " * 12, "too easy"),
        ("abcabcabcabc", "too easy"),
    ],
)
def test_an_easy_password_is_refused(password: str, words: str) -> None:
    with pytest.raises(Invalid, match=words) as refusal:
        check_password(password, "annanna123")
    assert refusal.value.field == "password"
    assert password not in str(refusal.value) or not password
