"""What stands above the picture: the large figure, what it is of, what it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel
from desk_app.ui.reports import words

if TYPE_CHECKING:
    from desk_app.domain.reports.asking import Report
    from desk_app.ui.reports.charts import Told


class Head(QWidget):
    """The words of a report, all of which can be read aloud in one go."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure, self._detail = PlainLabel(), PlainLabel()
        self._compared, self._definition = PlainLabel(), PlainLabel()
        self._build()

    @property
    def spoken(self) -> str:
        """All of it in words."""
        labels = (self._figure, self._detail, self._compared, self._definition)
        return " ".join(label.text() for label in labels if label.text())

    def show_told(self, told: Told, report: Report) -> None:
        """Write the words of a report."""
        self._figure.setText(told.figure)
        self._detail.setText(told.detail)
        self._compared.setText(_before(told, report))
        own = self.tr("These are your own figures; managers see everybody’s.")
        texts = (told.definition, own if report.is_own else "")
        self._definition.setText(" ".join(filter(None, texts)))
        self.setAccessibleName(self.spoken)

    def _build(self) -> None:
        sized(self._figure, 2.0, bold=True)
        self._figure.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self._definition.setWordWrap(True)
        for label in (self._compared, self._definition):
            set_ink(label, Ink.MUTED)
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addStretch(1)
        beside.addWidget(self._detail)
        beside.addWidget(self._compared)
        beside.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self._figure)
        row.addLayout(beside, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._definition)


def _before(told: Told, report: Report) -> str:
    """Return how it was before, with the days that are meant."""
    days = words.days(report.query.period)
    if report.before is None or not told.compared:
        return days
    before = words.days(report.before)
    return f"{days} · {filled('%1 (%2)', told.compared, before)}"
