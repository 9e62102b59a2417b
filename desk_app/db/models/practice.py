"""The practice's settings, and its records of what was asked and done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import (
    Computed,
    ForeignKey,
    Index,
    Text,
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
    " 'waitlist_entry'::text, 'walk_in'::text])"
    " THEN COALESCE(new ->> 'client_id'::text, old ->> 'client_id'::text)::integer"
    " ELSE NULL::integer END"
)


class PracticeSetting(Base):
    """One setting of the practice, by name."""

    __tablename__ = "practice_setting"
    __table_args__ = (checks.line("name", 64, empty=False), checks.setting())

    name: Mapped[Line] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSONB)


class PracticeSecret(Base):
    """One secret of the practice, sealed; `changed_by` is the login that set it."""

    __tablename__ = "practice_secret"
    __table_args__ = (
        checks.line("name", 64, empty=False),
        checks.rule(
            "sealed",
            "sealed_has_a_size",
            "octet_length(sealed) BETWEEN 30 AND 100000",
        ),
        checks.sane("changed_at"),
    )

    name: Mapped[Line] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(BYTEA)
    changed_at: Mapped[Instant] = mapped_column(server_default=func.now())
    changed_by: Mapped[Line] = mapped_column(server_default=text("session_user"))


class DeskEnrolment(Base):
    """The practice's keys for one new desk, wrapped with a code; gone when taken."""

    __tablename__ = "desk_enrolment"
    __table_args__ = (
        checks.rule("lookup", "lookup_is_a_hash", "octet_length(lookup) = 32"),
        checks.rule(
            "wrapped",
            "wrapped_has_a_size",
            "octet_length(wrapped) BETWEEN 30 AND 10000",
        ),
        checks.rule(
            "wrapped",
            "wrapped_until_taken",
            "(wrapped IS NULL) = (taken_at IS NOT NULL)",
        ),
        checks.sane("offered_at"),
        checks.sane("expires_at"),
        checks.sane("taken_at"),
    )

    lookup: Mapped[bytes] = mapped_column(BYTEA, primary_key=True)
    wrapped: Mapped[bytes | None] = mapped_column(BYTEA)
    offered_by: Mapped[Line] = mapped_column(server_default=text("session_user"))
    offered_at: Mapped[Instant] = mapped_column(server_default=func.now())
    expires_at: Mapped[Instant]
    taken_at: Mapped[Instant | None]
    taken_by: Mapped[str | None] = mapped_column(Text)


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
        Index(None, "at"),
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
