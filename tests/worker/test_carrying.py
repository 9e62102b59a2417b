"""From a booking at a desk to a letter that somebody reads: all parts are real."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from desk_app import carrying
from desk_app.db.queries.practice import DEMO_MARK
from desk_app.domain.message_settings import TestWish
from desk_app.domain.messages import Channel
from desk_app.domain.queue import Outcome, State
from desk_app.domain.secrets import SecretName
from desk_app.errors import NotAllowed
from desk_app.services.message_settings import MessageSettings
from desk_app.services.vault import Vault
from desk_app.worker.reports import CourierLost
from tests import factories, postgres
from tests.messages.receiver import TOKEN, receiving
from tests.postgres import wait_until
from tests.rings import DeskRings

if TYPE_CHECKING:
    from email.message import EmailMessage

    from tests.worker.conftest import House

HOUR = timedelta(hours=1)
JSON = "json://127.0.0.1:PORT/send?:to={address}&+Authorization=Bearer " + TOKEN
SENT = ("DONE", "sent")
WAITS = ("WAITING", "sign_in")


def invitation(mail: EmailMessage) -> dict[str, str]:
    """Return the lines of a letter's invitation, by what they begin with."""
    parts = (p for p in mail.walk() if p.get_content_type() == "text/calendar")
    text = next(parts).get_content().replace("\r\n ", "")
    lines = (line.partition(":") for line in text.splitlines())
    return {name.partition(";")[0]: value for name, _, value in lines}


def test_a_booking_becomes_one_letter_with_an_invitation(house: House) -> None:
    house.start()
    house.book()
    wait_until(lambda: house.states("confirmation", "EMAIL") == [SENT])
    (mail,) = house.office.mails()
    assert mail["To"] == "anna@example.org"
    asked = invitation(mail)
    assert (asked["METHOD"], asked["SEQUENCE"]) == ("REQUEST", "1")
    ((sent_to,),) = house.rows("SELECT sent_to FROM outbox WHERE channel = 'EMAIL'")
    assert sent_to
    assert "anna@" not in sent_to


def test_a_cancellation_takes_the_invitation_back(house: House) -> None:
    house.start()
    booked = house.book()
    wait_until(lambda: len(house.office.mails()) == 1)
    house.booking.cancel(factories.cancellation(house.now(booked)))
    wait_until(lambda: len(house.office.mails()) == 2)
    first, last = map(invitation, house.office.mails())
    assert last["METHOD"] == "CANCEL"
    assert last["UID"] == first["UID"]
    assert int(last["SEQUENCE"]) > int(first["SEQUENCE"])


def test_a_reminder_leaves_when_it_is_due(house: House) -> None:
    booked = house.confirmed()
    house.start()
    house.pass_until(booked, 47 * HOUR)
    # Time that passes otherwise is not announced.
    house.rows("NOTIFY desk_outbox, 'outbox 0'")
    wait_until(lambda: len(house.office.mails()) == 2)
    people = sorted(mail["To"] for mail in house.office.mails())
    assert people == ["anna@example.org", "weber@example.org"]


def test_two_couriers_tell_everybody_once(house: House) -> None:
    house.start()
    house.start()
    hours = range(9, 16)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(house.book, hours))
    sent = [SENT] * len(hours)
    wait_until(lambda: house.states("confirmation", "EMAIL") == sent)
    assert len(house.office.mails()) == len(hours)


def test_a_courier_goes_on_once_its_server_is_back(
    house: House, database_url: str
) -> None:
    running = house.start()
    wait_until(lambda: bool(running.reports))
    with postgres.away(database_url):
        running.wait_for(CourierLost())
    house.book()
    wait_until(lambda: len(house.office.mails()) == 1)


def test_without_the_key_a_letter_waits_for_who_has_it(house: House) -> None:
    running = house.start(rings=DeskRings())
    house.book()
    wait_until(lambda: house.states("confirmation", "EMAIL") == [WAITS])
    assert house.office.mails() == []
    assert running.stop()
    house.rows("UPDATE outbox SET run_at = now() WHERE channel = 'EMAIL'")
    house.start()
    wait_until(lambda: house.states("confirmation", "EMAIL") == [SENT])


