"""The dates of a series as rows, each with what a person has decided about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from desk_app.domain.series import Planned
    from desk_app.ui.series.dates_words import DatesWords

RowRole = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """One date as it is drawn.

    `start` is what would be booked, None if nothing: it is `left_out`, or nobody has
    decided yet. `picked` is the number of the alternative that was chosen, 0 for the
    date itself; it is taken `anyway` where rules are set aside for it.
    """

    planned: Planned
    date: str
    before: str
    against: str
    choices: tuple[str, ...]
    start: datetime | None
    picked: int = 0
    left_out: bool = False
    anyway: bool = False

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide."""
        return self.start is None and not self.left_out


class Dates(QAbstractListModel):
    """The dates; `changed` tells that something was decided, or that they are new."""

    changed = Signal()

    def __init__(self, words: DatesWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self._rows: list[Row] = []

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows."""
        return tuple(self._rows)

    @property
    def starts(self) -> tuple[datetime, ...]:
        """What would be booked, in order."""
        return tuple(sorted(row.start for row in self._rows if row.start is not None))

    def show_dates(self, planned: Sequence[Planned]) -> None:
        """Show dates; what was decided about a day counts where it still can."""
        decided = {row.planned.day: row for row in self._rows}
        self.beginResetModel()
        self._rows = [
            _again(self._row(each), decided.get(each.day)) for each in planned
        ]
        self.endResetModel()
        self.changed.emit()

    def pick(self, number: int, choice: int) -> bool:
        """Take one of the other times (1, 2, 3) of a row; False if there is none."""
        row = self._rows[number]
        if not 1 <= choice <= len(row.choices):
            return False
        start = row.planned.alternatives[choice - 1].start
        self._put(number, _decided(row, start, choice))
        return True

    @property
    def set_aside(self) -> tuple[str, ...]:
        """The rules that are set aside for some of the dates."""
        found = [
            objection.policy
            for row in self._rows
            if row.anyway
            for objection in row.planned.against
        ]
        return tuple(dict.fromkeys(found))

    def take_anyway(self, number: int) -> bool:
        """Take a date though rules speak against it; False if this person may not."""
        row = self._rows[number]
        if not self.words.may_take_anyway(row.planned):
            return False
        start = row.planned.start
        self._put(number, replace(_decided(row, start, 0), anyway=True))
        return True

    def switch(self, number: int) -> None:
        """Leave a date out, or take it in again as far as it is free."""
        row = self._rows[number]
        if row.left_out:
            start = row.planned.start if row.planned.is_free else None
            self._put(number, _decided(row, start, 0))
        else:
            self._put(number, _decided(row, None, 0, left_out=True))

    def first_open(self, after: int = -1) -> int:
        """Return the first row after `after` to decide on, then from the top; or -1."""
        open_ = [number for number, row in enumerate(self._rows) if row.is_open]
        later = [number for number in open_ if number > after]
        return next(iter(later or open_), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many dates there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Look a row up, or its words."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == RowRole:
            return row
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return self.spoken(row)
        return None

    def state(self, row: Row) -> str:
        """Return in a few words how a row stands."""
        if row.left_out:
            return self.words.leaving_out()
        if row.anyway:
            return self.tr("anyway")
        if row.picked:
            chosen = row.choices[row.picked - 1]
            return filled(self.tr("%1 instead"), chosen)
        return self.tr("free") if row.start is not None else self.tr("not free")

    def spoken(self, row: Row) -> str:
        """Return everything about a row."""
        parts = [part for part in (row.before, row.date) if part]
        said = [" → ".join(parts), self.state(row), row.against]
        said += [f"{n} {text}" for n, text in enumerate(row.choices, start=1)]
        return ". ".join(part for part in said if part)

    def _row(self, planned: Planned) -> Row:
        words = self.words
        return Row(
            planned,
            words.place(planned),
            words.before(planned),
            words.against(planned),
            words.choices(planned),
            planned.start if planned.is_free else None,
        )

    def _put(self, number: int, row: Row) -> None:
        self._rows[number] = row
        index = self.index(number, 0)
        self.dataChanged.emit(index, index)
        self.changed.emit()


def _again(row: Row, before: Row | None) -> Row:
    """Decide about a date as before, where that still can be."""
    if before is None:
        return row
    if before.left_out:
        return _decided(row, None, 0, left_out=True)
    if before.anyway and row.planned.against == before.planned.against:
        return replace(_decided(row, row.planned.start, 0), anyway=True)
    if not before.picked or row.start is not None:
        return row
    for choice, opening in enumerate(row.planned.alternatives, start=1):
        if opening.start == before.start:
            return _decided(row, opening.start, choice)
    return row


def _decided(
    row: Row, start: datetime | None, choice: int, *, left_out: bool = False
) -> Row:
    return replace(row, start=start, picked=choice, left_out=left_out, anyway=False)
