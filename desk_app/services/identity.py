"""What the practice is called and where it is: its clock, its phones, its money."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from desk_app.db.queries import message_texts, offering, practice
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.domain.offering import Identity, merged
from desk_app.errors import Invalid
from desk_app.services import contact

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions
    from desk_app.domain.offering import IdentityChange

_COUNTRY = re.compile(r"([A-Z]{2})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_ROWS = {
    "name": practice.PRACTICE_NAME,
    "timezone": practice.TIMEZONE,
    "currency": practice.CURRENCY,
    "country": practice.COUNTRY,
    "phone": message_texts.PRACTICE_PHONE,
    "language": message_texts.MESSAGE_LANGUAGE,
}
LONGEST_PHONE = 60


class PracticeIdentity:
    """Reads it for everybody, writes it for managers."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def read(self) -> Identity:
        """Return it as it is; what is not set has its default."""
        with self._sessions.begin() as session:
            return _read(session)

    def change(self, change: IdentityChange) -> Identity:
        """Write what differs from what a person saw; what others changed stays.

        Raises Stale by field, Invalid by field (name, timezone, currency, country,
        phone, language), NotAllowed.
        """
        change = replace(change, wanted=_clean(change.wanted))

        def write(session: Session) -> Identity:
            stands = _read(session)
            wanted = merged(change.known, change.wanted, stands)
            before = asdict(stands)
            for name, value in asdict(wanted).items():
                if value != before[name]:
                    ask(session, practice.set_setting(_ROWS[name], value))
            if change.reprices:
                ask(session, offering.reprice(wanted.currency))
            return wanted

        return self._sessions.run(write)


def _read(session: Session) -> Identity:
    with pipeline(session) as together:
        here = together.ask(practice.practice())
        speaker = together.ask(message_texts.speaking_practice())
    said = here.get()
    return Identity(
        said.name,
        said.timezone,
        said.currency,
        said.country,
        speaker.get().phone,
        speaker.get().language,
    )


def _clean(identity: Identity) -> Identity:
    """Return it as it is stored; raises Invalid by field."""
    zone = contact.clean_zone(identity.timezone)
    if not zone:
        raise Invalid("timezone", "Choose a time zone.")
    if not _CURRENCY.fullmatch(identity.currency):
        raise Invalid("currency", "Choose a currency.")
    if not _COUNTRY.fullmatch(identity.country):
        raise Invalid("country", "Choose a country.")
    return replace(
        identity,
        name=contact.clean_name(identity.name),
        timezone=zone,
        phone=contact.clean_line(identity.phone, LONGEST_PHONE, "phone"),
        language=contact.clean_language(identity.language),
    )
