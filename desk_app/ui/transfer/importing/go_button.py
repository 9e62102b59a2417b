"""The main button of a step, wide enough for its words however they change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontMetrics

from desk_app.ui.dialogs.prompt import PromptButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

PADDING = 34


class GoButton(PromptButton):
    """What Enter presses; its words are written in bold letters."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDefault(True)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Write `text`; Qt does not know that it will be bold."""
        super().setText(text)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        width = QFontMetrics(font).horizontalAdvance(text.replace("&", ""))
        self.setMinimumWidth(width + PADDING)
