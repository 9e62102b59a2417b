"""How messages leave the practice, and whether this computer may carry them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.db.queries import health, message_settings
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.db.roles import Group
from desk_app.doctor.finding import Finding, fault, warning
from desk_app.domain.message_settings import KeyState
from desk_app.domain.messages import Channel
from desk_app.doors import KeptRings
from desk_app.errors import (
    DeskError,
    Invalid,
    KeyMissing,
    ProviderError,
    SealBroken,
    Transient,
    Unavailable,
)
from desk_app.services.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from desk_app.bootstrap import Database
    from desk_app.db.session import Sessions
    from desk_app.settings import Settings

_STAFF = {Group.RECEPTIONIST, Group.PROVIDER, Group.MANAGER}
_LET_IN = (
    "At a manager's desk: the name at the upper right, Let another desk in… Without a"
    " window: desk-app worker --enrol"
)
_SET_LOGIN = (
    "A manager sets the courier's login in the office, or desk-app worker runs on a"
    " computer that stays on."
)
_TYPE_AGAIN = "Let a manager set the courier's login in the office once more."

_MAY = Finding("courier", "this computer may carry")
_UNKNOWN = Finding("courier", "this login cannot tell whether it may carry")
_NO_KEY = warning(
    "courier",
    "this computer has not got the practice's key: what needs a password waits for"
    " another one",
    _LET_IN,
)
_LOCKED = warning(
    "courier", "the keyring does not give the practice's key", "Unlock the keyring."
)
_KEYS = {
    KeyState.HERE: _MAY,
    KeyState.NONE_YET: Finding("courier", "may carry; nothing is sealed so far"),
    KeyState.ELSEWHERE: _NO_KEY,
    KeyState.LOCKED: _LOCKED,
    KeyState.NO_KEYRING: Finding(
        "courier",
        "without a keyring it carries only what needs no password: mail by a server"
        " that wants none",
    ),
}
_PROBLEMS = {
    KeyMissing: _NO_KEY,
    SealBroken: warning("courier", "its login cannot be read", _TYPE_AGAIN),
    Unavailable: _LOCKED,
    Invalid: _LOCKED,
}


def examine(opened: Database, chosen: Settings) -> Iterator[Finding]:
    """Look at the channels, at this computer's key, and as the worker at the mail."""
    with opened.sessions.begin() as session:
        who = ask(session, health.login())
        # The administrator of a server is in every group.
        groups = set() if who.is_superuser else set(who.groups)
        if not who.is_superuser and not groups & {*_STAFF, Group.WORKER}:
            return
        yield _channels(session)
    vault = Vault(opened.sessions, KeptRings(opened.sessions))
    yield _carrying(vault, chosen, is_staff=bool(groups & _STAFF))
    if Group.WORKER in groups:
        yield _mail(opened.sessions)


def _channels(session: Session) -> Finding:
    with pipeline(session) as together:
        mail = together.ask(message_settings.mail())
        push = together.ask(message_settings.relay(Channel.PUSH))
        sms = together.ask(message_settings.relay(Channel.SMS))
        zoom = together.ask(message_settings.zoom())
    are_set = {
        "e-mail": mail.get().is_set_up,
        "push": push.get().service is not None,
        "SMS": sms.get().service is not None,
        "Zoom": zoom.get().is_set_up,
    }
    there = [name for name, is_set in are_set.items() if is_set]
    missing = [name for name, is_set in are_set.items() if not is_set]
    words = [f"set up: {', '.join(there)}"] if there else []
    words += [f"not set up: {', '.join(missing)}"] if missing else []
    return Finding("messages", "; ".join(words))


def _carrying(vault: Vault, chosen: Settings, *, is_staff: bool) -> Finding:
    """Say whether this computer may carry, as far as its login can tell."""
    if not chosen.carries:
        return Finding("courier", "this desk is set not to carry (carries = false)")
    try:
        return _desk(vault) if is_staff else _KEYS[vault.key_state()]
    except DeskError as error:
        found = (_PROBLEMS[kind] for kind in _PROBLEMS if isinstance(error, kind))
        return next(found, _UNKNOWN)


def _desk(vault: Vault) -> Finding:
    """Say what a desk of a server may, which carries by a login that is sealed."""
    if vault.courier() is None:
        return warning(
            "courier", "has no login, so this computer does not carry", _SET_LOGIN
        )
    return _MAY


def _mail(sessions: Sessions) -> Finding:
    """Sign in to the mail server and leave again."""
    # The doctor knows no network; what joins the courier does.
    from desk_app import carrying

    try:
        is_there = carrying.check_mail(sessions, KeptRings(sessions))
    except KeyMissing:
        return warning("mail", "needs the practice's key to be tried", _LET_IN)
    except Transient as error:
        return warning("mail", str(error), "Is the mail server on? Try again later.")
    except ProviderError as error:
        return fault("mail", str(error), "Let a manager look at it: office → Messages.")
    except DeskError as error:
        return warning("mail", f"cannot be tried: {error}", "Try again later.")
    return Finding("mail", "the server lets us in" if is_there else "is not set up")
