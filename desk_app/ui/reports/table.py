"""The figures of a picture as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from desk_app.ui.reports.view import FiguresView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desk_app.ui.reports.model import FiguresModel

_MEASURED = 40


class FiguresTable(FiguresView):
    """All columns, with headings."""

    def __init__(self, model: FiguresModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._build()
        model.modelReset.connect(self._on_reset)

    def _build(self) -> None:
        self.setObjectName("figures")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
            # Three years of weeks need not all be measured.
            header.setResizeContentsPrecision(_MEASURED)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setCornerButtonEnabled(False)

    def _on_reset(self) -> None:
        header = self.horizontalHeader()
        self.resizeColumnsToContents()
        least = self.fontMetrics().averageCharWidth() * 12
        for column in range(header.count()):
            header.resizeSection(column, max(header.sectionSize(column) + 20, least))
