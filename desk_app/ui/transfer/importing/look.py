"""The second step: what was recognised of the file, to be looked at and put right."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.importing.columns import Field, Subject
from desk_app.domain.importing.days import Order
from desk_app.domain.importing.decoding import ENCODINGS
from desk_app.domain.importing.plan import NameOrder, Options
from desk_app.domain.importing.table import DELIMITERS
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.prompt import PromptButton, PromptCheck
from desk_app.ui.plain import ElidedLabel, PlainLabel
from desk_app.ui.transfer.importing import words
from desk_app.ui.transfer.importing.go_button import GoButton
from desk_app.ui.transfer.importing.preview import Preview
from desk_app.ui.transfer.importing.words import tr
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from desk_app.domain.importing.plan import Reading

E = TypeVar("E", bound=StrEnum)
UNDECIDED = ""


class LookStep(QWidget):
    """Shows a file as it was read; whatever is changed is read again.

    Signals:
        changed: the file is to be read with other options (`Options`).
        back_wanted: another file is to be chosen.
        go_wanted: all lines are to be checked.
    """

    changed = Signal(object)
    back_wanted = Signal()
    go_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading: Reading | None = None
        self._build()
        self._connect()

    @property
    def options(self) -> Options:
        """What is decided by now, kept from what was decided before."""
        before = self._reading.options if self._reading else Options()
        order = self.order.currentData()
        return replace(
            before,
            encoding=self.encoding.currentData(),
            delimiter=self.delimiter.currentData(),
            has_header=self.header.isChecked(),
            fields=self.preview.fields,
            order=Order(order) if order else None,
            names=NameOrder(self.names.currentData()),
        )

    def show_reading(self, reading: Reading, subject: Subject, file_name: str) -> None:
        """Show what was recognised; what is missing is said below."""
        self._reading = reading
        options = reading.options
        self._title.setText(file_name)
        self._about.setText(words.recognised(reading))
        _choose(self.encoding, options.encoding)
        if self.delimiter.findData(options.delimiter) < 0:
            self.delimiter.addItem(f"“{options.delimiter}”", options.delimiter)
        _choose(self.delimiter, options.delimiter)
        self.header.setChecked(bool(options.has_header))
        order = UNDECIDED if reading.open_order else str(options.order or Order.YMD)
        _choose(self.order, order)
        _choose(self.names, str(options.names or NameOrder.FIRST_LAST))
        self._show_row(self.order, is_shown=Field.DATE in reading.fields)
        self._show_row(self.names, is_shown=Field.NAME in reading.fields)
        self.preview.show_reading(reading, subject)
        self._say(reading)

    def enter(self) -> None:
        """Put the keyboard to what is missing, else to going on."""
        reading = self._reading
        target: QWidget = self.go
        if reading is not None and reading.open_order:
            target = self.order
        elif reading is not None and reading.faults and self.preview.combos:
            target = self.preview.combos[0]
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build(self) -> None:
        self._title, self._about = ElidedLabel(), ElidedLabel()
        sized(self._title, 1.15, bold=True)
        set_ink(self._about, Ink.MUTED)
        self.preview = Preview()
        self.banner = Banner()
        self.back = PromptButton(tr("&Back"))
        self.back.setAutoDefault(False)
        self.go = GoButton(tr("Chec&k all lines"))
        self.go.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.go)
        above = PlainLabel(tr("What the columns &hold, and the first rows"))
        above.setBuddy(self.preview)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 6, 20, 16)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addLayout(self._build_options())
        column.addWidget(above)
        column.addWidget(self.preview, 1)
        column.addWidget(self.banner)
        column.addLayout(foot)

    def _build_options(self) -> QGridLayout:
        self.encoding = _combo(tr("Letters"), ENCODINGS)
        self.delimiter = _combo(tr("Between cells"), DELIMITERS)
        orders = {UNDECIDED: tr("Please choose"), **_named(Order, words.order)}
        self.order = _combo(tr("Order of days"), orders)
        self.names = _combo(tr("Whole names"), _named(NameOrder, words.names))
        self.header = PromptCheck(tr("The first row &names the columns"))
        self._labels: dict[QComboBox, PlainLabel] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        places = (
            (self.encoding, tr("Letters"), 0, 0),
            (self.delimiter, tr("Between cells"), 0, 2),
            (self.order, tr("Days are written"), 1, 0),
            (self.names, tr("Names are written"), 1, 2),
        )
        for combo, text, row, at in places:
            label = self._labels[combo] = PlainLabel(text)
            label.setBuddy(combo)
            grid.addWidget(label, row, at)
            grid.addWidget(combo, row, at + 1)
        grid.addWidget(self.header, 0, 4)
        grid.setColumnStretch(5, 1)
        return grid

    def _connect(self) -> None:
        for combo in (self.encoding, self.delimiter):
            combo.activated.connect(self._on_read_differently)
        self.header.clicked.connect(self._on_read_differently)
        for combo in (self.order, self.names):
            combo.activated.connect(self._on_decided)
        self.preview.mapped.connect(self._on_decided)
        self.back.clicked.connect(self.back_wanted)
        self.go.clicked.connect(self._on_go)

    def _show_row(self, combo: QComboBox, *, is_shown: bool) -> None:
        combo.setVisible(is_shown)
        self._labels[combo].setVisible(is_shown)

    def _say(self, reading: Reading) -> None:
        if reading.faults:
            text = " ".join(dict.fromkeys(fault.words for fault in reading.faults))
            self.banner.say(Words(tr("Something is still to be said"), text))
        elif reading.doubt:
            said = Words(tr("Please look at the letters"), reading.doubt)
            self.banner.say(replace(said, tone=Tone.INFO))
        else:
            self.banner.clear()

    @Slot()
    def _on_decided(self) -> None:
        self.changed.emit(self.options)

    @Slot()
    def _on_read_differently(self) -> None:
        """Read the file anew: its columns may be others now."""
        anew = replace(self.options, fields=(), order=None, names=None)
        self.changed.emit(replace(anew, providers=(), services=()))

    @Slot()
    def _on_go(self) -> None:
        if self._reading is None or self._reading.faults:
            self.enter()
        else:
            self.go_wanted.emit()


def _named(kind: type[E], name: Callable[[E], str]) -> dict[str, str]:
    return {str(each): name(each) for each in kind}


def _combo(name: str, choices: Mapping[str, str]) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    for value, text in choices.items():
        combo.addItem(text, value)
    return combo


def _choose(combo: QComboBox, value: str) -> None:
    combo.setCurrentIndex(max(0, combo.findData(value)))
