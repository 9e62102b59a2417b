"""All settings on one page, in sections; a line at the top finds them by words."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desk_app.domain.practice_choices import PracticeChoices
from desk_app.settings import Settings
from desk_app.ui import format as written
from desk_app.ui import notices
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.notice_bar import Action
from desk_app.ui.office.page import OfficePage, focus
from desk_app.ui.office.settings import desk, messages, privacy, this_desk, times
from desk_app.ui.office.settings.controls import wide
from desk_app.ui.office.settings.section import Kept, Section
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel, without_mnemonic

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from desk_app.domain.practice_choices import LastChange
    from desk_app.errors import DeskError
    from desk_app.ui.office.settings.ports import SettingsPorts
    from desk_app.ui.office.settings.section import Change

LONGEST_SEARCH = 60
WIDEST = 980


class SettingsPage(OfficePage):
    """The settings that a person may change."""

    def __init__(self, ports: SettingsPorts, parent: QWidget | None = None) -> None:
        super().__init__(_about(may_manage=ports.may_manage), parent)
        self._ports = ports
        self._build()
        self._connect()

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections, from the top."""
        return (*self.of_practice, self.of_desk)

    def begin(self) -> None:
        """Show what counts now."""
        self.read()

    def follow(self) -> None:
        """Show what another desk has changed beside what was chosen here."""
        self.read()

    def enter(self) -> None:
        """Put the keyboard into the line that finds settings."""
        focus(self.search)

    def is_touched(self) -> bool:
        """Say whether leaving would lose something that was chosen."""
        return any(section.is_touched for section in self.sections)

    def may_leave(self) -> bool:
        """Ask before choices are thrown away, and then forget them."""
        may = super().may_leave()
        if may:
            for section in self.sections:
                section.discard()
        return may

    @Slot()
    def read(self) -> None:
        """Read again; what somebody chose here and has not saved stays."""
        ports = self._ports
        if self.of_practice:
            ports.read(self._on_read, self._on_read_failed)
            self._read_changes()
        ports.read_desk(self.of_desk.learn, self._on_desk_failed)

    @Slot()
    def save(self) -> None:
        """Save what was changed, each section for itself."""
        for section in self.sections:
            section.save()

    @Slot()
    def look_for(self) -> None:
        """Show only what speaks of the words in the search line."""
        words = self.search.text().casefold().split()
        found = [section.look_for(words) for section in self.sections]
        text = self.tr("No setting speaks of “%1”. Try another word, or Esc for all.")
        self._nothing.setText(filled(text, self.search.text().strip()))
        self._nothing.setVisible(not any(found))
        for chip, is_found in zip(self._chips, found, strict=True):
            chip.setEnabled(is_found)
        self._room.verticalScrollBar().setValue(0)

    @Slot(int)
    def turn(self, step: int) -> None:
        """Go to the next section (1) or the one before (-1) and take the keyboard."""
        shown = [section for section in self.sections if not section.isHidden()]
        if not shown:
            return
        here = next((n for n, one in enumerate(shown) if self._is_in(one)), None)
        number = 0 if here is None else (here + step) % len(shown)
        self.go_to(shown[number])

    def go_to(self, section: Section) -> None:
        """Show a section from its top and put the keyboard into it."""
        bar = self._room.verticalScrollBar()
        bar.setValue(section.y())
        row = next((r for r in section.rows.values() if not r.isHidden()), None)
        if row is not None:
            focus(row.control)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the search with Esc, before anything else is left."""
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        ports = self._ports
        # Each part is made within its parent: moved there, all of it is styled again.
        self._room = QScrollArea(self)
        self._inside = QFrame()
        self._room.setWidget(self._inside)
        self.of_practice = self._sections_of_practice() if ports.may_manage else ()
        kept = Kept(Settings(), ports.change_desk, ports.patience)
        self.of_desk = Section(this_desk.this_desk(ports.locations), kept, self._inside)
        self.banner = Banner()
        self._nothing = PlainLabel()
        self._nothing.setWordWrap(True)
        set_ink(self._nothing, Ink.MUTED)
        self._nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._build_head())
        column.addWidget(self.banner)
        column.addWidget(self._nothing)
        self._lay_out_room()
        column.addWidget(self._room, 1)

    def _sections_of_practice(self) -> tuple[Section, ...]:
        ports = self._ports
        kept = Kept(PracticeChoices(), ports.change, ports.patience)
        described = (
            times.times(),
            messages.messages(written.place(ports.zone)),
            desk.at_the_desk(),
            desk.no_shows(),
            privacy.privacy(),
        )
        return tuple(Section(words, kept, self._inside) for words in described)

    def _build_head(self) -> QVBoxLayout:
        self.search = QLineEdit()
        self.search.setMaxLength(LONGEST_SEARCH)
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(self.tr("Find a setting (Ctrl+F)"))
        self.search.setAccessibleName(self.tr("Find a setting"))
        self.search.setMaximumWidth(wide(self, WIDEST))
        head = QVBoxLayout()
        head.setContentsMargins(0, 0, 32, 0)
        head.setSpacing(10)
        head.addWidget(self.search)
        head.addWidget(self._build_chips())
        return head

    def _build_chips(self) -> QWidget:
        self._chips: list[QToolButton] = []
        chips = QWidget()
        # A narrow window cuts the last of them; keys reach every section.
        chips.setMinimumWidth(1)
        chips.setVisible(self._ports.may_manage)
        row = QHBoxLayout(chips)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for section in self.sections:
            chip = QToolButton()
            chip.setText(without_mnemonic(section.title))
            chip.setProperty("chip", True)
            chip.setProperty("faint", True)
            chip.clicked.connect(partial(self.go_to, section))
            self._chips.append(chip)
            row.addWidget(chip)
        row.addStretch(1)
        return chips

    def _lay_out_room(self) -> None:
        self._inside.setMaximumWidth(wide(self, WIDEST))
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 20, 20)
        column.setSpacing(22)
        for section in self.sections:
            column.addWidget(section)
        column.addStretch(1)
        self._room.setFrameShape(QFrame.Shape.NoFrame)
        self._room.setWidgetResizable(True)
        self._room.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _connect(self) -> None:
        self.search.textChanged.connect(self.look_for)
        for section in self.of_practice:
            section.saved.connect(self._on_saved)
        self.of_desk.saved.connect(self._ports.show_desk)
        self._key("Ctrl+F", self._on_search_wanted)
        self._key("Ctrl+S", self.save)
        self._key("Alt+PgDown", partial(self.turn, 1))
        self._key("Alt+PgUp", partial(self.turn, -1))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def _key(self, key: str, follow: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(follow)

    def _is_in(self, section: Section) -> bool:
        focused = self.focusWidget()
        return focused is not None and section.isAncestorOf(focused)

    @Slot()
    def _on_search_wanted(self) -> None:
        focus(self.search)
        self.search.selectAll()

    @Slot(QWidget, QWidget)
    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Keep what has the keyboard in sight."""
        if now is not None and self._room.isAncestorOf(now):
            self._room.ensureWidgetVisible(now, 0, 60)

    @Slot(object)
    def _on_read(self, choices: PracticeChoices) -> None:
        self.banner.clear()
        for section in self.of_practice:
            section.learn(choices)

    @Slot(object)
    def _on_saved(self, done: Change) -> None:
        """Let the other sections of the practice know what counts now."""
        sender = self.sender()
        for section in self.of_practice:
            if section is not sender:
                section.learn(done.wanted)
        self._read_changes()

    def _read_changes(self) -> None:
        # Without them the page says less, and works all the same.
        self._ports.last_changes(self._on_changes, _say_nothing)

    @Slot(object)
    def _on_changes(self, changes: tuple[LastChange, ...]) -> None:
        today = datetime.now(UTC).astimezone(self._ports.zone).date()
        for section in self.of_practice:
            found = [each for each in changes if section.holds(each.path)]
            if found:
                last = max(found, key=lambda each: each.at)
                clock = written.moment(last.at, self._ports.zone, today)
                text = filled(self.tr("Last changed by %1, %2."), last.who, clock)
                section.show_last(text)

    @Slot(object)
    def _on_read_failed(self, error: DeskError) -> None:
        again = Action(self.tr("Try again"), self.read)
        self.banner.say(notices.cannot_show(error), [again], topic="reading")

    @Slot(object)
    def _on_desk_failed(self, error: DeskError) -> None:
        self.of_desk.forget()
        again = Action(self.tr("Try again"), self.read)
        self.of_desk.banner.say(notices.words(error), [again])


def _about(*, may_manage: bool) -> str:
    translate = QCoreApplication.translate
    if may_manage:
        return translate(
            "SettingsPage",
            "How the practice and this desk work. Ctrl+S saves what you changed.",
        )
    return translate("SettingsPage", "How this desk looks and works.")


def _say_nothing(_error: DeskError) -> None:
    """Leave out what cannot be read."""
