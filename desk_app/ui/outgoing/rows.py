"""The messages of one visit, or of all visits of a client, as rows of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from desk_app.ui.outgoing import words
from desk_app.ui.plain import tool_tip
from desk_app.ui.rows import RowsModel
from desk_app.ui.side.rows import DetailRole, IconRole, OverRole, UrgentRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.domain.deliveries import Delivery
    from desk_app.ui.dialogs.ports import Screen

DeliveryRole = Qt.ItemDataRole.UserRole
NumberRole = Qt.ItemDataRole.UserRole + 9


class DeliveryRows(RowsModel):
    """What it is and to whom; below that how it stands."""

    def show(
        self, rows: Sequence[Delivery], screen: Screen, *, with_visits: bool
    ) -> None:
        """Show other rows, or the same ones as they are now."""
        made = [_row(one, screen, with_visit=with_visits) for one in rows]
        self.put_rows(made, NumberRole)


def _row(of: Delivery, screen: Screen, *, with_visit: bool) -> dict[int, Any]:
    role = Qt.ItemDataRole
    spoken = words.row_spoken(of, screen, with_visit=with_visit)
    above = [words.what(of), words.when(of, screen) if with_visit else ""]
    below = [words.state(of, screen), words.whom(of, screen)]
    return {
        role.DisplayRole: " · ".join(part for part in above if part),
        role.AccessibleTextRole: spoken,
        role.ToolTipRole: tool_tip(spoken),
        DeliveryRole: of,
        NumberRole: of.outbox_id,
        DetailRole: " · ".join(part for part in below if part),
        IconRole: words.icon(of, screen.now),
        UrgentRole: of.needs_you(screen.now),
        OverRole: words.is_quiet(of, screen.now),
    }
