"""The tables, as typed models. What a row may hold is checked here by PostgreSQL.

Triggers (status changes, versions, notices) stand in the migrations; the names of
tables and columns are those of ARCHITECTURE section 4.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Computed,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    MetaData,
    Numeric,
    SmallInteger,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import (
    BYTEA,
    JSONB,
    TIMESTAMP,
    TSTZRANGE,
    ExcludeConstraint,
    Range,
)
from sqlalchemy.dialects.postgresql import UUID as PgUUID
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from desk_app.db.folding import SEARCH_TEXT

Instant = Annotated[datetime, mapped_column(TIMESTAMP(timezone=True))]
Key = Annotated[int, mapped_column(Identity(always=True), primary_key=True)]
Line = Annotated[str, mapped_column(Text)]

NAMES = {
    "ix": "%(table_name)s_%(column_0_N_name)s_ix",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ck": "%(table_name)s_%(constraint_name)s_check",
    "fk": "%(table_name)s_%(column_0_name)s_fkey",
    "pk": "%(table_name)s_pkey",
}


class Base(DeclarativeBase):
    """The base of all tables."""

    metadata = MetaData(naming_convention=NAMES)


# Control characters, line and paragraph separators, bidirectional overrides and
# isolates, byte order marks: none of them is part of a name. Joiners stay, emoji and
# Persian need them.
HIDDEN = r"\u0001-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
BLANK = r"\s\u0085\u00a0\u180e\u2000-\u200f\u2060\u3000\u3164"


def _check(field: str, name: str, condition: str) -> CheckConstraint:
    """A rule about one column; `field` is what an error names."""
    return CheckConstraint(condition, name=name, info={"field": field})


def _line(column: str, longest: int, *, empty: bool = True) -> CheckConstraint:
    """One line of plain text, at most `longest` long, with something to see."""
    condition = f"length({column}) <= {longest} AND {column} !~ '[{HIDDEN}]'"
    if not empty:
        condition += f" AND {column} ~ '[^{BLANK}]'"
    return _check(column, f"{column}_is_a_line", condition)


def _paragraph(column: str, longest: int) -> CheckConstraint:
    """Text of several lines: tabs and line feeds are its only control characters."""
    return _check(
        column,
        f"{column}_is_a_paragraph",
        f"length({column}) <= {longest}"
        f" AND {column} !~ '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f]'",
    )


def _one_of(column: str, *values: str) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return _check(column, f"{column}_is_known", f"{column} IN ({listed})")


def _sane(column: str, field: str = "") -> CheckConstraint:
    """An instant every desk can read: no infinity, no year past 2200."""
    return _check(
        field or column,
        f"{column}_is_sane",
        f"{column} >= '2000-01-01 00:00+00' AND {column} < '2200-01-01 00:00+00'",
    )


def _sane_day(column: str) -> CheckConstraint:
    return _check(
        column,
        f"{column}_is_sane",
        f"{column} >= '2000-01-01' AND {column} < '2200-01-01'",
    )


def _wall_clock() -> CheckConstraint:
    """Local times of one day; Python knows no 24:00, an end of 00:00 stands for it."""
    return _check(
        "end_time",
        "ends_after_start",
        "(end_time > start_time OR end_time = '00:00')"
        " AND start_time < '24:00' AND end_time < '24:00'",
    )


def _money(column: str) -> CheckConstraint:
    # An upper bound, because NaN is greater than every number.
    return _check(
        column, f"{column}_is_an_amount", f"{column} BETWEEN 0 AND 99999999.99"
    )


def _currency() -> CheckConstraint:
    return _check("currency", "currency_is_iso", "currency ~ '^[A-Z]{3}$'")


def _colour() -> CheckConstraint:
    return _check("colour", "colour_is_hex", "colour ~ '^#[0-9a-f]{6}$'")


def _zone(*, empty: bool = False) -> CheckConstraint:
    """An IANA name; PostgreSQL would read 'UTC+3' with the sign turned round."""
    condition = r"timezone ~ '^(UTC|[A-Za-z_]+(/[A-Za-z0-9_+-]+)+)$'"
    condition += " AND length(timezone) <= 64"
    if empty:
        condition = f"timezone = '' OR {condition}"
    return _check("timezone", "timezone_is_iana", condition)


def _mail() -> CheckConstraint:
    """No address or exactly one."""
    return _check(
        "email",
        "email_is_one_address",
        r"email = '' OR email ~ '^[^@\s,;<>]+@[^@\s,;<>]+$'",
    )


def _within(column: str, least: int, most: int) -> CheckConstraint:
    return _check(column, f"{column}_fits", f"{column} BETWEEN {least} AND {most}")


class StaffUser(Base):
    """A person who signs in; `login` is the PostgreSQL role."""

    __tablename__ = "staff_user"
    __table_args__ = (
        _line("login", 63, empty=False),
        _line("name", 200, empty=False),
        _one_of("role", "RECEPTIONIST", "PROVIDER", "MANAGER"),
    )

    user_id: Mapped[Key]
    login: Mapped[Line] = mapped_column(unique=True)
    name: Mapped[Line]
    role: Mapped[Line]
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))


class Provider(Base):
    """A person who sees clients."""

    __tablename__ = "provider"
    __table_args__ = (
        _line("name", 200, empty=False),
        _one_of("type", "DOCTOR", "CONSULTANT", "TRAINER", "THERAPIST"),
        _zone(),
        _paragraph("bio", 4000),
        _line("photo_url", 2000),
        _line("email", 254),
        _mail(),
        _line("push_address", 500),
        _colour(),
    )

    provider_id: Mapped[Key]
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("staff_user.user_id"), unique=True
    )
    name: Mapped[Line]
    type: Mapped[Line]
    timezone: Mapped[Line]
    bio: Mapped[Line] = mapped_column(server_default="")
    photo_url: Mapped[Line] = mapped_column(server_default="")
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    colour: Mapped[Line] = mapped_column(server_default="#2563eb")
    email: Mapped[Line] = mapped_column(server_default="")
    push_address: Mapped[Line] = mapped_column(server_default="")


class Service(Base):
    """What one provider offers."""

    __tablename__ = "service"
    __table_args__ = (
        _line("name", 200, empty=False),
        _within("duration_minutes", 1, 1440),
        _within("buffer_time_minutes", 0, 720),
        _within("max_advance_days", 0, 3650),
        _within("cancellation_hours", 0, 8760),
        _money("price"),
        _currency(),
        _colour(),
        UniqueConstraint("service_id", "provider_id"),
        Index(None, "provider_id"),
    )

    service_id: Mapped[Key]
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.provider_id"))
    name: Mapped[Line]
    duration_minutes: Mapped[int]
    price: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    currency: Mapped[Line]
    buffer_time_minutes: Mapped[int] = mapped_column(server_default="0")
    max_advance_days: Mapped[int] = mapped_column(server_default="90")
    cancellation_hours: Mapped[int] = mapped_column(server_default="24")
    is_virtual: Mapped[bool] = mapped_column(server_default=text("false"))
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    colour: Mapped[Line] = mapped_column(server_default="#2563eb")


class Availability(Base):
    """Weekly hours in the provider's local time; an end of 00:00 is midnight."""

    __tablename__ = "availability"
    __table_args__ = (
        _within("day_of_week", 0, 6),
        _wall_clock(),
        Index(None, "provider_id", "day_of_week"),
    )

    availability_id: Mapped[Key]
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.provider_id"))
    day_of_week: Mapped[int] = mapped_column(SmallInteger)
    start_time: Mapped[time]
    end_time: Mapped[time]
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))


