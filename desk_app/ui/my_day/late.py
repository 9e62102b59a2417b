"""Running late: so many minutes, who has to wait until when, and Enter tells them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from desk_app.domain.appointment import Override
from desk_app.domain.deeds import Move, MoveAllRequest
from desk_app.domain.policies import Policy
from desk_app.domain.running_late import LONGEST, delays
from desk_app.ui import format as shown
from desk_app.ui import notices, privacy
from desk_app.ui.dialogs import visit_words
from desk_app.ui.dialogs.frame import DeskDialog, Verbs
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.dialogs.ports import Unsettled
from desk_app.ui.dialogs.roving import Choice, RovingButtons, Section
from desk_app.ui.my_day.cards import Card, CardList, Line
from desk_app.ui.my_day.ports import DayWanted
from desk_app.ui.phrases import filled
from desk_app.ui.plain import ElidedLabel, PlainLabel
from desk_app.ui.words import Words

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.running_late import Delay
    from desk_app.domain.schedule import ProviderDay
    from desk_app.errors import DeskError
    from desk_app.ui.dialogs.asking import Asking
    from desk_app.ui.dialogs.ports import Screen
    from desk_app.ui.my_day.ports import LatePorts

MINUTES = (5, 10, 15, 20, 30)
USUAL = 15
WIDE, HIGH = 470, 210
# Who thinks about it for so long must not be told that a new start has passed.
THINKING = timedelta(minutes=15)


class LateDialog(DeskDialog):
    """Moves everybody whom the delay reaches, together or nobody."""

    def __init__(
        self,
        column: ProviderDay,
        screen: Screen,
        ports: LatePorts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_verbs(), parent)
        self._column, self._screen = column, screen
        self._zone = ZoneInfo(column.provider.timezone)
        self._delays: tuple[Delay, ...] = ()
        self._line = Latest(ports.read, self._on_read, self._on_not_read, self)
        self._desk = self.wire(ports.move_all, ports.patience, ports.take_over)
        self._build()
        self._connect()
        self._look()

    @property
    def said(self) -> str:
        """How many have to wait."""
        return self._count.text()

    def submit(self) -> None:
        """Move those who can still be seen today."""
        if self._line.is_waiting:
            return
        moves = tuple(
            Move(
                delay.appointment.appointment_id,
                delay.appointment.version,
                self._column.provider.provider_id,
                delay.start,
            )
            for delay in self._delays
            if delay.start is not None
        )
        if not moves:
            title = self.tr("Nobody has to be told")
            self.banner.say(Words(title, self._nobody()), topic="late")
            return
        self.send(MoveAllRequest(self._desk.key, moves, self._override()))

    def show_refusal(self, error: DeskError) -> None:
        """Read the day anew: somebody else has changed it."""
        super().show_refusal(error)
        provider_id = self._column.provider.provider_id
        self._line.ask(DayWanted(provider_id, self._column.day))

    def unsettled(self, asking: Asking) -> Unsettled:
        """Name the first who waits."""
        first = self._delays[0].appointment
        return Unsettled(asking, visit_words.visit(first, self._screen))

    def moved(self) -> tuple[tuple[Appointment, ...], tuple[Appointment, ...]]:
        """Return those who were moved, as they were and as they are."""
        after: tuple[Appointment, ...] = self.answer or ()
        seen = {d.appointment.appointment_id: d.appointment for d in self._delays}
        return tuple(seen[each.appointment_id] for each in after), after

    def _override(self) -> Override:
        aside = [Policy.NOT_ALIGNED, Policy.RUNS_OVER]
        soon = datetime.now(UTC) + THINKING
        if any(delay.start and delay.start < soon for delay in self._delays):
            aside.append(Policy.PAST)
        return Override(tuple(aside), self.tr("Running late"))

    # -- building

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Running late"))
        name = ElidedLabel(self._column.provider.name)
        sized(name, 1.6, bold=True)
        day = PlainLabel(shown.long_date(self._column.day))
        set_ink(day, Ink.MUTED)
        self.header.addWidget(name)
        self.header.addWidget(day)
        self.list = CardList(self.tr("Who has to wait"))
        self._count = PlainLabel()
        set_ink(self._count, Ink.MUTED)
        self.footer.insertWidget(0, self._count)
        who = PlainLabel(self.tr("&Who has to wait"))
        who.setBuddy(self.list)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(20, 0, 20, 0)
        column.setSpacing(6)
        column.addLayout(self._build_minutes())
        column.addSpacing(6)
        column.addWidget(who)
        column.addWidget(self.list, 1)
        scale = self.fontMetrics().height()
        self.body.setMinimumWidth(WIDE * scale // 16)
        self.list.setMinimumHeight(HIGH * scale // 16)
        QWidget.setTabOrder(self.minutes, self.chips)
        self.minutes.setFocus()
        self.minutes.selectAll()

    def _build_minutes(self) -> QHBoxLayout:
        self.minutes = QSpinBox()
        self.minutes.setRange(1, LONGEST)
        self.minutes.setValue(USUAL)
        self.minutes.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.minutes.setMinimumWidth(self.fontMetrics().averageCharWidth() * 10)
        self.minutes.setAccessibleName(self.tr("Minutes late"))
        label = PlainLabel(self.tr("M&inutes late"))
        label.setBuddy(self.minutes)
        self.chips = RovingButtons(len(MINUTES))
        choices = tuple(Choice(str(n), shown.duration(n)) for n in MINUTES)
        self.chips.show_sections((Section("", choices),), MINUTES.index(USUAL))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(label)
        row.addWidget(self.minutes)
        row.addWidget(self.chips, 1)
        return row

    def _connect(self) -> None:
        self.minutes.valueChanged.connect(self._on_minutes)
        self.chips.picked.connect(self._on_chip)
        privacy.listen(self)
        privacy.current().changed.connect(self._look)

    # -- what changes

    @Slot(int)
    def _on_chip(self, index: int) -> None:
        self.minutes.setValue(MINUTES[index])

    @Slot(int)
    def _on_minutes(self, minutes: int) -> None:
        self.chips.choose(MINUTES.index(minutes) if minutes in MINUTES else -1)
        self.banner.clear("late")
        self._look()

    def _look(self) -> None:
        now = datetime.now(UTC)
        self._delays = delays(self._column, self.minutes.value(), now)
        self.list.show_cards([self._card(delay) for delay in self._delays])
        moved = sum(delay.start is not None for delay in self._delays)
        text = self.tr("1 gets a new time")
        if moved != 1:
            text = filled(self.tr("%1 get a new time"), str(moved))
        self._count.setText(text if self._delays else self._nobody())

    def _nobody(self) -> str:
        return self.tr("Gaps absorb the delay.")

    def _card(self, delay: Delay) -> Card:
        visit = delay.appointment
        phone = privacy.phone(visit.client_phone)
        lines = [Line(phone)] if phone else []
        if delay.is_here:
            lines.append(Line(self.tr("here already: tell them"), Ink.SUCCESS))
        state = Line(self.tr("needs another day"), Ink.WARNING)
        if delay.start is not None:
            later = shown.time(delay.start, self._zone)
            text = filled(self.tr("→ %1 (+%2 min)"), later, str(delay.minutes))
            state = Line(text, Ink.NORMAL)
        clock = shown.time(visit.start, self._zone)
        number, name = visit.appointment_id, privacy.name(visit.client_name)
        return Card(number, clock, name, state, tuple(lines), delay)

    def _on_read(self, column: ProviderDay) -> None:
        self._column = column
        self._look()

    def _on_not_read(self, error: DeskError) -> None:
        self.banner.say(notices.words(error))


def _verbs() -> Verbs:
    translate = QCoreApplication.translate
    return Verbs(
        go=translate("LateDialog", "&Move and tell them"),
        busy=translate("LateDialog", "Moving…"),
        leave=translate("LateDialog", "Close"),
    )
