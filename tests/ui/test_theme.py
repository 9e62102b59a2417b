"""The themes: readable in every pair that occurs, complete, and understood by Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desk_app.domain.appointment import Status
from desk_app.ui import theme

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

THEMES = pytest.mark.parametrize(
    "look",
    [pytest.param(theme.light(), id="light"), pytest.param(theme.dark(), id="dark")],
)


def test_contrast_is_that_of_wcag() -> None:
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@THEMES
def test_every_pair_that_is_drawn_can_be_read(look: theme.Theme) -> None:
    poor = [
        (pair, round(theme.contrast(pair.colour, pair.ground), 2))
        for pair in theme.pairs(look)
        if theme.contrast(pair.colour, pair.ground) < pair.needed
    ]
    assert poor == []


@THEMES
def test_no_theme_is_pure_black_or_pure_white_on_black(look: theme.Theme) -> None:
    assert look.window not in {"#000000", "#ffffff"}
    assert look.text not in {"#000000", "#ffffff"}


@THEMES
def test_every_status_has_its_colours(look: theme.Theme) -> None:
    fills = {look.of_status(status).fill for status in Status}
    assert len(fills) == len(Status)


@THEMES
def test_the_palette_reads_well_in_every_role(look: theme.Theme) -> None:
    role, palette = QPalette.ColorRole, theme.palette(look)
    for front, back in [
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.ButtonText, role.Button),
        (role.PlaceholderText, role.Base),
        (role.HighlightedText, role.Highlight),
        (role.ToolTipText, role.ToolTipBase),
        (role.Link, role.Base),
    ]:
        ratio = theme.contrast(palette.color(front).name(), palette.color(back).name())
        assert ratio >= theme.TEXT, (front, back)


@THEMES
def test_every_name_in_the_style_sheet_is_a_colour(look: theme.Theme) -> None:
    rules = theme.style_sheet(look)
    assert "@" not in rules
    assert look.accent in rules


def test_themes_change_while_the_program_runs(qapp: QApplication, qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    for look in (theme.dark(), theme.light()):
        theme.apply(qapp, look)
        window = widget.palette().color(QPalette.ColorRole.Window)
        assert window.name() == look.window
    qapp.setStyleSheet("")
