"""The page for calendars: a file, what shall become of it, what that makes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.errors import Cancelled
from desk_app.ui import notices
from desk_app.ui.admin.form import hint
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.folder_field import FileField
from desk_app.ui.notice_bar import Action, announce
from desk_app.ui.office.page import OfficePage
from desk_app.ui.plain import PlainLabel
from desk_app.ui.progress import ProgressPane
from desk_app.ui.transfer.calendar import words
from desk_app.ui.transfer.calendar.ports import CheckRun, UndoRun, WriteRun
from desk_app.ui.transfer.calendar.wishes import WishFields
from desk_app.ui.transfer.calendar.words import tr
from desk_app.ui.transfer.importing.rows_table import TextTable
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from desk_app.domain.calendar_file.becoming import (
        CalendarChecked,
        CalendarImported,
    )
    from desk_app.domain.importing.outcome import TakenBack
    from desk_app.domain.progress import Work
    from desk_app.errors import DeskError
    from desk_app.ui.transfer.calendar.ports import CalendarPorts

# More events than anybody would look at.
MOST_SHOWN = 500
TYPED_MS = 300


class CalendarPage(OfficePage):
    """Looks through the file as soon as one is chosen, and after each choice."""

    def __init__(self, ports: CalendarPorts, parent: QWidget | None = None) -> None:
        about = tr(
            "Bring a calendar along that Google, Outlook, Apple or another program has"
            " saved. Nothing is saved before you have seen it."
        )
        super().__init__(about, parent)
        self._ports = ports
        self._checked: CalendarChecked | None = None
        self._checking = Latest(ports.check, self._on_checked, self._on_failed, self)
        self._writing = Latest(ports.write, self._on_written, self._on_failed, self)
        self._undoing = Latest(ports.undo, self._on_undone, self._on_failed, self)
        self._is_writing = False
        self._build()
        self._connect()
        self._show(None)

    @property
    def checked(self) -> CalendarChecked | None:
        """What the file would make, as far as it was looked through."""
        return self._checked

    def begin(self) -> None:
        """Look through the file again: the practice may be another one by now."""
        self._check()

    def enter(self) -> None:
        """Put the keyboard to where one begins."""
        self.file.setFocus()

    def may_leave(self) -> bool:
        """Say whether another page may be shown: not while something is written."""
        return not self._is_writing

    def _build(self) -> None:
        self.file = FileField(
            tr("Calendar fi&le (.ics)"),
            tr("Choose a calendar"),
            tr("Calendars (*.ics *.ical *.ifb *.icalendar);;All files (*)"),
        )
        self.wishes = WishFields(self._ports)
        self.events = TextTable((tr("When"), tr("What")), tr("Events of the file"))
        self.events.share(34)
        titles = (tr("Line"), tr("What is wrong"), tr("What stands there"))
        self.faults = TextTable(titles, tr("Faults of the file"))
        self.faults.share(6, 60)
        self.empty = hint(
            tr(
                "Save your calendar as a file: in Google under Settings, Export; in"
                " Outlook under File, Save Calendar; in Apple’s under File, Export."
                " Then choose that file above."
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.file)
        column.addWidget(self.wishes)
        column.addWidget(self.empty)
        column.addWidget(self.events, 1)
        column.addWidget(self.faults, 1)
        column.addStretch(0)
        column.addLayout(self._build_foot())

    def _build_foot(self) -> QVBoxLayout:
        self.said = PlainLabel()
        self.said.setWordWrap(True)
        self.go = PromptButton(words.go(None))
        self.go.setDefault(True)
        self.go.setMinimumWidth(self.go.fontMetrics().averageCharWidth() * 18)
        self.progress = ProgressPane()
        self.banner = Banner()
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.said, 1)
        row.addWidget(self.go)
        foot = QVBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self.banner)
        foot.addWidget(self.progress)
        foot.addLayout(row)
        return foot

    def _connect(self) -> None:
        # Half a path is none: who types is not told so after each letter.
        self._typed = QTimer(self, singleShot=True, interval=TYPED_MS)
        self._typed.timeout.connect(self._check)
        self.file.edited.connect(self._on_edited)
        self.wishes.changed.connect(self._check)
        self.go.clicked.connect(self._on_go)

    @Slot()
    def _on_edited(self) -> None:
        self._show(None)
        self._typed.start()

    @Slot()
    def _check(self) -> None:
        """Look through the file by what is wished now."""
        self._show(None)
        if not self.file.field.text().strip() or self._is_writing:
            return
        self.banner.clear()
        path, days = self.file.path(), self.wishes.days()
        if path is None or days is None:
            return
        self.said.setText(tr("Reading…"))
        work = self.progress.begin(tr("Reading the file"), at_once=False)
        self._checking.ask(CheckRun(path, days, self.wishes.wish, work))

    def _on_checked(self, checked: CalendarChecked) -> None:
        self.progress.end()
        self._show(checked)
        announce(self, self.said.text())

    def _show(self, checked: CalendarChecked | None) -> None:
        """Show what the file would make, or what keeps it from that."""
        self._checked = checked
        faults = checked.faults if checked else ()
        self.faults.put_rows([(str(f.line), f.words, f.text) for f in faults])
        self.faults.setVisible(bool(faults))
        events = checked.events if checked and not faults else ()
        zone = ZoneInfo(self.wishes.zone)
        self.events.put_rows(
            [(words.when(e, zone), words.title(e)) for e in events[:MOST_SHOWN]]
        )
        self.events.setVisible(checked is not None and not faults)
        self.empty.setVisible(checked is None)
        self.said.setText(words.outcome(checked) if checked else "")
        self.go.setText(words.go(checked))
        self.go.setEnabled(bool(checked and checked.rows and not faults))

    @Slot()
    def _on_go(self) -> None:
        if self._checked is not None and not self._is_writing:
            work = self._begin(tr("Writing"))
            self._writing.ask(WriteRun(self._checked, work))

    def _on_written(self, imported: CalendarImported) -> None:
        self._end()
        self.file.field.clear()
        number = imported.transfer_id
        said = Words(tr("Imported"), words.done(imported), tone=Tone.SUCCESS)
        undo = Action(tr("Take it back"), lambda: self._take_back(number))
        self.banner.say(said, (undo,))
        self.banner.buttons[0].setFocus()

    def _take_back(self, transfer_id: int) -> None:
        if not self._is_writing:
            work = self._begin(tr("Taking back"))
            self._undoing.ask(UndoRun(transfer_id, work))

    def _on_undone(self, result: TakenBack) -> None:
        self._end()
        text = ""
        if result.kept:
            text = words.counted(
                len(result.kept),
                "One stays: somebody has used it since.",
                "%1 stay: somebody has used them since.",
            )
        self.banner.say(Words(tr("Taken back"), text, tone=Tone.SUCCESS))
        self.enter()

    def _on_failed(self, error: DeskError) -> None:
        self._end()
        if self.file.show_refusal(error):
            return
        if isinstance(error, Cancelled):
            text = tr("Nothing was written.")
            said = Words(tr("Stopped, as you wished"), text, tone=Tone.INFO)
        else:
            said = notices.words(error)
        self.banner.say(said)

    def _begin(self, text: str) -> Work:
        self._is_writing = True
        self.banner.clear()
        for widget in (self.file, self.wishes, self.go):
            widget.setEnabled(False)
        work = self.progress.begin(text)
        self.progress.cancel_button.setFocus()
        return work

    def _end(self) -> None:
        self._is_writing = False
        self.progress.end()
        for widget in (self.file, self.wishes):
            widget.setEnabled(True)
        self.go.setEnabled(bool(self._checked and self._checked.rows))
