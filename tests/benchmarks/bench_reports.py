"""Reports over half a million appointments, from the wish to the picture.

As the manager's own login under row-level security: the query, the sums, and the page
painted. Each figure is also counted once more by plain SQL of another kind.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

import psycopg
from psycopg import conninfo
from PySide6.QtWidgets import QApplication

from desk_app.db import roles
from desk_app.domain.reports.asking import ReportKind, ReportQuery
from desk_app.domain.reports.periods import Period
from desk_app.domain.staff import NewStaff, Role
from desk_app.services.reports import Reports
from desk_app.services.staff import StaffList
from desk_app.ui import fonts, theme
from desk_app.ui.reports.page import ReportsPage
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
    reports, period, page = Reports(sessions), _whole(sessions), _page()
    for kind in ReportKind:
        query = ReportQuery(kind, period)
        taken = [_seconds(reports, query, page) for _ in range(ROUNDS)]
        slowest = f"slowest of {ROUNDS}: {max(taken):.2f} s"
        remark = f"{crowded.VISITS:,} appointments, {slowest}"
        yield Figure(f"{kind}", median(taken), "s", MOST_S, None, "", remark)
    page.deleteLater()


def _page() -> ReportsPage:
    """Return the page as large as on most screens."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    fonts.load()
    app.setFont(fonts.base())
    theme.apply(app, theme.light())
    page = ReportsPage(datetime.now(UTC).date())
    page.resize(1200, 800)
    page.show()
    return page


def _seconds(reports: Reports, query: ReportQuery, page: ReportsPage) -> float:
    """Return how long it takes from the wish until everything is painted."""
    started = perf_counter()
    page.show_report(reports.read(query))
    page.grab()
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
