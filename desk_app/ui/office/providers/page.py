"""The providers: who they are, added, changed, ended and taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QWidget

from desk_app.domain.offering import ListedProvider, ProviderChange
from desk_app.ui.admin.step import StepDialog
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.office.lists.page import ListPage
from desk_app.ui.office.lists.rows import BelowRole, FadedRole, KeyRole, RightRole
from desk_app.ui.office.providers import picture, words
from desk_app.ui.office.providers.form import ProviderDialog
from desk_app.ui.office.stranded.settling import Settling
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.desk import Desk
    from desk_app.ui.around import Around, Failed, Port, Then
    from desk_app.ui.rows import Values

SMALL, LARGE = 34, 96


@dataclass(frozen=True, slots=True)
class Board:
    """All providers, and how many services each offers."""

    everybody: tuple[ListedProvider, ...]
    offered: dict[int, int]


class ProvidersPage(ListPage):
    """Everybody at the left; at the right who is chosen."""

    def __init__(self, around: Around, parent: QWidget | None = None) -> None:
        desk = around.desk
        read = around.port(lambda _: _board(desk), "providers")
        super().__init__(words.page(), read, parent)
        self._around = around
        self._add = around.port(desk.providers.add)
        self._change = Settling(around.port(desk.providers.change), around, self)
        self._build()
        self._connect()
        self.show_choice()

    @property
    def chosen(self) -> ListedProvider | None:
        """Who is chosen."""
        return self._of(self.key)

    def rows_for(self, sought: Sequence[str], *, ended: bool) -> list[Values]:
        """Return a row for each who fits; those not active come last."""
        everybody = self.found.everybody if self.found else ()
        rows = [
            self._row(each)
            for each in sorted(everybody, key=lambda each: not each.provider.is_active)
            if ended or each.provider.is_active
        ]
        role = Qt.ItemDataRole.AccessibleTextRole
        return [row for row in rows if all(w in row[role].casefold() for w in sought)]

    def has_ended(self) -> bool:
        """Say whether anybody is not active."""
        return any(not each.provider.is_active for each in self.found.everybody)

    def show_choice(self) -> None:
        """Show who is chosen, and what can be done for them."""
        chosen = self.chosen
        is_active = chosen is not None and chosen.provider.is_active
        for widget in (self._face, self._name, self._facts, self._bio):
            widget.setVisible(chosen is not None)
        self._edit.setEnabled(chosen is not None)
        had_focus = self._end.hasFocus() or self._revive.hasFocus()
        self._end.setVisible(chosen is None or is_active)
        self._end.setEnabled(is_active)
        self._revive.setVisible(chosen is not None and not is_active)
        if had_focus:
            (self._end if is_active else self._revive).setFocus()
        if chosen is not None:
            self._show_person(chosen)

    @Slot()
    def add(self) -> None:
        """Open the form for somebody new."""
        if self.found is not None:
            made = self._ask(None, self._add)
            if made is not None:
                said = self.tr("%1 was added. Next: say what they offer and when.")
                self.finish(made.provider.provider_id, filled(said, made.provider.name))

    @Slot()
    def _on_change(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            made = self._ask(chosen, self._change)
            if made is not None:
                said = filled(self.tr("Saved: %1."), made.provider.name)
                self.finish(made.provider.provider_id, said)

    def _ask(self, known: ListedProvider | None, send: Port) -> ListedProvider | None:
        return ProviderDialog.ask(
            self._around, self.found.everybody, known, send, self.window()
        )

    @Slot()
    def _on_end(self) -> None:
        chosen = self.chosen
        if chosen is not None and chosen.provider.is_active:
            self._take(chosen, is_active=False)

    @Slot()
    def _on_revive(self) -> None:
        chosen = self.chosen
        if chosen is not None and not chosen.provider.is_active:
            self._take(chosen, is_active=True)

    def _take(self, chosen: ListedProvider, *, is_active: bool) -> None:
        """Ask once, then end somebody's work or take them back."""
        provider = chosen.provider
        wanted = replace(chosen.draft, is_active=is_active)
        change = ProviderChange(provider.provider_id, chosen.draft, wanted)

        def send(_provider: Any, then: Then, failed: Failed) -> None:
            self._change(change, then, failed)

        step = words.reviving(send) if is_active else words.ending(send, chosen)
        if StepDialog.ask(self.window(), provider, step):
            if not is_active:
                self.show_ended()
            self.finish(provider.provider_id, filled(step.done, provider.name))

    def _of(self, number: object) -> ListedProvider | None:
        everybody = self.found.everybody if self.found else ()
        return next((e for e in everybody if e.provider.provider_id == number), None)

    # -- building

    def _build(self) -> None:
        self._face = QLabel()
        self._face.setFixedSize(LARGE, LARGE)
        self._name = PlainLabel()
        self._name.setWordWrap(True)
        sized(self._name, 1.2, bold=True)
        self._facts, self._bio = PlainLabel(), PlainLabel()
        for label in (self._facts, self._bio):
            label.setWordWrap(True)
            set_ink(label, Ink.MUTED)
        new = self.button(self.tr("&Add…"), self.tr("Insert or N"), self.add)
        new.setProperty("primary", "true")
        self._edit = self.button(
            self.tr("C&hange…"), self.tr("Enter or F2"), self._on_change
        )
        self._end = self.button(self.tr("&End…"), self.tr("Del"), self._on_end)
        self._revive = self.button(self.tr("&Make active…"), "", self._on_revive)
        self.beside.addWidget(new)
        self.beside.addSpacing(14)
        self.beside.addWidget(self._face)
        for label in (self._name, self._facts, self._bio):
            self.beside.addWidget(label)
        self.beside.addSpacing(6)
        for button in (self._edit, self._end, self._revive):
            self.beside.addWidget(button)
        self.beside.addStretch(1)

    def _connect(self) -> None:
        self.rows.change_wished.connect(self._on_change)
        self.rows.end_wished.connect(self._on_end)

    def _show_person(self, chosen: ListedProvider) -> None:
        provider = chosen.provider
        self._face.setPixmap(self._picture(chosen, LARGE))
        self._name.setText(provider.name)
        offered = self.found.offered.get(provider.provider_id, 0)
        self._facts.setText(words.facts(chosen, offered))
        self._bio.setText(provider.bio)
        self._bio.setVisible(bool(provider.bio))

    def _row(self, listed: ListedProvider) -> Values:
        provider, zone = listed.provider, self._around.practice.catalogue.timezone
        return {
            Qt.ItemDataRole.DisplayRole: provider.name,
            Qt.ItemDataRole.AccessibleTextRole: words.spoken(listed, zone),
            Qt.ItemDataRole.DecorationRole: self._picture(listed, SMALL),
            KeyRole: provider.provider_id,
            BelowRole: words.below(listed, zone),
            RightRole: words.state(listed),
            FadedRole: not provider.is_active,
        }

    def _picture(self, listed: ListedProvider, size: int) -> Any:
        provider = listed.provider
        ratio = self.devicePixelRatio()
        name, colour = provider.name, provider.colour
        return picture.avatar(name, colour, listed.image, size, ratio)


def _board(desk: Desk) -> Board:
    offered: dict[int, int] = {}
    for service in desk.offers.all():
        if service.is_active:
            number = service.provider_id
            offered[number] = offered.get(number, 0) + 1
    return Board(desk.providers.all(), offered)
