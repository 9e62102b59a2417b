"""The figures of the reports counted once more, by other means than the program's.

Plain SQL that asks PostgreSQL for local times by the name of the zone, and counts one
row after the other; used for tests and over half a million appointments.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from desk_app.domain.reports.asking import ReportKind, ReportQuery
from desk_app.domain.reports.periods import Period
from tests.factories import rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date, datetime

    from desk_app.db.session import Sessions
    from desk_app.services.reports import Reports

_LOCAL = "(a.start_time AT TIME ZONE p.timezone)"
_OF_DAYS = """
    FROM appointment a JOIN provider p ON p.provider_id = a.provider_id
        JOIN service s ON s.service_id = a.service_id
    WHERE CAST({local} AS date) BETWEEN :first AND :last"""
_LATE = """a.status = 'CANCELLED' AND a.cancelled_by = 'CLIENT'
    AND extract(epoch FROM a.start_time - a.cancelled_at)
        < a.cancellation_hours * 3600"""
_MISSED = f"""
    SELECT count(*) FILTER (WHERE a.status = 'NO_SHOW'),
        count(*) FILTER (WHERE a.status IN
            ('PENDING', 'CONFIRMED', 'COMPLETED', 'NO_SHOW')),
        count(*) FILTER (WHERE {_LATE}),
        count(*) FILTER (WHERE coalesce(a.cancelled_by, '') <> 'UNDO'), {{key}}
    {_OF_DAYS} AND a.start_time < :now GROUP BY {{key}}"""
_LEAD = """CASE WHEN extract(epoch FROM a.start_time - a.created_at) < 172800
    THEN floor(extract(epoch FROM a.start_time - a.created_at) / 3600)
    ELSE 24 * floor(extract(epoch FROM a.start_time - a.created_at) / 86400) END"""
_LEADS = f"""
    SELECT count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY {_LEAD}),
        percentile_disc(0.9) WITHIN GROUP (ORDER BY {_LEAD}), {{key}}
    {_OF_DAYS} AND NOT a.created_at > a.start_time
        AND coalesce(a.cancelled_by, '') <> 'UNDO' GROUP BY {{key}}"""
_WAIT = "floor(extract(epoch FROM a.seen_at - a.arrived_at) / 60)"
_WAITS = f"""
    SELECT count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY {_WAIT}),
        percentile_disc(0.9) WITHIN GROUP (ORDER BY {_WAIT}), {{key}}
    {_OF_DAYS} AND a.start_time < :now AND a.arrived_at IS NOT NULL
        AND a.seen_at IS NOT NULL AND NOT a.seen_at < a.arrived_at
        AND a.status NOT IN ('CANCELLED') GROUP BY {{key}}"""
_BOOKED = f"""
    SELECT CAST(sum(extract(epoch FROM a.end_time - a.start_time)) AS bigint), {{key}}
    {_OF_DAYS} AND a.status IN ('PENDING', 'CONFIRMED', 'COMPLETED', 'NO_SHOW')
    GROUP BY {{key}}"""
_DUE = "(coalesce(a.cancelled_at, a.no_show_at, a.start_time) AT TIME ZONE p.timezone)"
_REFUNDS = (
    """
    SELECT count(*), sum(a.refund_due), count(a.refund_given_at),
        sum(CASE WHEN a.refund_given_at IS NULL THEN 0 ELSE a.refund_due END), {key}
    """
    + _OF_DAYS
    + " AND a.refund_due > 0 GROUP BY {key}"
)

KEYS = {
    "all": "CAST('' AS text)",
    "provider": "a.provider_id",
    "service": "s.name",
    "weekday": f"CAST(extract(isodow FROM {_LOCAL}) AS int) - 1",
    "hour": f"CAST(extract(hour FROM {_LOCAL}) AS int)",
    "weekday and hour": (
        f"CAST(extract(isodow FROM {_LOCAL}) AS int) - 1,"
        f" CAST(extract(hour FROM {_LOCAL}) AS int)"
    ),
    "week": f"CAST(date_trunc('week', {_LOCAL}) AS date)",
    "provider and week": f"a.provider_id, CAST(date_trunc('week', {_LOCAL}) AS date)",
    "month and currency": f"CAST(date_trunc('month', {_DUE}) AS date), a.currency",
    "provider and currency": "a.provider_id, a.currency",
    "currency": "a.currency",
}


@dataclass(frozen=True, slots=True)
class Recount:
    """Counts a stretch of local days once more, as things stand at `now`."""

    sessions: Sessions
    first: date
    last: date
    now: datetime

    def missed(self, key: str) -> dict[Any, Any]:
        """Return no-shows, those due, late cancellations and those booked by key."""
        return self._by(_MISSED, key, 4)

    def leads(self, key: str) -> dict[Any, Any]:
        """Return how many, the middle one and nine in ten, in hours."""
        return self._by(_LEADS, key, 3)

    def waits(self, key: str) -> dict[Any, Any]:
        """Return the same of waiting, in minutes."""
        return self._by(_WAITS, key, 3)

    def booked(self, key: str) -> dict[Any, Any]:
        """Return booked seconds."""
        return {name: one for name, (one,) in self._by(_BOOKED, key, 1).items()}

    def refunds(self, key: str) -> dict[Any, Any]:
        """Return how many are due and how much, how many were given and how much."""
        return self._by(_REFUNDS, key, 4, _DUE)

    def _by(
        self, sql: str, key: str, width: int, local: str = _LOCAL
    ) -> dict[Any, Any]:
        statement = sql.format(key=KEYS[key], local=local)
        found = rows(
            self.sessions, statement, first=self.first, last=self.last, now=self.now
        )
        return {
            row[width] if len(row) == width + 1 else tuple(row[width:]): tuple(
                row[:width]
            )
            for row in found
        }


_OPEN = """
    WITH day AS (SELECT p.provider_id, p.timezone, CAST(d AS date) AS day
        FROM provider p,
            generate_series(CAST(:first AS date), :last, interval '1 day') d)
    , hours AS (SELECT d.provider_id, d.day, range_agg(tstzrange(
            (d.day + v.start_time) AT TIME ZONE d.timezone,
            (d.day + v.end_time + CASE WHEN v.end_time = '00:00' THEN interval '1 day'
                ELSE interval '0' END) AT TIME ZONE d.timezone)) AS span
        FROM day d JOIN availability v ON v.provider_id = d.provider_id
            AND v.is_active AND v.day_of_week = extract(isodow FROM d.day) - 1
            AND (v.valid_from IS NULL OR v.valid_from <= d.day)
            AND (v.valid_until IS NULL OR v.valid_until >= d.day)
            AND (v.every_other_from IS NULL
                OR ((d.day - v.every_other_from) % 14 + 14) % 14 < 7)
        GROUP BY d.provider_id, d.day)
    , closed AS (SELECT d.provider_id, d.day, range_agg(tstzrange(
            (d.day + c.start_time) AT TIME ZONE d.timezone,
            (d.day + c.end_time + CASE WHEN c.end_time = '00:00' THEN interval '1 day'
                ELSE interval '0' END) AT TIME ZONE d.timezone)) AS span
        FROM day d JOIN closure c ON c.day = d.day GROUP BY d.provider_id, d.day)
    , exception AS (SELECT d.provider_id, d.day, o.is_blocked, range_agg(tstzrange(
            (d.day + o.start_time) AT TIME ZONE d.timezone,
            (d.day + o.end_time) AT TIME ZONE d.timezone)) AS span
        FROM day d JOIN availability_override o
            ON o.provider_id = d.provider_id AND o.date = d.day
        GROUP BY d.provider_id, d.day, o.is_blocked)
    , opened AS (SELECT d.provider_id, d.day,
            coalesce(h.span, '{}') - coalesce(c.span, '{}') + coalesce(e.span, '{}')
                - coalesce(b.span, '{}') AS span
        FROM day d
            LEFT JOIN hours h USING (provider_id, day)
            LEFT JOIN closed c USING (provider_id, day)
            LEFT JOIN exception e ON e.provider_id = d.provider_id AND e.day = d.day
                AND NOT e.is_blocked
            LEFT JOIN exception b ON b.provider_id = d.provider_id AND b.day = d.day
                AND b.is_blocked)
    SELECT o.provider_id, CAST(date_trunc('week', o.day) AS date),
        CAST(sum(extract(epoch FROM upper(part) - lower(part))) AS bigint)
    FROM opened o, unnest(o.span) part GROUP BY 1, 2"""


def open_seconds(recount: Recount) -> dict[tuple[int, date], int]:
    """Count open time once more, with sets of spans of PostgreSQL."""
    found = rows(recount.sessions, _OPEN, first=recount.first, last=recount.last)
    return {(row[0], row[1]): row[2] for row in found}


def disagreements(reports: Reports, recount: Recount) -> list[str]:
    """Say which figures of the reports differ from what is counted here."""
    period = Period(recount.first, recount.last)
    told = {
        kind: reports.read(ReportQuery(kind, period)).figures for kind in ReportKind
    }
    before = period.before()
    assert before is not None
    earlier = replace(recount, first=before.first, last=before.last)
    return [
        f"{name}, {side}: {said} is not {counted}"
        for side, other in (("now", recount), ("before", earlier))
        for name, said, counted in _pairs(told, other, side)
        if said != counted or not counted
    ]


def _pairs(
    told: dict[ReportKind, Any], recount: Recount, side: str
) -> Iterator[tuple[str, dict[Any, Any], dict[Any, Any]]]:
    yield from _missed(told, recount, side)
    yield from _spread(told[ReportKind.LEAD_TIME], recount.leads, side)
    yield from _spread(told[ReportKind.WAITING_TIME], recount.waits, side)
    yield from _usage(told[ReportKind.UTILISATION], recount, side)
    yield from _refunds(told[ReportKind.REFUNDS], recount, side)


def _missed(
    told: dict[ReportKind, Any], recount: Recount, side: str
) -> Iterator[tuple[str, dict[Any, Any], dict[Any, Any]]]:
    places = {ReportKind.NO_SHOWS: (0, 1), ReportKind.LATE_CANCELLATIONS: (2, 3)}
    for kind, (part, whole) in places.items():
        figures = told[kind]
        for key, found in (
            ("all", (figures.total,)),
            ("provider", figures.by_provider),
            ("service", figures.by_service),
            ("weekday", figures.by_weekday),
            ("hour", figures.by_hour),
        ):
            counted = {
                name: (row[part], row[whole])
                for name, row in recount.missed(key).items()
                if row[whole]
            }
            yield f"{kind} by {key}", _parts(found, side), counted
        if side == "now":
            counted = {
                name: (row[part], row[whole])
                for name, row in recount.missed("weekday and hour").items()
                if row[whole]
            }
            heat = figures.by_weekday_hour.items()
            said = {name: (share.part, share.whole) for name, share in heat}
            yield f"{kind} by weekday and hour", said, counted


def _parts(found: Iterable[Any], side: str) -> dict[Any, tuple[int, int]]:
    both = {one.key: getattr(one, side) for one in found}
    return {key: (s.part, s.whole) for key, s in both.items() if s.part or s.whole}


def _spread(
    figures: Any, count: Callable[[str], dict[Any, Any]], side: str
) -> Iterator[tuple[str, dict[Any, Any], dict[Any, Any]]]:
    for key in ("provider", "service", "hour"):
        found = getattr(figures, f"by_{key}", None)
        if found is not None:
            both = {one.key: getattr(one, side) for one in found}
            said = {
                name: (s.count, s.median, s.nine_in_ten)
                for name, s in both.items()
                if s.count
            }
            yield f"{type(figures).__name__} by {key}", said, count(key)
    total = getattr(figures.total, side)
    said = {"": (total.count, total.median, total.nine_in_ten)}
    yield type(figures).__name__, said, count("all")


def _usage(
    figures: Any, recount: Recount, side: str
) -> Iterator[tuple[str, dict[Any, Any], dict[Any, Any]]]:
    booked, opened = recount.booked("provider and week"), open_seconds(recount)
    cells = {key: (booked.get(key, 0), opened.get(key, 0)) for key in booked | opened}
    yield (
        "booked and open by provider",
        _parts(figures.by_provider, side),
        _summed(cells, 0),
    )
    if side == "now":
        matrix = figures.by_provider_week.items()
        said = {key: (share.part, share.whole) for key, share in matrix}
        yield "booked and open by provider and week", said, cells
        yield (
            "booked and open by week",
            _parts(figures.by_week, side),
            _summed(cells, 1),
        )


def _summed(
    cells: dict[Any, tuple[int, int]], place: int
) -> dict[Any, tuple[int, int]]:
    sums: dict[Any, tuple[int, int]] = {}
    for key, (booked, opened) in cells.items():
        before = sums.get(key[place], (0, 0))
        sums[key[place]] = (before[0] + booked, before[1] + opened)
    return sums


def _refunds(
    figures: Any, recount: Recount, side: str
) -> Iterator[tuple[str, dict[Any, Any], dict[Any, Any]]]:
    lists = {"month": {}, "provider": {}} if side == "now" else {"provider": {}}
    for of in figures.currencies:
        for key, said in lists.items():
            for one in getattr(of, f"by_{key}"):
                refund = getattr(one, side)
                if refund.visits:
                    said[one.key, of.currency] = (
                        refund.visits,
                        refund.due,
                        refund.visits_given,
                        refund.given,
                    )
    for key, said in lists.items():
        yield f"refunds by {key}", said, recount.refunds(f"{key} and currency")
