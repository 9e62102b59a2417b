"""The list of reports at the left, each with the question it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk_app.domain.reports.asking import ReportKind
from desk_app.ui.dialogs.inks import sized
from desk_app.ui.plain import PlainLabel
from desk_app.ui.reports import words
from desk_app.ui.rows import RowsModel
from desk_app.ui.side.rows import DetailRole, IconRole, make_list

if TYPE_CHECKING:
    from desk_app.ui.rows import Values

KindRole = Qt.ItemDataRole.UserRole
_LEAST, _MOST = 24, 42
_ICONS = {
    ReportKind.UTILISATION: "calendar-check",
    ReportKind.NO_SHOWS: "user-x",
    ReportKind.LATE_CANCELLATIONS: "clock-alert",
    ReportKind.LEAD_TIME: "calendar-clock",
    ReportKind.REFUNDS: "hand-coins",
    ReportKind.WAITING_TIME: "armchair",
}


class Kinds(QWidget):
    """One tab stop; arrows choose.

    Signals:
        chosen: another report is wanted (`ReportKind`).
        entered: the keyboard is wanted in the picture.
    """

    chosen = Signal(object)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = RowsModel(self)
        self.model.put_rows([_row(kind) for kind in ReportKind])
        self._build()
        self.list.selectionModel().currentChanged.connect(self._on_changed)
        self.list.activated.connect(self.entered)

    @property
    def kind(self) -> ReportKind:
        """The report that is chosen."""
        # Qt hands words of an enumeration back as plain ones.
        return ReportKind(self.list.currentIndex().data(KindRole))

    def set_kind(self, kind: ReportKind) -> None:
        """Choose a report."""
        self.list.setCurrentIndex(self.model.index(self.model.place_of(KindRole, kind)))

    def _build(self) -> None:
        title = PlainLabel(self.tr("Reports"))
        sized(title, 1.35, bold=True)
        title.setContentsMargins(16, 14, 16, 6)
        self.list = make_list(self.model, self.tr("Reports"))
        self.list.setCurrentIndex(self.model.index(0))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(title)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.list)

    def set_room(self, width: int) -> None:
        """Take a fair share of so much room; questions are cut before names."""
        letter = self.fontMetrics().averageCharWidth()
        self.setFixedWidth(max(_LEAST * letter, min(_MOST * letter, width // 4)))

    def _on_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self.kind)


def _row(kind: ReportKind) -> Values:
    role = Qt.ItemDataRole
    name, question = words.kind(kind), words.question(kind)
    return {
        role.DisplayRole: name,
        role.AccessibleTextRole: f"{name}. {question}",
        DetailRole: question,
        IconRole: _ICONS[kind],
        KindRole: kind,
    }
