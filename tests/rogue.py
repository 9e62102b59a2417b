"""Servers on this machine that are after a password, and keep every byte they get."""

from __future__ import annotations

import base64
import hashlib
import socket
import ssl
import struct
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.certificates import Certificate

    Wish = Callable[["Guest"], object]

SSL_REQUEST = struct.pack("!ii", 8, 80877103)
GSS_REQUEST = struct.pack("!ii", 8, 80877104)
PLUS = b"SCRAM-SHA-256-PLUS"
SCRAM = b"SCRAM-SHA-256"
SALT = b"salt"
# Whoever waits longer for a desk's next words hangs.
PATIENCE = 10.0


class HungUp(Exception):
    """The desk has nothing more to say."""


@dataclass(eq=False)
class Guest:
    """One connection of a desk; what it says is kept in `heard`, decrypted."""

    line: socket.socket
    heard: list[bytes]

    def request(self) -> bytes:
        """Return what a connection begins with."""
        head = self._exactly(4)
        return head + self._exactly(struct.unpack("!i", head)[0] - 4)

    def message(self) -> bytes:
        """Return what the next message holds, without kind and length."""
        head = self._exactly(5)
        return self._exactly(struct.unpack("!i", head[1:])[0] - 4)

    def ask(self, code: int, more: bytes = b"") -> None:
        """Send a message about the login."""
        self.line.sendall(b"R" + struct.pack("!ii", 8 + len(more), code) + more)

    def welcome(self) -> None:
        """Let the desk in, whoever it is."""
        version = b"server_version\x0018.0\x00"
        self.ask(0)
        self.line.sendall(b"S" + struct.pack("!i", 4 + len(version)) + version)
        self.line.sendall(b"Z" + struct.pack("!i", 5) + b"I")

    def _exactly(self, size: int) -> bytes:
        found = b""
        while len(found) < size:
            piece = self.line.recv(size - len(found))
            if not piece:
                raise HungUp
            self.heard.append(piece)
            found += piece
        return found


def cleartext(guest: Guest) -> None:
    """Ask for the password itself."""
    guest.ask(3)
    guest.message()


def md5(guest: Guest) -> None:
    """Ask for a hash from which the password can be guessed."""
    guest.ask(5, SALT)
    guest.message()


def scram(*mechanisms: bytes, proof: bytes | None = None) -> Wish:
    """Ask for a proof of the password; give `proof` for the own one, or none."""

    def wish(guest: Guest) -> None:
        guest.ask(10, b"\0".join((*mechanisms, b"", b"")))
        nonce = guest.message().rpartition(b"r=")[2]
        salt = base64.b64encode(SALT * 4)
        guest.ask(11, b"r=" + nonce + b"rogue,s=" + salt + b",i=4096")
        guest.message()
        if proof is not None:
            guest.ask(12, b"v=" + base64.b64encode(proof))

    return wish


def nothing(guest: Guest) -> None:
    """Let everybody in and wait for what they tell."""


@dataclass(eq=False)
class Rogue:
    """A server that answers to TLS with `certificate`, or else with `no_tls`."""

    wish: Wish
    certificate: Certificate | None = None
    no_tls: bytes = b"N"
    port: int = 0
    guests: list[Guest] = field(default_factory=list)
    heard: list[bytes] = field(default_factory=list)

    @property
    def sent(self) -> bytes:
        """Everything that desks have sent."""
        return b"".join(self.heard)

    def saw_password(self, user: str, password: str) -> bool:
        """Say whether the password came, as it is or hashed."""
        plain = password.encode()
        inner = hashlib.md5(plain + user.encode(), usedforsecurity=False).hexdigest()
        outer = hashlib.md5(inner.encode() + SALT, usedforsecurity=False).hexdigest()
        forms = (plain, inner.encode(), outer.encode(), base64.b64encode(plain))
        return any(form in self.sent for form in forms)

    def saw_proof(self) -> bool:
        """Say whether a proof of SCRAM came, against which passwords can be tried."""
        return b",p=" in self.sent

    def greet(self, line: socket.socket) -> None:
        """Serve one desk until it hangs up."""
        guest = Guest(line, self.heard)
        self.guests.append(guest)
        try:
            self._serve(guest)
        except (OSError, HungUp):
            pass
        finally:
            guest.line.close()

    def _serve(self, guest: Guest) -> None:
        while (request := guest.request()) in (SSL_REQUEST, GSS_REQUEST):
            if request == SSL_REQUEST and self.certificate:
                guest.line.sendall(b"S")
                guest.line = _encrypted(guest.line, self.certificate)
            else:
                guest.line.sendall(b"N" if request == GSS_REQUEST else self.no_tls)
        self.wish(guest)
        guest.welcome()
        while True:
            guest.message()


@contextmanager
def listening(rogue: Rogue, door: socket.socket | None = None) -> Iterator[Rogue]:
    """Let a rogue serve one desk after the other, on loopback or at `door`."""
    door = door or socket.create_server(("127.0.0.1", 0))
    if door.family == socket.AF_INET:
        rogue.port = door.getsockname()[1]

    def serve() -> None:
        with suppress(OSError):
            while True:
                line, _ = door.accept()
                line.settimeout(PATIENCE)
                rogue.greet(line)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield rogue
    finally:
        for end in (door, *(guest.line for guest in rogue.guests)):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        thread.join(PATIENCE)
        door.close()
    assert not thread.is_alive()


def _encrypted(line: socket.socket, certificate: Certificate) -> ssl.SSLSocket:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.file, certificate.key)
    return context.wrap_socket(line, server_side=True)
