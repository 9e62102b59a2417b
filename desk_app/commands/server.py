"""The database on a practice's server: made by `init-server`, updated by `migrate`.

Both are its administrator's to run: PostgreSQL's roles need a superuser.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from desk_app.commands import asking
from desk_app.commands.misuse import DONE, Misuse

if TYPE_CHECKING:
    import argparse

    from desk_app.domain.staff import NewStaff
    from desk_app.settings import Settings

_PROGRAMS = {
    "worker": "carries appointments to outside calendars, and messages to clients",
    "webhook": "hears of changes in outside calendars",
    "backup": "reads everything, for pg_dump",
}
_ORDER = (
    "Passwords are asked for. Where nobody can be asked, each is a line of standard"
    " input: of the manager, the worker, the webhook and the backup, as far as they"
    " are named. The administrator's own comes from PGPASSWORD, libpq's password file"
    " or the keyring."
)


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands and their options."""
    make = commands.add_parser(
        "init-server",
        parents=[common],
        help="make the practice's database on its server",
        epilog=_ORDER,
    )
    make.add_argument("--manager", metavar="LOGIN", help="who lets the others in")
    make.add_argument("--name", metavar="NAME", help="of the manager")
    for program, does in _PROGRAMS.items():
        make.add_argument(f"--{program}", metavar="LOGIN", help=f"a login that {does}")
    make.set_defaults(run=_make)
    migrate = commands.add_parser(
        "migrate", parents=[common], help="bring the database up to this program"
    )
    migrate.set_defaults(run=_migrate)


def administrator(chosen: Settings) -> str:
    """Return the server's address in its administrator's name, once it has let him in.

    A password that is missing is asked for, where there is somebody to ask. Raises
    NotAllowed, Unavailable and WrongSchema, each with what to do.
    """
    from desk_app.db import server
    from desk_app.domain.staff import SignIn
    from desk_app.doors import ServerDoor
    from desk_app.errors import NeedsLogin, NotAllowed

    if chosen.demo or not chosen.database:
        raise Misuse(
            "name the server: --database postgresql://postgres@server/practice"
        )
    door = ServerDoor(chosen.database)
    url = door.address(SignIn(chosen.login))
    try:
        server.require_administrator(url)
    except NeedsLogin as needed:
        whose = f"the password of {needed.login} at {door.server}"
        if needed.was_refused:
            raise NotAllowed(f"The server refuses {whose}.") from None
        if not asking.is_person():
            raise NotAllowed(f"The server wants {whose}, in PGPASSWORD.") from None
        typed = asking.password(f"Password of {needed.login} at {door.server}")
        url = door.address(SignIn(needed.login, typed))
        server.require_administrator(url)
    return url


def _make(arguments: argparse.Namespace, chosen: Settings) -> int:
    from desk_app import bootstrap
    from desk_app.db import roles, schema, server
    from desk_app.db.roles import Group

    programs = _programs(arguments)
    url = administrator(chosen)
    has_staff = server.has_staff(url)
    first = _manager(arguments, is_needed=not has_staff)
    passwords = {login: _password(login) for login in programs.values()}
    if has_staff or first is None:
        schema.upgrade(url)
        print("The database is up to date; people work there already.")
    else:
        there = dataclasses.replace(chosen, database=url, login="")
        print(bootstrap.init_server(there, first))
    for program, login in programs.items():
        group = Group[program.upper()]
        roles.make_program_login(url, login, group, passwords[login])
        print(f"{login} may sign in as the {program}.")
    return DONE


def _migrate(_arguments: argparse.Namespace, chosen: Settings) -> int:
    from desk_app import bootstrap
    from desk_app.db import roles

    if chosen.demo or not chosen.database:
        print(bootstrap.migrate(chosen))
        return DONE
    url = administrator(chosen)
    print(bootstrap.migrate(dataclasses.replace(chosen, database=url, login="")))
    # A database that was restored or copied may let in whoever comes.
    roles.secure_database(url)
    return DONE


def _programs(arguments: argparse.Namespace) -> dict[str, str]:
    """Return the logins that programs shall have; raises Invalid("login")."""
    given = {program: getattr(arguments, program) for program in _PROGRAMS}
    named = {program: _clean(login) for program, login in given.items() if login}
    every = [*named.values(), *([arguments.manager] if arguments.manager else [])]
    if len(set(every)) < len(every):
        raise Misuse("each of them needs a login of its own")
    return named


def _manager(arguments: argparse.Namespace, *, is_needed: bool) -> NewStaff | None:
    """Return who shall be the first manager, None where people work already."""
    from desk_app.domain.staff import NewStaff, Role
    from desk_app.services.contact import clean_name

    if is_needed and not (arguments.manager and arguments.name):
        raise Misuse(
            "nobody works there yet; name a manager: --manager LOGIN --name NAME"
        )
    if not arguments.manager or (asking.is_person() and not is_needed):
        return None
    login = _clean(arguments.manager)
    name = clean_name(arguments.name or login)
    # A line of its own, whether it is needed or not: the others follow it.
    return NewStaff(login, name, Role.MANAGER, _password(login))


def _clean(login: str) -> str:
    from desk_app.domain.staff import NewStaff, Role
    from desk_app.services.staff import clean_login

    return clean_login(NewStaff(login, login, Role.MANAGER))


def _password(login: str) -> str:
    from desk_app.services.staff import check_password

    typed = asking.new_password(f"Password of {login}")
    check_password(typed, login)
    return typed
