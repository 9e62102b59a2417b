"""Refunds beside the schedule: what waits, and how it is settled by keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from desk_app.domain.appointment import CancelledBy
from desk_app.domain.deeds import RefundRequest
from desk_app.domain.people import Money
from desk_app.ui.refunds import words
from tests import factories
from tests.ui.conftest import press_in_focus, tomorrow

if TYPE_CHECKING:
    from desk_app.desk import Desk
    from desk_app.domain.appointment import Appointment
    from desk_app.ui.refunds.page import RefundsPage
    from tests.factories import Practice
    from tests.ui.conftest import Front

Key = Qt.Key
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def gone(database: Desk, practice: Practice) -> list[Appointment]:
    """Two visits that the practice cancelled; both clients get 60 euros back."""
    return [cancelled(database, practice, hour) for hour in (9, 11)]


def cancelled(database: Desk, practice: Practice, hour: int) -> Appointment:
    day = tomorrow() + timedelta(days=7)
    booked = database.booking.book(practice.request_at(practice.at(hour, day=day)))
    return database.booking.cancel(
        factories.cancellation(booked, cancelled_by=CancelledBy.PRACTICE)
    )


def opened(front: Front) -> RefundsPage:
    """Open the page by its keys."""
    front.press(Key.Key_R, CTRL_SHIFT)
    page = front.desk.features.refunds.page
    front.until(page.isVisible)
    return page


def test_what_waits_is_listed_with_its_total(
    gone: list[Appointment], front: Front
) -> None:
    page = opened(front)
    front.until(lambda: page.model.rowCount() == 2)
    assert page.total.startswith("Total: 120,00")
    said = page.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Anna Weiß, 60,00")
    assert "0170 1234567" in said
    assert "Cancelled by the practice" in said
    assert said.endswith("since today")
    names = [
        b.accessibleName() for b in front.desk.side.strip.findChildren(QToolButton)
    ]
    assert "Refunds to give: 2" in names


def test_enter_says_that_the_money_was_given(
    database: Desk, gone: list[Appointment], front: Front
) -> None:
    page = opened(front)
    front.until(lambda: page.model.rowCount() == 2)
    press_in_focus(Key.Key_Return)
    front.until(lambda: page.model.rowCount() == 1)
    settled = database.diary.get(gone[0].appointment_id)
    assert settled is not None
    assert settled.refund_given_at is not None
    assert settled.refund_given_by
    assert "Refund given" in front.desk.status.said
    assert page.total.startswith("Total: 60,00")


def test_n_says_that_nothing_had_been_paid(
    database: Desk, gone: list[Appointment], front: Front
) -> None:
    page = opened(front)
    front.until(lambda: page.model.rowCount() == 2)
    press_in_focus(Key.Key_Down)
    press_in_focus(Key.Key_N)
    front.until(lambda: page.model.rowCount() == 1)
    settled = database.diary.get(gone[1].appointment_id)
    assert settled is not None
    assert settled.refund_due == Money(settled.price.amount * 0, "EUR")
    assert settled.refund_given_at is None
    assert [one.appointment_id for one in database.diary.refunds()] == [
        gone[0].appointment_id
    ]


def test_when_all_is_settled_the_page_says_so_and_esc_closes_it(front: Front) -> None:
    page = opened(front)
    front.until(lambda: page.said.startswith("No refund is waiting"))
    press_in_focus(Key.Key_Escape)
    assert not front.desk.side.isVisible()
    assert front.view.hasFocus()


def test_a_cancellation_at_another_desk_appears_by_itself(
    database: Desk, practice: Practice, front: Front
) -> None:
    page = opened(front)
    front.settle()
    gone = cancelled(database, practice, 9)
    front.until(lambda: page.model.rowCount() == 1)
    given = RefundRequest(uuid4(), gone.appointment_id, gone.version, was_paid=True)
    database.booking.settle_refund(given)
    front.until(lambda: page.model.rowCount() == 0)


def test_what_another_desk_has_settled_is_said_and_the_list_read_again(
    database: Desk, gone: list[Appointment], front: Front
) -> None:
    page = opened(front)
    front.until(lambda: page.model.rowCount() == 2)
    # The news has not come through yet: the row is what this desk last saw.
    page.given.emit(replace(gone[0], version=gone[0].version - 1))
    front.until(page.banner.isVisible)
    assert "Somebody changed" in page.banner.words.title
    assert page.model.rowCount() == 2


def test_a_button_does_the_same_as_its_key(
    gone: list[Appointment], front: Front
) -> None:
    page = opened(front)
    front.until(lambda: page.model.rowCount() == 2)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    press_in_focus(Key.Key_Space)
    front.until(lambda: page.model.rowCount() == 1)


def test_sums_of_different_currencies_are_not_mixed(gone: list[Appointment]) -> None:
    other = replace(gone[1], refund_due=Money(Decimal(5), "CHF"))
    total = words.total([gone[0], gone[0], other])
    assert "CHF" in total
    assert "120,00" in total
