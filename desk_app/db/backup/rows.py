"""The rows of a dump, put into tables that this program's migrations have made.

PostgreSQL's pg_restore turns a dump into a script. Of that script only rows and the
next numbers are taken; whatever else stands there is passed over and never run.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, Any, LiteralString

from psycopg import sql

from desk_app.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from psycopg import Connection, Cursor

_WORD = rb'"?[a-z][a-z0-9_]*"?'
_COPY = re.compile(
    rb"COPY public\.(" + _WORD + rb") \((" + _WORD + rb"(?:, " + _WORD + rb")*)\)"
    rb" FROM stdin;\n"
)
_NEXT = re.compile(
    rb"SELECT pg_catalog\.setval\('public\.([a-z][a-z0-9_]*)', ([0-9]{1,19}),"
    rb" (true|false)\);\n"
)
_END = b"\\.\n"
_SENT_TOGETHER = 1 << 18

_TABLES = """
    SELECT c.relname, ARRAY(
        SELECT attname FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0
            AND NOT attisdropped AND attgenerated = '')
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
"""
_NUMBERS = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'
"""
_REFERENCES = """
    SELECT relname, conname, pg_get_constraintdef(f.oid)
    FROM pg_constraint f JOIN pg_class c ON c.oid = conrelid
    WHERE connamespace = 'public'::regnamespace AND contype = 'f'
    ORDER BY relname, conname
"""


def count(connection: Connection[Any]) -> dict[str, int]:
    """Return how many rows each table has."""
    counted = {}
    for table in sorted(_tables(connection)):
        statement = sql.SQL("SELECT count(*) FROM public.{}").format(
            sql.Identifier(table)
        )
        counted[table] = _value(connection.execute(statement))
    return counted


def load(connection: Connection[Any], script: IO[bytes]) -> None:
    """Put the rows of `script` in place of those there are, in one transaction.

    As a superuser. No trigger runs: the rows are what they were. References are taken
    away meanwhile, as tables come in the order of their names, and must hold at the
    end. Raises Invalid("file") for a table that the migrations have not made.
    """
    tables = _tables(connection)
    numbers = {name for (name,) in connection.execute(_NUMBERS)}
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        references = connection.execute(_REFERENCES).fetchall()
        for table, name, _ in references:
            _alter(connection, table, "DROP CONSTRAINT {}", name)
        every = sql.SQL(", ").join(sql.Identifier("public", name) for name in tables)
        connection.execute(sql.SQL("TRUNCATE {}").format(every))
        for line in script:
            if found := _COPY.fullmatch(line):
                _copy(connection, tables, found, script)
            elif found := _NEXT.fullmatch(line):
                _set_next(connection, numbers, found)
        for table, name, definition in references:
            # What the server said a moment ago, nothing of the file.
            _alter(connection, table, "ADD CONSTRAINT {} ", name, definition)


def _copy(
    connection: Connection[Any],
    tables: Mapping[str, list[str]],
    found: re.Match[bytes],
    script: IO[bytes],
) -> None:
    table = found[1].decode().strip('"')
    columns = [word.strip('"') for word in found[2].decode().split(", ")]
    if sorted(columns) != sorted(tables.get(table, ())):
        raise Invalid("file", f"This program knows no such table {table}.")
    statement = sql.SQL("COPY public.{} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor().copy(statement) as copy:
        for piece in _pieces(_until_end(script)):
            copy.write(piece)


def _until_end(script: Iterable[bytes]) -> Iterator[bytes]:
    for line in script:
        if line == _END:
            return
        yield line
    raise Invalid("file", "The rows in this backup have no end.")


def _pieces(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Join lines, for each piece that is sent costs as much as a hundred rows."""
    waiting, size = [], 0
    for line in lines:
        waiting.append(line)
        size += len(line)
        if size > _SENT_TOGETHER:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)


def _set_next(
    connection: Connection[Any], numbers: set[str], found: re.Match[bytes]
) -> None:
    name = found[1].decode()
    if name not in numbers:
        raise Invalid("file", f"This program knows no such number {name}.")
    connection.execute(
        "SELECT setval(format('public.%%I', %s::text)::regclass, %s, %s)",
        [name, int(found[2]), found[3] == b"true"],
    )


def _alter(
    connection: Connection[Any],
    table: str,
    change: LiteralString,
    name: str,
    definition: LiteralString = "",
) -> None:
    statement = sql.SQL("ALTER TABLE {} ").format(sql.Identifier("public", table))
    statement += sql.SQL(change).format(sql.Identifier(name)) + sql.SQL(definition)
    connection.execute(statement)


def _tables(connection: Connection[Any]) -> dict[str, list[str]]:
    return dict(connection.execute(_TABLES).fetchall())


def _value(cursor: Cursor[Any]) -> int:
    row = cursor.fetchone()
    return int(row[0]) if row else 0
