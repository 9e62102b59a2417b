"""A service on this computer that answers as told: in full, late, in part or never."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections import deque
from dataclasses import dataclass, field
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Protocol, Self
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.certificates import Certificate

LATEST = 20.0
GARBAGE = b"<html>\xff\xfe is no JSON"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it arrived; the parts of its path are as they were before URLs."""

    method: str
    parts: tuple[str, ...]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def record(self) -> dict[str, Any]:
        """Return the JSON object that was sent."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Said:
    """One answer."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def json(cls, status: int, record: object, **headers: str) -> Said:
        """Return an answer that is JSON; `_` in names of headers stands for `-`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        typed = {"Content-Type": "application/json", **named}
        return cls(status, json.dumps(record).encode(), typed)


class Service(Protocol):
    """What a fake of a service is."""

    def answer(self, asked: Asked) -> Said:
        """Do what is asked and return the answer."""


class Fault(Enum):
    """What becomes of an answer after the service did what it was asked."""

    LOST = "the line breaks"
    GARBLED = "what arrives is no JSON"
    LATE = "it comes when nobody waits for it any more"
    DRIPPING = "it never ends"
    HUGE = "it is larger than any answer"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happens to the next request of `method` whose path has `part`.

    An answer instead of a fault means that the service does nothing.
    """

    what: Fault | Said
    method: str = ""
    part: str = ""

    def meets(self, asked: Asked) -> bool:
        """Tell whether it is this request that is troubled."""
        is_method = self.method in ("", asked.method)
        return is_method and (not self.part or self.part in asked.parts)


class Loopback:
    """Runs a service on a free port of 127.0.0.1 while it is entered."""

    def __init__(
        self, service: Service, certificate: Certificate | None = None
    ) -> None:
        self.asked: list[Asked] = []
        self.troubles: deque[Trouble] = deque()
        self.lock = threading.Lock()
        self.is_ending = threading.Event()
        self.service = service
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.loopback = self
        self._scheme = "https" if certificate else "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate.file, certificate.key)
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True
            )
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}
        )

    @property
    def url(self) -> str:
        """Return where it is reached, without a slash at the end."""
        return f"{self._scheme}://127.0.0.1:{self._server.server_port}"

    def trouble(self, what: Fault | Said, method: str = "", part: str = "") -> None:
        """Let something go wrong once."""
        self.troubles.append(Trouble(what, method, part))

    def count(self, method: str, part: str = "") -> int:
        """Return how many requests there were."""
        wanted = Trouble(Fault.LOST, method, part)
        return sum(wanted.meets(asked) for asked in list(self.asked))

    def met_by(self, asked: Asked) -> Fault | Said | None:
        """Return what goes wrong with a request, which it does once."""
        met = next((t for t in self.troubles if t.meets(asked)), None)
        if met is None:
            return None
        self.troubles.remove(met)
        return met.what

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_ending.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    """Hands each request to the loopback it belongs to."""

    loopback: Loopback


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def _meet(self) -> None:
        loopback = self.server.loopback
        asked = self._asked()
        with loopback.lock:
            loopback.asked.append(asked)
            trouble = loopback.met_by(asked)
            is_refused = isinstance(trouble, Said)
            said = trouble if is_refused else loopback.service.answer(asked)
        self._say(said, None if is_refused else trouble)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _meet  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Write nothing."""

    def _asked(self) -> Asked:
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        return Asked(
            self.command,
            tuple(unquote(part) for part in parts.path.split("/") if part),
            {name: values[-1] for name, values in parse_qs(parts.query).items()},
            {name.lower(): value for name, value in self.headers.items()},
            self.rfile.read(length),
        )

    def _say(self, said: Said, fault: Fault | None) -> None:
        if fault is Fault.LATE:
            self.server.loopback.is_ending.wait(LATEST)
        if fault in (Fault.LATE, Fault.LOST):
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response_only(said.status)
        for name, value in said.headers.items():
            self.send_header(name, value)
        if fault in (Fault.DRIPPING, Fault.HUGE):
            self._pour(b" " * (1 if fault is Fault.DRIPPING else 65_536))
        else:
            self._finish(said, GARBAGE if fault is Fault.GARBLED else said.body)

    def _finish(self, said: Said, body: bytes) -> None:
        if said.status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if said.status != 204:
            self.wfile.write(body)

    def _pour(self, piece: bytes) -> None:
        """Send until the other side has enough."""
        self.close_connection = True
        self.end_headers()
        pause = 0.02 if len(piece) == 1 else 0.0
        try:
            while not self.server.loopback.is_ending.wait(pause):
                self.wfile.write(piece)
        except OSError:
            return
