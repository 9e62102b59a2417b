"""The statements about secrets, calendars' tokens and enrolment codes.

Nothing is opened here: what goes in and comes out is sealed. A manager's login may
write sealed values but not read them, so no statement of his reads one back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desk_app.db.queries.pipeline import Query, Row, array
from desk_app.domain.secrets import SecretEntry, SecretName

if TYPE_CHECKING:
    from datetime import timedelta


@dataclass(frozen=True, slots=True)
class SealedSecret:
    """A row of `practice_secret`."""

    name: str
    sealed: bytes


@dataclass(frozen=True, slots=True)
class TokenRow:
    """The tokens of a row of `calendar_sync`, sealed wherever the database is near."""

    sync_id: int
    access: bytes | None = field(repr=False)
    refresh: bytes | None = field(repr=False)


def entries() -> Query[tuple[SecretEntry, ...]]:
    """Return which of the secrets that this program knows are set, by name."""
    return Query(
        "SELECT name, changed_at, changed_by FROM practice_secret"
        " WHERE name = ANY(%(known)s::text[]) ORDER BY name",
        {"known": array(name.value for name in SecretName)},
        _entries,
    )


def is_set(name: str) -> Query[bool]:
    """Say whether a secret is set."""
    return Query(
        "SELECT true FROM practice_secret WHERE name = %(name)s", {"name": name}, bool
    )


def secret(name: str) -> Query[bytes | None]:
    """Return a secret's sealed value, if it is set."""
    return Query(
        "SELECT sealed FROM practice_secret WHERE name = %(name)s",
        {"name": name},
        _one_sealed,
    )


def courier_login() -> Query[bytes | None]:
    """Return the sealed login of the courier, if it is set; for whoever works here."""
    return Query("SELECT courier_login()", {}, _one_sealed)


def keep_secret(row: SealedSecret) -> Query[bool]:
    """Set a secret, or set it anew."""
    return Query(
        "INSERT INTO practice_secret (name, sealed) VALUES (%(name)s, %(sealed)s)"
        " ON CONFLICT (name) DO UPDATE SET sealed = %(sealed)s RETURNING true",
        {"name": row.name, "sealed": row.sealed},
        bool,
    )


def keep_first_secret(row: SealedSecret) -> Query[bool]:
    """Set a secret unless it is set; say whether this was the first time."""
    return Query(
        "INSERT INTO practice_secret (name, sealed) VALUES (%(name)s, %(sealed)s)"
        " ON CONFLICT (name) DO NOTHING RETURNING true",
        {"name": row.name, "sealed": row.sealed},
        bool,
    )


def remove_secret(name: str) -> Query[bool]:
    """Remove a secret; say whether it was set."""
    return Query(
        "DELETE FROM practice_secret WHERE name = %(name)s RETURNING true",
        {"name": name},
        bool,
    )


def remove_every_secret() -> Query[bool]:
    """Remove all secrets of the practice; say whether there were any."""
    return Query("DELETE FROM practice_secret RETURNING true", {}, bool)


def every_secret() -> Query[tuple[SealedSecret, ...]]:
    """Return and lock all sealed values, those of newer programs too."""
    return Query(
        "SELECT name, sealed FROM practice_secret ORDER BY name FOR UPDATE",
        {},
        lambda rows: tuple(SealedSecret(row[0], bytes(row[1])) for row in rows),
    )


def reseal_secret(row: SealedSecret) -> Query[bool]:
    """Store a secret under another key."""
    return Query(
        "UPDATE practice_secret SET sealed = %(sealed)s WHERE name = %(name)s"
        " RETURNING true",
        {"name": row.name, "sealed": row.sealed},
        bool,
    )


def tokens(sync_id: int) -> Query[TokenRow | None]:
    """Return a calendar's sealed tokens, None where there is no such calendar."""
    return Query(
        "SELECT sync_id, access_token, refresh_token FROM calendar_sync"
        " WHERE sync_id = %(id)s",
        {"id": sync_id},
        lambda rows: _tokens(rows[0]) if rows else None,
    )


def keep_tokens(row: TokenRow) -> Query[bool]:
    """Store what a sign-in gave; say whether the calendar is there.

    The calendar works again if it asked to sign in; a paused one stays paused.
    """
    return Query(
        "UPDATE calendar_sync SET access_token = %(access)s,"
        " refresh_token = %(refresh)s, last_error = '', state = CASE state"
        " WHEN 'SIGN_IN_AGAIN' THEN 'CONNECTED' ELSE state END"
        " WHERE sync_id = %(id)s RETURNING true",
        {"id": row.sync_id, "access": row.access, "refresh": row.refresh},
        bool,
    )


def every_token() -> Query[tuple[TokenRow, ...]]:
    """Return and lock the sealed tokens of all calendars that have any."""
    return Query(
        "SELECT sync_id, access_token, refresh_token FROM calendar_sync"
        " WHERE access_token IS NOT NULL OR refresh_token IS NOT NULL"
        " ORDER BY sync_id FOR UPDATE",
        {},
        lambda rows: tuple(map(_tokens, rows)),
    )


def reseal_tokens(row: TokenRow) -> Query[bool]:
    """Store a calendar's tokens under another key."""
    return Query(
        "UPDATE calendar_sync SET access_token = %(access)s,"
        " refresh_token = %(refresh)s WHERE sync_id = %(id)s RETURNING true",
        {"id": row.sync_id, "access": row.access, "refresh": row.refresh},
        bool,
    )


def ask_to_sign_in(row: TokenRow, why: str) -> Query[bool]:
    """Let a calendar ask for a sign-in, unless somebody just did so."""
    return Query(
        "UPDATE calendar_sync SET state = 'SIGN_IN_AGAIN', last_error = %(why)s"
        " WHERE sync_id = %(id)s AND access_token IS NOT DISTINCT FROM %(access)s"
        " AND refresh_token IS NOT DISTINCT FROM %(refresh)s RETURNING true",
        {
            "id": row.sync_id,
            "access": row.access,
            "refresh": row.refresh,
            "why": why,
        },
        bool,
    )


def sign_out_everywhere(why: str) -> Query[bool]:
    """Drop the tokens of all calendars, each of which then asks for a sign-in."""
    return Query(
        "UPDATE calendar_sync SET access_token = NULL, refresh_token = NULL,"
        " state = 'SIGN_IN_AGAIN', last_error = %(why)s RETURNING true",
        {"why": why},
        bool,
    )


def offer_enrolment(lookup: bytes, wrapped: bytes, valid: timedelta) -> Query[bool]:
    """Lay wrapped keys ready for whoever knows their code; managers only."""
    return Query(
        "SELECT offer_enrolment(%(lookup)s, %(wrapped)s, %(valid)s)",
        {"lookup": lookup, "wrapped": wrapped, "valid": valid},
        bool,
    )


def take_enrolment(lookup: bytes) -> Query[bytes | None]:
    """Take wrapped keys, which can be done once; None if there are none."""
    return Query(
        "SELECT take_enrolment(%(lookup)s)",
        {"lookup": lookup},
        lambda rows: rows[0][0],
    )


def _entries(rows: list[Row]) -> tuple[SecretEntry, ...]:
    return tuple(SecretEntry(SecretName(row[0]), row[1], row[2]) for row in rows)


def _one_sealed(rows: list[Row]) -> bytes | None:
    return bytes(rows[0][0]) if rows and rows[0][0] is not None else None


def _tokens(row: Row) -> TokenRow:
    return TokenRow(row[0], row[1], row[2])
