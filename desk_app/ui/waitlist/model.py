"""The rows of both lists: all who wait, and those who fit a free time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    Qt,
)

from desk_app.domain.waitlist import Ranked
from desk_app.ui import privacy
from desk_app.ui.dialogs import client_words
from desk_app.ui.plain import tool_tip
from desk_app.ui.rows import RowsModel
from desk_app.ui.waitlist import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.domain.waitlist import Entry
    from desk_app.ui.dialogs.ports import Screen

ItemRole = Qt.ItemDataRole.UserRole
PhoneRole = Qt.ItemDataRole.UserRole + 1
WishRole = Qt.ItemDataRole.UserRole + 2
WhyRole = Qt.ItemDataRole.UserRole + 3
StateRole = Qt.ItemDataRole.UserRole + 4
UrgentRole = Qt.ItemDataRole.UserRole + 5
RingingRole = Qt.ItemDataRole.UserRole + 6
NoteRole = Qt.ItemDataRole.UserRole + 7
KeepsRole = Qt.ItemDataRole.UserRole + 8
EntryRole = Qt.ItemDataRole.UserRole + 9


class WaitingModel(RowsModel):
    """Prepared words of entries or of ranks."""

    def show_rows(self, items: Sequence[Entry | Ranked], screen: Screen) -> None:
        """Show other people; who is the same stays where they are."""
        self.put_rows([_row(item, screen) for item in items], same=EntryRole)

    def row_of(self, entry_id: int) -> int:
        """Return where an entry stands, -1 for nowhere."""
        return self.place_of(EntryRole, entry_id)


def entry_of(item: Entry | Ranked) -> Entry:
    """Return the entry of a row."""
    return item.entry if isinstance(item, Ranked) else item


def _row(item: Entry | Ranked, screen: Screen) -> dict[int, Any]:
    entry = entry_of(item)
    if isinstance(item, Ranked):
        why = words.rank(item, screen)
    else:
        why = words.why(item, screen)
    wish, state = words.wanted(entry.wish, screen), words.state(entry, screen)
    phone, role = client_words.phone(entry.client), Qt.ItemDataRole
    keeps = words.keeps(entry.kept, screen)
    said = (
        privacy.name(entry.client.name),
        phone,
        state,
        why,
        keeps,
        wish,
        entry.wish.notes,
    )
    spoken = ", ".join(part for part in said if part)
    return {
        role.DisplayRole: privacy.name(entry.client.name),
        role.AccessibleTextRole: spoken,
        role.ToolTipRole: tool_tip("\n".join(part for part in said if part)),
        ItemRole: item,
        EntryRole: entry.entry_id,
        PhoneRole: phone,
        WishRole: wish,
        WhyRole: why,
        KeepsRole: keeps,
        StateRole: state,
        UrgentRole: entry.wish.is_urgent,
        RingingRole: bool(entry.called_by),
        NoteRole: entry.wish.notes,
    }
