"""Bringing 50,000 clients in from a file, as a manager's own login does.

Read and checked, then written in one transaction under grants and row-level security;
cancelled half-way, which must leave nothing; and taken back. A progress report that
comes late, or a Cancel that is heard late, looks like a window that hangs.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

import psycopg
from psycopg import conninfo

from desk_app.db import roles
from desk_app.domain.importing.columns import Subject
from desk_app.domain.importing.outcome import SourceFile
from desk_app.domain.progress import CancelToken, Progress, Work
from desk_app.domain.staff import NewStaff, Role
from desk_app.errors import Cancelled
from desk_app.services.importing.importing import Importing
from desk_app.services.staff import StaffList
from tests.benchmarks.server import benchmark_url, sessions_to
from tests.benchmarks.timing import Figure
from tests.postgres import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.domain.importing.outcome import Checked

T = TypeVar("T")

CLIENTS = 50_000
MOST_SECONDS = 60.0
MOST_SILENCE_MS = 1_000.0
MOST_CANCEL_MS = 1_000.0
_SETTINGS = "INSERT INTO practice_setting VALUES ('country', '\"DE\"')"
_COUNT = "SELECT count(*) FROM client"


@dataclass
class _Clock:
    """Hears progress; cancels once so many rows are done."""

    cancel_at: int = 0
    token: CancelToken = field(default_factory=CancelToken)
    gaps: list[float] = field(default_factory=list)
    cancelled_at: float = 0.0
    _last: float = 0.0

    def begin(self) -> None:
        self._last = perf_counter()

    def hear(self, progress: Progress) -> None:
        now = perf_counter()
        self.gaps.append(now - self._last)
        self._last = now
        if self.cancel_at and progress.done >= self.cancel_at and not self.cancelled_at:
            # From another thread, as the window does, in the middle of a batch.
            threading.Timer(0.02, self._cancel).start()
            self.cancelled_at = now

    def work(self) -> Work:
        return Work(self.hear, self.token)

    def _cancel(self) -> None:
        self.cancelled_at = perf_counter()
        self.token.cancel()


def run() -> list[Figure]:
    """Return the figures."""
    with benchmark_url() as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(_SETTINGS)
        with sessions_to(url) as sessions:
            roles.secure_database(url)
            new = NewStaff("manager", "M", Role.MANAGER, PASSWORD)
            StaffList(sessions).add(new)
        address = conninfo.make_conninfo(url, user="manager", password=PASSWORD)
        with sessions_to(address) as sessions:
            return _figures(Importing(sessions), url)


def _figures(importing: Importing, url: str) -> list[Figure]:
    file = SourceFile("clients.csv", _file())
    reading, writing, undoing = _Clock(), _Clock(), _Clock()
    checked, read = _timed(
        reading, lambda work: importing.check(file, Subject.CLIENTS, work=work)
    )
    cancelled, left = _cancelled(importing, checked, url)
    imported, written = _timed(
        writing, lambda work: importing.write(checked, Subject.CLIENTS, work)
    )
    _, undone = _timed(undoing, lambda work: importing.undo(imported.transfer_id, work))
    gaps = [*reading.gaps, *writing.gaps, *undoing.gaps]
    return [
        Figure(f"{CLIENTS:,} clients read and checked", read, "s"),
        Figure(f"{CLIENTS:,} clients written", written, "s"),
        Figure("both together", read + written, "s", MOST_SECONDS),
        Figure("reports of progress", float(len(gaps)), ""),
        Figure("longest silence", max(gaps) * 1e3, "ms", MOST_SILENCE_MS),
        Figure("from Cancel to its end", cancelled * 1e3, "ms", MOST_CANCEL_MS),
        Figure("rows left after Cancel", float(left), "", 0.0),
        Figure("all taken back", undone, "s", MOST_SECONDS),
        Figure("rows left after that", float(_count(url)), "", 0.0),
    ]


def _timed(clock: _Clock, work: Callable[[Work], T]) -> tuple[T, float]:
    """Return what work answers and how many seconds it took."""
    clock.begin()
    started = perf_counter()
    answer = work(clock.work())
    clock.hear(Progress())
    return answer, perf_counter() - started


def _cancelled(importing: Importing, checked: Checked, url: str) -> tuple[float, int]:
    """Cancel half-way; return how long that took and how many rows are left."""
    clock = _Clock(cancel_at=CLIENTS // 2)
    clock.begin()
    try:
        importing.write(checked, Subject.CLIENTS, clock.work())
    except Cancelled:
        return perf_counter() - clock.cancelled_at, _count(url)
    return float("inf"), _count(url)


def _count(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(_COUNT).fetchone()
        return int(row[0]) if row else -1


def _file() -> bytes:
    """Return a file as Excel writes it in Germany."""
    lines = ["Nachname;Vorname;Telefon;E-Mail;Bemerkungen"]
    for number in range(CLIENTS):
        lines.append(
            f"Müller{number % 977};Jörg{number};0151 {10_000_000 + number};"
            f'jm{number}@example.org;"Raum {number % 9}; bitte anrufen"'
        )
    return "\r\n".join(lines).encode("cp1252")
