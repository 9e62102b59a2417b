"""A report that was counted: its words, its pictures one at a time, their figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QSplitter,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desk_app.ui import appearance
from desk_app.ui.plain import without_mnemonic
from desk_app.ui.reports.head import Head
from desk_app.ui.reports.model import FiguresModel
from desk_app.ui.reports.picture import Picture
from desk_app.ui.reports.table import FiguresTable

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from desk_app.domain.reports.asking import Report
    from desk_app.ui.reports.charts import Chart, Told


class Body(QWidget):
    """Picture and table show one chart, with one cursor for both.

    Signals:
        chosen: where a value leads that was chosen (`Goal`).
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = FiguresModel(self)
        self._charts: tuple[Chart, ...] = ()
        self._build()
        self._connect()

    @property
    def chart(self) -> Chart:
        """The chart that is shown."""
        return self.model.chart

    @property
    def said(self) -> str:
        """The figure that the cursor is at, in words."""
        role = Qt.ItemDataRole.AccessibleTextRole
        return str(self.picture.currentIndex().data(role) or "")

    def show_told(self, told: Told, report: Report) -> None:
        """Show a report; the kind of picture stays where it has the same."""
        self.head.show_told(told, report)
        names = [chart.name for chart in told.charts]
        if names == [chart.name for chart in self._charts]:
            self._charts = told.charts
            self._show_chart(self.tabs.currentIndex())
            return
        self._charts = told.charts
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for name in names:
            self.tabs.addTab(without_mnemonic(name))
        self.tabs.blockSignals(False)
        self._show_chart(0)

    def _build(self) -> None:
        self.head = Head()
        self.tabs = _Tabs()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setObjectName("chartTabs")
        self.tabs.setAccessibleName(self.tr("By what"))
        self.picture, self.table = Picture(self.model), FiguresTable(self.model)
        self.table.setSelectionModel(self.picture.selectionModel())
        self._scroll = QScrollArea()
        self._scroll.setWidget(self.picture)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._both = QSplitter(Qt.Orientation.Vertical)
        self._both.setChildrenCollapsible(False)
        self._both.setObjectName("figuresBelow")
        self._both.setHandleWidth(10)
        self._both.addWidget(self._scroll)
        self._both.addWidget(self.table)
        self._both.setStretchFactor(0, 3)
        self._both.setStretchFactor(1, 2)
        self.table.setMinimumHeight(self.fontMetrics().height() * 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(self.tabs)
        column.addWidget(self._both, 1)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._show_chart)
        self.picture.chosen.connect(self.chosen)
        self.table.chosen.connect(self.chosen)
        self.picture.selectionModel().currentChanged.connect(self._on_current)

    @Slot(int)
    def _show_chart(self, number: int) -> None:
        chart = self._charts[number] if 0 <= number < len(self._charts) else None
        self.model.show_chart(chart)
        name = chart.name if chart else ""
        self._share_room()
        self.picture.setAccessibleName(self.tr("Picture") + f": {name}")
        self.table.setAccessibleName(self.tr("Figures") + f": {name}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the picture have its share of the new room."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Give the picture the height it is well seen at, the rest to the figures."""
        whole = self._both.height()
        wanted = min(self.picture.sizeHint().height(), whole * 65 // 100)
        self._both.setSizes([wanted, whole - wanted])

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex) -> None:
        rect = self.picture.visualRect(current)
        self._scroll.ensureVisible(
            rect.center().x(), rect.center().y(), 0, rect.height()
        )


class _Tabs(QTabBar):
    """Tabs that show where the keyboard is; a style sheet cannot say that of one."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self.count():
            with QPainter(self) as painter:
                painter.setPen(QPen(QColor(appearance.current().focus_ring), 2))
                painter.drawRect(
                    self.tabRect(self.currentIndex()).adjusted(1, 1, -1, -1)
                )
