"""Who gives appointments, what they offer, and who comes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Computed,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from desk_app.db.folding import SEARCH_TEXT
from desk_app.db.models import checks
from desk_app.db.models.base import Base, Instant, Key, Line


class StaffUser(Base):
    """A person who signs in; `login` is the PostgreSQL role."""

    __tablename__ = "staff_user"
    __table_args__ = (
        checks.line("login", 63, empty=False),
        checks.line("name", 200, empty=False),
        checks.one_of("role", "RECEPTIONIST", "PROVIDER", "MANAGER"),
        checks.sane("password_set_at"),
    )

    user_id: Mapped[Key]
    login: Mapped[Line] = mapped_column(unique=True)
    name: Mapped[Line]
    role: Mapped[Line]
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    password_set_at: Mapped[Instant | None]


class Provider(Base):
    """A person who sees clients."""

    __tablename__ = "provider"
    __table_args__ = (
        checks.line("name", 200, empty=False),
        checks.one_of("type", "DOCTOR", "CONSULTANT", "TRAINER", "THERAPIST"),
        checks.zone(),
        checks.paragraph("bio", 4000),
        checks.line("photo_url", 2000),
        checks.line("email", 254),
        checks.mail(),
        checks.line("push_address", 500),
        checks.colour(),
        checks.one_of("meeting_kind", "", "ZOOM", "MEET", "ROOM"),
        checks.line("meeting_host", 254),
        checks.line("meeting_room", 2000),
        checks.rule(
            "meeting_room",
            "meeting_room_is_https",
            "meeting_room = '' OR meeting_room ~ '^https://'",
        ),
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
    # How they see somebody by video: by which service, as whom, or in which room.
    meeting_kind: Mapped[Line] = mapped_column(server_default="")
    meeting_host: Mapped[Line] = mapped_column(server_default="")
    meeting_room: Mapped[Line] = mapped_column(server_default="")


class Service(Base):
    """What one provider offers."""

    __tablename__ = "service"
    __table_args__ = (
        checks.line("name", 200, empty=False),
        checks.within("duration_minutes", 1, 1440),
        checks.within("buffer_time_minutes", 0, 720),
        checks.within("max_advance_days", 0, 3650),
        checks.within("cancellation_hours", 0, 8760),
        checks.money("price"),
        checks.currency(),
        checks.colour(),
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


class Client(Base):
    """A person who comes."""

    __tablename__ = "client"
    __table_args__ = (
        checks.line("name", 200, empty=False),
        checks.rule(
            "phone", "phone_is_e164", r"phone = '' OR phone ~ '^\+[1-9][0-9]{3,14}$'"
        ),
        checks.line("email", 254),
        checks.mail(),
        checks.line("push_address", 500),
        checks.line("language", 35),
        checks.zone(empty=True),
        checks.paragraph("notes", 10000),
        checks.within("no_show_count", 0, 100000),
        checks.sane("same_day_locked_until"),
        checks.sane("created_at"),
        checks.line("created_by", 63),
        checks.sane("erased_at"),
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
        checks.rule(
            "merged_into",
            "merged_is_inactive",
            "merged_into IS NULL OR (NOT is_active AND merged_into <> client_id)",
        ),
        Index(
            "client_merged_into_ix",
            "merged_into",
            postgresql_where=text("merged_into IS NOT NULL"),
        ),
        Index(None, "import_id", postgresql_where=text("import_id IS NOT NULL")),
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
    created_by: Mapped[Line] = mapped_column(server_default=text("session_user"))
    # Set once nothing personal is left; the appointments stay as counts.
    erased_at: Mapped[Instant | None]
    # The entry of the same person that holds their visits now.
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("client.client_id"))
    # The file they came with, for taking it back.
    import_id: Mapped[int | None] = mapped_column(ForeignKey("transfer.transfer_id"))


class ClientMerge(Base):
    """Two entries of one person made one: what was moved, and what filled in."""

    __tablename__ = "client_merge"
    __table_args__ = (
        checks.sane("merged_at"),
        checks.line("merged_by", 63),
        checks.sane("undone_at"),
        checks.line("undone_by", 63),
        Index(None, "kept_id"),
        Index(None, "gone_id"),
        Index(
            "client_merge_stands_ix",
            "gone_id",
            unique=True,
            postgresql_where=text("undone_at IS NULL"),
        ),
    )

    merge_id: Mapped[Key]
    kept_id: Mapped[int] = mapped_column(ForeignKey("client.client_id"))
    gone_id: Mapped[int] = mapped_column(ForeignKey("client.client_id"))
    merged_at: Mapped[Instant] = mapped_column(server_default=func.now())
    merged_by: Mapped[Line] = mapped_column(server_default=text("session_user"))
    was_active: Mapped[bool]
    # By column, what the merge has changed of the kept entry.
    kept_was: Mapped[dict[str, Any]] = mapped_column(JSONB)
    kept_became: Mapped[dict[str, Any]] = mapped_column(JSONB)
    appointments: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    waitlist_entries: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    walk_ins: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    undone_at: Mapped[Instant | None]
    undone_by: Mapped[str | None] = mapped_column(Text)
