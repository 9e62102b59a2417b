"""By what messages leave: opened for the worker, by a computer that has the key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desk_app.db.queries import message_settings
from desk_app.domain.messages import Channel
from desk_app.domain.secrets import SecretName
from desk_app.errors import KeyMissing, NeedsSignIn, Unavailable
from desk_app.services.accounts import Accounts
from desk_app.services.vault import Vault
from tests import factories
from tests.factories import rows
from tests.rings import DeskRings, said_by

if TYPE_CHECKING:
    from desk_app.db.session import Sessions

MAIL = {"host": "mail.example.org", "sender": "desk@example.org"}
TOKEN = "tk_planted"
PUSH = f"ntfys://{TOKEN}@ntfy.example.org/{{address}}"


@pytest.fixture
def accounts(sessions: Sessions, vault: Vault) -> Accounts:
    return Accounts(sessions, vault)


def set_mail(sessions: Sessions, **more: str) -> None:
    factories.setting(sessions, message_settings.MAIL, MAIL | more)


def test_what_is_not_set_up_is_none(accounts: Accounts) -> None:
    assert accounts.mail() is None
    assert accounts.zoom() is None
    assert accounts.relay(Channel.PUSH) is None


def test_a_server_without_a_login_needs_no_key(sessions: Sessions) -> None:
    set_mail(sessions)
    account = Accounts(sessions, Vault(sessions, DeskRings())).mail()
    assert account is not None
    assert (account.settings.host, account.password) == (MAIL["host"], "")


def test_a_password_is_opened_with_the_key(
    sessions: Sessions, vault: Vault, accounts: Accounts
) -> None:
    set_mail(sessions, login="desk")
    with pytest.raises(NeedsSignIn):
        accounts.mail()
    vault.store(SecretName.SMTP_PASSWORD, "geheim §".encode())
    account = accounts.mail()
    assert account is not None
    assert account.password == "geheim §"
    assert "geheim" not in repr(account)
    with pytest.raises(KeyMissing):
        Accounts(sessions, Vault(sessions, DeskRings())).mail()


def test_each_channel_has_a_service_of_its_own(
    vault: Vault, accounts: Accounts
) -> None:
    vault.store(SecretName.PUSH_KEYS, f'{{"push": "{PUSH}"}}'.encode())
    assert accounts.relay(Channel.PUSH) == PUSH
    assert accounts.relay(Channel.SMS) is None


@pytest.mark.parametrize("kept", [TOKEN.encode(), b"[]", b'{"sms": "x"}', b"\xff"])
def test_what_cannot_be_read_is_to_be_typed_again(
    vault: Vault, accounts: Accounts, kept: bytes
) -> None:
    vault.store(SecretName.PUSH_KEYS, kept)
    with pytest.raises(NeedsSignIn):
        accounts.relay(Channel.PUSH)
    assert TOKEN not in said_by(lambda: accounts.relay(Channel.PUSH))


def test_what_was_changed_in_the_database_is_to_be_typed_again(
    sessions: Sessions, vault: Vault, accounts: Accounts
) -> None:
    vault.store(SecretName.PUSH_KEYS, f'{{"push": "{PUSH}"}}'.encode())
    vault.store(SecretName.SMS_KEYS, b'{"sms": "x"}')
    rows(
        sessions,
        "UPDATE practice_secret SET sealed = (SELECT sealed FROM practice_secret"
        " WHERE name = 'push_keys') WHERE name = 'sms_keys'",
    )
    with pytest.raises(NeedsSignIn):
        accounts.relay(Channel.SMS)


def test_a_locked_keyring_is_no_fault_of_the_message(
    vault: Vault,
    accounts: Accounts,
    rings: DeskRings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    vault.store(SecretName.PUSH_KEYS, f'{{"push": "{PUSH}"}}'.encode())

    def locked() -> None:
        raise Unavailable

    monkeypatch.setattr(rings, "get", locked)
    with pytest.raises(KeyMissing):
        accounts.relay(Channel.PUSH)
