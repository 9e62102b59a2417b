"""The messages of a visit beside the schedule: read and decided about by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desk_app.domain.appointment import Status
from desk_app.ui import privacy
from desk_app.ui.dialogs.details import AppointmentDialog
from tests import factories
from tests.factories import rows
from tests.ui.conftest import press_in_focus

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog

    from desk_app.db.session import Sessions
    from desk_app.desk import Desk
    from desk_app.domain.appointment import Appointment
    from desk_app.ui.outgoing.page import MessagesPage
    from tests.ui.conftest import Front

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
Spoken = Qt.ItemDataRole.AccessibleTextRole


def opened(front: Front, count: int) -> MessagesPage:
    """Open the page by its key and wait until it lists so many messages."""
    front.press(Key.Key_E, CTRL)
    page = front.desk.features.messages.page
    front.until(lambda: page.model.rowCount() == count)
    front.until(page.list.hasFocus)
    return page


def spoken(page: MessagesPage) -> list[str]:
    model = page.model
    return [model.index(row).data(Spoken) for row in range(model.rowCount())]


def test_what_was_sent_and_what_waits_is_listed(
    write: Callable[..., int], at_visit: Front
) -> None:
    write()
    write(state="DROPPED", outcome="opted_out", channel="PUSH", sent_to="")
    page = opened(at_visit, 5)
    said = spoken(page)
    assert any(
        one.startswith("Confirmation · e-mail, to Anna Weiß, a•••@example.org, Sent")
        for one in said
    )
    assert any("They do not wish messages by this way" in one for one in said)
    assert any("Last reminder, Waits until" in one for one in said)


def test_t_tries_again_what_failed(
    write: Callable[..., int], at_visit: Front, sessions: Sessions
) -> None:
    number = write(state="DEAD", outcome="refused", last_error="No such mailbox.")
    page = opened(at_visit, 4)
    choose(at_visit, page, number)
    assert "No such mailbox." in page.detail.said
    assert "See whether the address is right" in page.detail.said
    press_in_focus(Key.Key_T)
    at_visit.until(lambda: state_of(sessions, number) == "WAITING")
    at_visit.until(page.detail.again.isHidden)
    assert at_visit.desk.status.said == "Tried again: Confirmation · e-mail, Anna Weiß"


def test_what_may_have_arrived_is_sent_again_only_after_a_warning(
    write: Callable[..., int], at_visit: Front, sessions: Sessions
) -> None:
    number = write(state="UNSURE", outcome="answer_lost")
    page = opened(at_visit, 4)
    choose(at_visit, page, number)
    press_in_focus(Key.Key_T)
    words = page.detail.banner.words
    assert words is not None
    assert words.title == "It may arrive twice"
    press_in_focus(Key.Key_Space)
    assert page.detail.banner.isHidden()
    assert state_of(sessions, number) == "UNSURE"
    press_in_focus(Key.Key_T)
    QTest.keyClick(page.detail.banner.buttons[0], Key.Key_Space)
    at_visit.until(lambda: state_of(sessions, number) == "WAITING")


def test_g_settles_what_was_done_by_phone(
    write: Callable[..., int], at_visit: Front, sessions: Sessions
) -> None:
    number = write(state="MISSED", outcome="too_late", kind="reminder_48h")
    page = opened(at_visit, 4)
    choose(at_visit, page, number)
    assert page.detail.settle.text() == "I rang them (G)"
    press_in_focus(Key.Key_G)
    at_visit.until(lambda: state_of(sessions, number) == "DROPPED")
    at_visit.until(lambda: "Settled by" in page.detail.said)


def test_what_somebody_else_has_decided_is_said(
    write: Callable[..., int], at_visit: Front, database: Desk
) -> None:
    number = write(state="DEAD", outcome="refused")
    page = opened(at_visit, 4)
    choose(at_visit, page, number)
    row = page.detail.row
    database.deliveries.give_up(number)
    page.detail.again_wanted.emit(row)
    at_visit.until(page.banner.isVisible)
    at_visit.until(page.detail.again.isHidden)


def test_s_sends_a_message_by_hand(at_visit: Front, sessions: Sessions) -> None:
    page = opened(at_visit, 3)
    press_in_focus(Key.Key_S)
    assert kinds(page) == [
        "Confirmation",
        "Notice of a change",
        "First reminder",
        "Last reminder",
        "None of these",
    ]
    press_in_focus(Key.Key_Space)
    at_visit.until(lambda: page.model.rowCount() == 4)
    found = rows(sessions, "SELECT kind FROM outbox WHERE payload ? 'again'")
    assert found == [("confirmation",)]


def test_what_may_have_arrived_is_sent_by_hand_only_after_a_warning(
    write: Callable[..., int], at_visit: Front, sessions: Sessions
) -> None:
    write(state="UNSURE", outcome="answer_lost")
    page = opened(at_visit, 4)
    press_in_focus(Key.Key_S)
    press_in_focus(Key.Key_Space)
    assert kinds(page) == ["Send it all the same", "Leave it"]
    press_in_focus(Key.Key_Space)
    assert page.banner.isHidden()
    again = "SELECT FROM outbox WHERE payload ? 'again'"
    assert rows(sessions, again) == []
    for key in (Key.Key_S, Key.Key_Space, Key.Key_Backtab, Key.Key_Space):
        press_in_focus(key)
    at_visit.until(lambda: len(rows(sessions, again)) == 1)


def test_of_a_cancelled_visit_only_that_is_sent_by_hand(
    at_visit: Front, database: Desk, visit: Appointment
) -> None:
    page = opened(at_visit, 3)
    database.booking.cancel(factories.cancellation(visit))
    at_visit.until(lambda: page.offered == ("cancellation_notice",))
    page.setFocus()
    press_in_focus(Key.Key_S)
    assert kinds(page) == ["Notice of cancellation", "None of these"]


def test_hidden_names_hide_where_messages_went(
    write: Callable[..., int], at_visit: Front
) -> None:
    write()
    page = opened(at_visit, 4)
    try:
        at_visit.press(Key.Key_F12)
        told = " ".join(spoken(page))
        assert "Anna" not in told
        assert "example.org" not in told
    finally:
        privacy.current().set_on(False)


def test_the_dialog_of_a_visit_leads_to_its_messages(
    write: Callable[..., int], at_visit: Front
) -> None:
    write()

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, AppointmentDialog)
        QTest.keyClick(dialog, Key.Key_E, Qt.KeyboardModifier.AltModifier)

    at_visit.press_into_dialog(Key.Key_Return, act)
    page = at_visit.desk.features.messages.page
    at_visit.until(lambda: page.model.rowCount() == 4)
    assert at_visit.desk.side.current == "messages"


def test_enter_shows_the_visit_and_a_second_key_closes_the_page(
    at_visit: Front, visit: Appointment
) -> None:
    opened(at_visit, 3)
    at_visit.desk.pager.show_today()
    at_visit.settle()
    press_in_focus(Key.Key_Return)
    at_visit.until(lambda: at_visit.view.chosen_appointment() is not None)
    chosen = at_visit.view.chosen_appointment()
    assert chosen is not None
    assert chosen.appointment_id == visit.appointment_id
    assert chosen.status is Status.CONFIRMED


def test_without_an_appointment_the_key_says_what_it_is_for(front: Front) -> None:
    front.press(Key.Key_E, CTRL)
    assert "Choose an appointment" in front.desk.status.said


def choose(front: Front, page: MessagesPage, number: int) -> None:
    """Walk to a message by the arrows."""
    press_in_focus(Key.Key_Home)
    for _ in range(page.model.rowCount()):
        if page.detail.row is not None and page.detail.row.outbox_id == number:
            return
        press_in_focus(Key.Key_Down)
    assert page.detail.row is not None
    assert page.detail.row.outbox_id == number


def kinds(page: MessagesPage) -> list[str]:
    """Return which messages are offered to be sent by hand."""
    return [button.accessibleName() for button in page.banner.buttons]


def state_of(sessions: Sessions, number: int) -> str:
    ((state,),) = rows(
        sessions, "SELECT state FROM outbox WHERE outbox_id = :id", id=number
    )
    return str(state)
