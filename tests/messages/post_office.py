"""A mail server on this machine: aiosmtpd with TLS and logins, and moods."""

from __future__ import annotations

import email
import ssl
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from typing import TYPE_CHECKING, TypeVar

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from desk_app.domain.mail_hosts import Security
from desk_app.domain.messages import Channel
from desk_app.messages.mail import Mail, MailServer
from tests.postgres import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path

    from aiosmtpd.smtp import Envelope, Session

    from tests.certificates import Certificate

HOST = "localhost"
LOGIN, PASSWORD = "desk@praxis.example", "geheim-ä-§"


@dataclass(eq=False)
class PostOffice:
    """A mail server; what it answers stands in `answers`, by command, once each."""

    security: Security
    cafile: Path
    port: int = field(default_factory=free_port)
    login_is_good: bool = True
    cuts_after_data: bool = False
    answers: dict[str, str] = field(default_factory=dict)
    letters: list[Envelope] = field(default_factory=list)
    greetings: list[str] = field(default_factory=list)

    channel = Channel.EMAIL
    address = "anna.keller@example.org"

    @property
    def server(self) -> MailServer:
        """Return how the practice reaches it."""
        return MailServer(
            host=HOST,
            port=self.port,
            security=self.security,
            login=LOGIN,
            password=PASSWORD,
            sender="praxis@praxis.example",
            sender_name="Praxis Müller, Zähne",
            reply_to="empfang@praxis.example",
        )

    @property
    def carrier(self) -> Mail:
        """Return what hands letters over to it."""
        return Mail(self.server, cafile=self.cafile)

    def mails(self) -> list[EmailMessage]:
        """Return the letters that it took, taken apart.

        No property: the mail server looks at each of its handler's for every line.
        """
        read = policy.default
        contents = (letter.original_content for letter in self.letters)
        return [email.message_from_bytes(content, policy=read) for content in contents]

    def arrived(self) -> list[str]:
        """Return the plain text of each letter that it took."""
        bodies = (mail.get_body(("plain",)) for mail in self.mails())
        return [body.get_content().rstrip("\r\n") for body in bodies]

    def refuse(self) -> None:
        """Refuse the next recipient for good, and repeat who it was."""
        self.answers["RCPT"] = f"550 5.1.1 <{self.address}>: no such private person"

    def be_busy(self) -> None:
        """Refuse the next recipient for now."""
        self.answers["RCPT"] = f"451 4.3.0 <{self.address}>: private, later please"

    def refuse_login(self) -> None:
        """Take no password from now on."""
        self.login_is_good = False

    def lose_answer(self) -> None:
        """Take the next letter and cut the line."""
        self.cuts_after_data = True

    def authenticate(self, *told: object) -> AuthResult:
        """Let the practice in; the last that is told is who signs in."""
        login = (told[-1].login, told[-1].password)
        is_right = login == (LOGIN.encode(), PASSWORD.encode())
        return AuthResult(success=is_right and self.login_is_good, handled=False)

    async def handle_EHLO(  # noqa: N802
        self, _1: SMTP, session: Session, _2: Envelope, name: str, offered: list[str]
    ) -> list[str]:
        self.greetings.append(name)
        session.host_name = name
        return offered

    async def handle_MAIL(  # noqa: N802
        self, _: SMTP, session: Session, letter: Envelope, who: str, options: list[str]
    ) -> str:
        if not session.authenticated:
            return "530 5.7.0 who are you?"
        letter.mail_from = who
        letter.mail_options.extend(options)
        return self.answers.pop("MAIL", "250 OK")

    async def handle_RCPT(  # noqa: N802
        self, _1: SMTP, _2: Session, letter: Envelope, who: str, _3: list[str]
    ) -> str:
        answer = self.answers.pop("RCPT", "250 OK")
        if answer.startswith("250"):
            letter.rcpt_tos.append(who)
        return answer

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _: Session, letter: Envelope
    ) -> str:
        answer = self.answers.pop("DATA", "250 OK")
        if answer.startswith("250"):
            self.letters.append(letter)
        if self.cuts_after_data:
            self.cuts_after_data = False
            server.transport.abort()
        return answer


Office = TypeVar("Office", bound=PostOffice)


@contextmanager
def opened(
    security: Security, certificate: Certificate, cafile: Path, *, utf8: bool = True
) -> Iterator[PostOffice]:
    """Run a post office that shows `certificate`."""
    with running(PostOffice(security, cafile), certificate, utf8=utf8) as office:
        yield office


@contextmanager
def running(
    office: Office, certificate: Certificate, *, utf8: bool = True
) -> Iterator[Office]:
    """Run this post office, whose manners may be its own."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.file, certificate.key)
    is_plain_first = office.security is Security.STARTTLS
    controller = Controller(
        office,
        hostname="127.0.0.1",
        port=office.port,
        server_hostname=HOST,
        ssl_context=None if is_plain_first else context,
        tls_context=context if is_plain_first else None,
        require_starttls=is_plain_first,
        # It takes a line that is encrypted from the first byte for a plain one.
        auth_require_tls=is_plain_first,
        authenticator=office.authenticate,
        enable_SMTPUTF8=utf8,
    )
    controller.start()
    try:
        yield office
    finally:
        controller.stop()
