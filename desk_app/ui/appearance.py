"""Light or dark: what a person asked for, and what is shown now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from desk_app.settings import ThemeChoice
from desk_app.ui import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desk_app.ui.theme import Theme


def current() -> Theme:
    """Return the theme the program shows now."""
    shown = QGuiApplication.palette().window().color()
    return theme.dark() if shown.lightness() < 128 else theme.light()


def chosen(choice: ThemeChoice) -> Theme:
    """Return the theme that `choice` means on this desktop."""
    is_dark = (
        theme.is_system_dark()
        if choice is ThemeChoice.SYSTEM
        else choice is ThemeChoice.DARK
    )
    return theme.dark() if is_dark else theme.light()


def show(app: QApplication, wanted: Theme) -> None:
    """Show a theme, unless it is shown already."""
    if wanted is not current():
        theme.apply(app, wanted)


def switch(app: QApplication) -> ThemeChoice:
    """Show the other theme and return it as a choice to be remembered."""
    if current().is_dark:
        theme.apply(app, theme.light())
        return ThemeChoice.LIGHT
    theme.apply(app, theme.dark())
    return ThemeChoice.DARK
