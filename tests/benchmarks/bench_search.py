"""Finding appointments among 100,000 of 20,000 clients, word by word.

Each word that is finished, and each beginning of the last one, asks anew; the figure
that counts is the one that 19 of 20 searches stay below.
"""

from __future__ import annotations

from statistics import median, quantiles
from time import perf_counter
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import conninfo

from desk_app.db import roles
from desk_app.domain.search import SearchQuery
from desk_app.domain.staff import NewStaff, Role
from desk_app.services.search import Search
from desk_app.services.staff import StaffList
from tests.benchmarks.bench_clients import fill_people
from tests.benchmarks.server import benchmark_url, sessions_to
from tests.benchmarks.timing import Figure
from tests.factories import rows
from tests.postgres import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions

PEOPLE, VISITS, PROVIDERS = 20_000, 100_000, 8
MOST_MS = 50.0
ROUNDS = 3
_PROVIDERS = """
    INSERT INTO provider (name, type, timezone)
    SELECT 'Dr ' || (CAST(%(names)s AS text[]))[number], 'DOCTOR', 'Europe/Berlin'
    FROM generate_series(1, %(count)s) number"""
_NAMES = "Weber Lang Becker Haddad Okafor Brandt Marchetti Lindqvist"
_SERVICES = """
    INSERT INTO service (provider_id, name, duration_minutes, price, currency)
    SELECT provider_id, title, 15, 60, 'EUR'
    FROM provider,
        unnest(ARRAY['Check-up', 'Follow-up', 'First visit']) AS offered (title)"""
# One in ten has a note; half of them are to come.
_VISITS = """
    INSERT INTO appointment (provider_id, client_id, service_id, start_time, end_time,
        status, notes)
    SELECT s.provider_id, 1 + number::bigint * 48271 %% %(people)s, s.service_id,
        start, start + interval '15 minutes', 'CONFIRMED',
        CASE WHEN number %% 10 = 0 THEN 'Brings the report of ' || number ELSE '' END
    FROM generate_series(1, %(count)s) number,
    LATERAL (SELECT now() + 15 * (number / %(providers)s - %(count)s
        / (2 * %(providers)s)) * interval '1 minute' AS start) visit,
    LATERAL (SELECT * FROM service WHERE provider_id = 1 + number %% %(providers)s
        ORDER BY service_id OFFSET number / 8 %% 3 LIMIT 1) s"""
TYPED = (
    "müller anna",
    "schmidt check",
    "weber",
    "meilanska",
    "0151 23",
    "confirmed wolf",
    "anna lang follow",
    "december kaya",
    "report",
    "zzz",
)


def run() -> list[Figure]:
    """Return the figures."""
    with benchmark_url() as url:
        with psycopg.connect(url, autocommit=True) as connection:
            _fill(connection)
        with sessions_to(url) as sessions:
            _let_in(sessions)
        figures: list[Figure] = []
        for login, who in (("reception", "a receptionist"), ("doctor", "a provider")):
            address = conninfo.make_conninfo(url, user=login, password=PASSWORD)
            with sessions_to(address) as sessions:
                figures += _figures(who, Search(sessions))
        return figures


def _figures(who: str, search: Search) -> Iterator[Figure]:
    taken: dict[str, float] = {}
    for whole in TYPED:
        for end in range(3, len(whole) + 1):
            text = whole[:end]
            taken[text] = median(_ms(search, text) for _ in range(ROUNDS))
    slowest = max(taken, key=lambda text: taken[text])
    most = MOST_MS if who == "a receptionist" else None
    yield Figure(f"a search, p50, {who}", median(taken.values()), "ms")
    p95 = quantiles(taken.values(), n=20)[-1]
    yield Figure(f"a search, p95, {who}", p95, "ms", most)
    remark = f"{slowest!r} of {VISITS:,} appointments"
    yield Figure(
        f"the slowest search, {who}", taken[slowest], "ms", None, None, "", remark
    )


def _ms(search: Search, text: str) -> float:
    started = perf_counter()
    search.find(SearchQuery(text))
    return (perf_counter() - started) * 1e3


def _fill(connection: psycopg.Connection[Any]) -> None:
    connection.execute(_PROVIDERS, {"names": _NAMES.split(), "count": PROVIDERS})
    connection.execute(_SERVICES)
    fill_people(connection, PEOPLE)
    given = {"count": VISITS, "people": PEOPLE, "providers": PROVIDERS}
    connection.execute(_VISITS, given)
    connection.execute("VACUUM ANALYZE")


def _let_in(sessions: Sessions) -> None:
    roles.secure_database(sessions.url())
    staff = StaffList(sessions)
    staff.add(NewStaff("reception", "R", Role.RECEPTIONIST, PASSWORD))
    number = rows(sessions, "SELECT min(provider_id) FROM provider")[0][0]
    staff.add(NewStaff("doctor", "D", Role.PROVIDER, PASSWORD, number))
