"""Whether the server's own settings lose nothing and tell nobody.

Asked on a connection that asks for none of its own, as any other program's is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk_app.db import server
from desk_app.doctor.finding import Finding, State

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Wish:
    """A setting, its best value, those that will not do, and why not."""

    name: str
    best: str
    never: tuple[str, ...]
    why: str
    state: State = State.WARNING


_LOST = "a power cut may lose what was booked"
_TOLD = "the server's log may hold names"
WISHES = (
    Wish("fsync", "on", ("off",), _LOST, State.FAULT),
    Wish("full_page_writes", "on", ("off",), _LOST, State.FAULT),
    Wish("synchronous_commit", "on", ("off",), "a power cut may lose the last changes"),
    Wish("log_error_verbosity", "terse", ("default", "verbose"), _TOLD),
    Wish("log_statement", "ddl", ("mod", "all"), _TOLD),
    Wish(
        "idle_in_transaction_session_timeout",
        "10s",
        ("0",),
        "a program that hangs may keep desks from booking",
    ),
    Wish(
        "password_encryption",
        "scram-sha-256",
        ("md5",),
        "passwords set with psql are kept badly",
    ),
)


def examine(url: str) -> Iterator[Finding]:
    """Say which settings should be others; one line if all are well."""
    found = server.configured(url, [wish.name for wish in WISHES])
    unheard = [wish for wish in WISHES if found.get(wish.name) in wish.never]
    for wish in unheard:
        yield Finding(
            "server's own",
            f"{wish.name} is {found[wish.name]}: {wish.why}",
            wish.state,
            f"ALTER SYSTEM SET {wish.name} = '{wish.best}'; SELECT pg_reload_conf();",
        )
    if not unheard:
        yield Finding("server's own", f"{len(WISHES)} settings are as they should be")
