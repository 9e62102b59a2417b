"""No mail server but the practice's own hears anything, and none holds a desk up."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desk_app.domain.mail_hosts import Security
from desk_app.errors import NeedsSignIn, Transient, Unsure
from desk_app.messages.mail import Mail
from tests.certificates import Authority, Certificate, self_signed
from tests.messages import rogue_mail
from tests.messages.contract import Edge, message
from tests.messages.post_office import HOST, LOGIN, PASSWORD, PostOffice
from tests.messages.rogue_mail import RogueMail, Talk
from tests.rogue import listening

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.messages.rogue_mail import Script


@pytest.fixture
def customer(authority: Authority) -> PostOffice:
    """Return what a desk knows of its mail server; nobody runs it."""
    return PostOffice(Security.STARTTLS, authority.file)


def carrier(customer: PostOffice, rogue: RogueMail) -> Mail:
    server = replace(customer.server, port=rogue.port, security=customer.security)
    return Mail(server, cafile=customer.cafile, step_seconds=0.5, whole_seconds=1.0)


def told(rogue: RogueMail) -> str:
    """Return what a server heard before the line was encrypted."""
    return b"".join(rogue.plain).decode()


PLAIN: list[tuple[Script, type[Exception], str]] = [
    (rogue_mail.offers_no_tls, NeedsSignIn, "STARTTLS"),
    (rogue_mail.will_not_encrypt, NeedsSignIn, "encrypt the line"),
    (rogue_mail.cannot_encrypt_now, Transient, "454 4.7.0"),
    (rogue_mail.says_nothing, Transient, "does not answer"),
    (rogue_mail.drips, Transient, "does not answer"),
    (rogue_mail.never_ends, Transient, "does not answer"),
    (rogue_mail.is_no_mail_server, Transient, "no proper answer"),
    (rogue_mail.is_closed, NeedsSignIn, "554 5.7.1"),
]


@pytest.mark.parametrize(("script", "error", "words"), PLAIN)
def test_nothing_is_told_over_a_plain_line(
    customer: PostOffice, script: Script, error: type[Exception], words: str
) -> None:
    edge = Edge()
    with listening(RogueMail(script)) as rogue:
        begin = time.monotonic()
        with pytest.raises(error, match=words):
            carrier(customer, rogue).send(message(customer), edge)
        assert time.monotonic() - begin < 3
    assert edge.reached == 0
    heard = {line.split()[0].upper() for line in told(rogue).splitlines()}
    assert heard <= {"EHLO", "STARTTLS"}


def another_authority(certificates: Path, _: Authority) -> Certificate:
    return Authority.made(certificates, "another").issue(HOST)


def nobody(certificates: Path, _: Authority) -> Certificate:
    return self_signed(certificates, HOST)


def another_name(_: Path, authority: Authority) -> Certificate:
    return authority.issue("mail.elsewhere.example")


def expired(_: Path, authority: Authority) -> Certificate:
    return authority.issue(HOST, days=-1)


FALSE: list[tuple[Callable[[Path, Authority], Certificate], str]] = [
    (another_authority, "an authority that is not trusted"),
    (nobody, "signed by nobody but its owner"),
    (another_name, "is for another name"),
    (expired, "has expired"),
]


@pytest.mark.parametrize("security", Security)
@pytest.mark.parametrize("false", FALSE, ids=lambda false: false[1])
def test_a_certificate_that_proves_nothing_gets_nothing(
    customer: PostOffice,
    authority: Authority,
    tmp_path: Path,
    security: Security,
    false: tuple[Callable[[Path, Authority], Certificate], str],
) -> None:
    shown, words = false
    certificate = shown(tmp_path, authority)

    def script(talk: Talk) -> None:
        if security is Security.STARTTLS:
            talk.greet("STARTTLS", "AUTH PLAIN")
            talk.hear()
            talk.say("220 go on")
        talk.encrypt(certificate)
        talk.agree()

    customer.security = security
    with (
        listening(RogueMail(script)) as rogue,
        pytest.raises(NeedsSignIn, match=words),
    ):
        carrier(customer, rogue).send(message(customer), Edge())
    assert rogue.secret == []
    assert LOGIN not in told(rogue)


def test_a_server_that_is_plain_where_it_must_not_be_needs_a_person(
    customer: PostOffice,
) -> None:
    customer.security = Security.TLS
    with (
        listening(RogueMail(rogue_mail.offers_no_tls)) as rogue,
        pytest.raises(NeedsSignIn, match="does not encrypt"),
    ):
        carrier(customer, rogue).check()
    assert PASSWORD.encode() not in b"".join(rogue.plain)
    assert b"ehlo" not in b"".join(rogue.plain).lower()


def test_what_is_said_before_encryption_does_not_count_after(
    customer: PostOffice, certificate: Certificate
) -> None:
    def script(talk: Talk) -> None:
        talk.greet("STARTTLS")
        talk.hear()
        # Somebody on the way adds an answer that the desk would take for a later one.
        talk.say("220 go on", "250-rogue.example", "250 AUTH LOGIN")
        talk.encrypt(certificate)
        talk.offer("AUTH PLAIN")
        talk.agree()

    with listening(RogueMail(script)) as rogue:
        carrier(customer, rogue).check()
    assert any(line.startswith(b"AUTH PLAIN") for line in rogue.secret)
    assert b"AUTH LOGIN" not in b"".join(rogue.secret)


def falls_silent(talk: Talk) -> None:
    talk.hear()


def hangs_up(talk: Talk) -> None:
    talk.line.close()


def mumbles(talk: Talk) -> None:
    talk.say("what?")


def drips_on(talk: Talk) -> None:
    rogue_mail.drips(talk, b"250-")


@pytest.mark.parametrize("ends", [falls_silent, hangs_up, mumbles, drips_on])
def test_a_letter_without_an_answer_leaves_a_desk_unsure(
    customer: PostOffice, certificate: Certificate, ends: Script
) -> None:
    def script(talk: Talk) -> None:
        talk.up_to_data(certificate)
        ends(talk)

    edge = Edge()
    with listening(RogueMail(script)) as rogue:
        begin = time.monotonic()
        with pytest.raises(Unsure):
            carrier(customer, rogue).send(message(customer), edge)
        assert time.monotonic() - begin < 3
    assert edge.reached == 1
    assert b".\r\n" in rogue.secret


def test_a_line_cut_before_the_letter_loses_nothing(
    customer: PostOffice, certificate: Certificate
) -> None:
    def script(talk: Talk) -> None:
        talk.up_to_recipient(certificate)
        talk.hear()

    edge = Edge()
    with listening(RogueMail(script)) as rogue, pytest.raises(Transient):
        carrier(customer, rogue).send(message(customer), edge)
    assert edge.reached == 1
    assert rogue.secret[-1] == b"DATA\r\n"


def test_the_password_goes_out_once(
    customer: PostOffice, certificate: Certificate
) -> None:
    def script(talk: Talk) -> None:
        talk.greet("STARTTLS")
        talk.hear()
        talk.say("220 go on")
        talk.encrypt(certificate)
        talk.offer("AUTH LOGIN CRAM-MD5 PLAIN")
        talk.hear()
        talk.say("535 5.7.8 no")
        talk.agree()

    with (
        listening(RogueMail(script)) as rogue,
        pytest.raises(NeedsSignIn, match="login or password is wrong") as caught,
    ):
        carrier(customer, rogue).check()
    assert sum(line.startswith(b"AUTH") for line in rogue.secret) == 1
    assert PASSWORD not in repr(caught.value)
