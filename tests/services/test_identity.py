"""What the practice is called and where it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desk_app.domain.offering import Identity, IdentityChange
from desk_app.errors import Invalid, Stale
from desk_app.services.identity import PracticeIdentity
from desk_app.services.offering import Offers

if TYPE_CHECKING:
    from desk_app.db.session import Sessions

BERN = Identity("Praxis am Fluss", "Europe/Zurich", "CHF", "CH", "031 555 00 10", "de")


@pytest.fixture
def identity(sessions: Sessions) -> PracticeIdentity:
    """The service."""
    return PracticeIdentity(sessions)


def test_it_changes_in_one_step_and_what_others_changed_stays(identity):
    known = identity.read()
    assert identity.change(IdentityChange(known, BERN)) == BERN == identity.read()
    renamed = IdentityChange(known, replace(known, name="Praxis am See"))
    with pytest.raises(Stale):
        identity.change(renamed)
    here = replace(BERN, country="LI")
    assert identity.change(IdentityChange(BERN, here)) == here
    named = IdentityChange(BERN, replace(BERN, name="Praxis am See"))
    assert identity.change(named) == replace(here, name="Praxis am See")


def test_prices_keep_their_currency_unless_it_is_asked_for(
    identity, practice, sessions
):
    known = identity.read()
    identity.change(IdentityChange(known, BERN))
    assert Offers(sessions).all()[0].price.currency == "EUR"
    identity.change(IdentityChange(BERN, BERN, reprices=True))
    assert Offers(sessions).all()[0].price.currency == "CHF"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("timezone", ""),
        ("currency", "Euro"),
        ("country", "Germany"),
        ("phone", "x" * 61),
        ("language", "German!"),
    ],
)
def test_what_cannot_be_stored_is_named_by_field(identity, field, value):
    with pytest.raises(Invalid) as invalid:
        identity.change(
            IdentityChange(identity.read(), replace(BERN, **{field: value}))
        )
    assert invalid.value.field == field
