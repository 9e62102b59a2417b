"""E-mail keeps to the rules of every carrier, over both kinds of encrypted line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desk_app.domain.mail_hosts import Security
from desk_app.errors import Invalid, NeedsSignIn, Rejected, Transient
from desk_app.messages.mail import Mail
from tests.messages import post_office
from tests.messages.contract import CarrierRules, Edge, message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.certificates import Authority, Certificate
    from tests.messages.post_office import PostOffice


class TestMailOverStartTls(CarrierRules):
    @pytest.fixture
    def far(self, office: PostOffice) -> PostOffice:
        return office


class TestMailOverTls(CarrierRules):
    @pytest.fixture
    def far(
        self, authority: Authority, certificate: Certificate
    ) -> Iterator[PostOffice]:
        with post_office.opened(Security.TLS, certificate, authority.file) as office:
            yield office


ANSWERS = [
    ("MAIL", "550 5.7.1 not your address", Rejected),
    ("MAIL", "452 4.3.1 no room", Transient),
    ("MAIL", "421 4.3.2 closing", Transient),
    ("RCPT", "550 5.1.1 who is that", Rejected),
    ("RCPT", "552 5.2.2 full", Rejected),
    ("RCPT", "451 4.7.1 greylisted", Transient),
    ("RCPT", "421 4.3.2 closing", Transient),
    ("RCPT", "530 5.7.0 sign in first", NeedsSignIn),
    ("DATA", "452 4.3.1 no room", Transient),
    ("DATA", "421 4.3.2 closing", Transient),
    ("DATA", "554 5.7.1 smells of spam", Rejected),
    ("DATA", "534 5.7.9 stronger, please", NeedsSignIn),
]


@pytest.mark.parametrize(("command", "answer", "error"), ANSWERS)
def test_an_answer_means_what_its_code_says(
    office: PostOffice, command: str, answer: str, error: type[Exception]
) -> None:
    office.answers[command] = answer
    edge = Edge()
    with pytest.raises(error) as caught:
        office.carrier.send(message(office), edge)
    assert type(caught.value) is error
    assert " ".join(answer.split()[:2]) in str(caught.value)
    assert office.arrived() == []
    assert edge.reached == (command == "DATA")


def test_an_edge_lies_between_recipient_and_letter(office: PostOffice) -> None:
    office.refuse()
    edge = Edge()
    with pytest.raises(Rejected, match="there is no such mailbox"):
        office.carrier.send(message(office), edge)
    assert edge.reached == 0


def test_the_name_of_the_desk_is_not_told(office: PostOffice) -> None:
    office.carrier.send(message(office), Edge())
    assert set(office.greetings) <= {"[127.0.0.1]", "[IPv6:::1]"}


def test_a_check_signs_in_and_leaves_nothing(office: PostOffice) -> None:
    office.carrier.check()
    assert office.letters == []


def test_a_check_notices_a_wrong_password(office: PostOffice) -> None:
    wrong = replace(office.server, password="another")
    with pytest.raises(NeedsSignIn, match=r"the login \(535 5\.7\.8"):
        Mail(wrong, cafile=office.cafile).check()


def test_a_check_notices_a_sender_that_is_not_ours(office: PostOffice) -> None:
    office.answers["MAIL"] = "553 5.7.1 not yours"
    with pytest.raises(Rejected, match="the sender’s address"):
        office.carrier.check()


def test_nobody_signs_in_without_a_login(office: PostOffice) -> None:
    open_to_all = replace(office.server, login="")
    with pytest.raises(NeedsSignIn, match=r"530 5\.7\.0"):
        Mail(open_to_all, cafile=office.cafile).send(message(office), Edge())


def test_a_server_that_is_not_there_may_come_back(office: PostOffice) -> None:
    from tests.postgres import free_port

    gone = replace(office.server, port=free_port())
    with pytest.raises(Transient):
        Mail(gone, cafile=office.cafile).check()


def test_a_server_without_a_known_name_may_come_back(office: PostOffice) -> None:
    nowhere = replace(office.server, host="mail.invalid")
    with pytest.raises(Transient):
        Mail(nowhere, cafile=office.cafile).check()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("host", ""),
        ("host", "mail\r\nexample"),
        ("port", 0),
        ("port", 70_000),
        ("sender", "praxis"),
        ("sender", "a@example.org, b@example.org"),
        ("sender_name", "Praxis\r\nBcc: evil@example.org"),
        ("reply_to", "evil@example.org\r\nBcc: evil@example.org"),
    ],
)
def test_settings_that_cannot_be_are_refused_by_field(
    office: PostOffice, field: str, value: object
) -> None:
    with pytest.raises(Invalid) as caught:
        replace(office.server, **{field: value})
    assert caught.value.field == field


def test_a_password_is_in_no_repr(office: PostOffice) -> None:
    assert post_office.PASSWORD not in repr(office.server)
