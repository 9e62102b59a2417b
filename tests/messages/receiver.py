"""An HTTP server on this machine that takes push messages, and has moods."""

from __future__ import annotations

import json
import ssl
import threading
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from desk_app.domain.messages import Channel
from desk_app.messages.push import Push, PushService

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.certificates import Certificate

    Mood = Callable[["Handler"], None]

TOKEN = "tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2"


@dataclass(eq=False)
class Receiver:
    """What came, and how the next questions are answered instead of with yes."""

    template: str
    port: int = 0
    channel: Channel = Channel.PUSH
    paths: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    taken: list[dict[str, str]] = field(default_factory=list)
    moods: deque[Mood] = field(default_factory=deque)

    address = "practice-keller-7f3a"

    @property
    def carrier(self) -> Push:
        """Return what hands messages over to it."""
        template = self.template.replace("PORT", str(self.port))
        return Push(PushService(template, self.channel))

    def arrived(self) -> list[str]:
        """Return the text of each message that it took."""
        return [body["message"] for body in self.taken]

    def refuse(self) -> None:
        """Refuse the next message for good, and repeat whose it was."""
        self.answer(400, body={"error": f"private {self.address}", "errorCode": 400})

    def be_busy(self) -> None:
        """Refuse the next message for now."""
        self.answer(429, body={"error": f"private {self.address}", "errorCode": 429})

    def refuse_login(self) -> None:
        """Take no token for the next message."""
        self.answer(401, body={"error": f"private {TOKEN}", "errorCode": 401})

    def lose_answer(self) -> None:
        """Take the next message and cut the line."""
        self.moods.append(lambda handler: handler.take())

    def answer(self, status: int, *, body: object = None, **headers: str) -> None:
        """Answer the next question so."""
        self.moods.append(lambda handler: handler.answer(status, body, headers))


class Handler(BaseHTTPRequestHandler):
    """Serves one question; `receiver` stands at the server."""

    body: bytes

    @property
    def receiver(self) -> Receiver:
        return self.server.receiver

    def do_POST(self) -> None:
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.receiver.paths.append(self.path)
        self.receiver.headers.append(dict(self.headers))
        self.close_connection = True
        if self.receiver.moods:
            self.receiver.moods.popleft()(self)
        else:
            self.take()
            self.answer(200, {"id": "1"}, {})

    do_GET = do_POST  # noqa: N815

    def take(self) -> None:
        """Keep what came."""
        self.receiver.taken.append(json.loads(self.body))

    def answer(self, status: int, body: object, headers: dict[str, str]) -> None:
        """Say something."""
        content = json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Quiet(ThreadingHTTPServer):
    """A server that waits for nobody when it ends."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing of desks that hang up."""


@contextmanager
def receiving(
    template: str, certificate: Certificate | None = None
) -> Iterator[Receiver]:
    """Run a receiver; PORT stands for its port in `template`."""
    with Quiet(("127.0.0.1", 0), Handler) as server:
        server.receiver = Receiver(template, server.server_address[1])
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate.file, certificate.key)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server.receiver
        finally:
            server.shutdown()
            thread.join()
