"""By which channels somebody is told: what the practice chose, what they allow."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desk_app.domain.messages import Channel, MessageKind, Recipient
from desk_app.domain.queue import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

# Only who works at a desk is told by the desk.
FOR_CLIENTS = (Channel.EMAIL, Channel.PUSH, Channel.SMS)
FOR_PROVIDERS = tuple(Channel)
_BY_MAIL = (Channel.EMAIL,)
_BY_MAIL_AND_PUSH = (Channel.EMAIL, Channel.PUSH)


@dataclass(frozen=True, slots=True)
class Ways:
    """The channels by which client and provider are told of one thing."""

    client: tuple[Channel, ...] = ()
    provider: tuple[Channel, ...] = ()


@dataclass(frozen=True, slots=True)
class MessagePlan:
    """Who is told what by which channel; the fields are called as the messages."""

    confirmation: Ways = Ways(_BY_MAIL)
    change_notice: Ways = Ways(_BY_MAIL)
    cancellation_notice: Ways = Ways(_BY_MAIL)
    no_show_notice: Ways = Ways(_BY_MAIL)
    reminder_48h: Ways = Ways(_BY_MAIL_AND_PUSH, _BY_MAIL_AND_PUSH)
    reminder_1h: Ways = Ways((Channel.PUSH,), (Channel.PUSH, Channel.DESKTOP))

    def channels(self, kind: MessageKind, recipient: Recipient) -> tuple[Channel, ...]:
        """Return by which channels somebody is told of something."""
        if kind is MessageKind.TEST:
            return ()
        ways: Ways = getattr(self, kind.value)
        return ways.client if recipient is Recipient.CLIENT else ways.provider


@dataclass(frozen=True, slots=True)
class Contact:
    """How somebody can be reached: their addresses, and the channels they allow."""

    addresses: Mapping[Channel, str] = field(repr=False)
    allowed: frozenset[Channel] = frozenset(Channel)

    def address(self, channel: Channel) -> str:
        """Return the address there, "" for none. A desk needs none."""
        return self.addresses.get(channel, "")


@dataclass(frozen=True, slots=True)
class Way:
    """One channel of a message, and why it is left out if it is."""

    channel: Channel
    left_out: Outcome | None = None


def channels_for(
    wished: tuple[Channel, ...], contact: Contact, set_up: frozenset[Channel]
) -> tuple[Way, ...]:
    """Return each channel that is wished, and why it cannot be used if so.

    `set_up` are the channels for which the practice has a service.
    """
    return tuple(
        Way(channel, _left_out(channel, contact, set_up)) for channel in wished
    )


def _left_out(
    channel: Channel, contact: Contact, set_up: frozenset[Channel]
) -> Outcome | None:
    if channel not in contact.allowed:
        return Outcome.OPTED_OUT
    if channel is Channel.DESKTOP:
        return None
    if channel not in set_up:
        return Outcome.NOT_SET_UP
    return None if contact.address(channel) else Outcome.NO_ADDRESS
