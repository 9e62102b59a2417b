"""One harmless row for every table, made from what the models say of its columns.

A new table is found by itself. Where a CHECK asks for more than a type can tell,
`GIVEN` says what its row holds.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError

from desk_app.db.models import Base

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

Rows: TypeAlias = dict[str, dict[str, Any]]
"""By table: one of its rows."""

GIVEN: dict[str, dict[str, Any]] = {
    "availability": {"start_time": time(9), "end_time": time(17)},
    "availability_override": {
        "start_time": time(9),
        "end_time": time(17),
        "starts_at": NOON,
        "ends_at": NOON + timedelta(hours=1),
        "import_id": None,
    },
    "appointment": {
        "end_time": NOON + timedelta(minutes=30),
        "status": "CONFIRMED",
        "price": 60,
        "refund_due": 0,
        "cancelled_at": None,
        "no_show_at": None,
        "lock_out_until": None,
        "refund_given_at": None,
        "import_id": None,
    },
    "closure": {"day": date(2026, 12, 25), "end_time": time(0)},
    # Rows are added to an import while it runs, and by nobody else.
    "client": {"import_id": None},
    "desk_enrolment": {"taken_at": None, "taken_by": None},
    "message_text": {"kind": "confirmation", "language": "en"},
    "practice_setting": {"name": "practice_name", "value": "Practice"},
    "slot_hold": {"end_time": NOON + timedelta(minutes=30)},
    "waitlist_entry": {"weekdays": "024", "calling_until": None},
}

# Columns of the same name mean the same thing everywhere.
_BY_NAME = {
    "timezone": "Europe/Berlin",
    "currency": "EUR",
    "email": "",
    "phone": "+493023125001",
    "colour": "#2563eb",
    "link": "https://meet.example/1",
    "meeting_link": "https://meet.example/1",
}
_BY_TYPE: tuple[tuple[type[Any], Any], ...] = (
    (sa.ARRAY, [1]),
    (sa.Boolean, True),
    (sa.Integer, 1),
    (sa.Numeric, 1),
    (sa.DateTime, NOON),
    (sa.Date, date(2026, 3, 2)),
    (sa.Time, time(9)),
    (postgresql.BYTEA, b"\0" * 32),
    (postgresql.JSONB, {"kind": "harmless"}),
    (sa.Text, "harmless"),
)


def tables() -> list[sa.Table]:
    """Return every table, those first that others refer to."""
    return list(Base.metadata.sorted_tables)


def columns(*kinds: type[Any]) -> Iterator[sa.Column[Any]]:
    """Yield what can be written of these types, in every table."""
    for table in tables():
        for column in table.columns:
            if column.computed is None and isinstance(column.type, kinds):
                yield column


def fill(session: Session) -> Rows:
    """Give every table that has no row a harmless one; return one of each."""
    rows: Rows = {}
    for table in tables():
        found = session.execute(sa.select(table).limit(1)).first()
        if found is None:
            found = _insert(session, table, harmless(table, rows))
        rows[table.name] = dict(found._mapping)
    return rows


def _insert(session: Session, table: sa.Table, row: dict[str, Any]) -> sa.Row[Any]:
    needed = {k: v for k, v in row.items() if not table.columns[k].nullable}
    insert = sa.insert(table).returning(table)
    try:
        with session.begin_nested():
            return session.execute(insert.values(row)).one()
    except IntegrityError:  # "nothing" may mean something in this table
        return session.execute(insert.values(needed)).one()


def harmless(table: sa.Table, rows: Rows) -> dict[str, Any]:
    """Return a row for a table, whose foreign keys lead to `rows`."""
    row = {
        column.name: _value(column, rows)
        for column in table.columns
        if column.computed is None and column.identity is None
    }
    return row | GIVEN.get(table.name, {})


def _value(column: sa.Column[Any], rows: Rows) -> Any:
    for foreign in column.foreign_keys:
        target = foreign.column
        return rows.get(target.table.name, {}).get(target.name)
    words = _known_words(column)
    if words:
        return words[0]
    if column.name in _BY_NAME:
        return _BY_NAME[column.name]
    if isinstance(column.type, postgresql.UUID):
        return uuid4()
    return next(value for kind, value in _BY_TYPE if isinstance(column.type, kind))


def _known_words(column: sa.Column[Any]) -> list[str]:
    """Return the words that `checks.one_of` allows."""
    name = f"{column.name}_is_known"
    for constraint in column.table.constraints:
        if isinstance(constraint, sa.CheckConstraint) and name in str(constraint.name):
            return re.findall(r"'([^']*)'", str(constraint.sqltext))
    return []
