"""E-mail, handed to the practice's mail server over an encrypted line."""

from __future__ import annotations

import smtplib
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desk_app.domain.mail_hosts import Security
from desk_app.domain.messages import is_one_line
from desk_app.errors import Invalid
from desk_app.messages.answers import broken
from desk_app.messages.letter import written
from desk_app.messages.mailbox import Mailbox
from desk_app.messages.smtp import Conversation
from desk_app.net.deadline import Deadline
from desk_app.net.trust import trusting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from desk_app.domain.messages import Message

# For each single step: to connect, to say something, to hear the next bytes.
STEP_SECONDS = 10.0
WHOLE_SECONDS = 28.0


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where the practice's e-mail is handed over, by whom, and in whose name.

    With an empty `login` nobody signs in. Raises Invalid by field.
    """

    host: str
    port: int
    security: Security
    login: str
    password: str = field(repr=False)
    sender: str
    sender_name: str = ""
    reply_to: str = ""

    def __post_init__(self) -> None:
        if not self.host.isprintable() or not self.host or " " in self.host:
            raise Invalid("host", "This is not the name of a server.")
        if not 0 < self.port < 65536:
            raise Invalid("port", "A port is a number from 1 to 65535.")
        if not is_one_line(self.sender_name):
            raise Invalid("sender_name", "A name is one line of text.")
        Mailbox.checked("sender", self.sender)
        if self.reply_to:
            Mailbox.checked("reply_to", self.reply_to)

    @property
    def mailbox(self) -> Mailbox:
        """Return the address in whose name is sent."""
        return Mailbox.checked("sender", self.sender)


class Mail:
    """Carries e-mail; each message has a line of its own.

    `cafile` names the only authorities to trust, by default those of the system.
    """

    def __init__(
        self,
        server: MailServer,
        *,
        cafile: Path | None = None,
        step_seconds: float = STEP_SECONDS,
        whole_seconds: float = WHOLE_SECONDS,
    ) -> None:
        self._server = server
        self._cafile = cafile
        self._step_seconds = step_seconds
        self._whole_seconds = whole_seconds

    def send(self, message: Message, at_the_edge: Callable[[], None]) -> None:
        """Hand one message over, as `base.Carrier` says."""
        letter = written(message, self._server)
        with self._signed_in() as server:
            with _understood():
                server.announce(letter)
            at_the_edge()
            with _understood():
                server.ask_to_send()
            server.hand_over(letter.content)
            server.leave()

    def check(self) -> None:
        """Sign in and leave again, without a message; raises what `send` raises."""
        with self._signed_in() as server:
            with _understood():
                server.name_sender(self._server.mailbox.address)
            server.leave()

    @contextmanager
    def _signed_in(self) -> Iterator[Conversation]:
        context = trusting(self._cafile)
        is_tls = self._server.security is Security.TLS
        with Deadline(self._whole_seconds) as deadline:
            server = Conversation(
                deadline, self._step_seconds, context if is_tls else None
            )
            with closing(server):
                with _understood():
                    server.open(self._server.host, self._server.port)
                    server.greet()
                    if not is_tls:
                        server.encrypt(context)
                        server.greet()
                    if self._server.login:
                        server.sign_in(self._server.login, self._server.password)
                yield server


@contextmanager
def _understood() -> Iterator[None]:
    """Say what a failure means before anything was sent."""
    try:
        yield
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise broken(error) from None
