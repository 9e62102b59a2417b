"""`password` keeps a password in the keyring, for whoever is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desk_app import bootstrap, doors
from desk_app.credentials import Secrets
from tests.test_credentials import MemoryKeyring

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.commands.conftest import Said

SERVER = ("--database", "postgresql://desk@db/practice")
SECRET = "correct horse battery"


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """What the keyring of this computer has."""
    ring = MemoryKeyring()
    for module in (doors, bootstrap):
        monkeypatch.setattr(module, "secrets", lambda: Secrets(ring))
    return ring.kept


def test_it_is_kept_for_who_is_named(
    desk_app: Callable[..., Said], kept: dict[tuple[str, str], str]
) -> None:
    done = desk_app("password", *SERVER, "--login", "anna", typed=f"{SECRET}\n")
    assert done.code == 0
    assert kept == {("desk-app/db", "anna"): SECRET}
    assert SECRET not in done.out + done.err
    desk_app("password", *SERVER, typed=f"{SECRET}\n")
    assert ("desk-app/db", "desk") in kept


def test_people_of_this_computer_have_passwords_as_well(
    desk_app: Callable[..., Said], kept: dict[tuple[str, str], str], tmp_path: Path
) -> None:
    here = ("--data-dir", str(tmp_path))
    done = desk_app("password", *here, "--login", "anna", typed=f"{SECRET}\n")
    assert done.code == 0
    assert kept == {(f"desk-app/{tmp_path}", "anna"): SECRET}


@pytest.mark.parametrize("words", [(), ("--demo",)])
def test_a_password_of_nobody_is_kept_nowhere(
    desk_app: Callable[..., Said],
    kept: dict[tuple[str, str], str],
    words: tuple[str, ...],
) -> None:
    done = desk_app("password", *words, typed=f"{SECRET}\n")
    assert (done.code, kept) == (2, {})
