"""Whether what has to follow outside does follow."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from desk_app.db.queries import health
from desk_app.db.queries.pipeline import ask
from desk_app.doctor.finding import Finding, fault, warning

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

# The courier tries again for a while before something is worth a word.
MAY_BE_LATE = timedelta(minutes=10)
MUST_NOT_BE_LATE = timedelta(hours=24)

# Others see their own part of it, or nothing.
_SEES_ALL = {"desk_receptionist", "desk_worker", "desk_backup"}
_START = "Start the worker on a computer that stays on: desk-app worker"


def examine(session: Session) -> Finding:
    """Say what waits, what is overdue and what was given up."""
    who = ask(session, health.login())
    if not who.is_superuser and not _SEES_ALL & set(who.groups):
        return Finding("outbox", "cannot be seen by this login")
    found = ask(session, health.backlog())
    words = (
        f"{found.waiting} waiting, {found.overdue} overdue, {found.dead} given up,"
        f" {found.unsure} not known, {found.missed} missed"
    )
    if found.oldest is None or found.oldest < MAY_BE_LATE:
        if found.dead or found.unsure or found.missed:
            return warning("outbox", words, "See at a desk what could not be sent.")
        return Finding("outbox", words)
    words += f"; the oldest since {_age(found.oldest)}"
    if found.has_worked and found.oldest > MUST_NOT_BE_LATE:
        return fault("outbox", words, f"The worker has stopped. {_START}")
    return warning("outbox", words, _START)


def _age(age: timedelta) -> str:
    hours = age // timedelta(hours=1)
    if hours >= 48:
        return f"{hours // 24} days"
    if hours:
        return f"{hours} h"
    return f"{age // timedelta(minutes=1)} min"
