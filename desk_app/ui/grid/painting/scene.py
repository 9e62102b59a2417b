"""What one repaint of the grid needs to know, gathered by the view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QRect

    from desk_app.ui.grid.columns import Column
    from desk_app.ui.grid.geometry import Frame
    from desk_app.ui.grid.painting.ink import Ink
    from desk_app.ui.grid.painting.plans import Plans


@dataclass(frozen=True, slots=True)
class Scene:
    """The grid as it is to be painted; `exposed` is in the content's coordinates."""

    columns: Sequence[Column]
    frame: Frame
    plans: Plans
    exposed: QRect

    @property
    def ink(self) -> Ink:
        """Colours and fonts."""
        return self.plans.ink

    @property
    def shown_columns(self) -> range:
        """The numbers of the columns that are exposed."""
        if not self.columns:
            return range(0)
        left = self.exposed.left()
        return self.frame.columns(left, left + self.exposed.width())
