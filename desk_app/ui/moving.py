"""Moving without a question: what is dropped on a free time is there at once.

A dialog opens only where a person has something to decide: a rule speaks against the
place, or more changes with it than the time. Each move can be undone.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from desk_app.domain.appointment import MoveRequest
from desk_app.domain.deeds import Move, MoveAllRequest
from desk_app.domain.moving import differences
from desk_app.domain.slots import Opening
from desk_app.errors import SlotTaken
from desk_app.ui import notices, privacy
from desk_app.ui.dialogs import visit_words
from desk_app.ui.dialogs.asking import Asking
from desk_app.ui.dialogs.ports import PATIENCE, MoveForm, Unsettled
from desk_app.ui.grid.wishes import MoveWish
from desk_app.ui.notice_bar import Action
from desk_app.ui.phrases import filled
from desk_app.ui.still_asking import Ending, StillAsking
from desk_app.ui.words import Words

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around
    from desk_app.ui.flows import Flows


class MovingFlows(QObject):
    """Carries out what the grid and the pinboard wish."""

    def __init__(self, around: Around, flows: Flows) -> None:
        super().__init__(around)
        self._around, self._flows = around, flows
        self._on_their_way: dict[int, MoveWish | None] = {}
        self._still_asking = StillAsking(around.pane.notice)
        self._still_asking.said.connect(around.said)
        around.view.move_requested.connect(self.move)

    @Slot(object)
    def move(self, wish: MoveWish) -> None:
        """Move an appointment or change its length; ask first if need be."""
        moved = wish.appointment
        if not self._around.may_change(moved.provider_id, wish.provider_id):
            return
        if wish.against or self._asks(wish):
            self._flows.move(wish)
        elif moved.series_id is not None and not wish.is_resize:
            screen = self._around.screen()
            form = MoveForm(
                screen, moved, wish.provider_id, wish.start, room_id=wish.room_id
            )
            self._flows.series.move(form, partial(self._send_one, wish))
        else:
            self._send(wish)

    def swap(self, one: Appointment, other: Appointment) -> None:
        """Let two appointments change places, in one step."""
        if not self._around.may_change(one.provider_id, other.provider_id):
            return
        asking = Asking(self._around.port(self._around.desk.booking.move_all), PATIENCE)
        names = privacy.name(one.client_name), privacy.name(other.client_name)
        words = filled(self.tr("%1 and %2"), *names)
        ending = Ending(
            partial(self._on_swapped, (one, other)),
            self.tr("Not changed places: %1."),
            partial(self._around.appointment_wanted.emit, other),
            words=partial(_why_no_swap, one, other),
        )
        self._still_asking.keep(Unsettled(asking, words), ending)
        moves = (_to_place_of(one, other), _to_place_of(other, one))
        asking.send(MoveAllRequest(asking.key, moves))

    def _asks(self, wish: MoveWish) -> bool:
        """Say whether more changes than the time."""
        moved = wish.appointment
        if wish.is_resize or wish.provider_id == moved.provider_id:
            return False
        service = self._around.view.offers.service_for(moved, wish.provider_id)
        return service is None or bool(differences(moved, service))

    def _send_one(self, wish: MoveWish, _form: MoveForm) -> None:
        """Move one of a series: somebody has said that the others stay."""
        self._send(wish)

    def _send(self, wish: MoveWish) -> None:
        """Ask for a move; of what is on its way the latest wish follows."""
        number = wish.appointment.appointment_id
        if number in self._on_their_way:
            self._on_their_way[number] = wish
            return
        self._on_their_way[number] = None
        asking = Asking(self._around.port(self._around.desk.booking.move), PATIENCE)
        moved = wish.appointment
        words = visit_words.planned(
            privacy.name(moved.client_name),
            wish.start,
            wish.provider_id,
            self._around.screen(),
        )
        ending = Ending(
            partial(self._on_moved, wish),
            self.tr("Not moved: %1."),
            partial(self._flows.move, wish),
            near=partial(self._near, wish),
        )
        self._still_asking.keep(Unsettled(asking, words), ending)
        asking.refused.connect(partial(self._on_refused, number))
        self._around.said.emit(filled(self.tr("Moving: %1"), words))
        asking.send(
            MoveRequest(
                asking.key,
                moved.appointment_id,
                moved.version,
                wish.provider_id,
                wish.start,
                wish.length_minutes,
                room_id=wish.room_id,
            )
        )

    def _near(self, wish: MoveWish, error: DeskError) -> list[Action]:
        """Return a button for each free time near one that was just taken."""
        if not isinstance(error, SlotTaken):
            return []
        return [
            Action(self._named(near), partial(self._take, wish, near))
            for near in error.alternatives
            if isinstance(near, Opening)
        ]

    def _named(self, opening: Opening) -> str:
        screen = self._around.screen()
        provider = self._around.practice.providers.get(opening.provider_id)
        return visit_words.moment(opening.start, provider, screen)

    def _take(self, wish: MoveWish, near: Opening) -> None:
        latest = self._around.view.diary.appointment(wish.appointment.appointment_id)
        moved = latest or wish.appointment
        self._send(MoveWish(moved, near.provider_id, near.start, wish.length_minutes))

    def _on_moved(self, wish: MoveWish, now: Appointment) -> None:
        text = moved_text(wish.appointment, now)
        if wish.is_resize:
            minutes = round((now.end - now.start).total_seconds() / 60)
            text = filled(self.tr("Now %2 min: %1"), "%1", str(minutes))
        self._around.changed(text, (wish.appointment,), (now,))
        following = self._on_their_way.pop(now.appointment_id, None)
        if following is not None:
            self._send(replace(following, appointment=now))

    def _on_refused(self, number: int, _error: DeskError) -> None:
        self._on_their_way.pop(number, None)

    def _on_swapped(
        self, before: tuple[Appointment, ...], now: tuple[Appointment, ...]
    ) -> None:
        other = privacy.name(before[1].client_name)
        text = filled(self.tr("Changed places with %2: %1"), "%1", other)
        self._around.changed(text, before, now)


def moved_text(before: Appointment, now: Appointment) -> str:
    """Return what is said of a move; the room where it is another one."""
    tr = QObject().tr
    if before.room_id == now.room_id or not now.room_name:
        return tr("Moved: %1")
    if before.start == now.start and before.provider_id == now.provider_id:
        return filled(tr("Now in %2: %1"), "%1", now.room_name)
    return filled(tr("Moved, now in %2: %1"), "%1", now.room_name)


def _to_place_of(one: Appointment, other: Appointment) -> Move:
    return Move(one.appointment_id, one.version, other.provider_id, other.start)


def _why_no_swap(one: Appointment, other: Appointment, error: DeskError) -> Words:
    """Say why two cannot change places, where that is not a rule's own words."""
    if not isinstance(error, SlotTaken):
        return notices.words(error)
    tr = QObject().tr
    title = tr("They cannot change places")
    if one.end - one.start != other.end - other.start:
        return Words(title, tr("One visit is too long for the time of the other."))
    return Words(title, tr("Another appointment is in the way."))
