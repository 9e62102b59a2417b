"""Free times to choose from: a week of days, and the times of one of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desk_app.ui import format as shown
from desk_app.ui import icons, notices
from desk_app.ui.dialogs import offers, times_words
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.dialogs.ports import OpeningsWanted
from desk_app.ui.dialogs.roving import RovingButtons
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from desk_app.domain.people import Service
    from desk_app.domain.slots import Opening
    from desk_app.errors import DeskError
    from desk_app.ui.dialogs.offers import FreeTime
    from desk_app.ui.dialogs.ports import Failed, Screen, Then

WEEK = 7
FAR = 120
BLANK_AFTER_MS = 120
COLUMNS = 5


class TimesPanel(QWidget):
    """Asks for free times and shows them by day; a picked one is told at once."""

    picked = Signal(object)
    looked = Signal()
    failed = Signal(object)

    def __init__(
        self,
        screen: Screen,
        openings: Callable[[OpeningsWanted, Then[tuple[Opening, ...]], Failed], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._line = Latest(openings, self._on_openings, self._on_failed, self)
        self._far = Latest(openings, self._on_far, self._on_failed, self)
        self._services: tuple[Service, ...] = ()
        self._prefer: int | None = None
        self._first = self._day = self.today
        self._chosen: datetime | None = None
        self._days: dict[date, tuple[FreeTime, ...]] = {}
        self._next: FreeTime | None = None
        self._is_look = False
        # A quick answer takes the place of old times without a blank in between.
        self._patience = QTimer(self, singleShot=True, interval=BLANK_AFTER_MS)
        self._build()
        self._connect()
        self._show()

    @property
    def is_looking(self) -> bool:
        """Whether an answer is on its way."""
        return self._line.is_waiting or self._far.is_waiting

    @property
    def today(self) -> date:
        """Today in the practice."""
        return self._screen.now.astimezone(self._screen.zone).date()

    @property
    def times(self) -> tuple[FreeTime, ...]:
        """The free times of the days shown, in order; the next one if there is none."""
        found = tuple(free for day in sorted(self._days) for free in self._days[day])
        return found or ((self._next,) if self._next else ())

    @property
    def head_height(self) -> int:
        """The height of the line above the days."""
        return self._earlier.sizeHint().height()

    @property
    def said(self) -> str:
        """What stands in place of times when there are none."""
        return self._said.text()

    @property
    def strip(self) -> RovingButtons:
        """The days."""
        return self._strip

    @property
    def chips(self) -> RovingButtons:
        """The times of the chosen day."""
        return self._chips

    @property
    def inputs(self) -> tuple[QWidget, ...]:
        """The widgets that take the focus, in order."""
        return self._earlier, self._later, self._strip, self._chips, self._next_button

    def look(
        self,
        services: Sequence[Service],
        around: datetime | date | None,
        prefer: int | None,
    ) -> None:
        """Look for free times of `services` in the week from `around` or its day.

        Of several providers free at a time, `prefer` comes first. `looked` follows.
        """
        self._services, self._prefer = tuple(services), prefer
        day = around or self.today
        if isinstance(day, datetime):
            day = self._local_day(day)
        if not self._first <= day < self._first + timedelta(days=WEEK):
            self._first = max(day, self.today)
        self._day, self._is_look = max(day, self._first), True
        self._ask()

    def at(self, start: datetime) -> FreeTime | None:
        """Return the free time that starts then."""
        return next((free for free in self.times if free.start == start), None)

    def choose(self, start: datetime | None) -> None:
        """Mark a time, and show its day, without telling anybody."""
        self._chosen = start
        if start is not None and self._local_day(start) in self._days:
            self._day = self._local_day(start)
        self._show()

    # -- building

    def _build(self) -> None:
        label = PlainLabel(self.tr("Free &times"))
        self._range = PlainLabel()
        set_ink(self._range, Ink.MUTED)
        self._earlier = self._arrow("chevron-left", self.tr("Earlier days"))
        self._later = self._arrow("chevron-right", self.tr("Later days"))
        head = QHBoxLayout()
        head.addWidget(label)
        head.addStretch(1)
        for widget in (self._range, self._earlier, self._later):
            head.addWidget(widget)
        self._strip = RovingButtons(WEEK)
        self._strip.setAccessibleName(self.tr("Days"))
        label.setBuddy(self._strip)
        self._chips = RovingButtons(COLUMNS)
        self._chips.setAccessibleName(self.tr("Times"))
        self._said = PlainLabel()
        self._said.setWordWrap(True)
        set_ink(self._said, Ink.MUTED)
        self._next_button = QPushButton()
        self._next_button.setAutoDefault(False)
        self._next_button.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._strip)
        layout.addSpacing(8)
        layout.addWidget(self._scrolled(), 1)

    def _scrolled(self) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("times")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 2, 2, 2)
        column.setSpacing(8)
        column.addWidget(self._said)
        column.addWidget(self._next_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._chips)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inside)
        return self._area

    def _arrow(self, picture: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icons.icon(picture))
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setProperty("small", True)
        return button

    def _connect(self) -> None:
        self._patience.timeout.connect(self._forget)
        self._earlier.clicked.connect(self._on_earlier)
        self._later.clicked.connect(self._on_later)
        self._strip.picked.connect(self._on_day)
        self._strip.walked_off.connect(self._turn)
        self._strip.page_wished.connect(self._turn)
        self._strip.walked_over.connect(self._go_down)
        self._chips.walked_over.connect(self._go_up)
        self._chips.picked.connect(self._on_time)
        self._chips.walked_off.connect(self._step_day)
        self._chips.page_wished.connect(self._step_day)
        self._next_button.clicked.connect(self._on_next)

    # -- asking

    def _ask(self) -> None:
        self._patience.start()
        ids = tuple(service.service_id for service in self._services)
        # A provider elsewhere may have another date at the same time.
        margin = timedelta(days=1 if self._is_elsewhere() else 0)
        first = self._first - margin
        days = WEEK + 2 * margin.days
        self._line.ask(OpeningsWanted(ids, first, days))

    def _is_elsewhere(self) -> bool:
        ids = {service.provider_id for service in self._services}
        return any(
            provider.provider_id in ids
            and ZoneInfo(provider.timezone) != self._screen.zone
            for provider in self._screen.catalogue.providers
        )

    def _on_openings(self, openings: tuple[Opening, ...]) -> None:
        self._patience.stop()
        self._next = None
        times = offers.free_times(openings, self._prefer)
        last = self._first + timedelta(days=WEEK)
        days = offers.by_day(times, self._screen.zone)
        self._days = {d: free for d, free in days.items() if self._first <= d < last}
        if not self._days and self._services:
            ids = tuple(service.service_id for service in self._services)
            self._far.ask(OpeningsWanted(ids, last, FAR, limit=1))
        self._settle()

    def _on_far(self, openings: tuple[Opening, ...]) -> None:
        found = offers.free_times(openings, self._prefer)
        self._next = next(iter(found), None)
        self._settle()

    def _settle(self) -> None:
        if self._day not in self._days and self._chosen is None:
            self._day = min(self._days, default=self._day)
        self._show()
        if self._is_look and not self._far.is_waiting:
            self._is_look = False
            self.looked.emit()

    def _on_failed(self, error: DeskError) -> None:
        self._is_look = False
        self._patience.stop()
        self._forget()
        said = notices.words(error)
        self._said.setText(f"{said.title}. {said.next_step}".strip())
        self.failed.emit(error)

    @Slot()
    def _forget(self) -> None:
        """Take the times of another question away."""
        self._days, self._next = {}, None
        self._show()

    # -- showing

    def _show(self) -> None:
        days = [self._first + timedelta(days=n) for n in range(WEEK)]
        span = f"{shown.short_date(days[0])} – {shown.short_date(days[-1])}"
        if self._is_elsewhere():
            whose = filled(self.tr("%1 time"), shown.place(self._screen.zone))
            span = f"{whose} · {span}"
        self._range.setText(span)
        counts = {day: len(self._days.get(day, ())) for day in days}
        choices = times_words.days(counts, is_looking=self.is_looking)
        at = days.index(self._day) if self._day in days else -1
        self._strip.show_sections((choices,), at)
        self._earlier.setEnabled(self._first > self.today)
        self._show_times()

    def _show_times(self) -> None:
        times = self._days.get(self._day, ())
        self._said.setVisible(not times)
        self._said.setText(self._nothing_free())
        self._next_button.setVisible(not times and self._next is not None)
        if self._next is not None:
            when = shown.moment(self._next.start, self._screen.zone, self.today)
            text = filled(self.tr("Next free time: %1"), when)
            self._next_button.setText(text)
        starts = [free.start for free in times]
        at = starts.index(self._chosen) if self._chosen in starts else -1
        self._chips.show_sections(times_words.sections(times, self._screen), at)
        if at >= 0:
            self._area.ensureWidgetVisible(self._chips.chip(at))

    def _nothing_free(self) -> str:
        if self.is_looking:
            return self.tr("Looking for free times…")
        if self._days or self._next is not None:
            return self.tr("No free time on this day.")
        return self.tr("No free time in the weeks ahead.")

    def _local_day(self, instant: datetime) -> date:
        return instant.astimezone(self._screen.zone).date()

    # -- what a person does

    @Slot(int)
    def _on_day(self, index: int) -> None:
        self._day = self._first + timedelta(days=index)
        self._show_times()

    @Slot(int)
    def _on_time(self, index: int) -> None:
        if self.is_looking:
            return  # What is still shown may be of another service.
        free = self._days[self._day][index]
        self._chosen = free.start
        self._area.ensureWidgetVisible(self._chips.chip(index))
        self.picked.emit(free)

    @Slot()
    def _on_next(self) -> None:
        free = self._next
        if free is not None and not self.is_looking:
            self._first = self._day = self._local_day(free.start)
            self._chosen = free.start
            self._ask()
            self.picked.emit(free)

    @Slot()
    def _on_earlier(self) -> None:
        self._turn(-1)

    @Slot()
    def _on_later(self) -> None:
        self._turn(1)

    @Slot(int)
    def _turn(self, weeks: int) -> None:
        """Show another week; the day before or after this one, if walked there."""
        first = max(self._first + timedelta(days=WEEK * weeks), self.today)
        if first != self._first:
            self._first = first
            self._day = first if weeks > 0 else first + timedelta(days=WEEK - 1)
            self._ask()

    @Slot(int)
    def _go_down(self, rows: int) -> None:
        """Go from the days to the times of the chosen one."""
        if rows > 0 and self._chips.count:
            self._chips.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def _go_up(self, rows: int) -> None:
        """Go from the first row of times to the days."""
        if rows < 0:
            self._strip.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def _step_day(self, days: int) -> None:
        """Go to the next or the last day that has free times."""
        ahead = [d for d in sorted(self._days) if (d > self._day) == (days > 0)]
        ahead = [d for d in ahead if d != self._day]
        if not ahead:
            self._turn(days)
            return
        self._day = ahead[0] if days > 0 else ahead[-1]
        self._show()
        self._chips.setFocus(Qt.FocusReason.OtherFocusReason)
