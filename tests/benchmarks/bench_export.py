"""Exporting a whole practice: 50,000 clients and 100,000 appointments.

What counts besides the seconds is that it never lies in memory: the peak is that of
Python's own objects, measured in a run of its own.
"""

from __future__ import annotations

import tempfile
import tracemalloc
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from desk_app.domain.appointment import Status
from desk_app.domain.exports import ExportWish, FileFormat, Selection, Subject
from desk_app.services.exporting.exports import Exports
from tests.benchmarks.server import benchmark_url, sessions_to
from tests.benchmarks.timing import Figure
from tests.factories import rows

if TYPE_CHECKING:
    from desk_app.db.session import Sessions

CLIENTS, VISITS = 50_000, 100_000
MOST_SECONDS, MOST_MB = 60.0, 30.0
_PEOPLE = """
    INSERT INTO client (name, phone, email, notes)
    SELECT 'Client ' || number, '+4930' || (1000000 + number),
        'client' || number || '@example.org', 'Comes on Mondays; rings before'
    FROM generate_series(:first, :first + 4999) number"""
_PROVIDERS = """
    WITH one AS (
        INSERT INTO provider (name, type, timezone)
        SELECT 'Provider ' || number, 'DOCTOR', 'Europe/Berlin'
        FROM generate_series(1, 10) number RETURNING provider_id)
    INSERT INTO service (provider_id, name, duration_minutes, price, currency)
    SELECT provider_id, 'Visit', 30, 60, 'EUR' FROM one"""
_VISITS = """
    INSERT INTO appointment (provider_id, client_id, service_id, start_time, end_time,
        status, notes)
    SELECT s.provider_id, 1 + (number * 7 + s.provider_id) % :clients, s.service_id,
        start, start + interval '30 minutes', 'CONFIRMED', 'Blood test before'
    FROM service s, generate_series(0, :each - 1) number,
    LATERAL (SELECT timestamptz '2026-01-01 06:00Z' + number * interval '30 minutes'
        AS start) time WHERE s.service_id = :service AND number % 2 = :half"""


def run() -> list[Figure]:
    """Measure and return the figures."""
    with benchmark_url() as url, sessions_to(url) as sessions:
        for first in range(1, CLIENTS, 5000):
            rows(sessions, _PEOPLE, first=first)
        rows(sessions, _PROVIDERS)
        values = {"clients": CLIENTS, "each": VISITS // 10}
        for number in range(20):
            which = {"service": 1 + number // 2, "half": number % 2}
            rows(sessions, _VISITS, **values, **which)
        rows(sessions, "ANALYZE")
        return [figure for wish in _wishes() for figure in _measured(sessions, wish)]


def _wishes() -> list[ExportWish]:
    everything = Selection(statuses=tuple(Status))
    clients = ExportWish(Subject.CLIENTS, FileFormat.CSV)
    visits = ExportWish(Subject.APPOINTMENTS, FileFormat.CSV, selection=everything)
    return [
        clients,
        replace(clients, format=FileFormat.XLSX),
        visits,
        replace(visits, format=FileFormat.XLSX),
        replace(visits, format=FileFormat.ICALENDAR),
    ]


def _measured(sessions: Sessions, wish: ExportWish) -> list[Figure]:
    """Time an export, then run it once more to look at its memory."""
    exports = Exports(sessions)
    with tempfile.TemporaryDirectory() as folder:
        wish = replace(wish, folder=Path(folder))
        began = perf_counter()
        done = exports.export(wish)
        seconds = perf_counter() - began
        size = done.files[0].stat().st_size / 1e6
        tracemalloc.start()
        exports.export(wish)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    name = f"{done.rows:,} {wish.subject.value.lower()} as {wish.format.value}"
    remark = f"{size:.0f} MB on the disk"
    return [
        Figure(name, seconds, "s", MOST_SECONDS, remark=remark),
        Figure(f"{name}: peak", peak / 1e6, "MB", MOST_MB),
    ]
