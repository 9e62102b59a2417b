"""Finds a client as a person types: by name, phone or e-mail; else takes a new one.

The keys stay in one field: Down and Up walk through what was found, Enter takes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desk_app.domain.people import NewClient
from desk_app.ui import notices
from desk_app.ui.dialogs.client_card import ClientCard
from desk_app.ui.dialogs.client_list import ClientList, ClientRole, FoundClients
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.dialogs.new_client import NewClientForm
from desk_app.ui.notice_bar import announce
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from desk_app.domain.people import Client
    from desk_app.errors import DeskError
    from desk_app.ui.dialogs.known_already import Alike
    from desk_app.ui.dialogs.ports import Failed, Screen, Then

DEBOUNCE_MS = 40
SHORTEST = 2
LONGEST = 400
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS: dict[int, int] = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 4,
    Qt.Key.Key_PageUp: -4,
}


class ClientField(QWidget):
    """One field, and below it what was found, the chosen client, or a new one.

    With `only_known` nobody new can be entered. `alike` finds who may be here already
    while somebody new is typed.

    Signals:
        changed: another client is chosen or typed.
        file_wanted: F2 on the chosen one, to see all that is known (`Client`).
    """

    changed = Signal()
    file_wanted = Signal(object)

    def __init__(
        self,
        screen: Screen,
        find: Callable[[str, Then[tuple[Client, ...]], Failed], None],
        parent: QWidget | None = None,
        *,
        only_known: bool = False,
        alike: Alike | None = None,
    ) -> None:
        super().__init__(parent)
        self._screen, self._only_known = screen, only_known
        self._new = NewClientForm(alike)
        self._line = Latest(find, self._on_found, self._on_failed, self)
        self._client: Client | None = None
        self._asked = ""
        self._takes_only_one = False
        self._debounce = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._build()
        self._connect()

    @property
    def client(self) -> Client | None:
        """The chosen client."""
        return self._client

    @property
    def new_client(self) -> NewClient | None:
        """The new client as typed, when the form for one is open."""
        return self._new.value if self._shows(self._new) else None

    @property
    def search(self) -> QLineEdit:
        """The field itself."""
        return self._search

    @property
    def found(self) -> FoundClients:
        """The clients found last."""
        return self._model

    @property
    def hint(self) -> str:
        """What stands below the field while there is nothing else to show."""
        return self._hint.text()

    @property
    def new_fields(self) -> tuple[QLineEdit, ...]:
        """The fields for a new client, in order."""
        return tuple(self._new.fields.values())

    def is_touched(self) -> bool:
        """Say whether something was typed or chosen here."""
        return bool(self._search.text().strip()) or self._new.is_touched()

    def choose(self, client: Client) -> None:
        """Take `client`."""
        self._forget_question()
        self._client = client
        self._search.setText(client.name[:LONGEST])
        # Marked from the end: of a long name the beginning is seen.
        self._search.end(False)
        self._search.home(True)
        self._complaint.clear_words()
        self._card.show_client(client)
        self._pages.setCurrentWidget(self._card)
        announce(self._search, self._card.accessibleName())
        self.changed.emit()

    def choose_new(self, new: NewClient) -> None:
        """Take somebody nobody knows yet, as typed before."""
        self._show_new("", self.tr("New client"))
        self._new.take(new)

    def complain(self, field: str, text: str) -> bool:
        """Say what is wrong with a field of this part; False if it is none."""
        if self._shows(self._new) and self._new.complain(field, text):
            return True
        if field in ("client", "client_id", "name", "phone", "email"):
            self._complaint.say(text)
            return True
        return False

    def complain_of_gaps(self) -> bool:
        """Say what is missing before this client can be booked; False if nothing."""
        if self._client is not None:
            return False
        if self._shows(self._new):
            return self._new.complain_of_gaps()
        text = self.tr("Choose a client, or type the name and phone of a new one.")
        return self.complain("client", text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that belong to the list from the field."""
        if watched is self._search and event.type() == QEvent.Type.KeyPress:
            return self._take_key(event)  # type: ignore[arg-type]
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self._search = QLineEdit()
        self._search.setPlaceholderText(self.tr("Name, phone or e-mail"))
        self._search.setAccessibleName(self.tr("Client"))
        self._search.setClearButtonEnabled(True)
        self._search.setMaxLength(LONGEST)
        for button in self._search.findChildren(QToolButton):
            button.setAccessibleName(self.tr("Clear"))
        self._complaint = Complaint(self._search)
        self._hint = PlainLabel()
        self._hint.setWordWrap(True)
        self._hint.setMargin(12)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        set_ink(self._hint, Ink.MUTED)
        self._model = FoundClients(self._screen, self)
        self._list = ClientList()
        self._list.setModel(self._model)
        self._card = ClientCard(self._screen)
        frame = QFrame()
        frame.setObjectName("clientPage")
        self._pages = QStackedLayout(frame)
        for page in (self._hint, self._list, self._card, self._new):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._search)
        layout.addWidget(self._complaint)
        layout.addWidget(frame, 1)
        self.setFocusProxy(self._search)
        self._show_hint()

    def _connect(self) -> None:
        self._search.installEventFilter(self)
        self._search.textEdited.connect(self._on_edited)
        self._search.textChanged.connect(self._on_text_changed)
        self._debounce.timeout.connect(self._ask)
        self._list.row_chosen.connect(self._take)
        self._new.edited.connect(self.changed)
        self._new.known.chosen.connect(self._on_known)
        self._new.known.grown.connect(self._make_room)
        QShortcut(QKeySequence("F2"), self, self._tell_file)
        if not self._only_known:
            QShortcut(QKeySequence("Alt+N"), self, self._open_new)

    def _tell_file(self) -> None:
        if self._client is not None:
            self.file_wanted.emit(self._client)

    @Slot(object)
    def _on_known(self, client: Client) -> None:
        """Use who is here already; what was typed of the new one is not needed."""
        self._new.take(NewClient("", "", ""))
        self.choose(client)
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _make_room(self) -> None:
        """Be as high as the page needs; whoever set a height did not know of it."""
        layout = self.layout()
        needed = layout.totalMinimumSize().height() if layout else 0
        if needed > self.minimumHeight():
            self.setMinimumHeight(needed)

    def _shows(self, page: QWidget) -> bool:
        return self._pages.currentWidget() is page

    def _take_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in _ENTER:
            return self._take_enter(event)
        if key in _STEPS and self._shows(self._list):
            self._list.step(_STEPS[key])
            spoken = self._list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
            announce(self._search, str(spoken))
            return True
        return False

    def _take_enter(self, event: QKeyEvent) -> bool:
        """Take what is marked; wait for an answer that is on its way."""
        if self._is_waiting():
            self._takes_only_one = True
            return True
        if self._shows(self._list):
            if not event.isAutoRepeat():
                self._take(self._list.currentIndex())
            return True
        gap = self._new.first_empty() if self._shows(self._new) else None
        if gap is not None:
            gap.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False

    @Slot(QModelIndex)
    def _take(self, index: QModelIndex) -> None:
        client = index.data(ClientRole)
        if client is None:
            self._open_new()
            return
        self.choose(client)
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _open_new(self) -> None:
        typed = "" if self._client is not None else self._search.text()
        self._client = None
        self._forget_question()
        self._show_new(typed, self.tr("New client"))
        gap = self._new.first_empty()
        (gap or self._search).setFocus(Qt.FocusReason.TabFocusReason)

    def _show_new(self, typed: str, heading: str) -> None:
        self._new.mirror(typed, heading)
        self._complaint.clear_words()
        self._pages.setCurrentWidget(self._new)
        self.changed.emit()

    def _show_hint(self, text: str = "") -> None:
        usual = self.tr("Type two letters or more, or some digits of the phone number.")
        if not self._only_known:
            usual = f"{usual} {self.tr('Alt+N for a new client.')}"
        self._hint.setText(text or usual)
        self._pages.setCurrentWidget(self._hint)

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        # The button that clears the field reports no edit.
        if not text and not self._new.is_touched():
            self._on_edited(text)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self._complaint.clear_words()
        self._forget_question()
        self._client = None
        self._takes_only_one = False
        if len(" ".join(text.split())) >= SHORTEST:
            self._debounce.start()
        else:
            self._show_hint()
        self.changed.emit()

    @Slot()
    def _ask(self) -> None:
        self._asked = " ".join(self._search.text().split())
        self._line.ask(self._asked)

    def _is_waiting(self) -> bool:
        return self._debounce.isActive() or self._line.is_waiting

    def _forget_question(self) -> None:
        self._debounce.stop()
        self._line.drop()

    def _on_found(self, found: tuple[Client, ...]) -> None:
        if not found and self._only_known:
            self._show_hint(filled(self.tr("Nobody found for “%1”."), self._asked))
            announce(self._search, self._hint.text())
            return
        if not found:
            heading = self.tr("New client: nobody found for “%1”")
            self._show_new(self._asked, filled(heading, self._asked))
            return
        self._model.show_found(found, "" if self._only_known else self._asked)
        self._list.setCurrentIndex(self._model.index(0, 0))
        self._pages.setCurrentWidget(self._list)
        announce(self._search, self.tr("%n client(s) found", "", len(found)))
        # Enter came before the answer: it is clear only when one fits.
        if self._takes_only_one and len(found) == 1:
            self.choose(found[0])

    def _on_failed(self, error: DeskError) -> None:
        said = notices.words(error)
        self._show_hint(f"{said.title}. {said.next_step}".strip())
