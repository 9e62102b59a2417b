"""What is typed becomes a proposal, and Enter a booking, without another window.

The line is read at once, so its marks never lag; who and when is asked off the GUI
thread, and only the answer to the latest letters counts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal, Slot

from desk_app.domain import command_line
from desk_app.domain.appointment import BookedVia
from desk_app.domain.command_line import Known, Reading
from desk_app.domain.day_words import Calendar
from desk_app.domain.proposals import Here, new_client
from desk_app.ui import notices
from desk_app.ui.command import words
from desk_app.ui.command.bar import CommandBar, Press
from desk_app.ui.command.sending import Sending
from desk_app.ui.dialogs.inks import Ink
from desk_app.ui.dialogs.latest import Latest
from desk_app.ui.dialogs.ports import BookingForm
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.domain.proposals import Proposal, Proposals
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around
    from desk_app.ui.flows import Flows

_GERMAN = {"DE", "AT", "CH", "LI", "LU"}


class CommandFlows(QObject):
    """Opens the line, proposes while somebody types, and books."""

    opened = Signal()

    def __init__(self, around: Around, flows: Flows) -> None:
        super().__init__(around)
        # The services bring SQLAlchemy; by now it has long been imported.
        from desk_app.services.command import CommandLine

        self._around, self._flows = around, flows
        self.bar = CommandBar(around.pane)
        self._proposals: Proposals | None = None
        self._kept: Proposal | None = None
        self._pending: Press | None = None
        self._is_agreed = False
        finder = CommandLine(around.desk.clients, around.desk.diary)
        ask = around.port(finder.propose, "command line")
        self._line = Latest(ask, self._on_found, self._on_failed, self)
        self._sending = Sending(around, flows, self)
        self._connect()

    @property
    def is_waiting(self) -> bool:
        """Whether an answer to what was typed is on its way."""
        return self._line.is_waiting

    @Slot()
    def open(self, text: str = "") -> None:
        """Open the line; one that is open already is gone on with."""
        if self._sending.is_open:
            return
        if not self.bar.isHidden():
            self.bar.go_on_with(text)
            return
        self._forget()
        self.opened.emit()
        self.bar.open_with(text)
        self._on_typed(self.bar.text)

    @Slot()
    def close(self) -> None:
        """Close the line and go back to the schedule."""
        was_open = not self.bar.isHidden()
        self._forget()
        self.bar.hide()
        if was_open:
            self._around.pane.setFocus()

    def _connect(self) -> None:
        self.bar.typed.connect(self._on_typed)
        self.bar.pressed.connect(self._on_pressed)
        self.bar.row_taken.connect(self._on_row_taken)
        self.bar.row_marked.connect(self._on_row_marked)
        self._sending.booked.connect(self._on_booked)
        self._sending.refused.connect(self._on_refused)
        self._sending.handed_over.connect(self.close)
        self._sending.slow.connect(self._on_slow)
        self._around.person_changed.connect(self.close)
        self._around.news.appointment_changed.connect(self._on_news)
        self._around.news.connected.connect(self._on_news)
        self._around.view.slot_chosen.connect(self._on_slot_chosen)

    def _forget(self) -> None:
        self._line.drop()
        self._proposals = self._kept = self._pending = None
        self._is_agreed = False

    # -- reading and proposing

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        if self.bar.isHidden() or self._sending.is_open:
            return
        self._forget()
        self.bar.say("")
        readings = command_line.readings(text, self._known())
        self.bar.field.show_reading(readings[0])
        self._ask(readings)

    @Slot()
    def _on_slot_chosen(self) -> None:
        """Go on with another time, chosen in the schedule."""
        if not self.bar.isHidden():
            self._on_typed(self.bar.text)

    @Slot()
    def _on_news(self) -> None:
        """Look again, for a time may be taken now; what is marked stays marked."""
        is_busy = self._sending.is_open or self.bar.is_numbered
        if self.bar.isHidden() or is_busy or not self.bar.text:
            return
        marked = self.bar.marked
        self._on_typed(self.bar.text)
        self._kept = marked

    def _ask(self, readings: tuple[Reading, ...]) -> None:
        from desk_app.services.command import Line

        if not self.bar.text.strip():
            self.bar.clear_rows()
            return
        services = self._around.practice.catalogue.mine().services
        self._line.ask(Line(readings, self._here(), services))

    def _known(self) -> Known:
        practice = self._around.practice
        catalogue = practice.catalogue.mine()
        order = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
        calendar = Calendar(
            practice.today(),
            is_day_first=order.find("d") < order.find("M"),
            is_german=catalogue.country in _GERMAN,
        )
        here = self._here().provider_id
        return Known(calendar, catalogue.providers, catalogue.services, here)

    def _here(self) -> Here:
        """Return what is chosen in the schedule, as far as it is this person's."""
        around, me = self._around, self._around.me
        slot, column = around.view.chosen_free_slot(), around.view.chosen_column()
        day = column.day if column else around.pager.day
        provider_id = column.provider_id if column else None
        if not me.may_change(provider_id):
            slot, provider_id = None, me.provider_id
        return Here(
            zone=around.practice.zone,
            today=around.practice.today(),
            day=day,
            provider_id=provider_id,
            start=slot.start if slot else None,
            service=around.service,
        )

    @Slot(object)
    def _on_found(self, found: Proposals) -> None:
        self._proposals = found
        screen = self._around.screen()
        self.bar.field.show_reading(found.reading)
        # What is not as it was typed is not booked by the first Enter.
        first = -1 if words.misfit(found, screen) else 0
        kept = first if self._kept is None else _row_of(self._kept, found.rows)
        self.bar.show_rows(found.rows, screen, marked=kept)
        self.bar.say(" ".join(filter(None, self._remarks(found))))
        pending, self._pending, self._kept = self._pending, None, None
        if pending is Press.FORM:
            self._open_form(self.bar.marked)
        elif pending is Press.BOOK and _is_clear(found):
            self._take(self.bar.marked)

    def _on_failed(self, error: DeskError) -> None:
        said = notices.cannot_show(error)
        self.bar.clear_rows()
        self.bar.say(f"{said.title}. {said.next_step}".strip(), Ink.DANGER)

    def _remarks(self, found: Proposals) -> Iterator[str]:
        """Yield what there is to know before Enter is pressed."""
        screen = self._around.screen()
        yield words.misfit(found, screen)
        odd = ", ".join(f"“{word}”" for word in found.reading.not_understood)
        if odd:
            yield filled(self.tr("Not understood: %1."), odd)
        if found.wanted is None:
            yield self.tr("Type a service or a provider, or choose a time first.")
        elif found.are_alike:
            text = self.tr("Nobody found for “%1”. These names are similar.")
            yield filled(text, found.reading.client)
        elif found.found_nobody:
            text = self.tr("Nobody found for “%1”. Enter enters a new client.")
            yield filled(text, found.reading.client)
        yield words.another_provider(found, screen)

    # -- keys

    @Slot(object)
    def _on_pressed(self, wish: Press) -> None:
        if wish is Press.LEAVE:
            self._leave()
        elif self._sending.is_open:
            return
        elif self.is_waiting:
            # What is shown still belongs to fewer letters.
            self._pending = wish
        elif wish is Press.FORM:
            self._open_form(self.bar.marked)
        elif self._proposals is not None:
            self._take(self.bar.marked)

    @Slot()
    def _on_row_marked(self) -> None:
        """Say what Enter does now."""
        marked = self.bar.marked
        if marked is None:
            has_rows = self.bar.rows.rowCount() > 0
            self.bar.show_keys(self.tr("Enter marks the first") if has_rows else "")
        elif self._must_ask(marked):
            self.bar.show_keys(self.tr("Enter opens the form"))
        else:
            self.bar.show_keys(self.tr("Enter books"))

    @Slot(int)
    def _on_row_taken(self, row: int) -> None:
        if self._sending.is_open or self.is_waiting:
            return
        self.bar.list.mark(row)
        self._is_agreed = True
        self._take(self.bar.marked)

    def _leave(self) -> None:
        if self._sending.is_open:
            self._sending.hand_over()
        self.close()

    def _take(self, proposal: Proposal | None) -> None:
        """Book, or say first what is not as it was typed."""
        if proposal is None:
            self._mark_first()
        elif self._must_ask(proposal):
            self._open_form(proposal)
        elif self._is_odd() and not self._is_agreed:
            self._is_agreed = True
            said = self.bar.note.rstrip(".")
            self.bar.say(filled(self.tr("%1. Enter once more books without it."), said))
        else:
            self.bar.set_busy(self.tr("Booking…"))
            self._sending.send(proposal, self._form(proposal))

    def _mark_first(self) -> None:
        """Offer another time than was meant; without any, go on in the form."""
        if not self.bar.rows.rowCount():
            self._open_form(None)
            return
        self.bar.list.mark(0)
        self._on_row_marked()
        self._is_agreed = True
        self.bar.say(self.tr("Enter once more books this time instead."))

    def _is_odd(self) -> bool:
        return self._proposals is not None and bool(
            self._proposals.reading.not_understood
        )

    def _must_ask(self, proposal: Proposal) -> bool:
        """Say whether only the form can book this: somebody or a rule is missing."""
        new, found = proposal.new_client, self._proposals
        if proposal.client is None:
            is_meant = found is not None and found.reading.is_new
            return not (is_meant and new and new.name and new.phone)
        screen = self._around.screen()
        return words.locked_out(proposal.client, proposal.opening, screen)

    # -- the form

    def _open_form(self, proposal: Proposal | None) -> None:
        """Go on in the form with all that was read."""
        form = self._form(proposal)
        self.close()
        self._flows.open_form(form)

    def _form(self, proposal: Proposal | None) -> BookingForm:
        form = BookingForm(self._around.screen(), booked_via=BookedVia.PHONE)
        found = self._proposals
        if proposal is not None:
            opening = proposal.opening
            form = replace(
                form,
                provider_id=opening.provider_id,
                start=opening.start,
                service_id=opening.service_id,
                client=proposal.client,
                new_client=proposal.new_client,
            )
        else:
            here = self._here()
            form = replace(
                form, provider_id=here.provider_id, start=here.start, day=here.day
            )
        if found is not None and found.found_nobody:
            form = replace(form, new_client=new_client(found.reading.client))
        return form

    # -- what came of it

    @Slot(object)
    def _on_booked(self, _appointment: object) -> None:
        self.close()

    @Slot(object, object)
    def _on_refused(self, error: DeskError, near: tuple[Proposal, ...]) -> None:
        """Say why not; where the time was taken, offer others by their number."""
        said = notices.words(error)
        self.bar.set_busy("")
        if near:
            self.bar.show_rows(near, self._around.screen(), numbered=True, marked=-1)
            step = self.tr("Press 1, 2 or 3 for one of these times.")
            self.bar.say(f"{said.title}. {step}")
        else:
            step = self.tr("Tab opens the form.")
            self.bar.say(f"{said.title}. {said.text} {step}", Ink.DANGER)

    @Slot()
    def _on_slow(self) -> None:
        self.bar.set_busy(self.tr("Still trying… Esc lets the desk go on by itself."))


def _is_clear(found: Proposals) -> bool:
    """Say whether nobody has to look before it is booked: Enter came first."""
    who = {row.client.client_id for row in found.rows if row.client}
    is_whole = found.slots.is_as_meant and not found.reading.not_understood
    return is_whole and len(who) == 1


def _row_of(marked: Proposal, rows: tuple[Proposal, ...]) -> int:
    """Return where a proposal stands now, -1 where it does not any more."""
    for row, one in enumerate(rows):
        if (one.client, one.opening) == (marked.client, marked.opening):
            return row
    return -1
