"""What changes rarely: the practice's settings, its providers and services."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desk_app.db.queries.pipeline import Query, Row, array
from desk_app.db.queries.settings_rows import (
    BACK_TO_BACK,
    DESK_RULES,
    HIDE_NAMES_MINUTES,
    LOCK_MINUTES,
    NEW_SERVICE,
    PROVIDERS_READ_ALL,
    SLOT_ALIGNMENT,
    to_access_settings,
    to_alignment,
    to_desk_rules,
    to_service_defaults,
)
from desk_app.domain.access import AccessSettings
from desk_app.domain.desk_rules import DeskRules
from desk_app.domain.people import Money, Provider, ProviderType, Service
from desk_app.domain.practice_choices import ServiceDefaults

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from desk_app.domain.slots import Alignment

# Rows of `practice_setting`, strings all of them; more stand in `settings_rows`.
PRACTICE_ID = "practice_id"
PRACTICE_NAME = "practice_name"
TIMEZONE = "timezone"
CURRENCY = "currency"
COUNTRY = "country"
# Stands in the demo only: what it was made for.
DEMO_MARK = "demo"
PROVIDER_COLUMNS = (
    "p.provider_id, p.name, p.type, p.timezone, p.colour, p.bio, p.is_active,"
    " ARRAY(SELECT location_id FROM provider_location l"
    " WHERE l.provider_id = p.provider_id ORDER BY location_id)"
)
SERVICE_COLUMNS = (
    "s.service_id, s.provider_id, s.name, s.duration_minutes, s.buffer_time_minutes,"
    " s.price, s.currency, s.max_advance_days, s.cancellation_hours, s.is_virtual,"
    " s.is_active, (SELECT coalesce(array_agg(room_id ORDER BY r.name, room_id)"
    " FILTER (WHERE r.is_active), '{}') FROM service_room sr JOIN room r"
    " USING (room_id) WHERE sr.service_id = s.service_id HAVING count(*) > 0)"
)
SERVICE_WIDTH = 12


@dataclass(frozen=True, slots=True)
class Practice:
    """The settings that rules and screens need; `country` may be unknown ("")."""

    name: str = ""
    timezone: str = "UTC"
    currency: str = "EUR"
    country: str = ""
    alignment: Alignment = BACK_TO_BACK
    access: AccessSettings = AccessSettings()  # noqa: RUF009 (it is frozen)
    rules: DeskRules = DeskRules()  # noqa: RUF009 (it is frozen)
    new_service: ServiceDefaults = ServiceDefaults()  # noqa: RUF009 (it is frozen)


@dataclass(frozen=True, slots=True)
class Offered:
    """A service and the provider who offers it."""

    service: Service
    provider: Provider


def practice() -> Query[Practice]:
    """Return the settings; what is not set has its default."""
    names = f"'{PRACTICE_NAME}', '{TIMEZONE}', '{CURRENCY}', '{COUNTRY}'"
    return Query(
        "SELECT name, value FROM practice_setting"
        f" WHERE name IN ({names}, '{SLOT_ALIGNMENT}', '{LOCK_MINUTES}',"
        f" '{PROVIDERS_READ_ALL}', '{HIDE_NAMES_MINUTES}', '{NEW_SERVICE}',"
        f" {DESK_RULES})",
        {},
        _practice,
    )


def practice_id() -> Query[str]:
    """Return the number that stays, whatever the practice or its server is called."""
    return Query(
        f"SELECT value #>> '{{}}' FROM practice_setting WHERE name = '{PRACTICE_ID}'",
        {},
        lambda rows: str(rows[0][0]) if rows else "",
    )


def is_demo() -> Query[bool]:
    """Say whether this is the demo, which fills itself anew each day."""
    return Query(
        f"SELECT FROM practice_setting WHERE name = '{DEMO_MARK}'",
        {},
        bool,
    )


def set_setting(name: str, value: object) -> Query[bool]:
    """Write one setting of the practice; `value` is anything JSON knows."""
    return Query(
        "INSERT INTO practice_setting (name, value) VALUES (%(name)s, %(value)s::jsonb)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value RETURNING true",
        {"name": name, "value": json.dumps(value)},
        bool,
    )


def merge_setting(name: str, parts: Mapping[str, object]) -> Query[bool]:
    """Write some parts of a setting that is an object; the others stay."""
    return Query(
        "INSERT INTO practice_setting AS s (name, value)"
        " VALUES (%(name)s, %(value)s::jsonb) ON CONFLICT (name) DO UPDATE SET value ="
        " CASE WHEN jsonb_typeof(s.value) = 'object' THEN s.value ELSE '{}' END"
        " || excluded.value RETURNING true",
        {"name": name, "value": json.dumps(parts)},
        bool,
    )


def active_providers() -> Query[tuple[Provider, ...]]:
    """Return all active providers by name."""
    return Query(
        f"SELECT {PROVIDER_COLUMNS} FROM provider p WHERE p.is_active"
        " ORDER BY p.name, p.provider_id",
        {},
        _providers,
    )


def former_providers() -> Query[tuple[Provider, ...]]:
    """Return those who are not active any more, in no order."""
    return Query(
        f"SELECT {PROVIDER_COLUMNS} FROM provider p WHERE NOT p.is_active",
        {},
        _providers,
    )


def has_providers() -> Query[bool]:
    """Say whether anybody was ever added, also who is no longer active."""
    return Query(
        "SELECT EXISTS (SELECT FROM provider)", {}, lambda rows: bool(rows[0][0])
    )


def active_services() -> Query[tuple[Service, ...]]:
    """Return all active services of active providers by name."""
    return Query(
        f"SELECT {SERVICE_COLUMNS} FROM service s JOIN provider p USING (provider_id)"
        " WHERE s.is_active AND p.is_active ORDER BY s.name, s.service_id",
        {},
        to_services,
    )


def providers(provider_ids: Sequence[int]) -> Query[tuple[Provider, ...]]:
    """Return these providers, active or not, in no order."""
    return Query(
        f"SELECT {PROVIDER_COLUMNS} FROM provider p"
        " WHERE p.provider_id = ANY(%(ids)s::int[])",
        {"ids": array(provider_ids)},
        _providers,
    )


def services(service_ids: Sequence[int]) -> Query[tuple[Service, ...]]:
    """Return these services, active or not, in no order."""
    return Query(
        f"SELECT {SERVICE_COLUMNS} FROM service s"
        " WHERE s.service_id = ANY(%(ids)s::int[])",
        {"ids": array(service_ids)},
        to_services,
    )


def providers_of(service_ids: Sequence[int]) -> Query[tuple[Provider, ...]]:
    """Return the providers of these services, in no order."""
    return Query(
        f"SELECT {PROVIDER_COLUMNS} FROM provider p WHERE p.provider_id IN"
        " (SELECT provider_id FROM service WHERE service_id = ANY(%(ids)s::int[]))",
        {"ids": array(service_ids)},
        _providers,
    )


def provider_of_appointment(appointment_id: int) -> Query[tuple[Provider, ...]]:
    """Return the provider of an appointment."""
    return Query(
        f"SELECT {PROVIDER_COLUMNS} FROM appointment a JOIN provider p"
        " ON p.provider_id = a.provider_id WHERE a.appointment_id = %(id)s",
        {"id": appointment_id},
        _providers,
    )


def offered(service_id: int, provider_id: int) -> Query[Offered | None]:
    """Return a service with its provider, active or not."""
    return Query(
        f"SELECT {SERVICE_COLUMNS}, {PROVIDER_COLUMNS} FROM service s"
        " JOIN provider p ON p.provider_id = s.provider_id"
        " WHERE s.service_id = %(service)s AND s.provider_id = %(provider)s",
        {"service": service_id, "provider": provider_id},
        to_offered,
    )


def offered_for_move(appointment_id: int, provider_id: int) -> Query[Offered | None]:
    """Return a provider's service for an appointment that is moved there, if any.

    That is its own service, or the one of the same name at another provider.
    """
    return Query(
        f"SELECT {SERVICE_COLUMNS}, {PROVIDER_COLUMNS} FROM appointment a"
        " JOIN service known ON known.service_id = a.service_id"
        " JOIN service s ON s.name = known.name AND s.provider_id = %(provider)s"
        " JOIN provider p ON p.provider_id = s.provider_id"
        " WHERE a.appointment_id = %(id)s"
        " ORDER BY (s.service_id = known.service_id) DESC, s.is_active DESC,"
        " s.service_id LIMIT 1",
        {"id": appointment_id, "provider": provider_id},
        to_offered,
    )


def server_time() -> Query[datetime]:
    """Return what the server's clock says, later than any lock waited for before."""
    return Query("SELECT clock_timestamp()", {}, lambda rows: rows[0][0])


