"""The page of imports: choose a file, look at it, check it, and it is there.

Nothing is written before the last step, and there everything or nothing is.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from desk_app.domain.importing.outcome import Checked
from desk_app.errors import Cancelled, Unavailable
from desk_app.ui import notices, plain
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.notice_bar import Action
from desk_app.ui.office.page import OfficePage
from desk_app.ui.progress import ProgressPane
from desk_app.ui.transfer.importing import words
from desk_app.ui.transfer.importing.check import CheckStep
from desk_app.ui.transfer.importing.choose import ChooseStep
from desk_app.ui.transfer.importing.done import DoneStep
from desk_app.ui.transfer.importing.example import example
from desk_app.ui.transfer.importing.look import LookStep
from desk_app.ui.transfer.importing.ports import (
    CheckRun,
    FaultList,
    UndoRun,
    Wish,
    WriteRun,
)
from desk_app.ui.transfer.importing.rows_table import copy
from desk_app.ui.transfer.importing.words import tr
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from desk_app.domain.importing.outcome import (
        Imported,
        ImportLine,
        SourceFile,
        TakenBack,
    )
    from desk_app.domain.importing.plan import Options, Reading
    from desk_app.errors import DeskError
    from desk_app.ui.transfer.importing.ports import ImportPorts


class ImportPage(OfficePage):
    """Leads through the steps; whatever takes long can be cancelled."""

    def __init__(self, ports: ImportPorts, parent: QWidget | None = None) -> None:
        about = tr(
            "Bring clients and appointments along from another program. Nothing is"
            " saved before you have seen it, and an import can be taken back."
        )
        super().__init__(about, parent)
        self._ports = ports
        self._wish: Wish | None = None
        self._imported: Imported | None = None
        self._build()
        self._connect()
        self._ask = _Questions(ports, self)

    def begin(self) -> None:
        """Read what was imported so far."""
        self._ask.imports.ask(None)

    def enter(self) -> None:
        """Put the keyboard to where the step begins."""
        step: Any = self.steps.currentWidget()
        step.enter()

    def is_touched(self) -> bool:
        """Say whether a file was chosen that is not imported yet."""
        return self.steps.currentWidget() in (self.look, self.check)

    def may_leave(self) -> bool:
        """Say whether another page may be shown: not while something is written."""
        return not self.progress.is_running and super().may_leave()

    def take(self, path: Path) -> None:
        """Take a file of this computer."""
        self.banner.clear()
        self._ask.open.ask(path)

    def _build(self) -> None:
        self.choose = ChooseStep(self._ports.zone)
        self.look = LookStep()
        self.check = CheckStep(self._ports.catalogue, self._ports.zone)
        self.done = DoneStep()
        self.steps = QStackedWidget()
        for step in (self.choose, self.look, self.check, self.done):
            self.steps.addWidget(step)
        self.banner = Banner()
        self.progress = ProgressPane()
        foot = QVBoxLayout()
        foot.setContentsMargins(20, 0, 20, 0)
        foot.addWidget(self.banner)
        foot.addWidget(self.progress)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addLayout(foot)
        column.addWidget(self.steps, 1)

    def _connect(self) -> None:
        self.choose.drop.chosen.connect(self.take)
        self.choose.drop.example_wanted.connect(self._on_example)
        self.choose.undo_wanted.connect(self._on_undo)
        self.look.changed.connect(self._on_options)
        self.look.back_wanted.connect(self.start_again)
        self.look.go_wanted.connect(self._on_check)
        self.check.changed.connect(self._on_decided)
        self.check.back_wanted.connect(self._on_back)
        self.check.choose_wanted.connect(self._on_choose_again)
        self.check.go_wanted.connect(self._on_write)
        self.check.save_wanted.connect(self._on_save)
        self.done.undo_wanted.connect(self._on_undo_now)
        self.done.again_wanted.connect(self.start_again)

    @Slot()
    def start_again(self) -> None:
        """Go back to the first step."""
        self._wish = None
        self.check.forget()
        self.begin()
        self._show(self.choose)

    @Slot()
    def _on_example(self) -> None:
        today = datetime.now(self._ports.zone).date()
        self.on_opened(example(self.choose.subject, today))

    def on_opened(self, file: SourceFile) -> None:
        """Read a file that was opened."""
        self.check.forget()
        self._wish = Wish(file, self.choose.subject)
        self._ask.read.ask(self._wish)

    @Slot(object)
    def _on_options(self, options: Options) -> None:
        if self._wish is not None:
            self._wish = replace(self._wish, options=options)
            self._ask.read.ask(self._wish)

    def on_read(self, reading: Reading) -> None:
        """Show what was recognised, or why there is nothing to look at."""
        wish = self._wish
        if wish is None:
            return
        if not reading.table.rows:
            self.on_checked(Checked(reading, wish.file.name, faults=reading.faults))
            return
        # The order stays open until somebody has said it.
        order = None if reading.open_order else reading.options.order
        options = replace(reading.options, order=order)
        self._wish = replace(wish, options=options)
        is_new = self.steps.currentWidget() is not self.look
        self.look.show_reading(reading, wish.subject, wish.file.name)
        if is_new:
            self._show(self.look)

    @Slot()
    def _on_check(self) -> None:
        if self._wish is not None and not self.progress.is_running:
            work = self._begin(tr("Checking lines"))
            self._ask.check.ask(CheckRun(self._wish, work))

    @Slot(object)
    def _on_decided(self, options: Options) -> None:
        if self._wish is not None:
            self._wish = replace(self._wish, options=options)
            self._on_check()

    def on_checked(self, checked: Checked) -> None:
        """Show what an import would do."""
        self._end()
        if self._wish is not None:
            self.check.show_checked(checked, self._wish.subject)
            self._show(self.check)

    @Slot()
    def _on_back(self) -> None:
        self.banner.clear()
        if self._wish is not None:
            self._ask.read.ask(self._wish)

    @Slot()
    def _on_choose_again(self) -> None:
        self.start_again()
        self.choose.drop.browse.click()

    @Slot()
    def _on_write(self) -> None:
        checked = self.check.checked
        if checked is None or self._wish is None or self.progress.is_running:
            return
        work = self._begin(tr("Writing"))
        self._ask.write.ask(WriteRun(checked, self._wish.subject, work))

    def on_written(self, imported: Imported) -> None:
        """Say what is there now."""
        self._end()
        self._wish, self._imported = None, imported
        self.done.show_imported(imported)
        self._show(self.done)

    @Slot()
    def _on_undo_now(self) -> None:
        if self._imported is not None:
            self._take_back(self._imported.transfer_id, words.done(self._imported))

    @Slot(object)
    def _on_undo(self, line: ImportLine) -> None:
        text = tr("%1: %2 rows", line.file_name, words.number(line.rows))
        self._take_back(line.transfer_id, text)

    def _take_back(self, transfer_id: int, text: str) -> None:
        question = plain.Question(
            tr("Take this import back?"),
            text,
            tr("&Take it back"),
            tr("&Keep it"),
            tr(
                "What came with it goes again. Whoever was booked, changed or noted"
                " since then stays, and is named."
            ),
        )
        if not self.progress.is_running and plain.ask(self.window(), question):
            self._ask.undo.ask(UndoRun(transfer_id, self._begin(tr("Taking back"))))

    def on_taken_back(self, result: TakenBack) -> None:
        """Say what is gone and what stays."""
        self._end()
        self.start_again()
        said = Words(tr("Taken back"), words.taken_back(result), tone=Tone.SUCCESS)
        listed = words.kept_list(result, self._ports.zone)
        actions = [Action(tr("Copy who stays"), lambda: copy(listed))]
        self.banner.say(said, actions if result.kept else ())

    @Slot()
    def _on_save(self) -> None:
        checked = self.check.checked
        title = tr("Save the list of faults")
        chosen, _ = QFileDialog.getSaveFileName(
            self, title, "faults.csv", tr("CSV files (*.csv)")
        )
        if chosen and checked is not None:
            self._ask.save.ask(FaultList(Path(chosen), checked.faults))

    def on_saved(self, path: Path) -> None:
        """Say where the list is."""
        self.banner.say(Words(tr("The list is saved"), path.name, tone=Tone.SUCCESS))

    def on_failed(self, error: DeskError) -> None:
        """Say what went wrong; the step stays as it is."""
        self._end()
        if isinstance(error, Cancelled):
            text = tr("Nothing was written.")
            said = Words(tr("Stopped, as you wished"), text, tone=Tone.INFO)
        elif isinstance(error, Unavailable) and error.undecided:
            # Nobody asks again for an import: its list says whether it is there.
            self.start_again()
            title = tr("It is not known whether the import was saved")
            said = Words(title, next_step=tr("Look at the list of imports below."))
        else:
            said = notices.words(error)
        self.banner.say(said)
        self.enter()

    def _begin(self, text: str) -> Any:
        self.banner.clear()
        self.steps.setEnabled(False)
        work = self.progress.begin(text)
        self.progress.cancel_button.setFocus()
        return work

    def _end(self) -> None:
        self.progress.end()
        self.steps.setEnabled(True)

    def _show(self, step: QWidget) -> None:
        self.steps.setCurrentWidget(step)
        self.enter()


class _Questions:
    """What the page asks of the practice; of each only the latest is answered."""

    def __init__(self, ports: ImportPorts, page: ImportPage) -> None:
        failed = page.on_failed
        self.open = Latest(ports.open, page.on_opened, failed, page)
        self.read = Latest(ports.read, page.on_read, failed, page)
        self.check = Latest(ports.check, page.on_checked, failed, page)
        self.write = Latest(ports.write, page.on_written, failed, page)
        self.imports = Latest(ports.imports, page.choose.show_imports, failed, page)
        self.undo = Latest(ports.undo, page.on_taken_back, failed, page)
        self.save = Latest(ports.save, page.on_saved, failed, page)
