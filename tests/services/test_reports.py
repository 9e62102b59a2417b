"""The figures of the reports, beside those that plain SQL counts in another way."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from desk_app.db.queries import reports as rows
from desk_app.db.queries.pipeline import ask
from desk_app.db.queries.reports import Asked
from desk_app.domain.appointment import Status
from desk_app.domain.reports.asking import CountedQuery, ReportKind, ReportQuery
from desk_app.domain.reports.clocks import clocks
from desk_app.domain.reports.periods import Period
from desk_app.domain.reports.shares import Share
from desk_app.errors import NotAllowed
from desk_app.services.reports import Reports
from tests import factories
from tests.counted import Recount, disagreements
from tests.desks import Desks

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.domain.appointment import Appointment

# Both clocks of Berlin and of New York change in between.
FIRST, LAST = date(2026, 3, 2), date(2026, 4, 12)
# Where the days begin that they are compared with.
EARLIER = date(2026, 1, 19)
NOW = datetime(2026, 4, 9, 10, 7, tzinfo=UTC)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata")
SLOTS = 13_500
SOME = 700
_INSERT = """
    INSERT INTO appointment (provider_id, service_id, client_id, start_time, end_time,
        busy_until, status, created_at, cancelled_at, cancelled_by, price, currency,
        cancellation_hours, refund_due, refund_given_at, arrived_at, seen_at,
        no_show_at)
    SELECT provider_id, service_id, client_id, start_time, end_time, end_time, status,
        created_at, cancelled_at, cancelled_by, price, currency, cancellation_hours,
        refund_due, refund_given_at, arrived_at, seen_at, no_show_at
    FROM jsonb_populate_recordset(NULL::appointment, CAST(:rows AS jsonb))"""


def crowd(sessions: Sessions) -> list[int]:
    """Make three providers in three zones with some 2,000 appointments at random."""
    dice = Random(20260302)
    client = factories.client(sessions)
    made, providers = [], []
    for zone in ZONES:
        provider = factories.provider(sessions, name=zone, timezone=zone)
        providers.append(provider)
        services = [
            factories.service(sessions, provider, name=name)
            for name in ("Check-up", "Follow-up", zone)
        ]
        _open(sessions, provider)
        begin = datetime(2026, 1, 12, tzinfo=UTC)
        for slot in dice.sample(range(SLOTS), SOME):
            at = 10 * slot + 2
            start = begin + timedelta(minutes=at, seconds=dice.randrange(60))
            whose = {"service_id": dice.choice(services), "client_id": client}
            made.append({"provider_id": provider} | whose | _visit(dice, start))
        # The first minute counts, the one after the last does not.
        for day in (EARLIER, FIRST, LAST, LAST + timedelta(days=1)):
            start = datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
            whose = {"service_id": services[0], "client_id": client}
            made.append(
                {"provider_id": provider}
                | whose
                | _visit(dice, start)
                | {"end_time": start + timedelta(minutes=1), "status": "CONFIRMED"}
                | dict.fromkeys(("cancelled_at", "cancelled_by", "no_show_at"))
            )
    with sessions.begin() as session:
        session.execute(text("SET LOCAL session_replication_role = replica"))
        session.execute(text(_INSERT), {"rows": json.dumps(made, default=str)})
        session.execute(text("SET LOCAL session_replication_role = origin"))
    return providers


def _visit(dice: Random, start: datetime) -> dict[str, Any]:
    """Return one appointment of any kind, some of them odd."""
    hours = dice.choice((0, 2, 24, 48))
    status = dice.choice(("PENDING", "CONFIRMED", "CANCELLED", "COMPLETED", "NO_SHOW"))
    is_cancelled = status == "CANCELLED"
    # On the deadline itself is in time.
    notice = dice.choice((hours * 3600, dice.randrange(-7200, 400_000)))
    refund = (
        dice.choice((None, 0, 15, 60.5)) if status in ("CANCELLED", "NO_SHOW") else None
    )
    arrived = start - timedelta(seconds=dice.randrange(-600, 1200))
    came = dice.random() < 0.8
    return {
        "start_time": start,
        "end_time": start + timedelta(minutes=dice.choice((3, 5, 7))),
        "status": status,
        "created_at": start - timedelta(seconds=dice.randrange(-90_000, 5_000_000)),
        "cancelled_at": start - timedelta(seconds=notice) if is_cancelled else None,
        "cancelled_by": dice.choice(("CLIENT", "CLIENT", "PRACTICE", "UNDO", None))
        if is_cancelled
        else None,
        "price": 60.5,
        "currency": dice.choice(("EUR", "EUR", "CHF")),
        "cancellation_hours": hours,
        "refund_due": refund,
        "refund_given_at": start if refund and dice.random() < 0.5 else None,
        "arrived_at": arrived if came else None,
        "seen_at": arrived + timedelta(seconds=dice.randrange(-300, 4000))
        if came and dice.random() < 0.9
        else None,
        "no_show_at": start + timedelta(days=dice.randrange(40))
        if status == "NO_SHOW" and dice.random() < 0.8
        else None,
    }


def _open(sessions: Sessions, provider: int) -> None:
    """Give hours of every kind, exceptions and a night over a change of the clock."""
    factories.hours(sessions, provider, time(8), time(12), range(5))
    factories.hours(sessions, provider, time(22), time(0), range(5))
    for start, values in (
        (time(13), {"every_other_from": date(2026, 3, 2)}),
        (time(15), {"valid_from": date(2026, 3, 19)}),
        (time(16), {"valid_until": date(2026, 3, 19)}),
    ):
        factories.rows(
            sessions,
            "INSERT INTO availability (provider_id, day_of_week, start_time, end_time,"
            " every_other_from, valid_from, valid_until) VALUES (:id, 3, :start, :end,"
            " :every_other_from, :valid_from, :valid_until)",
            id=provider,
            start=start,
            end=start.replace(minute=45),
            **dict.fromkeys(("every_other_from", "valid_from", "valid_until")) | values,
        )
    factories.hours(sessions, provider, time(0, 30), time(6), range(6, 7))
    night = {"start_time": time(1, 30), "end_time": time(7), "is_blocked": False}
    factories.override(sessions, provider, date=date(2026, 3, 15), **night)
    factories.override(sessions, provider, date=date(2026, 3, 10), end_time=time(10))


def test_each_figure_is_what_plain_sql_counts(sessions: Sessions) -> None:
    crowd(sessions)
    factories.rows(
        sessions,
        "INSERT INTO closure (day, start_time, end_time, name)"
        " VALUES ('2026-03-11', '09:00', '00:00', 'Outing')",
    )
    reports = Reports(sessions, lambda: NOW)
    assert disagreements(reports, Recount(sessions, FIRST, LAST, NOW)) == []


def test_filters_leave_what_was_asked_for(sessions: Sessions) -> None:
    berlin, *_ = crowd(sessions)
    reports = Reports(sessions, lambda: NOW)
    period = Period(FIRST, LAST)
    whole: Any = reports.read(ReportQuery(ReportKind.NO_SHOWS, period)).figures
    one: Any = reports.read(ReportQuery(ReportKind.NO_SHOWS, period, berlin)).figures
    named = reports.read(ReportQuery(ReportKind.NO_SHOWS, period, service="Check-up"))
    found: Any = named.figures
    by_provider = {each.key: each.now for each in whole.by_provider}
    by_service = {each.key: each.now for each in whole.by_service}
    assert one.total.now == by_provider[berlin]
    assert found.total.now == by_service["Check-up"]
    names = ("America/New_York", "Asia/Kolkata", "Check-up", *ZONES[:1], "Follow-up")
    assert named.services == names


@pytest.mark.parametrize("kind", [ReportKind.NO_SHOWS, ReportKind.LATE_CANCELLATIONS])
def test_what_a_figure_counted_can_be_listed(
    sessions: Sessions, kind: ReportKind
) -> None:
    crowd(sessions)
    reports, query = (
        Reports(sessions, lambda: NOW),
        ReportQuery(kind, Period(FIRST, LAST)),
    )
    figures: Any = reports.read(query).figures
    cells = figures.by_weekday_hour.items()
    (weekday, hour), share = max(cells, key=lambda item: item[1].part)
    found = reports.counted(CountedQuery(query, (24 * weekday + hour,)))
    assert len(found) == share.part > 0
    local = [each.start.astimezone(zone_of(sessions, each)) for each in found]
    assert {(at.weekday(), at.hour) for at in local} == {(weekday, hour)}
    (one,) = {each.status for each in found}
    assert one in (Status.NO_SHOW, Status.CANCELLED)


def zone_of(sessions: Sessions, of: Appointment) -> ZoneInfo:
    """Return the zone of an appointment's provider."""
    query = "SELECT timezone FROM provider WHERE provider_id = :id"
    return ZoneInfo(factories.rows(sessions, query, id=of.provider_id)[0][0])


