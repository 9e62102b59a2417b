"""What a dialog does with every answer: nothing typed is lost, no outcome either."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt

from desk_app.domain.people import NewClient
from desk_app.errors import (
    DeskError,
    Invalid,
    NotAllowed,
    Refused,
    SlotTaken,
    Unavailable,
)
from desk_app.ui.dialogs.booking import BookingDialog
from tests.ui.dialogs.practice import Lost, Practice, at

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desk_app.ui.dialogs.ports import Unsettled
    from tests.ui.dialogs.conftest import Hands

SLOW = (60_000,)


def filled(
    practice: Practice, hands: Hands, patience: tuple[int, ...] | None = None
) -> BookingDialog:
    """Return a dialog in which only Enter is missing."""
    ports = practice.ports()
    if patience is not None:
        ports = replace(ports, patience=patience)
    form = practice.form(provider_id=1, start=at(10, 20), client=practice.clients[0])
    dialog = BookingDialog(form, ports)
    hands.open(dialog)
    dialog.fields.note.setPlainText("brings papers")
    return dialog


def still_filled(dialog: BookingDialog) -> bool:
    """Say whether everything that was entered stands there."""
    return (
        dialog.isVisible()
        and dialog.fields.client.client.name == "Anna Meier"
        and dialog.fields.note.toPlainText() == "brings papers"
        and dialog.buttons[0].isEnabled()
    )


@pytest.mark.parametrize(
    ("error", "title"),
    [
        (SlotTaken(), "This time has just been taken"),
        (Refused("locked_out"), "This client cannot book for today"),
        (NotAllowed(), "Your login may not do this"),
        (Unavailable(), "The database cannot be reached"),
        (DeskError(), "That did not work"),
        (Invalid("start"), "Please check the time"),
    ],
)
def test_every_refusal_is_said_and_keeps_the_form(
    practice: Practice, hands: Hands, error: DeskError, title: str
) -> None:
    dialog = filled(practice, hands)
    practice.failures = [error]
    hands.enter()
    assert still_filled(dialog)
    assert dialog.banner.words.title == title


def test_after_a_refusal_the_next_try_has_a_key_of_its_own(
    practice: Practice, hands: Hands
) -> None:
    dialog = filled(practice, hands)
    practice.failures = [NotAllowed()]
    hands.enter()
    hands.enter()
    first, second = practice.requests
    assert first.idempotency_key != second.idempotency_key
    assert dialog.answer is not None


def test_a_try_that_never_left_keeps_its_key(practice: Practice, hands: Hands) -> None:
    filled(practice, hands)
    practice.failures = [Unavailable()]
    hands.enter()
    hands.enter()
    first, second = practice.requests
    assert first == second


def test_a_lost_answer_is_asked_for_again_until_it_is_known(
    practice: Practice, hands: Hands
) -> None:
    dialog = filled(practice, hands)
    practice.failures = [Lost(), Unavailable(undecided=True), Unavailable()]
    hands.enter()
    hands.until(lambda: dialog.answer is not None)
    assert len(practice.requests) == 4
    assert len(set(practice.requests)) == 1
    assert len(practice.appointments) == 2


def test_while_the_outcome_is_unknown_it_says_checking_and_cannot_be_closed(
    practice: Practice, hands: Hands
) -> None:
    dialog = filled(practice, hands, SLOW)
    practice.failures = [Lost()]
    hands.enter()
    assert dialog.banner.words.title == "Checking…"
    assert dialog.buttons[0].text() == "Checking…"
    hands.press(Qt.Key.Key_Escape)
    hands.press(Qt.Key.Key_Escape)
    assert dialog.isVisible()


def test_a_person_can_ask_at_once(practice: Practice, hands: Hands) -> None:
    dialog = filled(practice, hands, SLOW)
    practice.failures = [Lost()]
    hands.enter()
    dialog.banner.buttons[0].click()
    assert dialog.answer is not None


def test_a_no_after_doubt_is_an_answer(practice: Practice, hands: Hands) -> None:
    dialog = filled(practice, hands)
    practice.failures = [Unavailable(undecided=True), SlotTaken()]
    hands.enter()
    hands.until(dialog.buttons[0].isEnabled)
    assert still_filled(dialog)
    assert dialog.banner.words.title == "This time has just been taken"


def test_while_booking_nothing_can_be_changed_or_lost(
    practice: Practice, hands: Hands
) -> None:
    dialog = filled(practice, hands)
    dialog.fields.note.setFocus()
    practice.hold()
    hands.enter()
    hands.type("x")
    hands.press(Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.buttons[0].text() == "Booking…"
    assert dialog.fields.note.isEnabled()
    assert dialog.fields.note.toPlainText() == "brings papers"
    practice.release()
    assert dialog.answer is not None


def test_enter_twice_books_once(practice: Practice, hands: Hands) -> None:
    filled(practice, hands)
    practice.hold()
    hands.enter()
    hands.enter()
    assert len(practice.requests) == 1


def test_a_taken_time_offers_others_by_number(practice: Practice, hands: Hands) -> None:
    dialog = filled(practice, hands)
    practice.put(1, 1, at(10, 20), practice.clients[1])
    hands.enter()
    assert len(dialog.banner.buttons) == 3
    hands.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    hands.enter()
    assert dialog.answer.start == at(9)


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        (("12", ""), 1, "too short"),
        (("call me", ""), 1, "digits"),
        (("0171 5556677", "a@b, c@d"), 2, "one e-mail address"),
    ],
)
def test_bad_contact_details_are_said_at_their_field(
    practice: Practice, hands: Hands, typed: tuple[str, str], field: int, words: str
) -> None:
    dialog = BookingDialog(
        practice.form(provider_id=1, start=at(10, 20)), practice.ports()
    )
    hands.open(dialog)
    hands.type("Jonas Weber")
    hands.until(lambda: dialog.fields.client.new_client is not None)
    new = dialog.fields.client.new_fields
    for line, text in zip(new[1:], typed, strict=True):
        line.setText(text)
    hands.enter()
    assert dialog.focusWidget() is new[field]
    assert words in new[field].accessibleDescription()
    assert new[0].text() == "Jonas Weber"


def test_a_complaint_goes_when_its_field_is_mended(
    practice: Practice, hands: Hands
) -> None:
    dialog = filled(practice, hands)
    practice.failures = [Invalid("notes", "This is longer than 10000 characters.")]
    hands.enter()
    note = dialog.fields.note
    assert dialog.focusWidget() is note
    assert "longer" in note.accessibleDescription()
    hands.type("!")
    assert note.accessibleDescription() == ""


def test_clients_that_cannot_be_searched_are_said_below_the_field(
    practice: Practice, hands: Hands
) -> None:
    def broken(text: str, then: object, failed: object) -> None:
        failed(Unavailable())

    dialog = BookingDialog(
        practice.form(), replace(practice.ports(), find_clients=broken)
    )
    hands.open(dialog)
    hands.type("anna")
    hands.until(lambda: "cannot be reached" in dialog.fields.client.hint)
    assert dialog.fields.client.search.text() == "anna"


def test_times_that_cannot_be_looked_up_are_said_beside_them(
    practice: Practice, hands: Hands
) -> None:
    def broken(query: object, then: object, failed: object) -> None:
        failed(Unavailable())

    form = practice.form(provider_id=1, start=at(10, 20))
    dialog = BookingDialog(form, replace(practice.ports(), openings=broken))
    hands.open(dialog)
    assert "cannot be reached" in dialog.fields.times.said


def test_an_agreed_time_can_be_booked_though_times_cannot_be_looked_up(
    practice: Practice, hands: Hands
) -> None:
    def broken(query: object, then: object, failed: object) -> None:
        failed(Unavailable())

    client = practice.clients[0]
    form = practice.form(provider_id=1, start=at(10, 20), client=client)
    dialog = BookingDialog(form, replace(practice.ports(), openings=broken))
    hands.open(dialog)
    hands.enter()
    assert dialog.answer.start == at(10, 20)


def test_an_unknown_outcome_can_be_left_to_the_window(
    practice: Practice, hands: Hands, qtbot: QtBot
) -> None:
    window = QObject()
    told: list[object] = []
    left: list[Unsettled] = []

    def take_over(wish: Unsettled) -> None:
        left.append(wish)
        wish.asking.setParent(window)
        wish.asking.answered.connect(told.append)

    ports = replace(practice.ports(), patience=(30,), take_over=take_over)
    form = practice.form(provider_id=1, start=at(10, 20), client=practice.clients[0])
    dialog = BookingDialog(form, ports)
    hands.open(dialog)
    dialog.fields.note.setPlainText("brings papers")
    practice.failures = [Lost()]
    hands.enter()
    dialog.banner.buttons[1].click()
    assert left[0].words == "Anna Meier · Today, 10:20 · Dr. Ada Brandt"
    assert left[0].form.notes == "brings papers"
    assert dialog.isHidden()
    assert dialog.answer is None
    qtbot.waitUntil(lambda: bool(told), timeout=1000)
    assert told == [practice.appointments[2]]


def test_after_two_seconds_it_says_that_it_is_still_trying(
    practice: Practice, hands: Hands, qtbot: QtBot
) -> None:
    dialog = filled(practice, hands)
    practice.hold()
    hands.enter()
    assert dialog.banner.words is None
    qtbot.waitUntil(lambda: dialog.banner.words is not None, timeout=3000)
    assert dialog.banner.words.title == "Still trying…"
    hands.press(Qt.Key.Key_Escape)
    practice.release()
    assert dialog.answer is not None


def test_a_form_that_is_opened_again_holds_what_was_typed(
    practice: Practice, hands: Hands
) -> None:
    new = NewClient("Jonas Weber", "0171 5556677", "")
    form = practice.form(
        provider_id=1, start=at(10, 20), new_client=new, notes="late", pending=True
    )
    dialog = BookingDialog(form, practice.ports())
    hands.open(dialog)
    assert dialog.fields.client.new_client == new
    assert dialog.fields.note.toPlainText() == "late"
    hands.enter()
    assert practice.requests[0].pending
    assert practice.requests[0].new_client == new
