"""A diary on the screen, driven by keys and clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt

from desk_app.ui.grid.view import DiaryView
from tests.ui.grid.days import NOW, provider, provider_day, service, visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desk_app.domain.schedule import ProviderDay


@pytest.fixture(autouse=True)
def _german_clock() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.Germany))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[DiaryView]:
    """Return an empty diary of three columns, 09:00 to 17:00, with the keyboard."""
    view = DiaryView()
    qtbot.addWidget(view)
    view.resize(900, 760)
    view.set_now(NOW)
    view.set_services([service(1), service(2), service(3)])
    show(view, *(provider_day(who=provider(number)) for number in (1, 2, 3)))
    with qtbot.waitExposed(view):
        view.show()
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    yield view
    # A test that ends in the midst of a drag leaves no button held for the next.
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton)


@pytest.fixture
def booked(view: DiaryView) -> DiaryView:
    """Return a diary with Anna at 10:00 and Ben at 11:00 with the first provider."""
    anna, ben = visit("10:00", client="Anna Berg"), visit("11:00", client="Ben Ito")
    others = [provider_day(who=provider(number)) for number in (2, 3)]
    show(view, provider_day(anna, ben), *others)
    return view


def show(view: DiaryView, *days: ProviderDay) -> None:
    """Show these columns."""
    view.diary.set_days(days)


def where(view: DiaryView) -> str:
    """Say where the cursor is: "Dr. A 10:15", or the client's name."""
    appointment, place = view.chosen_appointment(), view.place
    if appointment is not None:
        return appointment.client_name
    if place is None:
        return "nowhere"
    column = view.columns[place.column]
    return f"{column.name} {view.labels.text(place.minute)}"


def spot(view: DiaryView, column: int, minute: int) -> QPoint:
    """Return a point of the viewport at a wall minute in the middle of a column."""
    rect = view.frame.span_rect(column, minute, minute + 1)
    point = QPoint(rect.center().x(), view.frame.y(minute) + 2)
    return point - QPoint(view.horizontalOffset(), view.verticalOffset())
