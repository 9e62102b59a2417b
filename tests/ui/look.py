"""The look of the program, which the tests of every window share."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from desk_app.ui import fonts, theme
from desk_app.ui import format as written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication


@contextmanager
def as_in_the_program(app: QApplication) -> Iterator[None]:
    """Let everything look as in the program, by day and in Germany.

    What looks so already is left alone: a style that is set anew dresses every
    widget again that still stands from the test before.
    """
    before = QLocale()
    _load_fonts()
    QLocale.setDefault(written.choose_locale("DE"))
    if app.font() != fonts.base():
        app.setFont(fonts.base())
    if app.styleSheet() != theme.style_sheet(theme.light()):
        theme.apply(app, theme.light())
    yield
    QLocale.setDefault(before)


@cache
def _load_fonts() -> None:
    fonts.load()
