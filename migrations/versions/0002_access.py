"""Who may do what: roles, grants, row-level security, the audit log, secrets."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

SQL = Path(__file__).parent.parent / "sql"
# What is granted comes last: it asks for everything that is there.
FILES = (
    "0002_checks.sql",
    "0002_roles.sql",
    "0002_audit.sql",
    "0002_staff.sql",
    "0002_secrets.sql",
    "0002_grants.sql",
)


def upgrade() -> None:
    """Close the database for everybody who has no right; needs a superuser."""
    for name in FILES:
        _run(name)


def downgrade() -> None:
    """Open it again; the group roles stay, other databases may use them."""
    _run("0002_down.sql")


def _run(name: str) -> None:
    script = (SQL / name).read_text(encoding="utf-8")
    op.execute(sa.text(script.replace(":", "\\:")))