def test_an_empty_practice_has_reports_of_nothing(sessions: Sessions) -> None:
    reports, period = Reports(sessions, lambda: NOW), Period(FIRST, LAST)
    told: list[Any] = [
        reports.read(ReportQuery(kind, period)).figures for kind in ReportKind
    ]
    assert told[0].total.now == told[1].total.now == Share()
    assert told[-1].total.now.count == 0


def test_each_role_sees_what_is_theirs(database_url: str) -> None:
    period = Period(FIRST, LAST)
    query = ReportQuery(ReportKind.UTILISATION, period)
    with Desks(database_url) as desks:
        berlin, new_york, _ = crowd(desks.owner)
        factories.setting(desks.owner, "providers_read_all", True)
        everything = Reports(desks.owner, lambda: NOW).read(query)
        assert Reports(desks.manager(), lambda: NOW).read(query) == everything
        own = Reports(desks.provider(berlin), lambda: NOW)
        figures: Any = own.read(query).figures
        assert [one.key for one in figures.by_provider] == [berlin]
        assert own.read(query).is_own
        of_other: Any = own.read(replace(query, provider_id=new_york)).figures
        assert of_other.total.now == Share()
        with pytest.raises(NotAllowed):
            Reports(desks.receptionist(), lambda: NOW).read(query)


def test_what_the_database_hides_is_not_counted(database_url: str) -> None:
    query = ReportQuery(ReportKind.NO_SHOWS, Period(FIRST, LAST))
    with Desks(database_url) as desks:
        berlin, *others = crowd(desks.owner)
        mine = desks.provider(berlin)
        zones = dict.fromkeys((berlin, *others), "UTC")
        counted = rows.misses(Asked(clocks(zones, query.period)))
        with mine.begin() as session:
            assert {cell.provider_id for cell in ask(session, counted)} == {berlin}
