"""The front desk: tables, what they refuse, and who is told of a change."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Written as SQL, so that a database administrator can read what will be run.
SQL = Path(__file__).parent.parent / "sql"
TABLES = (
    "audit_log",
    "external_conflict",
    "idempotency_key",
    "outbox",
    "waitlist_entry",
    "slot_hold",
    "schedule_day",
    "appointment",
    "availability_override",
    "availability",
    "calendar_sync",
    "service",
    "provider",
    "client",
    "practice_setting",
    "staff_user",
)


def upgrade() -> None:
    """Make everything."""
    for name in ("0001_tables.sql", "0001_triggers.sql"):
        script = (SQL / name).read_text(encoding="utf-8")
        op.execute(sa.text(script.replace(":", "\\:")))


def downgrade() -> None:
    """Drop everything but the extensions, which others may use."""
    for table in TABLES:
        op.drop_table(table)
    for function in (
        "appointment_may_become(text, text)",
        "appointment_before_insert()",
        "appointment_before_update()",
        "provider_zone_is_known()",
        "tell_desks()",
        "tell_desks_of_catalogue()",
    ):
        op.execute(f"DROP FUNCTION {function}")
