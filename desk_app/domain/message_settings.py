"""How messages leave the practice, as a manager sets it up.

What is public stands in the practice's settings. Secrets are sealed and never come
back: of them only is known that they are set, since when and by whom.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from desk_app.domain.mail_hosts import USUAL_PORTS, Security
from desk_app.domain.messages import Channel
from desk_app.domain.queue import Backlog, State
from desk_app.domain.secrets import SecretName

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


S = TypeVar("S")

RELAY_KEYS = {
    Channel.PUSH: SecretName.PUSH_KEYS,
    Channel.SMS: SecretName.SMS_KEYS,
}


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The mail server, and whom messages come from; all is "" before it is set up.

    Without `login` the server takes mail from anybody who may reach it. Answers go to
    `reply_to`, or to `sender` where that is "".
    """

    host: str = ""
    port: int = USUAL_PORTS[Security.STARTTLS]
    security: Security = Security.STARTTLS
    login: str = ""
    sender: str = ""
    sender_name: str = ""
    reply_to: str = ""

    @property
    def is_set_up(self) -> bool:
        """Whether mail can be sent by it."""
        return bool(self.host and self.sender)


@dataclass(frozen=True, slots=True)
class ZoomSettings:
    """The practice's account at Zoom, without its secret."""

    account_id: str = ""
    client_id: str = ""

    @property
    def is_set_up(self) -> bool:
        """Whether meetings can be made by it."""
        return bool(self.account_id and self.client_id)


@dataclass(frozen=True, slots=True)
class CourierLogin:
    """The login by which desks carry messages; it is sealed with its password.

    So "" is all that is known of it afterwards.
    """

    login: str = ""


class KeyState(StrEnum):
    """Whether this desk can seal a secret."""

    HERE = "HERE"
    """It has the practice's key."""
    NONE_YET = "NONE_YET"
    """Nobody has one yet; this desk can begin one."""
    ELSEWHERE = "ELSEWHERE"
    """Other desks have it: this one must be let in."""
    NO_KEYRING = "NO_KEYRING"
    """This computer has no place for a key."""
    LOCKED = "LOCKED"
    """Its keyring does not answer."""


@dataclass(frozen=True, slots=True)
class SetBy:
    """That a secret is set: when, and by whom, by name."""

    at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class SetUp(Generic[S]):
    """One part of it as it stands: what is public, its secret, and the key here."""

    settings: S
    secret: SetBy | None = None
    key: KeyState = KeyState.HERE


@dataclass(frozen=True, slots=True)
class Change(Generic[S]):
    """What a person saw, and what shall be; `secret` is another one, "" to keep it.

    A secret is given again where it would go to another server or belong to another
    account: nobody can have one sent elsewhere whom it was never told to.
    """

    known: S
    wanted: S
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class TestWish:
    """A message that tries out a channel, sent once however often it is asked for."""

    __test__ = False

    idempotency_key: UUID
    channel: Channel
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a test message, and how many couriers are at work.

    `said` is what the other side said, without anything personal.
    """

    outbox_id: int
    state: State
    outcome: str = ""
    said: str = ""
    couriers: int = 0

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is to come."""
        return self.state not in (State.WAITING, State.SENDING)


@dataclass(frozen=True, slots=True)
class Sending:
    """How many couriers are at work, and how the outbox stands."""

    couriers: int = 0
    backlog: Backlog = Backlog()  # noqa: RUF009 (it is frozen)
