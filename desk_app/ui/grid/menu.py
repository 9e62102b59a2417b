"""The menu of a place in the grid: by a right click, the Menu key or Shift+F10."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from desk_app.domain.appointment import Status
from desk_app.domain.policies import Policy, may_become
from desk_app.domain.staff import Role
from desk_app.domain.waiting_room import next_steps
from desk_app.ui import format as written
from desk_app.ui import notices, privacy
from desk_app.ui.grid.words import STEP_KEYS, step_word, tr
from desk_app.ui.plain import without_mnemonic

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance

    from desk_app.domain.appointment import Appointment
    from desk_app.domain.deeds import Mark
    from desk_app.errors import Refused
    from desk_app.ui.grid.view import DiaryView
    from desk_app.ui.grid.wishes import SlotChoice


class PlaceMenu(QMenu):
    """What can be done with the appointment or the time the cursor is on."""

    def __init__(self, view: DiaryView) -> None:
        super().__init__(view)
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        appointment, slot = view.chosen_appointment(), view.chosen_slot()
        if appointment is not None:
            self._offer_appointment(appointment)
        elif slot is not None:
            self._offer_time(slot)
        else:
            self._say(tr("This time does not exist on this day"))

    def _offer_appointment(self, appointment: Appointment) -> None:
        view, status = self._view, appointment.status
        number = appointment.appointment_id

        def wish(text: str, key: str, signal: SignalInstance) -> None:
            self._add(text, key, partial(self._emit, signal, number))

        self._name(privacy.name(appointment.client_name))
        wish(tr("&Open"), tr("Enter"), view.appointment_activated)
        if not view.me.may_change(appointment.provider_id):
            self._say(tr("Your login changes your own diary only"))
            return
        if status is Status.PENDING:
            wish(tr("&Confirm"), tr("K"), view.confirm_requested)
        for step in next_steps(appointment, view.now):
            text = step_word(step)
            self._add(text, STEP_KEYS[step], partial(self._mark, number, step))
        self.addSeparator()
        if may_become(status, Status.CANCELLED):
            wish(tr("&Move…"), "", view.another_time_requested)
            wish(tr("Onto the pin&board"), tr("Ctrl+X"), view.pins.pin_requested)
            wish(tr("C&ancel…"), tr("Del"), view.cancel_requested)
            if view.me.role is not Role.PROVIDER:
                wish(tr("Would come &sooner…"), tr("Shift+L"), view.waitlist_requested)
        self._add(tr("&Repeat…"), tr("V"), view.repeat_requested.emit)
        self.addSeparator()
        wish(tr("Messa&ges"), tr("Ctrl+E"), view.messages_requested)
        wish(tr("&History"), tr("H"), view.history_requested)

    def _offer_time(self, slot: SlotChoice) -> None:
        view = self._view
        column, minute = view.chosen_column(), view.place.minute if view.place else 0
        if column is None:
            return
        clock = written.time(slot.start, column.clock.zone)
        other = view.practice_clock(column, slot.start)
        if other:
            clock = f"{clock} {written.place(column.clock.zone)} · {other}"
        self._name(f"{clock} · {column.name}")
        if slot.provider_id and not view.me.may_change(slot.provider_id):
            self._say(tr("Your login books in your own diary only"))
            return
        if view.pins.ids:
            paste = view.pins.paste_requested.emit
            self._add(tr("&Put down here"), tr("Ctrl+V"), paste)
        book = partial(view.booking_requested.emit, slot)
        refused = view.offers.refused(column, slot.start)
        if refused is None:
            self._add(tr("&Book here…"), tr("Enter"), book)
            if slot.provider_id is None:
                return
            who = partial(view.waitlist_requested.emit, slot)
            self._add(tr("Who &waits for this?"), tr("Shift+L"), who)
            self._add(tr("Book a &series…"), tr("V"), view.repeat_requested.emit)
            hours = partial(view.hours_requested.emit, slot)
            self._add(tr("&Hours of this day…"), tr("Shift+J"), hours)
            return
        reasons = [b.reason for b in column.blocks if b.top <= minute < b.bottom]
        self._say(_why(refused, next(iter(reasons), "")))
        self._add(tr("Find a &free time…"), tr("Enter"), book)
        why = partial(view.why_requested.emit, slot)
        self._add(tr("&Why not this time?"), tr("Y"), why)
        hours = partial(view.hours_requested.emit, slot)
        self._add(tr("&Open this time…"), tr("Shift+J"), hours)

    def _name(self, text: str) -> None:
        """Say above everything else what the menu is about."""
        self.setAccessibleName(text)
        name = self.addAction(without_mnemonic(text))
        font = self.font()
        font.setBold(True)
        name.setFont(font)
        name.setEnabled(False)
        self.addSeparator()

    def _say(self, text: str) -> None:
        """Show a sentence; a screen reader hears it as the menu's description."""
        self.addAction(without_mnemonic(text)).setEnabled(False)
        self.setAccessibleDescription(text)
        self._view.nodes.announce(text)

    def _add(self, text: str, key: str, run: Callable[[], object]) -> None:
        self.addAction(f"{text}\t{key}" if key else text).triggered.connect(run)

    def _mark(self, number: int, mark: Mark) -> None:
        """Mark the appointment as it is now."""
        latest = self._view.diary.appointment(number)
        if latest is not None:
            self._view.mark_requested.emit(latest, mark)

    def _emit(self, signal: SignalInstance, number: int) -> None:
        """Wish something for the appointment as it is now."""
        latest = self._view.diary.appointment(number)
        if latest is not None:
            signal.emit(latest)


def _why(refused: Refused, reason: str) -> str:
    """Return in one sentence why nothing can be booked at a time."""
    if refused.policy == Policy.BLOCKED and reason:
        return tr("Blocked: %1", reason)
    return notices.words(refused).title
