"""Whom the workers trust that hand letters over."""

from __future__ import annotations

import pytest

from tests.certificates import Authority


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Return who vouches for the mail server of these tests."""
    return Authority.made(tmp_path_factory.mktemp("authority"), "practice")
