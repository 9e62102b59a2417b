"""Hands, and an archive of clients in memory behind the ports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.clients.archive import Archive
from tests.ui.dialogs.conftest import hands

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["archive", "hands"]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Return what is kept about Anna, who has no appointments to come."""
    return Archive(tmp_path)
