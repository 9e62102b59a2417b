"""Ctrl+P: offers the shown day of all or of one, and the week of one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desk_app.ui import format as written
from desk_app.ui.pager import WEEK, first_of_week
from desk_app.ui.paper.dialog import Choice, Head, PaperDialog
from desk_app.ui.paper.sheet import Options
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.domain.schedule import ProviderDay
    from desk_app.ui.around import Around


class PaperFlows(QObject):
    """Opens the dialog on what the schedule shows."""

    def __init__(self, around: Around) -> None:
        super().__init__(around)
        self._around = around

    def open(self) -> None:
        """Ask what to print, beginning with what is shown."""
        choices = self.choices()
        if not choices:
            self._around.hint.emit(self.tr("There is nobody to print a day of."))
            return
        read = self._around.port(self._read, replaces="paper")
        dialog = PaperDialog(choices, self._head(), read, self._around.view.window())
        dialog.saved.connect(self._on_saved)
        dialog.exec()
        dialog.deleteLater()

    def choices(self) -> tuple[Choice, ...]:
        """Return what can be printed, what is shown first."""
        day, shown = self._around.pager.day, self._around.days
        week, providers = first_of_week(day), self._around.practice.providers
        ids = tuple(dict.fromkeys(one.provider.provider_id for one in shown))
        words = filled(self.tr("%1, everybody shown"), written.long_date(day))
        days = [Choice(words, day, 1, ids)] if ids else []
        weeks = []
        for number, provider in providers.items():
            text = f"{written.long_date(day)}, {provider.name}"
            days.append(Choice(text, day, 1, (number,)))
            text = filled(self.tr("Week of %1"), written.short_date(week))
            weeks.append(Choice(f"{text}, {provider.name}", week, WEEK, (number,)))
        if self._around.pager.pages.count == 1:
            return (*days, *weeks)
        shown_first = sorted(weeks, key=lambda one: one.provider_ids != ids)
        return (*shown_first, *(one for one in days if len(one.provider_ids) == 1))

    def _read(self, choice: Choice) -> Sequence[ProviderDay]:
        days = self._around.desk.diary.days
        return days(choice.first, choice.count, choice.provider_ids)

    def _head(self) -> Head:
        practice = self._around.practice
        now, catalogue = datetime.now(UTC), practice.catalogue
        day = written.long_date(now.astimezone(practice.zone).date())
        at = f"{day}, {written.time(now, practice.zone)}"
        who = catalogue.name_of(catalogue.me.login)
        footer = filled(self.tr("Printed %1 by %2"), at, who)
        options = Options(catalogue.practice_name, practice.zone, footer)
        return Head(options, self._around.pager.day.isoformat())

    def _on_saved(self, path: str) -> None:
        self._around.said.emit(filled(self.tr("Saved: %1"), path))
