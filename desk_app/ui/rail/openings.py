"""The next free times of the chosen service, over the shown providers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from desk_app.ui import format as words
from desk_app.ui.plain import PlainLabel, tool_tip
from desk_app.ui.rail.heading import heading
from desk_app.ui.rail.rows import (
    ColourRole,
    DetailRole,
    RowPainter,
    fit_to_rows,
    make_list,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from desk_app.domain.people import Provider
    from desk_app.domain.slots import Opening

HOW_MANY = 8
HOW_FAR_DAYS = 14
OpeningRole = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class OpeningsShown:
    """What the list says openings with: the practice's zone, its day, its people."""

    zone: ZoneInfo
    today: date
    providers: Mapping[int, Provider]


class OpeningsModel(QAbstractListModel):
    """Free times in order, each with its provider."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._values: list[dict[int, Any]] = []

    def set_openings(
        self, openings: Sequence[Opening], shown: OpeningsShown | None
    ) -> None:
        """Show other free times."""
        self.beginResetModel()
        known = shown.providers if shown else {}
        self._values = [
            _of_opening(opening, known[opening.provider_id], shown)
            for opening in openings
            if shown and opening.provider_id in known
        ]
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._values)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self._values[index.row()].get(role) if index.isValid() else None


class NextOpenings(QWidget):
    """Enter or a click goes to the time; a line says why the list is empty."""

    opening_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = OpeningsModel(self)
        self._build()
        self._connect()
        self.show_hint()

    @property
    def line(self) -> str:
        """What is said instead of a list, "" when there is one."""
        return self._line.text()

    def show_openings(self, openings: Sequence[Opening], shown: OpeningsShown) -> None:
        """Show free times, or that there are none."""
        self.model.set_openings(openings, shown)
        text = self.tr("No free time in the next %n days.", "", HOW_FAR_DAYS)
        self._say("" if openings else text)

    def show_hint(self) -> None:
        """Say that a service is to be chosen first."""
        self.model.set_openings((), None)
        self._say(self.tr("Choose a service to see where it fits in next."))

    def show_nobody(self) -> None:
        """Say that no shown provider offers the service."""
        self.model.set_openings((), None)
        self._say(self.tr("None of the ticked providers offers this service."))

    def show_problem(self) -> None:
        """Say that the times could not be looked up."""
        self.model.set_openings((), None)
        self._say(self.tr("Free times cannot be looked up right now."))

    def _build(self) -> None:
        self._list: QListView = make_list(self.model, self)
        self._list.setItemDelegate(RowPainter(self._list))
        self._list.setAccessibleName(self.tr("Next openings"))
        self._line = PlainLabel()
        self._line.setWordWrap(True)
        self._line.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._line.setContentsMargins(4, 0, 4, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(heading(self.tr("Next openings"), self._list))
        column.addWidget(self._line)
        column.addWidget(self._list)

    def _connect(self) -> None:
        self._list.activated.connect(self._on_activated)
        self._list.clicked.connect(self._on_activated)

    def _say(self, text: str) -> None:
        self._line.setText(text)
        self._line.setVisible(bool(text))
        self._list.setVisible(not text)
        fit_to_rows(self._list, HOW_MANY)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self.opening_chosen.emit(index.data(OpeningRole))


def _of_opening(
    opening: Opening, provider: Provider, shown: OpeningsShown
) -> dict[int, Any]:
    role = Qt.ItemDataRole
    when = words.moment(opening.start, shown.zone, shown.today)
    zone = ZoneInfo(provider.timezone)
    there = words.time(opening.start, zone)
    note = words.elsewhere(there, opening.start, zone, shown.zone)
    who = f"{provider.name} · {note}" if note else provider.name
    said = f"{when}, {who}"
    return {
        role.DisplayRole: when,
        role.AccessibleTextRole: said,
        role.ToolTipRole: tool_tip(said),
        OpeningRole: opening,
        ColourRole: provider.colour,
        DetailRole: who,
    }
