"""What the dialogs of series share: dates are looked at, then decided on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QStackedLayout, QVBoxLayout, QWidget

from desk_app.errors import DatesTaken, Refused
from desk_app.ui import notices
from desk_app.ui.dialogs.frame import DeskDialog, Verbs
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.dialogs.set_aside import SetAside
from desk_app.ui.notice_bar import Action, announce
from desk_app.ui.plain import PlainLabel
from desk_app.ui.series.dates_list import DatesList
from desk_app.ui.series.dates_model import Dates
from desk_app.ui.series.dates_words import DatesWords, counted
from desk_app.ui.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.domain.series import Planned
    from desk_app.errors import DeskError

WIDE, HIGH = 560, 250


class DatesDialog(DeskDialog):
    """A list of dates over the buttons; Enter first leads to what is undecided."""

    def __init__(
        self,
        verbs: Verbs,
        words: DatesWords,
        plan: Callable[..., None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(verbs, parent)
        self._line = Latest(plan, self._on_planned, self._on_not_planned, self)
        self._goes_when_looked = False
        self._role = words.role
        self.dates = Dates(words, self)
        self.dates.changed.connect(self._on_dates)

    @property
    def said(self) -> str:
        """What is said about all dates, or in their place."""
        return self._count.text()

    # -- what a dialog of this kind says for itself

    def plan(self) -> None:
        """Ask how the dates stand."""
        raise NotImplementedError

    def carry_out(self) -> None:
        """Send the dates that were decided on."""
        raise NotImplementedError

    def complains(self) -> bool:
        """Say what is missing besides dates; False if nothing is."""
        return False

    # -- what it uses

    def look_at(self, wish: object) -> None:
        """Ask for the dates of a wish; older questions count no more."""
        self.banner.clear("plan")
        self._count.setText(self.tr("Looking at the dates…"))
        self._line.ask(wish)

    def submit(self) -> None:
        """Carry it out; or say what is missing, or lead to what is undecided."""
        if self.complains() or self.aside.complain_of_gaps():
            return
        self._goes_when_looked = self._line.is_waiting
        if self._goes_when_looked:
            return
        if self.list.go_to_open():
            title = self.tr("Some dates are not free")
            step = self.tr(
                "Press 1, 2 or 3 for another time, A to take it anyway,"
                " 0 to leave it out."
            )
            self.banner.say(Words(title, next_step=step), topic="plan")
            self.grow()
        elif not self.dates.starts:
            self.banner.say(Words(self.tr("No date is left")), topic="plan")
        else:
            self.carry_out()

    def show_refusal(self, error: DeskError) -> None:
        """Look again if some dates were taken meanwhile; what is decided stays."""
        said = notices.words(error)
        if isinstance(error, DatesTaken):
            words = self.dates.words
            taken = ", ".join(words.when(start) for start in error.starts)
            step = self.tr("Nothing was booked yet. Choose other times for these.")
            said = Words(self.tr("Not free any more: %1").replace("%1", taken), step)
        self.plan()
        self.banner.say(said, topic="refused")

    def build_dates(self) -> QWidget:
        """Return the list with the line below it."""
        self.list = DatesList(self.dates)
        self.aside = SetAside(self._role)
        self._hint = PlainLabel()
        self._hint.setMargin(14)
        self._hint.setWordWrap(True)
        set_ink(self._hint, Ink.MUTED)
        frame = QFrame()
        frame.setObjectName("clientPage")
        self._pages = QStackedLayout(frame)
        self._pages.addWidget(self._hint)
        self._pages.addWidget(self.list)
        self._count = PlainLabel()
        set_ink(self._count, Ink.MUTED)
        self.footer.insertWidget(0, self._count)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        label = PlainLabel(self.tr("&Dates"))
        label.setBuddy(self.list)
        column.addWidget(label)
        column.addWidget(frame, 1)
        column.addWidget(self.aside)
        scale = self.fontMetrics().height()
        whole.setMinimumWidth(WIDE * scale // 16)
        whole.setMinimumHeight(HIGH * scale // 16)
        return whole

    def shown_dates(self, planned: tuple[Planned, ...]) -> tuple[Planned, ...]:
        """Return which of the dates are shown."""
        return planned

    def _on_planned(self, planned: Any) -> None:
        self.dates.show_dates(self.shown_dates(planned))
        has_dates = bool(self.dates.rows)
        self._pages.setCurrentWidget(self.list if has_dates else self._hint)
        self._hint.setText("" if has_dates else self.tr("There are no dates."))
        announce(self.list, self._count.text())
        if self._goes_when_looked:
            self._goes_when_looked = False
            self.submit()

    def _on_not_planned(self, error: DeskError) -> None:
        self._goes_when_looked = False
        self._count.setText(self.tr("The dates could not be looked at."))
        again = Action(self.tr("Try again"), self.plan)
        self.banner.say(notices.words(error), [again], topic="plan")

    @Slot()
    def _on_dates(self) -> None:
        rows = self.dates.rows
        open_ = sum(row.is_open for row in rows)
        left_out = sum(row.left_out for row in rows)
        self._count.setText(counted(len(self.dates.starts), open_, left_out))
        set_ink(self._count, Ink.WARNING if open_ else Ink.MUTED)
        if not open_:
            self.banner.clear("plan")
        self.aside.show_rules([Refused(word) for word in self.dates.set_aside], "")
        self.grow()
