"""The practice's settings, and its records of what was asked and done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import (
    Computed,
    ForeignKey,
    Index,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import (
    BYTEA,
    JSONB,
)
from sqlalchemy.dialects.postgresql import UUID as PgUUID
from sqlalchemy.orm import Mapped, mapped_column

from desk_app.db.models import checks
from desk_app.db.models.base import Base, Instant, Key, Line

# Written as PostgreSQL gives it back, so that Alembic finds nothing to change.
_WHOSE = (
    "CASE WHEN table_name = ANY (ARRAY['appointment'::text, 'client'::text,"
    " 'waitlist_entry'::text]) THEN COALESCE(new ->> 'client_id'::text,"
    " old ->> 'client_id'::text)::integer ELSE NULL::integer END"
)


class PracticeSetting(Base):
    """One setting of the practice, by name."""

    __tablename__ = "practice_setting"
    __table_args__ = (checks.line("name", 64, empty=False),)

    name: Mapped[Line] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSONB)


class IdempotencyKey(Base):
    """What a request with this key led to; kept until `expires_at`."""

    __tablename__ = "idempotency_key"
    __table_args__ = (
        checks.rule(
            "request_hash",
            "request_hash_is_a_hash",
            "octet_length(request_hash) BETWEEN 16 AND 64",
        ),
        checks.sane("created_at"),
        checks.sane("expires_at"),
        checks.line("claimed_by", 63),
        Index(None, "expires_at"),
    )

    key: Mapped[UUID] = mapped_column(PgUUID, primary_key=True)
    request_hash: Mapped[bytes] = mapped_column(BYTEA)
    appointment_id: Mapped[int | None] = mapped_column(
        ForeignKey("appointment.appointment_id", ondelete="CASCADE")
    )
    created_at: Mapped[Instant] = mapped_column(server_default=func.now())
    expires_at: Mapped[Instant] = mapped_column(
        server_default=text("now() + interval '7 days'")
    )
    claimed_by: Mapped[Line] = mapped_column(server_default=text("session_user"))


class AuditLog(Base):
    """Who changed what; append only."""

    __tablename__ = "audit_log"
    __table_args__ = (
        checks.one_of("action", "INSERT", "UPDATE", "DELETE"),
        checks.sane("at"),
        Index(None, "table_name", "row_id"),
        Index(None, "client_id", "audit_id"),
    )

    audit_id: Mapped[Key]
    at: Mapped[Instant] = mapped_column(server_default=func.now())
    who: Mapped[Line] = mapped_column(server_default=text("session_user"))
    table_name: Mapped[Line]
    row_id: Mapped[Line]
    action: Mapped[Line]
    old: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    new: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    client_id: Mapped[int | None] = mapped_column(Computed(_WHOSE, persisted=True))
