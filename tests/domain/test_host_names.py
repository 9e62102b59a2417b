"""Names of servers as people type them."""

from __future__ import annotations

import pytest

from desk_app.domain import mail_hosts
from desk_app.domain.host_names import clean_host, clean_port, clean_server
from desk_app.errors import Invalid


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" SMTP.Example.ORG ", "smtp.example.org"),
        ("mail.praxis-müller.de.", "mail.praxis-müller.de"),
        ("127.0.0.1", "127.0.0.1"),
        ("mail", "mail"),
    ],
)
def test_a_host_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert clean_host(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "https://smtp.example.org",
        "a b",
        "smtp.example.org:587",
        "a/b",
        "-x.de",
        "u@h",
    ],
)
def test_what_is_no_host_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        clean_host(typed)
    assert refusal.value.field == "host"


def test_a_server_may_have_a_port_and_a_path() -> None:
    assert (
        clean_server("https://Push.example.org:8443/a/b/")
        == "push.example.org:8443/a/b"
    )
    with pytest.raises(Invalid):
        clean_server("push.example.org:99999")


@pytest.mark.parametrize("port", [0, -1, 65_536])
def test_a_port_has_its_bounds(port: int) -> None:
    with pytest.raises(Invalid):
        clean_port(port)


def test_every_known_provider_can_be_typed_in_by_hand_as_well() -> None:
    for provider in mail_hosts.KNOWN:
        assert clean_host(provider.host) == provider.host
        assert clean_port(provider.port) == provider.port
        assert mail_hosts.known(provider.host.upper()) is provider
    assert mail_hosts.known("smtp.example.org") is None
