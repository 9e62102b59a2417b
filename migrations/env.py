"""What Alembic runs: one migration at a time per database, in one transaction.

The database comes from `desk_app.db.schema`, or on the command line from
`alembic -x database=URL` or the environment variable DESK_APP_DATABASE.
"""

from __future__ import annotations

import os

from alembic import context
from sqlalchemy import pool

from desk_app.db.connect import MIGRATION_OPTIONS, engine_for
from desk_app.db.models import Base
from desk_app.db.schema import LOCK_PATIENCE, migration_lock


def _database() -> str:
    """Return the libpq URL or connection string to migrate."""
    given = context.config.attributes.get("database")
    given = given or context.get_x_argument(as_dictionary=True).get("database")
    # As it came: the bundled server's address is known by its type.
    url: str = given or os.environ.get("DESK_APP_DATABASE", "")
    return url


def _print_sql() -> None:
    context.configure(
        dialect_name="postgresql", target_metadata=Base.metadata, literal_binds=True
    )
    with context.begin_transaction():
        context.run_migrations()


def _migrate() -> None:
    engine = engine_for(_database(), MIGRATION_OPTIONS, poolclass=pool.NullPool)
    # The lock has a connection of its own, so that a migration may commit in between.
    with (
        engine.connect() as guard,
        migration_lock(guard, context.config.attributes.get("patience", LOCK_PATIENCE)),
        engine.connect() as connection,
    ):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            compare_type=True,
            compare_server_default=True,
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    _print_sql()
else:
    _migrate()
