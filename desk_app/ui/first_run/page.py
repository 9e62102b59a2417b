"""The first run in place of the schedule: steps at the left, one of them shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desk_app.errors import Invalid
from desk_app.ui import notices
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.first_run.draft import Draft, tr
from desk_app.ui.first_run.holidays_step import HolidaysStep
from desk_app.ui.first_run.hours_step import HoursStep
from desk_app.ui.first_run.people_step import PeopleStep
from desk_app.ui.first_run.practice_step import PracticeStep
from desk_app.ui.first_run.ready_step import ReadyStep
from desk_app.ui.first_run.services_step import ServicesStep
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent

    from desk_app.errors import DeskError
    from desk_app.ui.first_run.draft import Facts
    from desk_app.ui.first_run.step import Step

WIDE, NARROW, MARGIN = 680, 190, 28


class FirstRunPage(QWidget):
    """Enter goes on, Esc goes back; nothing is written before the last button.

    Signals:
        wanted: the practice shall be set up as entered (`Draft`).
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft = Draft()
        self._is_busy = False
        self._build()
        self._connect()

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.steps[self._pages.currentIndex()]

    @property
    def is_busy(self) -> bool:
        """Whether the practice is being set up."""
        return self._is_busy

    def set_facts(self, facts: Facts) -> None:
        """Begin with what is known of the practice."""
        self.draft = Draft(facts)
        self._show(0)

    def begin(self) -> None:
        """Put the keyboard where the step begins."""
        self.step.begin()
        if self.step is self.steps[-1]:
            self.go.setFocus()

    def show_busy(self) -> None:
        """Keep everything as it is until it is known whether that worked."""
        self._set_busy(busy=True)

    def show_refusal(self, error: DeskError) -> None:
        """Say what is wrong, at its field where there is one."""
        self._set_busy(busy=False)
        said = notices.words(error)
        if isinstance(error, Invalid):
            for place, step in enumerate(self.steps):
                if step.complain(error.field, said.text or said.title):
                    self._pages.setCurrentIndex(place)
                    self._show_place()
                    step.begin()
                    return
        self.banner.say(said)
        self.go.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.begin()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._on_go()
        elif event.key() == Qt.Key.Key_Escape and self._pages.currentIndex():
            self._on_back()
        else:
            super().keyPressEvent(event)

    # -- building

    def _build(self) -> None:
        self.holidays = HolidaysStep()
        self.steps: tuple[Step, ...] = (
            PracticeStep(),
            PeopleStep(),
            ServicesStep(),
            HoursStep(),
            self.holidays,
            ReadyStep(),
        )
        self._pages = QStackedWidget()
        for step in self.steps:
            self._pages.addWidget(step)
        self.banner = Banner()
        self.back, self.go = PromptButton(tr("&Back")), PromptButton("")
        self.go.setProperty("primary", "true")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._build_places())
        row.addWidget(self._build_middle(), 1)

    def _build_places(self) -> QFrame:
        """Show where one is, and what is still to come."""
        frame = QFrame()
        frame.setObjectName("dialogHead")
        frame.setFixedWidth(NARROW * self.fontMetrics().height() // 16)
        column = QVBoxLayout(frame)
        column.setContentsMargins(MARGIN, MARGIN, 12, MARGIN)
        column.setSpacing(14)
        names = (
            tr("Practice"),
            tr("People"),
            tr("Services"),
            tr("Hours"),
            tr("Holidays"),
            tr("Ready"),
        )
        self._places = [
            PlainLabel(f"{place}  {name}") for place, name in enumerate(names, start=1)
        ]
        for label in self._places:
            column.addWidget(label)
        column.addStretch(1)
        return frame

    def _build_middle(self) -> QScrollArea:
        buttons = QHBoxLayout()
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.go)
        middle = QWidget()
        middle.setMaximumWidth(WIDE * self.fontMetrics().height() // 16)
        policy = QSizePolicy.Policy
        middle.setSizePolicy(policy.Expanding, policy.Preferred)
        column = QVBoxLayout(middle)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(16)
        column.addWidget(self._pages)
        column.addWidget(self.banner)
        column.addLayout(buttons)
        column.addStretch(1)
        whole = QWidget()
        across = QHBoxLayout(whole)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch(1)
        across.addWidget(middle, 6)
        across.addStretch(2)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(whole)
        return area

    def _connect(self) -> None:
        self.go.clicked.connect(self._on_go)
        self.back.clicked.connect(self._on_back)
        for step in self.steps:
            step.done.connect(self._on_go)

    # -- from step to step

    @Slot()
    def _on_go(self) -> None:
        if self._is_busy:
            return
        entered = self.step.entered(self.draft)
        if entered is None:
            return
        self.draft = entered
        if self.step is self.steps[0]:
            # Known by the time it is their turn.
            self.holidays.show_draft(entered)
        if self.step is self.steps[-1]:
            self.banner.clear()
            self.wanted.emit(self.draft)
        else:
            self._show(self._pages.currentIndex() + 1)

    @Slot()
    def _on_back(self) -> None:
        if not self._is_busy and self._pages.currentIndex():
            self._show(self._pages.currentIndex() - 1)

    def _show(self, place: int) -> None:
        self.draft = self.draft.with_offers()
        self.banner.clear()
        self.steps[place].show_draft(self.draft)
        self._pages.setCurrentIndex(place)
        self._show_place()
        self.begin()

    def _show_place(self) -> None:
        place = self._pages.currentIndex()
        for number, label in enumerate(self._places):
            font = QFont(self.font())
            font.setBold(number == place)
            label.setFont(font)
            set_ink(label, Ink.NORMAL if number == place else Ink.MUTED)
        self.back.setVisible(place > 0)
        is_last = place == len(self.steps) - 1
        self.go.setText(tr("&Set up the practice") if is_last else tr("&Next"))

    def _set_busy(self, *, busy: bool) -> None:
        self._is_busy = busy
        for widget in (self._pages, self.back, self.go):
            widget.setEnabled(not busy)
        self.go.setText(tr("Setting up…") if busy else tr("&Set up the practice"))
