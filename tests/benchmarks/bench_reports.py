"""Reports over half a million appointments, from the wish to the picture.

As the manager's own login under row-level security: the query, the sums, and the page
painted. Each figure is also counted once more by plain SQL of another kind.
"""

from __future__ import annotations

from datetime import timedelta
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

import psycopg
from psycopg import conninfo

from desk_app.db import roles
from desk_app.domain.reports.asking import ReportKind, ReportQuery
from desk_app.domain.reports.periods import Period
from desk_app.domain.staff import NewStaff, Role
from desk_app.services.reports import Reports
from desk_app.services.staff import StaffList
from tests.benchmarks import crowded
from tests.benchmarks.server import benchmark_url, sessions_to
from tests.benchmarks.timing import Figure
from tests.counted import Recount, disagreements
from tests.factories import rows
from tests.postgres import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions

MOST_S = 1.0
ROUNDS = 5


def run() -> list[Figure]:
    """Return the figures."""
    with benchmark_url() as url:
        with psycopg.connect(url, autocommit=True) as connection:
            crowded.fill(connection)
        with sessions_to(url) as sessions:
            roles.secure_database(sessions.url())
            StaffList(sessions).add(NewStaff("boss", "B", Role.MANAGER, PASSWORD))
            address = conninfo.make_conninfo(url, user="boss", password=PASSWORD)
            with sessions_to(address) as mine:
                return [*_figures(mine), _agreement(mine, sessions)]


def _figures(sessions: Sessions) -> Iterator[Figure]:
    reports, period = Reports(sessions), _whole(sessions)
    for kind in ReportKind:
        taken = [_seconds(reports, ReportQuery(kind, period)) for _ in range(ROUNDS)]
        remark = (
            f"{crowded.VISITS:,} appointments, slowest of {ROUNDS}: {max(taken):.2f} s"
        )
        yield Figure(f"{kind}", median(taken), "s", MOST_S, None, "", remark)


def _seconds(reports: Reports, query: ReportQuery) -> float:
    started = perf_counter()
    reports.read(query)
    return perf_counter() - started


def _agreement(mine: Sessions, owner: Sessions) -> Figure:
    whole = _whole(owner)
    half = whole.first + timedelta(days=whole.days // 2)
    now = rows(owner, "SELECT now()")[0][0]
    recount = Recount(owner, half, whole.last, now)
    found = disagreements(Reports(mine, lambda: now), recount)
    return Figure("figures that plain SQL counts otherwise", len(found), "", 0)


def _whole(sessions: Sessions) -> Period:
    first, last = rows(
        sessions,
        "SELECT CAST(min(start_time) AS date) - 1, CAST(max(start_time) AS date) + 1"
        " FROM appointment",
    )[0]
    return Period(first, last)
