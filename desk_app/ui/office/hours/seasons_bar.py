"""Which hours are shown: those of now or of a change to come, of which week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.timetable import week_of
from desk_app.ui.dialogs.prompt import PromptButton, PromptCheck
from desk_app.ui.dialogs.roving import Choice, RovingButtons, Section
from desk_app.ui.office.hours import words

if TYPE_CHECKING:
    from datetime import date

    from desk_app.domain.timetable import Timetable

MOST = 4


class SeasonsBar(QWidget):
    """The seasons from now on, and the two weeks where they take turns.

    Signals:
        season_chosen: another season is to be shown (its place).
        week_chosen: the other week is to be shown.
        alternating: every other week has hours of its own, or no more.
        remove_wanted: the shown season shall go.
    """

    season_chosen = Signal(int)
    week_chosen = Signal()
    alternating = Signal(bool)
    remove_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first, self._this_week = 0, 0
        self._build()
        self.seasons.picked.connect(self._on_season)
        self.weeks.picked.connect(self._on_week)
        self._alternates.toggled.connect(self._on_toggled)
        self.remove.clicked.connect(self.remove_wanted)

    @property
    def is_alternating(self) -> bool:
        """Whether the weeks are shown apart."""
        return self._alternates.isChecked()

    @property
    def week(self) -> int:
        """The week that is shown: 0 for A, 1 for B."""
        is_next = self.weeks.current == 1
        return 1 - self._this_week if is_next else self._this_week

    def show_seasons(self, table: Timetable, place: int, today: date) -> None:
        """Show what holds from today on, with one of them chosen."""
        self._first = min(table.season_on(today), place)
        count = len(table.seasons)
        texts = [words.season(table, each, today) for each in range(self._first, count)]
        choices = tuple(Choice(text, text) for text in texts)
        self.seasons.show_sections((Section("", choices),), place - self._first)
        self.seasons.setVisible(count - self._first > 1)
        self.remove.setVisible(place > self._first)
        self._this_week = week_of(today)
        order = (self._this_week, 1 - self._this_week)
        names = [words.monday(week, today) for week in order]
        weeks = tuple(Choice(name, name) for name in names)
        self.weeks.show_sections((Section("", weeks),), max(self.weeks.current, 0))

    def set_alternating(self) -> None:
        """Show the weeks apart, which differ."""
        self._alternates.blockSignals(True)
        self._alternates.setChecked(True)
        self._alternates.blockSignals(False)
        self.weeks.setVisible(True)

    def _build(self) -> None:
        self.seasons = RovingButtons(MOST)
        self.seasons.setAccessibleName(self.tr("Hours of which time"))
        self.remove = PromptButton(self.tr("&Remove this change"))
        self._alternates = PromptCheck(self.tr("Every other &week differs"))
        self.weeks = RovingButtons(2)
        self.weeks.setAccessibleName(self.tr("Which of the two weeks"))
        self.weeks.hide()
        self.remove.setAutoDefault(False)
        above, row = QHBoxLayout(), QHBoxLayout()
        for widgets, line in (
            ((self.seasons, self.remove), above),
            ((self._alternates, self.weeks), row),
        ):
            line.setSpacing(10)
            for widget in widgets:
                line.addWidget(widget)
            line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(above)
        column.addLayout(row)

    @Slot(int)
    def _on_season(self, chip: int) -> None:
        self.season_chosen.emit(self._first + chip)

    @Slot()
    def _on_week(self) -> None:
        self.week_chosen.emit()

    @Slot(bool)
    def _on_toggled(self, is_on: bool) -> None:
        self.weeks.setVisible(is_on)
        self.alternating.emit(is_on)
