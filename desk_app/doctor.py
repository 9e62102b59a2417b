"""`desk-app doctor`: what is right and wrong here, for whoever helps by telephone.

Says no passwords and no names of persons.
"""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import metadata
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from psycopg import conninfo

from desk_app import __version__, bootstrap, screen, settings
from desk_app.db import schema
from desk_app.db.queries import practice, server
from desk_app.db.queries.pipeline import ask
from desk_app.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from desk_app.db.queries.server import ServerOffset
    from desk_app.db.session import Sessions
    from desk_app.settings import Settings

LIBRARIES = ("PySide6_Essentials", "psycopg", "SQLAlchemy", "alembic", "tzdata")
CLOCKS_MAY_DIFFER = timedelta(seconds=30)

_SCHEMA_WORDS = {
    schema.Fit.OK: "fits this program",
    schema.Fit.EMPTY: "has no tables yet; run: desk-app migrate",
    schema.Fit.OLDER: "is older than this program; run: desk-app migrate",
    schema.Fit.NEWER: "is newer than this program; install a newer program",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    about: str
    words: str
    is_fine: bool = True


def examine(chosen: Settings) -> Iterator[Finding]:
    """Look at everything, one after the other; the database last."""
    yield Finding("program", f"desk-app {__version__}, {_libraries()}")
    yield Finding(
        "system", f"{platform.platform()}, Python {platform.python_version()}"
    )
    yield Finding("settings", str(settings.settings_file()))
    no_screen = screen.why_no_screen()
    yield Finding("screen", no_screen or "is there")
    yield _qt_libraries(to_show=screen.needs_screen(os.environ) and not no_screen)
    try:
        with bootstrap.open_database(chosen) as database:
            yield from _examine_database(database, chosen)
    except DeskError as error:
        yield Finding("database", str(error), is_fine=False)


def _examine_database(
    database: bootstrap.Database, chosen: Settings
) -> Iterator[Finding]:
    with database.sessions.begin() as session:
        version = ask(session, server.version())
        server_now = ask(session, practice.server_time())
    place = str(chosen.data_folder) if database.is_ours else _address(database.url)
    yield Finding("database", f"PostgreSQL {version}, {place}")
    apart = abs(server_now - datetime.now(UTC))
    words = f"desk and server are {apart.total_seconds():.1f} s apart"
    yield Finding("clock", words, apart <= CLOCKS_MAY_DIFFER)
    fit = schema.status(database.sessions)
    yield _schema(fit, is_ours=database.is_ours)
    if fit is schema.Fit.OK:
        yield _zone_data(database.sessions)


def _schema(fit: schema.Fit, *, is_ours: bool) -> Finding:
    if is_ours and fit in (schema.Fit.EMPTY, schema.Fit.OLDER):
        return Finding("schema", "is brought up to date when the window opens")
    return Finding("schema", _SCHEMA_WORDS[fit], fit is schema.Fit.OK)


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
        words = f"desk and server differ in {', '.join(sorted(wrong))}"
        return Finding("zone data", words, is_fine=False)
    return Finding("zone data", f"desk and server agree on {', '.join(sorted(names))}")


def _different(found: Iterable[ServerOffset]) -> set[str]:
    return {
        offset.zone
        for offset in found
        if offset.instant.astimezone(ZoneInfo(offset.zone)).utcoffset()
        != timedelta(seconds=offset.seconds)
    }


def _qt_libraries(*, to_show: bool) -> Finding:
    missing = screen.missing_libraries(to_show=to_show)
    if not missing:
        return Finding("Qt libraries", "are all there")
    return Finding("Qt libraries", f"missing; run: {_line(missing)}", is_fine=False)


def _line(missing: Sequence[screen.Library]) -> str:
    return f"sudo {' '.join(screen.apt_command(missing))}"


def _address(url: str) -> str:
    shown = ("user", "host", "port", "dbname", "target_session_attrs")
    given = conninfo.conninfo_to_dict(url)
    return " ".join(f"{word}={given[word]}" for word in shown if word in given)


def _libraries() -> str:
    return ", ".join(f"{name} {_version(name)}" for name in LIBRARIES)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "inside"
