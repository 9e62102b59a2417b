"""Closed days of a year: holidays are ticked, own days added; saved in one step."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout

from desk_app.domain.closures import MIDNIGHT, Closure, ClosureChange, in_year
from desk_app.ui import notices
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.dialogs.roving import Choice, RovingButtons, Section
from desk_app.ui.my_day.cards import CardList
from desk_app.ui.notice_bar import announce
from desk_app.ui.office.closures import rows
from desk_app.ui.office.closures.dialog import ClosureDialog
from desk_app.ui.office.form_page import FormPage
from desk_app.ui.office.page import focus
from desk_app.ui.office.stranded.settling import Settling
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from desk_app.domain.closures import ClosureYear
    from desk_app.domain.slots import Opening
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around
    from desk_app.ui.my_day.cards import Card

UNLIMITED = 16_000
YEARS = 3
Key = Qt.Key


class DayList(CardList):
    """The closed days; Space is told as well."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick by Space."""
        card = self.current
        if event.key() == Key.Key_Space and card is not None:
            self.pressed_key.emit(card, Key.Key_Space)
        else:
            super().keyPressEvent(event)


class ClosuresPage(FormPage):
    """One year; nothing is closed before it is saved."""

    def __init__(self, around: Around, parent: QWidget | None = None) -> None:
        self._around, self._closures = around, around.desk.closures
        self._year = self._this_year
        self._wanted: frozenset[Closure] = frozenset()
        self._settling = Settling(around.port(self._save), around, self)
        super().__init__(
            self.tr("Public holidays and other days on which nobody is booked."),
            around.port(self._read_year, "closures"),
            self._settling,
            parent,
        )
        self._build()
        self._connect()

    # -- what a FormPage asks for

    def enter(self) -> None:
        """Begin in the list."""
        focus(self.list)

    def show_value(self, value: ClosureYear) -> None:
        """Show the year that was read."""
        self._wanted = value.closures
        self._show_region(value)
        self._show_reminder(value)
        self._refresh()

    def wanted(self) -> Any:
        """Return the closures as they would be saved."""
        return self._wanted

    def is_touched(self) -> bool:
        """Say whether other days are closed than those saved."""
        return self.known is not None and self._wanted != self.known.closures

    def request(self) -> ClosureChange:
        """Return the change; only times that stay open are proposed for it."""
        providers = self._around.practice.catalogue.providers
        zones = {each.provider_id: ZoneInfo(each.timezone) for each in providers}
        self._settling.offer_only(_Open(self._wanted, zones))
        return ClosureChange(self._year, self.known.closures, self._wanted)

    # -- building

    def _build(self) -> None:
        self.body.setMaximumWidth(UNLIMITED)
        self.column.setSpacing(8)
        self.years = RovingButtons(YEARS)
        self.years.setAccessibleName(self.tr("Year"))
        texts = [str(self._this_year + number) for number in range(YEARS)]
        years = tuple(Choice(text, text) for text in texts)
        self.years.show_sections((Section("", years),), 0)
        self.list = DayList(self.tr("Holidays and closed days"))
        self._sum = PlainLabel()
        sized(self._sum, 1.0, bold=True)
        self._hint = PlainLabel(
            self.tr("Space ticks · Enter changes the times · N adds days · Del removes")
        )
        set_ink(self._hint, Ink.MUTED)
        self.column.addLayout(self._build_head())
        self.column.addLayout(self._build_reminder())
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self._hint)
        self.column.addWidget(self._sum)
        self.column.addLayout(self._build_buttons())

    def _build_head(self) -> QHBoxLayout:
        self.parts = QComboBox()
        self.parts.setAccessibleName(self.tr("Part of the country"))
        self.parts.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._country = PlainLabel()
        self._country.setBuddy(self.parts)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.years, 1)
        row.addWidget(self._country)
        row.addWidget(self.parts)
        return row

    def _build_reminder(self) -> QHBoxLayout:
        self._reminder = PlainLabel()
        set_ink(self._reminder, Ink.WARNING)
        self.next_year = PromptButton("")
        self.next_year.setAutoDefault(False)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._reminder)
        row.addWidget(self.next_year)
        row.addStretch(1)
        return row

    def _build_buttons(self) -> QHBoxLayout:
        self._all = PromptButton(self.tr("Close on all &holidays"))
        self._add = PromptButton(self.tr("Add closed &days…"))
        self._copy = PromptButton(self.tr("Own days as last &year"))
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self._all, self._add, self._copy):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _connect(self) -> None:
        self.years.picked.connect(self._on_year)
        self.parts.activated.connect(self._on_part)
        self.list.pressed_key.connect(self._on_key)
        self.list.opened.connect(self._on_opened)
        self.next_year.clicked.connect(partial(self._go_to, 1))
        self._all.clicked.connect(self._on_all)
        self._add.clicked.connect(self._on_add)
        self._copy.clicked.connect(self._on_copy)

    # -- reading and saving, off this thread

    @property
    def _this_year(self) -> int:
        screen = self._around.screen()
        return screen.now.astimezone(screen.zone).year

    @property
    def said(self) -> str:
        """What is said about the year as a whole."""
        return self._sum.text()

    @property
    def reminder(self) -> str:
        """What is said about the next year, "" for nothing."""
        return self._reminder.text()

    def _read_year(self, _: object) -> ClosureYear:
        return self._closures.year(self._year)

    def _save(self, change: ClosureChange) -> ClosureYear:
        self._closures.change(change)
        return self._closures.year(change.year)

    # -- showing

    def _refresh(self) -> None:
        found = rows.entries(self._wanted, self.known.holidays)
        self.list.show_cards([rows.card(entry) for entry in found])
        self._sum.setText(rows.total(self._wanted, self._year))
        self._all.setEnabled(bool(self.known.holidays))
        self.changed()

    def _show_region(self, value: ClosureYear) -> None:
        names = [part.name for part in value.parts]
        codes = ["", *(part.code for part in value.parts)]
        self.parts.clear()
        self.parts.addItems([self.tr("The whole country"), *names])
        code = value.region.subdivision
        self.parts.setCurrentIndex(codes.index(code) if code in codes else 0)
        self.parts.setVisible(bool(value.parts))
        text = self.tr("Holidays &in")
        if not value.region.country:
            text = self.tr("Choose the country in “The practice” to see its holidays.")
        elif not value.holidays:
            text = self.tr("No holidays are known for this country.")
        self._country.setText(text)

    def _show_reminder(self, value: ClosureYear) -> None:
        is_due = not value.is_next_taken and value.year == self._this_year
        after = str(value.year + 1)
        text = filled(self.tr("The holidays of %1 are not taken over yet."), after)
        self._reminder.setText(text if is_due else "")
        self.next_year.setText(filled(self.tr("Sho&w %1"), after))
        for widget in (self._reminder, self.next_year):
            widget.setVisible(is_due)

    # -- changing

    def _change(self, gone: Iterable[Closure], new: Iterable[Closure]) -> None:
        self._wanted = self._wanted - {*gone} | {*new}
        self._refresh()
        card = self.list.current
        if card is not None:
            announce(self.list, card.spoken)

    @Slot(object, int)
    def _on_key(self, card: Card, key: int) -> None:
        entry: rows.Entry = card.what
        if key == Key.Key_Space and entry.is_proposed and not entry.kept:
            self._change((), (entry.first,))
        elif key in (Key.Key_Space, Key.Key_Delete):
            self._change(entry.kept, ())
        elif key in (Key.Key_F2, Key.Key_E):
            self._on_opened(card)
        elif key == Key.Key_N:
            self._on_add()

    @Slot(object)
    def _on_opened(self, card: Card) -> None:
        """Change the times of a holiday, or all of other days."""
        entry: rows.Entry = card.what
        days = ClosureDialog.ask(self.window(), entry)
        if days is not None:
            self._change(entry.kept, days)

    @Slot()
    def _on_add(self) -> None:
        screen = self._around.screen()
        today = screen.now.astimezone(screen.zone).date()
        day = max(today, date(self._year, 1, 1))
        entry = rows.Entry(Closure(day, ""))
        days = ClosureDialog.ask(self.window(), entry, is_new=True)
        if days is not None:
            self._change((), days)

    @Slot()
    def _on_all(self) -> None:
        found = rows.entries(self._wanted, self.known.holidays)
        new = [e.first for e in found if e.is_proposed and not e.kept]
        self._change((), new)

    @Slot()
    def _on_copy(self) -> None:
        year = self._year - 1
        read = self._around.port(
            lambda _: self._closures.all(date(year, 1, 1), date(year, 12, 31))
        )
        read(None, self._on_copied, self._on_not_copied)

    @Slot(object)
    def _on_copied(self, closures: frozenset[Closure]) -> None:
        own = [each for each in closures if not each.is_holiday]
        self._change((), in_year(own, self._year))

    @Slot(object)
    def _on_not_copied(self, error: DeskError) -> None:
        self.banner.say(notices.cannot_show(error))

    # -- other years, other regions

    @Slot(int)
    def _on_year(self, chip: int) -> None:
        if not self.may_leave():
            self.years.choose(self._year - self._this_year)
            return
        self._year = self._this_year + chip
        if self.known is not None:
            self._wanted = self.known.closures
        self.begin()

    def _go_to(self, chip: int) -> None:
        self.years.choose(chip)
        self._on_year(chip)
        focus(self.list)

    @Slot(int)
    def _on_part(self, place: int) -> None:
        code = self.known.parts[place - 1].code if place else ""
        choose = self._around.port(self._closures.choose_part)
        choose(code, self._on_part_chosen, self._on_not_copied)

    @Slot(object)
    def _on_part_chosen(self, _code: str) -> None:
        """Read the holidays anew; what was ticked and is not saved stays."""
        wanted = self._wanted
        self._read(None, partial(self._on_region_read, wanted), self._on_not_copied)

    def _on_region_read(self, wanted: frozenset[Closure], value: ClosureYear) -> None:
        self._known = value
        self.show_value(value)
        self._wanted = wanted
        self._refresh()


class _Open:
    """Says whether a free time will still be one once these days are closed."""

    def __init__(
        self, closures: frozenset[Closure], zones: dict[int, ZoneInfo]
    ) -> None:
        self._closures, self._zones = closures, zones

    def __call__(self, opening: Opening) -> bool:
        zone = self._zones.get(opening.provider_id)
        if zone is None:
            return True
        start, end = opening.start.astimezone(zone), opening.end.astimezone(zone)
        return not any(
            each.day == start.date()
            and (each.end == MIDNIGHT or start.time() < each.end)
            and (end.date() > start.date() or each.start < end.time())
            for each in self._closures
        )
