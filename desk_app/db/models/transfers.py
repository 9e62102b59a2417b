"""What came into the practice from files, and what left it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from desk_app.db.models import checks
from desk_app.db.models.base import Base, Instant, Key, Line


class Transfer(Base):
    """One file that was imported or exported, by its name only."""

    __tablename__ = "transfer"
    __table_args__ = (
        checks.one_of(
            "kind",
            "IMPORT_CLIENTS",
            "IMPORT_APPOINTMENTS",
            "IMPORT_CALENDAR",
            "EXPORT_CLIENTS",
            "EXPORT_APPOINTMENTS",
            "EXPORT_CALENDAR",
            "EXPORT_SETUP",
            "EXPORT_WAITING_LIST",
            "EXPORT_REPORT",
        ),
        checks.line("file_name", 255),
        checks.within("rows", 0, 100_000_000),
        checks.rule("filled", "filled_is_an_object", "jsonb_typeof(filled) = 'object'"),
        checks.sane("at"),
        checks.line("by", 63),
        checks.sane("undone_at"),
        checks.line("undone_by", 63),
        Index(None, "at"),
    )

    transfer_id: Mapped[Key]
    kind: Mapped[Line]
    file_name: Mapped[Line]
    # NULL while an import runs, in the one transaction that makes it.
    rows: Mapped[int | None]
    # By the number of a client, the names of the columns that were filled in.
    filled: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
    at: Mapped[Instant] = mapped_column(server_default=text("clock_timestamp()"))
    by: Mapped[Line] = mapped_column(server_default=text("session_user"))
    undone_at: Mapped[Instant | None]
    undone_by: Mapped[str | None] = mapped_column(Text)
