"""The base of pages that are a list: find, choose, and what can be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desk_app.ui import notices
from desk_app.ui.admin.form import hint
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.empty import EmptyState, EmptyWords
from desk_app.ui.notice_bar import Action
from desk_app.ui.office.lists.rows import Rows
from desk_app.ui.office.page import OfficePage, focus
from desk_app.ui.plain import set_tool_tip
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desk_app.errors import DeskError
    from desk_app.ui.around import Port
    from desk_app.ui.rows import Values

READING = "reading"
BESIDE = 250


@dataclass(frozen=True, slots=True)
class ListWords:
    """What a page with a list says: names of its parts, and when it is empty.

    `empty` is what this is, and in a second line why there is none; `first` the step.
    """

    icon: str
    about: str
    name: str
    find: str
    shows_ended: str
    keys: str
    empty: str
    first: str


class ListPage(OfficePage):
    """Reads, shows rows that fit what is looked for, and keeps the choice.

    A page says what its rows are and fills `beside`, the column at the right.
    """

    def __init__(
        self, words: ListWords, read: Port, parent: QWidget | None = None
    ) -> None:
        super().__init__(words.about, parent)
        self._words, self._read = words, read
        self._wanted: object = None
        self.found: Any = None
        self._build_frame()
        self._connect_frame()

    # -- what a page says for itself

    def rows_for(self, sought: Sequence[str], *, ended: bool) -> list[Values]:
        """Return the rows whose words hold all of `sought`, those that ended too."""
        raise NotImplementedError

    def has_ended(self) -> bool:
        """Say whether there is anything that ended."""
        raise NotImplementedError

    def show_choice(self) -> None:
        """Show beside the list what is chosen, and what can be done with it."""
        raise NotImplementedError

    def add(self) -> None:
        """Open the form for something new."""
        raise NotImplementedError

    # -- what it uses

    @property
    def key(self) -> Any:
        """What the chosen row is about, None for none."""
        return self.rows.key if self._pages.currentWidget() is self.rows else None

    def begin(self) -> None:
        """Read what there is."""
        self._read(None, self._on_read, self._on_read_failed)

    def follow(self) -> None:
        """Read again."""
        self.begin()

    def enter(self) -> None:
        """Begin in the list, or at the button that fills it."""
        is_list = self._pages.currentWidget() is self.rows
        focus(self.rows if is_list else self.instead)

    def finish(self, key: object, said: str) -> None:
        """Say what was done, read again, and choose what it was done with."""
        self._wanted = key
        self.banner.say(Words(said, tone=Tone.SUCCESS))
        self.begin()
        focus(self.rows)

    def regroup(self) -> None:
        """Show the same in another order."""
        self._show()

    def show_ended(self) -> None:
        """Show what ended as well."""
        self.shows_ended.setChecked(True)

    def button(self, text: str, key: str, slot: Callable[[], object]) -> PromptButton:
        """Return a button that goes into the column at the right."""
        button = PromptButton(text)
        button.setAutoDefault(False)
        set_tool_tip(button, key)
        button.clicked.connect(slot)
        return button

    # -- building

    def _build_frame(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(self._words.find)
        self.search.setAccessibleName(self.tr("Find"))
        self.search.setClearButtonEnabled(True)
        self.shows_ended = QCheckBox(self._words.shows_ended)
        self.above = QHBoxLayout()
        self.above.setSpacing(14)
        self.above.addWidget(self.search, 1)
        self.above.addWidget(self.shows_ended)
        self.rows = Rows(self._words.name)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.rows)
        self.instead = EmptyState(EmptyWords("search", self.tr("Reading…")))
        self._pages.addWidget(self.instead)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addLayout(self.above)
        left.addWidget(self._pages, 1)
        side = QWidget()
        side.setFixedWidth(round(BESIDE * self.fontMetrics().height() / 16))
        self.beside = QVBoxLayout(side)
        self.beside.setContentsMargins(0, 0, 0, 0)
        self.beside.setSpacing(8)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addLayout(left, 1)
        middle.addWidget(side)
        self.banner = Banner()
        around = QVBoxLayout(self)
        around.setContentsMargins(20, 16, 20, 16)
        around.setSpacing(12)
        around.addLayout(middle, 1)
        around.addWidget(self.banner)
        around.addWidget(hint(self._words.keys))

    def _connect_frame(self) -> None:
        self.search.textChanged.connect(self._show)
        self.search.returnPressed.connect(self.enter)
        self.shows_ended.toggled.connect(self._show)
        self.rows.row_chosen.connect(self._on_chosen)
        self.rows.add_wished.connect(self.add)
        QShortcut(QKeySequence("F5"), self).activated.connect(self.begin)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._seek)

    # -- reading

    @Slot(object)
    def _on_read(self, found: Any) -> None:
        self.found = found
        self.banner.clear(READING)
        self.shows_ended.setEnabled(self.has_ended())
        self._show()

    @Slot(object)
    def _on_read_failed(self, error: DeskError) -> None:
        again = Action(self.tr("Try again"), self.begin)
        self.banner.say(notices.cannot_show(error), [again], topic=READING)

    @Slot()
    def _show(self) -> None:
        if self.found is None:
            return
        sought = self.search.text().casefold().split()
        ended = self.shows_ended.isChecked()
        shown = self.rows_for(sought, ended=ended)
        key = self.rows.key if self._wanted is None else self._wanted
        self._wanted = None
        had_focus = self.instead.button.hasFocus()
        self._pages.setCurrentIndex(0 if shown else 1)
        self.rows.show_rows(shown, key)
        if not shown:
            self.instead.say(self._why_empty(sought, ended=ended))
        elif had_focus:
            focus(self.rows)
        self._on_chosen()

    def _any(self) -> bool:
        return bool(self.rows_for((), ended=True))

    def _why_empty(self, sought: Sequence[str], *, ended: bool) -> EmptyWords:
        if sought:
            return EmptyWords(
                "search",
                self.tr("Nothing fits what you are looking for"),
                self.tr("Every word has to stand in a row."),
                Action(self.tr("Show all"), self._show_all),
            )
        if not ended and self._any():
            return EmptyWords(
                self._words.icon,
                self.tr("All there was has ended"),
                self.tr("It is kept, with all its history."),
                Action(self.tr("Show what has ended"), self._show_what_ended),
            )
        title, _, why = self._words.empty.partition("\n")
        step = Action(self._words.first, self.add)
        return EmptyWords(self._words.icon, title.rstrip("."), why, step)

    @Slot()
    def _on_chosen(self) -> None:
        self.show_choice()

    @Slot()
    def _seek(self) -> None:
        focus(self.search)
        self.search.selectAll()

    @Slot()
    def _show_all(self) -> None:
        self.search.clear()
        self.enter()

    @Slot()
    def _show_what_ended(self) -> None:
        self.shows_ended.setChecked(True)
        self.enter()
