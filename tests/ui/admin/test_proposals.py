"""What forms propose: logins that can be logins, passwords that can be read out."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.services.staff import check_password, clean_login
from desk_app.ui.admin import proposals
from tests.staff import new_staff


@pytest.mark.parametrize(
    ("name", "login"),
    [
        ("Jonas Krüger", "jonas.krueger"),
        ("Dr. Katharina Weber", "katharina.weber"),
        ("Prof. Dr. med. Ada B. Brandt", "ada.brandt"),
        ("Jürgen Großmann-Öztürk", "juergen.oeztuerk"),
        ("Zoë", "zoe"),
        ("Łukasz Sørensen", "lukasz.sorensen"),
        ("Seán O'Neil", "sean.oneil"),
        ("Andrea", "andrea"),
        ("Иван Петров", ""),
        ("山田", ""),
        ("007", ""),
        ("", ""),
    ],
)
def test_a_login_is_made_of_the_first_and_the_last_name(name: str, login: str) -> None:
    assert proposals.login(name) == login


def test_a_login_that_is_taken_is_numbered() -> None:
    taken = {"anna.mass", "anna.mass2"}
    assert proposals.login("Anna Maß", taken) == "anna.mass3"


@given(st.text(max_size=120))
def test_a_proposed_login_can_be_one(name: str) -> None:
    login = proposals.login(name)
    if login and not re.match(r"(postgres|public|none|computer)$", login):
        assert clean_login(new_staff(login=login)) == login


def test_passwords_differ_and_are_no_easy_ones() -> None:
    found = {proposals.password() for _ in range(500)}
    assert len(found) == 500
    for password in found:
        assert re.fullmatch(r"([a-z]{4}-){4}\d\d", password)
        check_password(password, "anna")


def test_passwords_are_read_out_without_a_doubt() -> None:
    letters = set(proposals.CONSONANTS + proposals.VOWELS)
    # Neither letters that sound or look alike, nor any of which words are made that
    # nobody wants to hand over.
    assert not letters & set("ckpgqhjwxyz")
