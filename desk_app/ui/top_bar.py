"""The bar above the schedule: which day, which view, New booking, and who is here."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desk_app.ui import format as words
from desk_app.ui import icons
from desk_app.ui.access.person_button import PersonButton
from desk_app.ui.plain import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from desk_app.domain.people import Provider

WEEK = timedelta(days=6)
ICON = 18
ROOMY, NARROW = 1100, 860


class View(StrEnum):
    """What the schedule shows: one day of many, one person's week, a day by rooms."""

    DAY = "day"
    WEEK = "week"
    ROOMS = "rooms"


class TopBar(QFrame):
    """States wishes; the window decides what they mean."""

    today_wanted = Signal()
    step_wanted = Signal(int)
    view_wanted = Signal(object)
    provider_wanted = Signal(int)
    zoom_wanted = Signal(int)
    theme_wanted = Signal()
    rail_wanted = Signal()
    booking_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build()
        self._connect()
        self.show_view(View.DAY)

    @property
    def first_stop(self) -> QWidget:
        """Where the keyboard enters the bar."""
        return self._book

    def show_practice(self, name: str) -> None:
        """Write the practice's name under the date."""
        self._practice.setText(name)
        self._practice.setVisible(bool(name))

    def show_days(self, first: date, view: View, today: date) -> None:
        """Write the shown day, or the first and last day of the week, in words."""
        if view is View.WEEK:
            text = words.days_in_words(first, first + WEEK)
        else:
            text = words.long_date(first)
        self._date.setText(text)
        self._today.setEnabled(not first <= today <= self._last(first, view))
        self.show_view(view)

    def show_view(self, view: View) -> None:
        """Press the button of the view; only a week needs a provider chosen."""
        self._day.setChecked(view is View.DAY)
        self._week.setChecked(view is View.WEEK)
        self._rooms.setChecked(view is View.ROOMS)
        self._provider.setVisible(view is View.WEEK)
        self._previous.setToolTip(self._step_words(view, -1))
        self._next.setToolTip(self._step_words(view, 1))

    def offer_rooms(self, *, is_offered: bool) -> None:
        """Offer the day by rooms; a practice without any needs no button for it."""
        self._rooms.setVisible(is_offered)

    def set_providers(self, providers: Sequence[Provider], chosen: int | None) -> None:
        """Offer these providers for the week."""
        self._provider.blockSignals(True)
        self._provider.clear()
        for provider in providers:
            self._provider.addItem(provider.name, provider.provider_id)
        place = self._provider.findData(chosen)
        self._provider.setCurrentIndex(max(0, place) if providers else -1)
        self._provider.blockSignals(False)

    def show_zoom(self, level: int, levels: int) -> None:
        """Switch off the button that leads beyond the last level."""
        self._closer.setEnabled(level < levels - 1)
        self._farther.setEnabled(level > 0)

    def show_theme(self, *, is_dark: bool) -> None:
        """Show which theme the button leads to."""
        self._theme.setIcon(icons.icon("sun" if is_dark else "moon"))
        text = self.tr("Light colours") if is_dark else self.tr("Dark colours")
        self._theme.setToolTip(text)
        self._theme.setAccessibleName(text)

    def show_rail(self, *, is_open: bool) -> None:
        """Press the button of the rail while the rail is there."""
        self._rail.setChecked(is_open)

    def _build(self) -> None:
        self._rail = _tool("panel-left", self.tr("Side panel (Ctrl+B)"))
        self._rail.setCheckable(True)
        self._today = QPushButton(self.tr("Today"))
        self._today.setToolTip(self.tr("Show today (T)"))
        self._previous = _tool("chevron-left", self.tr("Back"))
        self._next = _tool("chevron-right", self.tr("Forward"))
        self._build_title()
        self._build_views()
        self._farther = _tool("zoom-out", self.tr("Smaller (Ctrl+-)"))
        self._closer = _tool("zoom-in", self.tr("Larger (Ctrl++)"))
        self._theme = _tool("moon", self.tr("Dark colours"))
        self._book = QPushButton(self.tr("New booking"))
        self._book.setProperty("primary", "true")
        primary = QPalette.ColorRole.HighlightedText
        self._book.setIcon(icons.icon("calendar-plus", primary))
        # Wider than the picture, so that the words do not touch it.
        self._book.setIconSize(QSize(ICON + 8, ICON))
        self._book.setToolTip(self.tr("Book an appointment (N)"))
        self.person = PersonButton()
        self._lay_out()

    def _build_title(self) -> None:
        self._date = ElidedLabel()
        font = self._date.font()
        font.setPointSizeF(font.pointSizeF() * 1.35)
        font.setBold(True)
        self._date.setFont(font)
        self._practice = ElidedLabel()
        self._practice.setForegroundRole(QPalette.ColorRole.PlaceholderText)

    def _build_views(self) -> None:
        self._day = _choice(self.tr("Day"), self.tr("All providers on one day (D)"))
        self._week = _choice(self.tr("Week"), self.tr("One provider's week (W)"))
        self._rooms = _choice(self.tr("Rooms"), self.tr("One day by rooms (Alt+5)"))
        self._rooms.hide()
        self._views = QButtonGroup(self)
        for button in (self._day, self._week, self._rooms):
            self._views.addButton(button)
        self._provider = QComboBox()
        self._provider.setAccessibleName(self.tr("Whose week"))
        self._provider.setToolTip(self.tr("Whose week to show"))
        shortest = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self._provider.setSizeAdjustPolicy(shortest)
        self._provider.setMinimumContentsLength(18)

    def _lay_out(self) -> None:
        title = QVBoxLayout()
        title.setSpacing(0)
        title.addWidget(self._date)
        title.addWidget(self._practice)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(4)
        for widget in (self._rail, self._today, self._previous, self._next):
            row.addWidget(widget)
        row.addSpacing(8)
        row.addLayout(title, 1)
        row.addWidget(self._provider)
        row.addSpacing(4)
        for widget in (self._day, self._week, self._rooms):
            row.addWidget(widget)
        row.addSpacing(8)
        for widget in (self._farther, self._closer, self._theme):
            row.addWidget(widget)
        row.addSpacing(8)
        row.addWidget(self._book)
        row.addSpacing(4)
        row.addWidget(self.person)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _connect(self) -> None:
        self._rail.clicked.connect(self.rail_wanted)
        self._today.clicked.connect(self.today_wanted)
        self._previous.clicked.connect(self._on_previous)
        self._next.clicked.connect(self._on_next)
        self._day.clicked.connect(self._on_day)
        self._week.clicked.connect(self._on_week)
        self._rooms.clicked.connect(self._on_rooms)
        self._provider.activated.connect(self._on_provider)
        self._farther.clicked.connect(self._on_farther)
        self._closer.clicked.connect(self._on_closer)
        self._theme.clicked.connect(self.theme_wanted)
        self._book.clicked.connect(self.booking_wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the person's name, and what keys do too, where room is scarce."""
        super().resizeEvent(event)
        self.person.show_name(is_shown=self.width() >= self._scaled(ROOMY))
        for button in (self._farther, self._closer):
            button.setVisible(self.width() >= self._scaled(NARROW))

    def _scaled(self, length: int) -> int:
        """Let lengths grow with the font; they are meant for one 16 px high."""
        return length * self.fontMetrics().height() // 16

    def _last(self, first: date, view: View) -> date:
        return first + WEEK if view is View.WEEK else first

    def _step_words(self, view: View, step: int) -> str:
        if view is View.WEEK:
            texts = self.tr("Previous week"), self.tr("Next week")
        else:
            texts = self.tr("Previous day"), self.tr("Next day")
        keys = "Ctrl+←" if step < 0 else "Ctrl+→"
        return f"{texts[step > 0]} ({keys})"

    @Slot()
    def _on_previous(self) -> None:
        self.step_wanted.emit(-1)

    @Slot()
    def _on_next(self) -> None:
        self.step_wanted.emit(1)

    @Slot()
    def _on_day(self) -> None:
        self.view_wanted.emit(View.DAY)

    @Slot()
    def _on_week(self) -> None:
        self.view_wanted.emit(View.WEEK)

    @Slot()
    def _on_rooms(self) -> None:
        self.view_wanted.emit(View.ROOMS)

    @Slot(int)
    def _on_provider(self, place: int) -> None:
        self.provider_wanted.emit(self._provider.itemData(place))

    @Slot()
    def _on_farther(self) -> None:
        self.zoom_wanted.emit(-1)

    @Slot()
    def _on_closer(self) -> None:
        self.zoom_wanted.emit(1)


def _tool(icon: str, text: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icons.icon(icon))
    button.setIconSize(QSize(ICON, ICON))
    button.setAccessibleName(text.split(" (", maxsplit=1)[0])
    button.setToolTip(text)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _choice(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setCheckable(True)
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
