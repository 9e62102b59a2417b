"""`desk-app password` keeps a password in the keyring of the operating system."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from desk_app.commands import asking
from desk_app.commands.misuse import DONE, Misuse

if TYPE_CHECKING:
    import argparse

    from desk_app.settings import Settings


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "password", parents=[common], help="keep a password in the keyring"
    )
    parser.add_argument(
        "--login", metavar="LOGIN", default="", help="whose; else who signed in last"
    )
    parser.set_defaults(run=_keep)


def _keep(arguments: argparse.Namespace, chosen: Settings) -> int:
    from desk_app import bootstrap

    if chosen.demo:
        raise Misuse("the demo has no passwords")
    login = arguments.login or chosen.login
    if not chosen.database and not login:
        raise Misuse("say whose password it is: --login LOGIN")
    typed = asking.password("Password")
    if chosen.database:
        signing_in = dataclasses.replace(chosen, login=login)
        print(bootstrap.keep_password(signing_in, typed))
    else:
        print(_keep_here(chosen, login, typed))
    return DONE


def _keep_here(chosen: Settings, login: str, typed: str) -> str:
    from desk_app.domain.staff import SignIn
    from desk_app.doors import LocalDoor

    # Where the database is does not matter for what is kept.
    LocalDoor("", str(chosen.data_folder)).keep(SignIn(login, typed))
    return f"The password of {login} is kept in the keyring."
