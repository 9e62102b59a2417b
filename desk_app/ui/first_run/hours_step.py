"""When they work: one line for everybody, or one for each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from desk_app.domain.hours_text import text_of, windows_of
from desk_app.errors import Invalid
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.first_run.draft import Week, tr
from desk_app.ui.first_run.step import Step
from desk_app.ui.phrases import filled
from desk_app.ui.plain import ElidedLabel, PlainLabel
from desk_app.ui.waitlist.weekdays import Weekdays

if TYPE_CHECKING:
    from desk_app.ui.first_run.draft import Draft

USUAL = "9-12, 13-17"
DAYS_WIDE = 20


class HoursStep(Step):
    """Weekdays to tick and times to type."""

    field = "hours"

    def __init__(self) -> None:
        super().__init__(
            tr("When are they there?"),
            tr(
                "The usual week. Breaks are what is left out between two times. Other"
                " weeks, holidays and exceptions come later, in the practice's pages."
            ),
        )
        self.same = QCheckBox(tr("The &same hours for everybody"))
        self.same.setChecked(True)
        self.rows: list[_Row] = []
        self._table: QWidget | None = None
        self._names: tuple[str, ...] = ()
        self.column.addWidget(self.same)
        self.column.addWidget(self.complaint)
        self.same.toggled.connect(self._show_rows)

    def show_draft(self, draft: Draft) -> None:
        self._names = tuple(person.name for person in draft.people)
        self.same.setVisible(len(self._names) > 1)
        weeks = draft.weeks or (Week(windows=windows_of(USUAL)),)
        if len({*weeks}) > 1:
            self.same.setChecked(False)
        self._lay_out(weeks)

    def entered(self, draft: Draft) -> Draft | None:
        weeks = []
        for row in self.rows:
            try:
                weeks.append(row.week())
            except Invalid as error:
                self.complain("hours", str(error))
                row.times.setFocus()
                return None
        if self.same.isChecked() or len(weeks) == 1:
            weeks = weeks[:1] * len(draft.people)
        return replace(draft, weeks=tuple(weeks))

    def begin(self) -> None:
        self.rows[0].times.setFocus()
        self.rows[0].times.selectAll()

    @Slot()
    def _show_rows(self) -> None:
        """Begin everybody's hours as those of the first."""
        if self.rows:
            self._lay_out((self.rows[0].typed(),))

    def _lay_out(self, weeks: tuple[Week, ...]) -> None:
        if self._table is not None:
            self._table.deleteLater()
        self._table, self.rows = QWidget(), []
        grid = QGridLayout(self._table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        is_one = self.same.isChecked() or len(self._names) == 1
        names = self._names[:1] if is_one else self._names
        for place, name in enumerate(names):
            row = _Row(weeks[min(place, len(weeks) - 1)], "" if is_one else name)
            row.times.textEdited.connect(self.complaint.clear_words)
            self.rows.append(row)
            if not is_one:
                grid.addWidget(ElidedLabel(name), place, 0)
            grid.addWidget(row.days, place, 1)
            grid.addWidget(row.times, place, 2)
        said = PlainLabel(tr("For example 9-12, 13-17 or 8:30-16:00."))
        set_ink(said, Ink.MUTED)
        grid.addWidget(said, len(names), 2)
        self.column.insertWidget(self.column.count() - 1, self._table)


class _Row:
    """The weekdays and times of somebody."""

    def __init__(self, week: Week, name: str) -> None:
        whose = name or tr("everybody")
        self.days, self.times = Weekdays(), QLineEdit(text_of(week.windows))
        self.days.tick(week.weekdays)
        self.days.setMinimumWidth(self.days.fontMetrics().height() * DAYS_WIDE)
        self.days.setAccessibleName(filled(tr("Weekdays of %1"), whose))
        self.times.setAccessibleName(filled(tr("Times of %1"), whose))

    def week(self) -> Week:
        """Return what is entered; raises Invalid."""
        return Week(self.days.ticked, windows_of(self.times.text()))

    def typed(self) -> Week:
        """Return the same, with the usual times where they cannot be read."""
        try:
            return self.week()
        except Invalid:
            return Week(self.days.ticked, windows_of(USUAL))
