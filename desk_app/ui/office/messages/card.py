"""A card with a title, as pages of messages are made of."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from desk_app.ui.dialogs.inks import sized
from desk_app.ui.plain import PlainLabel


def card(title: str) -> tuple[QFrame, QVBoxLayout]:
    """Return a card with its title, and the column that goes on below it."""
    frame = QFrame()
    frame.setObjectName("card")
    heading = PlainLabel(title)
    sized(heading, 1.0, bold=True)
    column = QVBoxLayout(frame)
    column.setContentsMargins(16, 14, 16, 14)
    column.setSpacing(8)
    column.addWidget(heading)
    return frame, column
