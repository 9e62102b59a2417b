"""No row is poisoned: what the database takes, every desk can read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from desk_app.db.queries import message_texts, practice, settings_rows
from tests import factories, postgres
from tests.hostile import rows
from tests.hostile.poison import Full
from tests.hostile.texts import TEXTS, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

TEXT_COLUMNS = [*rows.columns(sa.Text)]
INSTANT_COLUMNS = [*rows.columns(sa.DateTime, sa.Date)]
# Settings that are text, and those of another kind.
TEXT_SETTINGS = (
    practice.PRACTICE_NAME,
    practice.TIMEZONE,
    practice.CURRENCY,
    practice.COUNTRY,
    message_texts.MESSAGE_LANGUAGE,
    message_texts.PRACTICE_PHONE,
)
OTHER_SETTINGS = (
    practice.PRACTICE_ID,
    settings_rows.SLOT_ALIGNMENT,
    settings_rows.PROVIDERS_READ_ALL,
    settings_rows.LOCK_MINUTES,
    settings_rows.RETENTION_YEARS,
    settings_rows.GRACE_SECONDS,
    settings_rows.WAITING_MINUTES,
    settings_rows.NO_SHOW_POLICY,
    settings_rows.CANCELLATION_REASONS,
    message_texts.MAIL,
)
INSTANTS = ("infinity", "-infinity", "10000-01-01", "9999-12-31", "0044-03-15 BC")


@pytest.fixture(scope="module")
def _filled(_shared_engine: Engine) -> Iterator[Full]:
    """A practice that can book, and a row in every table."""
    with _shared_engine.connect() as connection, connection.begin() as transaction:
        sessions = postgres.RolledBackSessions(connection)
        factories.open_practice(sessions)
        with sessions.begin() as session:
            full = Full(sessions, rows.fill(session))
        full.prepare()
        yield full
        transaction.rollback()


@pytest.fixture
def full(_filled: Full) -> Iterator[Full]:
    """The same, as it was before each test."""
    with _filled.sessions._connection.begin_nested() as savepoint:
        yield _filled
        savepoint.rollback()


def test_every_table_has_a_row_that_can_be_read(full: Full) -> None:
    assert [table.name for table in rows.tables()] == [*full.rows]
    assert full.unreadable() == []


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_a_text_is_refused_or_can_be_read(full: Full, text: Text) -> None:
    full.plant(TEXT_COLUMNS, text.text)
    assert full.unreadable() == []


@pytest.mark.parametrize("instant", INSTANTS)
def test_an_instant_out_of_bounds_is_refused(full: Full, instant: str) -> None:
    for column in full.plant(INSTANT_COLUMNS, instant):
        # A trigger writes some of them, whatever is given.
        table, name = column.table.name, column.name
        wrong = f"NOT (\"{name}\" >= '2000-01-01' AND \"{name}\" < '2200-01-01')"
        assert full.run(f"SELECT count(*) FROM {table} WHERE {wrong}") == 0, column
    assert full.unreadable() == []


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "1e9"])
def test_an_amount_that_is_none_is_refused(full: Full, number: str) -> None:
    assert full.plant([*rows.columns(sa.Numeric)], number) == []


@pytest.mark.parametrize("number", [0, 1, -1, 2**31 - 1, -(2**31)])
def test_a_number_is_refused_or_can_be_read(full: Full, number: int) -> None:
    plain = [c for c in rows.columns(sa.Integer) if not c.foreign_keys]
    full.plant([c for c in plain if not c.identity], str(number))
    assert full.unreadable() == []


@pytest.mark.parametrize("clock", ["24:00", "allballs", "23:59:59.9999999"])
def test_a_clock_that_python_does_not_know_is_refused(full: Full, clock: str) -> None:
    full.plant([*rows.columns(sa.Time)], clock)
    assert full.unreadable() == []


JSON = {
    "null": "null",
    "number": "0",
    "number of 5000 digits": "1" + "0" * 5000,
    "exponent": "1e4000",
    "list": "[]",
    "nested 5000 deep": "[" * 5000 + "]" * 5000,
    "nested 1500 deep": "[" * 1500 + "]" * 1500,
    "no minutes": '{"kind": "EVERY", "minutes": 0}',
    "endless minutes": '{"kind": "EVERY", "minutes": 1e400}',
}


@pytest.mark.parametrize("name", JSON)
def test_json_is_refused_or_can_be_read(full: Full, name: str) -> None:
    full.plant([*rows.columns(postgresql.JSONB)], JSON[name])
    assert full.unreadable() == []


@pytest.mark.parametrize("setting", [*TEXT_SETTINGS, *OTHER_SETTINGS])
def test_no_value_of_a_setting_keeps_a_desk_from_opening(
    full: Full, setting: str
) -> None:
    texts = TEXTS[:: 3 if setting in TEXT_SETTINGS else 20]
    values = (*JSON.values(), *(json.dumps(text.text) for text in texts))
    failures = {}
    for value in values:
        if full.set(setting, value) and (found := full.unreadable()):
            failures[value[:40]] = found
    assert failures == {}
