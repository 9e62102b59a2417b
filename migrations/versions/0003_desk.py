"""A day at the desk: walk-ins, waiting, holds, no-shows, refunds, overrides, series."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

SQL = Path(__file__).parent.parent / "sql"
FILES = ("0003_desk.sql", "0003_clients.sql", "0003_search.sql")


def upgrade() -> None:
    """Add what a day at the desk needs; needs a superuser."""
    for name in FILES:
        _run(name)


def downgrade() -> None:
    """Take it back; what only this version knows is lost."""
    _run("0003_down.sql")


def _run(name: str) -> None:
    script = (SQL / name).read_text(encoding="utf-8")
    op.execute(sa.text(script.replace(":", "\\:")))
