"""The note about a client, written in place and saved when the field is left.

What was typed stays until it is saved, whatever happens meanwhile: while the database
is away, when another client is shown, and when another desk wrote a note too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desk_app.errors import Stale
from desk_app.ui import notices
from desk_app.ui.clients.file_ports import ChangeWish
from desk_app.ui.dialogs.banner import Banner
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.dialogs.note import NoteEdit
from desk_app.ui.notice_bar import Action
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel, shortened
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from desk_app.domain.client_file import ClientDetails
    from desk_app.errors import DeskError
    from desk_app.ui.clients.file_ports import FilePorts

LINES, MOST_LINES = 4, 9
LONGEST_SHOWN = 300
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class Draft:
    """A note that is not saved yet, and what stood there when it was begun."""

    known: ClientDetails
    text: str


class NoteInPlace(NoteEdit):
    """A note in which Enter begins a new line.

    Signals:
        left: the keyboard went elsewhere, or Ctrl+Enter was pressed.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(LINES, parent)
        layout = self.document().documentLayout()
        layout.documentSizeChanged.connect(self._on_size_changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save on Ctrl+Enter; else write."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTER and held == Qt.KeyboardModifier.ControlModifier:
            self.left.emit()
        elif event.key() in _ENTER:
            QPlainTextEdit.keyPressEvent(self, event)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    @Slot(QSizeF)
    def _on_size_changed(self, size: QSizeF) -> None:
        """Take more room for a longer note, within reason."""
        # A plain text is measured in lines.
        lines = max(LINES, min(round(size.height()), MOST_LINES))
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()


class NotesField(QWidget):
    """The field, a word on how it stands with it, and a banner when it is not saved.

    Signals:
        saved: the note is written (`ClientDetails` as they stand).
        overtaken: another desk wrote a note too; `settle` is to be told what stands.
    """

    saved = Signal(object)
    overtaken = Signal()

    def __init__(self, ports: FilePorts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: ClientDetails | None = None
        self._drafts: dict[int, Draft] = {}
        self._sent: Draft | None = None
        self._line = Latest(ports.change, self._on_saved, self._on_failed, self)
        self._is_overtaken = False
        self._build()
        self._connect()

    @property
    def edit(self) -> NoteInPlace:
        """Where it is written."""
        return self._edit

    @property
    def banner(self) -> Banner:
        """Where it is said why it is not saved."""
        return self._banner

    @property
    def state(self) -> str:
        """How it stands with the note, as it is shown."""
        return self._state.text()

    def has_draft(self, client_id: int) -> bool:
        """Say whether something about a client is not saved yet."""
        return client_id in self._drafts

    def show_details(self, details: ClientDetails, *, may_write: bool) -> None:
        """Show a client's note, or what was typed for this client and is not saved."""
        is_other = self._known is None or self._known.client_id != details.client_id
        if is_other:
            self._banner.clear()
            self._state.setText("")
            self._is_overtaken = False
        if self._is_overtaken:
            self._settle(details)
            return
        draft = self._drafts.get(details.client_id)
        if is_other and draft and draft.text.strip() == details.notes:
            # Saved after all, though the answer was not waited for.
            del self._drafts[details.client_id]
            draft = None
        self._known = draft.known if draft else details
        self._edit.setReadOnly(not may_write)
        text = draft.text if draft else details.notes
        self._show_text(text)
        if draft and is_other:
            self._say_unsaved(self.tr("This was typed before and is not saved yet."))

    @Slot()
    def save(self) -> None:
        """Save what was typed, unless that is what stands there."""
        known = self._known
        if known is None or self._edit.isReadOnly() or self._is_overtaken:
            return
        draft = self._drafts.get(known.client_id)
        if draft is not None and self._sent != draft:
            self._state.setText(self.tr("Saving…"))
            self._send(draft)

    @Slot()
    def save_again(self) -> None:
        """Save what could not be saved before, about other clients as well."""
        self._sent = None
        self.save()
        if self._sent is None:
            self._send_next()

    def forget(self) -> None:
        """Forget everything: somebody else works here now."""
        self._drafts.clear()
        self._known, self._sent, self._is_overtaken = None, None, False
        self._line.drop()
        self._banner.clear()
        self._state.setText("")
        self._edit.clear()

    def _build(self) -> None:
        label = PlainLabel(self.tr("&Note"))
        set_ink(label, Ink.MUTED)
        self._state = PlainLabel()
        set_ink(self._state, Ink.MUTED)
        self._edit = NoteInPlace()
        label.setBuddy(self._edit)
        self._edit.setAccessibleName(self.tr("Note about the client"))
        self._edit.setPlaceholderText(self.tr("What everybody at the desk should know"))
        self._complaint = Complaint(self._edit)
        self._banner = Banner()
        above = QHBoxLayout()
        above.addWidget(label, 1)
        above.addWidget(self._state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(above)
        column.addWidget(self._edit)
        column.addWidget(self._complaint)
        column.addWidget(self._banner)
        self.setFocusProxy(self._edit)

    def _connect(self) -> None:
        self._edit.textChanged.connect(self._on_typed)
        self._edit.refused.connect(self._complaint.say)
        self._edit.textChanged.connect(self._complaint.clear_words)
        self._edit.left.connect(self.save)

    def _show_text(self, text: str) -> None:
        """Show a text, and leave the cursor where it was."""
        if self._edit.toPlainText() == text:
            return
        cursor = self._edit.textCursor()
        place = cursor.position()
        self._edit.setPlainText(text)
        cursor.setPosition(min(place, len(self._edit.toPlainText())))
        self._edit.setTextCursor(cursor)

    def _send(self, draft: Draft) -> None:
        self._sent = draft
        wanted = replace(draft.known, notes=draft.text)
        self._line.ask(ChangeWish(draft.known, wanted))

    def _send_next(self) -> None:
        """Send a draft about somebody who is not shown, if there is one."""
        here = self._known.client_id if self._known else None
        for client_id, draft in self._drafts.items():
            if client_id != here:
                self._send(draft)
                return

    @Slot()
    def _on_typed(self) -> None:
        known, text = self._known, self._edit.toPlainText()
        if known is None or self._edit.isReadOnly():
            return
        if text == known.notes:
            self._drafts.pop(known.client_id, None)
            self._state.setText("")
        elif self._drafts.get(known.client_id) != Draft(known, text):
            self._drafts[known.client_id] = Draft(known, text)
            self._state.setText(self.tr("Saved when you leave the field"))

    def _on_saved(self, stands: ClientDetails) -> None:
        sent, self._sent = self._sent, None
        if sent is None:
            return
        draft = self._drafts.get(sent.known.client_id)
        if draft == sent:
            del self._drafts[sent.known.client_id]
        elif draft is not None:
            # More was typed while it was on its way.
            self._drafts[sent.known.client_id] = Draft(stands, draft.text)
        if self._known is not None and self._known.client_id == sent.known.client_id:
            self._known = stands
            self._banner.clear()
            self._state.setText(self.tr("Saved") if draft == sent else "")
        self.saved.emit(stands)
        self._send_next()

    def _on_failed(self, error: DeskError) -> None:
        sent, self._sent = self._sent, None
        is_here = (
            sent is not None
            and self._known is not None
            and self._known.client_id == sent.known.client_id
        )
        if not is_here:
            return
        self._state.setText(self.tr("Not saved"))
        if isinstance(error, Stale):
            self._is_overtaken = True
            self.overtaken.emit()
            return
        said = notices.words(error)
        self._say_unsaved(f"{said.title}. {said.text}".strip())

    def _say_unsaved(self, why: str) -> None:
        step = self.tr("What you typed is kept here.")
        words = Words(self.tr("The note is not saved"), why, step, Tone.WARNING)
        again = Action(self.tr("Save now"), self.save_again)
        self._banner.say(words, (again,), topic="unsaved")

    def _settle(self, stands: ClientDetails) -> None:
        """Ask what shall become of two notes."""
        mine = self._edit.toPlainText()
        theirs = shortened(stands.notes, LONGEST_SHOWN, 6)
        words = Words(
            self.tr("Another desk has just written a note too"),
            filled(self.tr("“%1”"), theirs) if theirs else self.tr("Theirs is empty."),
            self.tr("Nothing is lost: choose what shall stand."),
            Tone.WARNING,
        )
        both = f"{stands.notes}\n{mine}".strip()

        def take(text: str) -> None:
            self._decide(stands, text)

        actions = (
            Action(self.tr("Keep both"), lambda: take(both)),
            Action(self.tr("Mine"), lambda: take(mine)),
            Action(self.tr("Theirs"), lambda: take(stands.notes)),
        )
        self._banner.say(words, actions, topic="overtaken")

    def _decide(self, stands: ClientDetails, text: str) -> None:
        self._is_overtaken = False
        self._drafts.pop(stands.client_id, None)
        self._known = stands
        self._edit.setPlainText(text)
        self._banner.clear()
        self._on_typed()
        self.save()
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
