"""Who works here: let in, changed, given a new password, let out for good.

Passwords never leave the desk: the server is told a verifier, computed here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from desk_app.db.queries import staff
from desk_app.db.queries.pipeline import ask, driver_of
from desk_app.db.roles import verifier
from desk_app.errors import Invalid, NotFound
from desk_app.services import contact

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions
    from desk_app.domain.staff import NewStaff, Staff

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
_LOGIN = re.compile(r"[a-z][a-z0-9_.-]{0,62}")
_NOT_A_PERSON = re.compile(r"pg_|desk_|postgres$")


class StaffList:
    """The people of the practice. All but reading is for managers."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

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
        with self._sessions.begin() as session:
            secret = verifier(driver_of(session), new.login, new.password)
            return _one(session, ask(session, staff.add(new, secret)))

    def change(self, changed: Staff) -> Staff:
        """Write another name, role or provider; what is open follows at once.

        Raises Invalid by field, Refused for the last manager, NotAllowed, NotFound.
        """
        changed = replace(changed, name=contact.clean_name(changed.name))
        with self._sessions.begin() as session:
            ask(session, staff.change(changed))
            return _one(session, changed.user_id)

    def set_password(self, person: Staff, password: str) -> None:
        """Give somebody a new password; each may do so for themselves.

        Raises Invalid("password"), NotAllowed, NotFound.
        """
        check_password(password, person.login)
        with self._sessions.begin() as session:
            secret = verifier(driver_of(session), person.login, password)
            ask(session, staff.set_password(person.user_id, secret))

    def let_go(self, person: Staff) -> int:
        """Let somebody out for good; return how many open connections were ended.

        What they did stays under their name. Raises Refused for the last manager,
        NotAllowed, NotFound.
        """
        with self._sessions.begin() as session:
            ask(session, staff.set_active(person.user_id, is_active=False))
        # After the commit: what is ended must not be able to come back.
        with self._sessions.begin() as session:
            return ask(session, staff.end_sessions(person.user_id))

    def take_back(self, person: Staff) -> Staff:
        """Let somebody in again, with the password they had."""
        with self._sessions.begin() as session:
            ask(session, staff.set_active(person.user_id, is_active=True))
            return _one(session, person.user_id)

    def end_sessions(self, person: Staff) -> int:
        """End what somebody has open at any desk, for example at one left behind."""
        with self._sessions.begin() as session:
            return ask(session, staff.end_sessions(person.user_id))


def clean_login(new: NewStaff) -> str:
    """Return a login as PostgreSQL knows it, or raise Invalid("login")."""
    login = new.login.strip().lower()
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
