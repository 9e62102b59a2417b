"""Asks whether one appointment of a series is meant, or all that follow as well."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.ui.dialogs.heading import Heading
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.dialogs.note import ReadText
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel
from desk_app.ui.series.dates_words import DatesWords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from desk_app.domain.appointment import Appointment
    from desk_app.ui.dialogs.ports import Screen

WIDE, MOST_LINES = 460, 8


class Scope(Enum):
    """What is meant."""

    NOTHING = auto()
    ONE = auto()
    FOLLOWING = auto()


class ScopeDialog(QDialog):
    """Two buttons, 1 and 2, and the dates that would be concerned."""

    def __init__(
        self,
        title: str,
        following: Sequence[Appointment],
        screen: Screen,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.scope = Scope.NOTHING
        self.setWindowTitle(title)
        self._build(following, screen)
        self._one.clicked.connect(self._on_one)
        self._all.clicked.connect(self._on_all)

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        title: str,
        following: Sequence[Appointment],
        screen: Screen,
    ) -> Scope:
        """Return what is meant; `following` begins with the appointment itself."""
        dialog = cls(title, following, screen, parent)
        dialog.exec()
        dialog.deleteLater()
        return dialog.scope

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by a digit."""
        if event.key() == Qt.Key.Key_1:
            self._on_one()
        elif event.key() == Qt.Key.Key_2:
            self._on_all()
        else:
            super().keyPressEvent(event)

    def _build(self, following: Sequence[Appointment], screen: Screen) -> None:
        heading = Heading(screen)
        heading.show_appointment(following[0])
        head = QFrame()
        head.setObjectName("dialogHead")
        above = QVBoxLayout(head)
        above.setContentsMargins(20, 16, 20, 14)
        above.addWidget(heading)
        words = DatesWords(screen)
        count = len(following)
        said = PlainLabel(
            filled(self.tr("It belongs to a series; with it these %1:"), str(count))
        )
        set_ink(said, Ink.MUTED)
        width = WIDE * self.fontMetrics().height() // 16
        dates = "\n".join(words.when(each.start) for each in following)
        self._dates = ReadText(dates, width, MOST_LINES)
        self._dates.setAccessibleName(self.tr("Dates"))
        self._one = PromptButton(self.tr("1   &Only this one"))
        self._all = PromptButton(
            filled(self.tr("2   &All %1, from this one on"), str(count))
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(10)
        column.addWidget(head)
        inside = QVBoxLayout()
        inside.setContentsMargins(20, 0, 20, 0)
        inside.setSpacing(8)
        inside.addWidget(said)
        inside.addWidget(self._dates)
        inside.addLayout(self._build_buttons())
        column.addLayout(inside)
        self.setMinimumWidth(width)
        QWidget.setTabOrder(self._one, self._all)
        QWidget.setTabOrder(self._all, self._keep)
        self._one.setFocus()

    def _build_buttons(self) -> QHBoxLayout:
        keep = self._keep = PromptButton(self.tr("&Keep as it is"))
        keep.setAutoDefault(False)
        keep.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(keep)
        row.addStretch(1)
        row.addWidget(self._all)
        row.addWidget(self._one)
        self._one.setDefault(True)
        return row

    @Slot()
    def _on_one(self) -> None:
        self.scope = Scope.ONE
        self.accept()

    @Slot()
    def _on_all(self) -> None:
        self.scope = Scope.FOLLOWING
        self.accept()
