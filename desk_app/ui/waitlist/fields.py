"""The fields of a wish: what for, with whom, on which days, at which times."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QTime, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from desk_app.domain.waitlist import Wish
from desk_app.ui.dialogs import offers
from desk_app.ui.dialogs.choice import ServiceChoice
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.note import NoteEdit
from desk_app.ui.dialogs.prompt import PromptCheck
from desk_app.ui.plain import PlainLabel
from desk_app.ui.waitlist import words
from desk_app.ui.waitlist.weekdays import Weekdays

if TYPE_CHECKING:
    from desk_app.ui.dialogs.ports import Screen

NOON, OPENS, CLOSES = time(12), time(8), time(18)
ANY, MORNING, AFTERNOON, BETWEEN = range(4)


class WishFields(QWidget):
    """Reads and shows a `Wish`; `edited` is a change by hand."""

    edited = Signal()

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self.choice = ServiceChoice(screen.catalogue)
        self.weekdays = Weekdays()
        self.note = NoteEdit(2)
        self._build()
        self._connect()
        self._show_times()

    @property
    def wish(self) -> Wish:
        """What is wished."""
        services = self.choice.services
        start, end = self._span()
        is_from, is_until = self._first_on.isChecked(), self._last_on.isChecked()
        return Wish(
            service_name=services[0].name if services else "",
            provider_id=self.choice.provider_id,
            from_day=_day(self._first) if is_from else None,
            until_day=_day(self._last) if is_until else None,
            weekdays=self.weekdays.ticked,
            from_time=start,
            until_time=end,
            is_urgent=self.urgent.isChecked(),
            notes=self.note.toPlainText().strip(),
        )

    def fill(self, wish: Wish) -> None:
        """Show a wish."""
        named = offers.named(
            self._screen.catalogue, wish.service_name, wish.provider_id
        )
        self.choice.choose(next(iter(named), None), wish.provider_id)
        self.weekdays.tick(wish.weekdays)
        self.urgent.setChecked(wish.is_urgent)
        self.note.setPlainText(wish.notes)
        self._times.setCurrentIndex(_kind(wish))
        self._from.setTime(_qtime(wish.from_time or OPENS))
        self._until.setTime(_qtime(wish.until_time or CLOSES))
        self._fill_days(wish)

    def keep_service(self) -> None:
        """Let what is waited for stay: it is that of the booking that is kept."""
        self.choice.inputs[0].setEnabled(False)

    def complain(self, field: str, text: str) -> bool:
        """Say at a field what is wrong with it; False if it is none of these."""
        said = {
            "service_name": self._service_complaint,
            "until_day": self._day_complaint,
            "until_time": self._time_complaint,
            "notes": self._note_complaint,
        }
        if field in said:
            said[field].say(text)
        return field in said

    def _fill_days(self, wish: Wish) -> None:
        today = self._screen.now.astimezone(self._screen.zone).date()
        for tick, field, day in (
            (self._first_on, self._first, wish.from_day),
            (self._last_on, self._last, wish.until_day),
        ):
            tick.setChecked(day is not None)
            field.setVisible(day is not None)
            shown = day or today
            field.setDate(QDate(shown.year, shown.month, shown.day))

    def _build(self) -> None:
        self._times = QComboBox()
        self._times.setAccessibleName(words.tr("Times"))
        for text in (
            words.tr("At any time"),
            words.tr("Mornings, until %1", words.clock(NOON)),
            words.tr("Afternoons, from %1", words.clock(NOON)),
            words.tr("Between…"),
        ):
            self._times.addItem(text)
        self._from, self._dash, self._until = QTimeEdit(), PlainLabel("–"), QTimeEdit()
        self._from.setAccessibleName(words.tr("From"))
        self._until.setAccessibleName(words.tr("Until"))
        self._first_on = PromptCheck(words.tr("Not &before"))
        self._last_on = PromptCheck(words.tr("Not &after"))
        self._first, self._last = QDateEdit(), QDateEdit()
        self._first.setAccessibleName(words.tr("The first day"))
        self._last.setAccessibleName(words.tr("The last day"))
        self.urgent = PromptCheck(words.tr("&Urgent: ring first"))
        self.note.setAccessibleName(words.tr("Note"))
        self._service_complaint = Complaint(self.choice.inputs[0])
        self._time_complaint = Complaint(self._until)
        self._day_complaint = Complaint(self._last)
        self._note_complaint = Complaint(self.note)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.choice)
        column.addWidget(self._service_complaint)
        column.addSpacing(8)
        column.addWidget(_label(words.tr("&Days (none ticked: any)"), self.weekdays))
        column.addWidget(self.weekdays)
        column.addSpacing(8)
        column.addWidget(_label(words.tr("&Times"), self._times))
        column.addLayout(_row(self._times, self._from, self._dash, self._until))
        column.addWidget(self._time_complaint)
        column.addSpacing(8)
        column.addLayout(_row(self._first_on, self._first, self._last_on, self._last))
        column.addWidget(self._day_complaint)
        column.addSpacing(8)
        column.addWidget(_label(words.tr("N&ote"), self.note))
        column.addWidget(self.note)
        column.addWidget(self._note_complaint)
        column.addSpacing(6)
        column.addWidget(self.urgent)

    def _connect(self) -> None:
        self._times.currentIndexChanged.connect(self._show_times)
        self._first_on.toggled.connect(self._first.setVisible)
        self._last_on.toggled.connect(self._last.setVisible)
        for signal in (
            self._times.currentIndexChanged,
            self._from.timeChanged,
            self._until.timeChanged,
            self._first_on.toggled,
            self._last_on.toggled,
            self._first.dateChanged,
            self._last.dateChanged,
            self.choice.changed,
            self.weekdays.changed,
            self.urgent.toggled,
            self.note.textChanged,
        ):
            signal.connect(self._on_edited)
        self.note.refused.connect(self._note_complaint.say)

    @Slot()
    def _show_times(self) -> None:
        is_between = self._times.currentIndex() == BETWEEN
        for field in (self._from, self._dash, self._until):
            field.setVisible(is_between)

    @Slot()
    def _on_edited(self) -> None:
        for complaint in (
            self._service_complaint,
            self._time_complaint,
            self._day_complaint,
            self._note_complaint,
        ):
            complaint.clear_words()
        self.edited.emit()

    def _span(self) -> tuple[time | None, time | None]:
        kind = self._times.currentIndex()
        if kind == MORNING:
            return None, NOON
        if kind == AFTERNOON:
            return NOON, None
        if kind == BETWEEN:
            return _time(self._from), _time(self._until)
        return None, None


def _kind(wish: Wish) -> int:
    span = (wish.from_time, wish.until_time)
    plain = {(None, None): ANY, (None, NOON): MORNING, (NOON, None): AFTERNOON}
    return plain.get(span, BETWEEN)


def _label(text: str, field: QWidget) -> PlainLabel:
    label = PlainLabel(text)
    label.setBuddy(field)
    return label


def _row(*fields: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for field in fields:
        row.addWidget(field)
    row.addStretch(1)
    return row


def _qtime(moment: time) -> QTime:
    return QTime(moment.hour, moment.minute)


def _time(field: QTimeEdit) -> time:
    shown = field.time()
    return time(shown.hour(), shown.minute())


def _day(field: QDateEdit) -> date:
    shown = field.date()
    return date(shown.year(), shown.month(), shown.day())
