"""F12 hides names, Shift+F12 colours the cards by something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desk_app.ui import privacy
from desk_app.ui.views import colouring
from desk_app.ui.views.colouring import ColourBy
from desk_app.ui.views.legend import Legend

if TYPE_CHECKING:
    from desk_app.ui.around import Around
    from desk_app.ui.memory import Memory

HIDDEN, COLOURS = "names_hidden", "colours"


class LookFlows(QObject):
    """Remembers for this desk whether names are hidden, and what colours mean."""

    def __init__(self, around: Around, memory: Memory) -> None:
        super().__init__(around)
        self._around, self._memory = around, memory
        self._by = ColourBy.STATUS
        self.legend = Legend()
        around.pane.add_below(self.legend)
        is_hidden = around.desk.settings.hide_names_at_start
        privacy.current().set_on(is_hidden or memory.word(HIDDEN) == "yes")
        privacy.current().changed.connect(self._on_privacy)
        around.practice_changed.connect(self._colour)
        around.view.diary.modelReset.connect(self._explain)
        kept = memory.word(COLOURS)
        if kept in tuple(ColourBy):
            self.colour_by(ColourBy(kept))

    @property
    def by(self) -> ColourBy:
        """What cards are coloured by."""
        return self._by

    def switch_privacy(self) -> None:
        """Hide names, or show them again."""
        privacy.current().switch()

    def next_colours(self) -> None:
        """Colour by the next thing and say by which."""
        self.colour_by(self._by.next)
        self._around.said.emit(colouring.words(self._by))

    def colour_by(self, by: ColourBy) -> None:
        """Colour the cards by this from now on."""
        self._by = by
        self._memory.keep_word(COLOURS, by.value)
        self._colour()

    @Slot()
    def _colour(self) -> None:
        tint = colouring.tint(self._by, self._around.practice)
        self._around.view.diary.set_tint(tint)
        self._explain()

    @Slot()
    def _explain(self) -> None:
        columns = self._around.view.columns
        shown = (card.appointment for column in columns for card in column.cards)
        swatches = colouring.legend(self._by, shown, self._around.practice)
        self.legend.show_swatches(colouring.words(self._by), swatches)

    @Slot(bool)
    def _on_privacy(self, is_on: bool) -> None:
        self._memory.keep_word(HIDDEN, "yes" if is_on else "no")
        view = self._around.view
        view.hover_card.hide_now()
        view.viewport().update()
        text = self.tr("Names are hidden. F12 shows them again.")
        self._around.said.emit(text if is_on else self.tr("Names are shown."))
