"""Who works and who comes in the practice of these tests, and its clock."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from desk_app.domain.people import Client, Money, Provider, ProviderType, Service

BERLIN = ZoneInfo("Europe/Berlin")
THURSDAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 7, 30, tzinfo=UTC)
EUR = "EUR"


def at(hour: int, minute: int = 0, day: date = THURSDAY) -> datetime:
    """Return the instant of a wall-clock time in the practice."""
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN)
    return local.astimezone(UTC)


def provider(provider_id: int, name: str) -> Provider:
    """Return a provider who works in the practice's zone."""
    kind = ProviderType.DOCTOR
    return Provider(provider_id, name, kind, "Europe/Berlin", "#2563eb")


def service(
    service_id: int, provider_id: int, name: str, minutes: int = 30, buffer: int = 10
) -> Service:
    """Return a service at 60 EUR that can be cancelled a day ahead."""
    price = Money(Decimal(60), EUR)
    return Service(service_id, provider_id, name, minutes, buffer, price, 60, 24)


CLIENTS = (
    Client(1, "Anna Meier", "+4930123456", "030 123456", "anna.meier@example.org"),
    Client(
        2,
        "Bernd Meiers",
        "+4930777888",
        "030 777888",
        "bernd@example.org",
        notes="Prefers mornings. Needs the step-free entrance.",
        no_show_count=2,
        no_show_flag=True,
        locked_out_until=at(23, 59),
    ),
    Client(3, "Chiara Rossi", "+39065551234", "+39 06 555 1234", "chiara@example.it"),
    Client(4, "Dmitri Meinhardt", "+4930999000", "030 999000"),
)
