"""The diary: a Qt model of days, and the view that shows them."""

from __future__ import annotations

from desk_app.ui.grid.model import DiaryModel
from desk_app.ui.grid.view import DiaryView
from desk_app.ui.grid.wishes import MoveWish, SlotChoice

__all__ = ["DiaryModel", "DiaryView", "MoveWish", "SlotChoice"]
