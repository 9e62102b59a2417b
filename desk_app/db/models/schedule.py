"""When providers see clients, and whom."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    Computed,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Numeric,
    SmallInteger,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import (
    TSTZRANGE,
    ExcludeConstraint,
    Range,
)
from sqlalchemy.dialects.postgresql import UUID as PgUUID
from sqlalchemy.orm import Mapped, mapped_column

from desk_app.db.models import checks
from desk_app.db.models.base import Base, Instant, Key, Line


class Availability(Base):
    """Weekly hours in the provider's local time; an end of 00:00 is midnight.

    They hold from `valid_from` to `valid_until`, both included; those of every other
    week in the week of `every_other_from`, a Monday, and every second one.
    """

    __tablename__ = "availability"
    __table_args__ = (
        checks.within("day_of_week", 0, 6),
        checks.wall_clock(),
        checks.sane_day("every_other_from"),
        checks.rule(
            "every_other_from",
            "every_other_from_is_monday",
            "extract(isodow FROM every_other_from) = 1",
        ),
        checks.sane_day("valid_from"),
        checks.sane_day("valid_until"),
        checks.rule("valid_until", "validity_is_in_order", "valid_until >= valid_from"),
        Index(None, "provider_id", "day_of_week"),
    )

    availability_id: Mapped[Key]
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.provider_id"))
    day_of_week: Mapped[int] = mapped_column(SmallInteger)
    start_time: Mapped[time]
    end_time: Mapped[time]
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    every_other_from: Mapped[date | None] = mapped_column(Date)
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)


class AvailabilityOverride(Base):
    """One exception on one local day; outside events carry exact instants."""

    __tablename__ = "availability_override"
    __table_args__ = (
        checks.wall_clock(),
        checks.sane_day("date"),
        checks.sane("starts_at"),
        checks.sane("ends_at"),
        checks.rule(
            "ends_at",
            "instants_are_whole",
            "(starts_at IS NULL) = (ends_at IS NULL) AND ends_at > starts_at",
        ),
        checks.line("reason", 500),
        checks.one_of("source", "MANUAL", "GOOGLE", "OUTLOOK", "APPLE"),
        checks.line("external_event_id", 1024),
        Index(None, "provider_id", "date"),
        Index(None, "import_id", postgresql_where=text("import_id IS NOT NULL")),
    )

    override_id: Mapped[Key]
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.provider_id"))
    date: Mapped[date] = mapped_column(Date)
    start_time: Mapped[time]
    end_time: Mapped[time]
    is_blocked: Mapped[bool]
    reason: Mapped[Line] = mapped_column(server_default="")
    source: Mapped[Line] = mapped_column(server_default="MANUAL")
    sync_id: Mapped[int | None] = mapped_column(ForeignKey("calendar_sync.sync_id"))
    external_event_id: Mapped[str | None] = mapped_column(Text)
    starts_at: Mapped[Instant | None]
    ends_at: Mapped[Instant | None]
    import_id: Mapped[int | None] = mapped_column(ForeignKey("transfer.transfer_id"))


class ScheduleDay(Base):
    """The row that bookings of one provider-local day lock."""

    __tablename__ = "schedule_day"
    __table_args__ = (
        checks.sane_day("day"),
        checks.rule("version", "version_is_not_negative", "version >= 0"),
    )

    provider_id: Mapped[int] = mapped_column(
        ForeignKey("provider.provider_id"), primary_key=True
    )
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    version: Mapped[int] = mapped_column(server_default="0")


class Appointment(Base):
    """A booked time. All but CANCELLED keep `[start_time, busy_until)` busy.

    Triggers fill in `busy_until` (always, from the service's buffer), `created_by`
    and, where NULL at insert, price, currency and cancellation hours as the service
    has them; each UPDATE must raise `version` by one.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        checks.one_of(
            "status", "PENDING", "CONFIRMED", "CANCELLED", "COMPLETED", "NO_SHOW"
        ),
        checks.rule("end_time", "ends_after_start", "end_time > start_time"),
        checks.rule(
            "end_time",
            "buffer_follows_end",
            "busy_until >= end_time AND busy_until <= end_time + interval '12 hours'",
        ),
        # Reads of a day look this far back and no further.
        checks.rule(
            "end_time",
            "lasts_a_day_at_most",
            "end_time <= start_time + interval '24 hours'",
        ),
        checks.sane("start_time"),
        checks.sane("busy_until", field="end_time"),
        checks.sane("created_at"),
        checks.sane("cancelled_at"),
        checks.sane("arrived_at"),
        checks.sane("seen_at"),
        checks.sane("left_at"),
        checks.sane("no_show_at"),
        checks.sane("lock_out_until"),
        checks.sane("refund_given_at"),
        checks.rule(
            "status",
            "missed_is_no_show",
            "status = 'NO_SHOW' OR (no_show_at IS NULL AND lock_out_until IS NULL)",
        ),
        checks.line("no_show_by", 63),
        checks.line("refund_given_by", 63),
        checks.line("overridden", 200),
        checks.paragraph("override_reason", 1000),
        checks.rule(
            "cancelled_at",
            "cancelled_has_time",
            "(status = 'CANCELLED') = (cancelled_at IS NOT NULL)",
        ),
        checks.paragraph("notes", 10000),
        checks.line("meeting_link", 2000),
        checks.rule(
            "meeting_link",
            "meeting_link_is_https",
            "meeting_link = '' OR meeting_link ~ '^https://'",
        ),
        checks.paragraph("cancellation_reason", 1000),
        checks.one_of("cancelled_by", "CLIENT", "PRACTICE", "UNDO"),
        checks.within("cancellation_hours", 0, 8760),
        checks.one_of("booked_via", "PHONE", "WALK_IN", "DESK", "ONLINE"),
        checks.money("price"),
        checks.currency(),
        checks.rule(
            "refund_due", "refund_is_within_price", "refund_due BETWEEN 0 AND price"
        ),
        checks.rule("version", "version_is_positive", "version >= 1"),
        checks.line("created_by", 63),
        # The service is one of the provider's own.
        ForeignKeyConstraint(
            ["service_id", "provider_id"],
            ["service.service_id", "service.provider_id"],
        ),
        # The last word against double booking; at once, unless a transaction in which
        # two appointments change places asks for its end.
        ExcludeConstraint(
            ("provider_id", "="),
            ("busy_range", "&&"),
            where=text("status <> 'CANCELLED'"),
            using="gist",
            name="appointment_no_overlap",
            deferrable=True,
            initially="IMMEDIATE",
        ),
        ExcludeConstraint(
            ("room_id", "="),
            ("busy_range", "&&"),
            where=text("status <> 'CANCELLED' AND room_id IS NOT NULL"),
            using="gist",
            name="appointment_room_no_overlap",
            deferrable=True,
            initially="IMMEDIATE",
        ),
        # Range operators cannot use an index under row-level security, plain
        # columns can; every read of a day goes by these.
        Index("appointment_provider_start_ix", "provider_id", "start_time"),
        Index("appointment_start_ix", "start_time"),
        Index("appointment_client_ix", "client_id", "start_time"),
        Index(None, "series_id", postgresql_where=text("series_id IS NOT NULL")),
        Index(
            "appointment_refund_ix",
            "cancelled_at",
            postgresql_where=text("refund_due > 0 AND refund_given_at IS NULL"),
        ),
        Index(
            "appointment_no_show_ix",
            "client_id",
            postgresql_where=text("status = 'NO_SHOW'"),
        ),
        Index(None, "import_id", postgresql_where=text("import_id IS NOT NULL")),
    )

    appointment_id: Mapped[Key]
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.provider_id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.client_id"))
    service_id: Mapped[int]
    start_time: Mapped[Instant]
    end_time: Mapped[Instant]
    busy_until: Mapped[Instant]
    # Empty rather than an error where the end is wrong, so that the CHECK speaks.
    busy_range: Mapped[Range[datetime]] = mapped_column(
        TSTZRANGE,
        Computed(
            "tstzrange(start_time, greatest(start_time, busy_until), '[)')",
            persisted=True,
        ),
    )
    status: Mapped[Line]
    notes: Mapped[Line] = mapped_column(server_default="")
    meeting_link: Mapped[Line] = mapped_column(server_default="")
    created_at: Mapped[Instant] = mapped_column(server_default=func.now())
    created_by: Mapped[Line] = mapped_column(server_default=text("session_user"))
    cancelled_at: Mapped[Instant | None]
    cancellation_reason: Mapped[Line] = mapped_column(server_default="")
    cancelled_by: Mapped[str | None] = mapped_column(Text)
    price: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    currency: Mapped[Line]
    # The window agreed at booking; a later change of the service does not move it.
    cancellation_hours: Mapped[int]
    refund_due: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))
    arrived_at: Mapped[Instant | None]
    booked_via: Mapped[Line] = mapped_column(server_default="DESK")
    version: Mapped[int] = mapped_column(server_default="1")
    # Kept for ever, so that a retry after the key's purge still finds its booking.
    booking_key: Mapped[UUID] = mapped_column(
        PgUUID, unique=True, server_default=func.gen_random_uuid()
    )
    change_key: Mapped[UUID | None] = mapped_column(PgUUID)
    seen_at: Mapped[Instant | None]
    left_at: Mapped[Instant | None]
    # Triggers write when and by whom; the lock-out is what this no-show led to.
    no_show_at: Mapped[Instant | None]
    no_show_by: Mapped[str | None] = mapped_column(Text)
    lock_out_until: Mapped[Instant | None]
    refund_given_at: Mapped[Instant | None]
    refund_given_by: Mapped[str | None] = mapped_column(Text)
    # The rules that somebody overrode, as words of `Policy`, and why.
    overridden: Mapped[Line] = mapped_column(server_default="")
    override_reason: Mapped[Line] = mapped_column(server_default="")
    series_id: Mapped[UUID | None] = mapped_column(PgUUID)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("transfer.transfer_id"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.room_id"))
