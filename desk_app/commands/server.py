"""The database of a practice's server: brought up to date; its passwords kept."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING, Any

from desk_app.commands.misuse import DONE, Misuse

if TYPE_CHECKING:
    import argparse

    from desk_app.settings import Settings


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands and their options."""
    migrate = commands.add_parser(
        "migrate", parents=[common], help="bring the database up to this program"
    )
    migrate.set_defaults(run=_migrate)
    password = commands.add_parser(
        "password", parents=[common], help="keep the database's password in the keyring"
    )
    password.set_defaults(run=_password)


def _migrate(_arguments: argparse.Namespace, chosen: Settings) -> int:
    from desk_app import bootstrap

    print(bootstrap.migrate(chosen))
    return DONE


def _password(_arguments: argparse.Namespace, chosen: Settings) -> int:
    from desk_app import bootstrap

    asks = sys.stdin.isatty()
    typed = getpass.getpass() if asks else sys.stdin.readline().rstrip("\r\n")
    if not typed:
        raise Misuse("no password was typed")
    print(bootstrap.keep_password(chosen, typed))
    return DONE
