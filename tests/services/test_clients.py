"""Finding clients while somebody types."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from desk_app.db.folding import fold, folded
from desk_app.errors import NotFound
from tests import factories

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.services.clients import Clients

PEOPLE = [
    ("Anna Müller", "+491701234567", "anna@example.org"),
    ("Annabel O'Neil", "+4930123456", "bel@example.org"),
    ("Hanna Weiß", "+12025550123", "hanna.w@example.com"),
    ("Jörg Müller-Łuczak", "+491707654321", ""),
    ("100% _Rabatt\\", "", ""),
    ("<img src=x>", "", ""),
    ("👩\u200d🚀 Zoë", "", ""),
]


@pytest.fixture(autouse=True)
def people(sessions: Sessions) -> None:
    """A few clients of a German practice."""
    factories.setting(sessions, "country", "DE")
    for name, phone, email in PEOPLE:
        factories.client(sessions, name=name, phone=phone, email=email)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("anna", ["Anna Müller", "Annabel O'Neil", "Hanna Weiß"]),
        ("ANNA MU", ["Anna Müller"]),
        ("mu an", ["Anna Müller"]),
        ("müller", ["Anna Müller", "Jörg Müller-Łuczak"]),
        ("muller", ["Anna Müller", "Jörg Müller-Łuczak"]),
        ("luczak", ["Jörg Müller-Łuczak"]),
        ("weiss", ["Hanna Weiß"]),
        ("weiß", ["Hanna Weiß"]),
        ("oneil", []),
        ("o'neil", ["Annabel O'Neil"]),
        ("neil", ["Annabel O'Neil"]),
        ("0170 123", ["Anna Müller"]),
        ("+49 170", ["Anna Müller", "Jörg Müller-Łuczak"]),
        ("0049 (0)170/7654", ["Jörg Müller-Łuczak"]),
        ("123-45", ["Anna Müller", "Annabel O'Neil"]),
        ("555 0123", ["Hanna Weiß"]),
        ("anna 0170", ["Anna Müller"]),
        ("bel@", ["Annabel O'Neil"]),
        ("example.com", ["Hanna Weiß"]),
        ("100%", ["100% _Rabatt\\"]),
        ("%", []),
        ("_r", ["100% _Rabatt\\"]),
        ("\\", []),
        ("_@.%", []),
        ("anna@example", ["Anna Müller", "Annabel O'Neil", "Hanna Weiß"]),
        ("<img", ["<img src=x>"]),
        ("zoe", ["👩\u200d🚀 Zoë"]),
        ("", []),
        (" \u200b\0 ", []),
        ("nobody at all", []),
    ],
)
def test_what_is_typed_finds_who_is_meant(
    clients: Clients, typed: str, found: list[str]
) -> None:
    names = [client.name for client in clients.find(typed)]
    assert sorted(names) == sorted(found)


def test_names_that_start_so_come_first_then_words_then_parts(
    clients: Clients, sessions: Sessions
) -> None:
    for name in ("Berta Annas", "Susanna Ahl"):
        factories.client(sessions, name=name)
    names = [client.name for client in clients.find("anna")]
    assert names[:3] == ["Anna Müller", "Annabel O'Neil", "Berta Annas"]
    assert set(names[3:]) == {"Hanna Weiß", "Susanna Ahl"}


def test_no_more_are_found_than_asked_for(clients: Clients) -> None:
    assert len(clients.find("anna", limit=2)) == 2


def test_who_is_not_active_is_not_found(clients: Clients, sessions: Sessions) -> None:
    factories.client(sessions, name="Gone", is_active=False)
    assert clients.find("gone") == ()


def test_a_client_shows_the_number_as_people_dial_it(clients: Clients) -> None:
    (found,) = clients.find("hanna")
    assert (found.phone, found.phone_display) == ("+12025550123", "+1 202-555-0123")
    assert clients.get(found.client_id) == found


def test_a_client_that_does_not_exist_is_not_found(clients: Clients) -> None:
    with pytest.raises(NotFound):
        clients.get(99_999_999)


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(max_size=250))
def test_whatever_is_typed_is_searched_for(clients: Clients, typed: str) -> None:
    clients.find(typed)


@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x24F), max_size=40))
def test_python_and_postgresql_fold_alike(sessions: Sessions, typed: str) -> None:
    with sessions.begin() as session:
        query = text(f"SELECT {folded('given')} FROM (SELECT :typed AS given) asked")
        assert session.execute(query, {"typed": typed}).scalar() == fold(typed)


@pytest.mark.parametrize(
    "condition",
    ["search_text LIKE ' anna mu%'", "search_text LIKE '%muller%'"],
)
def test_the_search_goes_by_an_index(sessions: Sessions, condition: str) -> None:
    with sessions.begin() as session:
        session.execute(text("SET LOCAL enable_seqscan = off"))
        plan = session.execute(text(f"EXPLAIN SELECT FROM client WHERE {condition}"))
        assert re.search("client_search(_start)?_ix", str(plan.all()))
