"""What PostgreSQL and its drivers say, in the words of `desk_app.errors`.

The new error keeps SQLSTATE and constraint as a note. The old one is dropped: its
text holds whole rows ("Failing row contains …") and would reach the log.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

import psycopg
from sqlalchemy import CheckConstraint, exc

from desk_app.db.models import Base
from desk_app.errors import (
    Check,
    DeskError,
    Invalid,
    KeyReused,
    NotAllowed,
    NotFound,
    Refused,
    SlotTaken,
    Stale,
    Unavailable,
    Untrusted,
    WrongSchema,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from psycopg.errors import Diagnostic

Foreign: Final = (exc.SQLAlchemyError, psycopg.Error, UnicodeError)

_LOGIN_REFUSED = re.compile(
    r"authentication failed|no password supplied|no pg_hba\.conf entry"
    r"|role .* does not exist|not permitted to log in|permission denied for database"
)
# What libpq says of a server that is not what `desk_app/db/line.py` demands.
_UNTRUSTED = {
    Check.TLS: re.compile(
        r"does not support SSL|invalid response to SSL negotiation|unencrypted data"
        r"|unsupported protocol|protocol version|wrong version number"
    ),
    Check.CERTIFICATE: re.compile(r"certificate verify failed"),
    Check.NAME: re.compile(
        r"does not match host name|host name must be specified"
        r"|host name from server certificate"
    ),
    Check.PROOF: re.compile(
        r"not complete authentication|authentication was not completed"
        r"|server signature|SCRAM (message|response)"
    ),
    Check.LOGIN: re.compile(
        r"authentication method requirement|SASL authentication mechanisms"
    ),
    Check.BINDING: re.compile(r"channel binding (is )?required|digest for NID"),
    Check.FILE: re.compile(r"root certificate (file|paths)"),
}
_NO_DATABASE = re.compile(r"database .* does not exist")
# What a person can do about a server that is not reached depends on how far one came.
_NOT_REACHED = {
    re.compile(
        r"resolve host|translate host name|not known"
    ): "There is no computer of this name in the network.",
    re.compile(
        r"Connection refused|No such file or directory"
    ): "The computer is there, but no PostgreSQL answers at this port.",
    re.compile(
        r"timeout expired|[Tt]imed out|No route to host|unreachable"
    ): "The computer of this name does not answer.",
}

# Rules that the database keeps for everybody, by the constraint they are named as.
_RULES: dict[str, Callable[[], DeskError]] = {
    "appointment_status_follows": lambda: Refused("status"),
    "staff_user_manager_stays": lambda: Refused(
        "last_manager", "This is the only manager; make somebody else one first."
    ),
    "client_has_no_more_visits": lambda: Refused(
        "visits_to_come", "This client has appointments to come; cancel them first."
    ),
    "transfer_is_undone_once": lambda: Refused(
        "undone", "This import was taken back already."
    ),
    "client_is_merged_once": lambda: Refused(
        "merged", "This client was merged with another entry; look at that one."
    ),
    "provider_has_one_login": lambda: Invalid(
        "provider_id", "This provider has another login already."
    ),
    "staff_user_login_is_a_name": lambda: Invalid("login", "This cannot be a login."),
}
_LOGIN_IN_USE = "The server has another login of this name. Choose another one."
_KEYS = frozenset({"appointment_booking_key_key", "idempotency_key_pkey"})


class TryAgain(Unavailable):
    """The database does not answer just now."""


class Busy(TryAgain):
    """Somebody else is changing this just now."""


def translated(error: Exception) -> DeskError:
    """Return the DeskError for one of `Foreign`."""
    if isinstance(error, exc.TimeoutError):
        return TryAgain("All connections to the database are in use.")
    driver = error.orig if isinstance(error, exc.DBAPIError) else error
    if isinstance(driver, UnicodeError):
        return Invalid("text", "This text cannot be stored.")
    if not isinstance(driver, psycopg.Error):
        return _noted(DeskError("The database was used wrongly."), str(type(error)))
    if driver.sqlstate is None:
        return _without_state(driver)
    result = _by_state(driver.sqlstate, driver.diag)
    return _noted(result, driver.sqlstate, driver.diag.constraint_name)


def _noted(error: DeskError, *facts: str | None) -> DeskError:
    error.add_note("PostgreSQL: " + ", ".join(fact for fact in facts if fact))
    return error


def _without_state(error: psycopg.Error) -> DeskError:
    """Translate what the driver found out by itself, or while connecting.

    Why a server turns a login away is told in words only; in a language other than
    English such a login is just tried again until the deadline.
    """
    words = str(error)
    if isinstance(error, psycopg.DataError):
        return Invalid("text", "This text cannot be stored.")
    for check, said in _UNTRUSTED.items():
        if said.search(words):
            return Untrusted(check)
    if _LOGIN_REFUSED.search(words):
        return NotAllowed("The database refused this login.")
    if _NO_DATABASE.search(words):
        return Unavailable("There is no such database on this server.")
    if isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError)):
        return TryAgain(_why_not_reached(words))
    return _noted(DeskError("The database was used wrongly."), type(error).__name__)


def _why_not_reached(words: str) -> str | None:
    found = (why for known, why in _NOT_REACHED.items() if known.search(words))
    return next(found, None)


def _by_state(state: str, diag: Diagnostic) -> DeskError:
    make = _BY_STATE.get(state) or _BY_CLASS.get(state[:2])
    if make is None:
        return DeskError("The database refused a statement.")
    return make(diag)


def _check_violation(diag: Diagnostic) -> DeskError:
    name = diag.constraint_name or ""
    if name == "appointment_version_follows":
        return Stale()
    if name in _RULES:
        return _RULES[name]()
    return _invalid(diag)


def _exclusion_violation(diag: Diagnostic) -> DeskError:
    if diag.constraint_name == "appointment_no_overlap":
        return SlotTaken()
    if diag.constraint_name == "appointment_room_no_overlap":
        return SlotTaken("The room for this has just been taken.")
    return _invalid(diag)


def _unique_violation(diag: Diagnostic) -> DeskError:
    if diag.constraint_name in _KEYS:
        return KeyReused()
    name = (diag.constraint_name or "").removeprefix(f"{diag.table_name}_")
    return Invalid(name.removesuffix("_key") or "value", "This is in use already.")


def _invalid(diag: Diagnostic) -> DeskError:
    field = _fields().get(diag.constraint_name or "", diag.column_name)
    return Invalid(field or "value")


def _does_not_fit(_: Diagnostic) -> DeskError:
    return WrongSchema()


@cache
def _fields() -> dict[str, str]:
    """Return the column that each CHECK is about, by the constraint's full name."""
    return {
        str(constraint.name): constraint.info["field"]
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint) and "field" in constraint.info
    }


