"""One client: all that is known, what may be changed, and entries that are the same.

Nobody is ever written over: a change writes what a person changed and nothing else,
and two entries made one can become two again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from desk_app.db.folding import fold
from desk_app.db.queries import client_files, staff
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.db.queries.practice import practice
from desk_app.domain.client_file import ClientFile, Likely, Merger
from desk_app.domain.duplicates import Likeness, Traits, likeness
from desk_app.domain.people import Client, NewClient
from desk_app.domain.push_urls import clean_address
from desk_app.domain.staff import Role
from desk_app.errors import DeskError, Invalid, NotAllowed, NotFound, Stale
from desk_app.services import contact

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from desk_app.db.queries.client_files import Entry
    from desk_app.db.session import Sessions
    from desk_app.domain.client_file import ClientDetails, MergeWish

# How many past visits are read at first.
LATEST = 20


class ClientFiles:
    """Reads and changes what is kept about a client; each method is one transaction."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def read(self, client_id: int, past: int = LATEST) -> ClientFile:
        """Return everything about a client, with the latest `past` visits.

        Of an entry that was merged it is that of the kept one. A provider sees their
        own visits only. Raises NotFound.
        """
        with self._sessions.begin() as session:
            with pipeline(session) as together:
                show = contact.phone_writer(together.ask(practice()))
                me = together.ask(staff.me())
                found = together.ask(client_files.entry(client_id, show))
                mine = together.ask(client_files.may_change(client_id))
                to_come = together.ask(client_files.to_come(client_id, show))
                before = together.ask(client_files.past(client_id, past + 1, show))
                waiting = together.ask(client_files.waiting(client_id))
            entry = _required(found.get())
            sees_all = me.get().role is not Role.PROVIDER
            merges = client_files.merges(client_id)
            visits = before.get()
            return ClientFile(
                client=entry.client,
                details=entry.details,
                may_change=frozenset() if entry.is_erased else mine.get(),
                to_come=to_come.get(),
                past=visits[:past],
                has_more=len(visits) > past,
                waiting=waiting.get(),
                merges=ask(session, merges) if sees_all else (),
                likely=_likely(session, entry.client, show) if entry.is_active else (),
                is_active=entry.is_active,
                is_erased=entry.is_erased,
                sees_all=sees_all,
            )

    def change(self, known: ClientDetails, wanted: ClientDetails) -> ClientDetails:
        """Write what differs in `wanted` from what a person saw; return what stands.

        What somebody else has changed meanwhile stays. Raises Stale with the field
        that both changed, Invalid by field, NotAllowed, NotFound.
        """

        return self._sessions.run(lambda session: _changed(session, known, wanted))

    def duplicates(self, of: Client | NewClient) -> tuple[Likely, ...]:
        """Return who seems to be the same person, then who seems to be of the family.

        `of` may be half typed; what is no phone number yet counts as none.
        """
        with self._sessions.begin() as session:
            show = _Writer(ask(session, practice()).country)
            if isinstance(of, NewClient):
                phone = _phone_so_far(of.phone, show.country)
                of = Client(0, of.name, phone, email=of.email.strip())
            return _likely(session, of, show)

    def compare(self, wish: MergeWish) -> Merger:
        """Return two entries, and what the kept one would become; raises NotFound."""
        with self._sessions.begin() as session:
            with pipeline(session) as together:
                show = contact.phone_writer(together.ask(practice()))
                kept = together.ask(client_files.entry(wish.keep, show))
                gone = together.ask(client_files.entry(wish.gone, show))
                merged = together.ask(client_files.merged(wish, show))
                moving = together.ask(client_files.moving(wish.gone))
            one, other, both = kept.get(), gone.get(), merged.get()
            if one is None or other is None or both is None:
                raise NotFound
            return Merger(
                keep=one.client,
                gone=other.client,
                kept_details=one.details,
                gone_details=other.details,
                merged=both[0],
                merged_details=both[1],
                moving=moving.get(),
            )

    def merge(self, wish: MergeWish) -> int:
        """Make one entry part of another; return the number that takes it back.

        Appointments, waiting list and walk-ins go to the kept entry, whose own values
        stay. May be called again. Raises Refused for an entry that was merged before,
        NotFound for one that was erased, Invalid, NotAllowed.
        """
        return self._sessions.run(
            lambda session: ask(session, client_files.merge(wish))
        )

    def unmerge(self, merge_id: int) -> None:
        """Make two entries of one again, as they were; may be called again.

        What was written into the kept entry since then stays there. Raises Refused
        while the kept entry is part of a third one, NotFound once it was erased.
        """
        self._sessions.run(lambda session: ask(session, client_files.unmerge(merge_id)))


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes phone numbers for people of a country."""

    country: str

    def __call__(self, e164: str) -> str:
        return contact.shown_phone(e164, self.country)


def _required(entry: Entry | None) -> Entry:
    if entry is None:
        raise NotFound
    return entry


def _changed(
    session: Session, known: ClientDetails, wanted: ClientDetails
) -> ClientDetails:
    show = _Writer(ask(session, practice()).country)
    values = {
        name: _cleaned(name, getattr(wanted, name), show.country)
        for name in client_files.FIELDS
        if getattr(known, name) != getattr(wanted, name)
    }
    stands = ask(session, client_files.lock(known.client_id, show))
    if stands is None:
        raise _why_not(session, known.client_id, show)
    shown: dict[str, Any] = dict(values)
    if "phone" in shown:
        shown["phone"] = show(shown["phone"])
    for name, value in shown.items():
        if getattr(stands, name) not in (getattr(known, name), value):
            raise Stale(field=name)
    if values:
        ask(session, client_files.write(stands.client_id, values))
    return replace(stands, **shown)


def _why_not(session: Session, client_id: int, show: _Writer) -> DeskError:
    """Say why a row cannot be changed: it may still be seen."""
    found = ask(session, client_files.entry(client_id, show))
    return NotFound() if found is None or found.is_erased else NotAllowed()


def _cleaned(name: str, typed: object, country: str) -> object:
    """Return one field as it is stored; raises Invalid."""
    if not isinstance(typed, str):
        return typed
    if name == "phone":
        return contact.clean_phone(typed, country) if typed.strip() else ""
    return _CLEANING[name](typed)


_CLEANING: dict[str, Callable[[str], str]] = {
    "name": contact.clean_name,
    "email": contact.clean_email,
    "push_address": clean_address,
    "language": contact.clean_language,
    "timezone": contact.clean_zone,
    "notes": lambda typed: contact.clean_paragraph(
        typed, contact.LONGEST_NOTE, "notes"
    ),
}


def _likely(
    session: Session, of: Client, show: Callable[[str], str]
) -> tuple[Likely, ...]:
    mine = _traits(of)
    as_stored = replace(mine, name=fold(of.name).strip())
    others = ask(session, client_files.alike(as_stored, show))
    judged = [
        Likely(other, found)
        for other in others
        if other.client_id != of.client_id
        and (found := likeness(mine, _traits(other))) is not None
    ]
    return tuple(sorted(judged, key=lambda one: one.likeness is Likeness.FAMILY))


def _traits(client: Client) -> Traits:
    return Traits(" ".join(fold(client.name).split()), client.phone, client.email)


def _phone_so_far(typed: str, country: str) -> str:
    try:
        return contact.clean_phone(typed, country)
    except Invalid:
        return ""
