"""Mail servers on this machine that do what they must not, and keep what they hear."""

from __future__ import annotations

import ssl
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.rogue import HungUp

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from tests.certificates import Certificate

    Script = Callable[["Talk"], None]


@dataclass(eq=False)
class Talk:
    """One connection; `plain` is what was heard before the line was encrypted."""

    line: socket.socket
    plain: list[bytes]
    secret: list[bytes]
    _is_encrypted: bool = False

    def say(self, *lines: str) -> None:
        """Answer."""
        self.line.sendall("".join(f"{line}\r\n" for line in lines).encode())

    def hear(self) -> str:
        """Return the next line that the desk says."""
        found = b""
        while not found.endswith(b"\n"):
            piece = self.line.recv(1)
            if not piece:
                raise HungUp
            found += piece
        (self.secret if self._is_encrypted else self.plain).append(found)
        return found.decode("latin-1").strip()

    def encrypt(self, certificate: Certificate) -> None:
        """Show a certificate; the desk may hang up for it."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate.file, certificate.key)
        self.line = context.wrap_socket(self.line, server_side=True)
        self._is_encrypted = True

    def greet(self, *offers: str) -> None:
        """Begin, and offer something."""
        self.say("220 rogue.example ESMTP")
        self.offer(*offers)

    def offer(self, *offers: str) -> None:
        """Answer to EHLO."""
        self.hear()
        lines = ["rogue.example", *offers]
        self.say(*(f"250-{line}" for line in lines[:-1]), f"250 {lines[-1]}")

    def agree(self) -> None:
        """Say yes to everything, whatever it is."""
        while True:
            said = self.hear().upper()
            if said.startswith("DATA"):
                self.say("354 go on")
                while self.hear() != ".":
                    pass
            self.say("235 welcome" if said.startswith("AUTH") else "250 OK")

    def up_to_data(self, certificate: Certificate) -> None:
        """Behave well until a letter has come."""
        self.up_to_recipient(certificate)
        self.hear()
        self.say("354 go on")
        while self.hear() != ".":
            pass

    def up_to_recipient(self, certificate: Certificate) -> None:
        """Behave well until it is known who gets the letter."""
        self.greet("STARTTLS")
        self.hear()
        self.say("220 go on")
        self.encrypt(certificate)
        self.offer("AUTH PLAIN")
        self.hear()
        self.say("235 welcome")
        for _ in ("MAIL", "RCPT"):
            self.hear()
            self.say("250 OK")


@dataclass(eq=False)
class RogueMail:
    """A server that follows `script` with each desk, until it is told to stop."""

    script: Script
    port: int = 0
    guests: list[Talk] = field(default_factory=list)
    plain: list[bytes] = field(default_factory=list)
    secret: list[bytes] = field(default_factory=list)

    def greet(self, line: socket.socket) -> None:
        """Serve one desk until it hangs up."""
        talk = Talk(line, self.plain, self.secret)
        self.guests.append(talk)
        try:
            self.script(talk)
        except (OSError, HungUp):
            pass
        finally:
            talk.line.close()


def offers_no_tls(talk: Talk) -> None:
    """Take logins and letters from anybody who reads along."""
    talk.greet("AUTH PLAIN LOGIN")
    talk.agree()


def will_not_encrypt(talk: Talk) -> None:
    """Offer to encrypt, and then not do it."""
    talk.greet("STARTTLS", "AUTH PLAIN LOGIN")
    talk.hear()
    talk.say("501 on second thoughts")
    talk.agree()


def cannot_encrypt_now(talk: Talk) -> None:
    """Offer to encrypt, and have no time for it."""
    talk.greet("STARTTLS", "AUTH PLAIN LOGIN")
    talk.hear()
    talk.say("454 4.7.0 later")
    talk.agree()


def says_nothing(talk: Talk) -> None:
    """Wait for ever."""
    talk.hear()


def drips(talk: Talk, first: bytes = b"220-") -> None:
    """Say something now and then, and never come to an end."""
    talk.line.sendall(first)
    while True:
        talk.line.sendall(b"x")
        threading.Event().wait(0.05)


def never_ends(talk: Talk) -> None:
    """Greet for ever, as fast as can be."""
    while True:
        talk.line.sendall(b"220-welcome\r\n" * 1000)


def is_no_mail_server(talk: Talk) -> None:
    """Speak another language."""
    talk.say("HTTP/1.1 400 Bad Request", "", "")
    talk.hear()


def is_closed(talk: Talk) -> None:
    """Serve nobody from there."""
    talk.say("554 5.7.1 not from your network")
    talk.hear()
