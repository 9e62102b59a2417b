"""The page of exports: what, of which days, in which format, and where to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desk_app.domain.exports import Delimiter, ExportWish, FileFormat, Subject
from desk_app.domain.staff import Role
from desk_app.errors import Cancelled
from desk_app.ui import notices
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.inks import sized
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.dialogs.prompt import PromptButton, PromptCheck
from desk_app.ui.folder_field import FolderField
from desk_app.ui.notice_bar import Action
from desk_app.ui.office.page import OfficePage
from desk_app.ui.plain import PlainLabel
from desk_app.ui.progress import ProgressPane
from desk_app.ui.transfer.exporting import words
from desk_app.ui.transfer.exporting.ports import ExportRun
from desk_app.ui.transfer.exporting.selection import SelectionFields
from desk_app.ui.transfer.radio_row import RadioRow
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from pathlib import Path

    from desk_app.domain.exports import Exported
    from desk_app.domain.staff import Me
    from desk_app.errors import DeskError
    from desk_app.ui.transfer.exporting.ports import ExportPorts


class ExportPage(OfficePage):
    """Counts as soon as something is chosen; says where the file is at the end."""

    def __init__(self, ports: ExportPorts, parent: QWidget | None = None) -> None:
        about = words.tr(
            "Take the practice’s data out in a file. Who took what, and when, is"
            " written down."
        )
        super().__init__(about, parent)
        self._ports = ports
        self._counting = Latest(ports.count, self._on_counted, self._on_no_count, self)
        self._writing = Latest(ports.export, self._on_written, self._on_failed, self)
        self._build()
        self._connect()
        self._follow_subject()

    @property
    def subject(self) -> Subject:
        """What the file is about."""
        return self.subjects.chosen

    @property
    def format(self) -> FileFormat:
        """How it is written."""
        return self.formats.chosen

    @property
    def wish(self) -> ExportWish:
        """What is chosen, but for where to."""
        return ExportWish(
            self.subject,
            self.format,
            selection=self.selection.selection,
            delimiter=Delimiter(self.delimiter.currentData()),
            names_clients=self.names.isChecked(),
        )

    def begin(self) -> None:
        """Count what is chosen."""
        self._count()

    def enter(self) -> None:
        """Put the keyboard to where one begins."""
        self.subjects.enter()

    def may_leave(self) -> bool:
        """Say whether another page may be shown: not while a file is written."""
        return not self.progress.is_running

    @property
    def _is_own(self) -> bool:
        return self._ports.catalogue.me.role is Role.PROVIDER

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 14, 20, 12)
        column.setSpacing(10)
        what = [Subject.APPOINTMENTS] if self._is_own else [*Subject]
        forms = [FileFormat.ICALENDAR] if self._is_own else [*FileFormat]
        self.subjects = RadioRow(what, words.subject, words.about)
        self.formats = RadioRow(forms, words.file_format, words.about_format)
        column.addWidget(_heading(words.tr("What")))
        column.addWidget(self.subjects)
        self.selection = SelectionFields(self._ports.catalogue, self._ports.today)
        column.addWidget(self.selection)
        column.addWidget(_heading(words.tr("As")))
        column.addWidget(self.formats)
        column.addLayout(self._build_details())
        column.addWidget(_heading(words.tr("Where to")))
        self.place = FolderField(words.tr("Folder for the export"))
        column.addWidget(self.place)
        column.addStretch(1)
        room = QScrollArea()
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setWidgetResizable(True)
        room.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(room, 1)
        whole.addLayout(self._build_foot())

    def _build_details(self) -> QHBoxLayout:
        """Build what belongs to one format only."""
        self._delimiter_label = PlainLabel(words.tr("Between &fields"))
        self.delimiter = QComboBox()
        self.delimiter.setAccessibleName(words.tr("Between fields"))
        for sign in Delimiter:
            self.delimiter.addItem(words.delimiter(sign), sign.value)
        self._delimiter_label.setBuddy(self.delimiter)
        self.names = PromptCheck(
            words.tr("With &names and notes of clients; without, services alone")
        )
        self.names.setChecked(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self._delimiter_label, self.delimiter, self.names):
            row.addWidget(widget)
        row.addStretch(1)
        return row

    def _build_foot(self) -> QVBoxLayout:
        self.said = PlainLabel()
        self.said.setWordWrap(True)
        self.go = PromptButton(words.tr("&Export"))
        self.go.setDefault(True)
        self.go.setMinimumWidth(self.go.fontMetrics().averageCharWidth() * 16)
        self.progress = ProgressPane()
        self.banner = Banner()
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.said, 1)
        row.addWidget(self.go)
        foot = QVBoxLayout()
        foot.setContentsMargins(20, 0, 20, 16)
        foot.setSpacing(10)
        foot.addWidget(self.banner)
        foot.addWidget(self.progress)
        foot.addLayout(row)
        return foot

    def _connect(self) -> None:
        self.subjects.changed.connect(self._follow_subject)
        self.formats.changed.connect(self._follow_format)
        self.selection.changed.connect(self._count)
        self.go.clicked.connect(self._on_go)

    @Slot()
    def _follow_subject(self) -> None:
        """Offer what there is to choose for this subject."""
        is_of_visits = self.subject is Subject.APPOINTMENTS
        self.selection.setVisible(is_of_visits)
        if self._is_own:
            self.selection.hide_people()
        elif is_of_visits:
            self.formats.offer([*FileFormat])
        else:
            self.formats.offer([FileFormat.XLSX, FileFormat.CSV])
        self._follow_format()

    @Slot()
    def _follow_format(self) -> None:
        form = self.format
        for widget in (self._delimiter_label, self.delimiter):
            widget.setVisible(form is FileFormat.CSV)
        self.names.setVisible(form is FileFormat.ICALENDAR)
        self._count()

    @Slot()
    def _count(self) -> None:
        self.banner.clear()
        self.said.setText(words.tr("Counting…"))
        self._counting.ask(self.wish)

    def _on_counted(self, count: int) -> None:
        self.said.setText(words.how_many(self.wish, count))

    def _on_no_count(self, error: DeskError) -> None:
        self.said.setText(notices.words(error).title)

    @Slot()
    def _on_go(self) -> None:
        if self.progress.is_running:
            return
        self.banner.clear()
        is_fine = self.subject is not Subject.APPOINTMENTS or self.selection.may_go()
        folder = self.place.path() if is_fine else None
        if folder is None:
            return
        self._begin(folder)

    def _begin(self, folder: Path) -> None:
        wish = replace(self.wish, folder=folder)
        self.go.setEnabled(False)
        work = self.progress.begin(words.tr("Writing"))
        self.progress.cancel_button.setFocus()
        self._writing.ask(ExportRun(wish, work))

    def _on_written(self, done: Exported) -> None:
        self._end()
        said = Words(words.tr("Exported"), words.written(done), _advice(), Tone.SUCCESS)
        path, show = done.files[0], self._ports.show_file
        actions = (
            Action(words.tr("Show in folder"), lambda: show(path.parent)),
            Action(words.tr("Open the file"), lambda: show(path)),
        )
        self.banner.say(said, actions)
        self.banner.buttons[0].setFocus()

    def _on_failed(self, error: DeskError) -> None:
        self._end()
        if self.place.show_refusal(error):
            return
        if isinstance(error, Cancelled):
            text = words.tr("No file was written.")
            said = Words(words.tr("Stopped, as you wished"), text, tone=Tone.INFO)
        else:
            said = notices.words(error)
        self.banner.say(said)
        self.go.setFocus()

    def _end(self) -> None:
        self.progress.end()
        self.go.setEnabled(True)


def exporters(me: Me) -> bool:
    """Say whether somebody may take anything out: a provider their own calendar."""
    return me.may_manage or me.provider_id is not None


def _heading(text: str) -> PlainLabel:
    label = PlainLabel(text)
    sized(label, 1.1, bold=True)
    return label


def _advice() -> str:
    return words.tr("Only you may open it here. Keep it safe, it is about people.")
