"""Puts values into columns by plain SQL, past the program, where they are taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from desk_app.db.failures import Foreign
from tests.hostile.reads import READS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.db.session import Sessions
    from tests.hostile.rows import Rows

# Tries the values in turn with each statement; returns which one each has taken.
PLANT = """
    CREATE FUNCTION pg_temp.plant(statements text[], choices text[]) RETURNS int[]
    LANGUAGE plpgsql AS $$
    DECLARE
        taken int[] := '{}';
    BEGIN
        FOR number IN 1 .. cardinality(statements) LOOP
            taken := taken || 0;
            FOR choice IN 1 .. cardinality(choices) LOOP
                BEGIN
                    EXECUTE statements[number] USING choices[choice];
                    taken[number] := choice;
                    EXIT;
                EXCEPTION WHEN OTHERS THEN NULL;
                END;
            END LOOP;
        END LOOP;
        RETURN taken;
    END $$
"""
# What a column demands before whatever else stands in it.
BEFORE = {
    "appointment.meeting_link": "https://meet.example/",
    "meeting.link": "https://meet.example/",
}
SET = (
    "INSERT INTO practice_setting VALUES (:name, CAST(:value AS jsonb))"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)


@dataclass(frozen=True, slots=True)
class Full:
    """A database with a row in every table, and its sessions."""

    sessions: Sessions
    rows: Rows

    def prepare(self) -> None:
        """Make the function that plants."""
        self.run(PLANT)

    def plant(
        self, columns: Sequence[sa.Column[Any]], value: str, *others: str
    ) -> list[sa.Column[Any]]:
        """Write `value` into every row of these columns; return which took it.

        A column that refuses it is given the first of `others` that it takes.
        """
        statements = [_statement(column) for column in columns]
        try:
            taken = self.run(
                "SELECT pg_temp.plant(:statements, :choices)",
                statements=statements,
                choices=[value, *others],
            )
        except Foreign:  # which the driver cannot even send
            if others:
                self.plant(columns, *others)
            return []
        pairs = zip(columns, taken, strict=True)
        return [column for column, choice in pairs if choice == 1]

    def set(self, setting: str, value: str) -> bool:
        """Write JSON into a setting of the practice; say whether it was taken."""
        try:
            self.run(SET, name=setting, value=value)
        except Foreign:
            return False
        return True

    def unreadable(self) -> list[str]:
        """Return which of the program's reads fail now, and by what."""
        failures = []
        for read in READS:
            try:
                read(self.sessions, self.rows)
            except Exception as error:  # noqa: BLE001 (whatever it is, it is found)
                failures.append(f"{read.__name__}: {error!r}"[:200])
        return failures

    def run(self, statement: str, **values: Any) -> Any:
        """Run one statement; return the first value it gives."""
        with self.sessions._open(0) as session, session.begin():
            result = session.execute(sa.text(statement), values)
            return result.scalar() if result.returns_rows else None


def _statement(column: sa.Column[Any]) -> str:
    table, name = column.table.name, column.name
    before = BEFORE.get(str(column), "")
    given = f"'{before}' || $1" if before else f"$1::{column.type.compile()}"
    values = f'"{name}" = {given}'
    if table == "appointment":
        values += ", version = version + 1"
    # Of a key that is text, one row; the others would be its twins.
    only = f' WHERE "{name}" = (SELECT min("{name}") FROM {table})'
    return f"UPDATE {table} SET {values}{only if column.primary_key else ''}"
