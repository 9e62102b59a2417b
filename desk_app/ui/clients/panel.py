"""A client's file beside the schedule: who it is, what to know, note and visits."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desk_app.domain.client_file import MergeWish
from desk_app.ui import notices
from desk_app.ui.clients import file_words
from desk_app.ui.clients.client_head import ClientHead
from desk_app.ui.clients.consents import Consents
from desk_app.ui.clients.file_ports import A_PAGE, ChangeWish, FileWish
from desk_app.ui.clients.likely import LikelyStrip
from desk_app.ui.clients.more import MoreOfClient
from desk_app.ui.clients.notes_field import NotesField
from desk_app.ui.clients.visit_list import VisitList
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.client_field import ClientField
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.notice_bar import Action, announce
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from desk_app.domain.client_file import ClientDetails, ClientFile
    from desk_app.domain.people import Client
    from desk_app.errors import DeskError
    from desk_app.ui.clients.file_ports import FilePorts

MARGIN = 16


class Page(IntEnum):
    """What the panel shows."""

    FIND = 0
    WAIT = 1
    FILE = 2


class ClientPanel(QWidget):
    """Finds a client, shows the file, and says what a person wishes to do with it.

    At a glance (`is_glance`) it leads nowhere else, and the note is there to read.

    Signals:
        shown: another client is shown (`ClientFile`), or the same one anew.
        booking_wanted: for this client (`ClientFile`).
        again_wanted: the same visit once more (`Appointment`).
        visit_opened, visit_shown: a visit, to read or in the schedule (`Appointment`).
        edit_wanted: all fields (`ClientFile`).
        merge_wanted: to compare two entries (`MergeWish`).
        separate_wanted: to take a merge back (its number).
        more_wanted: history, export, erase (`ClientFile`).
        messages_wanted: what was sent to the client (`ClientFile`).
        visit_messages_wanted: what was sent about a visit (`Appointment`).
        said: one line on what was changed here.
    """

    shown = Signal(object)
    booking_wanted = Signal(object)
    again_wanted = Signal(object)
    visit_opened = Signal(object)
    visit_shown = Signal(object)
    edit_wanted = Signal(object)
    merge_wanted = Signal(object)
    separate_wanted = Signal(int)
    more_wanted = Signal(object)
    messages_wanted = Signal(object)
    visit_messages_wanted = Signal(object)
    said = Signal(str)

    def __init__(
        self,
        ports: FilePorts,
        parent: QWidget | None = None,
        *,
        is_glance: bool = False,
    ) -> None:
        super().__init__(parent)
        self._ports, self._is_glance = ports, is_glance
        self._wish: FileWish | None = None
        self._file: ClientFile | None = None
        self._line = Latest(ports.read, self._on_read, self._on_failed, self)
        self._consenting = Latest(
            ports.change, self._on_consented, self._on_not_consented, self
        )
        self._build()
        self._connect()
        self.ask_whom()

    @property
    def file(self) -> ClientFile | None:
        """The file that is shown."""
        return self._file

    @property
    def client_id(self) -> int | None:
        """Whose file is shown, or on its way."""
        return self._wish.client_id if self._wish else None

    @property
    def page(self) -> Page:
        """What is shown."""
        return Page(self._pages.currentIndex())

    @Slot()
    def ask_whom(self) -> None:
        """Ask whose file it shall be."""
        self.note.save()
        self._line.drop()
        self._wish, self._file = None, None
        self.field.search.clear()
        self._go(Page.FIND, self.field)

    def show_client(self, client_id: int) -> None:
        """Read and show a file; what was typed about another client is saved."""
        if client_id != self.client_id:
            self.note.save()
            self._file = None
            self._wish = FileWish(client_id)
            self.banner.clear()
            self._go(Page.WAIT, self._waiting)
        self.look()

    @Slot()
    def look(self) -> None:
        """Read the file that is shown again."""
        if self._wish is not None:
            self._line.ask(self._wish)

    def forget(self) -> None:
        """Show nothing of what somebody else has seen."""
        self.note.forget()
        self.ask_whom()

    # -- building

    def _build(self) -> None:
        self.field = ClientField(
            self._ports.screen(), self._ports.find, only_known=True
        )
        self.head, self.more = ClientHead(), MoreOfClient()
        self.consents = Consents()
        self.consents.messages.setVisible(not self._is_glance)
        self.likely = LikelyStrip(
            self.tr("Perhaps the same person"), self.tr("Co&mpare…")
        )
        self.note, self.visits = NotesField(self._ports), VisitList()
        self.banner = Banner()
        self._waiting = PlainLabel(self.tr("Reading…"))
        self._waiting.setMargin(MARGIN)
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignTop)
        # The keyboard waits there for the file.
        self._waiting.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_ink(self._waiting, Ink.MUTED)
        self._pages = QStackedWidget()
        for page in (self._build_finding(), self._waiting, self._build_file()):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        around = QVBoxLayout()
        around.setContentsMargins(MARGIN, 0, MARGIN, 8)
        around.addWidget(self.banner)
        column.addLayout(around)
        column.addWidget(self._pages, 1)

    def _build_finding(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(MARGIN, 4, MARGIN, MARGIN)
        column.addWidget(self.field, 1)
        return page

    def _build_file(self) -> QScrollArea:
        self._inside = QWidget()
        self._inside.setObjectName("times")
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(MARGIN, 2, MARGIN, MARGIN)
        column.setSpacing(12)
        column.addWidget(self.head)
        column.addWidget(self.consents)
        column.addLayout(self._build_buttons())
        column.addWidget(self.likely)
        column.addWidget(self.note)
        column.addWidget(self.visits)
        column.addWidget(self.more)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._inside)
        return self._area

    def _build_buttons(self) -> QHBoxLayout:
        self.book = PromptButton(self.tr("&Book…"))
        self.edit = PromptButton(self.tr("Chan&ge…"))
        self.data = PromptButton(self.tr("Mo&re…"))
        self.another = PromptButton(self.tr("&Find…"))
        self.another.setToolTip(self.tr("Another client"))
        for button in (self.book, self.another):
            if self._is_glance:
                button.hide()
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in self.buttons:
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        return row

    @property
    def buttons(self) -> tuple[PromptButton, ...]:
        """Book, change, more, find."""
        return self.book, self.edit, self.data, self.another

    def _connect(self) -> None:
        self.field.changed.connect(self._on_found)
        self.book.clicked.connect(self._on_book)
        self.edit.clicked.connect(self._on_edit)
        self.data.clicked.connect(self._on_data)
        self.another.clicked.connect(self.ask_whom)
        self.likely.chosen.connect(self._on_likely)
        self.note.saved.connect(self.look)
        self.note.overtaken.connect(self.look)
        self.visits.opened.connect(self.visit_opened)
        self.visits.again_wanted.connect(self.again_wanted)
        self.visits.shown_wanted.connect(self.visit_shown)
        self.visits.more_wanted.connect(self._on_more)
        self.visits.messages_wanted.connect(self.visit_messages_wanted)
        self.consents.change_wanted.connect(self._on_consents)
        self.consents.messages_wanted.connect(self._on_messages)
        self.visits.row_reached.connect(self._scroll_to)
        self.more.separate_wanted.connect(self.separate_wanted)

    def _go(self, page: Page, stop: QWidget) -> None:
        inside = self.focusWidget()
        had_focus = inside is not None and inside.hasFocus()
        self._pages.setCurrentIndex(page)
        self.setFocusProxy(stop)
        if had_focus:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what arrives

    def _on_read(self, file: ClientFile) -> None:
        is_new = self._file is None
        self._file = file
        # Of somebody who was merged it is the file of the kept entry.
        past = self._wish.past if self._wish else A_PAGE
        self._wish = FileWish(file.client.client_id, past)
        screen = self._ports.screen()
        self.head.show_file(file, screen)
        self.consents.show_file(file)
        self.likely.show_likely(file.likely)
        may_write = "notes" in file.may_change and not self._is_glance
        self.note.show_details(file.details, may_write=may_write)
        self.visits.show_file(file, screen)
        self.more.show_file(file, screen)
        self.book.setEnabled(file.is_active)
        self.edit.setEnabled(not file.is_erased)
        self.banner.clear()
        if is_new:
            self._go(Page.FILE, self.visits)
            # The keyboard goes to the visits; the eyes begin with the name.
            self._area.verticalScrollBar().setValue(0)
            announce(self, self.head.accessibleName())
        self.shown.emit(file)

    def _on_failed(self, error: DeskError) -> None:
        """Say it above; what was shown before stays."""
        again = Action(self.tr("Try again"), self.look)
        self.banner.say(notices.cannot_show(error), (again,), topic="reading")
        if self._file is None:
            self._waiting.setText("")

    @Slot()
    def _on_found(self) -> None:
        client = self.field.client
        if client is not None and self.page is Page.FIND:
            self._waiting.setText(self.tr("Reading…"))
            self.show_client(client.client_id)

    @Slot()
    def _on_book(self) -> None:
        if self._file is not None:
            self.booking_wanted.emit(self._file)

    @Slot()
    def _on_edit(self) -> None:
        if self._file is not None:
            self.edit_wanted.emit(self._file)

    @Slot()
    def _on_data(self) -> None:
        if self._file is not None:
            self.more_wanted.emit(self._file)

    @Slot()
    def _on_more(self) -> None:
        if self._wish is not None:
            self._wish = FileWish(self._wish.client_id, self._wish.past + A_PAGE)
            self.look()

    @Slot(object, object)
    def _on_consents(self, known: ClientDetails, wanted: ClientDetails) -> None:
        self.banner.clear()
        self._consenting.ask(ChangeWish(known, wanted))

    def _on_consented(self, stands: ClientDetails) -> None:
        text = self.tr("May be sent from now on: %1")
        self.said.emit(filled(text, file_words.consents(stands)))
        self.look()

    def _on_not_consented(self, error: DeskError) -> None:
        """Show how it stands, and say why it is not otherwise."""
        if self._file is not None:
            self.consents.show_file(self._file)
        self.banner.say(notices.words(error))

    @Slot()
    def _on_messages(self) -> None:
        if self._file is not None:
            self.messages_wanted.emit(self._file)

    @Slot(object)
    def _on_likely(self, other: Client) -> None:
        if self._file is not None:
            keep = self._file.client.client_id
            self.merge_wanted.emit(MergeWish(keep, other.client_id))

    @Slot(QRect)
    def _scroll_to(self, row: QRect) -> None:
        inside = self._inside
        at = self.visits.viewport().mapTo(inside, row.center())
        self._area.ensureVisible(at.x(), at.y(), 0, row.height())
