"""Work with a server ends in time, whatever the server does."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress

import pytest

from desk_app.net.deadline import Deadline
from tests.postgres import free_port


def drip(door: socket.socket) -> None:
    """Send a byte now and then, until the other side has gone."""
    line, _ = door.accept()
    with line, suppress(OSError):
        while True:
            line.sendall(b"x")
            threading.Event().wait(0.02)


def test_a_line_is_shut_though_something_still_comes() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door, Deadline(0.3) as deadline:
        thread = threading.Thread(target=drip, args=(door,))
        thread.start()
        begin = time.monotonic()
        with deadline.open(*door.getsockname(), 5.0) as line:
            while line.recv(100):
                pass
        assert 0.2 < time.monotonic() - begin < 2
        thread.join()


def test_a_line_that_is_done_in_time_is_let_be() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        with Deadline(5.0) as deadline:
            line = deadline.open(*door.getsockname(), 5.0)
        other, _ = door.accept()
        with line, other:
            other.sendall(b"still here")
            assert line.recv(100) == b"still here"


def test_every_address_of_a_host_is_tried() -> None:
    # "localhost" is ::1 as well, where nobody listens.
    with socket.create_server(("127.0.0.1", 0)) as door, Deadline(5.0) as deadline:
        deadline.open("localhost", door.getsockname()[1], 1.0).close()


def test_nobody_is_asked_when_no_time_is_left() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as door,
        Deadline(0.0) as deadline,
        pytest.raises(TimeoutError),
    ):
        deadline.open(*door.getsockname(), 5.0)


def test_nobody_at_home_is_said_at_once() -> None:
    with Deadline(5.0) as deadline, pytest.raises(ConnectionRefusedError):
        deadline.open("127.0.0.1", free_port(), 5.0)
