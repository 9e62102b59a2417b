"""What the tests of meetings share: the HTTP client, closed in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desk_app.net.http import Http

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def http() -> Iterator[Http]:
    """A client that waits no longer than a test may."""
    http = Http(step_seconds=5.0, answer_seconds=5.0)
    yield http
    http.close()
