"""How the desk is drawn: zoom, light or dark, the side panel open or closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from desk_app.ui import appearance
from desk_app.ui.grid.geometry import ZOOM_LEVELS

if TYPE_CHECKING:
    from desk_app.settings import ThemeChoice
    from desk_app.ui.memory import Memory
    from desk_app.ui.rail.rail import Rail
    from desk_app.ui.schedule_pane import SchedulePane
    from desk_app.ui.top_bar import TopBar


class Looks(QObject):
    """Carries out the wishes of the bar and keeps its buttons true."""

    rail_closed = Signal()

    def __init__(self, top: TopBar, rail: Rail, pane: SchedulePane) -> None:
        super().__init__(pane)
        self._top, self._rail, self._view = top, rail, pane.view
        self._theme: ThemeChoice | None = None
        top.zoom_wanted.connect(self.zoom)
        top.theme_wanted.connect(self.switch_theme)
        top.rail_wanted.connect(self.switch_rail)
        pane.view.zoom_changed.connect(self._on_zoomed)

    def begin(self, zoom: int, *, rail_is_open: bool) -> None:
        """Look as the desk was left."""
        self._view.set_zoom(zoom)
        self._on_zoomed(self._view.zoom)
        self._top.show_theme(is_dark=appearance.current().is_dark)
        self._show_rail(is_open=rail_is_open)

    @property
    def theme(self) -> ThemeChoice | None:
        """The colours that a person chose since the start, if they did."""
        return self._theme

    @property
    def level(self) -> int:
        """How large times are shown."""
        return self._view.zoom

    def choose(self, theme: ThemeChoice, level: int) -> None:
        """Look as somebody has chosen, at once."""
        app = QApplication.instance()
        if isinstance(app, QApplication) and theme is not self._theme:
            self._theme = theme
            appearance.show(app, appearance.chosen(theme))
            self._top.show_theme(is_dark=appearance.current().is_dark)
        self._view.set_zoom(level)

    def save(self, memory: Memory) -> None:
        """Write down what a person chose."""
        memory.save_choices(
            self._theme,
            self._view.zoom,
            single_letters=self._view.keys.has_letters,
        )

    @Slot(int)
    def zoom(self, step: int) -> None:
        """Show times larger (1) or smaller (-1)."""
        self._view.set_zoom(self._view.zoom + step)

    @Slot()
    def switch_theme(self) -> None:
        """Change between light and dark."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self._theme = appearance.switch(app)
            self._top.show_theme(is_dark=appearance.current().is_dark)

    @Slot()
    def switch_rail(self) -> None:
        """Open or close the side panel."""
        self._show_rail(is_open=self._rail.isHidden())
        if self._rail.isHidden():
            self.rail_closed.emit()

    def _show_rail(self, *, is_open: bool) -> None:
        self._rail.setVisible(is_open)
        self._top.show_rail(is_open=is_open)

    @Slot(int)
    def _on_zoomed(self, level: int) -> None:
        self._top.show_zoom(level, len(ZOOM_LEVELS))
