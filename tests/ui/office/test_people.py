"""Providers and services by keys, and what another desk sees of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QDialog

from desk_app.domain.people import Money
from desk_app.ui.admin.step import StepDialog
from desk_app.ui.office.office import Office
from desk_app.ui.office.providers.form import ProviderDialog
from desk_app.ui.office.providers.page import ProvidersPage
from desk_app.ui.office.services.copying import CopyDialog
from desk_app.ui.office.services.form import ServiceDialog
from desk_app.ui.office.services.page import ServicesPage
from desk_app.ui.office.stranded.dialog import StrandedDialog
from tests import factories
from tests.ui.conftest import press_in_focus, tomorrow, type_into

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.desk import Desk
    from desk_app.ui.office.lists.page import ListPage
    from tests.factories import Practice
    from tests.ui.conftest import Front

Key, Modifier = Qt.Key, Qt.KeyboardModifier

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def on_page(front: Front, name: str, act: Callable[[ListPage], None]) -> None:
    """Open a page of the office, wait until it is read, and do something there."""

    def acting(office: QDialog) -> None:
        assert isinstance(office, Office)
        office.show_page(name)
        page = office.page
        front.until(lambda: page.found is not None)
        page.enter()
        act(page)

    front.answer_dialog(acting)
    front.press(Key.Key_Comma, Modifier.ControlModifier)


def answer(front: Front, kind: type[QDialog], act: Callable[[QDialog], None]) -> None:
    """Do something in the next dialog of a kind, and wait until it has closed."""
    timer = QTimer(front.program, interval=20)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind) and dialog.isActiveWindow():
            timer.stop()
            act(dialog)
            front.until(lambda: not dialog.isVisible())
            # Without a desktop nobody gives the keyboard back.
            if (under := QApplication.activeModalWidget()) is not None:
                under.activateWindow()

    timer.timeout.connect(look)
    timer.start()


def test_a_provider_is_added_with_a_picture_and_ended_by_keys(
    front: Front, database: Desk, practice: Practice
) -> None:
    visit = practice.request_at(practice.at(9, day=tomorrow()))
    database.booking.book(visit)
    picture = QImage(900, 600, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)

    def fill(dialog: QDialog) -> None:
        type_into("Ada King")
        QGuiApplication.clipboard().setImage(picture)
        press_in_focus(Key.Key_V, Modifier.ControlModifier | Modifier.ShiftModifier)
        front.until(lambda: bool(dialog.photo.image))
        press_in_focus(Key.Key_Return)

    def end(_dialog: QDialog) -> None:
        answer(front, StrandedDialog, keep)
        press_in_focus(Key.Key_E, Modifier.AltModifier)

    def keep(dialog: QDialog) -> None:
        front.until(lambda: not dialog.is_looking)
        dialog.submit()

    def act(page: ListPage) -> None:
        assert isinstance(page, ProvidersPage)
        answer(front, ProviderDialog, fill)
        press_in_focus(Key.Key_Insert)
        front.until(lambda: page.chosen.provider.name == "Ada King")
        assert page.chosen.image
        page.rows.choose(practice.provider_id)
        answer(front, StepDialog, end)
        press_in_focus(Key.Key_Delete)
        front.until(lambda: not page.chosen.provider.is_active)
        assert page.rows.keys[-1] == practice.provider_id

    on_page(front, "providers", act)
    top = front.desk.rail.providers.model
    front.until(lambda: practice.provider_id not in top.checked)
    assert {a.provider_id for a in front.appointments()} <= {practice.provider_id}


def test_a_service_is_added_and_copied_by_keys_and_desks_follow(
    front: Front, database: Desk, practice: Practice
) -> None:
    other = factories.provider(database.booking._sessions, name="Ada King")

    def fill(dialog: QDialog) -> None:
        dialog.provider.setCurrentIndex(dialog.provider.findData(practice.provider_id))
        type_into("Knees")
        press_in_focus(Key.Key_Tab)
        type_into("45")
        dialog.price.amount.setFocus()
        type_into("7x")
        press_in_focus(Key.Key_Return)
        assert dialog.complaints["price"].isVisible()
        dialog.price.amount.selectAll()
        type_into("75.50")
        press_in_focus(Key.Key_Return)

    def copy(_dialog: QDialog) -> None:
        press_in_focus(Key.Key_Space)
        press_in_focus(Key.Key_Return)

    def act(page: ListPage) -> None:
        assert isinstance(page, ServicesPage)
        answer(front, ServiceDialog, fill)
        press_in_focus(Key.Key_Insert)
        front.until(lambda: page.chosen.name == "Knees")
        answer(front, CopyDialog, copy)
        press_in_focus(Key.Key_Y, Modifier.AltModifier)
        front.until(lambda: len(page.found.services) == 3)

    on_page(front, "services", act)
    made = [s for s in database.offers.all() if s.name == "Knees"]
    assert {s.provider_id for s in made} == {practice.provider_id, other}
    assert {s.price for s in made} == {Money(Decimal("75.50"), "EUR")}
    assert {s.duration_minutes for s in made} == {45}
    front.until(lambda: "Knees" in front.desk.practice.service_names)
