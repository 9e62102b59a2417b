"""Words by meaning: muted, danger, warning, success; the rules stand in dialogs.qss."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Ink(StrEnum):
    """What a label means by its colour; its words say the same."""

    NORMAL = ""
    MUTED = "muted"
    DANGER = "danger"
    WARNING = "warning"
    SUCCESS = "success"


def set_ink(widget: QWidget, ink: Ink) -> None:
    """Colour the words of `widget`; takes effect at once."""
    set_rule(widget, "tone", ink.value)


def set_rule(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and let it look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def sized(widget: QWidget, factor: float, *, bold: bool = False) -> None:
    """Set the font of `widget` to `factor` times the one of running text."""
    font = QFont(widget.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    widget.setFont(font)
