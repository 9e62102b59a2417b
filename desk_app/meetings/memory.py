"""Meetings that exist in this process only: for the demo practice and for tests."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from desk_app.domain.event_ids import event_id_of
from desk_app.errors import Rejected
from desk_app.meetings.base import Meeting

if TYPE_CHECKING:
    from desk_app.errors import ProviderError
    from desk_app.meetings.base import Wanted

_PLACE = "https://meet.example/"


class MemoryMeetings:
    """Keeps meetings as a service would, and fails as one would when told to."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._standing: dict[str, Wanted] = {}
        self._failing: deque[tuple[ProviderError, bool]] = deque()
        self._made = 0

    def standing(self) -> dict[str, Wanted]:
        """Return all meetings there are, by id."""
        with self._lock:
            return dict(self._standing)

    def fail_once(self, error: ProviderError, *, when_done: bool = False) -> None:
        """Let the next call raise `error`, before it does anything or after it."""
        self._failing.append((error, when_done))

    def create(self, wanted: Wanted) -> Meeting:
        """Return the meeting of this marker, made now if there is none."""
        failing = self._next_failure()
        with self._lock:
            external_id = self._id_of(wanted) or self._new_id(wanted)
            self._standing[external_id] = wanted
        return self._answer(external_id, failing)

    def change(self, external_id: str, wanted: Wanted) -> Meeting:
        """Move a meeting; makes a new one if it was removed outside."""
        if external_id not in self.standing():
            return self.create(wanted)
        failing = self._next_failure()
        with self._lock:
            old = self._standing[external_id]
            self._standing[external_id] = replace(
                old, start=wanted.start, end=wanted.end, timezone=wanted.timezone
            )
        return self._answer(external_id, failing)

    def end(self, external_id: str, host: str) -> None:
        """Remove a meeting of its host, once or again."""
        failing = self._next_failure()
        with self._lock:
            kept = self._standing.get(external_id)
            if kept is not None and kept.host != host:
                raise Rejected("This is a meeting of another host.")
            self._standing.pop(external_id, None)
        self._answer(external_id, failing)

    def end_lost(self, wanted: Wanted) -> None:
        """Remove the meeting of this marker if there is one."""
        with self._lock:
            external_id = self._id_of(wanted)
        self.end(external_id, wanted.host)

    def _id_of(self, wanted: Wanted) -> str:
        named = (wanted.marker, wanted.host)
        found = (i for i, w in self._standing.items() if (w.marker, w.host) == named)
        return next(found, "")

    def _new_id(self, wanted: Wanted) -> str:
        """Return an id that no other has, not even one of an earlier process."""
        self._made += 1
        return f"{event_id_of(wanted.marker)[:12]}-{self._made}"

    def _next_failure(self) -> ProviderError | None:
        """Raise what shall fail now; return what shall fail once all is done."""
        if not self._failing:
            return None
        error, when_done = self._failing.popleft()
        if not when_done:
            raise error
        return error

    def _answer(self, external_id: str, failing: ProviderError | None) -> Meeting:
        if failing:
            raise failing
        return Meeting(external_id, f"{_PLACE}{external_id}")
