"""Slips: how to ask that one is taken back, and who has heard of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from desk_app.domain.deeds import Before, Mark, MarkRequest, Undone, UndoRequest
from tests.factories import rows

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment

MESSAGES = """SELECT kind FROM outbox WHERE state = :state AND kind LIKE '%ation%'
    OR state = :state AND kind LIKE '%notice' ORDER BY outbox_id"""


def undoing(*pairs: tuple[Appointment | None, Appointment]) -> UndoRequest:
    """Ask that each is put back from what it is to what it was."""
    undone = tuple(
        Undone(now.appointment_id, now.version, was and Before.of(was))
        for was, now in pairs
    )
    return UndoRequest(uuid4(), undone)


def messages(sessions: Sessions, state: str = "WAITING") -> list[str]:
    """Return the messages to clients in a state, in the order they were written."""
    return [kind for (kind,) in rows(sessions, MESSAGES, state=state)]


def send_all(sessions: Sessions) -> None:
    """Let the grace time pass, and the courier send everything."""
    rows(sessions, "UPDATE outbox SET state = 'DONE' WHERE state = 'WAITING'")


def same(one: Appointment, other: Appointment) -> bool:
    """Say whether two are the same but for the version."""
    return replace(one, version=0) == replace(other, version=0)


def marked(of: Appointment, mark: Mark) -> MarkRequest:
    """Ask for a mark."""
    return MarkRequest(uuid4(), of.appointment_id, of.version, mark)
