"""An e-mail as it goes over the line: its parts, its headers, its one recipient."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email import policy
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import TYPE_CHECKING
from urllib.parse import quote

from desk_app.domain.messages import is_one_line
from desk_app.errors import Rejected
from desk_app.messages.mailbox import Mailbox

if TYPE_CHECKING:
    from email.policy import Policy

    from desk_app.domain.messages import Invitation, Message
    from desk_app.messages.mail import MailServer

_MESSAGE_ID = re.compile(r"<[!-;=?A-~]{1,120}@[!-;=?A-~]{1,120}>")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class _Verbatim(UnstructuredHeader, BaseHeader):
    """A header that must not be encoded, as others are whose words are long."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", _Verbatim)
_PLAIN = policy.SMTP.clone(header_factory=_HEADERS)
_UTF8 = policy.SMTPUTF8.clone(header_factory=_HEADERS)


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail server is given."""

    sender: Mailbox
    recipient: Mailbox = field(repr=False)
    content: bytes = field(default=b"", repr=False)

    @property
    def needs_utf8(self) -> bool:
        """Tell whether only servers with SMTPUTF8 can take it."""
        return self.sender.needs_utf8 or self.recipient.needs_utf8


def written(message: Message, server: MailServer) -> Letter:
    """Write a message as e-mail from the practice.

    Raises Rejected for what can be no e-mail: an address that is not exactly one, a
    subject of several lines, text that is not Unicode.
    """
    recipient = Mailbox.of(message.address)
    if recipient is None:
        raise Rejected("This is not one e-mail address.")
    if not is_one_line(message.subject):
        raise Rejected("The subject of an e-mail is one line of text.")
    sender = server.mailbox
    letter = Letter(sender, recipient)
    mail = EmailMessage(_UTF8 if letter.needs_utf8 else _PLAIN)
    try:
        _fill(mail, message)
        _address(mail, message, server, recipient)
        return replace(letter, content=mail.as_bytes())
    except ValueError:
        # What it says holds the value that it did not like.
        raise Rejected("This text cannot be sent as e-mail.") from None


def _address(
    mail: EmailMessage, message: Message, server: MailServer, recipient: Mailbox
) -> None:
    sender = server.mailbox
    mail["From"] = Address(server.sender_name, sender.name, sender.domain)
    mail["To"] = Address("", recipient.name, recipient.domain)
    if server.reply_to:
        answers = Mailbox.checked("reply_to", server.reply_to)
        mail["Reply-To"] = Address("", answers.name, answers.domain)
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(datetime.now(UTC))
    is_good = _MESSAGE_ID.fullmatch(message.message_id)
    made = message.message_id if is_good else make_msgid(domain=sender.domain)
    mail["Message-ID"] = made
    # Asks out-of-office robots for silence (RFC 3834).
    mail["Auto-Submitted"] = "auto-generated"
    if _LANGUAGE.fullmatch(message.language):
        mail["Content-Language"] = message.language
    if message.unsubscribe:
        mail["List-Unsubscribe"] = _unsubscribing(message.unsubscribe)


def _unsubscribing(address: str) -> str:
    mailbox = Mailbox.of(address)
    if mailbox is None:
        raise Rejected("One cannot unsubscribe at this address.")
    return f"<mailto:{quote(mailbox.name)}@{mailbox.domain}>"


def _fill(mail: EmailMessage, message: Message) -> None:
    mail.set_content(message.text, cte="quoted-printable")
    if message.html:
        mail.add_alternative(message.html, subtype="html", cte="quoted-printable")
    if message.invitation is not None:
        _invite(mail, message.invitation)


def _invite(mail: EmailMessage, invitation: Invitation) -> None:
    """Add an invitation twice: to be shown (RFC 6047), and as a file to be opened."""
    told = {"method": invitation.method.value, "component": "VEVENT"}
    mail.add_alternative(
        invitation.content,
        maintype="text",
        subtype="calendar",
        params={**told, "charset": "utf-8"},
    )
    mail.add_attachment(
        invitation.content,
        maintype="application",
        subtype="ics",
        filename="invite.ics",
    )
