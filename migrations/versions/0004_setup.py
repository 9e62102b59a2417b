"""Setting a practice up: patterns of hours, closures, rooms, locations, imports."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

SQL = Path(__file__).parent.parent / "sql"
PARTS = ("practice", "transfers", "reports")


def upgrade() -> None:
    """Add what a practice is set up with; needs a superuser."""
    for part in PARTS:
        _run(f"0004_{part}.sql")


def downgrade() -> None:
    """Take it back; what only this version knows is lost."""
    for part in reversed(PARTS):
        _run(f"0004_{part}_down.sql")


def _run(name: str) -> None:
    script = (SQL / name).read_text(encoding="utf-8")
    op.execute(sa.text(script.replace(":", "\\:")))
