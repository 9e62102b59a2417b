"""The base of lists whose things are never deleted, only used no more, and again."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot

from desk_app.ui.admin.step import StepDialog
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.office.lists.page import ListPage
from desk_app.ui.office.lists.rows import BelowRole, FadedRole, KeyRole, RightRole
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from desk_app.ui.admin.step import Step
    from desk_app.ui.around import Failed, Port, Then
    from desk_app.ui.office.lists.page import ListWords
    from desk_app.ui.rows import Values


class KeptPage(ListPage):
    """Each thing has a name and is active or not; one form adds and changes it."""

    def __init__(
        self, words: ListWords, read: Port, parent: QWidget | None = None
    ) -> None:
        super().__init__(words, read, parent)
        self._build_beside()
        self.rows.change_wished.connect(self._on_change)
        self.rows.end_wished.connect(self._on_end)

    # -- what a page says of its things

    @property
    @abstractmethod
    def things(self) -> Sequence[Any]:
        """All there are, by name."""

    @abstractmethod
    def number(self, thing: Any) -> int:
        """Return the number of a thing."""

    @abstractmethod
    def texts(self, thing: Any) -> tuple[str, str]:
        """Return what stands below the name of a row, and at its right end."""

    @abstractmethod
    def facts(self, thing: Any) -> str:
        """Return what is worth knowing about the chosen one, line by line."""

    @abstractmethod
    def ask(self, known: Any) -> Any:
        """Open the form, for something new without `known`; return what is saved."""

    @abstractmethod
    def change(self, known: Any, wanted: Any) -> Any:
        """Return the request that makes one the other."""

    @abstractmethod
    def step(self, send: Port, *, is_active: bool) -> Step:
        """Return what is asked before something is used no more, or again."""

    @abstractmethod
    def send(self, request: Any, then: Then, failed: Failed) -> None:
        """Send a request of `change`."""

    # -- what follows from it

    @property
    def chosen(self) -> Any:
        """The chosen thing, None for none."""
        key = self.key
        return next((each for each in self.things if self.number(each) == key), None)

    def rows_for(self, sought: Sequence[str], *, ended: bool) -> list[Values]:
        """Return a row for each that fits; those no longer used come last."""
        there = sorted(self.things, key=lambda each: not each.is_active)
        rows = [self._row(each) for each in there if ended or each.is_active]
        role = Qt.ItemDataRole.AccessibleTextRole
        return [row for row in rows if all(w in row[role].casefold() for w in sought)]

    def has_ended(self) -> bool:
        """Say whether one is no longer used."""
        return any(not each.is_active for each in self.things)

    def show_choice(self) -> None:
        """Show what is chosen, and what can be done with it."""
        chosen = self.chosen
        is_active = chosen is not None and chosen.is_active
        for label in (self._name, self._facts):
            label.setVisible(chosen is not None)
        had_focus = self._end.hasFocus() or self._revive.hasFocus()
        self._edit.setEnabled(chosen is not None)
        self._end.setVisible(chosen is None or is_active)
        self._end.setEnabled(is_active)
        self._revive.setVisible(chosen is not None and not is_active)
        if had_focus:
            (self._end if is_active else self._revive).setFocus()
        if chosen is not None:
            self._name.setText(chosen.name)
            self._facts.setText(self.facts(chosen))

    @Slot()
    def add(self) -> None:
        """Open the form for something new."""
        made = self.ask(None) if self.found is not None else None
        if made is not None:
            said = filled(self.tr("%1 was added."), made.name)
            self.finish(self.number(made), said)

    @Slot()
    def _on_change(self) -> None:
        chosen = self.chosen
        made = self.ask(chosen) if chosen is not None else None
        if made is not None:
            self.finish(self.number(made), filled(self.tr("Saved: %1."), made.name))

    @Slot()
    def _on_end(self) -> None:
        self._use(is_active=False)

    @Slot()
    def _on_revive(self) -> None:
        self._use(is_active=True)

    def _use(self, *, is_active: bool) -> None:
        """Ask once, then use something no more, or again."""
        chosen = self.chosen
        if chosen is None or chosen.is_active is is_active:
            return
        request = self.change(chosen, replace(chosen, is_active=is_active))

        def send(_thing: Any, then: Then, failed: Failed) -> None:
            self.send(request, then, failed)

        step = self.step(send, is_active=is_active)
        if StepDialog.ask(self.window(), chosen, step):
            if not is_active:
                self.show_ended()
            self.finish(self.number(chosen), filled(step.done, chosen.name))

    def _row(self, thing: Any) -> Values:
        below, right = self.texts(thing)
        return {
            Qt.ItemDataRole.DisplayRole: thing.name,
            Qt.ItemDataRole.AccessibleTextRole: ", ".join(
                filter(None, (thing.name, below, right))
            ),
            KeyRole: self.number(thing),
            BelowRole: below,
            RightRole: right,
            FadedRole: not thing.is_active,
        }

    def _build_beside(self) -> None:
        self._name, self._facts = PlainLabel(), PlainLabel()
        sized(self._name, 1.2, bold=True)
        set_ink(self._facts, Ink.MUTED)
        new = self.button(self.tr("&Add…"), self.tr("Insert or N"), self.add)
        new.setProperty("primary", "true")
        keys = self.tr("Enter or F2")
        self._edit = self.button(self.tr("C&hange…"), keys, self._on_change)
        self._end = self.button(self.tr("&End…"), self.tr("Del"), self._on_end)
        self._revive = self.button(self.tr("&Use again…"), "", self._on_revive)
        self.beside.addWidget(new)
        self.beside.addSpacing(14)
        for label in (self._name, self._facts):
            label.setWordWrap(True)
            self.beside.addWidget(label)
        self.beside.addSpacing(6)
        for button in (self._edit, self._end, self._revive):
            self.beside.addWidget(button)
        self.beside.addStretch(1)
