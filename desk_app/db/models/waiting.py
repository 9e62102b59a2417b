"""Who waits: for a form to be filled in, in the waiting room, for an earlier time."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

from sqlalchemy import Date, ForeignKey, Index, Text, func, text
from sqlalchemy.dialects.postgresql import UUID as PgUUID
from sqlalchemy.orm import Mapped, mapped_column

from desk_app.db.models import checks
from desk_app.db.models.base import Base, Instant, Key, Line


class SlotHold(Base):
    """A time somebody is booking right now; ends by the server's clock."""

    __tablename__ = "slot_hold"
    __table_args__ = (
        checks.rule("end_time", "ends_after_start", "end_time > start_time"),
        checks.sane("start_time"),
        checks.sane("end_time"),
        checks.sane("expires_at"),
        checks.line("held_by", 63),
        checks.line("desk", 100),
        checks.sane("held_since"),
        checks.rule(
            "expires_at",
            "is_short",
            "expires_at <= held_since + interval '10 minutes'"
            " AND end_time <= start_time + interval '36 hours'",
        ),
        Index(None, "provider_id", "start_time"),
    )

    hold_id: Mapped[UUID] = mapped_column(PgUUID, primary_key=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.provider_id"))
    start_time: Mapped[Instant]
    end_time: Mapped[Instant]
    held_by: Mapped[Line] = mapped_column(server_default=text("session_user"))
    expires_at: Mapped[Instant]
    desk: Mapped[Line] = mapped_column(server_default="")
    held_since: Mapped[Instant] = mapped_column(server_default=func.now())


class WalkIn(Base):
    """Somebody who is here without a time, until they have one or leave."""

    __tablename__ = "walk_in"
    __table_args__ = (
        checks.line("service_name", 200),
        checks.sane("arrived_at"),
        checks.sane("left_at"),
        checks.paragraph("notes", 2000),
        checks.line("created_by", 63),
        Index(None, "arrived_at"),
        Index(None, "client_id"),
    )

    walk_in_id: Mapped[Key]
    client_id: Mapped[int] = mapped_column(ForeignKey("client.client_id"))
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("provider.provider_id"))
    service_name: Mapped[Line] = mapped_column(server_default="")
    appointment_id: Mapped[int | None] = mapped_column(
        ForeignKey("appointment.appointment_id", ondelete="CASCADE")
    )
    arrived_at: Mapped[Instant] = mapped_column(server_default=func.now())
    left_at: Mapped[Instant | None]
    notes: Mapped[Line] = mapped_column(server_default="")
    created_by: Mapped[Line] = mapped_column(server_default=text("session_user"))


class WaitlistEntry(Base):
    """A client who would come sooner, and who rings them right now.

    Triggers raise `version` and write `called_by`. `weekdays` are digits, 0 is
    Monday, "" any day; `offered_start` is what they were last rung about.
    """

    __tablename__ = "waitlist_entry"
    __table_args__ = (
        checks.paragraph("notes", 2000),
        checks.sane("created_at"),
        checks.line("service_name", 200),
        checks.sane_day("from_day"),
        checks.sane_day("until_day"),
        checks.rule("until_day", "days_are_in_order", "until_day >= from_day"),
        checks.rule("weekdays", "weekdays_are_known", "weekdays ~ '^[0-6]{0,7}$'"),
        checks.rule(
            "from_time",
            "times_are_of_a_day",
            "from_time < '24:00' AND until_time < '24:00'",
        ),
        checks.one_of("state", "WAITING", "TOOK", "GONE"),
        checks.line("called_by", 63),
        checks.sane("calling_until"),
        checks.sane("offered_start"),
        checks.one_of("outcome", "NO_ANSWER", "DECLINED", "TOOK"),
        checks.sane("outcome_at"),
        checks.rule("version", "version_is_positive", "version >= 1"),
        Index(
            "waitlist_entry_waiting_ix",
            "created_at",
            postgresql_where=text("state = 'WAITING'"),
        ),
        Index(None, "client_id"),
    )

    entry_id: Mapped[Key]
    client_id: Mapped[int] = mapped_column(ForeignKey("client.client_id"))
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("provider.provider_id"))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("service.service_id"))
    appointment_id: Mapped[int | None] = mapped_column(
        ForeignKey("appointment.appointment_id")
    )
    is_urgent: Mapped[bool] = mapped_column(server_default=text("false"))
    notes: Mapped[Line] = mapped_column(server_default="")
    created_at: Mapped[Instant] = mapped_column(server_default=func.now())
    service_name: Mapped[Line] = mapped_column(server_default="")
    from_day: Mapped[date | None] = mapped_column(Date)
    until_day: Mapped[date | None] = mapped_column(Date)
    weekdays: Mapped[Line] = mapped_column(server_default="")
    from_time: Mapped[time | None]
    until_time: Mapped[time | None]
    state: Mapped[Line] = mapped_column(server_default="WAITING")
    called_by: Mapped[str | None] = mapped_column(Text)
    calling_until: Mapped[Instant | None]
    offered_start: Mapped[Instant | None]
    outcome: Mapped[str | None] = mapped_column(Text)
    outcome_at: Mapped[Instant | None]
    version: Mapped[int] = mapped_column(server_default="1")