class AvailabilityOverride(Base):
    """One exception on one local day; outside events carry exact instants."""

    __tablename__ = "availability_override"
    __table_args__ = (
        _wall_clock(),
        _sane_day("date"),
        _sane("starts_at"),
        _sane("ends_at"),
        _check(
            "ends_at",
            "instants_are_whole",
            "(starts_at IS NULL) = (ends_at IS NULL) AND ends_at > starts_at",
        ),
        _line("reason", 500),
        _one_of("source", "MANUAL", "GOOGLE", "OUTLOOK", "APPLE"),
        _line("external_event_id", 1024),
        Index(None, "provider_id", "date"),
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


class Client(Base):
    """A person who comes."""

    __tablename__ = "client"
    __table_args__ = (
        _line("name", 200, empty=False),
        _check(
            "phone", "phone_is_e164", r"phone = '' OR phone ~ '^\+[1-9][0-9]{3,14}$'"
        ),
        _line("email", 254),
        _mail(),
        _line("push_address", 500),
        _line("language", 35),
        _zone(empty=True),
        _paragraph("notes", 10000),
        _within("no_show_count", 0, 100000),
        _sane("same_day_locked_until"),
        _sane("created_at"),
        # One look finds a part of a name, a number or an address, the other one
        # the first twenty names that start so, in order.
        Index(
            "client_search_ix",
            "search_text",
            postgresql_using="gin",
            postgresql_ops={"search_text": "gin_trgm_ops"},
        ),
        Index(
            "client_search_start_ix",
            "search_text",
            postgresql_ops={"search_text": "text_pattern_ops"},
        ),
        Index("client_phone_ix", "phone"),
    )

    client_id: Mapped[Key]
    name: Mapped[Line]
    phone: Mapped[Line] = mapped_column(server_default="")
    email: Mapped[Line] = mapped_column(server_default="")
    search_text: Mapped[Line] = mapped_column(Computed(SEARCH_TEXT, persisted=True))
    push_address: Mapped[Line] = mapped_column(server_default="")
    language: Mapped[Line] = mapped_column(server_default="")
    timezone: Mapped[Line] = mapped_column(server_default="")
    notes: Mapped[Line] = mapped_column(server_default="")
    no_show_count: Mapped[int] = mapped_column(server_default="0")
    no_show_flag: Mapped[bool] = mapped_column(server_default=text("false"))
    same_day_locked_until: Mapped[Instant | None]
    consent_email: Mapped[bool] = mapped_column(server_default=text("true"))
    consent_push: Mapped[bool] = mapped_column(server_default=text("true"))
    consent_sms: Mapped[bool] = mapped_column(server_default=text("false"))
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    created_at: Mapped[Instant] = mapped_column(server_default=func.now())


class Appointment(Base):
    """A booked time. All but CANCELLED keep `[start_time, busy_until)` busy.

    Triggers fill in `busy_until` (always, from the service's buffer), `created_by`
    and, where NULL at insert, price, currency and cancellation hours as the service
    has them; each UPDATE must raise `version` by one.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        _one_of("status", "PENDING", "CONFIRMED", "CANCELLED", "COMPLETED", "NO_SHOW"),
        _check("end_time", "ends_after_start", "end_time > start_time"),
        _check(
            "end_time",
            "buffer_follows_end",
            "busy_until >= end_time AND busy_until <= end_time + interval '12 hours'",
        ),
        # Reads of a day look this far back and no further.
        _check(
            "end_time",
            "lasts_a_day_at_most",
            "end_time <= start_time + interval '24 hours'",
        ),
        _sane("start_time"),
        _sane("busy_until", field="end_time"),
        _sane("created_at"),
        _sane("cancelled_at"),
        _sane("arrived_at"),
        _check(
            "cancelled_at",
            "cancelled_has_time",
            "(status = 'CANCELLED') = (cancelled_at IS NOT NULL)",
        ),
        _paragraph("notes", 10000),
        _line("meeting_link", 2000),
        _check(
            "meeting_link",
            "meeting_link_is_https",
            "meeting_link = '' OR meeting_link ~ '^https://'",
        ),
        _paragraph("cancellation_reason", 1000),
        _one_of("cancelled_by", "CLIENT", "PRACTICE"),
        _within("cancellation_hours", 0, 8760),
        _one_of("booked_via", "PHONE", "WALK_IN", "DESK", "ONLINE"),
        _money("price"),
        _currency(),
        _check(
            "refund_due", "refund_is_within_price", "refund_due BETWEEN 0 AND price"
        ),
        _check("version", "version_is_positive", "version >= 1"),
        _line("created_by", 63),
        # The service is one of the provider's own.
        ForeignKeyConstraint(
            ["service_id", "provider_id"],
            ["service.service_id", "service.provider_id"],
        ),
        # The last word against double booking.
        ExcludeConstraint(
            ("provider_id", "="),
            ("busy_range", "&&"),
            where=text("status <> 'CANCELLED'"),
            using="gist",
            name="appointment_no_overlap",
        ),
        # Range operators cannot use an index under row-level security, plain
        # columns can; every read of a day goes by these.
        Index("appointment_provider_start_ix", "provider_id", "start_time"),
        Index("appointment_start_ix", "start_time"),
        Index("appointment_client_ix", "client_id", "start_time"),
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


class CalendarSync(Base):
    """A provider's outside calendar; tokens are stored encrypted."""

    __tablename__ = "calendar_sync"
    __table_args__ = (
        _one_of("calendar_type", "GOOGLE", "OUTLOOK", "APPLE"),
        _line("external_calendar_id", 1024),
        _sane("last_synced_at"),
        _sane("leased_until"),
        _one_of("state", "CONNECTED", "SIGN_IN_AGAIN", "PAUSED"),
        _paragraph("last_error", 2000),
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


class ScheduleDay(Base):
    """The row that bookings of one provider-local day lock."""

    __tablename__ = "schedule_day"
    __table_args__ = (
        _sane_day("day"),
        _check("version", "version_is_not_negative", "version >= 0"),
    )

    provider_id: Mapped[int] = mapped_column(
        ForeignKey("provider.provider_id"), primary_key=True
    )
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    version: Mapped[int] = mapped_column(server_default="0")


class IdempotencyKey(Base):
    """What a request with this key led to; kept until `expires_at`."""

    __tablename__ = "idempotency_key"
    __table_args__ = (
        _check(
            "request_hash",
            "request_hash_is_a_hash",
            "octet_length(request_hash) BETWEEN 16 AND 64",
        ),
        _sane("created_at"),
        _sane("expires_at"),
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


class Outbox(Base):
    """What must still happen outside: calendars, messages, meeting links."""

    __tablename__ = "outbox"
    __table_args__ = (
        _one_of("state", "WAITING", "SENDING", "DONE", "DEAD", "DROPPED"),
        _line("kind", 64, empty=False),
        _line("dedupe_key", 200, empty=False),
        _paragraph("last_error", 2000),
        _within("attempts", 0, 1000),
        _sane("run_at"),
        _sane("leased_until"),
        _sane("created_at"),
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


class PracticeSetting(Base):
    """One setting of the practice, by name."""

    __tablename__ = "practice_setting"
    __table_args__ = (_line("name", 64, empty=False),)

    name: Mapped[Line] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSONB)


class WaitlistEntry(Base):
    """A client who would come sooner."""

    __tablename__ = "waitlist_entry"
    __table_args__ = (_paragraph("notes", 2000), _sane("created_at"))

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


class SlotHold(Base):
    """A time somebody is booking right now; ends by the server's clock."""

    __tablename__ = "slot_hold"
    __table_args__ = (
        _check("end_time", "ends_after_start", "end_time > start_time"),
        _sane("start_time"),
        _sane("end_time"),
        _sane("expires_at"),
        Index(None, "provider_id", "start_time"),
    )

    hold_id: Mapped[UUID] = mapped_column(PgUUID, primary_key=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("provider.provider_id"))
    start_time: Mapped[Instant]
    end_time: Mapped[Instant]
    held_by: Mapped[Line] = mapped_column(server_default=text("session_user"))
    expires_at: Mapped[Instant]


class AuditLog(Base):
    """Who changed what; append only."""

    __tablename__ = "audit_log"
    __table_args__ = (
        _one_of("action", "INSERT", "UPDATE", "DELETE"),
        _sane("at"),
        Index(None, "table_name", "row_id"),
    )

    audit_id: Mapped[Key]
    at: Mapped[Instant] = mapped_column(server_default=func.now())
    who: Mapped[Line] = mapped_column(server_default=text("session_user"))
    table_name: Mapped[Line]
    row_id: Mapped[Line]
    action: Mapped[Line]
    old: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    new: Mapped[dict[str, Any] | None] = mapped_column(JSONB)


class ExternalConflict(Base):
    """An outside event over a booking, for a person to decide."""

    __tablename__ = "external_conflict"
    __table_args__ = (
        _one_of("kind", "OVERLAP", "MOVED_OUTSIDE", "DELETED_OUTSIDE"),
        _one_of("state", "OPEN", "ACCEPTED", "PUT_BACK", "DISMISSED"),
        _sane("found_at"),
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
