"""Blocks time of a provider: minutes from now, until a time, or the rest of a day."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, Qt, QTime, QTimer, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from desk_app.domain.blocking import BlockRequest, from_now, until_end_of_day
from desk_app.domain.hours import day_bounds
from desk_app.domain.policies import Policy
from desk_app.domain.recurrence import instant_of
from desk_app.errors import Invalid, Refused
from desk_app.ui import format as shown
from desk_app.ui import notices, privacy
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.frame import DeskDialog, Verbs
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.dialogs.ports import Unsettled
from desk_app.ui.dialogs.prompt import PromptRadio
from desk_app.ui.my_day.cards import Card, CardList, Line
from desk_app.ui.phrases import filled
from desk_app.ui.plain import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from datetime import date

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.people import Provider
    from desk_app.domain.schedule import Block
    from desk_app.errors import DeskError
    from desk_app.ui.dialogs.asking import Asking
    from desk_app.ui.my_day.ports import BlockPorts

USUAL_MINUTES = 30
MOST_MINUTES = 24 * 60
PAUSE_MS = 120
WIDE, HIGH = 470, 130


class BlockingDialog(DeskDialog):
    """A time, a reason, and who comes in it: they stay until somebody moves them."""

    def __init__(
        self,
        provider: Provider,
        day: date,
        ports: BlockPorts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.verbs(), parent)
        self._provider, self._day = provider, day
        self.zone = ZoneInfo(provider.timezone)
        self._seen: tuple[Appointment, ...] = ()
        self._line = Latest(ports.lying_in, self._on_seen, self._on_not_seen, self)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self._desk = self.wire(ports.block, ports.patience)
        self._goes_when_seen = False
        self._build()
        self.look()

    @property
    def seen(self) -> tuple[Appointment, ...]:
        """The appointments that were shown."""
        return self._seen

    # -- what a dialog of this kind says for itself

    def verbs(self) -> Verbs:
        """Return the words of the buttons."""
        raise NotImplementedError

    def build_time(self) -> QWidget:
        """Return the fields of the time."""
        raise NotImplementedError

    def span(self) -> tuple[datetime, datetime]:
        """Return what is to be blocked."""
        raise NotImplementedError

    def usual_reason(self) -> str:
        """Return the reason to begin with."""
        return ""

    # -- what it uses

    def look_soon(self) -> None:
        """Look again once nobody is typing."""
        self.banner.clear()
        self._pause.start()

    @Slot()
    def look(self) -> None:
        """Ask who comes in this time."""
        self._pause.stop()
        self._line.ask(self._request())

    def submit(self) -> None:
        """Block, once it is known who comes then."""
        if self._pause.isActive():
            self.look()
        self._goes_when_seen = self._line.is_waiting
        if not self._goes_when_seen:
            self.send(self._request())

    def show_refusal(self, error: DeskError) -> None:
        """Show who was booked into it meanwhile, or what is wrong with the reason."""
        if isinstance(error, Refused) and error.policy == Policy.BUSY:
            self.look()
        if isinstance(error, Invalid) and error.field == "reason":
            self._complaint.say(notices.words(error).text)
        else:
            super().show_refusal(error)

    def unsettled(self, asking: Asking) -> Unsettled:
        """Name the provider."""
        return Unsettled(asking, self._provider.name)

    def _request(self) -> BlockRequest:
        start, end = self.span()
        return BlockRequest(
            self._provider.provider_id,
            start,
            end,
            self.reason.text().strip(),
            tuple(each.appointment_id for each in self._seen),
        )

    def _on_seen(self, seen: tuple[Appointment, ...]) -> None:
        self._seen = seen
        self.list.show_cards([self._card(each) for each in seen])
        self.list.setVisible(bool(seen))
        some = self.tr("1 appointment lies in this time, and stays:")
        if len(seen) > 1:
            text = self.tr("%1 appointments lie in this time, and stay:")
            some = filled(text, str(len(seen)))
        self._count.setText(some if seen else self.tr("Nobody comes in this time."))
        set_ink(self._count, Ink.WARNING if seen else Ink.MUTED)
        self.grow()
        goes, self._goes_when_seen = self._goes_when_seen, False
        if goes and not seen:
            # Whoever comes then is to be read about first.
            self.send(self._request())

    def _on_not_seen(self, error: DeskError) -> None:
        self._goes_when_seen = False
        self.banner.say(notices.words(error))

    def _card(self, visit: Appointment) -> Card:
        clock = shown.time(visit.start, self.zone)
        parts = (visit.service_name, privacy.phone(visit.client_phone))
        line = Line(" · ".join(part for part in parts if part))
        number, name = visit.appointment_id, privacy.name(visit.client_name)
        return Card(number, clock, name, lines=(line,), what=visit)

    def _build(self) -> None:
        name = ElidedLabel(self._provider.name)
        sized(name, 1.6, bold=True)
        day = PlainLabel(shown.long_date(self._day))
        set_ink(day, Ink.MUTED)
        self.header.addWidget(name)
        self.header.addWidget(day)
        self.reason = QLineEdit(self.usual_reason())
        self.reason.setPlaceholderText(self.tr("Shown in the schedule"))
        self.reason.setAccessibleName(self.tr("Reason"))
        label = PlainLabel(self.tr("&Reason"))
        label.setBuddy(self.reason)
        self._complaint = Complaint(self.reason)
        self.list = CardList(self.tr("Who comes in this time"))
        self._count = PlainLabel()
        column = QVBoxLayout(self.body)
        column.setContentsMargins(20, 0, 20, 0)
        column.setSpacing(6)
        column.addWidget(self.build_time())
        column.addSpacing(6)
        for widget in (label, self.reason, self._complaint, self._count, self.list):
            column.addWidget(widget)
        scale = self.fontMetrics().height()
        self.body.setMinimumWidth(WIDE * scale // 16)
        self.list.setMinimumHeight(HIGH * scale // 16)
        self.list.hide()
        self.reason.textChanged.connect(self._complaint.clear_words)


class BlockDialog(BlockingDialog):
    """Blocks from a time on, for some minutes or until another time."""

    def __init__(
        self,
        provider: Provider,
        start: datetime,
        ports: BlockPorts,
        parent: QWidget | None = None,
    ) -> None:
        zone = ZoneInfo(provider.timezone)
        self._begins = start.astimezone(zone)
        super().__init__(provider, self._begins.date(), ports, parent)
        self.setWindowTitle(self.tr("Block time"))
        self.minutes.setFocus()
        self.minutes.selectAll()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        provider: Provider,
        start: datetime,
        ports: BlockPorts,
    ) -> Block | None:
        """Return the block that was made, or None."""
        dialog = cls(provider, start, ports, parent)
        dialog.exec()
        dialog.deleteLater()
        made: Block | None = dialog.answer
        return made

    def verbs(self) -> Verbs:
        """Return the words of the buttons."""
        translate = QCoreApplication.translate
        return Verbs(
            go=translate("BlockDialog", "&Block"),
            busy=translate("BlockDialog", "Blocking…"),
            leave=translate("BlockDialog", "Close"),
        )

    def span(self) -> tuple[datetime, datetime]:
        """Return the chosen time; a time that does not exist is the one given."""
        clock = self.begins.time()
        wall = datetime.combine(self._day, time(clock.hour(), clock.minute()))
        start = instant_of(wall, self.zone) or self._begins.astimezone(UTC)
        return from_now(start, self.minutes.value(), self.zone)

    def build_time(self) -> QWidget:
        """Return "From 10:15 for 30 minutes, until 10:45"."""
        first = QTime(self._begins.hour, self._begins.minute)
        self.begins = _clock_field(first, self.tr("From"))
        self.until = _clock_field(first.addSecs(USUAL_MINUTES * 60), self.tr("Until"))
        self.minutes = QSpinBox()
        self.minutes.setRange(1, MOST_MINUTES)
        self.minutes.setValue(USUAL_MINUTES)
        self.minutes.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.minutes.setMinimumWidth(self.fontMetrics().averageCharWidth() * 10)
        self.minutes.setAccessibleName(self.tr("Minutes"))
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for text, field in (
            (self.tr("&From"), self.begins),
            (self.tr("&Minutes"), self.minutes),
            (self.tr("&Until"), self.until),
        ):
            label = PlainLabel(text)
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field)
            row.addSpacing(8)
        row.addStretch(1)
        self.begins.timeChanged.connect(self._on_minutes)
        self.minutes.valueChanged.connect(self._on_minutes)
        self.until.timeChanged.connect(self._on_until)
        return whole

    @Slot()
    def _on_minutes(self) -> None:
        """Let the end follow."""
        self.until.blockSignals(True)
        self.until.setTime(self.begins.time().addSecs(self.minutes.value() * 60))
        self.until.blockSignals(False)
        self.look_soon()

    @Slot()
    def _on_until(self) -> None:
        """Let the minutes follow; an end before the start is the next morning."""
        seconds = self.begins.time().secsTo(self.until.time())
        self.minutes.blockSignals(True)
        self.minutes.setValue(max(seconds // 60, 1))
        self.minutes.blockSignals(False)
        self.look_soon()


class AwayDialog(BlockingDialog):
    """Blocks the whole day, or what is left of it."""

    def __init__(
        self,
        provider: Provider,
        day: date,
        ports: BlockPorts,
        parent: QWidget | None = None,
    ) -> None:
        now = datetime.now(UTC).replace(second=0, microsecond=0)
        self._now = now
        self._is_today = now.astimezone(ZoneInfo(provider.timezone)).date() == day
        super().__init__(provider, day, ports, parent)
        self.setWindowTitle(self.tr("The provider cannot come"))
        self.reason.setFocus()
        self.reason.selectAll()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        provider: Provider,
        day: date,
        ports: BlockPorts,
    ) -> Block | None:
        """Return the block that was made, or None."""
        dialog = cls(provider, day, ports, parent)
        dialog.exec()
        dialog.deleteLater()
        made: Block | None = dialog.answer
        return made

    def verbs(self) -> Verbs:
        """Return the words of the buttons."""
        translate = QCoreApplication.translate
        return Verbs(
            go=translate("AwayDialog", "&Block and find other times"),
            busy=translate("AwayDialog", "Blocking…"),
            leave=translate("AwayDialog", "Close"),
        )

    def span(self) -> tuple[datetime, datetime]:
        """Return the whole day, or what is left of it."""
        whole = day_bounds(self._day, self.zone)
        start = self._now if self.from_now.isChecked() else whole.start
        return until_end_of_day(start, self.zone)

    def usual_reason(self) -> str:
        """Return what is mostly so."""
        return self.tr("Ill")

    def build_time(self) -> QWidget:
        """Return the choice between the day and what is left of it."""
        self.whole = PromptRadio(self.tr("The &whole day"))
        self.from_now = PromptRadio(self.tr("From &now on"))
        self.from_now.setEnabled(self._is_today)
        self.whole.setChecked(True)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(18)
        row.addWidget(self.whole)
        row.addWidget(self.from_now)
        row.addStretch(1)
        self.whole.toggled.connect(self.look_soon)
        return both


def _clock_field(clock: QTime, name: str) -> QTimeEdit:
    field = QTimeEdit(clock)
    field.setAccessibleName(name)
    field.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    field.setMinimumWidth(field.fontMetrics().averageCharWidth() * 12)
    return field
