"""What concerns calendars and messages outside the practice."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import (
    ForeignKey,
    Index,
    UniqueConstraint,
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


class CalendarSync(Base):
    """A provider's outside calendar; tokens are stored encrypted."""

    __tablename__ = "calendar_sync"
    __table_args__ = (
        checks.one_of("calendar_type", "GOOGLE", "OUTLOOK", "APPLE"),
        checks.line("external_calendar_id", 1024),
        checks.line("cursor", 8192),
        checks.line("push_channel", 1024),
        checks.sane("last_synced_at"),
        checks.sane("leased_until"),
        checks.one_of("state", "CONNECTED", "SIGN_IN_AGAIN", "PAUSED"),
        checks.paragraph("last_error", 2000),
        UniqueConstraint("provider_id", "calendar_type", "external_calendar_id"),
    )

    sync_id: Mapped[Key]
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.provider_id"))
    calendar_type: Mapped[Line]
    access_token: Mapped[bytes | None] = mapped_column(BYTEA)
    refresh_token: Mapped[bytes | None] = mapped_column(BYTEA)
    last_synced_at: Mapped[Instant | None]
    external_calendar_id: Mapped[Line] = mapped_column(server_default="")
    cursor: Mapped[Line] = mapped_column(server_default="")
    push_channel: Mapped[Line] = mapped_column(server_default="")
    state: Mapped[Line] = mapped_column(server_default="CONNECTED")
    last_error: Mapped[Line] = mapped_column(server_default="")
    leased_until: Mapped[Instant | None]
    lease_token: Mapped[UUID | None] = mapped_column(PgUUID)


class Outbox(Base):
    """What must still happen outside: calendars, messages, meeting links."""

    __tablename__ = "outbox"
    __table_args__ = (
        checks.one_of("state", "WAITING", "SENDING", "DONE", "DEAD", "DROPPED"),
        checks.line("kind", 64, empty=False),
        checks.line("dedupe_key", 200, empty=False),
        checks.paragraph("last_error", 2000),
        checks.within("attempts", 0, 1000),
        checks.sane("run_at"),
        checks.sane("leased_until"),
        checks.sane("created_at"),
        Index("outbox_due_ix", "run_at", postgresql_where=text("state = 'WAITING'")),
        Index(None, "appointment_id"),
    )

    outbox_id: Mapped[Key]
    kind: Mapped[Line]
    appointment_id: Mapped[int | None] = mapped_column(
        ForeignKey("appointment.appointment_id", ondelete="CASCADE")
    )
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
    dedupe_key: Mapped[Line] = mapped_column(unique=True)
    run_at: Mapped[Instant] = mapped_column(server_default=func.now())
    state: Mapped[Line] = mapped_column(server_default="WAITING")
    attempts: Mapped[int] = mapped_column(server_default="0")
    leased_until: Mapped[Instant | None]
    lease_token: Mapped[UUID | None] = mapped_column(PgUUID)
    last_error: Mapped[Line] = mapped_column(server_default="")
    created_at: Mapped[Instant] = mapped_column(server_default=func.now())


class ExternalConflict(Base):
    """An outside event over a booking, for a person to decide."""

    __tablename__ = "external_conflict"
    __table_args__ = (
        checks.one_of("kind", "OVERLAP", "MOVED_OUTSIDE", "DELETED_OUTSIDE"),
        checks.one_of("state", "OPEN", "ACCEPTED", "PUT_BACK", "DISMISSED"),
        checks.sane("found_at"),
        Index(None, "appointment_id"),
    )

    conflict_id: Mapped[Key]
    appointment_id: Mapped[int] = mapped_column(
        ForeignKey("appointment.appointment_id", ondelete="CASCADE")
    )
    override_id: Mapped[int | None] = mapped_column(
        ForeignKey("availability_override.override_id", ondelete="SET NULL")
    )
    kind: Mapped[Line]
    state: Mapped[Line] = mapped_column(server_default="OPEN")
    found_at: Mapped[Instant] = mapped_column(server_default=func.now())
