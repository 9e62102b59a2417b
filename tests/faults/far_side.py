"""The world outside: calendars over HTTP and a mail server, both unreliable.

Both do what they are asked and then lose some of their answers, are busy at times, and
refuse what is poison to them. What reached them is all that the oracle believes.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from desk_app.domain.mail_hosts import Security
from tests.messages import post_office
from tests.messages.post_office import PostOffice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiosmtpd.smtp import SMTP, Envelope, Session

    from tests.certificates import Authority

POISON = "poison"
# All that the oracle asks of a letter.
_MESSAGE_ID = re.compile(rb"^Message-ID:\s+(\S+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Manners:
    """How unreliable the far side is, as shares of all calls; `slowest` in seconds."""

    lost: float = 0.08
    busy: float = 0.10
    slowest: float = 0.02


RUDE = Manners()
NICE = Manners(0, 0, 0)


@dataclass(eq=False)
class FarCalendars:
    """Events by provider and id; each change of one has an etag of its own."""

    manners: Manners
    events: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    etags: Counter[tuple[str, str]] = field(default_factory=Counter)
    did: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def dice(self, share: float, what: str) -> bool:
        """Say whether this fault comes now."""
        comes = random.random() < share
        with self.lock:
            self.did[what] += comes
        return comes

    def put(self, key: tuple[str, str], event: dict[str, Any], etag: str | None) -> int:
        """Show an event if it stands as the caller believes; return the status.

        `etag` is what the caller has seen, "" for nothing, None for whatever it is.
        """
        with self.lock:
            if POISON in event["title"]:
                return 400
            seen = f"{self.etags[key]}" if key in self.events else ""
            if etag not in (None, seen):
                return 412
            self.events[key] = event
            self.etags[key] += 1
            return 200

    def look(self, key: tuple[str, str]) -> tuple[dict[str, Any] | None, str]:
        """Return an event and its etag."""
        with self.lock:
            return self.events.get(key), f"{self.etags[key]}"

    def remove(self, key: tuple[str, str]) -> int:
        """Show an event no more; return the status."""
        with self.lock:
            return 404 if self.events.pop(key, None) is None else 204


class _Talk(BaseHTTPRequestHandler):
    """One line to the calendars; a path is /provider/event."""

    protocol_version = "HTTP/1.1"
    far: FarCalendars

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def do_GET(self) -> None:
        event, etag = self.far.look(self._key)
        if self._is_well():
            self._answer(404 if event is None else 200, event, etag)

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not body:
            # Whoever asked was killed in the middle of it.
            self.close_connection = True
            return
        event = json.loads(body)
        etag = self.headers["If-Match"]
        if self.headers["If-None-Match"] == "*":
            etag = ""
        if self._is_well():
            self._answer(self.far.put(self._key, event, etag))

    def do_DELETE(self) -> None:
        if self._is_well():
            self._answer(self.far.remove(self._key))

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    @property
    def _key(self) -> tuple[str, str]:
        _, provider, event = self.path.split("/")
        return provider, event

    def _is_well(self) -> bool:
        """Take a while, and answer by itself if it is busy."""
        time.sleep(random.uniform(0, self.far.manners.slowest))
        if not self.far.dice(self.far.manners.busy, "busy"):
            return True
        self._answer(random.choice((429, 500, 503)))
        return False

    def _answer(
        self, status: int, event: dict[str, Any] | None = None, etag: str = ""
    ) -> None:
        if self.far.dice(self.far.manners.lost, "calendar answers lost"):
            self.close_connection = True
            return
        body = json.dumps(event or {}).encode()
        self.send_response(status)
        self.send_header("ETag", etag)
        self.send_header("Content-Length", f"{len(body)}")
        self.end_headers()
        self.wfile.write(body)


@dataclass(eq=False)
class MailSink(PostOffice):
    """A mail server that keeps the Message-ID of each letter that it took."""

    manners: Manners = NICE
    taken: list[tuple[str, str]] = field(default_factory=list)
    did: Counter[str] = field(default_factory=Counter)

    async def handle_RCPT(  # noqa: N802
        self,
        server: SMTP,
        session: Session,
        letter: Envelope,
        who: str,
        more: list[str],
    ) -> str:
        # A worker that freezes here must find out that its lease was lost.
        await asyncio.sleep(random.uniform(0, self.manners.slowest))
        if who.startswith(POISON):
            return "550 5.1.1 nobody lives here"
        if random.random() < self.manners.busy:
            self.did["busy"] += 1
            return random.choice(("451 4.3.0 later", "421 4.3.2 much later"))
        return await super().handle_RCPT(server, session, letter, who, more)

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, letter: Envelope
    ) -> str:
        content = letter.original_content or b""
        found = _MESSAGE_ID.search(content)
        self.taken.append((letter.rcpt_tos[0], found[1].decode() if found else ""))
        self.cuts_after_data = random.random() < self.manners.lost
        self.did["mail answers lost"] += self.cuts_after_data
        return await super().handle_DATA(server, session, letter)


@dataclass(frozen=True, slots=True)
class FarSide:
    """Both, and where they are."""

    calendars: FarCalendars
    mail: MailSink
    calendar_url: str


@contextmanager
def far_side(authority: Authority, manners: Manners) -> Iterator[FarSide]:
    """Run calendars and a mail server."""
    calendars = FarCalendars(manners)
    talk = type("Talk", (_Talk,), {"far": calendars})
    server = ThreadingHTTPServer(("127.0.0.1", 0), talk)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    sink = MailSink(Security.STARTTLS, authority.file, manners=manners)
    try:
        with post_office.running(sink, authority.issue(post_office.HOST)):
            yield FarSide(calendars, sink, f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
