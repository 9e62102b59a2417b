"""What is promised and kept: deliveries, texts of messages, meetings."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

SQL = Path(__file__).parent.parent / "sql"


def upgrade() -> None:
    """Add what messages and meetings need; needs a superuser."""
    _run("0005_messages.sql")


def downgrade() -> None:
    """Take it back; deliveries and texts of the practice's own are lost."""
    _run("0005_messages_down.sql")


def _run(name: str) -> None:
    script = (SQL / name).read_text(encoding="utf-8")
    op.execute(sa.text(script.replace(":", "\\:")))
