"""What the database tells every desk when a row changes, and the ear that hears it.

A notice is a hint with a kind and an id. Triggers send it for every writer, on
commit. Nobody keeps notices for a desk that is away, and any login can send one.
"""

from __future__ import annotations

import selectors
import socket
import threading
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import pq

from desk_app.db.connect import address_of, line_of, open_connection
from desk_app.db.failures import translated
from desk_app.errors import DeskError, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

CHANNEL = "desk_app"
# What couriers hear, and no desk.
OUTBOX_CHANNEL = "desk_outbox"

# `stop` is looked at this often, in seconds.
TICK = 0.2
CONNECT_PATIENCE = 8.0


class Kind(StrEnum):
    """What has changed. The id is that of the provider for SCHEDULE and HOLD.

    QUEUE is that something needs a person, or no longer does; REMIND that a provider is
    to be reminded of an appointment; OUTBOX, to couriers, that something is to be done.
    """

    APPOINTMENT = "appointment"
    SCHEDULE = "schedule"
    CATALOGUE = "catalogue"
    CLIENT = "client"
    HOLD = "hold"
    WALK_IN = "walk_in"
    WAITLIST = "waitlist"
    REFRESH = "refresh"
    QUEUE = "queue"
    REMIND = "remind"
    OUTBOX = "outbox"


_KINDS = {kind.value: kind for kind in Kind}


@dataclass(frozen=True, slots=True)
class Notice:
    """One change: its kind and the id it is about, 0 where there is none."""

    kind: Kind
    row_id: int


def parse(payload: str) -> Notice | None:
    """Return the notice in a payload; None for what this program does not know."""
    kind, _, row_id = payload.partition(" ")
    if kind not in _KINDS or not (row_id.isascii() and row_id.isdigit()):
        return None
    return Notice(_KINDS[kind], int(row_id))


class Ear:
    """Listens on a connection of its own; for one thread.

    Silence and a dead server look alike, so after `pulse` seconds of silence the
    server is asked for a sign of life, and must give it within `patience` seconds.
    """

    def __init__(
        self,
        url: str | Callable[[], str],
        *,
        channel: str = CHANNEL,
        pulse: float = 10.0,
        patience: float = 5.0,
    ) -> None:
        """Listen at `url`; a function is asked again, for who is signed in changes."""
        self._channel = channel
        self._url = url if callable(url) else lambda: url
        self._used = ""
        self._pulse = pulse
        self._patience = patience
        self._connection: psycopg.Connection[Any] | None = None
        self._selector = selectors.DefaultSelector()
        self._heard_at = 0.0
        self._asked_at: float | None = None

    def connect(self, stop: Event) -> None:
        """Connect and LISTEN; returns early, unconnected, once `stop` is set.

        Raises a DeskError when the server cannot be reached.
        """
        self.close()
        self._used = self._url()
        address = address_of(self._used, application_name="desk-app listener")
        attempt = _Attempt(address, self._channel)
        deadline = time.monotonic() + CONNECT_PATIENCE
        while not attempt.done.wait(TICK / 2):
            if stop.is_set():
                attempt.abandon()
                return
            if time.monotonic() > deadline:
                attempt.abandon()
                raise Unavailable
        self._connection = attempt.result()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._connection.fileno(), selectors.EVENT_READ)
        self._heard_at = time.monotonic()
        self._asked_at = None

    def wait(self, stop: Event, seconds: float) -> tuple[Notice, ...]:
        """Return the notices that have come, as soon as there is one.

        Returns () after `seconds` or once `stop` is set. Raises Unavailable when the
        connection is gone or the server gives no sign of life.
        """
        ends = time.monotonic() + seconds
        try:
            while True:
                notices = self._collect()
                left = ends - time.monotonic()
                if notices or left <= 0 or stop.is_set():
                    return notices
                self._feel_pulse()
                if self._url() != self._used:
                    raise Unavailable
                self._selector.select(min(TICK, left))
        except psycopg.Error as error:
            raise translated(error) from None

    def close(self) -> None:
        """Hang up; `connect` may be called again."""
        self._selector.close()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @property
    def _pgconn(self) -> pq.abc.PGconn:
        if self._connection is None:
            raise Unavailable
        return self._connection.pgconn

    def _collect(self) -> tuple[Notice, ...]:
        """Read what has arrived, without waiting."""
        pgconn = self._pgconn
        pgconn.consume_input()
        found: dict[Notice, None] = {}
        while (message := pgconn.notifies()) is not None:
            self._heard_at = time.monotonic()
            notice = parse(message.extra.decode("utf-8", "replace"))
            if notice is not None:
                found[notice] = None
        while self._asked_at is not None and not pgconn.is_busy():
            if pgconn.get_result() is None:
                self._asked_at = None
                self._heard_at = time.monotonic()
        return tuple(found)

    def _feel_pulse(self) -> None:
        """Ask for a sign of life after silence; miss it after a while."""
        now = time.monotonic()
        if self._asked_at is None:
            if now - self._heard_at >= self._pulse:
                self._pgconn.send_query(b"")
                self._asked_at = now
        elif now - self._asked_at > self._patience:
            raise Unavailable
        if self._asked_at is not None:
            self._pgconn.flush()


class _Attempt:
    """Connects on a thread of its own, because looking up a host's name and asking a
    frozen server cannot be interrupted; whoever waits may leave at any time.
    """

    def __init__(self, address: str, channel: str) -> None:
        self.done = threading.Event()
        self._address = address
        self._channel = channel
        self._guard = threading.Lock()
        self._abandoned = False
        self._line: socket.socket | None = None
        self._connection: psycopg.Connection[Any] | None = None
        self._error: DeskError | None = None
        threading.Thread(
            target=self._run, name="listener connects", daemon=True
        ).start()

    def result(self) -> psycopg.Connection[Any]:
        """Return the connection; raises what kept it from being made."""
        if self._connection is None:
            raise self._error or Unavailable()
        return self._connection

    def abandon(self) -> None:
        """Want nothing of it any more; the thread clears up behind itself."""
        with self._guard:
            self._abandoned = True
            if self._line is not None:
                with suppress(OSError):
                    self._line.shutdown(socket.SHUT_RDWR)
            if self._connection is not None:
                self._connection.close()

    def _run(self) -> None:
        try:
            self._connect()
        except psycopg.Error as error:
            self._error = translated(error)
        except DeskError as error:
            self._error = error
        self.done.set()

    def _connect(self) -> None:
        connection = open_connection(self._address, autocommit=True)
        with ExitStack() as on_failure, line_of(connection) as line:
            on_failure.callback(connection.close)
            with self._guard:
                self._line = line
                if self._abandoned:
                    return
            connection.execute(f"LISTEN {self._channel}")
            with self._guard:
                self._line = None
                if self._abandoned:
                    return
                self._connection = connection
            on_failure.pop_all()
