"""The year of one provider: vacation, other and extra hours in one step each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.overrides import Kind
from desk_app.services.overrides import YearWanted
from desk_app.ui import notices
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.dialogs.roving import Choice, RovingButtons, Section
from desk_app.ui.notice_bar import Action
from desk_app.ui.office.page import OfficePage, focus
from desk_app.ui.office.provider_box import ProviderBox
from desk_app.ui.office.stranded.settling import Settling
from desk_app.ui.office.year import words
from desk_app.ui.office.year.days_dialog import DaysDialog
from desk_app.ui.office.year.words import Look
from desk_app.ui.office.year.year_grid import YearGrid
from desk_app.ui.office.year.year_painter import paint_look
from desk_app.ui.plain import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QPaintEvent

    from desk_app.domain.overrides import DayLook
    from desk_app.domain.slots import Opening
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around

YEARS = 3
Key = Qt.Key
_KINDS: dict[int, Kind] = {
    Key.Key_A: Kind.AWAY,
    Key.Key_O: Kind.OTHER,
    Key.Key_X: Kind.EXTRA,
    Key.Key_U: Kind.USUAL,
    Key.Key_Delete: Kind.USUAL,
}


class YearPage(OfficePage):
    """Twelve months; what is chosen in them is changed by one dialog."""

    def __init__(self, around: Around, parent: QWidget | None = None) -> None:
        about = self.tr("Vacation, other hours and extra hours of each provider.")
        super().__init__(about, parent)
        self._around, self._overrides = around, around.desk.overrides
        screen = around.screen()
        self._today: date = screen.now.astimezone(screen.zone).date()
        self._year = self._today.year
        self._read = around.port(self._overrides.year, "year of a provider")
        self._settling = Settling(around.port(self._overrides.change), around, self)
        self._build()
        self._connect()

    @property
    def said(self) -> str:
        """What is said about the chosen days."""
        return self._said.text()

    def begin(self) -> None:
        """Show who can be shown, and the year of the chosen one."""
        everybody = self._around.practice.catalogue.providers
        mine = [p for p in everybody if self._around.me.may_change(p.provider_id)]
        self.providers.offer(mine)
        self._look()

    def follow(self) -> None:
        """Show what another desk has changed."""
        self.begin()

    def enter(self) -> None:
        """Begin in the year."""
        focus(self.grid)

    def show_day(self, provider_id: int, day: date) -> None:
        """Show a day of a provider."""
        self.providers.choose(provider_id)
        self.grid.choose(day)

    # -- building

    def _build(self) -> None:
        self.providers = ProviderBox()
        self.years = RovingButtons(YEARS)
        self.years.setAccessibleName(self.tr("Year"))
        texts = [str(self._today.year + number) for number in range(YEARS)]
        choices = tuple(Choice(text, text) for text in texts)
        self.years.show_sections((Section("", choices),), 0)
        self.grid = YearGrid(self._today)
        self._said = ElidedLabel()
        sized(self._said, 1.0, bold=True)
        self.banner = Banner()
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addWidget(self.providers)
        top.addWidget(self.years)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.grid, 1)
        column.addWidget(_Legend())
        column.addWidget(self._said)
        column.addWidget(self.banner)
        column.addLayout(self._build_buttons())

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.buttons: dict[Kind, PromptButton] = {}
        for kind, text in (
            (Kind.AWAY, self.tr("&Away…")),
            (Kind.OTHER, self.tr("&Other hours…")),
            (Kind.EXTRA, self.tr("E&xtra hours…")),
            (Kind.USUAL, self.tr("As &usual…")),
        ):
            button = PromptButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(partial(self.change, kind))
            self.buttons[kind] = button
            row.addWidget(button)
        keys = PlainLabel(self.tr("Shift+arrows choose days · Enter, A, O, X, U"))
        set_ink(keys, Ink.MUTED)
        row.addSpacing(8)
        row.addWidget(keys)
        row.addStretch(1)
        return row

    def _connect(self) -> None:
        self.providers.chosen.connect(self._on_provider)
        self.years.picked.connect(self._on_year)
        self.grid.opened.connect(self._on_opened)
        self.grid.pressed_key.connect(self._on_key)
        self.grid.chosen.connect(self._on_chosen)
        self._around.news.schedule_changed.connect(self._on_news)

    # -- reading

    @Slot()
    def _look(self) -> None:
        provider = self.providers.provider
        for button in self.buttons.values():
            button.setEnabled(provider is not None)
        if provider is None:
            self._said.setText(self.tr("There is no provider whose days you change."))
            return
        wanted = YearWanted(provider.provider_id, self._year)
        self._read(wanted, self._on_read, self._on_not_read)

    @Slot(object)
    def _on_read(self, looks: tuple[DayLook, ...]) -> None:
        self.banner.clear()
        self.grid.show_year(self._year, looks)
        self._on_chosen()

    @Slot(object)
    def _on_not_read(self, error: DeskError) -> None:
        again = Action(self.tr("Try again"), self._look)
        self.banner.say(notices.cannot_show(error), [again])

    @Slot()
    def _on_news(self) -> None:
        if self.isVisible():
            self._look()

    @Slot()
    def _on_provider(self) -> None:
        self.providers.keep()
        self._look()

    @Slot(int)
    def _on_year(self, chip: int) -> None:
        self._year = self._today.year + chip
        self._look()

    # -- changing

    @Slot()
    def _on_chosen(self) -> None:
        first, last = self.grid.first, self.grid.last
        is_one = first == last
        self._said.setText(
            self.grid.said_of(first) if is_one else words.span(first, last)
        )

    @Slot()
    def _on_opened(self) -> None:
        self.change(Kind.AWAY)

    @Slot(int)
    def _on_key(self, key: int) -> None:
        if key in _KINDS:
            self.change(_KINDS[key])

    def change(self, kind: Kind) -> None:
        """Ask what shall be on the chosen days."""
        provider = self.providers.provider
        if provider is None or not self._around.may_change(provider.provider_id):
            return
        days = (self.grid.first, self.grid.last)
        self._settling.offer_only(_Elsewhere(provider.provider_id, days, self._zone))
        dialog = DaysDialog(provider, days, self._settling, self.window())
        dialog.choose(kind)
        if dialog.exec():
            self._around.news.schedule_changed.emit()
            self._look()
        dialog.deleteLater()
        focus(self.grid)

    @property
    def _zone(self) -> ZoneInfo:
        provider = self.providers.provider
        return ZoneInfo(provider.timezone) if provider else self._around.practice.zone


class _Elsewhere:
    """Says whether a free time lies outside the days that change, or is another's."""

    def __init__(
        self, provider_id: int, days: tuple[date, date], zone: ZoneInfo
    ) -> None:
        self._provider_id, self._days, self._zone = provider_id, days, zone

    def __call__(self, opening: Opening) -> bool:
        first, last = self._days
        day = opening.start.astimezone(self._zone).date()
        return opening.provider_id != self._provider_id or not first <= day <= last


class _Legend(QWidget):
    """What the shapes and colours mean, in as many lines as are needed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = [look for look in Look if look is not Look.USUAL]
        names = ", ".join(map(words.name_of, self._looks))
        self.setAccessibleName(names)

    def sizeHint(self) -> QSize:
        """Ask for one line."""
        return QSize(300, self.fontMetrics().height() + 6)

    def minimumSizeHint(self) -> QSize:
        """One line is enough."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw each kind of day with its words."""
        side, x = self.fontMetrics().height() + 2, 0
        middle = Qt.AlignmentFlag.AlignVCenter
        with QPainter(self) as painter:
            painter.setRenderHint(painter.RenderHint.Antialiasing)
            for look in self._looks:
                paint_look(painter, QRect(x, 2, side, side), look)
                text = words.name_of(look)
                width = painter.fontMetrics().horizontalAdvance(text)
                painter.setPen(self.palette().color(self.foregroundRole()))
                place = QRect(x + side + 5, 0, width + 4, self.height())
                painter.drawText(place, middle, text)
                x += side + width + 22
