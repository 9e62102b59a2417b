"""The small headings of the rail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPalette

from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def heading(text: str, names: QWidget) -> PlainLabel:
    """Return a heading that also names the control below it."""
    label = PlainLabel(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setBuddy(names)
    label.setContentsMargins(4, 0, 0, 0)
    return label
