"""The courier of a desk: who it signs in as, and whether this computer may carry."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Protocol

from desk_app.db.session import open_sessions
from desk_app.desk import KEPT
from desk_app.doors import KeptRings, LocalDoor
from desk_app.errors import (
    DeskError,
    KeyMissing,
    NotAllowed,
    SealBroken,
    WrongSchema,
)
from desk_app.services.kept import Kept
from desk_app.services.vault import Vault
from desk_app.worker.reports import CourierLost, NotCarrying, Why

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    from desk_app.db.session import Sessions
    from desk_app.desk import Loop, Means
    from desk_app.services.access import Door
    from desk_app.settings import Settings
    from desk_app.worker.reports import Report

# By this name the bundled server lets in whoever carries.
COURIER = "courier"
# The window comes first.
FIRST_REST = 2.0
LOOK_AGAIN = 30.0
SWEEP_EVERY = 3600.0
# A desk has others; between two messages one of the courier's is enough.
CONNECTIONS_KEPT = 2


class Logins(Protocol):
    """What says by which login this desk carries."""

    def address(self) -> str | None:
        """Return the address of the database for it, None where there is no login.

        Raises KeyMissing where there is one and this computer cannot open it.
        """


class LocalLogin:
    """The login that the bundled server lets in by name."""

    def __init__(self, door: LocalDoor) -> None:
        self._door = door

    def address(self) -> str:
        """Return the address for it."""
        return self._door.program(COURIER)


class SealedLogin:
    """The login that stands sealed in the practice's database."""

    def __init__(self, door: Door, vault: Vault) -> None:
        self._door = door
        self._vault = vault

    def address(self) -> str | None:
        """Return the address for it, None where a manager has set none."""
        sign_in = self._vault.courier()
        return self._door.address(sign_in) if sign_in else None


class DeskCourier:
    """Carries while this computer may, and says why when it may not.

    It looks again now and then: a manager may set the login, another desk may let this
    one in. `kept` are the days on this computer's own disk, whose old ones it removes
    whether or not it carries.
    """

    def __init__(
        self, logins: Logins, join: Callable[[Sessions], Loop], kept: Kept
    ) -> None:
        self._logins = logins
        self._join = join
        self._kept = kept

    def run(self, stop: Event, report: Callable[[Report], None]) -> None:
        """Carry until `stop` is set, which is noticed within a second."""
        stop.wait(FIRST_REST)
        while not stop.is_set():
            self._kept.sweep()
            stands = self._carry(stop, report)
            if not stop.is_set():
                report(stands)
                stop.wait(LOOK_AGAIN)

    def _carry(
        self, stop: Event, report: Callable[[Report], None]
    ) -> NotCarrying | CourierLost:
        """Carry as long as that goes well; return why it ended, or did not begin."""
        try:
            address = self._logins.address()
            if address is None:
                return NotCarrying(Why.NO_LOGIN)
            with closing(open_sessions(address, kept=CONNECTIONS_KEPT)) as sessions:
                self._join(sessions).run(stop, report)
        except KeyMissing:
            return NotCarrying(Why.NO_KEY)
        except (NotAllowed, SealBroken):
            return NotCarrying(Why.REFUSED)
        except WrongSchema:
            return NotCarrying(Why.OTHER_VERSION)
        except DeskError:
            pass
        return CourierLost()


def beside(settings: Settings, means: Means) -> Loop:
    """Return the courier of a desk that works by these means."""
    if not settings.carries:
        return NoCourier()
    kept = Kept(settings.data_folder / KEPT, means.day_keys)
    door = means.door
    logins: Logins
    if isinstance(door, LocalDoor):
        logins = LocalLogin(door)
    else:
        logins = SealedLogin(door, Vault(means.sessions, means.rings))

    def join(sessions: Sessions) -> Loop:
        # What it needs of the network is imported once it may carry.
        from desk_app import carrying
        from desk_app.worker.chores import Chore

        chores = (Chore("sweeping days", SWEEP_EVERY, kept.sweep),)
        rings = KeptRings(sessions)
        return carrying.courier(sessions, rings, chores)

    return DeskCourier(logins, join, kept)


class NoCourier:
    """Stands where a desk shall not carry, and says so."""

    def run(self, stop: Event, report: Callable[[Report], None]) -> None:
        """Do nothing until `stop` is set."""
        report(NotCarrying(Why.SWITCHED_OFF))
        stop.wait()
