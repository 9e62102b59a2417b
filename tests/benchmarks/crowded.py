"""Half a million appointments of three years, as a busy practice has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.benchmarks.bench_clients import fill_people

if TYPE_CHECKING:
    import psycopg

PEOPLE, VISITS, PROVIDERS = 20_000, 500_000, 12
_ZONES = "Europe/Berlin Europe/London America/New_York Asia/Kolkata"
_PROVIDERS = """
    INSERT INTO provider (name, type, timezone)
    SELECT 'Dr ' || number, 'DOCTOR', (CAST(%(zones)s AS text[]))[1 + number %% 4]
    FROM generate_series(1, %(count)s) number"""
_SERVICES = """
    INSERT INTO service (provider_id, name, duration_minutes, price, currency)
    SELECT provider_id, title, 10, 60, 'EUR' FROM provider, unnest(
        ARRAY['Check-up', 'Follow-up', 'First visit', 'Blood test', 'Advice']
    ) AS offered (title)
    ORDER BY provider_id"""
_HOURS = """
    INSERT INTO availability (provider_id, day_of_week, start_time, end_time)
    SELECT provider_id, weekday, start_time, end_time
    FROM provider, generate_series(0, 4) weekday,
    (VALUES (time '08:00', time '12:00'), ('13:00', '18:00'))
        AS h (start_time, end_time)"""
_BLOCKS = """
    INSERT INTO availability_override (provider_id, date, start_time, end_time,
        is_blocked)
    SELECT provider_id, current_date - 1090 + 11 * n + provider_id, '09:00',
        '10:30', n % 3 > 0
    FROM provider, generate_series(0, 99) n"""
# Triggers would read the service of each row, so they rest while it is filled.
_VISITS = """
    INSERT INTO appointment (provider_id, client_id, service_id, start_time, end_time,
        busy_until, status, created_at, created_by, cancelled_at, cancelled_by, price,
        currency, cancellation_hours, refund_due, refund_given_at, arrived_at, seen_at,
        left_at, no_show_at)
    SELECT p.provider_id, 1 + dice %% %(people)s,
        1 + dice %% 5 + 5 * (p.provider_id - 1), start,
        start + interval '10 minutes', start + interval '10 minutes', status,
        start - made, 'reception',
        CASE WHEN status = 'CANCELLED' THEN start - notice END,
        CASE WHEN status = 'CANCELLED' THEN
            (ARRAY['CLIENT', 'CLIENT', 'CLIENT', 'PRACTICE', 'UNDO'])[1 + dice / 7 %% 5]
            END,
        60, 'EUR', 24,
        CASE WHEN status = 'CANCELLED' THEN CASE WHEN notice > interval '24 hours'
            THEN 60 ELSE 0 END END,
        CASE WHEN status = 'CANCELLED' AND dice %% 4 > 0
            AND notice > interval '24 hours' THEN start END,
        CASE WHEN status = 'COMPLETED' THEN start - early END,
        CASE WHEN status = 'COMPLETED' THEN start - early + wait END,
        CASE WHEN status = 'COMPLETED' THEN start - early + wait + interval '9 min' END,
        CASE WHEN status = 'NO_SHOW' THEN start + interval '15 minutes' END
    FROM generate_series(0, %(count)s - 1) number,
    LATERAL (SELECT number::bigint * 48271 %% 2147483647 AS dice,
        number / 12 %% 54 AS slot, number / 12 / 54 AS workday) d,
    LATERAL (SELECT provider_id, timezone FROM provider
        WHERE provider_id = 1 + number %% 12) p,
    LATERAL (SELECT (date_trunc('week', current_date)::date - 1064
        + workday / 5 * 7 + workday %% 5 + time '08:00' + slot * interval '10 minutes')
        AT TIME ZONE p.timezone AS start) visit,
    LATERAL (SELECT CASE WHEN start > now() THEN 'CONFIRMED'
        WHEN dice %% 100 < 4 + slot / 18 THEN 'NO_SHOW'
        WHEN dice %% 100 < 16 THEN 'CANCELLED'
        WHEN dice %% 100 < 18 THEN 'CONFIRMED' ELSE 'COMPLETED' END AS status,
        make_interval(secs => 3600 + dice / 11 %% 2592000) AS made,
        make_interval(secs => 600 + dice / 13 %% 250000) AS notice,
        make_interval(secs => dice / 17 %% 900) AS early,
        make_interval(secs => dice / 19 %% 2700) AS wait) told"""


def fill(connection: psycopg.Connection[Any]) -> None:
    """Fill an empty practice."""
    connection.execute(_PROVIDERS, {"zones": _ZONES.split(), "count": PROVIDERS})
    for statement in (_SERVICES, _HOURS, _BLOCKS):
        connection.execute(statement)
    fill_people(connection, PEOPLE)
    connection.execute("SET session_replication_role = replica")
    connection.execute(_VISITS, {"count": VISITS, "people": PEOPLE})
    connection.execute("SET session_replication_role = origin")
    connection.execute("VACUUM ANALYZE")
