"""Whether a login is one that carries what leaves the practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.db.queries import health
from desk_app.db.queries.pipeline import ask
from desk_app.db.roles import Group
from desk_app.errors import NotAllowed

if TYPE_CHECKING:
    from desk_app.db.session import Sessions


def require_worker(sessions: Sessions) -> None:
    """Raise NotAllowed for a login that is not a worker's, or may do more."""
    with sessions.begin() as session:
        who = ask(session, health.login())
    if who.is_superuser or Group.WORKER not in who.groups:
        raise NotAllowed(
            "This login is not one of a worker; the server's administrator makes one"
            " with: desk-app init-server --worker LOGIN"
        )
