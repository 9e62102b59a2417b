"""Which providers the schedule shows: a list to tick, with their colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtWidgets import QHBoxLayout, QListView, QToolButton, QVBoxLayout, QWidget

from desk_app.ui import format as words
from desk_app.ui.plain import tool_tip
from desk_app.ui.rail.heading import heading
from desk_app.ui.rail.rows import (
    ColourRole,
    DetailRole,
    RowPainter,
    fit_to_rows,
    make_list,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.domain.people import Provider

LONGEST = 12
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class ProviderFilterModel(QAbstractListModel):
    """The providers of the practice, each shown or not."""

    checked_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._providers: tuple[Provider, ...] = ()
        self._hidden: set[int] = set()
        self._values: list[dict[int, Any]] = []

    @property
    def checked(self) -> tuple[int, ...]:
        """The ids of the shown providers, in order."""
        ids = (provider.provider_id for provider in self._providers)
        return tuple(one for one in ids if one not in self._hidden)

    @property
    def hidden(self) -> frozenset[int]:
        """The ids of the providers that are not shown."""
        return frozenset(self._hidden)

    def set_providers(
        self, providers: Sequence[Provider], hidden: frozenset[int]
    ) -> None:
        """Show other providers; new ones are ticked unless they are `hidden`."""
        self.beginResetModel()
        self._providers = tuple(providers)
        self._hidden = {one.provider_id for one in providers} & hidden
        self._values = [_of_provider(provider) for provider in providers]
        self.endResetModel()

    def set_hidden(self, hidden: frozenset[int]) -> None:
        """Tick all providers but these."""
        self._set_hidden(set(hidden))

    def check_all(self, *, checked: bool) -> None:
        """Tick every provider, or none."""
        everyone = {provider.provider_id for provider in self._providers}
        self._set_hidden(set() if checked else everyone)

    def check_only(self, provider_id: int) -> None:
        """Tick one provider and no other."""
        self._set_hidden({p.provider_id for p in self._providers} - {provider_id})

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._providers)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.CheckStateRole:
            provider_id = self._providers[index.row()].provider_id
            is_hidden = provider_id in self._hidden
            return Qt.CheckState.Unchecked if is_hidden else Qt.CheckState.Checked
        return self._values[index.row()].get(role)

    def setData(
        self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        provider_id = self._providers[index.row()].provider_id
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._set_hidden(self._hidden - {provider_id})
        else:
            self._set_hidden(self._hidden | {provider_id})
        return True

    def _set_hidden(self, hidden: set[int]) -> None:
        if hidden == self._hidden:
            return
        self._hidden = hidden
        last = self.index(len(self._providers) - 1)
        self.dataChanged.emit(
            self.index(0), last, [Qt.ItemDataRole.CheckStateRole.value]
        )
        self.checked_changed.emit()


class ProviderFilter(QWidget):
    """Space ticks a provider, Enter shows that one alone; All and None besides."""

    chosen_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ProviderFilterModel(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self._all, self._none = QToolButton(), QToolButton()
        self._all.setText(self.tr("All"))
        self._all.setAccessibleName(self.tr("Show all providers"))
        self._none.setText(self.tr("None"))
        self._none.setAccessibleName(self.tr("Show no provider"))
        self._list: QListView = make_list(self.model, self)
        self._list.setItemDelegate(RowPainter(self._list))
        self._list.setAccessibleName(self.tr("Providers"))
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(heading(self.tr("Providers"), self._list), 1)
        head.addWidget(self._all)
        head.addWidget(self._none)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._list)

    def _connect(self) -> None:
        self._all.clicked.connect(self._on_all)
        self._none.clicked.connect(self._on_none)
        self._list.activated.connect(self._on_activated)
        self.model.checked_changed.connect(self.chosen_changed)
        self.model.modelReset.connect(self._on_reset)

    @Slot()
    def _on_all(self) -> None:
        self.model.check_all(checked=True)

    @Slot()
    def _on_none(self) -> None:
        self.model.check_all(checked=False)

    @Slot()
    def _on_reset(self) -> None:
        fit_to_rows(self._list, LONGEST)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        provider_id = index.data(Qt.ItemDataRole.UserRole)
        if self.model.checked == (provider_id,):
            self.model.check_all(checked=True)
        else:
            self.model.check_only(provider_id)


def _of_provider(provider: Provider) -> dict[int, Any]:
    role = Qt.ItemDataRole
    kind = words.provider_type(provider.type)
    return {
        role.DisplayRole: provider.name,
        role.ToolTipRole: tool_tip(f"{provider.name}\n{kind}"),
        role.AccessibleTextRole: f"{provider.name}, {kind}",
        role.UserRole: provider.provider_id,
        ColourRole: provider.colour,
        DetailRole: kind,
    }
