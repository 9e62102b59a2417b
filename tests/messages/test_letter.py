"""A letter holds what it shall, in the form that the world's mail programs expect."""

from __future__ import annotations

import email
from dataclasses import replace
from email import policy
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

from desk_app.domain.mail_hosts import Security
from desk_app.domain.messages import Channel, Invitation, Message, Method
from desk_app.errors import Rejected
from desk_app.messages.letter import written
from desk_app.messages.mail import MailServer
from desk_app.messages.mailbox import Mailbox
from tests.messages.contract import Edge

if TYPE_CHECKING:
    from email.message import EmailMessage

    from tests.messages.post_office import PostOffice

SERVER = MailServer(
    "mail.example.org",
    587,
    Security.STARTTLS,
    "praxis",
    "secret",
    "praxis@example.org",
    "Praxis Müller, Zähne",
    "empfang@example.org",
)
INVITATION = "\r\n".join(
    (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//desk_app//EN",
        "METHOD:REQUEST",
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Berlin",
        "BEGIN:STANDARD",
        "DTSTART:20261025T030000",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "END:STANDARD",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "UID:7@desk-app.example",
        "SEQUENCE:3",
        "DTSTART;TZID=Europe/Berlin:20261123T090000",
        "SUMMARY:Termin bei Zahnärztin Özdemir",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
).encode()
MESSAGE = Message(
    channel=Channel.EMAIL,
    address="anna.keller@example.net",
    subject="Ihr Termin am Montag – Praxis Müller",
    text="Guten Tag,\n\nbis Montag!\n",
    html="<p>Guten Tag,</p><p>bis <b>Montag</b>!</p>",
    message_id="<7-confirmation-2@desk-app.example>",
    language="de",
    invitation=Invitation(Method.REQUEST, INVITATION),
    unsubscribe="abmelden@praxis.example",
)


def read(message: Message, server: MailServer = SERVER) -> EmailMessage:
    """Return a message as the one who gets it reads it."""
    content = written(message, server).content
    return email.message_from_bytes(content, policy=policy.default)


def shape(mail: EmailMessage) -> list[str]:
    """Return the kinds of all parts, from outside to inside."""
    return [part.get_content_type() for part in mail.walk()]


def test_an_invitation_is_shown_and_attached() -> None:
    mail = read(MESSAGE)
    assert shape(mail) == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    shown, attached = list(mail.walk())[-2:]
    assert shown["Content-Type"].params == {
        "method": "REQUEST",
        "component": "VEVENT",
        "charset": "utf-8",
    }
    assert attached.get_filename() == "invite.ics"
    assert not shown.is_attachment()
    assert shown.get_payload(decode=True) == INVITATION
    assert attached.get_payload(decode=True) == INVITATION


def test_a_cancellation_says_so_to_the_calendar() -> None:
    cancelled = Invitation(Method.CANCEL, INVITATION.replace(b"REQUEST", b"CANCEL"))
    shown = list(read(replace(MESSAGE, invitation=cancelled)).walk())[-2]
    assert shown["Content-Type"].params["method"] == "CANCEL"
    assert b"METHOD:CANCEL" in shown.get_payload(decode=True)


@pytest.mark.parametrize(
    ("html", "parts"),
    [
        ("<p>x</p>", ["multipart/alternative", "text/plain", "text/html"]),
        ("", ["text/plain"]),
    ],
)
def test_without_invitation_there_is_but_text(html: str, parts: list[str]) -> None:
    assert shape(read(replace(MESSAGE, invitation=None, html=html))) == parts


def test_the_headers_say_who_what_and_that_a_program_wrote() -> None:
    mail = read(MESSAGE)
    assert mail["From"] == '"Praxis Müller, Zähne" <praxis@example.org>'
    assert mail["To"] == "anna.keller@example.net"
    assert mail["Reply-To"] == "empfang@example.org"
    assert mail["Subject"] == "Ihr Termin am Montag – Praxis Müller"
    assert mail["Message-ID"] == "<7-confirmation-2@desk-app.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "de"
    assert mail["List-Unsubscribe"] == "<mailto:abmelden@praxis.example>"
    assert mail["Date"].datetime.utcoffset() is not None
    assert mail["MIME-Version"] == "1.0"


def test_a_second_try_bears_the_same_name() -> None:
    assert read(MESSAGE)["Message-ID"] == read(MESSAGE)["Message-ID"]


@pytest.mark.parametrize("name", ["", "no brackets", "<a@b>\r\nBcc: x@example.org"])
def test_a_name_that_is_none_is_replaced(name: str) -> None:
    mail = read(replace(MESSAGE, message_id=name))
    assert mail["Message-ID"].endswith("@example.org>")
    assert mail["Bcc"] is None


def test_it_is_seven_bit_and_no_line_is_too_long() -> None:
    long = replace(MESSAGE, text="ä" * 5000, subject="Ü" * 500)
    content = written(long, SERVER).content
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 78
    assert content.count(b"\n") == content.count(b"\r\n")
    assert read(long)["Subject"] == "Ü" * 500


def test_a_long_address_to_unsubscribe_stays_an_address() -> None:
    address = f"{'u' * 60}@{'d' * 50}.example"
    mail = read(replace(MESSAGE, unsubscribe=address))
    assert mail["List-Unsubscribe"] == f"<mailto:{address}>"
    raw = written(replace(MESSAGE, unsubscribe=address), SERVER).content
    assert f"<mailto:{address}>".encode() in raw


EVIL = [
    "Termin\r\nBcc: evil@example.org",
    "Termin\nBcc: evil@example.org",
    "Termin\rBcc: evil@example.org",
    "Termin\u2028Bcc: evil@example.org",
    "Termin\x85Bcc: evil@example.org",
    "Termin\x00",
    "Termin\ud800",
]


@pytest.mark.parametrize("subject", EVIL)
def test_a_subject_of_several_lines_is_refused(subject: str) -> None:
    with pytest.raises(Rejected) as caught:
        written(replace(MESSAGE, subject=subject), SERVER)
    assert "evil" not in repr(caught.value)


@pytest.mark.parametrize(
    "subject",
    ["Rendez-vous à 9\u202fh\u202f30\u00a0!", "תור\u200f ב-9:00", "👩🏽\u200d⚕️ 9:00"],
)
def test_a_subject_keeps_what_its_language_needs(subject: str) -> None:
    assert read(replace(MESSAGE, subject=subject))["Subject"] == subject


ADDRESSES = [
    ("anna@example.net", "anna@example.net"),
    ("Anna.Keller+termin@example.net", "Anna.Keller+termin@example.net"),
    ("anna@müller.example", "anna@xn--mller-kva.example"),
    ("anna@straße.example", "anna@xn--strae-oqa.example"),
    ("o'neil@example.net", "o'neil@example.net"),
    ("a@b@example.net", None),
    ("anna@example.net, evil@example.org", None),
    ("anna@example.net;evil@example.org", None),
    ("Anna <anna@example.net>", None),
    ('"anna keller"@example.net', None),
    ("anna@[127.0.0.1]", None),
    ("anna@example.net\r\nRCPT TO:<evil@example.org>", None),
    ("anna@example.net\n", None),
    ("an\u202ena@example.net", None),
    ("an\x00na@example.net", None),
    ("anna", None),
    ("@example.net", None),
    ("anna@", None),
    ("anna@ex ample.net", None),
    ("anna@-.example", None),
    (f"{'a' * 65}@example.net", None),
    ("", None),
]


@pytest.mark.parametrize(("typed", "meant"), ADDRESSES)
def test_an_address_is_one_or_none(typed: str, meant: str | None) -> None:
    mailbox = Mailbox.of(typed)
    assert (mailbox and mailbox.address) == meant
    if meant is None:
        with pytest.raises(Rejected):
            written(replace(MESSAGE, address=typed), SERVER)


def test_an_address_with_umlauts_goes_where_they_are_known(office: PostOffice) -> None:
    office.carrier.send(replace(MESSAGE, address="jörg@müller.example"), Edge())
    (letter,) = office.letters
    assert letter.rcpt_tos == ["jörg@xn--mller-kva.example"]
    assert "SMTPUTF8" in letter.mail_options
    assert "jörg@xn--mller-kva.example".encode() in letter.original_content


def test_what_arrives_is_whole(office: PostOffice) -> None:
    office.carrier.send(MESSAGE, Edge())
    (letter,), (mail,) = office.letters, office.mails()
    assert letter.rcpt_tos == ["anna.keller@example.net"]
    assert letter.mail_from == "praxis@praxis.example"
    calendar = Calendar.from_ical(mail.get_payload(1).get_payload(decode=True))
    (event,) = calendar.walk("VEVENT")
    assert event["SUMMARY"] == "Termin bei Zahnärztin Özdemir"
    assert len(calendar.walk("VTIMEZONE")) == 1
