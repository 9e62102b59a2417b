"""F7 to F10 bring a view back; with Shift they keep the one that is shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog

from desk_app.ui.phrases import filled
from desk_app.ui.shortcuts import Wish
from desk_app.ui.top_bar import View
from desk_app.ui.views.saved import (
    KEYS,
    LONGEST_NAME,
    SavedView,
    from_text,
    to_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.ui.around import Around
    from desk_app.ui.memory import Memory
    from desk_app.ui.rail.provider_filter import ProviderFilterModel
    from desk_app.ui.views.look_flows import LookFlows

_RECALL = (Wish.VIEW_7, Wish.VIEW_8, Wish.VIEW_9, Wish.VIEW_10)
_SAVE = (Wish.SAVE_7, Wish.SAVE_8, Wish.SAVE_9, Wish.SAVE_10)


class SavedViews(QObject):
    """The four views of this desk."""

    def __init__(
        self,
        around: Around,
        memory: Memory,
        looks: LookFlows,
        providers: ProviderFilterModel,
    ) -> None:
        super().__init__(around)
        self._around, self._memory, self._looks = around, memory, looks
        self._providers = providers

    def keys(self) -> dict[Wish, Callable[[], object]]:
        """Return what each key does."""
        recall = {
            w: partial(self.recall, n) for w, n in zip(_RECALL, KEYS, strict=True)
        }
        save = {w: partial(self.ask_name, n) for w, n in zip(_SAVE, KEYS, strict=True)}
        return {**recall, **save}

    def saved(self, key: int) -> SavedView | None:
        """Return what is kept on a key."""
        return from_text(self._memory.word(_entry(key)))

    def recall(self, key: int) -> None:
        """Show the view that is kept on a key, or say how to keep one."""
        kept = self.saved(key)
        if kept is None:
            text = self.tr(
                "Nothing is kept on F%1. With Shift it keeps this view"
                " (F10: with Ctrl and Shift)."
            )
            self._around.hint.emit(filled(text, str(key)))
            return
        self._providers.set_hidden(frozenset(kept.hidden))
        self._around.view.set_zoom(kept.zoom)
        self._looks.colour_by(kept.colours)
        if kept.view is View.WEEK and kept.week_of is not None:
            self._around.pager.show_week_of(kept.week_of)
        else:
            self._around.pager.show_view(kept.view)
        self._around.said.emit(filled(self.tr("View: %1"), kept.name))

    def ask_name(self, key: int) -> None:
        """Ask what the view is called, and keep it."""
        before = self.saved(key)
        name, is_wanted = QInputDialog.getText(
            self._around.view.window(),
            self.tr("Keep this view"),
            filled(self.tr("Name of the view on F%1"), str(key)),
            text=before.name if before else filled(self.tr("View %1"), str(key)),
        )
        if is_wanted:
            self.keep(key, name.strip() or filled(self.tr("View %1"), str(key)))

    def keep(self, key: int, name: str) -> None:
        """Keep what is shown on a key."""
        pager = self._around.pager
        shown = SavedView(
            name[:LONGEST_NAME],
            pager.view,
            pager.week_of if pager.view is View.WEEK else None,
            tuple(sorted(self._providers.hidden)),
            self._around.view.zoom,
            self._looks.by,
        )
        self._memory.keep_word(_entry(key), to_text(shown))
        text = self.tr("Kept on F%1: %2")
        self._around.said.emit(filled(text, str(key), shown.name))


def _entry(key: int) -> str:
    return f"view_{key}"
