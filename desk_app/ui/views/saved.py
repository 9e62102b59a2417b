"""Saved views: what a function key brings back, as it is kept in the memory file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from desk_app.ui.top_bar import View
from desk_app.ui.views.colouring import ColourBy

KEYS = (7, 8, 9, 10)
LONGEST_NAME = 40
MOST = 500


@dataclass(frozen=True, slots=True)
class SavedView:
    """Whom the schedule shows and how; numbers and words of our own, no client."""

    name: str
    view: View
    week_of: int | None
    hidden: tuple[int, ...]
    zoom: int
    colours: ColourBy


def to_text(saved: SavedView) -> str:
    """Return one line for the memory file."""
    return json.dumps(asdict(saved))


def from_text(text: str) -> SavedView | None:
    """Read what `to_text` wrote; None for anything else."""
    try:
        said = json.loads(text)
        week_of = said["week_of"]
        return SavedView(
            name=str(said["name"])[:LONGEST_NAME],
            view=View(said["view"]),
            week_of=None if week_of is None else int(week_of),
            hidden=tuple(int(one) for one in said["hidden"][:MOST]),
            zoom=int(said["zoom"]),
            colours=ColourBy(said["colours"]),
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
