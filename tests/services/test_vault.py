"""Secrets are sealed on their way in, and a lost key never costs an appointment."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from desk_app.db.queries import secrets
from desk_app.db.queries.pipeline import ask
from desk_app.domain.secrets import SecretName, Tokens
from desk_app.errors import (
    Invalid,
    KeyMissing,
    NeedsSignIn,
    NotFound,
    SealBroken,
)
from desk_app.sealing import KeyRing, new_ring
from desk_app.services.vault import Vault
from tests import factories
from tests.factories import rows
from tests.rings import DeskRings, said_by

if TYPE_CHECKING:
    from desk_app.db.session import Sessions

SMTP = SecretName.SMTP_PASSWORD
PLANTED = b"pl4nted-secret"


@pytest.fixture
def calendar(sessions: Sessions) -> int:
    """A calendar of Dr Weber."""
    return factories.calendar(sessions, factories.provider(sessions))


def state_of(sessions: Sessions, sync_id: int) -> str:
    query = "SELECT state FROM calendar_sync WHERE sync_id = :id"
    return str(rows(sessions, query, id=sync_id)[0][0])


def test_a_secret_comes_back_and_is_stored_sealed(
    vault: Vault, sessions: Sessions
) -> None:
    assert vault.read(SMTP) is None
    vault.store(SMTP, PLANTED)
    assert vault.read(SMTP) == PLANTED
    stored = rows(sessions, "SELECT name, sealed FROM practice_secret")
    assert PLANTED not in b"".join(bytes(sealed) for _, sealed in stored)


def test_a_secret_can_be_replaced_and_removed(vault: Vault) -> None:
    vault.store(SMTP, b"old")
    vault.store(SMTP, b"new")
    assert vault.read(SMTP) == b"new"
    vault.remove(SMTP)
    vault.remove(SMTP)
    assert vault.read(SMTP) is None


@pytest.mark.parametrize("plain", [b"", b"x" * 60_001])
def test_nothing_and_far_too_much_are_no_secrets(vault: Vault, plain: bytes) -> None:
    with pytest.raises(Invalid) as refusal:
        vault.store(SMTP, plain)
    assert refusal.value.field == "secret"
    assert vault.names() == ()


def test_names_tell_what_is_set_and_by_whom_but_no_value(
    vault: Vault, sessions: Sessions
) -> None:
    vault.store(SMTP, PLANTED)
    vault.store(SecretName.PUSH_KEYS, PLANTED)
    assert [entry.name for entry in vault.names()] == [SecretName.PUSH_KEYS, SMTP]
    (who,) = {entry.changed_by for entry in vault.names()}
    assert who == rows(sessions, "SELECT session_user")[0][0]
    assert PLANTED.decode() not in repr(vault.names())


def test_a_secret_that_a_newer_program_knows_is_not_listed(
    vault: Vault, sessions: Sessions
) -> None:
    rows(sessions, "UPDATE practice_secret SET name = 'fax_pin'")
    assert vault.names() == ()


def test_a_secret_that_was_moved_to_another_name_does_not_open(
    vault: Vault, sessions: Sessions
) -> None:
    vault.store(SMTP, PLANTED)
    rows(
        sessions,
        "UPDATE practice_secret SET name = 'push_keys' WHERE name = 'smtp_password'",
    )
    with pytest.raises(SealBroken):
        vault.read(SecretName.PUSH_KEYS)


def test_a_desk_without_a_key_is_told_so(sessions: Sessions, vault: Vault) -> None:
    vault.store(SMTP, PLANTED)
    other = Vault(sessions, DeskRings())
    assert vault.has_key()
    assert not other.has_key()
    for call in (
        lambda: other.read(SMTP),
        lambda: other.store(SMTP, PLANTED),
        other.offer_enrolment,
        other.rotate,
        other.reseal,
    ):
        assert PLANTED.decode() not in said_by(call)
        with pytest.raises(KeyMissing):
            call()


def test_tokens_come_back_and_are_stored_sealed(
    vault: Vault, sessions: Sessions, calendar: int
) -> None:
    vault.store_tokens(calendar, PLANTED, b"refresh")
    assert vault.read_tokens(calendar) == Tokens(PLANTED, b"refresh")
    stored = rows(sessions, "SELECT access_token, refresh_token FROM calendar_sync")
    assert PLANTED not in bytes(stored[0][0])
    assert b"refresh" not in bytes(stored[0][1])
    assert "pl4nted" not in repr(vault.read_tokens(calendar))


def test_a_calendar_may_have_one_token_only(vault: Vault, calendar: int) -> None:
    vault.store_tokens(calendar, None, b"app password")
    assert vault.read_tokens(calendar) == Tokens(None, b"app password")


def test_tokens_of_no_calendar_are_refused(vault: Vault) -> None:
    with pytest.raises(NotFound):
        vault.store_tokens(4711, PLANTED, None)
    with pytest.raises(NotFound):
        vault.read_tokens(4711)


def test_a_calendar_without_tokens_asks_to_sign_in(
    vault: Vault, sessions: Sessions, calendar: int
) -> None:
    with pytest.raises(NeedsSignIn):
        vault.read_tokens(calendar)
    assert state_of(sessions, calendar) == "SIGN_IN_AGAIN"


def test_tokens_whose_key_is_missing_here_stay_for_others(
    vault: Vault, sessions: Sessions, calendar: int
) -> None:
    vault.store_tokens(calendar, PLANTED, b"refresh")
    stranger = Vault(sessions, DeskRings(new_ring()))
    assert PLANTED.decode() not in said_by(lambda: stranger.read_tokens(calendar))
    with pytest.raises(KeyMissing):
        stranger.read_tokens(calendar)
    assert state_of(sessions, calendar) == "CONNECTED"
    assert vault.read_tokens(calendar).access == PLANTED


@pytest.mark.parametrize(
    "damage",
    [
        "refresh_token = set_bit(refresh_token, 200, 1 - get_bit(refresh_token, 200))",
        "refresh_token = substr(refresh_token, 1, 20)",
        "refresh_token = access_token",
        "access_token = refresh_token, refresh_token = access_token",
    ],
)
def test_broken_tokens_ask_to_sign_in_and_touch_nothing_else(
    vault: Vault, sessions: Sessions, calendar: int, damage: str
) -> None:
    other = factories.calendar(sessions, factories.provider(sessions))
    vault.store_tokens(calendar, PLANTED, b"refresh")
    vault.store_tokens(other, PLANTED, b"refresh")
    rows(sessions, f"UPDATE calendar_sync SET {damage} WHERE sync_id = {calendar}")
    with pytest.raises(NeedsSignIn):
        vault.read_tokens(calendar)
    assert state_of(sessions, calendar) == "SIGN_IN_AGAIN"
    assert state_of(sessions, other) == "CONNECTED"
    assert vault.read_tokens(other) == Tokens(PLANTED, b"refresh")


def test_a_desk_that_was_never_enrolled_signs_no_calendar_out(
    vault: Vault, sessions: Sessions, calendar: int
) -> None:
    vault.store_tokens(calendar, PLANTED, None)
    with pytest.raises(KeyMissing):
        Vault(sessions, DeskRings()).read_tokens(calendar)
    assert state_of(sessions, calendar) == "CONNECTED"


def test_who_signs_in_meanwhile_is_not_asked_again(
    vault: Vault, sessions: Sessions, calendar: int
) -> None:
    with sessions.begin() as session:
        found = ask(session, secrets.tokens(calendar))
    assert found is not None
    vault.store_tokens(calendar, PLANTED, None)
    with sessions.begin() as session:
        assert not ask(session, secrets.ask_to_sign_in(found, "unreadable"))
    assert state_of(sessions, calendar) == "CONNECTED"


@pytest.mark.parametrize(
    ("before", "after"),
    [("SIGN_IN_AGAIN", "CONNECTED"), ("PAUSED", "PAUSED"), ("CONNECTED", "CONNECTED")],
)
def test_a_sign_in_makes_a_calendar_work_again_unless_it_is_paused(
    vault: Vault, sessions: Sessions, calendar: int, before: str, after: str
) -> None:
    rows(sessions, f"UPDATE calendar_sync SET state = '{before}', last_error = 'x'")
    vault.store_tokens(calendar, PLANTED, None)
    assert state_of(sessions, calendar) == after
    assert rows(sessions, "SELECT last_error FROM calendar_sync") == [("",)]


def test_after_a_rotation_everything_is_sealed_again_once(
    vault: Vault, sessions: Sessions, rings: DeskRings, calendar: int
) -> None:
    vault.store(SMTP, PLANTED)
    vault.store_tokens(calendar, PLANTED, b"refresh")
    assert vault.reseal() == 0
    vault.rotate()
    assert vault.reseal() == 4  # the mark of the key, the secret, two tokens
    assert vault.reseal() == 0
    newest = Vault(sessions, DeskRings(KeyRing(rings.held.keys[:1])))
    assert newest.read(SMTP) == PLANTED
    assert newest.read_tokens(calendar) == Tokens(PLANTED, b"refresh")


def test_what_cannot_be_opened_does_not_keep_the_rest_from_being_sealed_again(
    vault: Vault, sessions: Sessions, calendar: int
) -> None:
    vault.store_tokens(calendar, PLANTED, None)
    vault.store(SMTP, PLANTED)
    rows(sessions, "UPDATE calendar_sync SET access_token = sha512('broken')")
    vault.rotate()
    assert vault.reseal() == 2
    kept = rows(sessions, "SELECT access_token = sha512('broken') FROM calendar_sync")
    assert kept == [(True,)]


def test_nothing_secret_reaches_a_log(
    vault: Vault,
    sessions: Sessions,
    calendar: int,
    rings: DeskRings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    code = vault.offer_enrolment()
    key = rings.held.newest.secret.hex()
    vault.store(SMTP, PLANTED)
    vault.store_tokens(calendar, PLANTED, PLANTED)
    Vault(sessions, DeskRings(new_ring())).enrol(code)
    said_by(lambda: Vault(sessions, DeskRings(new_ring())).read_tokens(calendar))
    said_by(lambda: Vault(sessions, DeskRings(new_ring())).read(SMTP))
    ((left,),) = rows(sessions, "SELECT last_error FROM calendar_sync")
    for planted in (PLANTED.decode(), key, code):
        assert planted not in caplog.text + left
