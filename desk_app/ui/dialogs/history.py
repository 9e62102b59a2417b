"""What was done with an appointment or a client: read, walked through, copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desk_app.ui import notices
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.history_list import DeedList, Deeds
from desk_app.ui.dialogs.history_words import HistoryWords
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.notice_bar import Action, announce
from desk_app.ui.phrases import filled
from desk_app.ui.plain import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from desk_app.domain.history import Story
    from desk_app.errors import DeskError
    from desk_app.ui.dialogs.ports import HistoryPorts

FIRST = 100
# Who asks for older ones is given so many times as much as before.
MORE = 5
WIDE, HIGH = 620, 520


class HistoryDialog(QDialog):
    """A list of days and deeds, the newest last and in view."""

    def __init__(
        self, title: str, ports: HistoryPorts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._limit = FIRST
        self._story: Story | None = None
        self._line = Latest(ports.read, self._on_read, self._on_failed, self)
        words = HistoryWords(ports.zone, names_visits=ports.names_visits)
        self._deeds = Deeds(words, self)
        self._build(title)
        self._connect()
        self._ask()

    @classmethod
    def show_for(cls, parent: QWidget | None, title: str, ports: HistoryPorts) -> None:
        """Show a history until it is closed; `title` says whose it is."""
        dialog = cls(title, ports, parent)
        dialog.exec()
        dialog.deleteLater()

    @property
    def deeds(self) -> DeedList:
        """The list."""
        return self._list

    @property
    def state(self) -> str:
        """What is said where there is no list, "" beside one."""
        return "" if self._pages.currentWidget() is self._list else self._hint.text()

    @property
    def banner(self) -> Banner:
        """Where a failure is said."""
        return self._banner

    def changeEvent(self, event: QEvent) -> None:
        """Wrap the words anew in another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._list.scheduleDelayedItemsLayout()

    def _build(self, title: str) -> None:
        self.setWindowTitle(self.tr("History"))
        name = ElidedLabel(title)
        sized(name, 1.3, bold=True)
        head = QFrame()
        head.setObjectName("dialogHead")
        above = QVBoxLayout(head)
        above.setContentsMargins(20, 16, 20, 14)
        above.addWidget(name)
        self._banner = Banner()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(head)
        inside = QVBoxLayout()
        inside.setContentsMargins(20, 0, 20, 0)
        inside.addWidget(self._build_pages(), 1)
        inside.addWidget(self._banner)
        layout.addLayout(inside, 1)
        layout.addLayout(self._build_footer())
        scale = self.fontMetrics().height()
        self.resize(WIDE * scale // 16, HIGH * scale // 16)

    def _build_pages(self) -> QFrame:
        frame = QFrame()
        frame.setObjectName("clientPage")
        self._list = DeedList(self._deeds)
        self._hint = PlainLabel()
        self._hint.setWordWrap(True)
        self._hint.setMargin(14)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        set_ink(self._hint, Ink.MUTED)
        self._pages = QStackedLayout(frame)
        self._pages.addWidget(self._hint)
        self._pages.addWidget(self._list)
        return frame

    def _build_footer(self) -> QHBoxLayout:
        self._older = PromptButton(self.tr("Show &older"))
        self._copy = PromptButton(self.tr("&Copy as text"))
        self._close = PromptButton(self.tr("Close"))
        footer = QHBoxLayout()
        footer.setContentsMargins(20, 0, 20, 16)
        footer.setSpacing(10)
        for button in (self._older, self._copy):
            button.setAutoDefault(False)
            footer.addWidget(button)
        footer.addStretch(1)
        footer.addWidget(self._close)
        self._close.setDefault(True)
        self._older.hide()
        return footer

    def _connect(self) -> None:
        self._older.clicked.connect(self._on_older)
        self._copy.clicked.connect(self._on_copy)
        self._close.clicked.connect(self.reject)

    def _ask(self) -> None:
        if self._story is None:
            self._say(self.tr("Reading the history…"))
        self._older.setEnabled(False)
        self._line.ask(self._limit)

    def _say(self, text: str) -> None:
        self._hint.setText(text)
        self._pages.setCurrentWidget(self._hint)
        self._copy.setEnabled(False)

    @Slot()
    def _on_older(self) -> None:
        self._limit *= MORE
        self._ask()

    @Slot()
    def _on_copy(self) -> None:
        self._list.copy()
        announce(self._copy, self.tr("Copied"))

    def _on_read(self, story: Story) -> None:
        is_first = self._story is None
        self._story = story
        self._banner.clear()
        self._older.setEnabled(True)
        self._older.setVisible(story.has_older)
        self._deeds.show_entries(story.entries)
        if not story.entries:
            self._say(self.tr("Nothing is written down about this yet."))
            return
        self._pages.setCurrentWidget(self._list)
        self._copy.setEnabled(True)
        if is_first:
            self._list.go_to_newest()
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._list.scrollToTop()
        count = QLocale().toString(len(story.entries))
        announce(self._list, filled(self.tr("Entries: %1"), count))

    def _on_failed(self, error: DeskError) -> None:
        if self._story is None:
            self._say(self.tr("The history could not be read."))
        self._older.setEnabled(True)
        words = notices.words(error)
        self._banner.say(words, [Action(self.tr("Try again"), self._ask)])
