"""Clients' data in the whole program: history by a key, export, erasing, retention."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from desk_app.ui.clients.flows import ClientsDataFlows
from tests import factories
from tests.ui.conftest import press_in_focus, tomorrow, type_into

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from desk_app.desk import Desk
    from desk_app.ui.clients.data import ClientsDataDialog
    from desk_app.ui.clients.erase import EraseDialog
    from desk_app.ui.clients.erase_due import EraseDueDialog
    from desk_app.ui.clients.export import ExportDialog
    from desk_app.ui.dialogs.history import HistoryDialog
    from tests.factories import Practice
    from tests.ui.conftest import Front


def yesterday() -> date:
    """Return a day on which nothing can be booked any more."""
    return tomorrow() - timedelta(days=2)


@pytest.fixture
def visited(database: Desk, practice: Practice) -> Practice:
    """Return the practice where Anna was yesterday at ten."""
    start = practice.at(10, day=yesterday())
    factories.rows(
        database.booking._sessions,
        "INSERT INTO appointment (provider_id, client_id, service_id, start_time,"
        " end_time, status) SELECT provider_id, :client, service_id, :start, :end,"
        " 'CONFIRMED' FROM service",
        client=practice.client_id,
        start=start,
        end=start + timedelta(minutes=30),
    )
    return practice


def flows(front: Front, database: Desk) -> ClientsDataFlows:
    window = front.program.window
    return ClientsDataFlows(database, front.program.calls, front.desk.practice, window)


def test_h_tells_what_was_done_with_the_chosen_appointment(
    front: Front, database: Desk, visited: Practice
) -> None:
    front.show(yesterday())
    front.until(lambda: front.shown() == ["Anna Weiß"])
    front.view.focus_appointment(front.appointments()[0].appointment_id)
    told: list[str] = []

    def look(dialog: HistoryDialog) -> None:
        front.until(lambda: dialog.state == "")
        model = dialog.deeds.model()
        told.extend(str(model.index(n, 0).data()) for n in range(model.rowCount()))
        press_in_focus(Qt.Key.Key_Escape)

    front.press_into_dialog(Qt.Key.Key_H, look)
    assert len(told) == 2
    assert told[1].startswith("Booked for ")


def test_an_erased_client_is_erased_at_every_desk(
    open_front: Callable[[], Front], database: Desk, visited: Practice
) -> None:
    here, there = open_front(), open_front()
    for front in (here, there):
        front.show(yesterday())
        front.until(lambda: front.shown() == ["Anna Weiß"])  # noqa: B023

    def erase(dialog: EraseDialog) -> None:
        here.until(lambda: dialog.counted.startswith("1 appointment"))
        dialog.sure.setChecked(True)
        dialog.buttons[0].click()
        here.until(lambda: not dialog.isVisible())

    def look_for(dialog: ClientsDataDialog) -> None:
        type_into("ann")
        here.until(lambda: dialog.field.found.rowCount() == 1)
        press_in_focus(Qt.Key.Key_Return)
        here.answer_dialog(erase)
        dialog.buttons[2].click()
        here.until(lambda: dialog.counted == "The client was erased.")

    here.answer_dialog(look_for)
    flows(here, database).show()
    for front in (here, there):
        front.until(lambda: front.shown() == ["Erased client"])  # noqa: B023


def test_a_client_is_exported_into_a_folder(
    front: Front, database: Desk, visited: Practice, tmp_path: Path
) -> None:
    def export(dialog: ExportDialog) -> None:
        dialog.folder.setText(str(tmp_path))
        dialog.buttons[0].click()
        front.until(lambda: dialog.banner.words is not None)

    def look_for(dialog: ClientsDataDialog) -> None:
        dialog.field.choose(database.clients.get(visited.client_id))
        front.answer_dialog(export)
        dialog.buttons[1].click()

    front.answer_dialog(look_for)
    flows(front, database).show()
    (data,) = tmp_path.glob("client-*.json")
    assert json.loads(data.read_text("utf-8"))["client"]["name"] == "Anna Weiß"
    assert data.with_suffix(".html").exists()


def test_those_who_are_due_are_erased_one_by_one(
    front: Front, database: Desk, practice: Practice
) -> None:
    sessions = database.booking._sessions
    factories.setting(sessions, "retention_years", 1)
    for number in range(5):
        factories.client(sessions, name=f"Gone {number}")
    factories.rows(
        sessions,
        "UPDATE client SET created_at = now() - interval '3 years'"
        " WHERE name LIKE 'Gone %'",
    )

    def erase(dialog: EraseDueDialog) -> None:
        dialog.sure.setChecked(True)
        dialog.buttons[0].click()
        front.until(lambda: dialog.banner.words is not None)
        assert dialog.banner.words.title == "Erased: 5 clients"

    def look(dialog: ClientsDataDialog) -> None:
        retention = dialog.retention
        front.until(lambda: "5 clients are past that." in retention.said)
        front.answer_dialog(erase)
        retention.button.click()
        front.until(lambda: "Nobody is past that." in retention.said)

    front.answer_dialog(look)
    flows(front, database).show()
    names = factories.rows(sessions, "SELECT name FROM client ORDER BY client_id")
    assert [name for (name,) in names] == ["Anna Weiß", *["Erased client"] * 5]
