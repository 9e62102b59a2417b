"""What one desk remembers between starts: a small TOML file, without secrets.

Passwords never stand here; `desk_app/credentials.py` keeps them in the keyring
of the operating system.
"""

from __future__ import annotations

import json
import os
import re
import reprlib
import tempfile
import tomllib
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote

from desk_app import paths
from desk_app.errors import Invalid

ZOOM_LEVELS = range(7)
# Far more than all settings need; something else than settings is read for minutes.
LARGEST_FILE = 20_000

MOST_SERVERS = 8
MOST_LOCATIONS = 100
LONGEST_DESK_NAME = 100

_URL = re.compile(r"\s*[a-z][a-z0-9+.-]*://(.*)", re.IGNORECASE | re.DOTALL)
# libpq's login ends at the first "@" before a "/"; a person's password may hold both.
_LOGINS = (re.compile(r"([^/@]*)@"), re.compile(r"((?:(?!\?\w+=).)*)@", re.DOTALL))
_SECRETS = (
    "password",
    "sslpassword",
    "scram_client_key",
    "scram_server_key",
    "oauth_client_secret",
)
_SECRET_WORD = re.compile(rf"({'|'.join(_SECRETS)})\s*=", re.IGNORECASE)

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
    instead, whatever `database` says. `login` is who signed in here last, `servers` are
    the addresses that were used at this desk, the last one first. `zoom` is a level of
    the grid, 0 to 6. `desk_name` is what other desks call this one; without one it is
    the name of the computer. `single_letters` says whether they are commands in the
    schedule, `hide_names_at_start` whether clients' names are hidden when it opens.
    Dates are written as in the country `dates_as` ("DE"), "" for that of the computer.
    `locations` are the numbers of those at which this desk is, all of them without any.
    `carries` says whether this desk sends what waits in the outbox, if it may.
    """

    database: str = ""
    login: str = ""
    servers: tuple[str, ...] = ()
    demo: bool = False
    data_folder: Path = field(default_factory=paths.data_folder)
    theme: ThemeChoice = ThemeChoice.SYSTEM
    zoom: int = 3
    desk_name: str = ""
    single_letters: bool = True
    hide_names_at_start: bool = False
    dates_as: str = ""
    locations: tuple[int, ...] = ()
    carries: bool = True


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
        found = tomllib.loads(_read(file))
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except (ValueError, RecursionError) as error:
        # What the file says may be a secret; where it is wrong is none.
        where = error if isinstance(error, tomllib.TOMLDecodeError) else ""
        words = f"{file} is not a TOML file: {where}".rstrip(": ")
        raise Invalid("settings", words) from None
    except OSError as error:
        raise Invalid("settings", f"{file} cannot be read: {error.strerror}") from error
    try:
        return _from_toml(found)
    except Invalid as error:
        raise Invalid(error.field, f"{file}: {error}") from None


def save(settings: Settings, file: Path | None = None) -> None:
    """Write `settings` to `file` in one step, readable by this person only.

    Raises `Invalid` when the settings hold a password or the file cannot be written.
    """
    file = file or settings_file()
    refuse_password(settings.database)
    for server in settings.servers:
        refuse_password(server, "servers")
    lines = [
        f"{f.name} = {_as_toml(getattr(settings, f.name))}" for f in fields(Settings)
    ]
    try:
        _replace(file, "\n".join(lines) + "\n")
    except (OSError, UnicodeEncodeError) as error:
        raise Invalid("settings", f"{file} cannot be written: {error}") from error


def remembered(settings: Settings, database: str) -> Settings:
    """Return the settings with an address as the one that was used last.

    Raises `Invalid` when it carries a password.
    """
    refuse_password(database, "servers")
    others = [server for server in settings.servers if server != database]
    return replace(settings, servers=(database, *others)[:MOST_SERVERS])


def has_password(database: str) -> bool:
    """Say whether a database URL or "key=value" string carries a password.

    In doubt it does: also where libpq would not take for a password what a person
    has typed as one.
    """
    if _SECRET_WORD.search(unquote(database)):
        return True
    url = _URL.match(database)
    if not url and "=" in database:
        return False
    login = url[1] if url else database
    found = [rule.match(login) for rule in _LOGINS]
    return any(":" in unquote(match[1]) for match in found if match)


def refuse_password(database: str, name: str = "database") -> None:
    """Raise `Invalid` when `database`, the setting called `name`, has a password."""
    if has_password(database):
        raise Invalid(name, "a password is kept in the keyring, not in a file")


def _from_toml(found: dict[str, object]) -> Settings:
    known = {f.name for f in fields(Settings)}
    for name in found:
        if name not in known:
            raise Invalid(name, f"there is no setting called {_short(name)}")
    defaults = Settings()
    database = _typed(found, "database", defaults.database)
    refuse_password(database)
    if database.count("[") != database.count("]"):
        raise Invalid("database", "this is not a database URL")
    zoom = _typed(found, "zoom", defaults.zoom)
    if zoom not in ZOOM_LEVELS:
        raise Invalid(
            "zoom", f"zoom is a level from 0 to {ZOOM_LEVELS[-1]}, not {_short(zoom)}"
        )
    folder = _typed(found, "data_folder", "")
    return Settings(
        database=database,
        login=_typed(found, "login", defaults.login),
        servers=_servers(found.get("servers", [])),
        demo=_typed(found, "demo", defaults.demo),
        data_folder=_folder(folder) if folder else defaults.data_folder,
        theme=_theme(_typed(found, "theme", str(defaults.theme))),
        zoom=zoom,
        desk_name=_typed(found, "desk_name", defaults.desk_name),
        single_letters=_typed(found, "single_letters", defaults.single_letters),
        hide_names_at_start=_typed(
            found, "hide_names_at_start", defaults.hide_names_at_start
        ),
        dates_as=_country(_typed(found, "dates_as", defaults.dates_as)),
        locations=_locations(found.get("locations", [])),
        carries=_typed(found, "carries", defaults.carries),
    )


def _typed(found: dict[str, object], name: str, default: T) -> T:
    value = found.get(name, default)
    if type(value) is not type(default):
        kinds = {str: "text", bool: "true or false", int: "a whole number"}
        raise Invalid(name, f"{name} must be {kinds[type(default)]}")
    return value


def _servers(found: object) -> tuple[str, ...]:
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise Invalid("servers", "servers must be a list of texts")
    for server in found:
        refuse_password(server, "servers")
    return tuple(found[:MOST_SERVERS])


def _locations(found: object) -> tuple[int, ...]:
    if not isinstance(found, list) or not all(type(one) is int for one in found):
        raise Invalid("locations", "locations must be a list of whole numbers")
    return tuple(found[:MOST_LOCATIONS])


def _theme(word: str) -> ThemeChoice:
    try:
        return ThemeChoice(word)
    except ValueError:
        words = ", ".join(ThemeChoice)
        raise Invalid("theme", f"theme is one of {words}, not {_short(word)}") from None


def _country(text: str) -> str:
    if not re.fullmatch(r"([A-Z]{2})?", text):
        raise Invalid("dates_as", f"a country has two letters, not {_short(text)}")
    return text


def _folder(text: str) -> Path:
    try:
        folder = Path(text).expanduser()
    except RuntimeError as error:
        raise Invalid("data_folder", str(error)) from error
    if not folder.is_absolute() or "\0" in text:
        words = f"data_folder must be a whole path, not {_short(text)}"
        raise Invalid("data_folder", words)
    return folder


def _short(value: object) -> str:
    return reprlib.repr(value)


def _read(file: Path) -> str:
    """Return what stands in a file of settings; raises ValueError if that is none."""
    with file.open("rb") as opened:
        found = opened.read(LARGEST_FILE + 1)
    if len(found) > LARGEST_FILE:
        raise ValueError
    # Windows' own editor begins a file with a byte order mark.
    return found.decode("utf-8-sig")


def _as_toml(value: object) -> str:
    if isinstance(value, bool | int):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(_as_toml(one) for one in value)}]"
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
