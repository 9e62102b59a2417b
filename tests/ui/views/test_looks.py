"""Hidden names and other colours: seen by nobody who should not, kept for the desk."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desk_app.settings import Settings
from desk_app.ui import privacy, theme
from desk_app.ui.grid.words import appointment_name
from desk_app.ui.memory import Memory
from desk_app.ui.plain import PlainLabel
from desk_app.ui.views.colouring import HUES, ColourBy
from desk_app.ui.views.look_flows import LookFlows
from tests.ui.conftest import tomorrow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QDialog

    from desk_app.desk import Desk
    from desk_app.domain.appointment import Appointment
    from tests.factories import Practice
    from tests.ui.conftest import Front

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def shown_again() -> Iterator[None]:
    """Let no other test meet hidden names."""
    yield
    privacy.current().set_on(False)


@pytest.fixture
def anna(database: Desk, practice: Practice) -> Appointment:
    """Anna Weiß at nine tomorrow."""
    request = practice.request_at(practice.at(9, day=tomorrow()))
    return database.booking.book(request)


def spoken(front: Front) -> str:
    """Return what a screen reader hears of the first card."""
    card = front.view.columns[0].cards[0]
    return appointment_name(card, front.view.labels)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Anna Berg", "A. B."),
        ("anna maria von der Berg", "A. M. V."),
        ("4711", "Client"),
        ("", "Client"),
        ("Łukasz Żak", "Ł. Ż."),
    ],
)
def test_initials_stand_for_a_name(name: str, shown: str) -> None:
    assert privacy.initials(name) == shown


def test_the_key_hides_names_from_eyes_and_screen_readers(
    front: Front, anna: Appointment
) -> None:
    front.show(tomorrow())
    assert "Anna Weiß" in spoken(front)
    front.press(Key.Key_F12)
    assert spoken(front).startswith("A. W.,")
    assert "hidden" in front.desk.status.said
    front.view.hover_card.toggle(anna.appointment_id)
    texts = [label.text() for label in front.view.hover_card.labels]
    assert texts[:2] == ["A. W.", privacy.HIDDEN_PHONE]
    front.press(Key.Key_F12)
    assert "Anna Weiß" in spoken(front)


def test_a_dialog_shows_the_name_only_after_the_key(
    front: Front, anna: Appointment
) -> None:
    front.show(tomorrow())
    front.view.focus_appointment(anna.appointment_id)
    front.press(Key.Key_F12)
    seen = []

    def look(dialog: QDialog) -> None:
        seen.append(words(dialog))
        QTest.keyClick(dialog, Key.Key_F12)
        seen.append(words(dialog))

    front.press_into_dialog(Key.Key_Return, look)
    assert "Anna" not in seen[0]
    assert "1234567" not in seen[0]
    assert "Anna Weiß" in seen[1]
    assert "1234567" in seen[1]


def test_hidden_names_stay_hidden_at_the_next_start(
    open_front: Callable[[], Front], anna: Appointment
) -> None:
    front = open_front()
    front.press(Key.Key_F12)
    privacy.current().changed.disconnect(front.desk.features.looks._on_privacy)
    privacy.current().set_on(False)
    again = open_front()
    again.show(tomorrow())
    assert spoken(again).startswith("A. W.,")


def test_names_are_hidden_at_each_start_where_the_desk_wishes_it(front: Front) -> None:
    around = front.desk.around
    around.desk = replace(around.desk, settings=Settings(hide_names_at_start=True))
    LookFlows(around, Memory(None))
    assert privacy.current().is_on


def test_the_key_colours_by_service_and_the_legend_says_so(
    front: Front, anna: Appointment
) -> None:
    front.show(tomorrow())
    front.press(Key.Key_F12, SHIFT)
    looks = front.desk.features.looks
    assert looks.by is ColourBy.SERVICE
    assert [s.words for s in looks.legend.swatches] == [anna.service_name]
    assert front.view.columns[0].cards[0].kind.tint == looks.legend.swatches[0].colour
    assert anna.service_name in looks.legend.accessibleName()
    front.press(Key.Key_F12, SHIFT)
    front.press(Key.Key_F12, SHIFT)
    assert looks.by is ColourBy.STATUS
    assert looks.legend.isHidden()


@pytest.mark.parametrize("shown", [theme.light(), theme.dark()])
@pytest.mark.parametrize("colour", [*HUES, "#ffffff", "#000000", "#ffff00"])
def test_every_colour_is_readable(colour: str, shown: theme.Theme) -> None:
    card = theme.tinted(colour, shown)
    assert theme.contrast(card.text, card.fill) >= theme.TEXT
    for ground in (card.fill, shown.grid_open, shown.grid_blocked):
        assert theme.contrast(card.bar, ground) >= theme.PART


def words(dialog: QDialog) -> str:
    """Return all that a dialog's labels say."""
    labels = dialog.findChildren(PlainLabel)
    return " ".join(f"{label.text()} {label.toolTip()}" for label in labels)
