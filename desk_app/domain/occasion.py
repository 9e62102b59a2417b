"""All that a message can be about: read once from the database, then only written out.

Who plans a message fills these in; `services/composing.py` makes the words of them and
asks nobody anything more.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from desk_app.domain.messages import MessageKind, Recipient


@dataclass(frozen=True, slots=True)
class Practice:
    """The practice that speaks.

    `practice_id` is the number that stays. `timezone` is an IANA name, `country` two
    capitals or "". `language` is the setting `message_language`, "" if none is chosen.
    `phone` is written as people write it. `email` is where answers go, and whose
    invitations are: the reply-to address, else the sender.
    """

    practice_id: str
    name: str
    timezone: str
    country: str = ""
    language: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """The client of the visit; `language` is a tag ("de", "pt-BR") or "".

    `timezone` is an IANA name or "".
    """

    name: str = field(repr=False)
    language: str = ""
    timezone: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """The appointment as it stands now; instants are aware.

    `timezone` is the provider's. `room`, `location` and `address` are "" where there
    is none, or not one alone. `link` is that of the meeting, for guests, or "".
    """

    appointment_id: int
    version: int
    start: datetime
    end: datetime
    timezone: str
    provider: str
    service: str
    is_virtual: bool = False
    room: str = ""
    location: str = ""
    address: str = field(default="", repr=False)
    link: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Told:
    """What the reader was told last of the same appointment."""

    start: datetime
    provider: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """One thing to say to one of the two people of an appointment.

    `told` is given where they were told something before: a change says what it was,
    and a cancellation speaks of the time they know. `reason` is why it was cancelled.
    `again` is a number of its own for each time that a person had the same message
    sent anew, so that a mail program does not take it for one that it has.
    """

    kind: MessageKind
    recipient: Recipient
    practice: Practice
    client: Reader
    visit: Visit
    told: Told | None = None
    reason: str = field(default="", repr=False)
    again: int = 0
