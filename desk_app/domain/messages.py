"""Messages about appointments: to whom, by which channel, and what they hold."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum


class Channel(StrEnum):
    """By what a message reaches somebody."""

    EMAIL = "EMAIL"
    PUSH = "PUSH"
    SMS = "SMS"
    DESKTOP = "DESKTOP"
    """A notification at the desk where a provider is signed in."""


class Recipient(StrEnum):
    """Who is told."""

    CLIENT = "CLIENT"
    PROVIDER = "PROVIDER"


class MessageKind(StrEnum):
    """What a message says; the tasks of the outbox bear the same words."""

    CONFIRMATION = "confirmation"
    CHANGE_NOTICE = "change_notice"
    CANCELLATION_NOTICE = "cancellation_notice"
    NO_SHOW_NOTICE = "no_show_notice"
    REMINDER_48H = "reminder_48h"
    REMINDER_1H = "reminder_1h"
    TEST = "test_message"
    """Whether a channel works; about no appointment."""


class Method(StrEnum):
    """What a calendar shall do with an invitation (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Invitation:
    """An iCalendar file that goes with an e-mail: UTF-8, its lines end in CRLF."""

    method: Method
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it leaves, to one address.

    `address` is one e-mail address, a phone number in E.164, or what the practice's
    push service knows a person by. `subject` is one line. `text` is plain; `html` says
    the same, for e-mail only. `message_id` ("<…@…>") is the same each time a message
    is tried. `unsubscribe` is an address to which one writes to get no more.
    """

    channel: Channel
    address: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    html: str = field(default="", repr=False)
    message_id: str = ""
    language: str = ""
    invitation: Invitation | None = None
    unsubscribe: str = field(default="", repr=False)


def is_one_line(text: str) -> bool:
    """Tell whether a text can be a subject or a name: no ends of lines, no controls.

    Spaces that hold words together stay, as French writes them in times, and so do
    the marks that Hebrew and joined emoji need.
    """
    ends = {"Cc", "Cs", "Zl", "Zp"}
    return ends.isdisjoint(map(unicodedata.category, text))
