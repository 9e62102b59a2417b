"""One setting: its name, what it does, what is chosen, what is usual, the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.practice_choices import picked
from desk_app.ui.admin.form import hint
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.inks import Ink, set_ink, set_rule, sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.office.settings.controls import wide
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.ui.office.settings.controls import Control

CHOICE = 310


@dataclass(frozen=True, slots=True)
class Setting:
    """What a setting is called and does; `path` is where its record keeps it.

    `make` makes what it is chosen with. `also` are words that people may look for,
    and that stand nowhere in it. It counts only while the switch at `needs` is on.
    """

    path: str
    label: str
    effect: str
    make: Callable[[], Control]
    also: str = ""
    needs: str = ""

    @property
    def field(self) -> str:
        """What the practice calls it where it complains."""
        return self.path.rpartition(".")[2]


class SettingRow(QFrame):
    """Shows one setting.

    Signals:
        changed: a person may have chosen another value.
    """

    changed = Signal()

    def __init__(self, setting: Setting, defaults: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self.setting = setting
        self._default = picked(defaults, setting.path)
        self._known: Any = self._default
        self._shown: Any = self._default
        self._build()
        self.control.changed.connect(self._on_changed)
        self._back.clicked.connect(self._on_back)
        self.control.show_value(self._default)
        self._on_changed()

    @property
    def value(self) -> Any:
        """What is chosen; what nobody touched is as it was saved."""
        return self.control.value if self.is_touched else self._known

    @property
    def is_touched(self) -> bool:
        """Whether something else is chosen than what is saved."""
        return self.control.value not in (self._known, self._shown)

    @property
    def differs(self) -> bool:
        """Whether something else is chosen than what is usual."""
        return bool(self.value != self._default)

    @property
    def back(self) -> PromptButton:
        """The button that chooses what is usual."""
        return self._back

    def learn(self, value: Any, sent: Any = None) -> None:
        """Show what is saved now, unless a person has chosen something else since."""
        is_own = self.is_touched and self.value != sent
        self._known = self._shown = value
        if not is_own:
            self.control.show_value(value)
            # What was written by hand may be shown in another way.
            self._shown = self.control.value
        self._on_changed()

    def discard(self) -> None:
        """Show what is saved, whatever somebody has chosen."""
        if self.is_touched:
            self.control.show_value(self._known)

    def speaks_of(self, words: list[str]) -> bool:
        """Say whether all these words stand in it."""
        setting = self.setting
        text = f"{setting.label} {setting.effect} {setting.also}".casefold()
        return all(word in text for word in words)

    def complain(self, text: str) -> None:
        """Say what is wrong with what is chosen."""
        self._complaint.say(text)

    def add_below(self, widget: QWidget) -> None:
        """Show more below the setting, over its whole width."""
        self._grid.addWidget(widget, 1, 0, 1, 2)

    def _build(self) -> None:
        setting = self.setting
        self.setObjectName("setting")
        self.control = setting.make()
        usual = filled(self.tr("Usually %1"), self.control.words(self._default))
        self._spoken = f"{setting.effect} {usual}."
        self.control.name(setting.label, self._spoken)
        label = PlainLabel(setting.label)
        sized(label, 1.0, bold=True)
        label.setWordWrap(True)
        label.setBuddy(self.control.field)
        self._complaint = Complaint(self.control.field)
        self._usual = PlainLabel(usual)
        self._usual.setWordWrap(self.control.is_wide)
        set_ink(self._usual, Ink.MUTED)
        self._back = PromptButton(self.tr("Back to default"))
        self._back.setObjectName("quiet")
        self._back.setAutoDefault(False)
        self._back.setAccessibleName(
            filled(self.tr("%1: back to default"), setting.label)
        )
        words = QVBoxLayout()
        words.setSpacing(2)
        for widget in (label, hint(setting.effect), self._complaint):
            words.addWidget(widget)
        words.addStretch(1)
        self._lay_out(words)

    def _lay_out(self, words: QVBoxLayout) -> None:
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._usual, 0 if not self.control.is_wide else 1)
        below.addWidget(self._back)
        below.addStretch(1)
        choice = QVBoxLayout()
        choice.setSpacing(4)
        choice.addWidget(self.control)
        choice.addLayout(below)
        choice.addStretch(1)
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(14, 10, 14, 10)
        grid.setHorizontalSpacing(24)
        grid.addLayout(words, 0, 0)
        grid.addLayout(choice, 0, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnMinimumWidth(1, wide(self, CHOICE))

    @Slot()
    def _on_changed(self) -> None:
        if not self._complaint.isHidden():
            self._complaint.clear_words()
            self.control.name(self.setting.label, self._spoken)
        self._back.setVisible(self.differs)
        set_rule(self, "differs", self.differs)
        set_ink(self._usual, Ink.NORMAL if self.differs else Ink.MUTED)
        self.changed.emit()

    @Slot()
    def _on_back(self) -> None:
        self.control.show_value(self._default)
        self.control.setFocus(Qt.FocusReason.OtherFocusReason)
