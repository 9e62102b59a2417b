"""What concerns calendars and messages outside the practice."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import (
    ForeignKey,
    Index,
    Text,
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
    """What must still happen outside: calendars, messages, meeting links.

    A row with a channel is a delivery: one message to one address. `handed_at` is set
    right before it may arrive; where it went is kept masked in `sent_to`.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        checks.one_of(
            "state",
            "WAITING",
            "SENDING",
            "DONE",
            "DEAD",
            "DROPPED",
            "UNSURE",
            "MISSED",
        ),
        checks.line("kind", 64, empty=False),
        checks.line("dedupe_key", 200, empty=False),
        checks.paragraph("last_error", 2000),
        checks.within("attempts", 0, 1000),
        checks.sane("run_at"),
        checks.sane("leased_until"),
        checks.sane("created_at"),
        checks.one_of("recipient", "", "CLIENT", "PROVIDER"),
        checks.one_of("channel", "", "EMAIL", "PUSH", "SMS", "DESKTOP"),
        checks.rule(
            "channel", "channel_of_recipient", "(recipient = '') = (channel = '')"
        ),
        checks.line("sent_to", 254),
        checks.line("outcome", 64),
        checks.line("decided_by", 63),
        checks.sane("handed_at"),
        checks.sane("settled_at"),
        Index("outbox_due_ix", "run_at", postgresql_where=text("state = 'WAITING'")),
        Index(
            "outbox_settled_ix",
            "settled_at",
            postgresql_where=text("settled_at IS NOT NULL"),
        ),
        Index(
            "outbox_leased_ix",
            "leased_until",
            postgresql_where=text("state = 'SENDING'"),
        ),
        Index(
            "outbox_trouble_ix",
            "outbox_id",
            postgresql_where=text("state IN ('DEAD', 'UNSURE', 'MISSED')"),
        ),
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
    recipient: Mapped[Line] = mapped_column(server_default="")
    channel: Mapped[Line] = mapped_column(server_default="")
    sent_to: Mapped[Line] = mapped_column(server_default="")
    outcome: Mapped[Line] = mapped_column(server_default="")
    handed_at: Mapped[Instant | None]
    settled_at: Mapped[Instant | None]
    decided_by: Mapped[str | None] = mapped_column(Text)


class Meeting(Base):
    """A meeting by video that was made outside; no link of a host is kept."""

    __tablename__ = "meeting"
    __table_args__ = (
        checks.one_of("kind", "ZOOM", "MEET", "ROOM"),
        checks.line("host", 254),
        checks.line("external_id", 1024),
        checks.line("link", 2000),
        checks.rule("link", "link_is_https", "link = '' OR link ~ '^https://'"),
        checks.sane("starts_at"),
        checks.sane("ends_at"),
        checks.sane("made_at"),
        checks.sane("ended_at"),
        Index(None, "appointment_id"),
        Index(None, "host", "made_at"),
        Index(
            "meeting_stands_ix",
            "appointment_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    meeting_id: Mapped[Key]
    appointment_id: Mapped[int] = mapped_column(
        ForeignKey("appointment.appointment_id", ondelete="CASCADE")
    )
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.provider_id"))
    kind: Mapped[Line]
    host: Mapped[Line] = mapped_column(server_default="")
    external_id: Mapped[Line] = mapped_column(server_default="")
    link: Mapped[Line] = mapped_column(server_default="")
    starts_at: Mapped[Instant | None]
    ends_at: Mapped[Instant | None]
    made_at: Mapped[Instant] = mapped_column(server_default=func.now())
    ended_at: Mapped[Instant | None]


class MessageText(Base):
    """A text of the practice's own, in place of the one that is shipped."""

    __tablename__ = "message_text"
    __table_args__ = (
        checks.line("kind", 64, empty=False),
        checks.one_of("recipient", "CLIENT", "PROVIDER"),
        checks.one_of("channel", "EMAIL", "PUSH", "SMS", "DESKTOP"),
        checks.line("language", 35, empty=False),
        checks.line("subject", 300),
        checks.paragraph("body", 10000),
        UniqueConstraint("kind", "recipient", "channel", "language"),
    )

    text_id: Mapped[Key]
    kind: Mapped[Line]
    recipient: Mapped[Line]
    channel: Mapped[Line]
    language: Mapped[Line]
    subject: Mapped[Line] = mapped_column(server_default="")
    body: Mapped[Line]


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
