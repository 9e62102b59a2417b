"""The command line: `desk-app` opens the window, its commands need no window.

Exit codes: 0 done, 1 it could not be done, 2 the command line (or the missing
screen) is the reason.
"""

from __future__ import annotations

import argparse
import dataclasses
import getpass
import json
import logging
import logging.handlers
import os
import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Protocol, TypeVar
from zoneinfo import ZoneInfo

from desk_app import __version__, paths, screen, settings
from desk_app.db.folding import fold
from desk_app.errors import DeskError
from desk_app.settings import Settings, ThemeChoice, WindowOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from desk_app.bootstrap import Desk
    from desk_app.domain.people import Provider, Service
    from desk_app.domain.slots import Opening

MISUSED = 2
LONGEST_QUESTION = 366


class Misuse(Exception):
    """The command line asks for something that is not there."""


class Named(Protocol):
    """A provider or a service, for which only the name matters here."""

    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=Named)


class Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong, without the usage above it."""

    def error(self, message: str) -> NoReturn:
        self.exit(MISUSED, f"{self.prog}: {message}\n")


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line asks and return the exit code."""
    arguments = _parser().parse_args(words)
    try:
        command: Callable[[argparse.Namespace, Settings], int] = arguments.run
        return command(arguments, _settings(arguments))
    except Misuse as problem:
        return _complain(str(problem), MISUSED)
    except DeskError as error:
        return _complain(str(error), 1)
    except BrokenPipeError:
        # Whoever read the output has closed it; the interpreter must not try again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    # Options may stand before or after the command, so none has a default here.
    common = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--demo", action="store_true", help="use the demo practice")
    common.add_argument("--database", metavar="URL", help="a PostgreSQL of your own")
    common.add_argument(
        "--data-dir", metavar="DIR", type=Path, help="where this computer's data lies"
    )
    parser = Parser(
        prog="desk-app", description="The front desk of a practice.", parents=[common]
    )
    parser.add_argument("--version", action="version", version=__version__)
    _add_window(parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    slots = commands.add_parser("slots", parents=[common], help="print free times")
    _add_slots(slots)
    migrate = commands.add_parser(
        "migrate", parents=[common], help="bring the database up to this program"
    )
    migrate.set_defaults(run=_migrate)
    password = commands.add_parser(
        "password", parents=[common], help="keep the database's password in the keyring"
    )
    password.set_defaults(run=_password)
    doctor = commands.add_parser(
        "doctor", parents=[common], help="say what is right and wrong here"
    )
    doctor.set_defaults(run=_doctor)
    return parser


def _add_window(parser: argparse.ArgumentParser) -> None:
    window = parser.add_argument_group("the window")
    window.add_argument("--dark", action="store_true", help="dark colours")
    window.add_argument(
        "--picture", metavar="FILE", type=Path, help="draw the window and end"
    )
    window.add_argument(
        "--size", metavar="WxH", type=_size, default=(1440, 900), help="of the picture"
    )
    window.add_argument(
        "--scale", metavar="N", type=_scale, default=1.0, help="of the picture"
    )
    parser.set_defaults(run=_window)


def _add_slots(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--provider", required=True, metavar="NAME")
    parser.add_argument("--service", required=True, metavar="NAME")
    parser.add_argument("--date", required=True, type=_date, metavar="YYYY-MM-DD")
    parser.add_argument("--days", type=_days, default=1, metavar="N")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=_slots)


def _settings(arguments: argparse.Namespace) -> Settings:
    kept = settings.load()
    # A database that is named is meant, also at a desk that usually shows the demo.
    shows_demo = kept.demo and "database" not in arguments
    return dataclasses.replace(
        kept,
        demo=getattr(arguments, "demo", shows_demo),
        database=getattr(arguments, "database", kept.database),
        data_folder=getattr(arguments, "data_dir", kept.data_folder).absolute(),
    )


def _window(arguments: argparse.Namespace, chosen: Settings) -> int:
    if arguments.picture:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    _require_screen()
    _log_to_file()
    if arguments.dark:
        chosen = dataclasses.replace(chosen, theme=ThemeChoice.DARK)
    width, height = arguments.size
    options = WindowOptions(chosen, arguments.picture, width, height, arguments.scale)
    from desk_app.ui import run

    return run.run(partial(_build, chosen), options)


def _build(chosen: Settings) -> Desk:
    # Called behind the window, which need not wait for what this imports.
    from desk_app import bootstrap

    return bootstrap.build(chosen)


def _slots(arguments: argparse.Namespace, chosen: Settings) -> int:
    from desk_app import bootstrap
    from desk_app.services.diary import OpeningQuery

    with bootstrap.build(chosen) as desk:
        catalogue = desk.diary.catalogue()
        provider = _the_one(catalogue.providers, arguments.provider, "provider")
        offered = [
            s for s in catalogue.services if s.provider_id == provider.provider_id
        ]
        service = _the_one(offered, arguments.service, f"service of {provider.name}")
        query = OpeningQuery(
            (service.service_id,), arguments.date, arguments.days, limit=None
        )
        openings = desk.diary.openings(query)
    _print_openings(openings, provider, service, as_json=arguments.json)
    return 0


def _migrate(_arguments: argparse.Namespace, chosen: Settings) -> int:
    from desk_app import bootstrap

    print(bootstrap.migrate(chosen))
    return 0


def _password(_arguments: argparse.Namespace, chosen: Settings) -> int:
    from desk_app import bootstrap

    asks = sys.stdin.isatty()
    typed = getpass.getpass() if asks else sys.stdin.readline().rstrip("\r\n")
    if not typed:
        raise Misuse("no password was typed")
    print(bootstrap.keep_password(chosen, typed))
    return 0


def _doctor(_arguments: argparse.Namespace, chosen: Settings) -> int:
    from desk_app import doctor

    is_fine = True
    for finding in doctor.examine(chosen):
        mark = "ok " if finding.is_fine else "BAD"
        print(f"{mark} {finding.about}: {finding.words}", flush=True)
        is_fine = is_fine and finding.is_fine
    return 0 if is_fine else 1


def _the_one(named: Iterable[N], wanted: str, kind: str) -> N:
    """Return the only one whose name is `wanted`, or else holds it as a part.

    Case and accents do not count, as in the search for clients.
    """
    folded = fold(wanted).strip()
    candidates = [item for item in named if folded in fold(item.name)]
    exact = [item for item in candidates if fold(item.name) == folded]
    found = exact or candidates
    if len(found) == 1:
        return found[0]
    if not found:
        raise Misuse(f"there is no {kind} called {wanted!r}")
    names = ", ".join(sorted(item.name for item in found))
    raise Misuse(f"{wanted!r} may be any {kind} of these: {names}")


def _print_openings(
    openings: Iterable[Opening], provider: Provider, service: Service, *, as_json: bool
) -> None:
    zone = ZoneInfo(provider.timezone)
    spans = [(o.start.astimezone(zone), o.end.astimezone(zone)) for o in openings]
    if as_json:
        records = [
            {
                "provider": provider.name,
                "service": service.name,
                "start": start.isoformat(),
                "end": end.isoformat(),
            }
            for start, end in spans
        ]
        print(json.dumps(records, ensure_ascii=False, indent=2))
        return
    for start, end in spans:
        print(f"{start:%Y-%m-%d %H:%M}-{end:%H:%M}")
    if not spans:
        print("no free time")


def _require_screen() -> None:
    """Raise Misuse where Qt would end the process: no libraries, no screen."""
    if why := screen.why_no_screen():
        raise Misuse(
            f"{why}; start desk-app on a desktop, or draw it with --picture FILE"
        )
    to_show = screen.needs_screen(os.environ)
    if missing := screen.missing_libraries(to_show=to_show):
        line = " ".join(screen.apt_command(missing))
        raise Misuse(f"Qt needs system libraries that are not here: sudo {line}")


def _log_to_file() -> None:
    """Keep a small log in the user's log folder, on standard error elsewhere."""
    file = paths.log_folder() / "desk-app.log"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            file, maxBytes=1_000_000, backupCount=3, encoding="utf-8"
        )
    except OSError:
        handler = logging.StreamHandler()
    form = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    logging.basicConfig(level=logging.INFO, handlers=[handler], format=form)


def _complain(words: str, code: int) -> int:
    print(f"desk-app: {words}", file=sys.stderr)
    return code


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a size such as 1440x900")
    if not (320 <= int(width) <= 8192 and 240 <= int(height) <= 8192):
        raise argparse.ArgumentTypeError("a size lies between 320x240 and 8192x8192")
    return int(width), int(height)


def _scale(text: str) -> float:
    try:
        scale = float(text)
    except ValueError:
        scale = 0.0
    if not 0.5 <= scale <= 4:
        raise argparse.ArgumentTypeError("a scale lies between 0.5 and 4")
    return scale


def _date(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a date such as 2027-01-31"
        ) from None
    if not 1970 <= day.year <= 2200:
        raise argparse.ArgumentTypeError("a date lies between 1970 and 2200")
    return day


def _days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= LONGEST_QUESTION:
        raise argparse.ArgumentTypeError(
            f"the number of days lies between 1 and {LONGEST_QUESTION}"
        )
    return int(text)
