"""How a desk is opened: what a screen asks for, and who does it off the GUI thread.

What opens databases and keyrings is imported when it is called, behind the window.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.desk import Desk
    from desk_app.domain.staff import NewStaff, SignIn
    from desk_app.services.kept import Kept
    from desk_app.settings import Settings


@dataclass(frozen=True, slots=True)
class Founding:
    """A practice that is to begin on this computer, and its first manager."""

    name: str
    timezone: str
    country: str
    currency: str
    first: NewStaff


@dataclass(frozen=True, slots=True)
class Server:
    """Where a practice's server is; `certificate` is a file, "" for none."""

    host: str
    port: int
    database: str
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to open a desk with `settings`.

    `server` takes the place of their address, `founding` makes a practice first. With
    `is_chosen` the practice was chosen as well, not only who signs in: then both are
    remembered.
    """

    settings: Settings
    sign_in: SignIn | None = None
    server: Server | None = None
    founding: Founding | None = None
    is_chosen: bool = False
    upgrade: bool = False


def build(attempt: Attempt) -> Desk:
    """Open the desk that is asked for; raises what `bootstrap.build` does."""
    from desk_app import bootstrap, doors
    from desk_app.domain.staff import SignIn

    settings, who = attempt.settings, attempt.sign_in
    if attempt.founding is not None:
        settings = _found(attempt.founding, settings)
        if settings.login:
            who = SignIn(settings.login, attempt.founding.first.password)
    if attempt.server is not None:
        there = attempt.server
        address = doors.server_address(
            there.host, there.port, there.database, there.certificate
        )
        settings = replace(settings, database=address)
    return bootstrap.build(settings, who, upgrade=attempt.upgrade)


def can_keep() -> bool:
    """Say whether this computer has a keyring."""
    from desk_app import doors

    return doors.can_keep()


def kept(settings: Settings) -> Kept:
    """Return what this desk keeps of a practice that cannot be opened."""
    from desk_app import bootstrap

    return bootstrap.kept_days(settings)


@dataclass(frozen=True, slots=True)
class Ways:
    """What the screens can have done on another thread."""

    build: Callable[[Attempt], Desk] = field(default=build)
    can_keep: Callable[[], bool] = field(default=can_keep)
    kept: Callable[[Settings], Kept] = field(default=kept)


def _found(founding: Founding, settings: Settings) -> Settings:
    from desk_app import bootstrap

    new = bootstrap.NewPractice(
        founding.name, founding.timezone, founding.country, founding.currency
    )
    return bootstrap.start_practice(settings, new, founding.first)
