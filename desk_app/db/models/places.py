"""Where and when the whole practice works: closures, locations, rooms, faces."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy import Date, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import BYTEA
from sqlalchemy.orm import Mapped, mapped_column

from desk_app.db.models import checks
from desk_app.db.models.base import Base, Key, Line


class Closure(Base):
    """Time of one day at which the practice is closed; 00:00 to 00:00 is all of it."""

    __tablename__ = "closure"
    __table_args__ = (
        checks.sane_day("day"),
        checks.wall_clock(),
        checks.line("name", 200, empty=False),
        Index(None, "day"),
    )

    closure_id: Mapped[Key]
    day: Mapped[date] = mapped_column(Date)
    start_time: Mapped[time] = mapped_column(server_default="00:00")
    end_time: Mapped[time] = mapped_column(server_default="00:00")
    name: Mapped[Line]
    is_holiday: Mapped[bool] = mapped_column(server_default=text("false"))


class Location(Base):
    """One of the places at which a practice works."""

    __tablename__ = "location"
    __table_args__ = (
        checks.line("name", 200, empty=False),
        checks.paragraph("address", 1000),
    )

    location_id: Mapped[Key]
    name: Mapped[Line] = mapped_column(unique=True)
    address: Mapped[Line] = mapped_column(server_default="")
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))


class ProviderLocation(Base):
    """A provider works at a location; without any row, at all of them."""

    __tablename__ = "provider_location"

    provider_id: Mapped[int] = mapped_column(
        ForeignKey("provider.provider_id"), primary_key=True
    )
    location_id: Mapped[int] = mapped_column(
        ForeignKey("location.location_id"), primary_key=True
    )


class ProviderPhoto(Base):
    """A small picture of a provider."""

    __tablename__ = "provider_photo"
    __table_args__ = (
        checks.rule(
            "image", "image_has_a_size", "octet_length(image) BETWEEN 30 AND 200000"
        ),
    )

    provider_id: Mapped[int] = mapped_column(
        ForeignKey("provider.provider_id"), primary_key=True
    )
    image: Mapped[bytes] = mapped_column(BYTEA)


class Room(Base):
    """A room that an appointment can need."""

    __tablename__ = "room"
    __table_args__ = (checks.line("name", 200, empty=False),)

    room_id: Mapped[Key]
    name: Mapped[Line] = mapped_column(unique=True)
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.location_id"))
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))


class ServiceRoom(Base):
    """A room that will do for a service; one without any row needs none."""

    __tablename__ = "service_room"
    __table_args__ = (Index(None, "room_id"),)

    service_id: Mapped[int] = mapped_column(
        ForeignKey("service.service_id"), primary_key=True
    )
    room_id: Mapped[int] = mapped_column(ForeignKey("room.room_id"), primary_key=True)


class RoomDay(Base):
    """The row that bookings of a room lock, for a day of UTC."""

    __tablename__ = "room_day"
    __table_args__ = (checks.sane_day("day"),)

    room_id: Mapped[int] = mapped_column(ForeignKey("room.room_id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
