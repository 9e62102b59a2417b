"""A calendar that exists in this process only: for the demo practice and for tests."""

from __future__ import annotations

from collections import deque
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desk_app.calendars.base import Event
    from desk_app.errors import ProviderError


class MemoryCalendar:
    """Keeps events as a service would, and fails as one would when told to."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._shown: dict[str, Event] = {}
        self._failing: deque[tuple[ProviderError, bool]] = deque()

    @property
    def shown(self) -> dict[str, Event]:
        """All events that the calendar shows, by id."""
        with self._lock:
            return dict(self._shown)

    def fail_once(self, error: ProviderError, *, when_done: bool = False) -> None:
        """Let the next call raise `error`, before it does anything or after it."""
        self._failing.append((error, when_done))

    def put(self, event: Event) -> None:
        """Show an event, unless a newer version of it is shown."""
        failing = self._next_failure()
        with self._lock:
            shown = self._shown.get(event.event_id)
            if shown is None or shown.version <= event.version:
                self._shown[event.event_id] = event
        if failing:
            raise failing

    def remove(self, event_id: str) -> None:
        """Show an event no more, once or again."""
        failing = self._next_failure()
        with self._lock:
            self._shown.pop(event_id, None)
        if failing:
            raise failing

    def _next_failure(self) -> ProviderError | None:
        """Raise what shall fail now; return what shall fail once all is done."""
        if not self._failing:
            return None
        error, when_done = self._failing.popleft()
        if not when_done:
            raise error
        return error