def _practice(rows: list[Row]) -> Practice:
    said: dict[str, Any] = dict(rows)
    default = Practice()
    return Practice(
        name=str(said.get(PRACTICE_NAME, default.name)),
        timezone=str(said.get(TIMEZONE, default.timezone)),
        currency=str(said.get(CURRENCY, default.currency)),
        country=str(said.get(COUNTRY, default.country)),
        alignment=to_alignment(said.get(SLOT_ALIGNMENT)),
        access=to_access_settings(rows),
        rules=to_desk_rules(rows),
        new_service=to_service_defaults(said.get(NEW_SERVICE)),
    )


def to_offered(rows: list[Row]) -> Offered | None:
    """Return the record of the row there may be."""
    if not rows:
        return None
    return Offered(_service(rows[0]), to_provider(rows[0][SERVICE_WIDTH:]))


def _providers(rows: list[Row]) -> tuple[Provider, ...]:
    return tuple(map(to_provider, rows))


def to_provider(row: Row) -> Provider:
    """Return the record of a row of PROVIDER_COLUMNS."""
    return Provider(
        provider_id=row[0],
        name=row[1],
        type=ProviderType(row[2]),
        timezone=row[3],
        colour=row[4],
        bio=row[5],
        is_active=row[6],
        location_ids=tuple(row[7]),
    )


def to_services(rows: list[Row]) -> tuple[Service, ...]:
    """Return the records of rows of SERVICE_COLUMNS."""
    return tuple(map(_service, rows))


def _service(row: Row) -> Service:
    return Service(
        service_id=row[0],
        provider_id=row[1],
        name=row[2],
        duration_minutes=row[3],
        buffer_minutes=row[4],
        price=Money(row[5], row[6]),
        max_advance_days=row[7],
        cancellation_hours=row[8],
        is_virtual=row[9],
        is_active=row[10],
        rooms=None if row[11] is None else tuple(row[11]),
    )
