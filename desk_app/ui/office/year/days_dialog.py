"""Asks what shall be on some days of a provider: away, other hours, extra ones."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QVBoxLayout, QWidget

from desk_app.domain.opening_words import read_hours
from desk_app.domain.overrides import DaysRequest, Kind
from desk_app.domain.schedule import LocalWindow
from desk_app.domain.timetable import clock
from desk_app.ui.admin.form import FormDialog, hint
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.frame import Verbs
from desk_app.ui.dialogs.ports import PATIENCE
from desk_app.ui.dialogs.prompt import PromptRadio
from desk_app.ui.office.year import words
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from datetime import date

    from desk_app.domain.people import Provider
    from desk_app.ui.around import Port

WIDE = 480
LONGEST_REASON, LONGEST_HOURS = 500, 200


class DaysDialog(FormDialog):
    """Four choices; times are typed as "9-12, 13-17"."""

    def __init__(
        self,
        provider: Provider,
        days: tuple[date, date],
        send: Port,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_verbs(), parent)
        self._provider, self._days = provider, days
        self.wire(send, PATIENCE)
        self._build()
        self._group.buttonToggled.connect(self._on_toggled)
        self.hours.textEdited.connect(self.complaints["hours"].clear_words)

    def choose(self, kind: Kind, hours: str = "") -> None:
        """Begin with one of the choices."""
        self.kinds[kind].setChecked(True)
        self.hours.setText(hours)
        field = self.hours if self.hours.isEnabled() else self.kinds[kind]
        field.setFocus()
        self.hours.selectAll()

    @property
    def kind(self) -> Kind:
        """What is chosen."""
        return next(kind for kind, tick in self.kinds.items() if tick.isChecked())

    def is_touched(self) -> bool:
        """Say whether something was typed."""
        return bool(self.reason.text())

    def submit(self) -> None:
        """Send it, or say that the times are not understood."""
        kind, windows = self.kind, tuple[LocalWindow, ...]()
        if kind in (Kind.OTHER, Kind.EXTRA):
            day = read_hours(self.hours.text())
            if not day:
                text = self.tr("Type at which times it is open, like 9-12, 13-17.")
                self.complaints["hours"].say(text)
                return
            windows = tuple(LocalWindow(clock(s.start), clock(s.end)) for s in day)
        number, reason = self._provider.provider_id, self.reason.text()
        self.send(DaysRequest(number, *self._days, kind, windows, reason))

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Days"))
        self.build_head(words.span(*self._days), self._provider.name)
        column = self.build_column(WIDE)
        column.setSpacing(6)
        self._build_kinds(column)
        self.hours = QLineEdit()
        self.hours.setMaxLength(LONGEST_HOURS)
        self.hours.setEnabled(False)
        self.hours.setPlaceholderText("9-12, 13-17")
        self.hours.setAccessibleName(self.tr("Open at these times"))
        self.reason = QLineEdit()
        self.reason.setMaxLength(LONGEST_REASON)
        self.reason.setAccessibleName(self.tr("Reason"))
        self.reason.setPlaceholderText(self.tr("Vacation"))
        self.complaints["hours"] = Complaint(self.hours)
        self.complaints["reason"] = Complaint(self.reason)
        times, why = PlainLabel(self.tr("&Times")), PlainLabel(self.tr("&Reason"))
        times.setBuddy(self.hours)
        why.setBuddy(self.reason)
        for widget in (
            times,
            self.hours,
            self.complaints["hours"],
            why,
            self.reason,
            self.complaints["reason"],
            hint(self.tr("The reason stands in the schedule, for the staff only.")),
        ):
            column.addWidget(widget)
        column.addStretch(1)
        go, leave = self.buttons
        order = (*self.kinds.values(), self.hours, self.reason, go, leave)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        self.kinds[Kind.AWAY].setFocus()

    def _build_kinds(self, column: QVBoxLayout) -> None:
        self._group = QButtonGroup(self)
        self.kinds: dict[Kind, PromptRadio] = {}
        for kind, text in (
            (Kind.AWAY, self.tr("A&way: nobody is booked")),
            (Kind.OTHER, self.tr("&Other hours: open at these times only")),
            (Kind.EXTRA, self.tr("E&xtra hours besides the usual ones")),
            (Kind.USUAL, self.tr("As &usual: takes away what was entered here")),
        ):
            tick = PromptRadio(text)
            self._group.addButton(tick)
            self.kinds[kind] = tick
            column.addWidget(tick)
        self.kinds[Kind.AWAY].setChecked(True)
        column.addSpacing(4)

    @Slot()
    def _on_toggled(self) -> None:
        has_times = self.kind in (Kind.OTHER, Kind.EXTRA)
        self.hours.setEnabled(has_times)
        self.reason.setEnabled(self.kind is not Kind.USUAL)
        self.complaints["hours"].clear_words()


def _verbs() -> Verbs:
    translate = QCoreApplication.translate
    return Verbs(
        go=translate("DaysDialog", "&Save"),
        busy=translate("DaysDialog", "Saving…"),
        leave=translate("DaysDialog", "Close"),
    )
