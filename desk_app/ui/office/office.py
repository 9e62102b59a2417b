"""The office: everything a practice is set up with, a list of pages and the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.office.contents import Contents
from desk_app.ui.office.page import focus
from desk_app.ui.plain import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

    from desk_app.ui.around import Around
    from desk_app.ui.memory import Memory
    from desk_app.ui.office.page import Entry, OfficePage

WIDE, HIGH = 1120, 840
CONTENTS = 200
LAST_PAGE = "office_page"


class Office(QDialog):
    """Shows one page at a time; asks a page before it is left."""

    def __init__(
        self,
        around: Around,
        entries: Sequence[Entry],
        memory: Memory,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._around, self._memory = around, memory
        self._entries = {entry.name: entry for entry in entries}
        self._pages: dict[str, OfficePage] = {}
        self._shown = ""
        self._wants_in = False
        self._build()
        self._connect()

    @property
    def page(self) -> OfficePage | None:
        """The page that is shown."""
        return self._pages.get(self._shown)

    @property
    def shown(self) -> str:
        """The name of the page that is shown."""
        return self._shown

    def show_page(self, name: str = "") -> None:
        """Show a page, or the one that was shown last."""
        last = name or self._memory.word(LAST_PAGE)
        names = self.contents.names
        self.contents.choose(last if last in names else names[0])
        focus(self.contents)

    def reject(self) -> None:
        """Close, once the page lets go."""
        if self.page is None or self.page.may_leave():
            self._memory.keep_word(LAST_PAGE, self._shown)
            super().reject()

    def showEvent(self, event: QShowEvent) -> None:
        """Open as large as pages like, as far as the screen has room."""
        if not event.spontaneous():
            scale = self.fontMetrics().height() / 16
            room = self.screen().availableSize() * 0.94
            self.resize(QSize(round(WIDE * scale), round(HIGH * scale)).boundedTo(room))
        super().showEvent(event)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Practice"))
        self.contents = Contents()
        self.contents.set_entries([*self._entries.values()])
        scale = self.fontMetrics().height() / 16
        self._title = ElidedLabel()
        sized(self._title, 1.6, bold=True)
        self._about = PlainLabel()
        self._about.setWordWrap(True)
        set_ink(self._about, Ink.MUTED)
        self._stack = QStackedWidget()
        side = QFrame()
        side.setObjectName("officeSide")
        side.setFixedWidth(round(CONTENTS * scale))
        self._close = PromptButton(self.tr("&Close"))
        self._close.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 0, 14, 16)
        foot.addWidget(self._close, 1)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 10, 1, 0)
        column.addWidget(self.contents, 1)
        column.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addLayout(self._build_place(), 1)

    def _build_place(self) -> QVBoxLayout:
        head = QFrame()
        head.setObjectName("dialogHead")
        above = QVBoxLayout(head)
        above.setContentsMargins(20, 16, 20, 14)
        above.setSpacing(2)
        above.addWidget(self._title)
        above.addWidget(self._about)
        place = QVBoxLayout()
        place.setSpacing(0)
        place.addWidget(head)
        place.addWidget(self._stack, 1)
        return place

    def _connect(self) -> None:
        self.contents.chosen.connect(self._on_chosen)
        self.contents.enter_wanted.connect(self._enter)
        self._close.clicked.connect(self.reject)
        self._around.practice_changed.connect(self._follow)
        # Also what no schedule shows: pictures, and who is not active.
        self._around.news.catalogue_changed.connect(self._follow)
        for keys, slot in (
            ("Ctrl+Tab", self._next),
            ("Ctrl+PgDown", self._next),
            ("Ctrl+Shift+Tab", self._previous),
            ("Ctrl+PgUp", self._previous),
            ("F6", self._change_sides),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    @Slot(str)
    def _on_chosen(self, name: str) -> None:
        """Show a page, if the one before lets go."""
        if name == self._shown:
            return
        if self.page is not None and not self.page.may_leave():
            self.contents.choose(self._shown)
            return
        entry = self._entries[name]
        page = self._pages.get(name)
        if page is None:
            page = self._pages[name] = entry.make(self._around)
            page.about_changed.connect(self._about.setText)
            page.readable.connect(self._on_readable)
            self._stack.addWidget(page)
        self._shown, self._wants_in = name, False
        self._title.setText(entry.title)
        self._about.setText(page.about)
        self._stack.setCurrentWidget(page)
        page.begin()

    @Slot()
    def _follow(self) -> None:
        if self.page is not None:
            self.page.follow()

    @Slot()
    def _enter(self) -> None:
        if self.page is not None:
            self.page.enter()
            self._wants_in = self.contents.hasFocus()

    @Slot()
    def _on_readable(self) -> None:
        """Let a form have the keyboard that could not take it before it was read."""
        if self._wants_in and self.contents.hasFocus():
            self._enter()

    @Slot()
    def _next(self) -> None:
        self._turn(1)

    @Slot()
    def _previous(self) -> None:
        self._turn(-1)

    def _turn(self, by: int) -> None:
        """Go on to another page; who was within a page is within that one."""
        is_within = not self.contents.hasFocus()
        self.contents.step(by)
        if is_within:
            self._enter()

    @Slot()
    def _change_sides(self) -> None:
        if self.contents.hasFocus():
            self._enter()
        else:
            focus(self.contents)
