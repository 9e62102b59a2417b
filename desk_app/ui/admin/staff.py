"""Who works here: everybody in one table, and what a manager can do for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.ui import notices
from desk_app.ui.admin import staff_words, step
from desk_app.ui.admin.form import hint
from desk_app.ui.admin.new_password import NewPasswordDialog
from desk_app.ui.admin.person import PersonDialog
from desk_app.ui.admin.staff_actions import StaffActions
from desk_app.ui.admin.staff_pane import StaffPane
from desk_app.ui.admin.step import StepDialog
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.notice_bar import Action
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from desk_app.domain.staff import Staff
    from desk_app.errors import DeskError
    from desk_app.ui.admin.ports import StaffBoard, StaffPorts
    from desk_app.ui.admin.step import Step

WIDE, HIGH = 900, 560
READING, OPEN = "reading", "open"


class StaffDialog(QDialog):
    """Reads who works here, opens a form for each change, and reads again."""

    def __init__(self, ports: StaffPorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ports = ports
        self._board: StaffBoard | None = None
        self._wanted: int | None = None
        self._build()
        self._connect()
        self.read()

    @classmethod
    def ask(cls, parent: QWidget | None, ports: StaffPorts) -> None:
        """Show the staff until it is closed."""
        dialog = cls(ports, parent)
        dialog.exec()
        dialog.deleteLater()

    @property
    def about(self) -> str:
        """How many work here and how many have left."""
        return self._count.text()

    @property
    def hint(self) -> str:
        """What can be done with who is chosen, or why not."""
        return self._hint.text()

    @Slot()
    def read(self) -> None:
        """Read who works here, also when another manager has changed something."""
        self._ports.read(self._on_read, self._on_read_failed)

    def showEvent(self, event: QShowEvent) -> None:
        """Open as large as the table likes, as far as the screen has room."""
        if not event.spontaneous():
            scale = self.fontMetrics().height() / 16
            room = self.screen().availableSize() * 0.94
            wide, high = round(WIDE * scale), round(HIGH * scale)
            self.resize(min(wide, room.width()), min(high, room.height()))
        super().showEvent(event)

    # -- building

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Staff"))
        self.pane, self.deeds = StaffPane(), StaffActions()
        self.banner = Banner()
        body = QHBoxLayout()
        body.setContentsMargins(20, 0, 20, 0)
        body.setSpacing(14)
        body.addWidget(self.pane, 1)
        body.addWidget(self.deeds)
        said = QVBoxLayout()
        said.setContentsMargins(20, 0, 20, 0)
        said.addWidget(self.banner)
        self._hint = hint("")
        self._close = PromptButton(self.tr("&Close"))
        self._close.setAutoDefault(False)
        footer = QHBoxLayout()
        footer.setContentsMargins(20, 0, 20, 16)
        footer.setSpacing(14)
        footer.addWidget(self._hint, 1)
        footer.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self._build_head())
        column.addLayout(body, 1)
        column.addLayout(said)
        column.addLayout(footer)

    def _build_head(self) -> QFrame:
        title = PlainLabel(self.tr("Staff"))
        sized(title, 1.6, bold=True)
        self._count = PlainLabel()
        set_ink(self._count, Ink.MUTED)
        head = QFrame()
        head.setObjectName("dialogHead")
        column = QVBoxLayout(head)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(2)
        column.addWidget(title)
        column.addWidget(self._count)
        return head

    def _connect(self) -> None:
        table, deeds = self.pane.table, self.deeds
        self.pane.chosen.connect(self._on_chosen)
        table.add_wished.connect(self._on_add)
        table.change_wished.connect(self._on_change)
        table.let_go_wished.connect(self._on_let_go)
        deeds.add_wished.connect(self._on_add)
        deeds.change_wished.connect(self._on_change)
        deeds.password_wished.connect(self._on_password)
        deeds.ending_wished.connect(self._on_ending)
        deeds.let_go_wished.connect(self._on_let_go)
        deeds.take_back_wished.connect(self._on_take_back)
        self._close.clicked.connect(self.reject)
        QShortcut(QKeySequence("F5"), self).activated.connect(self.read)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.pane.seek)

    # -- reading

    @Slot(object)
    def _on_read(self, board: StaffBoard) -> None:
        is_first = self._board is None
        self._board = board
        self.banner.clear(READING)
        left = sum(not person.is_active for person in board.people)
        self._count.setText(staff_words.count(len(board.people), left))
        self.pane.show_board(board, self._wanted)
        self._wanted = None
        if is_first:
            self.pane.enter()
        if board.is_open and self.banner.words is None:
            self._say_open()

    @Slot(object)
    def _on_read_failed(self, error: DeskError) -> None:
        again = Action(self.tr("Try again"), self.read)
        self.banner.say(notices.cannot_show(error), [again], topic=READING)
        if self._board is None:
            self.pane.say(self.tr("Who works here cannot be shown right now."))

    @Slot()
    def _on_chosen(self) -> None:
        self.deeds.show_choice(self._board, self.pane.person)
        self._hint.setText(self._about_choice())

    def _about_choice(self) -> str:
        """Say which keys there are, or why little can be done for who is chosen."""
        board, person = self._board, self.pane.person
        if board is None:
            return ""
        if person is None or not board.is_me(person):
            return self.tr("Insert or N adds, Enter changes, Del lets go.")
        if board.is_open:
            return self.tr("This is you: only another manager can let you go.")
        return self.tr(
            "This is you: your password is in the menu at your name, the rest another"
            " manager does."
        )

    def _say_open(self) -> None:
        words = Words(
            self.tr("Whoever sits at this computer may do everything"),
            self.tr("No password is asked here."),
            self.tr(
                "To change that: add a manager, sign in as that person, then let the"
                " one go who needs no password."
            ),
            Tone.INFO,
        )
        self.banner.say(words, topic=OPEN)

    # -- doing

    @Slot()
    def _on_add(self) -> None:
        if self._board is not None:
            made = PersonDialog.ask(self, self._board, None, self._ports)
            self._finish(made, self.tr("%1 works here now."))

    @Slot()
    def _on_change(self) -> None:
        person = self.pane.person
        if self._board is not None and person is not None:
            changed = PersonDialog.ask(self, self._board, person, self._ports)
            self._finish(changed, self.tr("Saved: %1."))

    @Slot()
    def _on_password(self) -> None:
        person = self._somebody_else()
        if person is not None and NewPasswordDialog.ask(self, person, self._ports):
            self._finish(person, self.tr("%1 has a new password."))

    @Slot()
    def _on_ending(self) -> None:
        self._take(self._somebody_else(), step.ending_sessions(self._ports))

    @Slot()
    def _on_let_go(self) -> None:
        self._take(self._somebody_else(), step.letting_go(self._ports))

    @Slot()
    def _on_take_back(self) -> None:
        person = self.pane.person
        if person is not None and not person.is_active:
            self._take(person, step.taking_back(self._ports))

    def _take(self, person: Staff | None, asked: Step) -> None:
        patience = self._ports.patience
        if person is not None and StepDialog.ask(self, person, asked, patience):
            self._finish(person, asked.done)

    def _somebody_else(self) -> Staff | None:
        """Return who is chosen, unless it is who is looking or has left."""
        board, person = self._board, self.pane.person
        if board is None or person is None or board.is_me(person):
            return None
        return person if person.is_active else None

    def _finish(self, person: Staff | None, done: str) -> None:
        """Say what was done and read again."""
        if person is None:
            return
        self._wanted = person.user_id
        self.banner.say(Words(filled(done, person.name), tone=Tone.SUCCESS))
        self.read()
        self.pane.enter()
