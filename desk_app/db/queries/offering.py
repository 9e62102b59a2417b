"""Providers and services as a manager writes them down: added, changed, pictured."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from desk_app.db.queries.pipeline import Query, Row, array
from desk_app.db.queries.practice import (
    PROVIDER_COLUMNS,
    SERVICE_COLUMNS,
    to_provider,
    to_services,
)
from desk_app.domain.meetings import MeetingKind
from desk_app.domain.offering import ListedProvider, VideoWay

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.domain.offering import ProviderDraft, ServiceDraft
    from desk_app.domain.people import Service


_LISTED: LiteralString = (
    f"{PROVIDER_COLUMNS}, p.email, coalesce((SELECT login FROM staff_user u"
    " WHERE u.user_id = p.user_id AND u.is_active), ''),"
    " coalesce((SELECT image FROM provider_photo f"
    " WHERE f.provider_id = p.provider_id), ''), p.push_address, p.meeting_kind,"
    " p.meeting_host, p.meeting_room"
)


def insert_provider(draft: ProviderDraft) -> Query[int]:
    """Add a provider with the locations they work at; return their number."""
    return Query(
        "WITH made AS (INSERT INTO provider"
        " (name, type, timezone, colour, bio, email, is_active, push_address,"
        " meeting_kind, meeting_host, meeting_room) VALUES (%(name)s,"
        " %(type)s, %(timezone)s, %(colour)s, %(bio)s, %(email)s, %(is_active)s,"
        " %(push_address)s, %(meeting_kind)s, %(meeting_host)s, %(meeting_room)s)"
        " RETURNING provider_id), placed AS (INSERT INTO provider_location"
        " (provider_id, location_id) SELECT provider_id, location_id"
        " FROM made, unnest(%(locations)s::int[]) AS location_id)"
        " SELECT provider_id FROM made",
        {**_provider_values(draft), "locations": array(draft.location_ids)},
        _number,
    )


def update_provider(provider_id: int, draft: ProviderDraft) -> Query[bool]:
    """Write a provider as they shall be, all but their locations; False if gone."""
    return Query(
        "UPDATE provider SET name = %(name)s, type = %(type)s,"
        " timezone = %(timezone)s, colour = %(colour)s, bio = %(bio)s,"
        " email = %(email)s, is_active = %(is_active)s,"
        " push_address = %(push_address)s, meeting_kind = %(meeting_kind)s,"
        " meeting_host = %(meeting_host)s, meeting_room = %(meeting_room)s"
        " WHERE provider_id = %(id)s RETURNING true",
        {**_provider_values(draft), "id": provider_id},
        bool,
    )


def set_locations(provider_id: int, location_ids: Sequence[int]) -> Query[bool]:
    """Say where a provider works; () is everywhere."""
    return Query(
        "WITH gone AS (DELETE FROM provider_location WHERE provider_id = %(id)s"
        " AND location_id <> ALL(%(locations)s::int[])), placed AS ("
        "INSERT INTO provider_location (provider_id, location_id)"
        " SELECT %(id)s, location_id FROM unnest(%(locations)s::int[]) AS location_id"
        " ON CONFLICT DO NOTHING) SELECT true",
        {"id": provider_id, "locations": array(location_ids)},
        bool,
    )


def insert_service(provider_id: int, draft: ServiceDraft) -> Query[int]:
    """Add a service of a provider with the rooms that will do; return its number."""
    return Query(
        "WITH made AS (INSERT INTO service (provider_id, name, duration_minutes,"
        " buffer_time_minutes, price, currency, max_advance_days, cancellation_hours,"
        " is_virtual, is_active) VALUES (%(id)s, %(name)s, %(duration)s, %(buffer)s,"
        " %(price)s, %(currency)s, %(advance)s, %(cancellation)s, %(is_virtual)s,"
        " %(is_active)s) RETURNING service_id), placed AS (INSERT INTO service_room"
        " (service_id, room_id) SELECT service_id, room_id"
        " FROM made, unnest(%(rooms)s::int[]) AS room_id)"
        " SELECT service_id FROM made",
        {
            **_service_values(draft),
            "id": provider_id,
            "rooms": array(draft.rooms or ()),
        },
        _number,
    )


def update_service(service_id: int, draft: ServiceDraft) -> Query[bool]:
    """Write a service as it shall be, all but its rooms; False if it is gone."""
    return Query(
        "UPDATE service SET name = %(name)s, duration_minutes = %(duration)s,"
        " buffer_time_minutes = %(buffer)s, price = %(price)s,"
        " currency = %(currency)s, max_advance_days = %(advance)s,"
        " cancellation_hours = %(cancellation)s, is_virtual = %(is_virtual)s,"
        " is_active = %(is_active)s WHERE service_id = %(id)s RETURNING true",
        {**_service_values(draft), "id": service_id},
        bool,
    )


def set_rooms(service_id: int, rooms: Sequence[int] | None) -> Query[bool]:
    """Say which rooms will do for a service, None for needing none.

    Rooms that are not used now stay named, for when they are used again.
    """
    return Query(
        "WITH gone AS (DELETE FROM service_room sr USING room r"
        " WHERE r.room_id = sr.room_id AND sr.service_id = %(id)s"
        " AND sr.room_id <> ALL(%(rooms)s::int[])"
        " AND (r.is_active OR %(needs_none)s)), placed AS ("
        "INSERT INTO service_room (service_id, room_id)"
        " SELECT %(id)s, room_id FROM unnest(%(rooms)s::int[]) AS room_id"
        " ON CONFLICT DO NOTHING) SELECT true",
        {"id": service_id, "rooms": array(rooms or ()), "needs_none": rooms is None},
        bool,
    )


def all_providers() -> Query[tuple[ListedProvider, ...]]:
    """Return all providers by name, also those who are not active."""
    return Query(
        f"SELECT {_LISTED} FROM provider p ORDER BY p.name, p.provider_id",
        {},
        lambda rows: tuple(map(_listed, rows)),
    )


def one_provider(provider_id: int) -> Query[ListedProvider | None]:
    """Return a provider, active or not."""
    return Query(
        f"SELECT {_LISTED} FROM provider p WHERE p.provider_id = %(id)s",
        {"id": provider_id},
        lambda rows: _listed(rows[0]) if rows else None,
    )


def all_services() -> Query[tuple[Service, ...]]:
    """Return all services by name, also those that are not active."""
    return Query(
        f"SELECT {SERVICE_COLUMNS} FROM service s ORDER BY s.name, s.service_id",
        {},
        to_services,
    )


def one_service(service_id: int) -> Query[Service | None]:
    """Return a service, active or not."""
    return Query(
        f"SELECT {SERVICE_COLUMNS} FROM service s WHERE s.service_id = %(id)s",
        {"id": service_id},
        lambda rows: to_services(rows)[0] if rows else None,
    )


def newest_provider(name: str) -> Query[int]:
    """Return the number of the provider of this name who was added last, 0 for none."""
    return Query(
        "SELECT coalesce(max(provider_id), 0) FROM provider WHERE name = %(name)s",
        {"name": name},
        _number,
    )


def newest_service(provider_id: int, name: str) -> Query[int]:
    """Return the number of a provider's service of this name added last, 0 for none."""
    return Query(
        "SELECT coalesce(max(service_id), 0) FROM service"
        " WHERE provider_id = %(id)s AND name = %(name)s",
        {"id": provider_id, "name": name},
        _number,
    )


