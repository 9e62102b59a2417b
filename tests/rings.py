"""The keyring of a desk that never was, and what a failure would write into a log."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

import pytest

from desk_app.errors import DeskError, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.sealing import KeyRing


class DeskRings:
    """Keeps the keys of one desk as long as the test runs."""

    def __init__(self, ring: KeyRing | None = None) -> None:
        self.ring = ring
        self.is_locked = self.is_missing = False

    @property
    def held(self) -> KeyRing:
        """The keys, which are there."""
        assert self.ring is not None
        return self.ring

    def get(self) -> KeyRing | None:
        return self.ring

    def keep(self, ring: KeyRing) -> None:
        if self.is_locked:
            raise Unavailable
        self.ring = ring

    def can_keep(self) -> bool:
        return not self.is_missing


class DayRings:
    """Keeps the keys of a desk's logins as long as the test runs."""

    def __init__(self, place: str = "server:5432/practice") -> None:
        self.place = place
        self.rings: dict[str, KeyRing] = {}
        self.is_missing = False

    def get(self, login: str) -> KeyRing | None:
        return self.rings.get(login)

    def keep(self, login: str, ring: KeyRing) -> None:
        if self.is_missing:
            raise Unavailable
        self.rings[login] = ring

    def forget(self, login: str) -> None:
        self.rings.pop(login, None)


def said_by(call: Callable[[], object]) -> str:
    """Return all that a failed call would write into a log."""
    with pytest.raises(DeskError) as caught:
        call()
    return "".join(traceback.format_exception(caught.value)) + repr(caught.value)
