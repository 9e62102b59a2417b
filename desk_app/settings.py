"""What one desk remembers between starts: a small TOML file, without secrets.

Passwords never stand here; `desk_app/credentials.py` keeps them in the keyring
of the operating system.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import tomllib
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from urllib.parse import parse_qsl, urlsplit

from desk_app import paths
from desk_app.errors import Invalid

ZOOM_LEVELS = range(7)
MOST_SERVERS = 8

_URL_SCHEMES = ("postgresql://", "postgres://")
_SECRETS = ("password", "sslpassword")
_SECRET_WORD = re.compile(rf"(^|\s)({'|'.join(_SECRETS)})\s*=")

T = TypeVar("T", str, int, bool)


class ThemeChoice(StrEnum):
    """The colours a person asked for."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Settings:
    """One desk's settings.

    `database` is a libpq URL or "key=value" string; "" means the practice whose
    database is on this computer, in `data_folder`. `demo` opens the demo practice
    instead, whatever `database` says. `login` is who signed in here last. `servers`
    are the addresses this desk has been at, the last one first, without passwords.
    `zoom` is a level of the grid, 0 to 6.
    """

    database: str = ""
    login: str = ""
    demo: bool = False
    data_folder: Path = field(default_factory=paths.data_folder)
    theme: ThemeChoice = ThemeChoice.SYSTEM
    zoom: int = 3
    servers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WindowOptions:
    """What the command line asks of the window, for this start only.

    With `picture` the window is drawn into that file without a screen, `width` by
    `height` logical pixels, `scale` device pixels for each of them.
    """

    settings: Settings
    picture: Path | None = None
    width: int = 1440
    height: int = 900
    scale: float = 1.0


def settings_file() -> Path:
    """Return where the settings of this person on this computer are kept."""
    return paths.config_folder() / "settings.toml"


def load(file: Path | None = None) -> Settings:
    """Return the settings in `file`, defaults where it says nothing.

    A missing file is an empty one. Raises `Invalid` naming the setting that cannot
    be used, or the field "settings" when the file is not TOML at all.
    """
    file = file or settings_file()
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid("settings", f"{file} is not a TOML file: {error}") from error
    except OSError as error:
        raise Invalid("settings", f"{file} cannot be read: {error.strerror}") from error
    try:
        return _from_toml(found)
    except Invalid as error:
        raise Invalid(error.field, f"{file}: {error}") from error


def remembered(settings: Settings, database: str) -> Settings:
    """Return `settings` with `database` as the server that was visited last."""
    if not database:
        return settings
    others = [one for one in settings.servers if one != database]
    return replace(settings, servers=(database, *others)[:MOST_SERVERS])


def save(settings: Settings, file: Path | None = None) -> None:
    """Write `settings` to `file` in one step, readable by this person only.

    Raises `Invalid` when the settings hold a password or the file cannot be written.
    """
    file = file or settings_file()
    for address in (settings.database, *settings.servers):
        refuse_password(address)
    lines = [
        f"{f.name} = {_as_toml(getattr(settings, f.name))}" for f in fields(Settings)
    ]
    try:
        _replace(file, "\n".join(lines) + "\n")
    except (OSError, UnicodeEncodeError) as error:
        raise Invalid("settings", f"{file} cannot be written: {error}") from error


def has_password(database: str) -> bool:
    """Say whether a database URL or "key=value" string carries a password."""
    if not database.startswith(_URL_SCHEMES):
        return bool(_SECRET_WORD.search(database))
    try:
        parts = urlsplit(database)
    except ValueError as error:
        raise Invalid("database", f"this is not a database URL: {error}") from error
    words = dict(parse_qsl(parts.query))
    return parts.password is not None or any(word in words for word in _SECRETS)


def refuse_password(database: str) -> None:
    """Raise `Invalid` when `database` carries a password."""
    if has_password(database):
        raise Invalid("database", "a password is kept in the keyring, not in a file")


def _from_toml(found: dict[str, object]) -> Settings:
    known = {f.name for f in fields(Settings)}
    for name in found:
        if name not in known:
            raise Invalid(name, f"there is no setting called {name!r}")
    defaults = Settings()
    database = _typed(found, "database", defaults.database)
    refuse_password(database)
    zoom = _typed(found, "zoom", defaults.zoom)
    if zoom not in ZOOM_LEVELS:
        raise Invalid(
            "zoom", f"zoom is a level from 0 to {ZOOM_LEVELS[-1]}, not {zoom}"
        )
    folder = _typed(found, "data_folder", "")
    return Settings(
        database=database,
        login=_typed(found, "login", defaults.login),
        demo=_typed(found, "demo", defaults.demo),
        data_folder=_folder(folder) if folder else defaults.data_folder,
        theme=_theme(_typed(found, "theme", str(defaults.theme))),
        zoom=zoom,
        servers=_addresses(found.get("servers", [])),
    )


def _typed(found: dict[str, object], name: str, default: T) -> T:
    value = found.get(name, default)
    if type(value) is not type(default):
        kinds = {str: "text", bool: "true or false", int: "a whole number"}
        raise Invalid(name, f"{name} must be {kinds[type(default)]}, not {value!r}")
    return value


def _addresses(found: object) -> tuple[str, ...]:
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise Invalid("servers", f"servers must be a list of texts, not {found!r}")
    for address in found:
        refuse_password(address)
    return tuple(found)


def _theme(word: str) -> ThemeChoice:
    try:
        return ThemeChoice(word)
    except ValueError:
        words = ", ".join(ThemeChoice)
        raise Invalid("theme", f"theme is one of {words}, not {word!r}") from None


def _folder(text: str) -> Path:
    try:
        folder = Path(text).expanduser()
    except RuntimeError as error:
        raise Invalid("data_folder", str(error)) from error
    if not folder.is_absolute():
        raise Invalid("data_folder", f"data_folder must be a whole path, not {text!r}")
    return folder


def _as_toml(value: object) -> str:
    if isinstance(value, bool | int):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_as_toml, value))}]"
    # A JSON string is a TOML string, but for the one character TOML forbids.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _replace(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=file.name, dir=file.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as draft:
            draft.write(text)
            draft.flush()
            os.fsync(draft.fileno())
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
