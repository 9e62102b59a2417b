"""The addresses of push and SMS services: what apprise takes, and nothing else."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from apprise import Apprise, AppriseAsset, NotificationManager

from desk_app.domain.push_urls import (
    ADDRESS,
    NEEDS,
    OFFERED,
    SCHEMES,
    Part,
    Relay,
    ServiceName,
    clean_address,
    url_template,
)
from desk_app.errors import Invalid

# Apprise loads every service it knows, also what only older Pythons can.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

HEX = "0123456789abcdef" * 2
NUMBER = "+49 30 123456789"
NAME = ServiceName
# A service as typed, its key, and whom it reaches: topic, user, number.
GOOD = {
    "ntfy": (Relay(NAME.NTFY, "ntfy.sh"), "", "topic_1"),
    "own ntfy": (Relay(NAME.NTFY, "https://n.example:8443/"), "tk_abc", "topic_1"),
    "pover": (Relay(NAME.PUSHOVER), "a" * 30, "u" * 30),
    "gotify": (Relay(NAME.GOTIFY, "push.example.org/sub"), "", "A.b_c-1"),
    "twilio": (Relay(NAME.TWILIO, "", f"AC{HEX}", NUMBER), HEX, "+4915112345678"),
    "vonage": (Relay(NAME.VONAGE, "", "abcd1234", NUMBER), "sEcr3t", "+4915112345678"),
    "sinch eu": (Relay(NAME.SINCH_EU, "", HEX, NUMBER), HEX, "+4915112345678"),
    "sinch us": (Relay(NAME.SINCH_US, "", HEX, NUMBER), HEX, "+4915112345678"),
    "bird": (Relay(NAME.MESSAGEBIRD, "", "", NUMBER), "a" * 25, "+4915112345678"),
    "seven": (Relay(NAME.SEVEN), "k3y", "+4915112345678"),
    "named seven": (Relay(NAME.SEVEN, sender="Praxis"), "k3y", "+4915112345678"),
    "46elks": (Relay(NAME.ELKS, "", "u1", "Praxis"), "p1", "+4915112345678"),
    "own": (Relay(NAME.OTHER), "jsons://u:p@h.example/p?:to={address}", "+49151"),
}
BAD = {
    "no service": (Relay(), "k", "service"),
    "no server": (Relay(NAME.GOTIFY), "", "server"),
    "open line": (Relay(NAME.NTFY, "http://ntfy.sh"), "", "server"),
    "a server that goes on": (Relay(NAME.NTFY, "ntfy.sh/?x=1"), "", "server"),
    "two servers": (Relay(NAME.NTFY, "a@evil.example"), "", "server"),
    "no account": (Relay(NAME.TWILIO, "", "", NUMBER), HEX, "account"),
    "no SID": (Relay(NAME.TWILIO, "", "AC/../x", NUMBER), HEX, "account"),
    "short number": (Relay(NAME.TWILIO, "", f"AC{HEX}", "+4930"), HEX, "sender"),
    "a word as number": (Relay(NAME.VONAGE, "", "a1", "Praxis"), "sEcr3t", "sender"),
    "a long word": (Relay(NAME.SEVEN, sender="Zahnarztpraxis"), "k", "sender"),
    "no key": (Relay(NAME.PUSHOVER), "", "secret"),
    "a key that goes on": (Relay(NAME.PUSHOVER), "a" * 29 + "/", "secret"),
    "two keys": (Relay(NAME.SEVEN), "k?to=+49", "secret"),
    "no address": (Relay(NAME.OTHER), "", "secret"),
    "a word": (Relay(NAME.OTHER), "ntfy", "secret"),
    "a file": (Relay(NAME.OTHER), "file:///etc/passwd?{address}", "secret"),
    "a program": (Relay(NAME.OTHER), "macosx://{address}", "secret"),
    "plain http": (Relay(NAME.OTHER), "json://host/{address}", "secret"),
    "mail by the side door": (Relay(NAME.OTHER), "mailtos://u:p@h/{address}", "secret"),
    "for nobody": (Relay(NAME.OTHER), "jsons://host/path", "secret"),
    "for two": (Relay(NAME.OTHER), "jsons://host/{address}/{address}", "secret"),
    "server by address": (Relay(NAME.OTHER), "jsons://{address}/path", "secret"),
    "a space": (Relay(NAME.OTHER), "jsons://host/a b/{address}", "secret"),
}


@pytest.mark.parametrize("case", GOOD)
def test_apprise_takes_each_address_and_sends_to_this_person_alone(case: str) -> None:
    relay, key, person = GOOD[case]
    template = url_template(relay, key)
    assert template.count(ADDRESS) == 1
    sender = Apprise(asset=AppriseAsset(async_mode=False))
    assert sender.add(template.replace(ADDRESS, quote(person, safe="")))
    (service,) = sender
    said = [getattr(service, "user", ""), getattr(service, "token", "")]
    said += [*(getattr(service, "topics", None) or ())]
    said += [*(getattr(service, "targets", None) or ())]
    heard = str(said) + service.url(privacy=False)
    assert person.lstrip("+") in heard


@pytest.mark.parametrize("case", BAD)
def test_what_is_wrong_is_said_by_its_part(case: str) -> None:
    relay, key, part = BAD[case]
    with pytest.raises(Invalid) as refusal:
        url_template(relay, key)
    assert refusal.value.field == part
    assert str(refusal.value).endswith((".", "…"))
    assert not key or key not in str(refusal.value)


def test_every_service_says_what_it_needs_and_is_offered_somewhere() -> None:
    assert (
        set(NEEDS) == set(ServiceName) == {s for each in OFFERED.values() for s in each}
    )
    for needs in NEEDS.values():
        assert needs.optional <= set(needs.parts)
        assert Part.SERVER not in needs.optional


def test_apprise_knows_each_scheme_that_may_be_used() -> None:
    assert set(NotificationManager().schemas()) >= SCHEMES


@pytest.mark.parametrize(
    "address", ["topic/../x", "a b", "a?b", "a#b", "a&b", "ä", "%2f"]
)
def test_an_address_cannot_become_more_of_the_url(address: str) -> None:
    with pytest.raises(Invalid) as refusal:
        clean_address(address)
    assert refusal.value.field == "push_address"
    assert clean_address(" A.b_c@d+e=f:g-1 ") == "A.b_c@d+e=f:g-1"
