"""What the doctor finds in the database, as far as its login may see it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import psycopg
from psycopg import conninfo

from desk_app import bootstrap
from desk_app.db import schema
from desk_app.db.connect import OLDEST_SERVER
from desk_app.db.queries import health, practice, server
from desk_app.db.queries.pipeline import ask, driver_of
from desk_app.doctor import configuration, outbox, sending, walls
from desk_app.doctor.finding import Finding, fault, warning
from desk_app.errors import DeskError, NotAllowed, Untrusted, WrongSchema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy.orm import Session

    from desk_app.db.queries.server import ServerOffset
    from desk_app.db.session import Sessions
    from desk_app.settings import Settings

NEWEST_SERVER = 18
CLOCKS_MAY_DIFFER = timedelta(seconds=2)
CLOCKS_MUST_NOT_DIFFER = timedelta(seconds=30)
ALMOST_FULL = 0.8

_VERSIONS = f"This program works with PostgreSQL {OLDEST_SERVER} to {NEWEST_SERVER}."

_GROUPS = {
    "desk_manager": "a manager",
    "desk_receptionist": "a receptionist",
    "desk_provider": "a provider",
    "desk_worker": "the worker",
    "desk_webhook": "the webhook",
    "desk_backup": "the backup",
}
_SCHEMA_WORDS = {
    schema.Fit.EMPTY: (
        "has no tables of this program yet",
        "Let the administrator run: desk-app init-server",
    ),
    schema.Fit.OLDER: (
        "is older than this program",
        "Let the administrator run: desk-app migrate",
    ),
    schema.Fit.NEWER: (
        "is newer than this program",
        "Install the newest desk-app here.",
    ),
}


def examine(chosen: Settings) -> Iterator[Finding]:
    """Look at the database of these settings."""
    try:
        with bootstrap.open_database(chosen) as opened:
            yield from _examine(opened, chosen)
    except NotAllowed as error:
        yield fault(
            "database",
            str(error),
            "Keep a password for a login: desk-app password --login LOGIN",
        )
    except Untrusted as error:
        yield fault(
            "database",
            str(error),
            "Ask whoever keeps the server for its certificate, and why it has changed.",
        )
    except WrongSchema as error:
        yield fault(
            "database",
            str(error),
            f"This program works with PostgreSQL {OLDEST_SERVER} to {NEWEST_SERVER}.",
        )
    except DeskError as error:
        yield fault(
            "database",
            str(error),
            f"Is the server on, and this address right? {_address(chosen)}",
        )


def _examine(opened: bootstrap.Database, chosen: Settings) -> Iterator[Finding]:
    place = str(chosen.data_folder) if opened.is_ours else _address(chosen)
    with opened.sessions.begin() as session:
        version = ask(session, server.version())
        yield Finding("database", f"is reached: {place}")
        yield judged_version(version)
        yield _line(session, is_ours=opened.is_ours)
        yield _login(session, is_ours=opened.is_ours)
        yield _clock(session)
        yield _extensions(session)
        yield _connections(session)
    yield from configuration.examine(opened.url)
    fit = schema.status(opened.sessions)
    yield _schema(fit, is_ours=opened.is_ours)
    if fit is schema.Fit.OK:
        with opened.sessions.begin() as session:
            yield from walls.examine(session)
            yield outbox.examine(session)
        yield from sending.examine(opened, chosen)
        yield _zone_data(opened.sessions)


def judged_version(version: str) -> Finding:
    """Say what a version of PostgreSQL is worth that has let the desk in."""
    major = re.match("[0-9]+", version)
    if major is None or int(major[0]) > NEWEST_SERVER:
        return warning(
            "server",
            f"PostgreSQL {version}, newer than this program knows",
            f"Use a PostgreSQL up to {NEWEST_SERVER}, or a newer desk-app.",
        )
    return Finding("server", f"PostgreSQL {version}")


def _line(session: Session, *, is_ours: bool) -> Finding:
    """Say whether anybody between desk and server could listen or pretend."""
    about = driver_of(session).info
    if about.host.startswith(("/", "@")) or is_ours:
        return Finding("line", "stays within this computer")
    mode = about.get_parameters().get("sslmode", "prefer")
    return judged_line(ask(session, health.encryption()), mode)


def judged_line(tls: str, mode: str) -> Finding:
    """Say what a line of this version of TLS is worth, "" for none."""
    if not tls:
        return fault(
            "line",
            "is not encrypted: passwords and names can be read on the way",
            "Switch TLS on at the server (ssl = on), and write into the address:"
            " sslmode=verify-full",
        )
    if mode != "verify-full":
        return fault(
            "line",
            f"{tls}, but a false server would not be noticed (sslmode={mode})",
            "Write into the address: sslmode=verify-full, and sslrootcert=FILE",
        )
    return Finding("line", f"{tls}, and the server proves who it is (verify-full)")


def _login(session: Session, *, is_ours: bool) -> Finding:
    who = ask(session, health.login())
    if who.is_superuser:
        if is_ours:
            return Finding("login", "the doctor looks as this computer's administrator")
        return warning(
            "login",
            "is the server's administrator, for whom no rule holds",
            "Sign in at this desk as a member of the staff.",
        )
    known = [words for group, words in _GROUPS.items() if group in who.groups]
    if known:
        return Finding("login", f"is that of {known[0]}")
    return warning(
        "login",
        "is no member of the staff",
        "Let a manager add it, or take it back.",
    )


def _clock(session: Session) -> Finding:
    asked = datetime.now(UTC)
    theirs = ask(session, practice.server_time())
    # The answer is as old as half the way there and back.
    ours = asked + (datetime.now(UTC) - asked) / 2
    return judged_clocks(abs(theirs - ours))


def judged_clocks(apart: timedelta) -> Finding:
    """Say what it means that desk and server are so far apart."""
    words = f"desk and server are {apart.total_seconds():.1f} s apart"
    to_do = "Let both computers set their clocks by the network (NTP)."
    if apart > CLOCKS_MUST_NOT_DIFFER:
        return fault("clock", words, to_do)
    if apart > CLOCKS_MAY_DIFFER:
        return warning("clock", words, to_do)
    return Finding("clock", words)


def _extensions(session: Session) -> Finding:
    found = ask(session, health.extensions())
    missing = [one.name for one in found if not (one.installed or one.available)]
    if missing:
        return fault(
            "extensions",
            f"the server does not have {', '.join(missing)}",
            "Install PostgreSQL's contrib package there.",
        )
    old = [one.name for one in found if one.installed not in ("", one.available)]
    if old:
        changes = "; ".join(f"ALTER EXTENSION {name} UPDATE" for name in old)
        return warning("extensions", f"{', '.join(old)} can be newer", changes)
    words = ", ".join(f"{one.name} {one.installed or 'available'}" for one in found)
    return Finding("extensions", words)


def _connections(session: Session) -> Finding:
    used, most = ask(session, health.connections())
    words = f"{used} of {most} are in use"
    if used > most * ALMOST_FULL:
        return warning(
            "connections",
            words,
            "End programs that are not needed, or raise max_connections.",
        )
    return Finding("connections", words)


def _schema(fit: schema.Fit, *, is_ours: bool) -> Finding:
    if fit is schema.Fit.OK:
        return Finding("schema", f"{schema.newest()} fits this program")
    if is_ours and fit is not schema.Fit.NEWER:
        return Finding("schema", "is brought up to date when the window opens")
    words, to_do = _SCHEMA_WORDS[fit]
    return fault("schema", f"{words} (needed: {schema.newest()})", to_do)


def _zone_data(sessions: Sessions) -> Finding:
    """Compare what both make of the practice's zones over the next two years."""
    with sessions.begin() as session:
        names = {p.timezone for p in ask(session, practice.active_providers())}
        names.add(ask(session, practice.practice()).timezone)
        now = datetime.now(UTC).replace(microsecond=0)
        instants = [now + timedelta(days=7 * week) for week in range(105)]
        found = ask(session, server.offsets(sorted(names), instants))
    wrong = (names - {offset.zone for offset in found}) | _different(found)
    if wrong:
        return fault(
            "zone data",
            f"desk and server differ in {', '.join(sorted(wrong))}",
            "Update the server's system (tzdata) and desk-app.",
        )
    return Finding("zone data", f"desk and server agree on {', '.join(sorted(names))}")


def _different(found: Iterable[ServerOffset]) -> set[str]:
    return {
        offset.zone
        for offset in found
        if offset.instant.astimezone(ZoneInfo(offset.zone)).utcoffset()
        != timedelta(seconds=offset.seconds)
    }


def _address(chosen: Settings) -> str:
    """Return where the database is, without who signs in there."""
    if chosen.demo or not chosen.database:
        return str(chosen.data_folder)
    shown = ("host", "port", "dbname", "target_session_attrs")
    try:
        given = conninfo.conninfo_to_dict(chosen.database)
    except (psycopg.Error, UnicodeError):
        return "(not an address)"
    return " ".join(f"{word}={given[word]}" for word in shown if word in given)
