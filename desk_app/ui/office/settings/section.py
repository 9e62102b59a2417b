"""Settings that are saved together: a title, the settings, and how saving goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.practice_choices import picked, put
from desk_app.errors import Invalid
from desk_app.ui import notices
from desk_app.ui.admin.form import hint
from desk_app.ui.dialogs.asking import Asking
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.inks import Ink, set_ink, set_rule, sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.notice_bar import announce
from desk_app.ui.office.settings.setting import Setting, SettingRow
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.errors import DeskError
    from desk_app.ui.dialogs.ports import Failed, Then


@dataclass(frozen=True, slots=True)
class Change:
    """A record as a person saw it, and as they want it."""

    known: Any
    wanted: Any


@dataclass(frozen=True, slots=True)
class SectionWords:
    """What a section is called and holds; `about` says for whom it counts.

    `extra` makes what stands below a setting, by its path.
    """

    title: str
    about: str
    settings: tuple[Setting, ...]
    extra: dict[str, Callable[[SettingRow], QWidget]]


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a section is kept: what is usual there, and how it is changed."""

    defaults: Any
    change: Callable[[Change, Then[Any], Failed], None]
    patience: tuple[int, ...]


class Section(QFrame):
    """Shows settings and saves those that were changed.

    Signals:
        saved: what counted before, and what does now (`Change`).
    """

    saved = Signal(object)

    def __init__(self, words: SectionWords, kept: Kept, parent: QWidget) -> None:
        super().__init__(parent)
        self._kept = kept
        self._known: Any = None
        self._wanted: Any = None
        self._said = self._last = ""
        self.title = words.title
        self._card = QFrame(self)
        self._card.setObjectName("card")
        self.rows = {
            setting.path: SettingRow(setting, kept.defaults, self._card)
            for setting in words.settings
        }
        self._asking = Asking(kept.change, kept.patience, self)
        self._build(words)
        self._connect()
        self._show_state()

    @property
    def is_touched(self) -> bool:
        """Whether something is chosen that is not saved."""
        return self._known is not None and any(
            row.is_touched for row in self.rows.values()
        )

    @property
    def wanted(self) -> Any:
        """The record as it was read, with what is chosen here."""
        record = self._known
        for path, row in self.rows.items():
            record = put(record, path, row.value)
        return record

    def learn(self, record: Any) -> None:
        """Show what is saved; what somebody chose here meanwhile stays."""
        self._known = record
        for path, row in self.rows.items():
            row.learn(picked(record, path))
        self._show_state()

    def discard(self) -> None:
        """Show what is saved, whatever somebody has chosen."""
        for row in self.rows.values():
            row.discard()

    def holds(self, path: str) -> bool:
        """Say whether this, or a part of it, is chosen here."""
        return any(one == path or one.startswith(f"{path}.") for one in self.rows)

    def show_last(self, text: str) -> None:
        """Say who changed something here last."""
        self._last = text
        self._show_state()

    def forget(self) -> None:
        """Nothing is known: nothing can be chosen."""
        self._known = None
        self._show_state()

    def look_for(self, words: list[str]) -> bool:
        """Show only settings that speak of these words; say whether one does."""
        of_all = [word for word in words if word not in self.title.casefold()]
        found = [row for row in self.rows.values() if row.speaks_of(of_all)]
        for row in self.rows.values():
            row.setVisible(row in found)
            set_rule(row, "isFirst", row is next(iter(found), None))
        self.setVisible(bool(found))
        return bool(found)

    @Slot()
    def save(self) -> None:
        """Send what was changed; nothing changed is nothing to send."""
        if not self.is_touched or self._asking.is_open:
            return
        self.banner.clear()
        self._wanted = self.wanted
        self._asking.send(Change(self._known, self._wanted))
        self._show_state()

    def _build(self, words: SectionWords) -> None:
        heading = PlainLabel(words.title)
        sized(heading, 1.25, bold=True)
        rows = QVBoxLayout(self._card)
        rows.setContentsMargins(0, 2, 0, 2)
        rows.setSpacing(0)
        for path, row in self.rows.items():
            row.setProperty("isFirst", row is next(iter(self.rows.values())))
            rows.addWidget(row)
            if path in words.extra:
                row.add_below(words.extra[path](row))
        self.banner = Banner()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(heading)
        column.addWidget(hint(words.about))
        column.addWidget(self._card)
        column.addWidget(self.banner)
        column.addLayout(self._build_foot())

    def _build_foot(self) -> QHBoxLayout:
        self._state = PlainLabel()
        set_ink(self._state, Ink.MUTED)
        self._state.setWordWrap(True)
        self.button = PromptButton(self.tr("Save"))
        self.button.setAutoDefault(False)
        self.button.setAccessibleName(filled(self.tr("Save: %1"), self.title))
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self._state, 1)
        foot.addWidget(self.button)
        return foot

    def _connect(self) -> None:
        for row in self.rows.values():
            row.changed.connect(self._on_changed)
        self.button.clicked.connect(self.save)
        self._asking.answered.connect(self._on_answered)
        self._asking.refused.connect(self._on_refused)
        self._asking.doubted.connect(self._on_doubted)

    def _show_state(self) -> None:
        count = sum(row.is_touched for row in self.rows.values())
        is_known, is_open = self._known is not None, self._asking.is_open
        for row in self.rows.values():
            needed = self.rows.get(row.setting.needs)
            row.setEnabled(is_known and (needed is None or bool(needed.value)))
        may_save = is_known and count > 0 and not is_open
        # Disabled it would hand the keyboard on to the next section.
        self.button.setEnabled(may_save or self.button.hasFocus())
        set_rule(self.button, "primary", count > 0)
        self.button.setText(self.tr("Saving…") if is_open else self.tr("Save"))
        said = " ".join(filter(None, (self._said, self._last)))
        if is_known and count == 1:
            said = self.tr("1 change is not saved yet.")
        elif is_known and count:
            said = filled(self.tr("%1 changes are not saved yet."), str(count))
        self._state.setText(said)

    @Slot()
    def _on_changed(self) -> None:
        if self.is_touched:
            self._said = ""
        self._show_state()

    @Slot(object)
    def _on_answered(self, record: Any) -> None:
        done, self._known = Change(self._known, record), record
        for path, row in self.rows.items():
            row.learn(picked(record, path), picked(self._wanted, path))
        self.banner.clear()
        self._said = self.tr("Saved.")
        self._show_state()
        announce(self, filled(self.tr("%1: saved."), self.title))
        self.saved.emit(done)

    @Slot(object)
    def _on_refused(self, error: DeskError) -> None:
        self._show_state()
        said = notices.words(error)
        field = error.field if isinstance(error, Invalid) else ""
        for row in self.rows.values():
            if row.setting.field == field:
                row.complain(said.text)
                return
        self.banner.say(said)

    @Slot(object)
    def _on_doubted(self, _error: DeskError) -> None:
        self.banner.say(notices.checking(), topic="doubt")
