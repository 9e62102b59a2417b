"""Attacks on appointments: past the rules that hold for everybody who books."""

from __future__ import annotations

from tests.attacks.oracle import Attack
from tests.attacks.world import INSIDE, Who

_BOOKERS = frozenset({Who.RECEPTIONIST, Who.MANAGER})
_DESKS = frozenset({Who.RECEPTIONIST, Who.PROVIDER, Who.MANAGER})
_CHECK = frozenset({"42501", "23514"})
_INTO = (
    "INSERT INTO appointment (provider_id, client_id, service_id, start_time, end_time,"
    " status{more}) VALUES ({provider}, {client}, {provider}, {start}, {end},"
    " '{status}'{values})"
)


def _booking(provider: int = 1, client: int = 1, **changes: str) -> str:
    given = {
        "start": "'2030-07-01 09:00+00'",
        "end": "'2030-07-01 09:30+00'",
        "status": "CONFIRMED",
        "more": "",
        "values": "",
    }
    return _INTO.format(provider=provider, client=client, **given | changes)


_BOOKING = [
    Attack(
        "a time that is taken",
        _booking(start="'2030-03-04 09:10+00'", end="'2030-03-04 09:40+00'"),
        by=_DESKS,
        refused_by=frozenset({"23P01"}),
    ),
    Attack(
        "a time that is taken, later checked",
        "SET CONSTRAINTS ALL DEFERRED;;"
        + _booking(start="'2030-03-04 09:10+00'", end="'2030-03-04 09:40+00'"),
        by=_DESKS,
        refused_by=frozenset({"23P01"}),
    ),
    Attack(
        "a move over another",
        "UPDATE appointment SET start_time = '2030-03-04 09:15+00',"
        " end_time = '2030-03-04 09:45+00', version = version + 1"
        " WHERE appointment_id = 2;;"
        "UPDATE appointment SET provider_id = 2, service_id = 2,"
        " version = version + 1 WHERE appointment_id = 1",
        by=_BOOKERS,
        refused_by=frozenset({"23P01"}),
    ),
    Attack(
        "a visit that ends before it starts",
        _booking(end="'2030-07-01 08:30+00'"),
        by=_DESKS,
        refused_by=_CHECK,
    ),
    Attack(
        "a visit in eternity",
        _booking(start="'infinity'", end="'infinity'"),
        by=_DESKS,
        refused_by=_CHECK,
    ),
    Attack(
        "a busy time of one's own",
        _booking(more=", busy_until", values=", '2030-07-01 09:00+00'"),
    ),
    Attack("a visit for nothing", _booking(more=", price", values=", 0")),
    Attack(
        "a visit in another's name", _booking(more=", created_by", values=", 'mia'")
    ),
    Attack(
        "a visit made yesterday",
        _booking(more=", created_at", values=", '2020-01-01 00:00+00'"),
    ),
    Attack(
        "a link of one's own",
        _booking(more=", meeting_link", values=", 'https://evil.example'"),
    ),
    *[
        Attack(
            f"a visit that begins as {status}",
            _booking(status=status, more=more, values=values),
            by=_DESKS,
            refused_by=_CHECK,
        )
        for status, more, values in (
            ("COMPLETED", "", ""),
            ("NO_SHOW", "", ""),
            ("CANCELLED", "", ""),
        )
    ],
    Attack(
        "a visit for another provider", _booking(2, 2), by=frozenset({Who.PROVIDER})
    ),
    Attack(
        "a visit by another's service",
        "INSERT INTO appointment (provider_id, client_id, service_id, start_time,"
        " end_time, status) VALUES (1, 1, 2, '2030-07-01 09:00+00',"
        " '2030-07-01 09:30+00', 'CONFIRMED')",
        by=_DESKS,
        refused_by=frozenset({"23503"}),
    ),
    Attack(
        "a visit over another by the same number",
        "INSERT INTO appointment (appointment_id, provider_id, client_id, service_id,"
        " start_time, end_time, status) OVERRIDING SYSTEM VALUE VALUES (2, 1, 1, 1,"
        " '2030-07-01 09:00+00', '2030-07-01 09:30+00', 'CONFIRMED')",
    ),
    Attack(
        "a booking by somebody who does not book",
        _booking(),
        by=INSIDE - _DESKS,
    ),
]
_CHANGING = [
    Attack(
        "a version skipped",
        "UPDATE appointment SET status = 'CANCELLED', cancelled_at = now(),"
        " version = version + 2 WHERE appointment_id = 1",
        by=_DESKS,
        refused_by=frozenset({"23514"}),
    ),
    Attack(
        "a change without a version",
        "UPDATE appointment SET notes = 'x' WHERE appointment_id = 1",
        by=_DESKS,
        refused_by=frozenset({"23514"}),
    ),
    *[
        Attack(
            f"a visit that is over becomes {status}",
            f"UPDATE appointment SET status = '{status}', version = version + 1"
            " WHERE appointment_id = 3",
            by=_DESKS,
            refused_by=frozenset({"23514"}),
        )
        for status in ("PENDING", "CANCELLED", "NO_SHOW", "GONE")
    ],
    Attack(
        "a visit cancelled without a time",
        "UPDATE appointment SET status = 'CANCELLED', version = version + 1"
        " WHERE appointment_id = 1",
        by=_DESKS,
        refused_by=frozenset({"23514"}),
    ),
    *[
        Attack(
            f"another {column} of a visit",
            f"UPDATE appointment SET {column} = {value}, version = version + 1"
            " WHERE appointment_id = 1",
        )
        for column, value in (
            ("price", "0"),
            ("currency", "'USD'"),
            ("created_by", "'mia'"),
            ("created_at", "now()"),
            ("booking_key", "gen_random_uuid()"),
            ("busy_until", "end_time"),
            ("client_id", "2"),
            ("cancellation_hours", "0"),
            ("booked_via", "'ONLINE'"),
            ("no_show_by", "'mia'"),
            ("refund_given_by", "'mia'"),
        )
    ],
    Attack(
        "a refund above the price",
        "UPDATE appointment SET refund_due = 6000, version = version + 1"
        " WHERE appointment_id = 1",
        by=_DESKS,
        refused_by=frozenset({"23514"}),
    ),
    *[
        Attack(
            f"a visit cancelled long ago becomes {status}",
            f"UPDATE appointment SET status = '{status}', cancelled_at = NULL,"
            " version = version + 1 WHERE appointment_id = 4",
            by=_DESKS,
            refused_by=frozenset({"23514"}),
        )
        for status in ("PENDING", "CONFIRMED")
    ],
    Attack(
        "a time that is taken, put off to the end",
        "SET CONSTRAINTS ALL DEFERRED;; INSERT INTO appointment (provider_id,"
        " client_id, service_id, start_time, end_time, status) VALUES (1, 1, 1,"
        " '2030-03-04 09:00+00', '2030-03-04 09:30+00', 'CONFIRMED')",
        by=_DESKS,
        refused_by=frozenset({"23P01"}),
    ),
    Attack("a visit deleted", "DELETE FROM appointment"),
    Attack("a client deleted", "DELETE FROM client"),
    Attack("a provider deleted", "DELETE FROM provider"),
    Attack("a service deleted", "DELETE FROM service"),
    Attack(
        "a visit merged away",
        "MERGE INTO appointment a USING (SELECT 1) x ON a.appointment_id = 1"
        " WHEN MATCHED THEN DELETE",
    ),
    Attack(
        "a poisoned client",
        "UPDATE client SET same_day_locked_until = 'infinity' WHERE client_id = 1",
        by=_DESKS,
        refused_by=frozenset({"23514"}),
    ),
    Attack(
        "a client entered in another's name",
        "INSERT INTO client (name, created_by) VALUES ('X', 'mia')",
    ),
    Attack("a client's origin", "UPDATE client SET created_by = session_user"),
    Attack("a client's erasure", "UPDATE client SET erased_at = now()"),
]

ATTACKS = [*_BOOKING, *_CHANGING]
