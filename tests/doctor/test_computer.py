"""What the doctor says of a computer."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from keyring.errors import InitError

from desk_app import credentials, settings
from desk_app.doctor import State, computer
from desk_app.settings import Settings
from tests.test_credentials import MemoryKeyring

if TYPE_CHECKING:
    from desk_app.doctor import Finding

HERE = Settings()
AT_A_SERVER = Settings(database="postgresql://desk@db/practice")


def found(about: str, chosen: Settings = HERE) -> Finding:
    (finding,) = (f for f in computer.examine(chosen) if f.about == about)
    return finding


def locked() -> None:
    raise InitError("Prompt dismissed")


@pytest.mark.skipif(os.name != "posix", reason="others have no such permissions")
def test_settings_are_for_nobody_else() -> None:
    assert found("settings").words.startswith("none yet")
    settings.save(HERE)
    assert found("settings").state is State.OK
    settings.settings_file().chmod(0o644)
    assert found("settings").state is State.WARNING
    assert "chmod 600" in found("settings").to_do


def test_a_keyring_is_missed_only_where_passwords_are() -> None:
    assert found("keyring").state is State.OK
    missed = found("keyring", AT_A_SERVER)
    assert missed.state is State.WARNING
    assert "there is none" in missed.words


@pytest.mark.parametrize(
    ("ring", "state"),
    [(MemoryKeyring(), State.OK), (MemoryKeyring(locked), State.WARNING)],
)
def test_a_locked_keyring_is_told(
    monkeypatch: pytest.MonkeyPatch, ring: MemoryKeyring, state: State
) -> None:
    monkeypatch.setattr(credentials, "_system_keyring", lambda: ring)
    assert found("keyring", AT_A_SERVER).state is state


@pytest.mark.parametrize(
    ("limit", "state"), [("LITTLE_ROOM", State.WARNING), ("NO_ROOM", State.FAULT)]
)
def test_a_disk_that_fills_up_is_told_in_time(
    monkeypatch: pytest.MonkeyPatch, limit: str, state: State
) -> None:
    monkeypatch.setattr(computer, limit, 10**18)
    assert found("disk").state is state
    assert "disk" not in {f.about for f in computer.examine(AT_A_SERVER)}
