"""What goes in and out of the practice in files, written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.db.queries import transfers
from desk_app.db.queries.pipeline import ask

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def record(session: Session, kind: str, file_name: str, rows: int) -> None:
    """Write down that a file left the practice: who and when, the database adds."""
    ask(session, transfers.insert(kind, file_name, rows))
