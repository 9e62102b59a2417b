"""Puts somebody on the waiting list: who, what for, and when they can come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.waitlist import ChangedEntry, Entry, NewEntry, Wish, check_wish
from desk_app.errors import Invalid
from desk_app.ui import notices
from desk_app.ui.dialogs.client_field import ClientField
from desk_app.ui.dialogs.frame import DeskDialog, Verbs
from desk_app.ui.dialogs.inks import Ink, set_ink, sized
from desk_app.ui.dialogs.ports import PATIENCE, Unsettled
from desk_app.ui.dialogs.prompt import PromptCheck
from desk_app.ui.plain import ElidedLabel, PlainLabel, without_mnemonic
from desk_app.ui.waitlist import words
from desk_app.ui.waitlist.fields import WishFields

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.domain.client_file import Likely
    from desk_app.domain.people import Client, NewClient
    from desk_app.errors import DeskError
    from desk_app.ui.dialogs.asking import Asking
    from desk_app.ui.dialogs.ports import Failed, Screen, Then


@dataclass(frozen=True, slots=True)
class WaitForm:
    """How the form opens; without a client or an entry it asks for one.

    `entry` is to be changed. `appointment_id` is a booking that the client keeps, and
    `keeps` says which; `offered` is one that could be made now, and kept.
    """

    screen: Screen
    wish: Wish
    new_client: NewClient | None = None
    name: str = ""
    client_id: int | None = None
    entry: Entry | None = None
    appointment_id: int | None = None
    keeps: str = ""
    offered: str = ""


@dataclass(frozen=True, slots=True)
class WaitPorts:
    """Ways to look for clients, and to save."""

    find_clients: Callable[[str, Then[tuple[Client, ...]], Failed], None]
    save: Callable[[NewEntry | ChangedEntry, Then[Entry], Failed], None]
    patience: tuple[int, ...] = PATIENCE
    alike: Callable[[NewClient, Then[tuple[Likely, ...]], Failed], None] | None = None


class WaitDialog(DeskDialog):
    """A small form; Enter puts its client on the list."""

    def __init__(
        self, form: WaitForm, ports: WaitPorts, parent: QWidget | None = None
    ) -> None:
        super().__init__(_verbs(is_new=form.entry is None), parent)
        self._form, self._is_edited = form, False
        self.wire(ports.save, ports.patience)
        self._build(ports)
        self.fields.fill(form.wish)
        self._connect()
        self._begin()

    @classmethod
    def ask(
        cls, parent: QWidget | None, form: WaitForm, ports: WaitPorts
    ) -> Entry | NewEntry | None:
        """Return the saved entry; a NewEntry if a booking is to be made first."""
        dialog = cls(form, ports, parent)
        dialog.exec()
        dialog.deleteLater()
        answer: Entry | NewEntry | None = dialog.answer
        return answer

    def is_touched(self) -> bool:
        """Say whether something was entered."""
        return self._is_edited or (self.client is not None and self.client.is_touched())

    def submit(self) -> None:
        """Save, or go back to the booking that is made first."""
        if self.client is not None and self.client.complain_of_gaps():
            return
        wish = self.fields.wish
        try:
            check_wish(wish)
        except Invalid as invalid:
            self.show_refusal(invalid)
            return
        request = self._request(wish)
        if isinstance(request, NewEntry) and self.keep.isChecked():
            self.answer = request
            self.accept()
        else:
            self.send(request)

    def show_refusal(self, error: DeskError) -> None:
        """Say it at the field, else above the buttons."""
        said = notices.words(error)
        if isinstance(error, Invalid):
            # The sentences of a wish are written for people; they name no value.
            text = str(error)
            if self.fields.complain(error.field, text):
                return
            if self.client is not None and self.client.complain(error.field, said.text):
                return
        self.banner.say(said)

    def unsettled(self, asking: Asking) -> Unsettled:
        """Name who is to wait."""
        return Unsettled(asking, self._form.name)

    def _request(self, wish: Wish) -> NewEntry | ChangedEntry:
        form = self._form
        if form.entry is not None:
            return ChangedEntry(form.entry.entry_id, form.entry.version, wish)
        client_id, new = form.client_id, form.new_client
        if self.client is not None:
            chosen = self.client.client
            client_id = chosen.client_id if chosen else None
            new = None if chosen else self.client.new_client
        return NewEntry(wish, client_id, new, form.appointment_id)

    def _build(self, ports: WaitPorts) -> None:
        form = self._form
        self.setWindowTitle(words.tr("Waiting list"))
        self.client: ClientField | None = None
        self._build_head()
        self.fields = WishFields(form.screen)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(self.fields)
        self.keep = PromptCheck(
            words.tr("&Keep meanwhile: %1", without_mnemonic(form.offered))
        )
        self.keep.setChecked(bool(form.offered))
        self.keep.setVisible(bool(form.offered))
        right.addWidget(self.keep)
        right.addStretch(1)
        inside = QHBoxLayout(self.body)
        inside.setContentsMargins(20, 0, 20, 0)
        inside.setSpacing(26)
        if not form.name:
            inside.addLayout(self._client_side(ports), 4)
        inside.addLayout(right, 5)
        if form.keeps:
            self.fields.keep_service()
        letters = 70 if form.name else 120
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * letters)

    def _client_side(self, ports: WaitPorts) -> QVBoxLayout:
        """Ask who waits, at the left."""
        self.client = ClientField(
            self._form.screen, ports.find_clients, alike=ports.alike
        )
        label = PlainLabel(words.tr("&Client"))
        label.setBuddy(self.client.search)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(label)
        column.addWidget(self.client, 1)
        return column

    def _build_head(self) -> None:
        form = self._form
        title = ElidedLabel(form.name or words.tr("Who would come sooner?"))
        sized(title, 1.35, bold=True)
        self.header.addWidget(title)
        text = words.tr("Is rung when an earlier time gets free.")
        if form.keeps:
            text = words.tr("Would come sooner; keeps %1 meanwhile.", form.keeps)
        below = PlainLabel(text)
        below.setWordWrap(True)
        set_ink(below, Ink.MUTED)
        self.header.addWidget(below)

    def _connect(self) -> None:
        self.fields.edited.connect(self._on_edited)
        if self._form.offered:
            self.keep.toggled.connect(self._show_verb)
            self._show_verb()
        if self.client is not None:
            self.client.changed.connect(self.stay)

    @Slot()
    def _show_verb(self) -> None:
        """Let the button say all that it does."""
        if self.keep.isChecked():
            self.buttons[0].setText(words.tr("Book, and &put on the list"))
        else:
            self.buttons[0].setText(words.tr("&Put on the list"))

    def _begin(self) -> None:
        if self.client is not None:
            self.client.search.setFocus()
        else:
            self.fields.weekdays.setFocus()

    @Slot()
    def _on_edited(self) -> None:
        self._is_edited = True
        self.stay()


def _verbs(*, is_new: bool) -> Verbs:
    translate = QCoreApplication.translate
    go = translate("waitlist", "&Put on the list")
    return Verbs(
        go=go if is_new else translate("waitlist", "Sa&ve"),
        busy=translate("waitlist", "Saving…"),
        leave=translate("waitlist", "Close"),
    )
