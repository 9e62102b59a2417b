"""The button of the booking dialog that puts its client on the waiting list.

With a free time chosen, that is booked and kept while the client waits for something
sooner; both are one wish of one person, so Enter does both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from desk_app.domain.waitlist import Entry, NewEntry, Wish
from desk_app.ui.dialogs import offers, visit_words
from desk_app.ui.dialogs.prompt import PromptButton
from desk_app.ui.waitlist import words
from desk_app.ui.waitlist.form import WaitDialog, WaitForm

if TYPE_CHECKING:
    from desk_app.ui.dialogs.booking import BookingDialog
    from desk_app.ui.dialogs.ports import Screen
    from desk_app.ui.waitlist.form import WaitPorts


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the form is opened with."""

    dialog: BookingDialog
    screen: Screen
    ports: WaitPorts


class InBooking(QObject):
    """Signals: `added` (an Entry), `kept` (a NewEntry whose booking was just made)."""

    added = Signal(object)
    kept = Signal(object)

    def __init__(self, dialog: BookingDialog, screen: Screen, ports: WaitPorts) -> None:
        super().__init__(dialog)
        self._asked = _Asked(dialog, screen, ports)
        self._new: NewEntry | None = None
        self._button = PromptButton(words.tr("Waiting &list…"))
        self._button.setAutoDefault(False)
        dialog.footer.insertWidget(0, self._button)
        self._button.clicked.connect(self._on_clicked)
        dialog.accepted.connect(self._on_booked)

    @Slot()
    def _on_clicked(self) -> None:
        dialog = self._asked.dialog
        if dialog.fields.client.complain_of_gaps():
            return
        answer = WaitDialog.ask(dialog, self._form(), self._asked.ports)
        if isinstance(answer, NewEntry):
            self._new = answer
            self._button.setText(words.tr("Waits too"))
            dialog.submit()
        elif isinstance(answer, Entry):
            self.added.emit(answer)
            dialog.done(0)

    @Slot()
    def _on_booked(self) -> None:
        booked = self._asked.dialog.answer
        if self._new is not None and booked is not None:
            self.kept.emit(
                replace(
                    self._new,
                    client_id=booked.client_id,
                    new_client=None,
                    appointment_id=booked.appointment_id,
                )
            )

    def _form(self) -> WaitForm:
        fields, screen = self._asked.dialog.fields, self._asked.screen
        client, new = fields.client.client, fields.client.new_client
        who = client or new
        services = fields.choice.services
        return WaitForm(
            screen,
            Wish(services[0].name if services else "", fields.choice.provider_id),
            client_id=client.client_id if client else None,
            new_client=None if client else new,
            name=who.name if who else "",
            offered=self._offered(),
        )

    def _offered(self) -> str:
        """Return the time that could be booked and kept, "" for none."""
        opening, screen = self._asked.dialog.opening, self._asked.screen
        if opening is None:
            return ""
        provider = offers.provider_of(screen.catalogue, opening.provider_id)
        when = visit_words.moment(opening.start, provider, screen)
        return f"{when} · {provider.name}" if provider else when
