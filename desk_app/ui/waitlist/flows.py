"""The waiting list in the window: its page, its count, and who is put on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from desk_app.domain.appointment import Appointment, Status
from desk_app.domain.staff import Role
from desk_app.domain.waitlist import ChangedEntry, Entry, NewEntry, Wish
from desk_app.ui import notices, privacy
from desk_app.ui.dialogs import visit_words
from desk_app.ui.waitlist import words
from desk_app.ui.waitlist.calling import Calling
from desk_app.ui.waitlist.form import WaitDialog, WaitForm, WaitPorts
from desk_app.ui.waitlist.freed import Freed
from desk_app.ui.waitlist.giving import Giving
from desk_app.ui.waitlist.in_booking import InBooking
from desk_app.ui.waitlist.page import WaitlistPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desk_app.errors import DeskError
    from desk_app.ui.around import Around, Failed, Then
    from desk_app.ui.dialogs.booking import BookingDialog
    from desk_app.ui.flows import Flows
    from desk_app.ui.grid.wishes import SlotChoice

PAGE = "waitlist"
# A call that ran out is no longer shown; nobody tells of it.
_MOMENT = timedelta(seconds=1)


class WaitlistFlows(QObject):
    """Joins the list with what is around it."""

    def __init__(self, around: Around, flows: Flows) -> None:
        super().__init__(around)
        self._around = around
        self.entries: tuple[Entry, ...] = ()
        self.calling = Calling(around)
        self.page = WaitlistPage()
        title = self.tr("Waiting list")
        around.side.add_page(PAGE, title, self.page, "list-ordered", "L")
        self.freed = Freed(around, self.calling, Giving(around, flows.holding))
        flows.waiting, flows.sooner = self.in_booking, self.wait_from
        self._ends = QTimer(self, singleShot=True)
        self._connect()
        self.look()

    @Slot()
    def look(self) -> None:
        """Read who waits, and show them."""
        self._around.calls.run(
            self._around.desk.waitlist.everybody,
            then=self._on_read,
            failed=self._on_not_read,
            replaces=PAGE,
        )

    @Slot()
    def open(self) -> None:
        """Show whom to ring about a time that got free, else all who wait."""
        if not self.freed.open():
            self._around.side.switch_page(PAGE)

    @Slot()
    def open_here(self) -> None:
        """Show who waits for the time at the cursor, or let its client wait."""
        view = self._around.view
        place = view.chosen_appointment() or view.chosen_slot()
        if place is not None:
            self.open_for(place)

    @Slot(object)
    def open_for(self, place: Appointment | SlotChoice) -> None:
        """Do the same for a place of the schedule."""
        if isinstance(place, Appointment):
            self.wait_from(self._around.pane, place)
        elif place.provider_id is None:
            self._around.hint.emit(self.tr("Go to a time of one provider for that."))
        else:
            self.freed.show(place.provider_id, place.start)

    @Slot()
    def add(self) -> None:
        """Ask who would come sooner, and put them on the list."""
        self._ask(WaitForm(self._around.screen(), Wish(self._around.service)))

    def change(self, entry: Entry) -> None:
        """Ask what somebody waits for by now."""
        screen = self._around.screen()
        keeps = words.kept_time(entry.kept, screen) if entry.kept else ""
        form = WaitForm(
            screen, entry.wish, name=entry.client.name, entry=entry, keeps=keeps
        )
        self._ask(form)

    def wait_from(self, parent: QWidget, appointment: Appointment) -> None:
        """Let the client of an appointment wait for something sooner, and keep it."""
        number = appointment.appointment_id
        known = (e for e in self.entries if e.kept and e.kept.appointment_id == number)
        entry = next(known, None)
        if self._around.me.role is Role.PROVIDER:
            self._around.hint.emit(words.tr("The waiting list is kept at the desk."))
        elif entry is not None:
            self.change(entry)
        elif not _is_to_come(appointment):
            self._around.hint.emit(words.tr("Only who still comes can come sooner."))
        else:
            self._ask(self._form_of(appointment), parent)

    def in_booking(self, dialog: BookingDialog) -> None:
        """Put a button into the booking dialog."""
        if self._around.me.role is Role.PROVIDER:
            return
        button = InBooking(dialog, self._around.screen(), self._ports())
        button.added.connect(self._on_added)
        button.kept.connect(self._on_kept)

    def _form_of(self, appointment: Appointment) -> WaitForm:
        screen = self._around.screen()
        moment = visit_words.visit(appointment, screen)
        return WaitForm(
            screen,
            Wish(appointment.service_name, appointment.provider_id),
            name=appointment.client_name,
            client_id=appointment.client_id,
            appointment_id=appointment.appointment_id,
            keeps=moment.removeprefix(f"{privacy.name(appointment.client_name)} · "),
        )

    def _ask(self, form: WaitForm, parent: QWidget | None = None) -> None:
        parent = parent or self._around.pane
        answer = WaitDialog.ask(parent, form, self._ports())
        if isinstance(answer, Entry):
            self._on_added(answer)

    def _ports(self) -> WaitPorts:
        find = self._around.port(self._around.desk.clients.find, "clients")
        alike = self._around.port(self._around.desk.client_files.duplicates, "alike")
        return WaitPorts(find, self._save, alike=alike)

    def _save(
        self, request: NewEntry | ChangedEntry, then: Then, failed: Failed
    ) -> None:
        waitlist = self._around.desk.waitlist
        if isinstance(request, ChangedEntry):
            self._around.port(waitlist.change)(request, then, failed)
        else:
            self._around.port(waitlist.add)(request, then, failed)

    def _connect(self) -> None:
        around, page = self._around, self.page
        around.news.waitlist_changed.connect(self.look)
        around.news.connected.connect(self.look)
        around.view.waitlist_requested.connect(self.open_for)
        around.person_changed.connect(self._on_person_changed)
        around.practice_changed.connect(self.look)
        page.add_wanted.connect(self.add)
        page.change_wanted.connect(self.change)
        page.call_wanted.connect(self._on_call_wanted)
        page.remove_wanted.connect(self._on_remove_wanted)
        self.calling.changed.connect(self.look)
        self.calling.refused.connect(self._on_refused)
        around.side.page_shown.connect(self._on_page_shown)
        self._ends.timeout.connect(self.look)

    @Slot(object)
    def _on_read(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries
        self.page.show_entries(entries, self._around.screen())
        self._around.side.set_count(PAGE, len(entries))
        self.freed.look()
        ends = [entry.calling_until for entry in entries if entry.calling_until]
        if ends:
            left = max(min(ends) - datetime.now(UTC), timedelta()) + _MOMENT
            self._ends.start(round(left.total_seconds() * 1000))

    @Slot(object)
    def _on_not_read(self, error: DeskError) -> None:
        self.page.say(notices.words(error).title)

    @Slot()
    def _on_person_changed(self) -> None:
        """Show nothing any more that the one before has seen."""
        self._on_read(())

    @Slot(str)
    def _on_page_shown(self, name: str) -> None:
        """Let go of a call that nobody can see any more."""
        if not name:
            self.calling.end()

    @Slot(object)
    def _on_call_wanted(self, entry: Entry) -> None:
        """Ring somebody; the same key again lets go."""
        if self.calling.is_ours(entry):
            self.calling.end()
        else:
            self.calling.begin(entry)

    @Slot(object)
    def _on_remove_wanted(self, entry: Entry) -> None:
        remove = self._around.port(self._around.desk.waitlist.remove)
        remove(entry.entry_id, partial(self._on_removed, entry), self.calling.fail)

    def _on_removed(self, entry: Entry, _: object) -> None:
        name = privacy.name(entry.client.name)
        self._around.said.emit(words.tr("Off the waiting list: %1", name))
        self.look()

    @Slot(object)
    def _on_added(self, entry: Entry) -> None:
        name = privacy.name(entry.client.name)
        self._around.said.emit(words.tr("On the waiting list: %1", name))
        self.look()

    @Slot(object)
    def _on_kept(self, new: NewEntry) -> None:
        self._save(new, self._on_added, self._on_not_kept)

    @Slot(object)
    def _on_not_kept(self, error: DeskError) -> None:
        text = words.tr("Booked, but not on the waiting list. %1")
        said = notices.words(error).title
        self._around.hint.emit(text.replace("%1", said))

    @Slot(str)
    def _on_refused(self, text: str) -> None:
        self.page.say(text)
        self.freed.page.say(text)


def _is_to_come(appointment: Appointment) -> bool:
    is_open = appointment.status in (Status.PENDING, Status.CONFIRMED)
    return is_open and appointment.start > datetime.now(UTC)
