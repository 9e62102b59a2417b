"""The services: what each provider offers, added, changed, copied and ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from desk_app.domain.offering import ServiceChange, ServiceDraft
from desk_app.domain.people import Money
from desk_app.ui import format as written
from desk_app.ui.admin.step import StepDialog
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.office.lists.page import ListPage
from desk_app.ui.office.lists.rows import BelowRole, FadedRole, KeyRole, RightRole
from desk_app.ui.office.services import words
from desk_app.ui.office.services.copying import CopyDialog
from desk_app.ui.office.services.form import ServiceDialog, Subject
from desk_app.ui.office.stranded.settling import Settling
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel
from desk_app.ui.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.desk import Desk
    from desk_app.domain.people import Provider, Service
    from desk_app.ui.around import Around, Failed, Then
    from desk_app.ui.rows import Values

BY_PROVIDER, BY_NAME = "provider", "name"


@dataclass(frozen=True, slots=True)
class Offered:
    """All services, and everybody who offers them, by number."""

    services: tuple[Service, ...]
    providers: dict[int, Provider]

    def name_of(self, service: Service) -> str:
        """Return who offers it."""
        return self.providers[service.provider_id].name

    def is_open(self, service: Service) -> bool:
        """Say whether it can be booked."""
        return service.is_active and self.providers[service.provider_id].is_active

    @property
    def active(self) -> tuple[Provider, ...]:
        """Return those who may offer something."""
        return tuple(one for one in self.providers.values() if one.is_active)


class ServicesPage(ListPage):
    """Everything that is offered at the left; at the right what is chosen."""

    def __init__(self, around: Around, parent: QWidget | None = None) -> None:
        desk = around.desk
        read = around.port(lambda _: _offered(desk), "offers")
        super().__init__(words.page(), read, parent)
        self._around = around
        self._add, self._copy = (
            around.port(desk.offers.add),
            around.port(desk.offers.copy),
        )
        self._change = Settling(around.port(desk.offers.change), around, self)
        self._build()
        self._connect()
        self.show_choice()

    @property
    def chosen(self) -> Service | None:
        """What is chosen."""
        services = self.found.services if self.found else ()
        return next((s for s in services if s.service_id == self.key), None)

    def rows_for(self, sought: Sequence[str], *, ended: bool) -> list[Values]:
        """Return a row for each that fits, below headings."""
        found: Offered = self.found
        fitting = [
            service
            for service in found.services
            if (ended or found.is_open(service)) and self._fits(service, sought)
        ]
        by_name = self.grouping.currentData() == BY_NAME

        def heading(service: Service) -> str:
            return service.name if by_name else found.name_of(service)

        rows: list[Values] = []
        fitting.sort(key=lambda service: heading(service).casefold())
        for title, services in groupby(fitting, key=heading):
            rows.append({Qt.ItemDataRole.DisplayRole: title})
            rows += [self._row(each, by_name=by_name) for each in services]
        return rows

    def has_ended(self) -> bool:
        """Say whether anything is not offered any more."""
        return not all(map(self.found.is_open, self.found.services))

    def show_choice(self) -> None:
        """Show what is chosen, and what can be done with it."""
        chosen = self.chosen
        is_active = chosen is not None and chosen.is_active
        for widget in (self._name, self._facts):
            widget.setVisible(chosen is not None)
        for button in (self._edit, self._twin, self._others):
            button.setEnabled(chosen is not None)
        had_focus = self._end.hasFocus() or self._revive.hasFocus()
        self._end.setVisible(chosen is None or is_active)
        self._end.setEnabled(is_active)
        self._revive.setVisible(chosen is not None and not is_active)
        if had_focus:
            (self._end if is_active else self._revive).setFocus()
        if chosen is not None:
            last = self._around.practice.today() + timedelta(chosen.max_advance_days)
            self._name.setText(chosen.name)
            self._facts.setText(words.facts(chosen, self.found.name_of(chosen), last))

    @Slot()
    def add(self) -> None:
        """Open the form for something new, of the provider who is chosen."""
        if self.found is None:
            return
        if not self.found.active:
            self.banner.say(Words(words.no_providers()))
            return
        catalogue = self._around.practice.catalogue
        usual, price = catalogue.new_service, Money(Decimal(0), catalogue.currency)
        draft = ServiceDraft(
            "",
            price,
            buffer_minutes=usual.buffer_minutes,
            max_advance_days=usual.max_advance_days,
            cancellation_hours=usual.cancellation_hours,
        )
        self._ask_new(draft)

    @Slot()
    def _on_twin(self) -> None:
        """Open the form for something that is nearly the same."""
        chosen = self.chosen
        if chosen is not None:
            draft = replace(ServiceDraft.of(chosen), is_active=True)
            name = filled(self.tr("%1 (2)"), draft.name)
            self._ask_new(replace(draft, name=name))

    def _ask_new(self, draft: ServiceDraft) -> None:
        chosen, active = self.chosen, self.found.active
        numbers = [one.provider_id for one in active]
        owner = chosen.provider_id if chosen else None
        if owner not in numbers:
            owner = numbers[0] if numbers else None
        subject = Subject(draft, active, owner)
        made = ServiceDialog.ask(self._around, subject, self._add, self.window())
        if made is not None:
            said = filled(self.tr("%1 was added."), made.name)
            self.finish(made.service_id, said)

    @Slot()
    def _on_change(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            owner = self.found.providers[chosen.provider_id]
            draft = ServiceDraft.of(chosen)
            subject = Subject(draft, (owner,), owner.provider_id, chosen)
            made = ServiceDialog.ask(self._around, subject, self._change, self.window())
            if made is not None:
                said = filled(self.tr("Saved: %1."), made.name)
                self.finish(made.service_id, said)

    @Slot()
    def _on_copy(self) -> None:
        chosen = self.chosen
        if chosen is None:
            return
        others = [p for p in self.found.active if p.provider_id != chosen.provider_id]
        if not others:
            self.banner.say(Words(self.tr("There is nobody else to copy it to.")))
            return
        services = self.found.services
        dialog = CopyDialog(chosen, services, others, self._copy, self.window())
        dialog.exec()
        dialog.deleteLater()
        if dialog.answer is not None:
            said = self.tr("%1 is offered by %2 more now.")
            count = str(len(dialog.answer))
            self.finish(chosen.service_id, filled(said, chosen.name, count))

    @Slot()
    def _on_end(self) -> None:
        chosen = self.chosen
        if chosen is not None and chosen.is_active:
            self._take(chosen, is_active=False)

    @Slot()
    def _on_revive(self) -> None:
        chosen = self.chosen
        if chosen is not None and not chosen.is_active:
            self._take(chosen, is_active=True)

    def _take(self, chosen: Service, *, is_active: bool) -> None:
        """Ask once, then end a service or offer it again."""
        draft = ServiceDraft.of(chosen)
        wanted = replace(draft, is_active=is_active)
        change = ServiceChange(chosen.service_id, draft, wanted)

        def send(_service: Any, then: Then, failed: Failed) -> None:
            self._change(change, then, failed)

        step = words.reviving(send) if is_active else words.ending(send)
        if StepDialog.ask(self.window(), chosen, step):
            if not is_active:
                self.show_ended()
            self.finish(chosen.service_id, filled(step.done, chosen.name))

    def _fits(self, service: Service, sought: Sequence[str]) -> bool:
        text = f"{service.name} {self.found.name_of(service)}".casefold()
        return all(word in text for word in sought)

    # -- building

    def _build(self) -> None:
        self.grouping = QComboBox()
        self.grouping.addItem(self.tr("By provider"), BY_PROVIDER)
        self.grouping.addItem(self.tr("By name"), BY_NAME)
        self.grouping.setAccessibleName(self.tr("Grouped"))
        self.above.insertWidget(1, self.grouping)
        self._name, self._facts = PlainLabel(), PlainLabel()
        sized(self._name, 1.2, bold=True)
        set_ink(self._facts, Ink.MUTED)
        for label in (self._name, self._facts):
            label.setWordWrap(True)
        new = self.button(self.tr("&Add…"), self.tr("Insert or N"), self.add)
        new.setProperty("primary", "true")
        self._edit = self.button(
            self.tr("C&hange…"), self.tr("Enter or F2"), self._on_change
        )
        self._others = self.button(self.tr("Cop&y to others…"), "", self._on_copy)
        self._twin = self.button(
            self.tr("&Duplicate…"), self.tr("Ctrl+D"), self._on_twin
        )
        self._end = self.button(self.tr("&End…"), self.tr("Del"), self._on_end)
        self._revive = self.button(self.tr("&Offer again…"), "", self._on_revive)
        self.beside.addWidget(new)
        self.beside.addSpacing(14)
        self.beside.addWidget(self._name)
        self.beside.addWidget(self._facts)
        self.beside.addSpacing(6)
        for button in (self._edit, self._others, self._twin, self._end, self._revive):
            self.beside.addWidget(button)
        self.beside.addStretch(1)

    def _connect(self) -> None:
        self.grouping.currentIndexChanged.connect(self.regroup)
        self.rows.change_wished.connect(self._on_change)
        self.rows.end_wished.connect(self._on_end)
        self.rows.twin_wished.connect(self._on_twin)

    def _row(self, service: Service, *, by_name: bool) -> Values:
        owner, price = self.found.name_of(service), written.money(service.price)
        is_open = self.found.is_open(service)
        state = "" if is_open else self.tr("ended · ")
        return {
            Qt.ItemDataRole.DisplayRole: owner if by_name else service.name,
            Qt.ItemDataRole.AccessibleTextRole: words.spoken(
                service, owner, state + price
            ),
            KeyRole: service.service_id,
            BelowRole: words.below(service),
            RightRole: state + price,
            FadedRole: not is_open,
        }


def _offered(desk: Desk) -> Offered:
    everybody = [each.provider for each in desk.providers.all()]
    return Offered(desk.offers.all(), {one.provider_id: one for one in everybody})
