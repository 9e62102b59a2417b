"""What the doctor finds on this computer, whatever database there is."""

from __future__ import annotations

import os
import platform
import shutil
import stat
from importlib import metadata
from typing import TYPE_CHECKING

from desk_app import __version__, screen, settings
from desk_app.doctor.finding import Finding, fault, warning
from desk_app.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desk_app.settings import Settings

LIBRARIES = ("PySide6_Essentials", "psycopg", "SQLAlchemy", "alembic", "tzdata")

MEGABYTE = 1_000_000
LITTLE_ROOM = 2_000 * MEGABYTE
NO_ROOM = 200 * MEGABYTE


def examine(chosen: Settings) -> Iterator[Finding]:
    """Look at the program, the system and what a desk needs of both."""
    yield Finding("program", f"desk-app {__version__}, Python {_python()}")
    yield Finding("libraries", ", ".join(f"{n} {_version(n)}" for n in LIBRARIES))
    yield Finding("system", platform.platform())
    yield _settings(settings.settings_file())
    no_screen = screen.why_no_screen()
    yield _screen(no_screen)
    yield _qt_libraries(to_show=screen.needs_screen(os.environ) and not no_screen)
    yield _keyring(needs_one=bool(chosen.login or chosen.database))
    if chosen.demo or not chosen.database:
        yield _room(chosen.data_folder)


def _settings(file: Path) -> Finding:
    try:
        mode = file.stat().st_mode
    except OSError:
        return Finding("settings", f"none yet; they will be in {file}")
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        return warning(
            "settings", f"{file} can be read by others", f"Run: chmod 600 {file}"
        )
    return Finding("settings", str(file))


def _screen(no_screen: str) -> Finding:
    # Only the window needs one, and says so itself.
    return Finding("screen", no_screen or "is there")


def _qt_libraries(*, to_show: bool) -> Finding:
    missing = screen.missing_libraries(to_show=to_show)
    if not missing:
        return Finding("Qt libraries", "are all there")
    words = f"{', '.join(library.file for library in missing)} missing"
    line = " ".join(screen.apt_command(missing))
    return fault("Qt libraries", words, f"Run: sudo {line}")


def _keyring(*, needs_one: bool) -> Finding:
    from desk_app.credentials import Secrets

    secrets = Secrets()
    if not secrets.can_keep():
        if not needs_one:
            return Finding("keyring", "there is none, and none is needed")
        return warning(
            "keyring",
            "there is none; a password has to be typed each time",
            "Install one (GNOME Keyring, KWallet), or use libpq's password file.",
        )
    try:
        secrets.password("doctor", "nobody")
    except Unavailable:
        return warning(
            "keyring", "is locked or does not answer", "Unlock it, and try again."
        )
    return Finding("keyring", "answers")


def _room(folder: Path) -> Finding:
    there = next((f for f in (folder, *folder.parents) if f.exists()), folder)
    free = shutil.disk_usage(there).free
    words = f"{free // MEGABYTE} MB are free for the database"
    to_do = f"Make room on the disk of {folder}."
    if free < NO_ROOM:
        return fault("disk", words, to_do)
    if free < LITTLE_ROOM:
        return warning("disk", words, to_do)
    return Finding("disk", words)


def _python() -> str:
    return platform.python_version()


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "inside"
