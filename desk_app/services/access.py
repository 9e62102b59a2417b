"""Who is at this desk: signed in, away behind the lock, or somebody else by now.

PostgreSQL knows people by their logins, so another person means other connections.
While a desk is locked it has none, and no password.
"""

from __future__ import annotations

from contextlib import closing, suppress
from typing import TYPE_CHECKING, Protocol

from desk_app.db.queries import staff
from desk_app.db.queries.pipeline import ask
from desk_app.db.session import open_sessions
from desk_app.domain.staff import SignIn
from desk_app.errors import NeedsLogin, NotAllowed, Unavailable

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.domain.staff import Me, Staff


class Door(Protocol):
    """Where this desk gets in: a server, or the database of this computer."""

    def address(self, sign_in: SignIn) -> str:
        """Return the address to connect to in this person's name."""

    def keep(self, sign_in: SignIn) -> None:
        """Keep the password where the desk may; raises Unavailable if it cannot."""

    def keeps(self, login: str) -> bool:
        """Say whether a password of this login is kept; raises Unavailable."""


class Access:
    """Locks the desk and lets people in."""

    def __init__(
        self,
        sessions: Sessions,
        door: Door,
        open_login: str = "",
        *,
        is_open: bool = False,
    ) -> None:
        """Work on `sessions`; `open_login` is let in by nothing but its name.

        With `is_open` everybody is, as in the demo.
        """
        self._sessions = sessions
        self._door = door
        self._open_login = open_login
        self._is_open = is_open

    def can_lock(self, me: Me) -> bool:
        """Say whether a lock would keep anybody out.

        It would not where the practice is one person's computer.
        """
        return me.login != self._open_login

    def asks_password(self, login: str) -> bool:
        """Say whether this login is let in by a password only."""
        return not self._is_open and login != self._open_login

    @property
    def is_locked(self) -> bool:
        """Whether nobody is signed in."""
        return self._sessions.is_locked

    def me(self) -> Me:
        """Return who is signed in."""
        with self._sessions.begin() as session:
            return ask(session, staff.me())

    def people(self) -> tuple[Staff, ...]:
        """Return who may sign in here, by name."""
        with self._sessions.begin() as session:
            found = ask(session, staff.everybody())
        return tuple(person for person in found if person.is_active)

    def lock(self) -> None:
        """Close the connections and forget the password; reading raises from now on."""
        self._sessions.lock()

    def enter(self, sign_in: SignIn) -> Me:
        """Let somebody in, whoever was there before; return who it is.

        Raises NeedsLogin for a login that is refused, or is nobody here, and
        Unavailable: then whoever was there still is, or the desk stays locked. A
        password that could not be kept is no reason to keep anybody out.
        """
        address = self._door.address(sign_in)
        try:
            with closing(open_sessions(address)) as trial:
                me = Access(trial, self._door).me()
            self._sessions.sign_in(address)
        except NotAllowed as error:
            raise NeedsLogin(login=sign_in.login, was_refused=True) from error
        if sign_in.keep:
            with suppress(Unavailable):
                self._door.keep(sign_in)
        return me

    def renew(self, login: str, password: str) -> None:
        """Go on with the new password of whoever is signed in.

        New connections need it; the keyring learns it if it had the old one. A desk
        that was locked meanwhile stays so.
        """
        is_kept = False
        with suppress(Unavailable):
            is_kept = self._door.keeps(login)
        if not self._sessions.is_locked:
            self.enter(SignIn(login, password, is_kept))
