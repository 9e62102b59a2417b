"""A service that says what a test wants to hear."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desk_app.net.http import Http
from tests.loopback import Asked, Loopback, Said

if TYPE_CHECKING:
    from collections.abc import Iterator


class Echo:
    """Says `said` to everything."""

    def __init__(self) -> None:
        self.said = Said.json(200, {"well": True})

    def answer(self, asked: Asked) -> Said:  # noqa: ARG002
        """Return what shall be said."""
        return self.said


@pytest.fixture
def service() -> Iterator[Loopback]:
    """A service that runs and is content."""
    with Loopback(Echo()) as server:
        yield server


@pytest.fixture
def http() -> Iterator[Http]:
    """A client of little patience."""
    http = Http(step_seconds=0.3, answer_seconds=0.5)
    yield http
    http.close()
