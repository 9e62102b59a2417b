"""What roles and policies cost: a provider's day, and a booking.

The day is one of 100,000 appointments, read by the service's own statement; its time is
the server's own, from EXPLAIN ANALYZE. The bookings take turns: as superuser on the
tables of migration 0001, and as a receptionist on those of today.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

import psycopg
from alembic import command
from alembic.config import Config
from psycopg import conninfo

from desk_app import paths
from desk_app.db import roles, schema
from desk_app.db.embedded import ensure_database, open_server
from desk_app.db.queries import appointments
from desk_app.domain.interval import Interval
from desk_app.domain.staff import NewStaff, Role
from desk_app.services.booking import Booking
from desk_app.services.staff import StaffList
from tests import factories
from tests.benchmarks.server import sessions_to
from tests.benchmarks.timing import Figure
from tests.postgres import PASSWORD, reachable_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions

ROUNDS, WARM_UP = 400, 60
MOST_TIMES = 1.3
MOST_MS = 5.0
NOW = factories.NOW
_PROVIDERS = """INSERT INTO provider (name, type, timezone)
    SELECT 'Provider ' || n, 'DOCTOR', 'UTC' FROM generate_series(1, 20) n"""
_SERVICES = """INSERT INTO service (provider_id, name, duration_minutes, price,
        currency)
    SELECT provider_id, 'Visit', 20, 60, 'EUR' FROM provider"""
_CLIENTS = """INSERT INTO client (name, phone)
    SELECT 'Client ' || n, '+49151' || (1000000 + n) FROM generate_series(1, 10000) n"""
_VISITS = """INSERT INTO appointment (provider_id, client_id, service_id, start_time,
        end_time, status)
    SELECT s.provider_id, 1 + (day * 20 + slot + s.provider_id * 7) % 10000,
        s.service_id, visit.start, visit.start + interval '20 minutes', 'CONFIRMED'
    FROM service s, generate_series(0, 249) day, generate_series(0, 19) slot,
        LATERAL (SELECT timestamptz '2026-01-01 08:00+00'
            + make_interval(days => day, mins => 20 * slot) AS start) visit"""


def run() -> list[Figure]:
    """Return the figures."""
    with reachable_folder(on_disk=True) as folder, open_server(folder) as server:
        crowded = ensure_database(server, "crowded")
        schema.upgrade(crowded)
        before = ensure_database(server, "before")
        command.upgrade(_alembic(before), "0001")
        now = ensure_database(server, "now")
        schema.upgrade(now)
        return [*_day(crowded), *_bookings(before, now)]


def _day(admin: str) -> Iterator[Figure]:
    with psycopg.connect(admin, autocommit=True) as connection:
        for statement in (_PROVIDERS, _SERVICES, _CLIENTS, _VISITS, "ANALYZE"):
            connection.execute(statement)
    with sessions_to(admin) as sessions:
        _let_in(sessions, NewStaff("doctor", "D", Role.PROVIDER, PASSWORD, 7))
    start = datetime(2026, 5, 1, tzinfo=UTC)
    query = appointments.appointments([7], Interval(start, start + timedelta(1)), str)
    with psycopg.connect(_as(admin, "doctor")) as own, psycopg.connect(admin) as all_:
        total = all_.execute("SELECT count(*) FROM appointment").fetchone()
        for who, connection in (("a provider", own), ("a superuser", all_)):
            plans = [_plan(connection, query.sql, query.values) for _ in range(31)]
            took = median(plan["Execution Time"] for plan in plans)
            name = f"one day of {total and total[0]} appointments, read by {who}"
            limit = MOST_MS if connection is own else None
            yield Figure(name, took, "ms", limit)
            yield Figure(
                f"scans of whole tables, by {who}",
                _scans(plans[-1]["Plan"], {"appointment", "client"}),
                "scans",
                0 if connection is own else None,
            )


def _bookings(before: str, now: str) -> Iterator[Figure]:
    with sessions_to(now) as admin:
        _let_in(admin, NewStaff("reception", "R", Role.RECEPTIONIST, PASSWORD))
        places = [factories.open_practice(admin)]
    with sessions_to(before) as old, sessions_to(_as(now, "reception")) as new:
        places.insert(0, factories.open_practice(old))
        took: list[list[float]] = [[], []]
        desks = [Booking(sessions, lambda: NOW) for sessions in (old, new)]
        for number in range(WARM_UP + ROUNDS):
            for desk, place, times in zip(desks, places, took, strict=True):
                day, slot = divmod(number, 12)
                first = place.at(9, day=factories.TOMORROW + timedelta(days=day))
                request = place.request_at(first + slot * timedelta(minutes=40))
                started = perf_counter()
                desk.book(request)
                times.append((perf_counter() - started) * 1e3)
    was, is_now = (median(times[WARM_UP:]) for times in took)
    yield Figure("booking.book before roles, p50", was, "ms")
    yield Figure("booking.book with roles and audit, p50", is_now, "ms")
    yield Figure("with roles to before", is_now / was, "times", MOST_TIMES)


def _plan(connection: psycopg.Connection[Any], sql: str, values: Any) -> dict[str, Any]:
    row = connection.execute(
        f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}".encode(), values
    ).fetchone()
    return dict(row[0][0]) if row else {}


def _scans(plan: dict[str, Any], tables: set[str]) -> int:
    here = plan["Node Type"] == "Seq Scan" and plan.get("Relation Name") in tables
    return here + sum(_scans(part, tables) for part in plan.get("Plans", ()))


def _let_in(sessions: Sessions, new: NewStaff) -> None:
    roles.secure_database(sessions.url())
    StaffList(sessions).add(new)


def _as(url: str, login: str) -> str:
    return conninfo.make_conninfo(url, user=login, password=PASSWORD)


def _alembic(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(paths.migrations()))
    config.attributes["database"] = url
    return config
