"""Passwords and practice keys go to the system's keyring, or nowhere."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import InitError, PasswordDeleteError

from desk_app import sealing
from desk_app.credentials import Secrets
from desk_app.errors import Invalid, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class MemoryKeyring(KeyringBackend):
    """Keeps passwords as long as the test runs."""

    # Below zero, so that keyring itself never picks it.
    priority = -1  # type: ignore[assignment]

    def __init__(self, before_reading: Callable[[], object] = lambda: None) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.before_reading = before_reading

    def get_password(self, service: str, username: str) -> str | None:
        self.before_reading()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("none")


class ForgetfulKeyring(MemoryKeyring):
    """Cuts what is too long for it, without a word."""

    def set_password(self, service: str, username: str, password: str) -> None:
        super().set_password(service, username, password[:64])


def prompt_dismissed() -> None:
    raise InitError("Prompt dismissed")


def bus_is_gone() -> None:
    raise ConnectionResetError("the bus is gone")


@pytest.fixture
def chosen_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_a_kept_password_comes_back_until_it_is_forgotten() -> None:
    secrets = Secrets(MemoryKeyring())
    assert secrets.password("db", "desk") is None
    secrets.keep_password("db", "desk", "s3cret")
    assert secrets.password("db", "desk") == "s3cret"
    assert secrets.password("db", "other") is None
    secrets.forget_password("db", "desk")
    secrets.forget_password("db", "desk")
    assert secrets.password("db", "desk") is None


def test_the_keyring_is_never_asked_on_the_callers_thread() -> None:
    threads: list[threading.Thread] = []
    backend = MemoryKeyring(lambda: threads.append(threading.current_thread()))
    Secrets(backend).password("db", "desk")
    assert len(threads) == 1
    assert threading.current_thread() not in threads


def test_a_locked_keyring_is_given_up_after_the_time_limit() -> None:
    unlocked = threading.Event()
    backend = MemoryKeyring(unlocked.wait)
    with pytest.raises(Unavailable, match="locked"):
        Secrets(backend, time_limit=0.05).password("db", "desk")
    unlocked.set()


@pytest.mark.parametrize("failure", [prompt_dismissed, bus_is_gone])
def test_what_a_keyring_raises_becomes_ours(failure: Callable[[], None]) -> None:
    with pytest.raises(Unavailable):
        Secrets(MemoryKeyring(failure)).password("db", "desk")


def test_without_a_keyring_there_is_no_password_and_none_is_kept() -> None:
    secrets = Secrets(fail.Keyring())
    assert secrets.password("db", "desk") is None
    secrets.forget_password("db", "desk")
    with pytest.raises(Unavailable, match="no keyring"):
        secrets.keep_password("db", "desk", "s3cret")


def test_the_null_keyring_keeps_nothing() -> None:
    secrets = Secrets(null.Keyring())
    secrets.keep_password("db", "desk", "s3cret")
    assert secrets.password("db", "desk") is None


@pytest.mark.usefixtures("chosen_keyring")
def test_a_keyring_that_is_not_the_systems_is_not_used() -> None:
    stranger = MemoryKeyring()
    keyring.set_keyring(stranger)
    with pytest.raises(Unavailable, match="no keyring"):
        Secrets().keep_password("db", "desk", "s3cret")
    assert stranger.kept == {}


def test_a_practices_keys_come_back_until_they_are_forgotten() -> None:
    secrets = Secrets(MemoryKeyring())
    keys = sealing.rotated(sealing.new_ring())
    assert secrets.key_ring("practice") is None
    secrets.keep_key_ring("practice", keys)
    assert secrets.key_ring("practice") == keys
    assert secrets.key_ring("other practice") is None
    secrets.forget_key_ring("practice")
    secrets.forget_key_ring("practice")
    assert secrets.key_ring("practice") is None


def test_a_key_and_a_password_never_share_an_entry() -> None:
    backend = MemoryKeyring()
    secrets = Secrets(backend)
    secrets.keep_key_ring("desk", sealing.new_ring())
    secrets.keep_password("practice key", "desk", "s3cret")
    assert len(backend.kept) == 2


def test_an_entry_that_holds_no_keys_is_refused_and_not_repeated() -> None:
    backend = MemoryKeyring()
    secrets = Secrets(backend)
    secrets.keep_key_ring("practice", sealing.new_ring())
    (entry,) = backend.kept
    backend.kept[entry] = "s3cret"
    with pytest.raises(Invalid) as refusal:
        secrets.key_ring("practice")
    assert "s3cret" not in str(refusal.value)


@pytest.mark.parametrize(
    "backend", [fail.Keyring(), null.Keyring(), ForgetfulKeyring()]
)
def test_a_key_that_would_be_lost_is_not_taken(backend: KeyringBackend) -> None:
    keys = sealing.new_ring()
    with pytest.raises(Unavailable) as refusal:
        Secrets(backend).keep_key_ring("practice", keys)
    assert keys.newest.secret.hex()[:20] not in repr(refusal.value)


def test_without_a_keyring_there_is_no_practice_key() -> None:
    secrets = Secrets(fail.Keyring())
    assert secrets.key_ring("practice") is None
    secrets.forget_key_ring("practice")


@pytest.mark.parametrize(
    ("backend", "can_keep"),
    [(MemoryKeyring(), True), (fail.Keyring(), False), (null.Keyring(), False)],
)
def test_a_computer_without_a_keyring_says_so(
    backend: KeyringBackend, can_keep: bool
) -> None:
    assert Secrets(backend).can_keep() is can_keep


@pytest.mark.usefixtures("chosen_keyring")
def test_a_keyring_that_is_not_the_systems_does_not_count() -> None:
    keyring.set_keyring(MemoryKeyring())
    assert not Secrets().can_keep()


def test_a_locked_keyring_is_a_keyring() -> None:
    assert Secrets(MemoryKeyring(prompt_dismissed)).can_keep()


def test_the_key_of_kept_days_is_under_the_login_and_the_database() -> None:
    secrets, key = Secrets(MemoryKeyring()), sealing.new_ring()
    secrets.keep_day_key("anna", "server:5432/practice", key)
    assert secrets.day_key("anna", "server:5432/practice") == key
    assert secrets.day_key("otto", "server:5432/practice") is None
    assert secrets.day_key("anna", "server:5432/other") is None
    secrets.forget_day_key("anna", "server:5432/practice")
    assert secrets.day_key("anna", "server:5432/practice") is None


def test_a_key_of_kept_days_that_was_not_kept_whole_is_not_used() -> None:
    with pytest.raises(Unavailable):
        Secrets(ForgetfulKeyring()).keep_day_key("anna", "db", sealing.new_ring())
