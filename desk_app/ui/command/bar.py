"""The line over the schedule: the field, what it would book, and which keys work."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from desk_app.ui import appearance, icons
from desk_app.ui.command.field import CommandField
from desk_app.ui.command.rows import ProposalList, ProposedRows
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.notice_bar import announce
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from desk_app.domain.proposals import Proposal
    from desk_app.ui.dialogs.ports import Screen
    from desk_app.ui.schedule_pane import SchedulePane

WIDEST, MARGIN = 940, 12
_STEPS: dict[int, int] = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 4,
    Qt.Key.Key_PageUp: -4,
}
_NUMBERS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3)


class Press(Enum):
    """What a key asks the line for."""

    BOOK = auto()
    FORM = auto()
    LEAVE = auto()


class CommandBar(QFrame):
    """Lies over the upper edge of the schedule while it is open.

    Signals:
        typed: the text is another one.
        pressed: a key asks for something (`Press`).
        row_taken: a row is chosen by its number or by a double-click.
        row_marked: another row is marked, or none.
    """

    typed = Signal(str)
    pressed = Signal(object)
    row_taken = Signal(int)
    row_marked = Signal()

    def __init__(self, pane: SchedulePane) -> None:
        super().__init__(pane)
        self._pane = pane
        self._is_numbered = False
        self.rows = ProposedRows(self)
        self._build()
        self._connect()
        self.hide()

    @property
    def text(self) -> str:
        """What was typed."""
        return self.field.text()

    @property
    def is_numbered(self) -> bool:
        """Whether a number chooses a row."""
        return self._is_numbered

    @property
    def note(self) -> str:
        """What is said below the proposals."""
        return self._note.text()

    @property
    def marked(self) -> Proposal | None:
        """The proposal that is marked."""
        return self.rows.proposal(self.list.row)

    def open_with(self, text: str) -> None:
        """Show the line with `text` in it and put the keyboard there."""
        self.clear_rows()
        self.say("")
        self.field.setReadOnly(False)
        self.field.setText(text)
        self.show()
        self.raise_()
        self._place()
        # Another reason would mark what was typed, to be typed over.
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on_with(self, text: str) -> None:
        """Put the keyboard back into the line, and `text` behind what is there."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.end(False)
        self.field.insert(text)

    def show_rows(
        self,
        rows: Sequence[Proposal],
        screen: Screen,
        *,
        numbered: bool = False,
        marked: int = 0,
    ) -> None:
        """Show what can be booked, and mark one row; -1 marks none."""
        self._is_numbered = numbered
        self.rows.show_proposals(rows, screen, numbered=numbered)
        self.list.mark(marked if rows else -1)
        room = self._pane.height() // 2
        self.list.setFixedHeight(min(self.list.needed_height(), room))
        self.list.setVisible(bool(rows))
        self._place()
        self._announce_marked()

    def clear_rows(self) -> None:
        """Propose nothing."""
        self._is_numbered = False
        self.rows.clear()
        self.list.hide()
        self._place()
        self.row_marked.emit()

    def say(self, text: str, ink: Ink = Ink.WARNING) -> None:
        """Say something below the proposals; "" takes it away."""
        self._note.setText(text)
        self._note.setVisible(bool(text))
        set_ink(self._note, ink)
        self._place()
        if text:
            announce(self.field, text, urgent=ink is not Ink.MUTED)

    def show_keys(self, enter: str) -> None:
        """Say below which keys work; `enter` is what Enter does now."""
        others = (
            self.tr("↑ ↓ choose"),
            self.tr("Tab opens the form"),
            self.tr("+ for a new client"),
            self.tr("Esc leaves"),
        )
        self._keys.setText("   ·   ".join(part for part in (enter, *others) if part))

    def set_busy(self, text: str) -> None:
        """Keep everything as it is while a booking is on its way; "" ends that."""
        self.field.setReadOnly(bool(text))
        self.say(text, Ink.MUTED)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that are the line's from the field; follow the pane's size."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress:
            return self._take_key(event)  # type: ignore[arg-type]
        if watched is self._pane and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_icon()

    def _build(self) -> None:
        self.setObjectName("commandLine")
        self.field = CommandField()
        self.field.setAccessibleName(self.tr("Book in one line"))
        self.field.setPlaceholderText(
            self.tr("Client, day, time, service, provider – in any order")
        )
        self.list = ProposalList()
        self.list.setModel(self.rows)
        self._icon = QLabel()
        self._note = PlainLabel()
        self._note.setWordWrap(True)
        self._note.setContentsMargins(14, 2, 14, 8)
        self._keys = PlainLabel()
        set_ink(self._keys, Ink.MUTED)
        foot = QFrame()
        foot.setObjectName("commandFoot")
        inside = QHBoxLayout(foot)
        inside.setContentsMargins(14, 5, 14, 6)
        inside.addWidget(self._keys)
        top = QHBoxLayout()
        top.setContentsMargins(12, 2, 8, 2)
        top.setSpacing(6)
        top.addWidget(self._icon)
        top.addWidget(self.field, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._note)
        column.addWidget(self.list)
        column.addWidget(foot)
        self._show_icon()

    def _connect(self) -> None:
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self.typed)
        self.list.row_chosen.connect(self.row_taken)
        self.list.clicked.connect(self._announce_marked)
        self._pane.installEventFilter(self)

    def _show_icon(self) -> None:
        size = self.field.fontMetrics().height()
        colour = QColor(appearance.current().muted)
        ratio = self.devicePixelRatio()
        self._icon.setPixmap(icons.pixmap("calendar-plus", colour, size, ratio))

    def _take_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        wish = {
            Qt.Key.Key_Return: Press.BOOK,
            Qt.Key.Key_Enter: Press.BOOK,
            Qt.Key.Key_Tab: Press.FORM,
            Qt.Key.Key_Escape: Press.LEAVE,
            Qt.Key.Key_Backtab: Press.LEAVE,
        }.get(Qt.Key(key))
        if wish is not None:
            if not event.isAutoRepeat():
                self.pressed.emit(wish)
            return True
        if key in _STEPS and not self.field.isReadOnly():
            self.list.step(_STEPS[key])
            self._announce_marked()
            return True
        return self._take_number(event)

    def _take_number(self, event: QKeyEvent) -> bool:
        """Choose by number where a booking was refused and nothing typed since."""
        if event.key() not in _NUMBERS or not self._is_numbered:
            return False
        row = _NUMBERS.index(Qt.Key(event.key()))
        if row < self.rows.rowCount():
            self.row_taken.emit(row)
        return True

    def _announce_marked(self) -> None:
        text = self.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
        if text:
            announce(self.field, str(text))
        self.row_marked.emit()

    def _place(self) -> None:
        """Lie below the names of the providers, in the middle."""
        if self.isHidden():
            return
        pane, view = self._pane, self._pane.view
        top = view.mapTo(pane, QPoint(0, view.header.needed_height() + 6)).y()
        width = min(self._widest(), pane.width() - 2 * MARGIN)
        self.ensurePolished()
        layout = self.layout()
        if layout is not None:
            layout.activate()
        height = self.heightForWidth(width) if self.hasHeightForWidth() else -1
        height = max(height, self.sizeHint().height()) if height < 0 else height
        self.setGeometry((pane.width() - width) // 2, top, width, height)

    def _widest(self) -> int:
        return WIDEST * self.fontMetrics().height() // 16
