"""Keeps the days fresh on this desk's disk, and shows them while the server is away."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from desk_app.domain.people import NewClient
from desk_app.errors import Invalid, SealBroken, Stale, Unavailable
from desk_app.ui import privacy
from desk_app.ui.dialogs.ports import BookingForm
from desk_app.ui.notice_bar import Action
from desk_app.ui.outage.dialog import Away, KeptDialog, as_of
from desk_app.ui.outage.note_dialog import NoteDialog
from desk_app.ui.outage.page import NotedPage, wishes
from desk_app.ui.phrases import filled
from desk_app.ui.words import Tone, Words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desk_app.domain.kept import KeptDays, Noted
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around, Then
    from desk_app.ui.flows import Flows

PAGE = "noted"
AWAY, WAITING = "outage", "noted"
EVERY_SECONDS = 180
# A link that comes back at once is no outage.
PATIENCE_MS = 4_000


class OutageFlows(QObject):
    """Reads what is to be kept, tells of an outage, and lists what was noted in it."""

    def __init__(self, around: Around, flows: Flows) -> None:
        super().__init__(around)
        self._around, self._flows = around, flows
        self._copy = around.desk.day_copy
        self._kept_at: float | None = None
        self._is_away = self._has_warned = False
        self._noted: tuple[Noted, ...] = ()
        self.page = NotedPage(around.side.way_back)
        around.side.add_page(PAGE, self.tr("Noted for later"), self.page)
        self.due = QTimer(self, singleShot=True)
        self.away = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self.page.chosen.connect(self._on_chosen)
        self.page.done.connect(self._on_done)
        privacy.current().changed.connect(self._show_noted)
        if self._copy.is_wanted:
            self._connect()

    @Slot()
    def show_kept(self) -> None:
        """Show today and tomorrow as this desk kept them."""
        if not self._copy.is_wanted:
            self._around.hint.emit(self._not_needed())
            return
        self._read_kept(self._on_kept_wanted)

    @Slot()
    def note(self) -> None:
        """Note something while the server is away; else list what was noted."""
        if not self._copy.is_wanted:
            self._around.hint.emit(self._not_needed())
        elif self._is_away:
            self._note_over(self._around.pane)
        else:
            self._read_noted()
            self._around.side.switch_page(PAGE)

    def _connect(self) -> None:
        news = self._around.news
        self.due.timeout.connect(self._refresh)
        self.away.timeout.connect(self._tell_away)
        self._around.pager.shown.connect(self._touch)
        for signal in (
            news.appointment_changed,
            news.appointment_gone,
            news.schedule_changed,
            news.refresh_due,
            self._around.done,
        ):
            signal.connect(self._touch)
        news.connected.connect(self._on_connected)
        news.connection_lost.connect(self._on_connection_lost)
        self._around.person_changed.connect(self._on_person)

    # -- keeping

    @Slot()
    def _touch(self) -> None:
        """Keep the days anew, at most every three minutes."""
        if self.due.isActive():
            return
        left = 0.0
        if self._kept_at is not None:
            left = max(EVERY_SECONDS - (monotonic() - self._kept_at), 0.0)
        self.due.start(round(left * 1000))

    @Slot()
    def _refresh(self) -> None:
        self._kept_at = monotonic()
        self._around.calls.run(
            self._copy.refresh,
            self._around.me.login,
            then=self._on_refreshed,
            failed=self._on_not_refreshed,
            replaces="day copy",
        )

    @Slot(object)
    def _on_refreshed(self, is_kept: bool) -> None:
        if not is_kept:
            text = self.tr("No keyring here: today is not kept for an outage.")
            self._warn_once(text)

    def _warn_once(self, text: str) -> None:
        if not self._has_warned:
            self._has_warned = True
            self._around.said.emit(text)

    @Slot(object)
    def _on_not_refreshed(self, error: DeskError) -> None:
        if isinstance(error, Invalid):
            text = self.tr("This disk is full or closed: today is not kept on it.")
            self._warn_once(text)
        elif isinstance(error, Unavailable | Stale):
            # The next news tries again; what was kept before is still there.
            self._kept_at = None

    @Slot()
    def _on_person(self) -> None:
        """Keep for whoever is here now, and show nothing of the person before."""
        self._kept_at, self._noted = None, ()
        self._show_noted()
        self._around.pane.notice.clear(WAITING)
        self._touch()
        self._read_noted()

    # -- the server is away, and comes back

    @Slot()
    def _on_connection_lost(self) -> None:
        if not self._is_away:
            self._is_away = True
            self.away.start()

    @Slot()
    def _on_connected(self) -> None:
        self._is_away = False
        self.away.stop()
        self._around.pane.notice.clear(AWAY)
        self._touch()
        self._read_noted(tells=True)

    @Slot()
    def _tell_away(self) -> None:
        self._read_kept(self._on_kept_found)

    def _on_kept_found(self, kept: KeptDays | None) -> None:
        if not self._is_away:
            return
        actions = [Action(self.tr("Note for later (Ctrl+Shift+N)"), self.note)]
        text = self.tr("No copy of today is kept on this desk.")
        if kept is not None:
            clock = as_of(kept, _now())
            text = self.tr("Today and tomorrow can be read and printed as of %1.")
            text = filled(text, clock)
            show = self.tr("Show what was kept (Ctrl+Shift+O)")
            actions.insert(0, Action(show, self.show_kept))
        title = self.tr("The server is away")
        step = self.tr("The desk keeps trying to connect.")
        words = Words(title, text, step, Tone.WARNING)
        self._around.pane.notice.show_words(words, actions, topic=AWAY)

    def _read_kept(self, then: Then) -> None:
        login = self._around.me.login
        self._around.calls.run(
            self._copy.kept.days,
            login,
            then=partial(self._if_same, login, then),
            failed=partial(self._if_same, login, self._on_unreadable),
            owner=self,
        )

    def _if_same(self, login: str, then: Then, answer: object) -> None:
        """Give an answer to whoever asked, and to nobody after them."""
        if self._around.me.login == login:
            then(answer)

    def _on_kept_wanted(self, kept: KeptDays | None) -> None:
        if kept is None:
            self._around.hint.emit(self.tr("No days are kept on this desk yet."))
            return
        dialog = KeptDialog(kept, Away(_now(), self._note_over), self._around.pane)
        # It holds what the person before may see, not the one who comes.
        self._around.person_changed.connect(dialog.reject)
        dialog.exec()
        dialog.deleteLater()

    def _on_unreadable(self, error: DeskError) -> None:
        text = self.tr("What this desk kept cannot be read.")
        if isinstance(error, SealBroken):
            text = self.tr("What this desk kept was damaged and is thrown away.")
        self._around.hint.emit(text)

    # -- notes

    def _note_over(self, parent: QWidget) -> None:
        login = self._around.me.login
        port = self._around.port(partial(self._write_note, login))
        if NoteDialog.ask(parent, port) is not None:
            self._around.said.emit(self.tr("Noted for later."))
            self._read_noted()

    def _write_note(self, login: str, noted: Noted) -> Noted:
        self._copy.kept.note(login, noted)
        return noted

    def _read_noted(self, *, tells: bool = False, is_again: bool = False) -> None:
        login = self._around.me.login
        then = self._on_noted_told if tells else self._on_noted
        failed = self._on_unreadable if is_again else self._on_note_unreadable
        self._around.calls.run(
            self._copy.kept.noted,
            login,
            then=partial(self._if_same, login, then),
            failed=partial(self._if_same, login, failed),
            owner=self,
        )

    def _on_noted(self, noted: tuple[Noted, ...]) -> None:
        self._noted = noted
        self._show_noted()

    def _on_noted_told(self, noted: tuple[Noted, ...]) -> None:
        self._on_noted(noted)
        if not noted:
            return
        text = self.tr("1 thing was noted while the server was away")
        if len(noted) > 1:
            text = self.tr("%1 things were noted while the server was away")
        show = Action(self.tr("Look at it (Ctrl+Shift+N)"), self.note)
        words = Words(filled(text, str(len(noted))), tone=Tone.INFO)
        self._around.pane.notice.show_words(words, [show], topic=WAITING)

    def _on_note_unreadable(self, _error: DeskError) -> None:
        self._around.hint.emit(self.tr("A note was damaged and cannot be read."))
        # It is put aside; the others can be read.
        self._read_noted(tells=True, is_again=True)

    @Slot()
    def _show_noted(self) -> None:
        self.page.show_noted(self._noted, self._around.screen())
        if not self._noted:
            self._around.pane.notice.clear(WAITING)

    @Slot(object)
    def _on_chosen(self, noted: Noted) -> None:
        """Book it as if the client rang now; the rules have the last word."""
        form = BookingForm(
            self._around.screen(),
            self._around.me.provider_id,
            day=self._around.practice.today(),
            new_client=NewClient(noted.client, noted.phone),
            notes=wishes(noted),
        )
        self._flows.open_form(form)

    @Slot(object)
    def _on_done(self, noted: Noted) -> None:
        login = self._around.me.login
        self._around.calls.run(
            self._copy.kept.tick_off,
            login,
            noted.note_id,
            then=partial(self._on_ticked_off, noted),
            failed=partial(self._if_same, login, self._on_unreadable),
            owner=self,
        )

    def _on_ticked_off(self, noted: Noted, _answer: object) -> None:
        name = privacy.name(noted.client)
        self._around.said.emit(filled(self.tr("Ticked off: %1"), name))
        self._on_noted(tuple(n for n in self._noted if n.note_id != noted.note_id))

    def _not_needed(self) -> str:
        return self.tr("The database is on this computer: no copy of it is needed.")


def _now() -> datetime:
    return datetime.now(UTC)
