"""The DeskError family: every failure the program knows by name.

    DeskError
    ├── Refused            a practice rule says no
    │   └── BeingRung      another desk rings this client
    ├── SlotTaken          somebody else has the time; carries free alternatives
    │   └── DatesTaken     some dates of a series cannot be booked; names them
    ├── Strands            booked appointments would lose their hours; names them
    ├── Stale              the row changed since the person looked at it
    ├── NotFound           the row is gone
    ├── NotAllowed         the login may not do this
    ├── NeedsLogin         somebody has to say who they are
    ├── NeedsChoice        nobody has chosen a practice on this computer yet
    ├── KeyReused          one idempotency key, two different requests
    ├── Cancelled          a person ended a long piece of work early
    ├── Invalid            a value that cannot be stored, by field
    ├── Unavailable        the database cannot be reached or does not answer
    │   └── Untrusted      the server, or the line to it, is not safe
    ├── WrongSchema        program and database do not fit together
    ├── KeyMissing         sealed with a practice key that this desk has not
    ├── SealBroken         a sealed value is not what was sealed
    ├── LeaseLost          another worker has taken this over
    └── ProviderError      a calendar, meeting or message service failed
        ├── Transient      worth trying again
        ├── NeedsSignIn    a person must sign in again
        ├── Rejected       trying again will not help
        └── Unsure         nobody knows whether it was done

The docstring is the default message. Words for people are made from these in
`desk_app/ui/notices.py`; nothing here holds personal data.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


class DeskError(Exception):
    """Something went wrong at the desk."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or type(self).default_message())

    @classmethod
    def default_message(cls) -> str:
        """Return the first line of the class's docstring."""
        return (cls.__doc__ or "").strip().splitlines()[0]


class Refused(DeskError):
    """A rule of the practice does not allow this.

    `policy` names the rule as a stable word, for example "day_limit"; the list
    stands in `desk_app.domain.policies.Policy`.
    """

    def __init__(self, policy: str, message: str | None = None) -> None:
        super().__init__(message)
        self.policy = policy


class BeingRung(Refused):
    """Somebody else is ringing this client right now.

    `login` is who does.
    """

    def __init__(self, login: str = "") -> None:
        super().__init__("calling")
        self.login = login


class SlotTaken(DeskError):
    """This time has just been taken.

    `alternatives` holds up to three free `desk_app.domain.slots.Opening`, nearest
    first. They are of the domain, which this module must not know by type.
    """

    def __init__(
        self, message: str | None = None, alternatives: Sequence[object] = ()
    ) -> None:
        super().__init__(message)
        self.alternatives = tuple(alternatives)


class DatesTaken(SlotTaken):
    """Some of these dates cannot be booked.

    `starts` are the instants of those that cannot.
    """

    def __init__(
        self, message: str | None = None, *, starts: Sequence[datetime] = ()
    ) -> None:
        super().__init__(message)
        self.starts = tuple(starts)


class Strands(DeskError):
    """Booked appointments would lose their hours or their place.

    `appointments` are all of them, `desk_app.domain.appointment.Appointment`, by start.
    """

    def __init__(
        self, message: str | None = None, *, appointments: Sequence[object] = ()
    ) -> None:
        super().__init__(message)
        self.appointments = tuple(appointments)


class Stale(DeskError):
    """Somebody changed this appointment in the meantime.

    `field` names what they changed where that is one field of a form, else "".
    """

    def __init__(self, message: str | None = None, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class NotFound(DeskError):
    """This no longer exists."""


class NotAllowed(DeskError):
    """Your login may not do this."""


class NeedsLogin(DeskError):
    """Somebody has to sign in.

    `login` is who did last, or is asked for, "" if nobody is. `was_refused` says that
    what was typed or kept is not right. `people` are those who may, where that can be
    known before: `desk_app.domain.staff.Staff`, which this module must not know.
    """

    def __init__(
        self,
        message: str | None = None,
        *,
        login: str = "",
        was_refused: bool = False,
        people: Sequence[object] = (),
    ) -> None:
        super().__init__(message)
        self.login = login
        self.was_refused = was_refused
        self.people = tuple(people)


class NeedsChoice(DeskError):
    """Nobody has chosen a practice on this computer yet."""


class KeyReused(DeskError):
    """This request was already used for something else."""


class Cancelled(DeskError):
    """This was cancelled before it was done; nothing was changed."""


class Invalid(DeskError):
    """A value cannot be accepted as it is.

    `field` names the field of the request, for example "phone".
    """

    def __init__(self, field: str, message: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class Unavailable(DeskError):
    """The database does not answer.

    `undecided` is true when a change was sent and its outcome is not known: the
    desk must ask again with the same key and say "checking", never "failed".
    """

    def __init__(self, message: str | None = None, *, undecided: bool = False) -> None:
        super().__init__(message)
        self.undecided = undecided


class Check(StrEnum):
    """What a server did not pass; the login was not told to it."""

    TLS = "it does not encrypt the line"
    CERTIFICATE = "nobody vouches for it whom this desk trusts (sslrootcert)"
    NAME = "its certificate is for another name"
    LOGIN = "it asks for the login in a way that tells it"
    BINDING = "it does not bind the login to the line"
    PROOF = "it does not prove that it knows the login"
    FILE = "the certificates to trust cannot be read (sslrootcert)"


class Untrusted(Unavailable):
    """This server cannot be trusted.

    `check` is what it did not pass. Only a person can help; a change that was sent
    before to the right server stays undecided.
    """

    def __init__(self, check: Check | None = None) -> None:
        super().__init__(check and f"This server cannot be trusted: {check}.")
        self.check = check


class WrongSchema(DeskError):
    """This program and this database do not fit together.

    `can_upgrade` is true when the program is newer and the login may migrate.
    """

    def __init__(
        self, message: str | None = None, *, can_upgrade: bool = False
    ) -> None:
        super().__init__(message)
        self.can_upgrade = can_upgrade


class KeyMissing(DeskError):
    """This desk has not the practice key that is needed."""


class SealBroken(DeskError):
    """This sealed value was changed or damaged."""


class LeaseLost(DeskError):
    """Another worker has taken this over."""


class ProviderError(DeskError):
    """An outside service failed."""


class Transient(ProviderError):
    """An outside service failed for now.

    `after` is how many seconds it asks to wait, None where it does not say.
    """

    def __init__(
        self, message: str | None = None, *, after: float | None = None
    ) -> None:
        super().__init__(message)
        self.after = after


class NeedsSignIn(ProviderError):
    """An outside service asks to sign in again."""


class Rejected(ProviderError):
    """An outside service refused for good."""


class Unsure(ProviderError):
    """Nobody knows whether an outside service has done this."""