def _always(make: Callable[[], DeskError]) -> Callable[[Diagnostic], DeskError]:
    return lambda _: make()


# By SQLSTATE, then by its class: https://www.postgresql.org/docs/current/errcodes-appendix.html
_BY_STATE: dict[str, Callable[[Diagnostic], DeskError]] = {
    "23502": _invalid,
    "23503": _always(NotFound),
    "23505": _unique_violation,
    "23514": _check_violation,
    "23P01": _exclusion_violation,
    "25006": _always(TryAgain),  # read only: the other host has become the primary
    "25P03": _always(TryAgain),
    "25P04": _always(TryAgain),
    "40001": _always(Busy),
    "40P01": _always(Busy),
    "42501": _always(NotAllowed),
    "42710": _always(lambda: Invalid("login", _LOGIN_IN_USE)),
    "42703": _does_not_fit,
    "42883": _does_not_fit,
    "42P01": _does_not_fit,
    "53100": _always(lambda: Unavailable("The disk of the database is full.")),
    "53300": _always(TryAgain),
    "55P03": _always(Busy),
    "57014": _always(Unavailable),
    "57P01": _always(TryAgain),
    "57P02": _always(TryAgain),
    "57P03": _always(TryAgain),
    "57P05": _always(TryAgain),
}
_BY_CLASS: dict[str, Callable[[Diagnostic], DeskError]] = {
    "08": _always(TryAgain),
    "22": _invalid,
    "28": _always(NotAllowed),
    "53": _always(Unavailable),
    "57": _always(Unavailable),
    "58": _always(Unavailable),
    "XX": _always(Unavailable),
}
