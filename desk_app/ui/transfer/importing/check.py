"""The third step: what an import would do, what is wrong, and what is still open."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desk_app.domain.importing.columns import Subject
from desk_app.domain.importing.plan import Known, Options, Twins
from desk_app.ui import privacy
from desk_app.ui.admin.form import hint
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.prompt import PromptButton, PromptRadio
from desk_app.ui.plain import PlainLabel
from desk_app.ui.transfer.importing import words
from desk_app.ui.transfer.importing.go_button import GoButton
from desk_app.ui.transfer.importing.matches import Matches
from desk_app.ui.transfer.importing.new_rows import new_rows
from desk_app.ui.transfer.importing.rows_table import TextTable, copy, listed
from desk_app.ui.transfer.importing.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from desk_app.domain.importing.faults import Fault
    from desk_app.domain.importing.outcome import Checked
    from desk_app.domain.importing.twins import Duplicate
    from desk_app.domain.schedule import Catalogue


class Pane(StrEnum):
    """The lists of this step, the one to look at first before the others."""

    FAULTS = auto()
    NEW = auto()
    TWICE = auto()
    PROVIDERS = auto()
    SERVICES = auto()


class CheckStep(QWidget):
    """Says in large letters what would be; each list has its count.

    Signals:
        changed: all lines are to be checked with other options (`Options`).
        back_wanted: what was recognised is to be looked at again.
        choose_wanted: the file was mended and is to be chosen again.
        go_wanted: everything is to be written.
        save_wanted: the list of faults is to be saved.
    """

    changed = Signal(object)
    back_wanted = Signal()
    choose_wanted = Signal()
    go_wanted = Signal()
    save_wanted = Signal()

    def __init__(
        self,
        catalogue: Callable[[], Catalogue],
        zone: tzinfo,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._catalogue, self._zone = catalogue, zone
        self._checked: Checked | None = None
        self._build()
        self._connect()

    @property
    def headline(self) -> str:
        """What is said in large letters."""
        return self._headline.text()

    @property
    def checked(self) -> Checked | None:
        """What is shown."""
        return self._checked

    def show_checked(self, checked: Checked, subject: Subject) -> None:
        """Show what an import would do."""
        self._checked = checked
        has_faults = bool(checked.faults)
        self.go.setText(words.go(checked, subject))
        is_of_clients = subject is Subject.CLIENTS
        self._show_choices(checked, is_of_clients=is_of_clients)
        self._fill(checked)
        new = checked.new if is_of_clients else checked.visits
        counts = {
            Pane.FAULTS: len(checked.faults),
            Pane.NEW: 0 if has_faults else len(new),
            Pane.TWICE: len(checked.duplicates) if is_of_clients else 0,
            Pane.PROVIDERS: 0 if is_of_clients else len(checked.providers),
            Pane.SERVICES: 0 if is_of_clients else len(checked.services),
        }
        self._show_tabs(counts)
        self._show_headline(checked, subject)
        self.copy.setVisible(has_faults)
        self.save.setVisible(has_faults)
        self.back.setVisible(bool(checked.reading.table.rows))

    def forget(self) -> None:
        """Forget what was decided about another file."""
        self.providers.forget()
        self.services.forget()

    def enter(self) -> None:
        """Put the keyboard onto what is open, else onto the button that goes on."""
        target: QWidget = self.go if self.go.isEnabled() else self.back
        for matches in (self.services, self.providers):
            target = matches.first_open or target
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build(self) -> None:
        self._headline, self._details = PlainLabel(), PlainLabel()
        sized(self._headline, 1.4, bold=True)
        self._headline.setWordWrap(True)
        self._details.setWordWrap(True)
        set_ink(self._details, Ink.MUTED)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 6, 20, 16)
        column.setSpacing(8)
        column.addWidget(self._headline)
        column.addWidget(self._details)
        column.addLayout(self._build_choices())
        column.addLayout(self._build_tabs())
        column.addWidget(self._build_lists(), 1)
        column.addLayout(self._build_foot())

    def _build_choices(self) -> QGridLayout:
        self.twins, self.known = QComboBox(), QComboBox()
        for twin in Twins:
            self.twins.addItem(words.twins(twin), str(twin))
        for known in Known:
            self.known.addItem(words.known(known), str(known))
        self._twins_label = PlainLabel(tr("Lines with the same phone or &person"))
        self._known_label = PlainLabel(tr("People you &know already"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        rows = ((self._twins_label, self.twins), (self._known_label, self.known))
        for row, (label, combo) in enumerate(rows):
            label.setBuddy(combo)
            combo.setAccessibleName(label.text().replace("&", ""))
            grid.addWidget(label, row, 0)
            grid.addWidget(combo, row, 1)
        grid.setColumnStretch(2, 1)
        return grid

    def _build_tabs(self) -> QHBoxLayout:
        self.tabs = {pane: PromptRadio("") for pane in Pane}
        row = QHBoxLayout()
        row.setSpacing(18)
        for tab in self.tabs.values():
            row.addWidget(tab)
        row.addStretch(1)
        return row

    def _build_lists(self) -> QWidget:
        titles = (
            tr("Line"),
            tr("Column"),
            tr("What stands there"),
            tr("What is wrong"),
        )
        self.faults = TextTable(titles, tr("What is wrong, by line"))
        self.faults.share(6, 14, 26)
        saved = (tr("Line"), tr("Who"), tr("As it will be saved"))
        self.new = TextTable(saved, tr("What will be new"))
        self.new.share(6, 26)
        titles = (tr("Line"), tr("Name"), tr("Known by"), tr("What is done"))
        self.twice = TextTable(titles, tr("Known, or found twice"))
        self.twice.share(6, 24, 44)
        self.providers = Matches(tr("Provider here"))
        self.services = Matches(tr("Service here"))
        lists = (self.faults, self.new, self.twice, self.providers, self.services)
        self._lists = QStackedWidget()
        for each in lists:
            self._lists.addWidget(each)
        self._words = hint("")
        self.faults.row_changed.connect(self._on_fault)
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._lists, 1)
        column.addWidget(self._words)
        return place

    def _build_foot(self) -> QHBoxLayout:
        self.copy = PromptButton(tr("Cop&y the list"))
        self.save = PromptButton(tr("&Save the list…"))
        self.back = PromptButton(tr("&Back"))
        self.go = GoButton()
        self.go.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        for button in (self.copy, self.save):
            button.setAutoDefault(False)
            foot.addWidget(button)
        foot.addStretch(1)
        self.back.setAutoDefault(False)
        foot.addWidget(self.back)
        foot.addWidget(self.go)
        return foot

    def _connect(self) -> None:
        for combo in (self.twins, self.known):
            combo.activated.connect(self._on_decided)
        for matches in (self.providers, self.services):
            matches.changed.connect(self._on_decided)
        for tab in self.tabs.values():
            tab.toggled.connect(self._on_tab)
        self.copy.clicked.connect(self._on_copy)
        self.save.clicked.connect(self.save_wanted)
        self.back.clicked.connect(self.back_wanted)
        self.go.clicked.connect(self._on_go)
        privacy.current().changed.connect(self._on_privacy)

    def _show_choices(self, checked: Checked, *, is_of_clients: bool) -> None:
        options = checked.reading.options
        self.twins.setCurrentIndex(self.twins.findData(str(options.twins)))
        self.known.setCurrentIndex(self.known.findData(str(options.known)))
        has_twins = any(each.other_line for each in checked.duplicates)
        has_known = any(each.client_id for each in checked.duplicates)
        for widgets, is_shown in (
            ((self.twins, self._twins_label), has_twins and is_of_clients),
            ((self.known, self._known_label), has_known and is_of_clients),
        ):
            for widget in widgets:
                widget.setVisible(is_shown)

    def _fill(self, checked: Checked) -> None:
        self.faults.put_rows(listed(checked.faults, _fault_row))
        catalogue = self._catalogue()
        self.new.put_rows(new_rows(checked, catalogue, self._zone))
        self.twice.put_rows(listed(checked.duplicates, _twice_row))
        providers = [(p.provider_id, p.name) for p in catalogue.providers]
        self.providers.show_matches(checked.providers, providers)
        # A service is chosen by its name; each provider has their own of that name.
        named = {s.name: s.service_id for s in catalogue.services}
        services = [(number, name) for name, number in sorted(named.items())]
        self.services.show_matches(checked.services, services)

    def _show_headline(self, checked: Checked, subject: Subject) -> None:
        """Say what would be, or what is wrong, or whom nobody knows here."""
        if self.providers.first_open or self.services.first_open:
            self._headline.setText(tr("Say who and what is meant"))
            text = tr("These names are none of ours. Choose what each one means.")
            if not self._catalogue().providers:
                text = tr("Enter your providers and their services first.")
            self._details.setText(text)
            set_ink(self._headline, Ink.WARNING)
            self.go.setEnabled(False)
            return
        self._headline.setText(words.headline(checked, subject))
        set_ink(self._headline, Ink.DANGER if checked.faults else Ink.NORMAL)
        self._details.setText(words.details(checked, subject))
        is_empty = not (checked.new or checked.visits or checked.fillings)
        self.go.setEnabled(bool(checked.faults) or not is_empty)

    def _show_tabs(self, counts: dict[Pane, int]) -> None:
        names = {
            Pane.FAULTS: tr("&Faults (%1)", words.number(counts[Pane.FAULTS])),
            Pane.NEW: tr("&New (%1)", words.number(counts[Pane.NEW])),
            Pane.TWICE: tr("Known or &twice (%1)", words.number(counts[Pane.TWICE])),
            Pane.PROVIDERS: tr("&Providers (%1)", words.number(counts[Pane.PROVIDERS])),
            Pane.SERVICES: tr("Ser&vices (%1)", words.number(counts[Pane.SERVICES])),
        }
        for pane, tab in self.tabs.items():
            tab.setText(names[pane])
            tab.setVisible(bool(counts[pane]))
        shown = [pane for pane in Pane if counts[pane]]
        # Where names are open, they are what has to be looked at first.
        open_ones = {Pane.PROVIDERS: self.providers, Pane.SERVICES: self.services}
        first = [pane for pane, matches in open_ones.items() if matches.first_open]
        pane = next(iter(first or shown), Pane.NEW)
        self.tabs[pane].setChecked(True)
        self._on_tab()

    @Slot()
    def _on_tab(self) -> None:
        for at, tab in enumerate(self.tabs.values()):
            if tab.isChecked():
                self._lists.setCurrentIndex(at)
        self._words.setVisible(self.tabs[Pane.FAULTS].isChecked())
        self._on_fault()

    @Slot()
    def _on_fault(self) -> None:
        """Write out in full what is wrong with the line that is chosen."""
        row = self.faults.currentIndex().row()
        faults = self._checked.faults if self._checked else ()
        text = faults[row].words if 0 <= row < len(faults) else ""
        self._words.setText(privacy.phone(text))

    @Slot()
    def _on_decided(self) -> None:
        before = self._checked.reading.options if self._checked else Options()
        self.changed.emit(
            replace(
                before,
                twins=Twins(self.twins.currentData()),
                known=Known(self.known.currentData()),
                providers=self.providers.decided,
                services=self.services.decided,
            )
        )

    @Slot()
    def _on_copy(self) -> None:
        faults = self._checked.faults if self._checked else ()
        copy("\n".join("\t".join(_fault_row(fault)) for fault in faults))

    @Slot()
    def _on_go(self) -> None:
        if self._checked is not None and self._checked.faults:
            self.choose_wanted.emit()
        else:
            self.go_wanted.emit()

    @Slot()
    def _on_privacy(self) -> None:
        if self._checked is not None:
            self._fill(self._checked)


def _fault_row(fault: Fault) -> tuple[str, ...]:
    # What is wrong may name a client too.
    said = privacy.phone(fault.words), privacy.phone(fault.text)
    return str(fault.line), fault.column, said[1], said[0]


def _twice_row(duplicate: Duplicate) -> tuple[str, ...]:
    return (
        str(duplicate.line),
        privacy.name(duplicate.name),
        privacy.line(words.likeness(duplicate), [duplicate.other_name]),
        words.fate(duplicate.fate),
    )
