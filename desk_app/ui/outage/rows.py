"""The kept days as a table: a heading for each provider's day, its visits below."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt
from PySide6.QtGui import QFontMetrics, QStandardItem, QStandardItemModel

from desk_app.domain.appointment import Status
from desk_app.ui import format as written
from desk_app.ui import privacy
from desk_app.ui.grid.words import status_word
from desk_app.ui.phrases import filled
from desk_app.ui.plain import tool_tip

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.kept import KeptDays
    from desk_app.domain.schedule import ProviderDay


class KeptModel(QStandardItemModel):
    """Visits by day, provider and time, as far as they hold the words looked for."""

    def __init__(self, kept: KeptDays, today: date, parent: QObject) -> None:
        super().__init__(parent)
        # What is today stands first, whoever it is with.
        self._days = sorted(kept.days, key=lambda day: day.day)
        self._today = today
        self.headings: list[int] = []
        self.count = 0

    def write(self, looked_for: str) -> None:
        """Write the rows; words that stand in any column leave their visit."""
        self.clear()
        self.headings, self.count = [], 0
        names = (_tr("Time"), _tr("Client"), _tr("Phone"), _tr("Service"), _tr("Notes"))
        self.setHorizontalHeaderLabels(list(names))
        words = looked_for.casefold().split()
        for day in self._days:
            visits = [v for v in day.appointments if _has(v, day, words)]
            if visits or not words:
                self._write_day(day, visits)

    def _write_day(self, day: ProviderDay, visits: Sequence[Appointment]) -> None:
        self.headings.append(self.rowCount())
        heading = QStandardItem(self._heading(day, has_none=not visits))
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        # All rows are as high as the first one.
        height = round(QFontMetrics(font).height() * 1.8)
        heading.setSizeHint(QSize(0, height))
        heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.appendRow(heading)
        for visit in visits:
            self.appendRow([_item(text) for text in _cells(visit, day)])
        self.count += len(visits)

    def _heading(self, day: ProviderDay, *, has_none: bool) -> str:
        when = written.relative_day(day.day, self._today)
        text = f"{when} · {' '.join(day.provider.name.split())}"
        return filled(_tr("%1: no appointments"), text) if has_none else text


def _cells(visit: Appointment, day: ProviderDay) -> tuple[str, ...]:
    zone = ZoneInfo(day.provider.timezone)
    service = [written.what(visit)]
    if visit.is_virtual:
        service.append(_tr("video call"))
    if visit.status is not Status.CONFIRMED:
        service.append(status_word(visit.status))
    return (
        written.time_range(visit.start, visit.end, zone),
        privacy.name(visit.client_name),
        privacy.phone(visit.client_phone),
        " · ".join(service),
        privacy.phone(visit.notes),
    )


def _item(text: str) -> QStandardItem:
    item = QStandardItem(" ".join(text.split()))
    item.setEditable(False)
    item.setToolTip(tool_tip(text))
    return item


def _has(visit: Appointment, day: ProviderDay, words: Sequence[str]) -> bool:
    phone = "".join(visit.client_phone.split())
    parts = (visit.client_name, visit.client_phone, phone, written.what(visit))
    text = " ".join((*parts, visit.notes, day.provider.name)).casefold()
    return all(word in text for word in words)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Outage", text)
