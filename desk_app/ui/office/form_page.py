"""A page that is one form: read, changed, saved; nothing that was typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desk_app.errors import Invalid
from desk_app.ui import notices
from desk_app.ui.dialogs.asking import Asking
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.ports import PATIENCE
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.notice_bar import Action
from desk_app.ui.office import page_words
from desk_app.ui.office.page import OfficePage, focus
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from desk_app.errors import DeskError
    from desk_app.ui.around import Port, Then
    from desk_app.ui.dialogs.complaint import Complaint

WIDE = 620


class FormPage(OfficePage):
    """Cards of fields in a column, with buttons to save and to take back.

    A page gives its two ports, puts its cards into `column`, its complaints by the
    names of fields into `complaints`, and calls `changed` whenever a field is touched.
    """

    def __init__(
        self, about: str, read: Port, change: Port, parent: QWidget | None = None
    ) -> None:
        super().__init__(about, parent)
        self._read = read
        self._known: Any = None
        self._had_focus: QWidget | None = None
        self.complaints: dict[str, Complaint] = {}
        self._asking = Asking(change, PATIENCE, self)
        self._asking.answered.connect(self._on_saved)
        self._asking.refused.connect(self._on_refused)
        self._asking.doubted.connect(self._on_doubted)
        self._build_frame()

    # -- what a page says for itself

    def show_value(self, value: Any) -> None:
        """Fill the fields with what was read."""
        raise NotImplementedError

    def wanted(self) -> Any:
        """Return what stands in the fields."""
        raise NotImplementedError

    def request(self) -> Any:
        """Return what is sent to save it."""
        raise NotImplementedError

    # -- what it uses

    @property
    def known(self) -> Any:
        """What was read last, None before."""
        return self._known

    def changed(self) -> None:
        """Follow a field that was touched."""
        is_touched = self.is_touched()
        self.save.setEnabled(is_touched or self._asking.is_open)
        self.undo.setEnabled(is_touched and not self._asking.is_open)
        if is_touched:
            self.banner.clear("saved")

    def begin(self) -> None:
        """Read what there is."""
        if not self._asking.is_open:
            self.body.setEnabled(self._known is not None)
            self.read(self._on_read)

    def read(self, then: Then) -> None:
        """Read what there is for `then`."""
        self._read(None, then, self._on_read_failed)

    def learn(self, value: Any) -> None:
        """Know that something else is saved; what is typed stays."""
        self._known = value
        self.changed()

    def follow(self) -> None:
        """Show what others have saved, unless something is typed here."""
        if not self.is_touched():
            self.begin()

    def is_touched(self) -> bool:
        """Say whether something else stands here than what is saved."""
        return self._known is not None and self.wanted() != self._known

    def submit(self) -> None:
        """Save what was changed."""
        if self.is_touched() and not self._asking.is_open:
            self.banner.clear()
            for complaint in self.complaints.values():
                complaint.clear_words()
            self._lock(locked=True)
            self._asking.send(self.request())

    def _build_frame(self) -> None:
        self.body = QFrame()
        self.body.setMaximumWidth(round(WIDE * self.fontMetrics().height() / 16))
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(20, 16, 20, 8)
        self.column.setSpacing(12)
        room = self.room = QScrollArea()
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setWidgetResizable(True)
        room.setWidget(self.body)
        self.banner = Banner()
        self.save = PromptButton(self.tr("&Save"))
        self.save.setProperty("primary", "true")
        self.undo = PromptButton(self.tr("&Take back"))
        for button in (self.save, self.undo):
            button.setAutoDefault(False)
            button.setEnabled(False)
        self.save.setToolTip("Ctrl+S")
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 0, 20, 16)
        foot.setSpacing(10)
        foot.addWidget(self.save)
        foot.addWidget(self.undo)
        foot.addStretch(1)
        said = QVBoxLayout()
        said.setContentsMargins(20, 0, 20, 0)
        said.addWidget(self.banner)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(12)
        around.addWidget(room, 1)
        around.addLayout(said)
        around.addLayout(foot)
        self.save.clicked.connect(self.submit)
        self.undo.clicked.connect(self._take_back)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.submit)

    def _lock(self, *, locked: bool) -> None:
        """Keep what is on its way as it is, and the keyboard within the page."""
        if locked:
            self._had_focus = self.focusWidget()
            focus(self.save)
        self.body.setEnabled(not locked)
        self.save.setText(self.tr("Saving…") if locked else self.tr("&Save"))
        self.changed()
        if not locked and self._had_focus is not None and self.save.hasFocus():
            focus(self._had_focus)

    @Slot()
    def _take_back(self) -> None:
        if self._known is not None:
            self.banner.clear()
            self.show_value(self._known)
            self.changed()

    @Slot(object)
    def _on_read(self, value: Any) -> None:
        if self.is_touched():
            return
        self.banner.clear("reading")
        self._known = value
        self.body.setEnabled(True)
        self.show_value(value)
        self.changed()
        self.readable.emit()

    @Slot(object)
    def _on_read_failed(self, error: DeskError) -> None:
        again = Action(self.tr("Try again"), self.begin)
        self.banner.say(notices.cannot_show(error), [again], topic="reading")

    @Slot(object)
    def _on_saved(self, value: Any) -> None:
        self._known = value
        self.show_value(value)
        self._lock(locked=False)
        words = Words(self.tr("Saved for every desk."), tone=Tone.SUCCESS)
        self.banner.say(words, topic="saved")

    @Slot(object)
    def _on_refused(self, error: DeskError) -> None:
        self._lock(locked=False)
        field = error.field if isinstance(error, Invalid) else ""
        if field in self.complaints:
            self.complaints[field].say(str(error))
        else:
            self.banner.say(page_words.refusal(error))

    @Slot(object)
    def _on_doubted(self, _error: DeskError) -> None:
        self.banner.say(notices.checking(), topic="doubt")
