"""Push and text messages keep to the rules of every carrier, by each service."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desk_app.domain.messages import Channel
from desk_app.errors import Invalid, NeedsSignIn, Rejected, Transient, Unsure
from desk_app.messages.plugins import schemes
from desk_app.messages.push import Push, PushService
from tests.certificates import Authority, Certificate, self_signed
from tests.messages.contract import CarrierRules, Edge, message
from tests.messages.receiver import TOKEN, Receiver, receiving
from tests.postgres import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.messages.receiver import Handler

JSON = "json://127.0.0.1:PORT/send?:to={address}&+Authorization=Bearer " + TOKEN
NTFY = f"ntfy://{TOKEN}@127.0.0.1:PORT/{{address}}"
GOTIFY = "gotify://127.0.0.1:PORT/{address}"


class PushRules(CarrierRules):
    template = ""
    refused = frozenset({"very long", "one long word"})

    @pytest.fixture
    def far(self) -> Iterator[Receiver]:
        with receiving(self.template) as receiver:
            yield receiver


class TestJson(PushRules):
    template = JSON


class TestNtfy(PushRules):
    template = NTFY


class TestGotify(PushRules):
    template = GOTIFY


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving(JSON) as receiver:
        yield receiver


@pytest.fixture
def ntfy() -> Iterator[Receiver]:
    with receiving(NTFY) as receiver:
        yield receiver


def test_a_push_says_to_whom_and_what_and_brings_no_picture(ntfy: Receiver) -> None:
    ntfy.carrier.send(message(ntfy), Edge())
    assert ntfy.taken == [
        {
            "topic": ntfy.address,
            "title": "Your appointment",
            "message": "See you on Monday.",
        }
    ]
    (headers,) = ntfy.headers
    assert headers["Authorization"] == f"Bearer {TOKEN}"
    assert headers["User-Agent"] == "desk-app"
    assert "X-Icon" not in headers


def test_a_text_message_has_no_subject(receiver: Receiver) -> None:
    receiver.channel = Channel.SMS
    receiver.carrier.send(message(receiver), Edge())
    (body,) = receiver.taken
    assert (body["title"], body["message"]) == ("", "See you on Monday.")


STATUSES = [
    (301, Rejected),
    (307, Rejected),
    (400, Rejected),
    (401, NeedsSignIn),
    (403, Rejected),
    (404, Rejected),
    (407, NeedsSignIn),
    (408, Transient),
    (413, Rejected),
    (429, Transient),
    (500, Transient),
    (503, Transient),
]


@pytest.mark.parametrize(
    "template", [JSON, NTFY, GOTIFY], ids=["json", "ntfy", "gotify"]
)
@pytest.mark.parametrize(("status", "error"), STATUSES)
def test_an_answer_means_what_its_status_says(
    template: str, status: int, error: type[Exception]
) -> None:
    with receiving(template) as receiver:
        receiver.answer(status, Location="/elsewhere")
        with pytest.raises(error, match=str(status)) as caught:
            receiver.carrier.send(message(receiver), Edge())
        assert type(caught.value) is error
        assert len(receiver.paths) == 1
        assert receiver.taken == []


def test_a_service_says_how_long_to_wait(receiver: Receiver) -> None:
    receiver.answer(429, Retry_After="120")
    with pytest.raises(Transient) as caught:
        receiver.carrier.send(message(receiver), Edge())
    assert caught.value.after == 120


def test_an_answer_is_known_by_its_status_though_it_breaks_off(
    receiver: Receiver,
) -> None:
    def breaks_off(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 503 no\r\nContent-Length: 1000\r\n\r\n{")

    receiver.moods.append(breaks_off)
    with pytest.raises(Transient, match="503"):
        receiver.carrier.send(message(receiver), Edge())


def test_good_news_that_break_off_are_good_news(receiver: Receiver) -> None:
    def breaks_off(handler: Handler) -> None:
        handler.take()
        handler.wfile.write(b"HTTP/1.1 200 ok\r\nContent-Length: 1000\r\n\r\n{")

    receiver.moods.append(breaks_off)
    receiver.carrier.send(message(receiver), Edge())
    assert receiver.arrived() == ["See you on Monday."]


def hasty(receiver: Receiver) -> Push:
    """Return a carrier that does not wait long."""
    template = receiver.template.replace("PORT", str(receiver.port))
    return Push(PushService(template), step_seconds=0.3, whole_seconds=0.6)


def falls_silent(handler: Handler) -> None:
    handler.take()
    handler.rfile.read(1)


def drips(handler: Handler) -> None:
    handler.take()
    handler.wfile.write(b"HTTP/1.1 ")
    while True:
        handler.wfile.write(b"2")
        threading.Event().wait(0.05)


@pytest.mark.parametrize("mood", [falls_silent, drips])
def test_whoever_does_not_answer_in_time_leaves_a_desk_unsure(
    receiver: Receiver, mood: object
) -> None:
    receiver.moods.append(mood)
    edge = Edge()
    begin = time.monotonic()
    with pytest.raises(Unsure):
        hasty(receiver).send(message(receiver), edge)
    assert time.monotonic() - begin < 2
    assert (receiver.arrived(), edge.reached) == (["See you on Monday."], 1)


def test_an_endless_answer_is_not_read_to_its_end(receiver: Receiver) -> None:
    def never_ends(handler: Handler) -> None:
        handler.take()
        handler.wfile.write(b"HTTP/1.1 200 ok\r\n\r\n")
        while True:
            handler.wfile.write(b"x" * 65536)

    receiver.moods.append(never_ends)
    receiver.carrier.send(message(receiver), Edge())
    assert receiver.arrived() == ["See you on Monday."]


@pytest.mark.parametrize("host", ["127.0.0.1", "push.invalid"])
def test_a_service_that_is_not_there_may_come_back(host: str) -> None:
    scheme = "json" if host == "127.0.0.1" else "jsons"
    service = PushService(f"{scheme}://{host}:{free_port()}/?:to={{address}}")
    edge = Edge()
    with pytest.raises(Transient):
        Push(service).send(message(Receiver("")), edge)
    assert edge.reached == 0


def test_a_service_with_a_good_certificate_is_told(
    authority: Authority, certificate: Certificate
) -> None:
    template = JSON.replace("json://127.0.0.1", "jsons://localhost")
    with receiving(template, certificate) as receiver:
        service = PushService(template.replace("PORT", str(receiver.port)))
        Push(service, cafile=authority.file).send(message(receiver), Edge())
        assert receiver.arrived() == ["See you on Monday."]


@pytest.mark.parametrize("shown", ["nobody", "another name", "expired", "no TLS"])
def test_a_service_that_proves_nothing_is_told_nothing(
    authority: Authority, tmp_path: Path, shown: str
) -> None:
    certificate = {
        "nobody": self_signed(tmp_path, "localhost"),
        "another name": authority.issue("push.elsewhere.example"),
        "expired": authority.issue("localhost", days=-1),
        "no TLS": None,
    }[shown]
    template = JSON.replace("json://127.0.0.1", "jsons://localhost")
    edge = Edge()
    with receiving(template, certificate) as receiver:
        service = PushService(template.replace("PORT", str(receiver.port)))
        with pytest.raises(NeedsSignIn, match="certificate"):
            Push(service, cafile=authority.file).send(message(receiver), edge)
        assert (receiver.paths, edge.reached) == ([], 0)


def test_a_key_stands_in_no_error_and_no_log(
    ntfy: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for status in (301, 401, 403, 429, 500):
        ntfy.answer(status, body={"error": TOKEN, "code": status}, Location="/")
        with pytest.raises((Rejected, Transient, NeedsSignIn)) as caught:
            ntfy.carrier.send(message(ntfy), Edge())
        assert TOKEN not in repr(caught.value)
        assert ntfy.address not in repr(caught.value)
    ntfy.carrier.send(message(ntfy), Edge())
    assert TOKEN not in caplog.text
    assert ntfy.address not in caplog.text
    assert TOKEN not in repr(PushService(ntfy.template))


EVIL = [
    "",
    "..",
    "...",
    "a/b",
    "a?x=y",
    "a#b",
    "a&:to=evil",
    "a,b",
    "a b",
    "a\nb",
    "a%2fb",
    "{address}",
    "ä",
    "x" * 201,
]


@pytest.mark.parametrize("address", EVIL)
def test_an_address_cannot_become_something_else(ntfy: Receiver, address: str) -> None:
    with pytest.raises(Rejected):
        ntfy.carrier.send(replace(message(ntfy), address=address), Edge())
    assert ntfy.paths == []


@pytest.mark.parametrize("address", ["+4915112345678", "a.b_c-d", "x@y.org", "a=b:c"])
def test_an_address_arrives_as_it_is(receiver: Receiver, address: str) -> None:
    receiver.carrier.send(replace(message(receiver), address=address), Edge())
    (body,) = receiver.taken
    assert body["to"] == address


def test_an_address_in_front_of_a_host_stays_in_front() -> None:
    service = PushService("pover://{address}@azGDORePK8gMaC0QOYAMyEEuzJnyUi")
    assert service.url("x@evil.org:1") == service.url("x").replace(
        "x@", "x%40evil.org%3A1@"
    )


BAD = [
    "",
    "practice",
    "https://ntfy.sh/{address}",
    "mailto://praxis@example.org/{address}",
    "syslog://{address}",
    "file:///etc/{address}",
    "ntfys://ntfy.sh/topic",
    "ntfys:///",
    "ntfy://ntfy.example.org/{address}",
    "json://93.184.216.34/?:to={address}",
    "jsons://gateway.example.org/?:to={address}&verify=no",
    "twilio://{address}",
    # It reads a file that the address names.
    "fcm://project/{address}?keyfile=/etc/passwd",
    "ntfys://ntfy.example.org/{address}\n",
    "pover://{address}",
]


@pytest.mark.parametrize("template", BAD)
def test_a_service_that_cannot_be_is_refused(template: str) -> None:
    with pytest.raises(Invalid) as caught:
        PushService(template)
    assert caught.value.field == "push_url"


def test_a_service_for_push_is_none_for_text_messages() -> None:
    with pytest.raises(Invalid) as caught:
        PushService("ntfys://ntfy.example.org/{address}", Channel.SMS)
    assert caught.value.field == "sms_url"


@pytest.mark.parametrize("host", ["gateway", "gateway.lan", "10.0.0.5", "[fd00::5]"])
def test_a_service_in_the_house_may_be_plain(host: str) -> None:
    PushService(f"json://{host}/?:to={{address}}")


HEX = "0123456789abcdef" * 2
SERVICES = {
    "ntfy": "ntfy://10.0.0.5/{address}",
    "ntfys": "ntfys://tk_x@ntfy.example.org/{address}",
    "pover": "pover://{address}@azGDORePK8gMaC0QOYAMyEEuzJnyUi",
    "gotify": "gotify://10.0.0.5/{address}",
    "gotifys": "gotifys://gotify.example.org/{address}",
    "pbul": "pbul://acctoken/{address}",
    "tgram": "tgram://123456789:abcdefg_hijklmnop/{address}/",
    "signal": "signal://10.0.0.5/+491511234567/{address}",
    "signals": "signals://signal.example.org/+491511234567/{address}",
    "matrix": "matrix://user:pass@10.0.0.5/{address}",
    "matrixs": "matrixs://user:pass@matrix.example.org/{address}",
    "threema": "threema://*THEGWID@secret/{address}",
    "bark": "bark://10.0.0.5/{address}",
    "barks": "barks://bark.example.org/{address}",
    "json": "json://10.0.0.5/?:to={address}",
    "jsons": "jsons://gateway.example.org/?:to={address}",
    "form": "form://10.0.0.5/?:to={address}",
    "forms": "forms://gateway.example.org/?:to={address}",
    "twilio": f"twilio://AC{HEX}:{HEX}@+4915112345678/{{address}}",
    "vonage": "vonage://12345678:0123456789abcdef@4915112345678/{address}",
    "nexmo": "nexmo://12345678:0123456789abcdef@4915112345678/{address}",
    "sinch": f"sinch://{HEX}:{HEX}@+4915112345678/{{address}}",
    "plivo": f"plivo://MA{'A' * 19}@{HEX}01234567/+4915112345678/{{address}}",
    "msgbird": f"msgbird://{'a' * 25}/4915112345678/{{address}}",
    "bulksms": "bulksms://user:pass@{address}",
    "clicksend": "clicksend://user:pass@{address}",
    "46elks": "46elks://user:pass@Praxis/{address}",
    "elks": "elks://user:pass@Praxis/{address}",
    "seven": "seven://apikey/{address}",
    "sns": f"sns://AKIAIOSFODNN7EXAMPLE/{'w' * 40}/eu-central-1/{{address}}",
    "smseagle": "smseagle://token@10.0.0.5/{address}",
    "smseagles": "smseagles://token@sms.example.org/{address}",
    "httpsms": "httpsms://apikey@+4915112345678/{address}",
}


@pytest.mark.parametrize("scheme", sorted(SERVICES))
def test_every_service_on_the_list_can_be_spoken_to(scheme: str) -> None:
    for channel in (Channel.PUSH, Channel.SMS):
        if scheme in schemes(channel):
            PushService(SERVICES[scheme], channel)


def test_every_service_that_is_offered_is_on_the_list() -> None:
    assert schemes(Channel.PUSH) | schemes(Channel.SMS) == SERVICES.keys()
    assert schemes(Channel.EMAIL) == set()
