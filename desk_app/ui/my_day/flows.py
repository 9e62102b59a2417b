"""A provider's day beside the schedule: opened by a key, kept up by the news."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from desk_app.domain.appointment import Appointment
from desk_app.domain.deeds import Mark
from desk_app.domain.schedule import Block, Source
from desk_app.domain.staff import Role
from desk_app.ui import notices, privacy
from desk_app.ui.my_day.away_flows import AwayFlows
from desk_app.ui.my_day.blocking import BlockDialog
from desk_app.ui.my_day.late import LateDialog
from desk_app.ui.my_day.note import NoteDialog
from desk_app.ui.my_day.page import DayPage
from desk_app.ui.my_day.ports import BlockPorts, DayWanted, LatePorts, NotePorts

if TYPE_CHECKING:
    from desk_app.domain.schedule import ProviderDay
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around
    from desk_app.ui.flows import Flows
    from desk_app.ui.my_day.cards import Card
    from desk_app.ui.outgoing.meeting import MeetingLinks
    from desk_app.ui.waiting.marking import Marking

PAGE = "my_day"
# Several notices come of one change.
SOON_MS = 60
MINUTE_MS = 60_000
Key = Qt.Key
_MARKS = {
    Key.Key_A: Mark.ARRIVED,
    Key.Key_S: Mark.WITH_PROVIDER,
    Key.Key_O: Mark.LEFT,
    Key.Key_C: Mark.COMPLETED,
    Key.Key_E: Mark.EXPECTED,
    Key.Key_X: Mark.NO_SHOW,
}


class MyDayFlows(QObject):
    """Joins the page of a day with what is around it."""

    def __init__(
        self, around: Around, flows: Flows, marking: Marking, links: MeetingLinks
    ) -> None:
        super().__init__(around)
        self._around, self._flows, self._desk = around, flows, around.desk
        self._marking, self._links = marking, links
        self._wanted: DayWanted | None = None
        self._takes_keyboard = False
        self.page = DayPage()
        self.away = AwayFlows(around, flows)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._minutely = QTimer(self, interval=MINUTE_MS)
        title = self.tr("My day")
        around.side.add_page(PAGE, title, self.page, "clipboard-list", "J")
        self._connect()

    @Slot()
    def show_day(self) -> None:
        """Show one's own day, or that of the provider whose column is chosen."""
        wanted = self._chosen()
        if wanted is None:
            self._around.hint.emit(self.tr("This practice has no providers yet."))
            return
        if wanted != self._wanted:
            self.page.say(self.tr("Reading the day…"))
        self._wanted, self._takes_keyboard = wanted, True
        self._around.side.show_page(PAGE)
        self.look()

    @Slot()
    def look(self) -> None:
        """Read the day that is shown again."""
        if self._wanted is not None and self._around.side.current == PAGE:
            read = self._around.port(self._read, "my_day")
            read(self._wanted, self._on_read, self._on_failed)

    def _connect(self) -> None:
        around, news, page = self._around, self._around.news, self.page
        page.list.opened.connect(self._on_opened)
        page.list.pressed_key.connect(self._on_key)
        page.late_wanted.connect(self._on_late)
        page.block_wanted.connect(self._on_block)
        page.away_wanted.connect(self._on_away)
        page.link_wanted.connect(self._links.open)
        page.copy_wanted.connect(self._links.copy)
        news.appointment_changed.connect(self._soon.start)
        news.appointment_gone.connect(self._soon.start)
        news.schedule_changed.connect(self._soon.start)
        news.connected.connect(self._soon.start)
        around.done.connect(self._soon.start)
        around.practice_changed.connect(self._soon.start)
        around.person_changed.connect(self._on_person_changed)
        around.side.page_shown.connect(self._on_page_shown)
        self._soon.timeout.connect(self.look)
        self._minutely.timeout.connect(self._show_again)
        privacy.current().changed.connect(self._show_again)

    def _read(self, wanted: DayWanted) -> ProviderDay:
        return self._desk.my_day.day(wanted.provider_id, wanted.day)

    def _chosen(self) -> DayWanted | None:
        me, column = self._around.me, self._around.view.chosen_column()
        providers = self._around.practice.catalogue.providers
        if me.role is Role.PROVIDER and me.provider_id is not None:
            provider_id = me.provider_id
        elif column is not None and column.provider_id is not None:
            provider_id = column.provider_id
        elif providers:
            provider_id = providers[0].provider_id
        else:
            return None
        shown = column.day if column is not None else self._around.pager.day
        return DayWanted(provider_id, shown)

    # -- what is shown

    @Slot(object)
    def _on_read(self, column: ProviderDay) -> None:
        practice = self._around.practice
        self.page.show_day(column, practice.catalogue.rules, practice.zone)
        if self._takes_keyboard:
            # Until now there was no list to put the keyboard into.
            self._takes_keyboard = False
            self.page.list.setFocus()

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        if self.page.column is None:
            self.page.say(notices.cannot_read(error).title)

    @Slot()
    def _show_again(self) -> None:
        """Let the minutes of waiting go on."""
        if self.page.column is not None:
            self._on_read(self.page.column)

    @Slot(str)
    def _on_page_shown(self, name: str) -> None:
        if name == PAGE:
            # By its button at the edge it is shown without having been asked for.
            self._wanted = self._wanted or self._chosen()
            self._minutely.start()
            self.look()
        else:
            self._minutely.stop()

    @Slot()
    def _on_person_changed(self) -> None:
        """Show nobody what the one before has seen."""
        self._wanted, self.page.column = None, None
        self.page.list.show_cards(())
        self._around.side.close_page()

    # -- one appointment

    @Slot(object)
    def _on_opened(self, card: Card) -> None:
        if isinstance(card.what, Appointment):
            self._flows.show(card.what)

    @Slot(object, int)
    def _on_key(self, card: Card, key: int) -> None:
        if isinstance(card.what, Block) and key == Key.Key_Delete:
            self._unblock(card.what)
        if not isinstance(card.what, Appointment):
            return
        if key in (Key.Key_N, Key.Key_F2):
            self._note(card.what)
        elif key == Key.Key_G:
            self._links.open(card.what)
        elif key == Key.Key_L:
            self._links.copy(card.what)
        elif key in _MARKS:
            self._marking.mark(card.what, _MARKS[Key(key)])

    def _note(self, visit: Appointment) -> None:
        if not self._around.may_change(visit.provider_id):
            return
        ports = NotePorts(self._around.port(self._desk.booking.note))
        screen = self._around.screen()
        after = NoteDialog.ask(self._around.pane, visit, screen, ports)
        if after is not None:
            self._around.put(after)
            self._around.said.emit(self.tr("The note is saved."))

    # -- the day

    @Slot()
    def _on_late(self) -> None:
        column = self._own_column()
        if column is None:
            return
        port = self._around.port
        ports = LatePorts(port(self._read), port(self._desk.booking.move_all))
        screen = self._around.screen()
        dialog = LateDialog(column, screen, ports, self._around.pane)
        dialog.exec()
        dialog.deleteLater()
        before, after = dialog.moved()
        if after:
            text = self.tr("%1 appointments are later, the first: %2")
            text = text.replace("%1", str(len(after))).replace("%2", "%1")
            self._around.changed(text, before, after)

    @Slot()
    def _on_block(self) -> None:
        column = self._own_column()
        if column is None:
            return
        made = BlockDialog.ask(
            self._around.pane,
            column.provider,
            self._block_from(column),
            self._block_ports(),
        )
        if made is not None:
            self._around.said.emit(self.tr("The time is blocked."))
            self._around.news.schedule_changed.emit()

    @Slot()
    def _on_away(self) -> None:
        column = self._own_column()
        if column is not None:
            self.away.begin(column.provider, column.day, self._block_ports())

    def _own_column(self) -> ProviderDay | None:
        column = self.page.column
        if column is None or not self._around.may_change(column.provider.provider_id):
            return None
        return column

    def _block_from(self, column: ProviderDay) -> datetime:
        """Return now, or the first open time of another day."""
        now = datetime.now(UTC)
        later = [window.start for window in column.open_windows if window.end > now]
        is_today = any(w.start <= now < w.end for w in column.open_windows)
        return now if is_today or not later else max(later[0], now)

    def _block_ports(self) -> BlockPorts:
        blocks, port = self._desk.schedule_blocks, self._around.port
        return BlockPorts(port(blocks.lying_in), port(blocks.block))

    def _unblock(self, block: Block) -> None:
        column = self._own_column()
        if column is None:
            return
        if block.source is not Source.MANUAL:
            text = self.tr("This comes from a calendar outside: open it there.")
            if block.source is Source.CLOSURE:
                text = self.tr("The practice is closed then; managers may change that.")
            self._around.hint.emit(text)
            return

        def then(_none: object) -> None:
            self._around.said.emit(self.tr("The time is open again."))
            self._around.news.schedule_changed.emit()

        self._ask(self._desk.schedule_blocks.unblock, block.override_id, then)

    def _ask(self, verb: Any, request: Any, then: Any) -> None:
        def failed(error: DeskError) -> None:
            self._around.hint.emit(notices.words(error).title)
            self._soon.start()

        self._around.port(verb)(request, then, failed)
