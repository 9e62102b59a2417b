"""The one HTTP client: what it sends, what it refuses, how it names failures."""

from __future__ import annotations

import gzip
import logging
import socket
import ssl
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from desk_app import __version__
from desk_app.errors import (
    DeskError,
    Invalid,
    NeedsSignIn,
    Rejected,
    Transient,
)
from desk_app.net.http import Answer, Http, Request, accepted, checked_base, failure
from tests.certificates import Authority, self_signed
from tests.loopback import Fault, Loopback, Said
from tests.net.conftest import Echo

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "planted-token-4711"


def ask(http: Http, service: Loopback, path: str = "/") -> Answer:
    """Ask a service something that must be told nobody else."""
    bearer = {"Authorization": f"Bearer {SECRET}"}
    return http.ask(Request("GET", f"{service.url}{path}?key={SECRET}", bearer))


def test_it_says_who_asks_and_what_it_understands(
    http: Http, service: Loopback
) -> None:
    assert ask(http, service).record() == {"well": True}
    (asked,) = service.asked
    assert asked.headers["user-agent"] == f"desk-app/{__version__}"
    assert asked.headers["accept"] == "application/json"
    assert asked.query == {"key": SECRET}


def test_redirects_are_not_followed(http: Http, service: Loopback) -> None:
    service.service.said = Said(302, headers={"Location": f"{service.url}/elsewhere"})
    answer = ask(http, service)
    with pytest.raises(Rejected):
        accepted(answer)
    assert len(service.asked) == 1


def test_cookies_are_not_kept(http: Http, service: Loopback) -> None:
    service.service.said = Said.json(200, {}, Set_Cookie="who=desk; Path=/")
    ask(http, service)
    ask(http, service)
    assert all("cookie" not in asked.headers for asked in service.asked)


@pytest.mark.parametrize(
    ("status", "meant"),
    [
        (300, Rejected),
        (304, Rejected),
        (400, Rejected),
        (401, NeedsSignIn),
        (403, NeedsSignIn),
        (404, Rejected),
        (408, Transient),
        (409, Rejected),
        (410, Rejected),
        (422, Rejected),
        (429, Transient),
        (500, Transient),
        (503, Transient),
        (599, Transient),
    ],
)
def test_each_status_has_a_meaning(status: int, meant: type[DeskError]) -> None:
    said = failure(Answer(status, {}, SECRET.encode()))
    assert type(said) is meant
    assert SECRET not in f"{said} {said!r}"


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_whoever_says_how_long_is_waited_for(status: int) -> None:
    said = failure(Answer(status, {"retry-after": "7"}, b""))
    assert isinstance(said, Transient)
    assert said.after == 7


@pytest.mark.parametrize("fault", [Fault.LOST, Fault.LATE, Fault.DRIPPING, Fault.HUGE])
def test_an_answer_that_does_not_come_is_transient(
    http: Http, service: Loopback, fault: Fault
) -> None:
    service.trouble(fault)
    with pytest.raises(Transient) as raised:
        ask(http, service)
    assert SECRET not in f"{raised.value} {raised.value.__cause__!r}"
    assert raised.value.__suppress_context__
    assert ask(http, service).is_good


def test_an_answer_may_be_a_megabyte_and_no_more(http: Http, service: Loopback) -> None:
    service.service.said = Said(200, b" " * (1 << 20))
    assert len(ask(http, service).body) == 1 << 20
    service.service.said = Said(200, b" " * ((1 << 20) + 1))
    with pytest.raises(Transient):
        ask(http, service)


def test_what_swells_when_unpacked_is_left(http: Http, service: Loopback) -> None:
    packed = gzip.compress(b" " * (50 << 20))
    assert len(packed) < 1 << 20
    service.service.said = Said(200, packed, {"Content-Encoding": "gzip"})
    with pytest.raises(Transient):
        ask(http, service)
    assert service.asked[0].headers["accept-encoding"] == "identity"


def test_what_cannot_be_unpacked_is_transient(http: Http, service: Loopback) -> None:
    service.service.said = Said(200, b"no gzip", {"Content-Encoding": "gzip"})
    with pytest.raises(Transient):
        ask(http, service)


def test_nobody_at_home_is_transient(http: Http) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(Transient):
        http.ask(Request("GET", f"http://127.0.0.1:{port}/"))


@pytest.mark.parametrize(
    "body", [b"", b"{}", b'{"a": 1}', b"[]", b"null", b"<html>", b"\xff", b"[" * 90_000]
)
def test_an_answer_is_a_record_or_transient(body: bytes) -> None:
    answer = Answer(200, {}, body)
    if body[:1] in (b"", b"{"):
        assert isinstance(answer.record(), dict)
    else:
        with pytest.raises(Transient):
            answer.record()


@pytest.mark.parametrize(
    "url",
    [
        "http://api.zoom.us",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "http://127.0.0.1@evil.example",
        "https://user:word@api.zoom.us",
        "http://10.0.0.1",
        "file:///etc/passwd",
        "//api.zoom.us",
        "https://",
        "https://[::1",
        "",
    ],
)
def test_an_open_line_is_only_for_this_computer(http: Http, url: str) -> None:
    with pytest.raises(Invalid):
        checked_base(url)
    with pytest.raises(Rejected):
        http.ask(Request("GET", url))


@pytest.mark.parametrize(
    "url",
    [
        "https://api.zoom.us/v2",
        "http://127.0.0.1:8",
        "http://[::1]",
        "http://localhost",
    ],
)
def test_a_base_has_no_slash_at_its_end(url: str) -> None:
    assert checked_base(f"{url}/") == checked_base(url) == url


@pytest.mark.parametrize(
    ("name", "value"), [("X-Token", "a\nb: c"), ("X-Token", "ä\u2028"), ("X Y", "a")]
)
def test_what_is_no_header_is_refused(
    http: Http, service: Loopback, name: str, value: str
) -> None:
    with pytest.raises(Rejected):
        http.ask(Request("GET", service.url, {name: value}))
    assert service.asked == []


def test_a_line_that_nobody_vouches_for_is_not_used(http: Http, tmp_path: Path) -> None:
    service = Loopback(Echo(), self_signed(tmp_path, "localhost"))
    with service, pytest.raises(Transient) as raised:
        http.ask(Request("GET", by_name(service)))
    assert "not safe" in str(raised.value)
    assert service.asked == []


@pytest.mark.parametrize(("name", "is_used"), [("localhost", 1), ("localhost.x", 0)])
def test_a_line_is_used_if_its_name_is_vouched_for(
    tmp_path: Path, name: str, is_used: int
) -> None:
    authority = Authority.made(tmp_path, "authority")
    http = Http(trusted=ssl.create_default_context(cafile=authority.file))
    with Loopback(Echo(), authority.issue(name)) as service:
        with suppress(Transient):
            http.ask(Request("GET", by_name(service)))
        http.close()
    assert len(service.asked) == is_used


def by_name(service: Loopback) -> str:
    """Return where a service is, by the name of this computer."""
    return service.url.replace("127.0.0.1", "localhost")


def test_nothing_secret_is_logged(
    http: Http, service: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ask(http, service)
    service.trouble(Fault.LOST)
    with pytest.raises(Transient):
        ask(http, service)
    assert SECRET not in caplog.text


def test_nothing_secret_stands_in_a_repr() -> None:
    request = Request("GET", f"https://x/?k={SECRET}", {"A": SECRET}, SECRET.encode())
    answer = Answer(200, {"a": SECRET}, SECRET.encode())
    assert SECRET not in f"{request!r} {answer!r}"
