"""One thread at a time for one meeting."""

from __future__ import annotations

from threading import Lock

_TURNS = 64


class Turns:
    """Gives out locks by marker; two markers seldom share one."""

    def __init__(self) -> None:
        self._locks = tuple(Lock() for _ in range(_TURNS))

    def of(self, marker: str) -> Lock:
        """Return the lock of a marker, the same each time."""
        return self._locks[hash(marker) % _TURNS]
