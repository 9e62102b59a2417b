"""Reading: openings, the grid's days, clients; the database included."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import psycopg

from desk_app.services.clients import Clients
from desk_app.services.diary import Diary, OpeningQuery
from tests.benchmarks.server import TODAY, benchmark_url, crowd, sessions_to
from tests.benchmarks.timing import Figure, measured
from tests.factories import client, rows

if TYPE_CHECKING:
    from desk_app.db.session import Sessions

NOW = datetime(2026, 10, 1, 4, tzinfo=UTC)
PROVIDERS, DAYS = 20, 60
PEOPLE = 100_000
# The best and the worst that people type: starts, common letters, parts, nobody.
SEARCHES = (
    "a",
    "anna m",
    "mül",
    "mann",
    "o",
    "0170 12",
    "+49 170",
    "123-45",
    "@example",
    "qqqq",
)
_PEOPLE = """
    INSERT INTO client (name, phone, email)
    SELECT first || ' ' || last || ending, '+49' || 1500000000 + number * 2999,
        'person' || number || '@example.org'
    FROM generate_series(1, :count) number,
    LATERAL (SELECT
        (ARRAY['Anna','Bernd','Çelik','Dörte','Émile','Frank','Greta','Hans','Ines',
            'Jörg','Karl','Lena','Marie','Noah','Otto','Paula','Rosa','Søren'])
            [1 + number % 18] AS first,
        (ARRAY['Müller','Schmidt','Fischer','Weber','Meyer','Wagner','Becker','Schulz',
            'Hoff','Koch','Bauer','Richter','Klein','Wolf','Neu','Schwarz','O''Neil'])
            [1 + number / 18 % 17] AS last,
        (ARRAY['', 'mann', 'son', '-Weiß', '-Łuczak'])[1 + number / 306 % 5] AS ending
    ) part"""


def run() -> list[Figure]:
    """Return the figures."""
    with benchmark_url() as url, sessions_to(url) as sessions:
        client(sessions)
        services = crowd(sessions, PROVIDERS, DAYS)
        _vacuum(url)
        figures = _reading(sessions, services)
        rows(sessions, _PEOPLE, count=PEOPLE)
        _vacuum(url)
        return figures + _searching(sessions)


def _reading(sessions: Sessions, services: tuple[int, ...]) -> list[Figure]:
    diary = Diary(sessions, lambda: NOW)
    found = rows(sessions, "SELECT provider_id FROM provider ORDER BY provider_id")
    providers = [provider_id for (provider_id,) in found]
    everything = OpeningQuery(services, TODAY, DAYS)
    next_ten = OpeningQuery(services, TODAY, DAYS, 10)
    a_day = OpeningQuery(services[:1], TODAY, 1)
    count = len(diary.openings(everything))
    where = f"{PROVIDERS} providers x {DAYS} days"
    return [
        measured(partial(diary.openings, everything)).figure(
            f"all openings, {where}, database included", "ms", 60, f"{count} openings"
        ),
        measured(partial(diary.openings, next_ten)).figure(
            f"next 10 openings, {where}, database included", "ms", 60
        ),
        measured(partial(diary.openings, a_day)).figure(
            "openings of one provider's day, database included", "ms", 10
        ),
        measured(partial(diary.days, TODAY, 1, providers)).figure(
            "a day of the grid, 20 providers, 200 visits", "ms", 50
        ),
        measured(partial(diary.days, TODAY, 7, providers[:1])).figure(
            "a week of the grid, one provider, 70 visits", "ms", 25
        ),
        measured(diary.catalogue).figure("the catalogue", "ms", 10),
    ]


def _searching(sessions: Sessions) -> list[Figure]:
    clients = Clients(sessions)
    return [
        measured(partial(clients.find, typed), rounds=15).figure(
            f"find {typed!r} among {PEOPLE:,} clients",
            "ms",
            25,
            f"{len(clients.find(typed))} found",
        )
        for typed in SEARCHES
    ]


def _vacuum(url: str) -> None:
    """Do what the server does by itself after a while."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
