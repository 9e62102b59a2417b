"""Two entries side by side: what is kept, what fills in, what moves; then the merge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from desk_app.domain.client_file import MergeWish
from desk_app.ui import notices
from desk_app.ui.clients import file_words
from desk_app.ui.dialogs.frame import DeskDialog, Verbs
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.dialogs.note import ReadText
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from desk_app.domain.client_file import ClientDetails, Merger
    from desk_app.domain.people import Client
    from desk_app.errors import DeskError
    from desk_app.ui.clients.file_ports import FilePorts
    from desk_app.ui.dialogs.ports import Screen

WIDE = 780


@dataclass(frozen=True, slots=True)
class Line:
    """One field: in the kept entry, in the other one, and afterwards."""

    name: str
    kept: str
    other: str
    merged: str

    @property
    def is_filled(self) -> bool:
        """Whether the kept entry gets what it has not."""
        return self.merged != self.kept

    @property
    def is_dropped(self) -> bool:
        """Whether the other entry's value does not win."""
        return self.other not in ("", "–", self.merged)


class MergeDialog(DeskDialog):
    """Shows what would come of it before anything is done; Enter merges.

    Merging can be taken back, so it asks no second time.
    """

    def __init__(
        self, wish: MergeWish, ports: FilePorts, parent: QWidget | None = None
    ) -> None:
        super().__init__(_verbs(), parent)
        self._wish, self._ports = wish, ports
        self._merger: Merger | None = None
        self.wire(ports.merge, ports.patience)
        self._line = Latest(ports.compare, self._on_compared, self._on_failed, self)
        self._build()
        self._swap.clicked.connect(self._on_swap)
        self._compare()

    @classmethod
    def ask(
        cls, parent: QWidget | None, wish: MergeWish, ports: FilePorts
    ) -> tuple[Merger, int] | None:
        """Return what was merged and the number that takes it back, or None."""
        dialog = cls(wish, ports, parent)
        dialog.exec()
        dialog.deleteLater()
        merger = dialog.merger
        if merger is None or dialog.answer is None:
            return None
        return merger, int(dialog.answer)

    @property
    def merger(self) -> Merger | None:
        """The two entries, once they were read."""
        return self._merger

    @property
    def swap(self) -> PromptButton:
        """The button that keeps the other one."""
        return self._swap

    @property
    def moving(self) -> str:
        """What would move, as it is shown."""
        return self._moving.text()

    def submit(self) -> None:
        """Merge."""
        if self._merger is not None and not self._line.is_waiting:
            self.send(self._wish)

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Merge two entries"))
        title = PlainLabel(self.tr("Are these the same person?"))
        sized(title, 1.3, bold=True)
        about = PlainLabel(
            self.tr(
                "One entry is kept. What it has stays as it is, what it lacks comes"
                " from the other; both notes are kept. You can take it back."
            )
        )
        about.setWordWrap(True)
        set_ink(about, Ink.MUTED)
        self.header.addWidget(title)
        self.header.addWidget(about)
        self._moving = PlainLabel(self.tr("Comparing…"))
        self._moving.setWordWrap(True)
        self._table = QFrame()
        self._swap = PromptButton(self.tr("Keep the &other one instead"))
        self._swap.setAutoDefault(False)
        self._column = QVBoxLayout(self.body)
        self._column.setContentsMargins(20, 0, 20, 0)
        self._column.setSpacing(12)
        self._column.addWidget(self._table)
        self._column.addWidget(self._moving)
        self._column.addStretch(1)
        self.footer.insertWidget(0, self._swap)
        self.body.setMinimumWidth(WIDE * self.fontMetrics().height() // 16)
        self.buttons[0].setEnabled(False)
        self.buttons[0].setFocus()

    def _compare(self) -> None:
        self._swap.setEnabled(False)
        self.buttons[0].setEnabled(False)
        self._line.ask(self._wish)

    @Slot()
    def _on_swap(self) -> None:
        self._wish = MergeWish(keep=self._wish.gone, gone=self._wish.keep)
        self._compare()

    def _on_compared(self, merger: Merger) -> None:
        self._merger = merger
        self._moving.setText(file_words.moving(merger.moving))
        table = _table(merger, self._ports.screen(), self.body.minimumWidth())
        self._column.replaceWidget(self._table, table)
        self._table.hide()
        self._table.deleteLater()
        self._table = table
        for button in (self._swap, *self.buttons):
            button.setEnabled(True)
        self.buttons[0].setFocus()
        self.grow()

    def _on_failed(self, error: DeskError) -> None:
        self._moving.setText("")
        self.banner.say(notices.cannot_show(error))
        self.grow()


def lines(merger: Merger, screen: Screen) -> tuple[Line, ...]:
    """Return the fields in which either entry has something."""
    sides = [
        _values(merger.keep, merger.kept_details, screen),
        _values(merger.gone, merger.gone_details, screen),
        _values(merger.merged, merger.merged_details, screen),
    ]
    rows = (Line(name, *(side[name] for side in sides)) for name in sides[0])
    return tuple(row for row in rows if any((row.kept, row.other, row.merged)))


def _values(client: Client, details: ClientDetails, screen: Screen) -> dict[str, str]:
    """Return what stands in an entry by the name of the field; notes stand apart."""
    until = client.locked_out_until
    is_locked = until is not None and until > screen.now
    return {
        _tr("Name"): details.name,
        _tr("Phone"): details.phone,
        _tr("E-mail"): details.email,
        _tr("Push address"): details.push_address,
        _tr("Language"): file_words.language(details.language),
        _tr("Time zone"): details.timezone,
        _tr("May be sent"): file_words.consents(details),
        _tr("Missed visits"): QLocale().toString(client.no_show_count),
        _tr("Marked for missed visits"): _tr("yes") if client.no_show_flag else "",
        _tr("No same-day booking until"): (
            file_words.day(until, screen) if until is not None and is_locked else ""
        ),
    }


def _table(merger: Merger, screen: Screen, width: int) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    grid = QGridLayout(card)
    grid.setContentsMargins(16, 12, 16, 12)
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(7)
    heads = (_tr("Kept"), _tr("Goes into it"), _tr("Afterwards"))
    for column, text in enumerate(heads, start=1):
        head = PlainLabel(text)
        sized(head, 1.0, bold=True)
        grid.addWidget(head, 0, column)
        grid.setColumnStretch(column, 1)
    for number, line in enumerate(lines(merger, screen), start=1):
        _add_line(grid, number, line)
    _add_notes(grid, merger, width)
    return card


def _add_line(grid: QGridLayout, row: int, line: Line) -> None:
    texts = (line.name, line.kept, line.other, line.merged)
    name, kept, other, merged = labels = [PlainLabel(text or "–") for text in texts]
    set_ink(name, Ink.MUTED)
    sized(merged, 1.0, bold=line.is_filled)
    if line.is_filled:
        set_ink(merged, Ink.SUCCESS)
        set_ink(kept, Ink.MUTED)
    if line.is_dropped:
        set_ink(other, Ink.MUTED)
    for column, label in enumerate(labels):
        label.setWordWrap(True)
        grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)


def _add_notes(grid: QGridLayout, merger: Merger, width: int) -> None:
    """Show the note as it will be, over all columns."""
    text = merger.merged_details.notes
    if not text:
        return
    row = grid.rowCount()
    name = PlainLabel(_tr("Note afterwards"))
    set_ink(name, Ink.MUTED)
    note = ReadText(text, width * 2 // 3, 8)
    note.setFixedHeight(note.maximumHeight() + note.fontMetrics().lineSpacing())
    note.setAccessibleName(name.text())
    grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(note, row, 1, 1, 3)


def _verbs() -> Verbs:
    return Verbs(go=_tr("&Merge"), busy=_tr("Merging…"), leave=_tr("Leave both"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("MergeDialog", text)
