"""A bundled server as a practice has it (every commit reaches the disk), and rows."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from desk_app.db import schema
from desk_app.db.embedded import ensure_database, open_server
from desk_app.db.session import open_sessions
from tests.factories import rows
from tests.postgres import reachable_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions

TODAY = date(2026, 10, 1)
# Ten visits a day leave two of the twelve slots of 40 minutes, whatever the day.
_CROWD = """
    WITH provider AS (
        INSERT INTO provider (name, type, timezone)
        SELECT 'Provider ' || number, 'DOCTOR', 'Europe/Berlin'
        FROM generate_series(1, :providers) number RETURNING provider_id
    ), service AS (
        INSERT INTO service (provider_id, name, duration_minutes, price, currency,
            buffer_time_minutes, max_advance_days)
        SELECT provider_id, 'Visit', 30, 60, 'EUR', 10, 90 FROM provider
        RETURNING service_id, provider_id
    ), hours AS (
        INSERT INTO availability (provider_id, day_of_week, start_time, end_time)
        SELECT provider_id, weekday, '09:00', '17:00'
        FROM provider, generate_series(0, 6) weekday RETURNING 1
    )
    SELECT service_id FROM service"""
_VISITS = """
    INSERT INTO appointment (provider_id, client_id, service_id, start_time, end_time,
        status)
    SELECT s.provider_id, (SELECT min(client_id) FROM client), s.service_id,
        visit.start, visit.start + interval '30 minutes', 'CONFIRMED'
    FROM service s, generate_series(0, :days - 1) day,
        unnest(ARRAY[0, 1, 2, 3, 4, 6, 7, 8, 9, 10]) slot,
        LATERAL (SELECT (:today + day + time '09:00') AT TIME ZONE 'Europe/Berlin'
            + make_interval(mins => 40 * slot) AS start) visit"""


@contextmanager
def benchmark_url() -> Iterator[str]:
    """Give the URL of an empty practice on a server of its own."""
    with reachable_folder(on_disk=True) as folder, open_server(folder) as server:
        url = ensure_database(server, "benchmark")
        schema.upgrade(url)
        yield url


@contextmanager
def sessions_to(url: str) -> Iterator[Sessions]:
    """Open Sessions and close them."""
    sessions = open_sessions(url)
    try:
        yield sessions
    finally:
        sessions.close()


def crowd(sessions: Sessions, providers: int, days: int) -> tuple[int, ...]:
    """Fill the days from TODAY with ten visits each; return the services' ids."""
    found = rows(sessions, _CROWD, providers=providers)
    rows(sessions, _VISITS, today=TODAY, days=days)
    return tuple(service_id for (service_id,) in found)
