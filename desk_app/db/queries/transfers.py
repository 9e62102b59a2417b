"""The lines about files that came in and went out."""

from __future__ import annotations

from desk_app.db.queries.pipeline import Query


def insert(kind: str, file_name: str, rows: int | None) -> Query[int]:
    """Write a line; return its number. `rows` is None while an import runs."""
    return Query(
        "INSERT INTO transfer (kind, file_name, rows)"
        " VALUES (%(kind)s, %(name)s, %(rows)s) RETURNING transfer_id",
        {"kind": kind, "name": file_name, "rows": rows},
        lambda found: int(found[0][0]),
    )
