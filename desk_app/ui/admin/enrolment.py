"""The practice's key goes to another desk: one shows a code, the other takes it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desk_app.errors import Invalid, KeyMissing, Refused
from desk_app.ui import notices
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.notice_bar import Action
from desk_app.ui.plain import PlainLabel, Question
from desk_app.ui.plain import ask as ask_person
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.desk import Desk
    from desk_app.errors import DeskError
    from desk_app.ui.calls import Calls
    from desk_app.ui.dialogs.ports import Failed, Then

WIDTH = 46


@dataclass(frozen=True, slots=True)
class EnrolmentPorts:
    """Ways to have a code made, to begin a new key, and to take a code."""

    offer: Callable[[Then[str], Failed], None]
    start_over: Callable[[Then[None], Failed], None]
    take: Callable[[str, Then[None], Failed], None]


class EnrolmentFlows(QObject):
    """Joins the vault and the two dialogs."""

    def __init__(self, desk: Desk, calls: Calls, parent: QWidget) -> None:
        super().__init__(parent)
        self._vault, self._calls, self._window = desk.vault, calls, parent
        self._kept = desk.day_copy.kept

    @Slot()
    def offer(self) -> None:
        """Show a code for another desk."""
        OfferDialog.show_for(self._window, self._ports())

    @Slot()
    def enter(self) -> None:
        """Take the code of another desk."""
        EnterCodeDialog.ask(self._window, self._ports())

    def _ports(self) -> EnrolmentPorts:
        return EnrolmentPorts(
            offer=partial(self._run, self._offered),
            start_over=partial(self._run, self._start_over),
            take=self._take,
        )

    def _start_over(self) -> None:
        self._vault.start_over()
        self._kept.drop_all_days()

    def _offered(self) -> str:
        """Have a code made; the practice gets its first key if it has none."""
        self._vault.begin_key()
        return self._vault.offer_enrolment()

    def _take(self, code: str, then: Then[None], failed: Failed) -> None:
        self._run(partial(self._vault.enrol, code), then, failed)

    def _run(self, work: Callable[[], Any], then: Then[Any], failed: Failed) -> None:
        self._calls.run(work, then=then, failed=failed)


class _KeyDialog(QDialog):
    """What both dialogs have: a heading, words, a banner, and buttons below."""

    def __init__(self, ports: EnrolmentPorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ports = ports
        self.banner = Banner()
        self._build()
        self._connect()
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * WIDTH)

    def _build(self) -> None:
        raise NotImplementedError

    def _connect(self) -> None:
        raise NotImplementedError

    def _lay_out(self, title: str, text: str, *inside: QWidget) -> QHBoxLayout:
        """Stand everything in a column; return the row of the buttons."""
        self.setWindowTitle(title)
        heading, words = PlainLabel(title), PlainLabel(text)
        sized(heading, 1.25, bold=True)
        set_ink(words, Ink.MUTED)
        words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(12)
        for widget in (heading, words, *inside, self.banner):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addStretch(1)
        column.addSpacing(2)
        column.addLayout(row)
        return row


class OfferDialog(_KeyDialog):
    """Shows a code that lets one other desk have the practice's key."""

    @classmethod
    def show_for(cls, parent: QWidget | None, ports: EnrolmentPorts) -> None:
        """Show a new code until the dialog is closed."""
        dialog = cls(ports, parent)
        dialog.ask_for_code()
        dialog.exec()
        dialog.deleteLater()

    @property
    def code(self) -> str:
        """The code, "" while there is none."""
        return self._code.text()

    def ask_for_code(self) -> None:
        """Have another code made."""
        self.banner.clear()
        self._show("", self.tr("Making a code…"))
        self._ports.offer(self._on_offered, self._on_failed)

    def _build(self) -> None:
        self._code = QLineEdit()
        self._code.setObjectName("enrolmentCode")
        self._code.setReadOnly(True)
        self._code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._code.setAccessibleName(self.tr("Code for the other desk"))
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF() * 1.25)
        self._code.setFont(font)
        self._until = PlainLabel()
        self._until.setWordWrap(True)
        set_ink(self._until, Ink.MUTED)
        row = self._lay_out(
            self.tr("Let another desk in"),
            self.tr(
                "Calendars and messages are sealed with a key that only desks have."
                " Type this code at the other desk: menu at the name of the person,"
                " “Enter the code of another desk…”."
            ),
            self._code,
            self._until,
        )
        self._copy = PromptButton(self.tr("&Copy"))
        self._close = PromptButton(self.tr("Close"))
        for button in (self._copy, self._close):
            button.setAutoDefault(False)
            row.addWidget(button)
        self._close.setDefault(True)
        # A code for reading aloud should not break in the middle of a group.
        width = self._code.fontMetrics().horizontalAdvance("W" * 36)
        self._code.setMinimumWidth(width)

    def _connect(self) -> None:
        self._copy.clicked.connect(self._on_copy)
        self._close.clicked.connect(self.accept)

    def _show(self, code: str, words: str) -> None:
        self._code.setText(code)
        self._until.setText(words)
        self._until.setVisible(bool(words))
        for part in (self._code, self._copy):
            part.setVisible(bool(code))

    @Slot(object)
    def _on_offered(self, code: str) -> None:
        words = self.tr("It works once, at one desk, within the next 15 minutes.")
        self._show(code, words)
        self._code.setCursorPosition(0)
        self._close.setFocus()

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self._show("", "")
        actions = [Action(self.tr("Try again"), self.ask_for_code)]
        if isinstance(error, KeyMissing):
            actions.append(Action(self.tr("Start over…"), self._start_over))
        self.banner.say(notices.words(error), actions)
        self.banner.buttons[0].setFocus()

    def _start_over(self) -> None:
        """Begin a new key, after saying what that means."""
        question = Question(
            title=self.tr("Start over with a new key?"),
            text=self.tr("Only if no desk of the practice has the old key any more."),
            detail=self.tr(
                "Calendars have to be signed in to again, and the passwords for mail,"
                " video and messages typed again. Appointments and clients are not"
                " concerned."
            ),
            yes=self.tr("Start over"),
            no=self.tr("Leave it as it is"),
        )
        if ask_person(self, question):
            self.banner.clear()
            self._show("", self.tr("Making a new key…"))
            self._ports.start_over(self._on_started_over, self._on_failed)

    @Slot(object)
    def _on_started_over(self, _nothing: None) -> None:
        self.ask_for_code()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code)
        words = self.tr("Copied. It works once, within the next 15 minutes.")
        self._until.setText(words)


