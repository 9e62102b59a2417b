"""Booking by keyboard, as at a desk with a caller on the phone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit

from desk_app.domain.appointment import BookedVia, Status
from desk_app.domain.people import NewClient
from desk_app.ui.dialogs.booking import BookingDialog
from tests.ui.dialogs.practice import THURSDAY, Practice, at

if TYPE_CHECKING:
    from typing import Any

    from tests.ui.dialogs.conftest import Hands


def opened(practice: Practice, hands: Hands, **given: Any) -> BookingDialog:
    """Return a shown booking dialog, by default for Dr. Brandt at 10:20."""
    given = {"provider_id": 1, "start": at(10, 20)} | given
    dialog = BookingDialog(practice.form(**given), practice.ports())
    hands.open(dialog)
    return dialog


def listed(dialog: BookingDialog) -> list[str]:
    """Return the rows below the client field, as a screen reader says them."""
    model = dialog.fields.client.found
    role = Qt.ItemDataRole.AccessibleTextRole
    return [model.index(row, 0).data(role) for row in range(model.rowCount())]


def test_a_known_client_at_an_agreed_time_takes_ten_keys_at_most(
    practice: Practice, hands: Hands
) -> None:
    hands.keys = 1  # Enter on the grid opens the dialog.
    dialog = opened(practice, hands)
    hands.type("chiara")
    hands.until(lambda: len(listed(dialog)) == 2)
    hands.enter()
    hands.enter()
    assert hands.keys <= 10
    assert dialog.answer is not None
    assert dialog.answer.client_name == "Chiara Rossi"
    assert dialog.answer.start == at(10, 20)


def test_enter_before_the_answer_takes_the_only_client_that_fits(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(practice, hands)
    hands.type("chiara")
    hands.enter()
    hands.enter()
    hands.until(lambda: dialog.fields.client.client is not None)
    assert dialog.answer is None
    assert dialog.fields.client.client.name == "Chiara Rossi"


def test_enter_before_the_answer_chooses_nobody_when_several_fit(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(practice, hands)
    hands.type("mei")
    hands.enter()
    hands.until(lambda: len(listed(dialog)) == 4)
    assert dialog.fields.client.client is None


def test_down_and_enter_take_another_client_of_the_list(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(practice, hands)
    hands.type("mei")
    hands.until(lambda: len(listed(dialog)) == 4)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Down)
    hands.enter()
    assert dialog.fields.client.client.name == "Dmitri Meinhardt"


@pytest.mark.parametrize("typed", ["030/12 34 56", "(030) 123456", "123456"])
def test_a_phone_number_in_any_format_finds_its_client(
    practice: Practice, hands: Hands, typed: str
) -> None:
    dialog = opened(practice, hands)
    hands.type(typed)
    hands.until(lambda: bool(listed(dialog)))
    assert listed(dialog)[0] == "Anna Meier, 030 123456, anna.meier@example.org"


def test_a_list_says_who_missed_visits_and_who_is_locked_out(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(practice, hands)
    hands.type("bernd")
    hands.until(lambda: bool(listed(dialog)))
    assert "No same-day booking until 23:59" in listed(dialog)[0]
    assert "Missed 2 visits" in listed(dialog)[0]


def test_a_late_answer_to_older_letters_is_not_shown(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(practice, hands)
    practice.hold()
    hands.type("mei")
    hands.until(lambda: practice.waiting == 1)
    hands.type("nh")
    hands.until(lambda: practice.waiting == 2)
    practice.release(1)
    practice.release(0)
    assert [row.split(",")[0] for row in listed(dialog)] == [
        "Dmitri Meinhardt",
        "New client “meinh”",
    ]


def test_fast_typing_asks_once(practice: Practice, hands: Hands) -> None:
    dialog = opened(practice, hands)
    hands.type("chiara")
    hands.until(lambda: bool(listed(dialog)))
    assert practice.searches == ["chiara"]


@pytest.mark.parametrize(
    ("typed", "sorted_out"),
    [
        ("Jonas Weber", NewClient("Jonas Weber", "")),
        ("030 55 66", NewClient("", "030 55 66")),
        ("jo@example.org", NewClient("", "", "jo@example.org")),
        ("Jonas Weber 0171 5566", NewClient("Jonas Weber", "0171 5566")),
    ],
)
def test_what_nobody_fits_becomes_a_new_client(
    practice: Practice, hands: Hands, typed: str, sorted_out: NewClient
) -> None:
    dialog = opened(practice, hands)
    hands.type(typed)
    hands.until(lambda: dialog.fields.client.new_client is not None)
    assert dialog.fields.client.new_client == sorted_out


def test_a_new_client_needs_only_name_phone_and_enter(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(practice, hands)
    hands.type("Jonas Weber")
    hands.until(lambda: dialog.fields.client.new_client is not None)
    hands.enter()
    hands.type("0171 5556677")
    hands.enter()
    assert dialog.answer is not None
    assert practice.clients[-1].phone == "+491715556677"


def test_a_namesake_can_be_a_new_client(practice: Practice, hands: Hands) -> None:
    dialog = opened(practice, hands)
    hands.type("Anna Meier")
    hands.until(lambda: len(listed(dialog)) == 2)
    hands.press(Qt.Key.Key_Down)
    hands.enter()
    assert dialog.fields.client.new_client.name == "Anna Meier"
    assert dialog.focusWidget() is dialog.fields.client.new_fields[1]


def test_the_form_carries_note_and_whether_it_is_still_to_confirm(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(practice, hands, client=practice.clients[0])
    hands.press(Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
    hands.type("brings papers")
    hands.press(Qt.Key.Key_I, Qt.KeyboardModifier.AltModifier)
    hands.enter()
    request = practice.requests[0]
    assert request.notes == "brings papers"
    assert request.pending
    assert request.booked_via is BookedVia.DESK
    assert dialog.answer.status is Status.CONFIRMED


def test_shift_enter_is_a_new_line_of_the_note(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(practice, hands, client=practice.clients[0])
    dialog.fields.note.setFocus()
    hands.type("one")
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    hands.type("two")
    assert dialog.fields.note.toPlainText() == "one\ntwo"
    assert practice.requests == []


def test_without_a_service_the_first_that_fits_the_time_is_chosen(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(practice, hands, start=at(11, 30))
    assert dialog.fields.choice.services[0].name == "Long consultation"


def test_without_a_time_the_next_free_one_is_suggested(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(practice, hands, provider_id=None, start=None)
    assert dialog.opening.start == at(9)
    assert dialog.banner.isHidden()


def test_anyone_who_is_free_gives_a_provider_who_is(
    practice: Practice, hands: Hands
) -> None:
    practice.put(1, 1, at(9), practice.clients[1])
    dialog = opened(practice, hands, provider_id=None, start=at(9))
    assert dialog.opening.provider_id == 2


def test_arrows_choose_a_time_and_enter_books_it(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(practice, hands, client=practice.clients[0])
    hands.press(Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_Right)
    hands.enter()
    assert dialog.answer.start == at(9, 40, THURSDAY + timedelta(days=1))


def test_an_agreed_time_that_does_not_fit_is_said_with_the_nearest(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(practice, hands, start=at(9, 50), service_id=1)
    assert dialog.banner.words.title == "The provider has another appointment then"
    assert "09:40" in dialog.banner.words.text
    assert [b.accessibleName() for b in dialog.banner.buttons] == [
        "09:00",
        "10:20",
        "11:00",
    ]


def test_a_number_takes_one_of_the_nearest_times(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(practice, hands, start=at(9, 50), client=practice.clients[0])
    hands.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    hands.enter()
    assert dialog.answer.start == at(10, 20)


def test_a_practice_without_free_time_names_the_next_one(
    practice: Practice, hands: Hands
) -> None:
    practice.closed_days = {THURSDAY + timedelta(days=n) for n in range(20)}
    dialog = opened(practice, hands)
    assert [b.accessibleName() for b in dialog.banner.buttons] == ["Wed 16 Dec, 09:00"]


def test_changing_the_service_looks_again(practice: Practice, hands: Hands) -> None:
    dialog = opened(practice, hands, start=at(9))
    service, _provider = dialog.fields.choice.inputs
    service.setFocus()
    hands.press(Qt.Key.Key_Down)
    assert practice.wanted[-1].services == (2,)
    assert dialog.opening is None
    assert "09:40" in dialog.banner.words.text


def test_a_time_is_not_called_taken_before_that_is_known(
    practice: Practice, hands: Hands
) -> None:
    practice.hold()
    dialog = opened(practice, hands, client=practice.clients[0])
    assert dialog.banner.isHidden()
    assert dialog.heading.state == ""
    practice.release()
    assert dialog.opening is not None


def test_enter_before_the_times_are_known_books_when_they_are(
    practice: Practice, hands: Hands
) -> None:
    practice.hold()
    dialog = opened(practice, hands, client=practice.clients[0])
    hands.enter()
    assert practice.requests == []
    practice.release()
    assert dialog.answer is not None


def test_times_of_the_service_before_cannot_be_picked(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(practice, hands)
    practice.hold()
    service, _provider = dialog.fields.choice.inputs
    service.setFocus()
    hands.press(Qt.Key.Key_Down)
    dialog.fields.times.chips.chip(0).click()
    assert dialog.opening is None


def test_old_times_go_when_an_answer_is_slow(practice: Practice, hands: Hands) -> None:
    dialog = opened(practice, hands)
    practice.hold()
    service, _provider = dialog.fields.choice.inputs
    service.setFocus()
    hands.press(Qt.Key.Key_Down)
    hands.until(lambda: dialog.fields.times.said == "Looking for free times…")
    assert dialog.fields.times.chips.count == 0


def test_esc_closes_at_once_when_nothing_was_typed(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(practice, hands)
    hands.press(Qt.Key.Key_Escape)
    assert dialog.isHidden()


def test_esc_asks_before_it_throws_away_what_was_typed(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(practice, hands)
    hands.type("chi")
    hands.press(Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.banner.words.title == "Throw away what you typed?"
    hands.press(Qt.Key.Key_Escape)
    assert dialog.isHidden()
    assert dialog.answer is None


def test_typing_on_takes_the_wish_to_leave_back(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(practice, hands)
    hands.type("chi")
    hands.press(Qt.Key.Key_Escape)
    hands.type("a")
    hands.press(Qt.Key.Key_Escape)
    assert dialog.isVisible()


def test_closing_the_window_asks_as_well(practice: Practice, hands: Hands) -> None:
    dialog = opened(practice, hands)
    hands.type("chi")
    assert not dialog.close()
    assert dialog.close()


def test_without_a_client_the_field_says_what_is_missing(
    practice: Practice, hands: Hands
) -> None:
    dialog = opened(practice, hands)
    dialog.fields.note.setFocus()
    hands.enter()
    assert practice.requests == []
    assert isinstance(dialog.focusWidget(), QLineEdit)
    assert "Choose a client" in dialog.focusWidget().accessibleDescription()


def test_ask_gives_the_appointment_that_was_booked(
    practice: Practice, hands: Hands, qapp: QApplication
) -> None:
    def person() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, BookingDialog)
        dialog.buttons[0].click()

    QTimer.singleShot(0, person)
    form = practice.form(provider_id=1, start=at(9), client=practice.clients[0])
    booked = BookingDialog.ask(None, form, practice.ports())
    assert booked is not None
    assert booked.start == at(9)
