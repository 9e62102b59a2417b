"""What can happen to the database between a wish and its answer."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def answers_get_lost(url: str) -> Iterator[None]:
    """Have the server hang up whenever a desk commits a change of an appointment."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "CREATE FUNCTION hang_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " PERFORM pg_terminate_backend(pg_backend_pid()), pg_sleep(1);"
            " RETURN NULL; END $$;"
            " CREATE CONSTRAINT TRIGGER hang_up AFTER INSERT OR UPDATE ON appointment"
            " INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hang_up()"
        )
        try:
            yield
        finally:
            connection.execute("DROP FUNCTION hang_up CASCADE")


def close_for_good(url: str) -> None:
    """Take everybody's working hours away, as another desk might."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("UPDATE availability SET is_active = false")
