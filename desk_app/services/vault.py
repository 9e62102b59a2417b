"""The practice's secrets and its calendars' tokens, sealed on their way in.

Only a desk that has the practice's key opens them again. Losing every copy of the key
means typing passwords and signing in to calendars again; appointments are not sealed.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from desk_app import sealing
from desk_app.db.queries import secrets
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.db.queries.secrets import SealedSecret, TokenRow
from desk_app.domain.message_settings import KeyState
from desk_app.domain.policies import Policy
from desk_app.domain.secrets import SecretName, Tokens
from desk_app.domain.staff import SignIn
from desk_app.errors import (
    Invalid,
    KeyMissing,
    NeedsSignIn,
    NotFound,
    Refused,
    SealBroken,
    Unavailable,
)
from desk_app.sealing import KeyRing

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from desk_app.db.queries.pipeline import Query
    from desk_app.db.session import Sessions
    from desk_app.domain.secrets import SecretEntry

T = TypeVar("T")

LONGEST_SECRET = 60_000
CODE_IS_VALID = timedelta(minutes=15)

# A row that says "this practice has a key". Two desks that begin one at the same time
# meet here, and a desk without the key learns that it must not make another.
KEY_IS_BEGUN = "practice_key"


class Rings(Protocol):
    """Where this desk keeps the keys of this practice; all raise Unavailable."""

    def get(self) -> KeyRing | None:
        """Return the keys, None when this desk has none."""

    def keep(self, ring: KeyRing) -> None:
        """Keep the keys in place of those kept before."""

    def can_keep(self) -> bool:
        """Say whether this computer has a place for keys at all."""


class Vault:
    """What is sealed with the practice's key, and the key's way to other desks.

    What needs the key raises KeyMissing at a desk that has not got it. All raise
    NotAllowed for a login that may not do it, and Unavailable.
    """

    def __init__(self, sessions: Sessions, rings: Rings) -> None:
        self._sessions = sessions
        self._rings = rings

    def has_key(self) -> bool:
        """Say whether this desk has a key of the practice."""
        return self._rings.get() is not None

    def key_state(self) -> KeyState:
        """Say whether this desk can seal something, and if not why; for a manager."""
        with self._sessions.begin() as session:
            is_begun = ask(session, secrets.is_set(KEY_IS_BEGUN))
        try:
            if self._rings.get() is not None:
                return KeyState.HERE
        except Unavailable:
            return KeyState.LOCKED
        if not self._rings.can_keep():
            return KeyState.NO_KEYRING
        return KeyState.ELSEWHERE if is_begun else KeyState.NONE_YET

    def begin_key(self) -> None:
        """Give the practice its first key, kept at this desk; for a manager.

        Raises KeyMissing when the practice has one that this desk has not got.
        """
        kept = self._rings.get()
        ring = kept or sealing.new_ring()
        with self._sessions.begin() as session:
            is_first = ask(session, secrets.keep_first_secret(_begun(ring)))
            if is_first and kept is None:
                # Before the commit: no key is begun that nobody has.
                self._rings.keep(ring)
        if kept is None and not is_first:
            raise KeyMissing

    def rotate(self) -> None:
        """Make a new newest key at this desk; what is sealed stays as it is.

        The other desks need an enrolment code then, first of all the worker's, which
        seals everything again with `reseal`.
        """
        self._rings.keep(sealing.rotated(self._ring()))

    def start_over(self) -> None:
        """Give the practice a new key because the old one is lost; for a manager.

        Removes the secrets of the practice and signs all calendars out. Nothing else
        is touched. Raises KeyMissing when another desk does so at the same time.
        """
        ring = _before(self._rings.get(), sealing.new_ring())
        with self._sessions.begin() as session:
            with pipeline(session) as together:
                together.ask(secrets.remove_every_secret())
                together.ask(secrets.sign_out_everywhere("The practice has a new key."))
                is_first = together.ask(secrets.keep_first_secret(_begun(ring)))
            if not is_first.get():
                raise KeyMissing
            self._rings.keep(ring)

    def offer_enrolment(self, valid: timedelta = CODE_IS_VALID) -> str:
        """Return a code that gives one other desk the keys; for a manager.

        Raises Invalid when `valid` is longer than a day.
        """
        keys = self._ring().to_text().encode()
        code = sealing.new_code()
        wrapped = sealing.wrap(code, keys)
        self._run(secrets.offer_enrolment(sealing.lookup_of(code), wrapped, valid))
        return code

    def enrol(self, code: str) -> None:
        """Give this desk the keys that a code was offered for.

        Raises Invalid for a code that was mistyped, before anything is asked, and
        Refused for one that is wrong, has expired or was used already.
        """
        lookup = sealing.lookup_of(code)
        kept = self._rings.get()
        with self._sessions.begin() as session:
            wrapped = ask(session, secrets.take_enrolment(lookup))
            if wrapped is not None:
                given = sealing.unwrap(code, wrapped).decode("ascii", "replace")
                # Before the commit: a keyring that refuses does not cost the code.
                self._rings.keep(_before(kept, KeyRing.from_text(given)))
        if wrapped is None:
            raise Refused(
                Policy.ENROLMENT_CODE,
                "This code is wrong, has expired or was used already.",
            )

    def names(self) -> tuple[SecretEntry, ...]:
        """Return which secrets are set, since when and by whom; for a manager."""
        with self._sessions.begin() as session:
            return ask(session, secrets.entries())

    def store(self, name: SecretName, plain: bytes) -> None:
        """Set a secret of the practice; for a manager, who cannot read it again.

        Raises Invalid for nothing and for more than 60 kB.
        """
        self._run(self.sealed(name, plain))

    def sealed(self, name: SecretName, plain: bytes) -> Query[bool]:
        """Return how to set a secret beside other things; raises as `store`."""
        if not 1 <= len(plain) <= LONGEST_SECRET:
            raise Invalid("secret", "This is empty or far too long.")
        sealed = sealing.seal(self._ring(), _place_of(name), plain)
        return secrets.keep_secret(SealedSecret(name.value, sealed))

    def read(self, name: SecretName) -> bytes | None:
        """Return a secret of the practice, None if it is not set; for the worker.

        Raises SealBroken for a value that is not what was sealed.
        """
        with self._sessions.begin() as session:
            sealed = ask(session, secrets.secret(name.value))
        if sealed is None:
            return None
        return sealing.unseal(self._ring(), _place_of(name), sealed)

    def courier(self) -> SignIn | None:
        """Return the login by which desks carry, None where a manager has set none.

        For whoever works here. Raises SealBroken for what is none.
        """
        with self._sessions.begin() as session:
            sealed = ask(session, secrets.courier_login())
        if sealed is None:
            return None
        place = _place_of(SecretName.COURIER_LOGIN)
        try:
            told = json.loads(sealing.unseal(self._ring(), place, sealed))
            return SignIn(str(told["login"]), str(told["password"]))
        except (ValueError, KeyError, TypeError):
            raise SealBroken from None

    def remove(self, name: SecretName) -> None:
        """Forget a secret of the practice; for a manager."""
        self._run(secrets.remove_secret(name.value))

    def store_tokens(
        self, sync_id: int, access: bytes | None, refresh: bytes | None
    ) -> None:
        """Keep what a sign-in to a calendar gave; None means that there is none.

        For a manager, the calendar's provider and the worker. Raises NotFound.
        """
        given = TokenRow(sync_id, access or None, refresh or None)
        sealed = _each(given, partial(sealing.seal, self._ring()))
        if not self._run(secrets.keep_tokens(sealed)):
            raise NotFound

    def read_tokens(self, sync_id: int) -> Tokens:
        """Return what opens a calendar; for the worker. Raises NotFound.

        Raises NeedsSignIn when there are no tokens, or they are not what was sealed;
        the calendar asks its provider to sign in then. A desk that has not got the key
        raises KeyMissing and changes nothing: it must be enrolled, and whoever else
        has the key can still read them.
        """
        with self._sessions.begin() as session:
            row = ask(session, secrets.tokens(sync_id))
        if row is None:
            raise NotFound
        unseal = partial(sealing.unseal, self._ring())
        try:
            opened = _each(row, unseal)
        except SealBroken as error:
            raise self._sign_in_again(row, str(error)) from None
        if opened.access is None and opened.refresh is None:
            raise self._sign_in_again(row, "Nobody has signed in to this calendar.")
        return Tokens(opened.access, opened.refresh)

    def reseal(self) -> int:
        """Seal everything with the newest key; return how many values needed it.

        For the worker, in one transaction. What cannot be opened stays as it is.
        """
        ring = self._ring()
        return self._sessions.run(lambda session: _resealed(session, ring))

    def _ring(self) -> KeyRing:
        ring = self._rings.get()
        if ring is None:
            raise KeyMissing
        return ring

    def _sign_in_again(self, row: TokenRow, why: str) -> NeedsSignIn:
        self._run(secrets.ask_to_sign_in(row, why))
        return NeedsSignIn(why)

    def _run(self, query: Query[T]) -> T:
        return self._sessions.run(lambda session: ask(session, query))


def _begun(ring: KeyRing) -> SealedSecret:
    place = _place_of(KEY_IS_BEGUN)
    return SealedSecret(KEY_IS_BEGUN, sealing.seal(ring, place, b"begun"))


def _before(kept: KeyRing | None, ring: KeyRing) -> KeyRing:
    """Return `ring` with the keys behind it that were kept: no key is thrown away."""
    return sealing.joined(ring, kept) if kept else ring


def _place_of(name: str) -> str:
    return f"practice_secret:{name}"


def _each(row: TokenRow, work: Callable[[str, bytes], bytes]) -> TokenRow:
    """Return the row after `work` on the tokens it has, given where they belong."""
    place = f"calendar_sync:{row.sync_id}"
    return TokenRow(
        row.sync_id,
        row.access and work(f"{place}:access_token", row.access),
        row.refresh and work(f"{place}:refresh_token", row.refresh),
    )


def _resealed(session: Session, ring: KeyRing) -> int:
    """Seal anew what is under an older key; return how many values that were."""
    with pipeline(session) as together:
        kept = together.ask(secrets.every_secret())
        calendars = together.ask(secrets.every_token())
    count = 0
    with pipeline(session) as together:
        for row in kept.get():
            sealed = _renewed(ring, _place_of(row.name), row.sealed)
            if sealed != row.sealed:
                together.ask(secrets.reseal_secret(replace(row, sealed=sealed)))
                count += 1
        for before in calendars.get():
            after = _each(before, partial(_renewed, ring))
            if after != before:
                together.ask(secrets.reseal_tokens(after))
                count += after.access != before.access
                count += after.refresh != before.refresh
    return count


def _renewed(ring: KeyRing, place: str, sealed: bytes) -> bytes:
    """Return a value under the newest key, or as it was where that cannot be done."""
    if not sealing.needs_resealing(ring, sealed):
        return sealed
    try:
        return sealing.seal(ring, place, sealing.unseal(ring, place, sealed))
    except (KeyMissing, SealBroken):
        return sealed