class EnterCodeDialog(_KeyDialog):
    """Takes the code that another desk shows."""

    @classmethod
    def ask(cls, parent: QWidget | None, ports: EnrolmentPorts) -> bool:
        """Return whether this desk has the practice's key now."""
        dialog = cls(ports, parent)
        is_let_in = bool(dialog.exec())
        dialog.deleteLater()
        return is_let_in

    def _build(self) -> None:
        self._code = QLineEdit()
        self._code.setMaxLength(100)
        self._code.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._code.setAccessibleName(self.tr("Code of the other desk"))
        self._code.setPlaceholderText("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
        self._complaint = Complaint(self._code)
        row = self._lay_out(
            self.tr("Enter the code of another desk"),
            self.tr(
                "A manager has it shown at a desk that works already. Capital or small"
                " letters, dashes and spaces do not matter."
            ),
            self._code,
            self._complaint,
        )
        self._leave = PromptButton(self.tr("Close"))
        self._go = PromptButton(self.tr("&Let this desk in"))
        for button in (self._leave, self._go):
            button.setAutoDefault(False)
            row.addWidget(button)
        self._go.setDefault(True)
        self._go.setProperty("primary", "true")
        width = self._code.fontMetrics().horizontalAdvance("W" * 37)
        self._code.setMinimumWidth(width)

    def _connect(self) -> None:
        self._code.textEdited.connect(self._complaint.clear_words)
        self._leave.clicked.connect(self.reject)
        self._go.clicked.connect(self._on_go)

    def _show_busy(self, *, busy: bool) -> None:
        self._go.setEnabled(not busy)
        self._code.setReadOnly(busy)
        words = self.tr("Letting in…") if busy else self.tr("&Let this desk in")
        self._go.setText(words)

    @Slot()
    def _on_go(self) -> None:
        self.banner.clear()
        self._complaint.clear_words()
        if not self._code.text().strip():
            self._complaint.say(self.tr("Type the code that the other desk shows."))
            return
        self._show_busy(busy=True)
        self._ports.take(self._code.text(), self._on_taken, self._on_failed)

    @Slot(object)
    def _on_taken(self, _nothing: None) -> None:
        self._show_busy(busy=False)
        self._code.clear()
        self._code.hide()
        self._go.hide()
        title = self.tr("This desk has the key now")
        self.banner.say(Words(title, tone=Tone.SUCCESS))
        self._leave.clicked.disconnect(self.reject)
        self._leave.clicked.connect(self.accept)
        self._leave.setDefault(True)
        self._leave.setFocus()

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self._show_busy(busy=False)
        if isinstance(error, Invalid | Refused):
            self._complaint.say(str(error))
            self._code.selectAll()
        else:
            self.banner.say(notices.words(error))
