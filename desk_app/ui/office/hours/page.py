"""Weekly hours of a provider: drawn, typed, with weeks in turns and changes to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desk_app.domain.timetable import Stretch, Timetable, timetable
from desk_app.domain.weekly import WEEK, WeekPlan
from desk_app.services.weekly_hours import HoursCopy, WeekChange
from desk_app.ui import format as shown
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.notice_bar import announce
from desk_app.ui.office.form_page import FormPage
from desk_app.ui.office.hours import words
from desk_app.ui.office.hours.copy_dialog import CopyDialog
from desk_app.ui.office.hours.day_fields import DayFields
from desk_app.ui.office.hours.season_dialog import SeasonDialog
from desk_app.ui.office.hours.seasons_bar import SeasonsBar
from desk_app.ui.office.hours.week_grid import WeekGrid
from desk_app.ui.office.page import focus
from desk_app.ui.office.provider_box import ProviderBox
from desk_app.ui.office.stranded.settling import Settling
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desk_app.domain.slots import Opening
    from desk_app.domain.timetable import Day, Week
    from desk_app.ui.around import Around

UNLIMITED = 16_000
WORKDAYS = range(5)
USUAL_DAY = (Stretch(9 * 60, 12 * 60), Stretch(13 * 60, 17 * 60))


class HoursPage(FormPage):
    """One week of one provider; whatever is changed can be taken back by Ctrl+Z."""

    def __init__(self, around: Around, parent: QWidget | None = None) -> None:
        self._around = around
        self._hours = around.desk.weekly_hours
        self._settling = Settling(around.port(self._hours.change), around, self)
        super().__init__(
            self.tr("When each provider can be booked, week by week."),
            around.port(self._read_hours, "weekly hours"),
            self._settling,
            parent,
        )
        self.table = Timetable()
        self._place = 0
        self._before: list[Timetable] = []
        self._after: list[Timetable] = []
        self._build()
        self._connect()

    # -- what a FormPage asks for

    def begin(self) -> None:
        """Show the providers there are now, and the hours of the chosen one."""
        self.providers.offer(self._around.practice.catalogue.providers)
        if self.providers.provider is None:
            self.body.setEnabled(False)
            text = self.tr("There is no provider yet. Add one in “Providers” first.")
            self._sum.setText(text)
        else:
            super().begin()

    def enter(self) -> None:
        """Begin in the drawn week."""
        focus(self.grid)

    def show_value(self, value: Any) -> None:
        """Show the hours that were read."""
        self._before.clear()
        self._after.clear()
        self._show(timetable(value), timetable(value).season_on(self._today))

    def wanted(self) -> Any:
        """Return the hours as they would be saved."""
        return self.table.windows(self._today)

    def is_touched(self) -> bool:
        """Say whether something else holds than what is saved."""
        return self.known is not None and self.table.tidied() != timetable(self.known)

    def request(self) -> WeekChange:
        """Return the change; only times within the new hours are proposed for it."""
        provider_id, wanted = self._provider_id, self.wanted()
        self._settling.offer_only(_Fits(provider_id, wanted, self._zone))
        return WeekChange(provider_id, self.known, wanted)

    def submit(self) -> None:
        """Save, once every field is understood."""
        if self.fields.commit():
            super().submit()

    # -- building

    def _build(self) -> None:
        self.body.setMaximumWidth(UNLIMITED)
        self.column.setSpacing(8)
        self.providers = ProviderBox()
        self._clock = PlainLabel()
        set_ink(self._clock, Ink.MUTED)
        self.bar = SeasonsBar()
        self.fields = DayFields()
        self.grid = WeekGrid()
        self._sum = PlainLabel()
        self._sum.setWordWrap(True)
        sized(self._sum, 1.0, bold=True)
        keys = PlainLabel(
            self.tr(
                "Enter begins and ends a window · Del removes · Ctrl+↑↓ moves ·"
                " Alt+↑↓ stretches (Shift: 5 minutes) · Ctrl+C, Ctrl+V a day · Ctrl+Z"
            )
        )
        set_ink(keys, Ink.MUTED)
        keys.setWordWrap(True)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.providers)
        top.addWidget(self._clock, 1)
        week = QVBoxLayout()
        week.setSpacing(4)
        week.addWidget(self.fields)
        week.addWidget(self.grid, 1)
        self.column.addLayout(top)
        self.column.addWidget(self.bar)
        self.column.addLayout(week, 1)
        self.column.addWidget(self._sum)
        self.column.addLayout(self._build_buttons())
        self.column.addWidget(keys)

    def _build_buttons(self) -> QHBoxLayout:
        self._copy_day = PromptButton(self.tr("&Day to Mon–Fri"))
        self._copy_day.setToolTip("Ctrl+D")
        self._usual = PromptButton(self.tr("&Usual week: Mon–Fri 9–12, 13–17"))
        self._give = PromptButton(self.tr("Same for &others…"))
        self._begin = PromptButton(self.tr("Other hours &from a day on…"))
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self._usual, self._copy_day, self._give, self._begin):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _connect(self) -> None:
        self.providers.chosen.connect(self._on_provider)
        self.bar.season_chosen.connect(self._on_season)
        self.bar.week_chosen.connect(self._on_week)
        self.bar.alternating.connect(self._on_alternating)
        self.bar.remove_wanted.connect(self._on_remove_wanted)
        self.fields.day_changed.connect(self._on_day)
        self.fields.typed.connect(self._on_typed)
        self.grid.day_changed.connect(self._on_day)
        self.grid.text_wanted.connect(self.fields.type_into)
        self._copy_day.clicked.connect(self._on_copy_day)
        self._usual.clicked.connect(self._on_usual)
        self._give.clicked.connect(self._on_give)
        self._begin.clicked.connect(self._on_begin_wanted)
        for keys, slot in (
            ("Ctrl+Z", self.step_back),
            ("Ctrl+Shift+Z", self.step_forward),
            ("Ctrl+D", self._on_copy_day),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    # -- what is shown

    @property
    def _today(self) -> Any:
        screen = self._around.screen()
        return screen.now.astimezone(self._zone).date()

    @property
    def _zone(self) -> ZoneInfo:
        provider = self.providers.provider
        return ZoneInfo(provider.timezone) if provider else self._around.practice.zone

    @property
    def _provider_id(self) -> int:
        provider = self.providers.provider
        return provider.provider_id if provider else 0

    @property
    def said(self) -> str:
        """The sentence on all hours."""
        return self._sum.text()

    @property
    def week(self) -> Week:
        """The week that is shown."""
        return self.table.seasons[self._place].weeks[self._weeks[0]]

    @property
    def _weeks(self) -> tuple[int, ...]:
        """The weeks that are changed together: both where none alternates."""
        return (self.bar.week,) if self.bar.is_alternating else (0, 1)

    def _read_hours(self, _: object) -> Any:
        return self._hours.of(self._provider_id)

    def _show(self, table: Timetable, place: int) -> None:
        self.table = table
        self._place = min(place, len(table.seasons) - 1)
        season = table.seasons[self._place]
        self.bar.show_seasons(table, self._place, self._today)
        if season.alternates:
            self.bar.set_alternating()
        self._refresh()

    def _refresh(self) -> None:
        self.fields.set_gutter(self.grid.gutter)
        self.fields.show_week(self.week)
        self.grid.show_week(self.week)
        is_empty = not any(any(week) for s in self.table.seasons for week in s.weeks)
        self._usual.setVisible(is_empty)
        text = words.sentence(self.table, self._today)
        if is_empty:
            text = self.tr("No hours yet: nobody can be booked here.")
        self._sum.setText(text)
        self._clock.setText(self._clock_note())
        others = len(self._around.practice.catalogue.providers) > 1
        self._give.setEnabled(others and not self.is_touched() and not is_empty)
        self.changed()

    def _clock_note(self) -> str:
        now, practice = self._around.screen().now, self._around.practice.zone
        return shown.zone_note(now, self._zone, practice)

    # -- changing

    def _change(self, table: Timetable, place: int | None = None) -> None:
        """Go on with another timetable, which can be taken back."""
        if table != self.table:
            self._before.append(self.table)
            self._after.clear()
        self._show(table, self._place if place is None else place)

    @Slot(int, object)
    def _on_day(self, weekday: int, day: Day) -> None:
        self._change(self.table.with_day(self._place, self._weeks, weekday, day))
        name = words.weekday(weekday, is_long=True)
        announce(self.grid, f"{name}: {words.hours(day)}")

    @Slot(int)
    def _on_typed(self, weekday: int) -> None:
        """Go on with the day after it."""
        if weekday < WEEK[-1]:
            self.fields.type_into(weekday + 1, "")
        else:
            focus(self.grid)

    @Slot()
    def step_back(self) -> None:
        """Take the latest change back."""
        if self._before:
            self._after.append(self.table)
            self._show(self._before.pop(), self._place)

    @Slot()
    def step_forward(self) -> None:
        """Do again what was taken back."""
        if self._after:
            self._before.append(self.table)
            self._show(self._after.pop(), self._place)

    @Slot()
    def _on_copy_day(self) -> None:
        """Give Monday to Friday the hours of the day the cursor is on."""
        day, table = self.grid.hand.day, self.table
        for weekday in WORKDAYS:
            table = table.with_day(self._place, self._weeks, weekday, day)
        self._change(table)

    @Slot()
    def _on_usual(self) -> None:
        table = self.table
        for weekday in WORKDAYS:
            table = table.with_day(self._place, self._weeks, weekday, USUAL_DAY)
        self._change(table)
        focus(self.grid)

    # -- weeks and seasons

    @Slot(bool)
    def _on_alternating(self, is_on: bool) -> None:
        """Let both weeks be as the shown one, where they alternate no more."""
        if not is_on and self.table.seasons[self._place].alternates:
            week = self.table.seasons[self._place].weeks[self.bar.week]
            self._change(self.table.with_weeks(self._place, (week, week)))
        else:
            self._refresh()

    @Slot()
    def _on_week(self) -> None:
        self._refresh()

    @Slot(int)
    def _on_season(self, place: int) -> None:
        self._show(self.table, place)

    @Slot()
    def _on_begin_wanted(self) -> None:
        wish = SeasonDialog.ask(self.window(), self._today)
        if wish is not None:
            table = self.table.begun_on(wish.first, wish.last)
            self._change(table, table.season_on(wish.first))
            focus(self.grid)

    @Slot()
    def _on_remove_wanted(self) -> None:
        if self._place:
            self._change(self.table.without(self._place), self._place - 1)

    # -- providers

    @Slot()
    def _on_provider(self) -> None:
        if not self.may_leave():
            self.providers.go_back()
            return
        self.providers.keep()
        if self.known is not None:
            self.show_value(self.known)
        super().begin()

    @Slot()
    def _on_give(self) -> None:
        provider = self.providers.provider
        if provider is None:
            return
        wanted = self.wanted()
        everybody = self._around.practice.catalogue.providers
        others = [p for p in everybody if p.provider_id != provider.provider_id]
        dialog = CopyDialog(
            provider,
            others,
            Settling(self._around.port(self._hours.copy), self._around, self),
            lambda numbers: HoursCopy(wanted, numbers),
            self.window(),
        )
        if dialog.exec():
            count = str(len(dialog.answer))
            text = self.tr("Copied. Providers with the same hours now: %1.")
            self._around.said.emit(filled(text, count))
            announce(self, filled(text, count))
        dialog.deleteLater()


class _Fits:
    """Says whether a free time lies within the hours as they shall be."""

    def __init__(self, provider_id: int, wanted: Any, zone: ZoneInfo) -> None:
        self._provider_id, self._zone = provider_id, zone
        self._plan = WeekPlan(wanted)

    def __call__(self, opening: Opening) -> bool:
        if opening.provider_id != self._provider_id:
            return True
        start = opening.start.astimezone(self._zone)
        end = opening.end.astimezone(self._zone)
        return any(
            window.start <= start.time()
            and (end.date() == start.date() and end.time() <= window.end)
            for window in self._plan.on(start.date())
        )