def test_a_mail_server_without_a_login_needs_no_key(house: House) -> None:
    there = {"host": "localhost", "port": house.office.port}
    house.set("mail", {**there, "sender": "praxis@praxis.example"})
    house.start(rings=DeskRings())
    house.book()
    # This server wants a login; that it was asked shows that there was no other need.
    wait_until(lambda: house.states("confirmation", "EMAIL") == [WAITS])
    assert house.office.greetings


def test_the_worker_cannot_be_somebody_else(house: House) -> None:
    with pytest.raises(NotAllowed):
        carrying.courier(house.admin, house.rings)


def test_a_courier_ends_while_it_carries(house: House) -> None:
    running = house.start()
    for hour in range(9, 15):
        house.book(hour)
    assert running.stop()
    wait_until(
        lambda: (
            house.rows("SELECT count(*) FROM outbox WHERE state = 'SENDING'") == [(0,)]
        )
    )


def test_in_a_demo_nothing_leaves(house: House) -> None:
    house.set(DEMO_MARK, {"day": "2026-03-02"})
    running = house.start()
    house.book()
    wait_until(lambda: house.states("confirmation", "EMAIL") == [SENT])
    assert running.stop()
    assert house.office.mails() == []
    assert house.office.greetings == []


def test_reminders_reach_phones_by_the_service_of_the_practice(house: House) -> None:
    with receiving(JSON) as receiver:
        house.seal(
            SecretName.PUSH_KEYS,
            {"push": receiver.template.replace("PORT", str(receiver.port))},
        )
        booked = house.confirmed()
        house.start()
        house.pass_until(booked, HOUR)
        house.rows("NOTIFY desk_outbox, 'outbox 0'")
        wait_until(lambda: house.states("reminder_1h", "PUSH") == [SENT] * 2)
    reached = sorted(each["to"] for each in receiver.taken)
    assert reached == ["anna-topic", "weber-topic"]


def test_a_test_message_says_how_it_went_and_forgets_where_to(house: House) -> None:
    house.start()
    settings = MessageSettings(house.admin, Vault(house.admin, house.rings))
    wish = TestWish(uuid4(), Channel.EMAIL, "manager@example.org")
    settings.test(wish)
    wait_until(lambda: settings.fate(wish).is_settled)
    assert settings.fate(wish).state is State.DONE
    assert [mail["To"] for mail in house.office.mails()] == ["manager@example.org"]
    assert house.rows("SELECT payload ? 'address' FROM outbox") == [(False,)]


def test_a_test_that_fails_is_settled_at_once(house: House) -> None:
    house.office.login_is_good = False
    house.start()
    settings = MessageSettings(house.admin, Vault(house.admin, house.rings))
    wish = TestWish(uuid4(), Channel.EMAIL, "manager@example.org")
    settings.test(wish)
    wait_until(lambda: settings.fate(wish).is_settled)
    fate = settings.fate(wish)
    assert (fate.state, fate.outcome) == (State.DROPPED, Outcome.SIGN_IN)
    assert fate.said
    assert house.rows("SELECT payload ? 'address' FROM outbox") == [(False,)]


def test_a_channel_that_nobody_set_up_is_said_to_be_so(house: House) -> None:
    house.start()
    settings = MessageSettings(house.admin, Vault(house.admin, house.rings))
    wish = TestWish(uuid4(), Channel.SMS, "+4915112345678")
    settings.test(wish)
    wait_until(lambda: settings.fate(wish).is_settled)
    assert settings.fate(wish).outcome == Outcome.NOT_SET_UP


def test_a_visit_by_video_has_its_link_in_the_letter(house: House) -> None:
    room = "https://video.practice.example/weber"
    house.rows(
        "UPDATE provider SET meeting_kind = 'ROOM', meeting_room = :room", room=room
    )
    house.rows("UPDATE service SET is_virtual = true")
    house.start()
    house.book()
    wait_until(lambda: house.states("meeting_link", "") == [SENT])
    # The letter has waited for the link.
    house.rows("UPDATE outbox SET run_at = now() WHERE kind = 'confirmation'")
    house.rows("NOTIFY desk_outbox, 'outbox 0'")
    wait_until(lambda: len(house.office.mails()) == 1)
    assert room in house.office.arrived()[0]