def keep_provider(provider_id: int) -> Query[bool]:
    """Let nobody else change a provider until the end; False if they are gone.

    Bookings go on: they refer to the provider, and change nothing there.
    """
    return Query(
        "SELECT true FROM provider WHERE provider_id = %(id)s FOR NO KEY UPDATE",
        {"id": provider_id},
        bool,
    )


def keep_service(service_id: int) -> Query[bool]:
    """Let nobody else change a service until the end; False if it is gone."""
    return Query(
        "SELECT true FROM service WHERE service_id = %(id)s FOR NO KEY UPDATE",
        {"id": service_id},
        bool,
    )


def reprice(currency: str) -> Query[int]:
    """Put the prices of all services in a currency; return how many were in another."""
    return Query(
        "UPDATE service SET currency = %(currency)s WHERE currency <> %(currency)s"
        " RETURNING true",
        {"currency": currency},
        len,
    )


def photo(provider_id: int) -> Query[bytes]:
    """Return the picture of a provider, b"" for none."""
    return Query(
        "SELECT image FROM provider_photo WHERE provider_id = %(id)s",
        {"id": provider_id},
        lambda rows: bytes(rows[0][0]) if rows else b"",
    )


def set_photo(provider_id: int, image: bytes) -> Query[bool]:
    """Give a provider a picture, instead of the one they had."""
    return Query(
        "INSERT INTO provider_photo (provider_id, image) VALUES (%(id)s, %(image)s)"
        " ON CONFLICT (provider_id) DO UPDATE SET image = excluded.image"
        " RETURNING true",
        {"id": provider_id, "image": image},
        bool,
    )


def delete_photo(provider_id: int) -> Query[bool]:
    """Take the picture of a provider away; say whether there was one."""
    return Query(
        "DELETE FROM provider_photo WHERE provider_id = %(id)s RETURNING true",
        {"id": provider_id},
        bool,
    )


def _provider_values(draft: ProviderDraft) -> dict[str, object]:
    return {
        "name": draft.name,
        "type": draft.type.value,
        "timezone": draft.timezone,
        "colour": draft.colour,
        "bio": draft.bio,
        "email": draft.email,
        "is_active": draft.is_active,
        "push_address": draft.push_address,
        "meeting_kind": draft.video.kind or "",
        "meeting_host": draft.video.host,
        "meeting_room": draft.video.room,
    }


def _service_values(draft: ServiceDraft) -> dict[str, object]:
    return {
        "name": draft.name,
        "duration": draft.duration_minutes,
        "buffer": draft.buffer_minutes,
        "price": draft.price.amount,
        "currency": draft.price.currency,
        "advance": draft.max_advance_days,
        "cancellation": draft.cancellation_hours,
        "is_virtual": draft.is_virtual,
        "is_active": draft.is_active,
    }


def _number(rows: list[Row]) -> int:
    return int(rows[0][0])


def _listed(row: Row) -> ListedProvider:
    *columns, email, login, image, push, kind, host, room = row
    return ListedProvider(
        provider=to_provider(tuple(columns)),
        email=email,
        login=login,
        image=bytes(image),
        push_address=push,
        video=VideoWay(MeetingKind(kind) if kind else None, host, room),
    )
