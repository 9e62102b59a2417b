"""The queue of messages in place of the schedule, and the light that leads to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from desk_app.domain.deliveries import Lamp, Standing
from desk_app.domain.queue import Backlog, State
from desk_app.ui import privacy
from desk_app.ui.outgoing.light import Light
from desk_app.ui.outgoing.queue_model import CLIENT, STATE, VISIT, WHAT, QueueModel
from desk_app.worker.reports import (
    CourierLost,
    NotCarrying,
    OutboxStands,
    QueueChanged,
    Why,
)
from tests.factories import rows
from tests.ui.conftest import press_in_focus
from tests.ui.outgoing.conftest import minutes_ago

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from desk_app.db.session import Sessions
    from desk_app.desk import Desk
    from desk_app.domain.appointment import Appointment
    from desk_app.ui.outgoing.queue_page import QueuePage
    from tests.ui.conftest import Front

Key = Qt.Key
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
Spoken = Qt.ItemDataRole.AccessibleTextRole


def opened(front: Front, count: int) -> QueuePage:
    """Open the queue by its keys and wait until it lists so many messages."""
    front.press(Key.Key_E, CTRL_SHIFT)
    page = front.desk.features.queue.page
    front.until(lambda: page.table.queue.rowCount() == count)
    front.until(page.table.hasFocus)
    return page


def text(page: QueuePage, row: int, column: int) -> str:
    return str(page.table.queue.index(row, column).data())


def chosen(page: QueuePage) -> int | None:
    return page.table.row.outbox_id if page.table.row else None


def test_what_needs_a_person_stands_first_with_whom_to_ring(
    write: Callable[..., int], front: Front
) -> None:
    write(state="WAITING", outcome="", run_at=minutes_ago(20))
    write(state="MISSED", outcome="too_late", kind="reminder_48h", channel="PUSH")
    page = opened(front, 5)
    assert text(page, 0, STATE).startswith("Missed · today")
    assert text(page, 0, WHAT) == "First reminder · push message"
    assert text(page, 0, CLIENT) == "Anna Weiß"
    assert text(page, 0, VISIT)
    assert text(page, 1, STATE).startswith("Late since today")
    assert page.summary == "1 needs somebody · 1 is late · 4 to leave"
    assert "Ring them instead" in page.detail.said
    said = page.table.queue.index(0, STATE).data(Spoken)
    assert "0170 1234567" in said
    assert "It was too late to be of use" in said


def test_keys_decide_and_the_next_one_is_chosen(
    write: Callable[..., int], front: Front, sessions: Sessions
) -> None:
    dead = write(state="DEAD", outcome="gave_up", attempts=8)
    missed = write(state="MISSED", outcome="too_late")
    page = opened(front, 5)
    assert chosen(page) == dead
    assert "Tried 8 times." in page.detail.said
    press_in_focus(Key.Key_T)
    front.until(lambda: chosen(page) == missed)
    press_in_focus(Key.Key_G)
    front.until(lambda: page.table.queue.rowCount() == 4)
    found = rows(
        sessions,
        "SELECT state FROM outbox WHERE outbox_id IN (:dead, :missed) ORDER BY 1",
        dead=dead,
        missed=missed,
    )
    assert found == [("DROPPED",), ("WAITING",)]


def test_a_tries_all_that_failed_again_and_asks_about_none_that_may_have_arrived(
    write: Callable[..., int], front: Front
) -> None:
    for _ in range(2):
        write(state="DEAD", outcome="gave_up")
    unsure = write(state="UNSURE", outcome="answer_lost")
    page = opened(front, 6)
    press_in_focus(Key.Key_A)
    front.until(page.all_again.isHidden)
    front.until(lambda: page.summary.startswith("1 needs somebody"))
    assert page.table.queue.deliveries[0].outbox_id == unsure


def test_a_part_of_the_queue_is_chosen_by_its_button(
    write: Callable[..., int], front: Front
) -> None:
    write(state="DEAD", outcome="refused")
    page = opened(front, 4)
    for button in page._group.buttons():
        if button.text() == "Late":
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    front.until(lambda: page.said.startswith("Nothing is late"))


def test_an_empty_queue_says_that_all_has_left_and_leads_back(front: Front) -> None:
    front.press(Key.Key_E, CTRL_SHIFT)
    page = front.desk.features.queue.page
    front.until(lambda: page.said.startswith("Nothing waits; everything"))
    press_in_focus(Key.Key_Return)
    front.until(front.view.hasFocus)
    assert front.desk.pane.cover is None


def test_enter_shows_the_visit_in_the_schedule(
    write: Callable[..., int], front: Front, visit: Appointment
) -> None:
    write(state="DEAD", outcome="refused")
    opened(front, 4)
    press_in_focus(Key.Key_Return)
    front.until(lambda: front.view.chosen_appointment() is not None)
    shown = front.view.chosen_appointment()
    assert shown is not None
    assert shown.appointment_id == visit.appointment_id
    assert front.view.hasFocus()


def test_hidden_names_hide_whom_to_ring(
    write: Callable[..., int], front: Front
) -> None:
    write(state="MISSED", outcome="too_late")
    page = opened(front, 4)
    try:
        press_in_focus(Key.Key_F12)
        front.until(lambda: text(page, 0, CLIENT) == "A. W.")
        said = page.table.queue.index(0, STATE).data(Spoken)
        assert "0170" not in said + page._phone.text()
        assert "Anna" not in said + page._name.text() + page.detail.said
    finally:
        privacy.current().set_on(False)


def test_esc_gives_the_schedule_back(write: Callable[..., int], front: Front) -> None:
    write(state="DEAD", outcome="refused")
    opened(front, 4)
    press_in_focus(Key.Key_Escape)
    assert front.desk.pane.cover is None
    assert front.view.hasFocus()


def test_the_light_turns_when_something_needs_a_person_and_back(
    write: Callable[..., int], front: Front, database: Desk, sessions: Sessions
) -> None:
    light = front.desk.status.light
    assert light.lamp is Lamp.CALM
    assert light.text() == ""
    number = write()
    # As the courier would; the database tells every desk.
    rows(sessions, "UPDATE outbox SET state = 'DEAD' WHERE outbox_id = :id", id=number)
    front.until(lambda: light.text() == "1 message needs you")
    assert light.accessibleName().startswith("1 message needs you. Messages that did")
    QTest.keyClick(light, Key.Key_Space)
    page = front.desk.features.queue.page
    front.until(lambda: page.table.queue.rowCount() == 4)
    assert front.desk.pane.cover is page
    database.deliveries.give_up(number)
    front.until(lambda: light.lamp is Lamp.CALM)


def test_what_is_late_is_told_by_who_could_send_it(
    write: Callable[..., int], front: Front
) -> None:
    write(state="WAITING", outcome="", run_at=minutes_ago(20))
    write(state="WAITING", outcome="", run_at=minutes_ago(12))
    light, carried = front.desk.status.light, front.desk.around.carried
    front.desk.news.tell(QueueChanged())
    front.until(lambda: light.lamp is Lamp.NOBODY_SENDS)
    assert light.text().startswith("2 wait, the oldest for 20 min; this desk")
    assert "another computer must" in light.accessibleName()
    carried.emit(OutboxStands(Backlog(5, 2, 1200.0, {State.DEAD: 0})))
    front.until(lambda: light.lamp is Lamp.LATE)
    carried.emit(NotCarrying(Why.NO_KEY))
    front.until(lambda: light.lamp is Lamp.NOBODY_SENDS)
    assert "has not got the practice’s key" in light.accessibleName()
    carried.emit(CourierLost())
    front.until(lambda: "practice’s key" not in light.accessibleName())


def test_a_light_speaks_when_it_turns_and_not_every_minute(qtbot: QtBot) -> None:
    light = Light()
    qtbot.addWidget(light)
    light.show()
    told: list[str] = []
    light.spoke.connect(told.append)
    for standing in (Standing(late=1), Standing(late=2), Standing(late=2)):
        light.show_lamp(Lamp.LATE, standing)
    assert len(told) == 1
    light.show_lamp(Lamp.NEEDS_YOU, Standing(needs_you=1))
    light.show_lamp(Lamp.NEEDS_YOU, Standing(needs_you=1))
    light.show_lamp(Lamp.NEEDS_YOU, Standing(needs_you=2))
    assert [one.split(".")[0] for one in told[1:]] == [
        "1 message needs you",
        "2 messages need you",
    ]
    light.show_lamp(Lamp.CALM, Standing())
    assert told[-1] == "Messages: nothing needs you."


def test_the_model_of_the_queue_keeps_to_the_rules(qtbot: QtBot) -> None:
    QAbstractItemModelTester(QueueModel())
