"""The doctor at a practice that is in order, until a test sees to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desk_app import doctor
from desk_app.db import roles
from desk_app.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desk_app.doctor import Finding


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of somebody who has nothing there yet."""
    for name in ("HOME", "USERPROFILE", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    return tmp_path


@pytest.fixture
def url(database_url: str) -> str:
    """A practice on a server, closed to strangers."""
    roles.secure_database(database_url)
    return database_url


@pytest.fixture
def found() -> Callable[[str], dict[str, Finding]]:
    """Return the function that asks the doctor; what was found, by what it is about."""

    def ask(database: str) -> dict[str, Finding]:
        findings = doctor.examine(Settings(database=database))
        return {finding.about: finding for finding in findings}

    return ask
