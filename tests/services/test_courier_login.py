"""The login by which desks carry: sealed, open to whoever works there with a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desk_app.db import roles
from desk_app.domain.secrets import SecretName
from desk_app.domain.staff import SignIn
from desk_app.errors import Invalid, KeyMissing, NotAllowed, SealBroken
from desk_app.services.vault import Vault
from tests.couriers import let_carry
from tests.desks import Desks
from tests.rings import DeskRings, said_by

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD = "planted courier word"


@pytest.fixture
def desks(database_url: str) -> Iterator[Desks]:
    with Desks(database_url) as desks:
        yield desks


@pytest.fixture
def rings(desks: Desks) -> DeskRings:
    """The keys of a practice whose manager has set the login."""
    rings = DeskRings()
    sessions = desks.manager()
    let_carry(sessions, rings, "courier", WORD)
    return rings


def test_whoever_works_here_opens_it_with_the_key(
    desks: Desks, rings: DeskRings
) -> None:
    vault = Vault(desks.receptionist(), rings)
    assert vault.courier() == SignIn("courier", WORD)
    with pytest.raises(NotAllowed):
        vault.read(SecretName.COURIER_LOGIN)


def test_a_desk_without_the_key_is_told_so(desks: Desks, rings: DeskRings) -> None:
    with pytest.raises(KeyMissing):
        Vault(desks.receptionist(), DeskRings()).courier()


def test_a_practice_may_have_none(desks: Desks) -> None:
    assert Vault(desks.receptionist(), DeskRings()).courier() is None


def test_what_is_no_login_is_broken_and_told_to_nobody(
    desks: Desks, rings: DeskRings
) -> None:
    Vault(desks.manager("Paula"), rings).store(SecretName.COURIER_LOGIN, WORD.encode())
    vault = Vault(desks.receptionist(), rings)
    with pytest.raises(SealBroken):
        vault.courier()
    assert WORD not in said_by(vault.courier)


def test_who_does_not_work_here_is_not_told(desks: Desks, rings: DeskRings) -> None:
    with pytest.raises(NotAllowed):
        Vault(desks.worker(), rings).courier()


def test_the_bundled_server_lets_the_worker_in_by_name(desks: Desks) -> None:
    roles.ensure_worker(desks.url, "courier_of_test")
    roles.ensure_worker(desks.url, "courier_of_test")
    with desks.owner.begin() as session:
        known = session.connection().exec_driver_sql(
            "SELECT rolcanlogin, rolsuper,"
            " pg_has_role(rolname, 'desk_worker', 'MEMBER')"
            " FROM pg_roles WHERE rolname = 'courier_of_test'"
        )
        assert known.one() == (True, False, True)


def test_nobody_becomes_the_worker_by_their_name(desks: Desks) -> None:
    with desks.receptionist("Jonas").begin() as session:
        login = session.connection().exec_driver_sql("SELECT session_user").scalar_one()
    with pytest.raises(Invalid):
        roles.ensure_worker(desks.url, str(login))
