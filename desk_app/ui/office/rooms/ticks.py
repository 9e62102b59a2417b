"""Services to tick, one row for each name, with those who offer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from desk_app.ui.rail.rows import DetailRole, RowPainter

if TYPE_CHECKING:
    from desk_app.domain.schedule import Catalogue

FEWEST, LINES = 3, 9
IdsRole = Qt.ItemDataRole.UserRole


class ServiceTicks(QListWidget):
    """A tick is for all who offer the service; half a tick leaves it as it is.

    Signals:
        changed: another service is ticked, or one less.
    """

    changed = Signal()

    def __init__(
        self,
        catalogue: Catalogue,
        known: frozenset[int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._known = known
        self.setAccessibleName(self.tr("Services"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setItemDelegate(RowPainter(self))
        self._fill(catalogue)
        self.setMinimumHeight(self._height(FEWEST))
        self.itemChanged.connect(self.changed)

    @property
    def chosen(self) -> frozenset[int]:
        """The numbers of the services that are ticked."""
        found = set(self._known)
        for row in range(self.count()):
            item = self.item(row)
            ids = set(item.data(IdsRole))
            if item.checkState() is Qt.CheckState.Checked:
                found |= ids
            elif item.checkState() is Qt.CheckState.Unchecked:
                found -= ids
        return frozenset(found)

    def sizeHint(self) -> QSize:
        """Return room for a handful of services; more of them scroll."""
        rows = min(max(self.count(), FEWEST), LINES)
        return QSize(super().sizeHint().width(), self._height(rows))

    def _height(self, rows: int) -> int:
        return rows * max(24, self.fontMetrics().height() + 8) + 6

    def _fill(self, catalogue: Catalogue) -> None:
        names = {one.provider_id: one.name for one in catalogue.providers}
        by_name: dict[str, list[tuple[int, str]]] = {}
        for service in catalogue.services:
            who = names.get(service.provider_id, "")
            by_name.setdefault(service.name, []).append((service.service_id, who))
        for name in sorted(by_name, key=str.casefold):
            offered = by_name[name]
            ids = [number for number, _ in offered]
            who = ", ".join(each for _, each in offered if each)
            item = QListWidgetItem(name)
            item.setData(IdsRole, ids)
            item.setData(DetailRole, who)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {who}")
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(self._state(ids))
            self.addItem(item)
        if self.count():
            self.setCurrentRow(0)

    def _state(self, ids: list[int]) -> Qt.CheckState:
        ticked = self._known.intersection(ids)
        if not ticked:
            return Qt.CheckState.Unchecked
        whole = len(ticked) == len(ids)
        return Qt.CheckState.Checked if whole else Qt.CheckState.PartiallyChecked
