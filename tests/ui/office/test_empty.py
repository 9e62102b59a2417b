"""A list with nothing in it says what it is, why that is so, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desk_app.ui.office.locations.page import LocationsPage
from desk_app.ui.office.rooms.page import RoomsPage
from desk_app.ui.office.services.page import ServicesPage
from tests.ui.conftest import press_in_focus, type_into

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.office.conftest import Desk


def test_each_empty_list_has_a_reason_and_one_button_under_the_keyboard(
    pages: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "desk.toml"
    for make in (RoomsPage, lambda around: LocationsPage(around, file)):
        page = pages.show(make)
        title, _, why = page.instead.said.partition("\n")
        assert title
        assert why
        assert page.instead.button.isVisible()
        assert QApplication.focusWidget() is page.instead.button


def test_enter_shows_all_again_where_nothing_fits(pages: Desk) -> None:
    page = pages.show(ServicesPage)
    page.search.setFocus()
    type_into("no such thing")
    press_in_focus(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.instead.button

    press_in_focus(Qt.Key.Key_Return)

    assert page.search.text() == ""
    assert page.rows.model().rowCount() > 0
    assert QApplication.focusWidget() is page.rows
