"""Turns what must be told into messages to somebody, when it is due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from desk_app.domain.queue import Job


class Plans(Protocol):
    """What decides who is told what: `services/planning.py`."""

    def plan(self, job: Job) -> None:
        """Turn a task into messages and settle it, both in one transaction."""


class MessageTasks:
    """The handler of notices and reminders."""

    def __init__(self, plans: Plans) -> None:
        self._plans = plans

    def carry(self, job: Job) -> None:
        """Plan what a task leads to; planning settles it."""
        self._plans.plan(job)
