"""Booking through the service, beside the same transaction sent raw by psycopg.

The three take turns, each with a provider of its own on one server that syncs every
commit. "The same statements" are those of the service, sent in the same pipelines
but without Session, retries, watchdog, rules or records. "By hand" has the same effect,
written as one would at first: statement by statement, and with the rules left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median, quantiles
from time import perf_counter
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import psycopg

from desk_app.db.connect import address_of
from desk_app.db.locks import locking
from desk_app.db.queries import bookings, days, holds, people, practice
from desk_app.domain.appointment import BookedVia, BookingRequest, Status
from desk_app.domain.interval import Interval
from desk_app.services.booking import Booking
from desk_app.services.outbox import Moment, Outlook, after_booking
from desk_app.services.recheck import wanted_of
from tests import factories
from tests.benchmarks.server import benchmark_url, sessions_to
from tests.benchmarks.timing import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desk_app.db.queries.pipeline import Query
    from desk_app.db.session import Sessions

ROUNDS, WARM_UP = 400, 60
LIMIT = 3.0
NOW = factories.NOW
_CLAIM = "INSERT INTO idempotency_key (key, request_hash) VALUES (%s, %s)"
_LOCK = (
    "SELECT version FROM schedule_day WHERE provider_id = %s AND day = %s FOR UPDATE"
)
_LOOK = """SELECT count(*) FROM appointment WHERE provider_id = %s
    AND start_time < %s AND busy_until > %s AND status <> 'CANCELLED'"""
_INSERT = """INSERT INTO appointment (provider_id, client_id, service_id, start_time,
    end_time, status, booking_key) VALUES (%s, %s, %s, %s, %s, 'CONFIRMED', %s)
    RETURNING appointment_id"""
_BUMP = """UPDATE schedule_day SET version = version + 1
    WHERE provider_id = %s AND day = %s"""
_KEEP = "UPDATE idempotency_key SET appointment_id = %s WHERE key = %s"
_TELL = """INSERT INTO outbox (kind, appointment_id, run_at, dedupe_key)
    VALUES (%s, %s, %s, %s)"""


@dataclass(frozen=True, slots=True)
class _Place:
    """A provider for one of the ways, with slots of 40 minutes for 90 days."""

    ids: factories.Practice

    def start(self, number: int) -> datetime:
        """Return the start of the next free slot."""
        day, slot = divmod(number, 12)
        first = self.ids.at(9, day=factories.TOMORROW + timedelta(days=day))
        return first + slot * timedelta(minutes=40)

    def request(self, number: int) -> BookingRequest:
        """Ask for the slot."""
        return self.ids.request_at(self.start(number))


def run() -> list[Figure]:
    """Return the figures."""
    with benchmark_url() as url, sessions_to(url) as sessions:
        places = [_place(sessions) for _ in range(3)]
        address = address_of(url)
        with psycopg.connect(address) as raw, psycopg.connect(address) as hand:
            booking = Booking(sessions, lambda: NOW)
            ways = [
                lambda number: booking.book(places[0].request(number)),
                partial(_same, raw, places[1]),
                partial(_by_hand, hand, places[2]),
            ]
            took = _in_turns(ways)
    return _figures(*took)


def _in_turns(ways: Sequence[Callable[[int], object]]) -> list[list[float]]:
    took: list[list[float]] = [[] for _ in ways]
    for number in range(WARM_UP + ROUNDS):
        for way, times in zip(ways, took, strict=True):
            started = perf_counter()
            way(number)
            times.append((perf_counter() - started) * 1e3)
    return [times[WARM_UP:] for times in took]


def _figures(
    service: list[float], same: list[float], by_hand: list[float]
) -> list[Figure]:
    ratio = median(service) / median(same)
    of_hand = median(service) / median(by_hand)
    return [
        Figure("booking.book, p50", median(service), "ms"),
        Figure("booking.book, p99", quantiles(service, n=100)[98], "ms"),
        Figure("the same statements sent raw, p50", median(same), "ms"),
        Figure("booking.book to the same statements", ratio, "times", LIMIT),
        Figure("the same written by hand, p50", median(by_hand), "ms"),
        Figure("booking.book to the same by hand", of_hand, "times", LIMIT),
    ]


def _place(sessions: Sessions) -> _Place:
    provider_id = factories.provider(sessions)
    factories.hours(sessions, provider_id)
    service_id = factories.service(sessions, provider_id)
    client_id = factories.client(sessions)
    return _Place(factories.Practice(provider_id, service_id, client_id))


def _same(raw: psycopg.Connection[Any], place: _Place, number: int) -> None:
    """Send what `booking.book` sends, and read its answers as plain rows."""
    ids, key = place.ids, uuid4()
    _, offered = _sent(
        raw,
        bookings.claim_key(key, b"\0" * 32),
        practice.offered(ids.service_id, ids.provider_id),
    )
    wanted = wanted_of(practice.to_offered(offered), place.request(number))
    busy_day = Interval(ids.at(0, day=wanted.day), ids.at(23, 59, wanted.day))
    reads: list[Query[Any]] = [
        locking(wanted.days),
        practice.practice(),
        practice.offered(ids.service_id, ids.provider_id),
        days.weekly_hours([ids.provider_id]),
        days.overrides([ids.provider_id], wanted.day, wanted.day),
        days.busy_spans([ids.provider_id], busy_day),
        holds.holds_over(ids.provider_id, wanted.busy),
        people.client(ids.client_id, str, only_active=True),
        practice.server_time(),
    ]
    if not _sent(raw, *reads)[0]:
        raw.execute(
            "INSERT INTO schedule_day (provider_id, day) VALUES (%s, %s)",
            (ids.provider_id, wanted.day),
        )
        _sent(raw, *reads)
    status = Status.CONFIRMED
    new = bookings.NewAppointment(
        ids.provider_id,
        ids.client_id,
        ids.service_id,
        wanted.visit,
        status,
        "",
        BookedVia.DESK,
    )
    tasks = after_booking(wanted.outlook(status), Moment(NOW))
    following = bookings.Following(key, wanted.days, tasks)
    _sent(raw, bookings.insert_appointment(new, following, str))
    raw.commit()


def _sent(raw: psycopg.Connection[Any], *queries: Query[Any]) -> list[list[Any]]:
    with raw.pipeline():
        cursors = [
            raw.cursor(binary=True).execute(query.sql, query.values)
            for query in queries
        ]
    return [cursor.fetchall() for cursor in cursors]


def _by_hand(raw: psycopg.Connection[Any], place: _Place, number: int) -> None:
    """Book statement by statement."""
    ids, start, key = place.ids, place.start(number), uuid4()
    end, day = start + timedelta(minutes=30), start.astimezone(UTC).date()
    raw.execute(_CLAIM, (key, b"\0" * 32))
    if raw.execute(_LOCK, (ids.provider_id, day)).fetchone() is None:
        raw.execute(
            "INSERT INTO schedule_day (provider_id, day) VALUES (%s, %s)",
            (ids.provider_id, day),
        )
    until = end + timedelta(minutes=10)
    overlaps = raw.execute(_LOOK, (ids.provider_id, until, start)).fetchone()
    if overlaps != (0,):
        raise AssertionError(overlaps)
    visit = (ids.provider_id, ids.client_id, ids.service_id, start, end, key)
    row = raw.execute(_INSERT, visit).fetchone()
    raw.execute(_BUMP, (ids.provider_id, day))
    raw.execute(_KEEP, (*(row or ()), key))
    outlook = Outlook(ids.provider_id, start, Status.CONFIRMED, is_virtual=False)
    for task in after_booking(outlook, Moment(NOW)):
        dedupe = f"{task.kind}:{row}:1"
        raw.execute(_TELL, (task.kind, *(row or ()), task.run_at, dedupe))
    raw.commit()
