"""One conversation with a mail server, encrypted before anything is told.

Signing in tries one way only: a server that is asked with the wrong password in
every way that it offers may lock the practice out.
"""

from __future__ import annotations

import re
import smtplib
from base64 import b64encode
from contextlib import suppress
from typing import TYPE_CHECKING

from desk_app.errors import NeedsSignIn, Rejected, Unsure
from desk_app.messages.answers import outage, refusal

if TYPE_CHECKING:
    import socket
    import ssl
    from typing import BinaryIO

    from desk_app.messages.letter import Letter
    from desk_app.net.deadline import Deadline

# Nothing that answers so much is a mail server.
MOST_LINES = 200
_DOT = re.compile(rb"^\.", re.MULTILINE)


class Conversation(smtplib.SMTP):
    """A line to a mail server that is closed at its deadline.

    `context` is given where the line is encrypted from the first byte.
    """

    def __init__(
        self, deadline: Deadline, patience: float, context: ssl.SSLContext | None
    ) -> None:
        # The name of this computer is nobody's business; `greet` says another.
        super().__init__(local_hostname="localhost", timeout=patience)
        self._deadline = deadline
        self._context = context

    def open(self, host: str, port: int) -> None:
        """Connect and wait to be greeted."""
        # By this name `starttls` verifies the server.
        self._host = host
        _expect(220, self.connect(host, port))

    def greet(self) -> None:
        """Say hello and learn what the server offers."""
        place = self._line.getsockname()[0].partition("%")[0]
        name = f"[IPv6:{place}]" if ":" in place else f"[{place}]"
        _expect(250, self.ehlo(name))

    def encrypt(self, context: ssl.SSLContext) -> None:
        """Encrypt the line; raises NeedsSignIn if the server does not offer it."""
        if not self.has_extn("starttls"):
            raise NeedsSignIn("The mail server offers no encrypted line (STARTTLS).")
        try:
            self.starttls(context=context)
        except smtplib.SMTPResponseException as error:
            code, said = error.smtp_code, error.smtp_error
            raise outage(code, said, "to encrypt the line") from None

    def sign_in(self, login: str, password: str) -> None:
        """Say who the practice is; raises NeedsSignIn if that is refused."""
        ways = self.esmtp_features.get("auth", "").upper().split()
        if "PLAIN" in ways:
            whole = "\0".join(("", login, password))
            code, said = self._told(f"AUTH PLAIN {_b64(whole)}")
        elif "LOGIN" in ways:
            code, said = self._told("AUTH LOGIN", _b64(login), _b64(password))
        else:
            raise NeedsSignIn("The mail server offers no known way to sign in.")
        if code != 235:
            raise outage(code, said, "the login")

    def announce(self, letter: Letter) -> None:
        """Name sender and recipient; the server may refuse either."""
        self.name_sender(letter.sender.address, options=self._options(letter))
        code, said = self.rcpt(letter.recipient.address)
        if code not in (250, 251):
            raise refusal(code, said, "the recipient’s address")

    def name_sender(self, address: str, options: tuple[str, ...] = ()) -> None:
        """Name the sender, as which the server must let the practice write."""
        code, said = self.mail(address, options)
        if code != 250:
            raise refusal(code, said, "the sender’s address")

    def ask_to_send(self) -> None:
        """Ask whether the letter may come; nothing of it has left when this fails."""
        code, said = self.docmd("DATA")
        if code != 354:
            raise refusal(code, said, "the message")

    def hand_over(self, content: bytes) -> None:
        """Send a letter; raises Unsure if nobody can know whether it was taken."""
        try:
            # Whoever looks through a letter first answers late.
            self._line.settimeout(max(self._deadline.remaining, 0.001))
            # A line of a single dot is the end, so others with a dot get one more.
            self.send(_DOT.sub(b"..", content) + b".\r\n")
            code, said = self.getreply()
        except (smtplib.SMTPException, OSError):
            code, said = -1, b""
        if code // 100 not in (2, 4, 5):
            raise Unsure("The mail server did not say whether it took the message.")
        if code // 100 != 2:
            raise refusal(code, said, "the message")

    def leave(self) -> None:
        """Say goodbye; it does not matter if nobody hears it."""
        with suppress(smtplib.SMTPException, OSError):
            self.quit()

    def getreply(self) -> tuple[int, bytes]:
        """Return the server's next answer, which must have an end."""
        if self.file is None:
            self.file = _Lines(self._line.makefile("rb"))
        self.file.left = MOST_LINES
        return super().getreply()

    @property
    def _line(self) -> socket.socket:
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("the line is closed")
        return self.sock

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        line = self._deadline.open(host, port, timeout)
        if self._context is None:
            return line
        try:
            return self._context.wrap_socket(line, server_hostname=host)
        except BaseException:
            line.close()
            raise

    def _told(self, *words: str) -> tuple[int, bytes]:
        """Say one thing after the other, as long as the server asks for more."""
        code, said = 334, b""
        for word in words:
            if code != 334:
                break
            code, said = self.docmd(word)
        return code, said

    def _options(self, letter: Letter) -> tuple[str, ...]:
        options = (f"SIZE={len(letter.content)}",) if self.has_extn("size") else ()
        if not letter.needs_utf8:
            return options
        if not self.has_extn("smtputf8"):
            raise Rejected("The mail server takes no addresses with such letters.")
        return (*options, "SMTPUTF8", "BODY=8BITMIME")


class _Lines:
    """Reads what a server says, `left` lines at most."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.left = 0

    def readline(self, size: int) -> bytes:
        """Return the next line, b"" when no more are read."""
        self.left -= 1
        return self._file.readline(size) if self.left >= 0 else b""

    def close(self) -> None:
        """Read no more."""
        self._file.close()


def _b64(text: str) -> str:
    return b64encode(text.encode("utf-8")).decode("ascii")


def _expect(wanted: int, answer: tuple[int, bytes]) -> None:
    code, said = answer
    if code != wanted:
        raise outage(code, said, "to serve this practice")
