"""Hostile text is stored as it is or refused by its field; nothing else happens."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk_app.errors import DeskError, Invalid
from tests import factories

if TYPE_CHECKING:
    from desk_app.services.booking import Booking
    from desk_app.services.clients import Clients
    from tests.factories import Practice

SHOWN = [
    "<img src=x>",
    "<b>" * 60,
    "'; DROP TABLE client; --",
    "%s %(name)s {0} $1 :name",
    "100% _ \\",
    "👩\u200d🚀 Zoë 🏳️\u200d🌈",
    "שלום עולם",
    "محمد نرگس\u200cها",
    "x" * 200,
    "𝕏" * 200,
]
REFUSED = ["", " \u200b\u3000", "a\0b", "\ud800", "\udfff", "\x1b[31m", "x" * 201]


@pytest.mark.parametrize("name", SHOWN, ids=ascii)
def test_a_name_comes_back_as_it_was_typed(
    booking: Booking, clients: Clients, practice: Practice, name: str
) -> None:
    new = factories.new_client(name=name)
    booked = booking.book(practice.request(client_id=None, new_client=new))
    assert booked.client_name == clients.get(booked.client_id).name == name
    assert booked.client_id in [client.client_id for client in clients.find(name)]


@pytest.mark.parametrize("name", REFUSED, ids=ascii)
def test_a_name_that_cannot_be_shown_is_refused_by_its_field(
    booking: Booking, practice: Practice, name: str
) -> None:
    new = factories.new_client(name=name)
    with pytest.raises(Invalid) as refusal:
        booking.book(practice.request(client_id=None, new_client=new))
    assert refusal.value.field == "name"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "12"),
        ("phone", "\0"),
        ("email", "a@x, b@y"),
        ("email", "\ud800@x.org"),
    ],
)
def test_a_client_is_refused_by_the_field_that_is_wrong(
    booking: Booking, practice: Practice, field: str, value: str
) -> None:
    new = replace(factories.new_client(), **{field: value})
    with pytest.raises(Invalid) as refusal:
        booking.book(practice.request(client_id=None, new_client=new))
    assert refusal.value.field == field


@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=st.text(max_size=250))
def test_what_the_rules_let_through_the_database_takes(
    booking: Booking, practice: Practice, text: str
) -> None:
    new = factories.new_client(name=text)
    request = practice.request(client_id=None, new_client=new, notes=text)
    with suppress(Invalid):
        booked = booking.book(request)
        booking.cancel(factories.cancellation(booked, reason=text))


@pytest.mark.parametrize("huge", [2**31, 2**63, 2**80, -1])
def test_a_number_that_is_no_id_is_refused_politely(
    booking: Booking, practice: Practice, huge: int
) -> None:
    with pytest.raises(DeskError):
        booking.book(practice.request(service_id=huge))
