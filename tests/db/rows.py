"""Rows as short as they can be, for tests of what the database allows."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from desk_app.db import models

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def add(session: Session, table: type[models.Base], **values: Any) -> Any:
    """Insert a row and return its key; what is not given is something harmless."""
    row = _HARMLESS.get(table, {}) | values
    return session.scalar(
        insert(table).values(**row).returning(*table.__mapper__.primary_key)
    )


def add_provider(session: Session, **values: Any) -> int:
    """Insert a provider."""
    return int(add(session, models.Provider, **values))


def add_service(session: Session, provider_id: int, **values: Any) -> int:
    """Insert a service of 30 minutes and 10 minutes of buffer."""
    return int(add(session, models.Service, provider_id=provider_id, **values))


def add_client(session: Session, **values: Any) -> int:
    """Insert a client."""
    return int(add(session, models.Client, **values))


def add_appointment(session: Session, start: datetime = NOON, **values: Any) -> int:
    """Insert a confirmed appointment of 30 minutes; makes what it needs."""
    if "provider_id" not in values:
        values["provider_id"] = add_provider(session)
    if "service_id" not in values:
        values["service_id"] = add_service(session, values["provider_id"])
    if "client_id" not in values:
        values["client_id"] = add_client(session)
    times = {"start_time": start, "end_time": start + timedelta(minutes=30)}
    return int(add(session, models.Appointment, **times | values))


_HARMLESS: dict[type[models.Base], dict[str, Any]] = {
    models.Provider: {"name": "Dr. Ada Berg", "type": "DOCTOR", "timezone": "UTC"},
    models.Service: {
        "name": "Check-up",
        "duration_minutes": 30,
        "buffer_time_minutes": 10,
        "price": Decimal("50.00"),
        "currency": "EUR",
    },
    models.Client: {"name": "Ann Smith", "phone": "+4930123456"},
    models.Availability: {
        "day_of_week": 0,
        "start_time": time(9),
        "end_time": time(17),
    },
    models.AvailabilityOverride: {
        "date": date(2026, 3, 2),
        "start_time": time(9),
        "end_time": time(17),
        "is_blocked": True,
    },
    models.Appointment: {"status": "CONFIRMED"},
}
