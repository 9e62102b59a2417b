"""The command line: `desk-app` opens the window, its commands need no window.

Exit codes: 0 done, 1 it could not be done, 2 the command line (or the missing
screen) is the reason.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app import __version__, settings
from desk_app.commands import (
    backup,
    doctor,
    password,
    server,
    slots,
    window,
    worker,
)
from desk_app.commands.misuse import FAILED, MISUSED, Misuse, Parser, complain
from desk_app.errors import DeskError, NeedsLogin

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desk_app.settings import Settings

_NEEDS_LOGIN = (
    "Somebody has to sign in: open desk-app once and let it keep the password, or"
    " keep it with: desk-app password --login LOGIN"
)


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line asks and return the exit code."""
    arguments = _parser().parse_args(words)
    try:
        command: Callable[[argparse.Namespace, Settings], int] = arguments.run
        return command(arguments, _settings(arguments))
    except Misuse as problem:
        return complain(str(problem), MISUSED)
    except NeedsLogin:
        return complain(_NEEDS_LOGIN, FAILED)
    except DeskError as error:
        return complain(str(error), FAILED)
    except BrokenPipeError:
        # Whoever read the output has closed it; the interpreter must not try again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
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
    window.add(parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for subject in (slots, server, password, worker, backup, doctor):
        subject.add(commands, common)
    return parser


def _settings(arguments: argparse.Namespace) -> Settings:
    kept = settings.load()
    # A database that is named is meant, also at a desk that usually shows the demo, and
    # so is who is named in its address.
    shows_demo = kept.demo and "database" not in arguments
    return dataclasses.replace(
        kept,
        demo=getattr(arguments, "demo", shows_demo),
        database=getattr(arguments, "database", kept.database),
        login="" if "database" in arguments else kept.login,
        data_folder=getattr(arguments, "data_dir", kept.data_folder).absolute(),
    )
