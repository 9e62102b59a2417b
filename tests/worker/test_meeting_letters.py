"""From a booking by video to a letter with its link: all parts are real."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.postgres import wait_until

if TYPE_CHECKING:
    from email.message import EmailMessage

    from tests.worker.conftest import House

ROOM = "https://video.practice.example/room"


def meet_by_video(house: House) -> None:
    """Let Dr Weber see people in a room of their own."""
    house.rows("UPDATE service SET is_virtual = true")
    house.rows("UPDATE provider SET meeting_kind = 'ROOM', meeting_room = :r", r=ROOM)


def text_of(mail: EmailMessage) -> str:
    """Return what a letter says without markup."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_a_confirmation_waits_for_its_link(house: House) -> None:
    meet_by_video(house)
    house.book()
    house.start()
    wait_until(lambda: len(house.office.mails()) == 1)
    (mail,) = house.office.mails()
    assert ROOM in text_of(mail)


def test_a_link_that_comes_late_is_told_of(house: House) -> None:
    meet_by_video(house)
    house.book()
    house.rows("UPDATE outbox SET state = 'DEAD' WHERE kind = 'meeting_link'")
    house.start()
    wait_until(lambda: len(house.office.mails()) == 1)
    assert ROOM not in text_of(house.office.mails()[0])
    house.rows("UPDATE outbox SET state = 'WAITING' WHERE kind = 'meeting_link'")
    house.rows("NOTIFY desk_outbox, 'outbox 0'")
    wait_until(lambda: len(house.office.mails()) == 2)
    assert ROOM in text_of(house.office.mails()[1])
