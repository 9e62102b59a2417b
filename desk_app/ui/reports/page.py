"""Reports in place of the schedule: which at the left, and what it says."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desk_app.domain.reports.asking import CountedQuery, ReportQuery
from desk_app.domain.reports.periods import PeriodChoice
from desk_app.ui import icons, notices
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.notice_bar import Action, announce
from desk_app.ui.plain import ElidedLabel
from desk_app.ui.reports.body import Body
from desk_app.ui.reports.filters import Filters
from desk_app.ui.reports.kinds import Kinds
from desk_app.ui.reports.told import told
from desk_app.ui.start_page import StartPage
from desk_app.ui.words import Words

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from desk_app.domain.reports.asking import Report
    from desk_app.errors import DeskError
    from desk_app.ui.reports.charts import Goal, Told

# Arrows pass reports by on their way to the wanted one.
SOON_MS = 120
# What takes longer is said to take time, and can be left.
NOTICED_MS = 700
_ICON = 16


class ReportsPage(QWidget):
    """Asks for a report whenever something else is chosen.

    Signals:
        wanted: a report is to be counted (`ReportQuery`).
        given_up: the report that is being counted is no longer wanted.
        day_chosen: the schedule of a day is wanted (date).
        visits_wanted: what a figure counted is wanted (`CountedQuery`, the figure).
        left: the schedule is wanted again.
    """

    wanted = Signal(object)
    given_up = Signal()
    day_chosen = Signal(object)
    visits_wanted = Signal(object, str)
    left = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.report: Report | None = None
        self.told: Told | None = None
        self._is_counting = False
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._noticed = QTimer(self, singleShot=True, interval=NOTICED_MS)
        self._build(today)
        self._connect()

    @property
    def query(self) -> ReportQuery | None:
        """What is chosen, None while the two dates are not in order."""
        period, filters = self.filters.period, self.filters
        if period is None:
            return None
        return ReportQuery(
            self.kinds.kind, period, filters.provider_id, filters.service
        )

    @property
    def is_counting(self) -> bool:
        """Whether a report is on its way."""
        return self._is_counting

    @Slot()
    def ask(self) -> None:
        """Ask for what is chosen."""
        self._soon.stop()
        query = self.query
        if query is None:
            self._set_counting(is_counting=False)
            self._say(self.tr("The last day is before the first."))
            return
        self._set_counting(is_counting=True)
        self.wanted.emit(query)

    def show_report(self, report: Report) -> None:
        """Show what was counted, or say why there is nothing to see."""
        self._set_counting(is_counting=False)
        self.report, self.told = report, told(report)
        self.filters.offer(report.providers, report.services, is_own=report.is_own)
        if self.told.charts:
            self.body.show_told(self.told, report)
            self._stack.setCurrentWidget(self.body)
            announce(self, f"{self.told.title}: {self.body.head.spoken}")
        else:
            said = Words(self.told.empty, self.told.advice)
            self.instead.show_empty("clipboard-list", said, self._next_step())
            self._stack.setCurrentWidget(self.instead)
        self.saving.setEnabled(bool(self.told.charts))

    def complain(self, error: DeskError) -> None:
        """Say why nothing was counted."""
        self._set_counting(is_counting=False)
        again = Action(self.tr("Try again"), self.ask)
        self._stack.setCurrentWidget(self.instead)
        self.instead.show_problem(notices.cannot_show(error), [again])

    def clear(self) -> None:
        """Forget what was counted, and for whom."""
        self.report = self.told = None
        self._soon.stop()
        self.filters.clear()
        self._set_counting(is_counting=False)
        self._stack.setCurrentWidget(self._nothing)
        self.saving.setEnabled(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the report the most of a narrow window."""
        super().resizeEvent(event)
        self.kinds.set_room(event.size().width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._is_counting:
            self._give_up()
        else:
            self.left.emit()

    def _build(self, today: date) -> None:
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.kinds, self.filters = Kinds(), Filters(today)
        self.body, self.instead = Body(), StartPage()
        self._nothing = QWidget()
        self._stack = QStackedWidget()
        for page in (self._nothing, self.body, self.instead):
            self._stack.addWidget(page)
        self.saving = icons.button("printer", self.tr("Copy, print or save (Ctrl+S)"))
        self.saving.setText(self.tr("Copy and save"))
        # Wider than the picture, so that the words do not touch it.
        self.saving.setIconSize(QSize(_ICON + 6, _ICON))
        self.saving.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.saving.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.saving.setEnabled(False)
        self._close = icons.button("x", self.tr("Back to the schedule (Esc)"))
        self._state = ElidedLabel()
        set_ink(self._state, Ink.MUTED)
        self._cancel = QPushButton(self.tr("Cancel (Esc)"))
        self._lay_out()
        self._set_tab_order()
        self.setFocusProxy(self.kinds)
        self._show_busy(is_busy=False)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.filters, 1)
        for button in (self.saving, self._close):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._busy = QWidget()
        busy = QHBoxLayout(self._busy)
        busy.setContentsMargins(0, 0, 0, 0)
        busy.addWidget(self._state, 1)
        busy.addWidget(self._cancel)
        right = QVBoxLayout()
        right.setContentsMargins(16, 10, 12, 12)
        right.setSpacing(10)
        right.addLayout(top)
        right.addWidget(self._busy)
        right.addWidget(self._stack, 1)
        edge = QFrame()
        edge.setObjectName("edge")
        edge.setFixedWidth(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.kinds)
        row.addWidget(edge)
        row.addLayout(right, 1)

    def _set_tab_order(self) -> None:
        """Let Tab go from what is asked for to what is said, then to the buttons."""
        stops = (
            self.kinds.list,
            *self.filters.stops,
            self.body.tabs,
            self.body.picture,
            self.body.table,
            self.saving,
            self._close,
        )
        for one, other in pairwise(stops):
            self.setTabOrder(one, other)

    def _connect(self) -> None:
        self.kinds.chosen.connect(self._on_changed)
        self.kinds.entered.connect(self.body.picture.setFocus)
        self.filters.changed.connect(self._on_changed)
        self._soon.timeout.connect(self.ask)
        self.body.chosen.connect(self._on_chosen)
        self._close.clicked.connect(self.left)
        self._cancel.clicked.connect(self._give_up)
        self._noticed.timeout.connect(self._on_noticed)

    @Slot()
    def _on_changed(self) -> None:
        self.given_up.emit()
        self._set_counting(is_counting=True)
        self._soon.start()

    def _set_counting(self, *, is_counting: bool) -> None:
        self._is_counting = is_counting
        if is_counting:
            self._noticed.start()
        else:
            self._noticed.stop()
            self._show_busy(is_busy=False)

    @Slot()
    def _on_noticed(self) -> None:
        self._show_busy(is_busy=True)

    def _show_busy(self, *, is_busy: bool) -> None:
        self._busy.setVisible(is_busy)
        self._cancel.setVisible(is_busy)
        self._state.setText(self.tr("Counting…") if is_busy else "")

    def _say(self, text: str) -> None:
        """Say a line above what is shown."""
        self._busy.show()
        self._cancel.hide()
        self._state.setText(text)
        announce(self, text)

    def _next_step(self) -> Action:
        """Return what may lead to something to see."""
        filters = self.filters
        if filters.service or (filters.provider_id and not self._is_own):
            return Action(self.tr("Take the filters away"), self._take_filters_away)
        if filters.choice is not PeriodChoice.LAST_12_MONTHS:
            return Action(self.tr("Show the last 12 months"), self._look_farther)
        return Action(self.tr("Back to the schedule"), self.left.emit)

    @property
    def _is_own(self) -> bool:
        return self.report is not None and self.report.is_own

    def _take_filters_away(self) -> None:
        self.filters.set_provider(None)
        self.filters.set_service("")

    def _look_farther(self) -> None:
        self.filters.set_choice(PeriodChoice.LAST_12_MONTHS)

    @Slot()
    def _give_up(self) -> None:
        self._soon.stop()
        self._set_counting(is_counting=False)
        self._say(self.tr("Stopped. Choose anything to count again."))
        self.given_up.emit()

    @Slot(object)
    def _on_chosen(self, goal: Goal) -> None:
        """Go where a value leads: to one provider, one service, a week, or visits."""
        if goal.provider_id is not None:
            self.filters.set_provider(goal.provider_id)
        elif goal.service:
            self.filters.set_service(goal.service)
        elif goal.day is not None:
            self.day_chosen.emit(goal.day)
        elif goal.hours and self.report is not None:
            asked = CountedQuery(self.report.query, goal.hours)
            self.visits_wanted.emit(asked, self.body.said)
