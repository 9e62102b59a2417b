"""Who works here: let in, changed, given a new password, let out for good.

Passwords never leave the desk: the server is told a verifier, computed here.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from desk_app.db.queries import staff
from desk_app.db.queries.pipeline import ask, driver_of
from desk_app.db.roles import verifier
from desk_app.domain.policies import Policy
from desk_app.domain.staff import LONGEST_PASSWORD, SHORTEST_PASSWORD
from desk_app.errors import Invalid, NotFound, Refused, Unavailable
from desk_app.services import contact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions
    from desk_app.domain.staff import NewStaff, Staff

LONGEST_LOGIN = 63
LOGIN_IN_USE = "Somebody has this login already, perhaps one who left."

_LOGIN = re.compile(r"[a-z][a-z0-9_.-]*")
# Names of PostgreSQL, of the groups, and of those who work where nobody signs in.
_NOT_A_PERSON = re.compile(r"pg_|desk_|(postgres|public|none|computer|courier)$")


class StaffList:
    """The people of the practice. All but reading is for managers.

    Each write is done again until its outcome is known; twice does the same as once.
    """

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        # Requests, by their hashes, of which nobody knows yet whether they were done.
        self._in_doubt: set[int] = set()

    def everybody(self) -> tuple[Staff, ...]:
        """Return everybody by name, those who left as well."""
        with self._sessions.begin() as session:
            return ask(session, staff.everybody())

    def add(self, new: NewStaff) -> Staff:
        """Let somebody in; their login is a role of the server from now on.

        Raises Invalid by field (name, login, password, provider_id), NotAllowed.
        """
        new = replace(new, name=contact.clean_name(new.name), login=clean_login(new))
        check_password(new.password, new.login)
        was_free = hash(new) in self._in_doubt

        def add(session: Session) -> Staff:
            nonlocal was_free
            known = ask(session, staff.with_login(new.login))
            if known is not None:
                # Carried out by an earlier try whose answer was lost, or somebody else.
                if was_free and (known.name, known.role) == (new.name, new.role):
                    return known
                raise Invalid("login", LOGIN_IN_USE)
            was_free = True
            secret = verifier(driver_of(session), new.login, new.password)
            return _one(session, ask(session, staff.add(new, secret)))

        with self._doubting(new):
            return self._sessions.run(add)

    def change(self, changed: Staff) -> Staff:
        """Write another name, role or provider; what is open follows at once.

        Raises Invalid by field, Refused for the last manager, NotAllowed, NotFound.
        """
        changed = replace(changed, name=contact.clean_name(changed.name))

        def change(session: Session) -> Staff:
            ask(session, staff.change(changed))
            return _one(session, changed.user_id)

        return self._sessions.run(change)

    def set_password(self, person: Staff, password: str) -> None:
        """Give somebody a new password; each may do so for themselves.

        What is open stays open. Raises Invalid("password"), NotAllowed, NotFound.
        """
        check_password(password, person.login)

        def set_password(session: Session) -> None:
            secret = verifier(driver_of(session), person.login, password)
            ask(session, staff.set_password(person.user_id, secret))

        self._sessions.run(set_password)

    def let_go(self, person: Staff) -> int:
        """Let somebody out for good; return how many open connections were ended.

        What they did stays under their name. Raises Refused for the last manager and
        for oneself, NotAllowed, NotFound.
        """

        def close(session: Session) -> int:
            if ask(session, staff.me()).login == person.login:
                raise Refused(Policy.ONESELF)
            return ask(session, staff.end_sessions(person.user_id))

        def let_go(session: Session) -> None:
            ask(session, staff.set_active(person.user_id, is_active=False))

        # First, so that nothing they have open can hold the rest up; and again after
        # the commit, for what came back in between.
        ended = self._sessions.run(close)
        self._sessions.run(let_go)
        return ended + self.end_sessions(person)

    def take_back(self, person: Staff) -> Staff:
        """Let somebody in again, with the password they had."""

        def take_back(session: Session) -> Staff:
            ask(session, staff.set_active(person.user_id, is_active=True))
            return _one(session, person.user_id)

        return self._sessions.run(take_back)

    def end_sessions(self, person: Staff) -> int:
        """End what somebody has open at any desk; return how many connections.

        A desk that knows the password comes back by itself.
        """
        return self._sessions.run(
            lambda session: ask(session, staff.end_sessions(person.user_id))
        )

    @contextmanager
    def _doubting(self, new: NewStaff) -> Iterator[None]:
        """Remember a request whose outcome nobody knows, for when it is made again."""
        try:
            yield
        except Unavailable as error:
            if error.undecided:
                self._in_doubt.add(hash(new))
            raise
        self._in_doubt.discard(hash(new))


def clean_login(new: NewStaff) -> str:
    """Return a login as PostgreSQL knows it, or raise Invalid("login")."""
    login = new.login.strip().lower()
    if len(login) > LONGEST_LOGIN:
        raise Invalid("login", f"A login has at most {LONGEST_LOGIN} characters.")
    if not _LOGIN.fullmatch(login):
        raise Invalid(
            "login",
            "A login begins with a letter and goes on with letters a to z, digits,"
            " dots, dashes and underscores.",
        )
    if _NOT_A_PERSON.match(login):
        raise Invalid("login", "This login is kept for the server itself.")
    return login


def check_password(password: str, login: str) -> None:
    """Raise Invalid("password") for one that is too easy, by its length above all.

    NIST SP 800-63B: length counts, rules for kinds of characters do not.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid(
            "password", f"A password has at least {SHORTEST_PASSWORD} characters."
        )
    if len(password) > LONGEST_PASSWORD:
        raise Invalid(
            "password", f"A password has at most {LONGEST_PASSWORD} characters."
        )
    if password.lower() == login or len(set(password)) < 4:
        raise Invalid("password", "This password is too easy to guess.")


def _one(session: Session, user_id: int) -> Staff:
    found = ask(session, staff.one(user_id))
    if found is None:
        raise NotFound
    return found
