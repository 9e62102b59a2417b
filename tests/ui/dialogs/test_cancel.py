"""Cancelling: a reason by one key, the refund in plain words, and a safe way out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from desk_app.domain.appointment import CancelledBy, Status
from desk_app.domain.desk_rules import DeskRules, Telling
from desk_app.domain.message_times import MessageTimes, QuietHours
from desk_app.domain.people import Money
from desk_app.errors import Invalid, Stale
from desk_app.ui.dialogs import cancel_words
from desk_app.ui.dialogs.cancel import CancelDialog
from tests.ui.dialogs.practice import NOW, Lost, Practice, at

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from tests.ui.dialogs.conftest import Hands

MONDAY = date(2026, 11, 30)


@pytest.fixture
def visit(practice: Practice) -> Appointment:
    """Return an appointment four days ahead."""
    return practice.put(1, 1, at(15, 0, MONDAY), practice.clients[0])


def opened(practice: Practice, hands: Hands, visit: Appointment) -> CancelDialog:
    """Return a shown cancel dialog."""
    dialog = CancelDialog(visit, practice.screen(), practice.cancel_ports())
    hands.open(dialog)
    return dialog


def test_a_number_and_enter_cancel(
    practice: Practice, hands: Hands, visit: Appointment
) -> None:
    dialog = opened(practice, hands, visit)
    hands.type("2")
    hands.enter()
    assert dialog.answer.status is Status.CANCELLED
    assert dialog.answer.cancellation_reason == "No time"
    assert hands.keys == 2


def test_without_a_reason_enter_keeps_the_appointment(
    practice: Practice, hands: Hands, visit: Appointment
) -> None:
    dialog = opened(practice, hands, visit)
    hands.enter()
    assert dialog.isHidden()
    assert practice.requests == []


def test_pressing_cancel_without_a_reason_asks_for_one(
    practice: Practice, hands: Hands, visit: Appointment
) -> None:
    dialog = opened(practice, hands, visit)
    dialog.buttons[0].click()
    assert dialog.isVisible()
    assert dialog.complaint == "Choose a reason, or type one."


def test_the_practice_always_refunds(
    practice: Practice, hands: Hands, visit: Appointment
) -> None:
    dialog = opened(practice, hands, visit)
    hands.press(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    hands.type("1")
    assert dialog.refund.replace("\xa0", " ") == "Refund due: 60,00 €"
    hands.enter()
    request = practice.requests[0]
    assert request.cancelled_by is CancelledBy.PRACTICE
    assert request.reason == "Ill"
    assert "Late" not in dialog.consequences


def test_typed_words_are_added_to_the_chosen_reason(
    practice: Practice, hands: Hands, visit: Appointment
) -> None:
    opened(practice, hands, visit)
    hands.type("1")
    hands.press(Qt.Key.Key_Tab)
    hands.type("flu, 2 weeks")
    hands.enter()
    assert practice.requests[0].reason == "Ill: flu, 2 weeks"


@pytest.mark.parametrize(
    ("ahead", "hours", "amount", "why"),
    [
        (timedelta(days=4), 24, "Refund due: 60,00 €", "4 days before; 24 h were"),
        (timedelta(hours=24), 24, "Refund due: 60,00 €", "24 h before"),
        (timedelta(hours=23), 24, "No refund", "23 h before; 24 h were agreed"),
        (timedelta(minutes=40), 2, "No refund", "40 min before; 2 h were agreed"),
        (timedelta(hours=-1), 24, "No refund", "The visit has begun"),
        (timedelta(minutes=5), 0, "Refund due: 60,00 €", "free until the visit"),
    ],
)
def test_the_refund_line_says_how_much_and_why(
    visit: Appointment, ahead: timedelta, hours: int, amount: str, why: str
) -> None:
    booked = replace(visit, start=NOW + ahead, cancellation_hours=hours)
    said = cancel_words.refund(booked, CancelledBy.CLIENT, NOW)
    assert said.amount.replace("\xa0", " ") == amount
    assert why in said.why


@pytest.mark.parametrize(
    ("ahead", "by", "is_late"),
    [
        (timedelta(hours=25), CancelledBy.CLIENT, False),
        (timedelta(hours=23), CancelledBy.CLIENT, True),
        (timedelta(hours=23), CancelledBy.PRACTICE, False),
    ],
)
def test_a_late_cancellation_is_said_before_it_is_one(
    visit: Appointment, ahead: timedelta, by: CancelledBy, *, is_late: bool
) -> None:
    said = cancel_words.late(replace(visit, start=NOW + ahead), by, NOW)
    assert said.startswith("Late cancellation") == is_late


@pytest.mark.parametrize(
    ("grace", "words"),
    [(0, "told at once"), (45, "told in 45 s;"), (180, "told in 3 min;")],
)
def test_it_is_said_when_the_client_hears_of_it(grace: int, words: str) -> None:
    telling = Telling(DeskRules(grace_seconds=grace))
    assert words in cancel_words.told(telling, NOW + timedelta(days=2), NOW)


def test_it_is_said_that_it_is_quiet_now() -> None:
    quiet = QuietHours(NOW.time(), (NOW + timedelta(hours=2)).time())
    telling = Telling(DeskRules(messages=MessageTimes(quiet=quiet)))
    said = cancel_words.told(telling, NOW + timedelta(days=2), NOW)
    assert said.startswith("It is quiet now: the client is told after that (Today, ")


def test_the_reasons_are_the_practice_s_own(
    practice: Practice, hands: Hands, visit: Appointment
) -> None:
    practice.rules = DeskRules(
        cancellation_reasons=tuple(f"Reason {n}" for n in range(1, 13))
    )
    dialog = opened(practice, hands, visit)
    hands.type("9")
    assert dialog.reason == "Reason 9"
    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    hands.enter()
    assert practice.requests[0].reason == "Reason 10"


def test_whose_wish_it_is_leaves_the_reason(
    practice: Practice, hands: Hands, visit: Appointment
) -> None:
    dialog = opened(practice, hands, visit)
    hands.type("2")
    hands.press(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert dialog.reason == "No time"
    assert "everything back" in dialog.consequences


def test_a_free_visit_has_no_refund(visit: Appointment) -> None:
    free = replace(visit, price=Money(Decimal(0), "EUR"))
    said = cancel_words.refund(free, CancelledBy.PRACTICE, NOW)
    assert said.why == "This visit is free of charge."


def test_a_change_by_another_desk_is_said_and_keeps_the_reason(
    practice: Practice, hands: Hands, visit: Appointment
) -> None:
    dialog = opened(practice, hands, visit)
    practice.failures = [Stale()]
    hands.type("3")
    hands.enter()
    assert dialog.banner.words.title.startswith("Somebody changed this appointment")
    assert dialog.reason == "Found another time"


def test_a_reason_that_is_too_long_is_said_below_it(
    practice: Practice, hands: Hands, visit: Appointment
) -> None:
    dialog = opened(practice, hands, visit)
    practice.failures = [Invalid("reason", "This is longer than 1000 characters.")]
    hands.type("1")
    hands.enter()
    assert dialog.complaint == "This is longer than 1000 characters."


def test_a_lost_answer_cancels_once(
    practice: Practice, hands: Hands, visit: Appointment
) -> None:
    dialog = opened(practice, hands, visit)
    practice.failures = [Lost()]
    hands.type("1")
    hands.enter()
    hands.until(lambda: dialog.answer is not None)
    assert dialog.answer.version == visit.version + 1


def test_esc_asks_before_it_throws_away_a_typed_reason(
    practice: Practice, hands: Hands, visit: Appointment
) -> None:
    dialog = opened(practice, hands, visit)
    hands.press(Qt.Key.Key_Tab)
    hands.type("moves away")
    hands.press(Qt.Key.Key_Escape)
    assert dialog.isVisible()
    hands.press(Qt.Key.Key_Escape)
    assert dialog.isHidden()
