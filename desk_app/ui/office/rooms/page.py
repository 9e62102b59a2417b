"""The rooms: for what they are used, whether somebody is there, and their forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.domain.places import Places, RoomChange, RoomFile
from desk_app.ui.office.lists.kept import KeptPage
from desk_app.ui.office.rooms import words
from desk_app.ui.office.rooms.form import RoomDialog, RoomForm
from desk_app.ui.office.stranded.settling import Settling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from desk_app.ui.admin.step import Step
    from desk_app.ui.around import Around, Failed, Port, Then


class RoomsPage(KeptPage):
    """Every room at the left; at the right who uses the chosen one."""

    def __init__(self, around: Around, parent: QWidget | None = None) -> None:
        desk = around.desk
        read = around.port(lambda _: desk.places.all(), "rooms")
        super().__init__(words.page(), read, parent)
        self._around = around
        self._send = Settling(around.port(desk.places.change_room), around, self)
        self.show_choice()

    @property
    def things(self) -> Sequence[RoomFile]:
        """All rooms."""
        return self._places.rooms

    def number(self, thing: RoomFile) -> int:
        """Return the number of a room."""
        return thing.room_id

    def texts(self, thing: RoomFile) -> tuple[str, str]:
        """Return for what a room is used, and whether somebody is there."""
        said = self._room_words
        return said.below(thing), said.now(thing)

    def facts(self, thing: RoomFile) -> str:
        """Return who uses a room."""
        return self._room_words.facts(thing)

    def ask(self, known: RoomFile | None) -> RoomFile | None:
        """Open the form."""
        catalogue, room = self._around.practice.catalogue, known or RoomFile()
        form = RoomForm(catalogue, self._places.locations, room)
        return RoomDialog.ask(form, self._send, self.window())

    def change(self, known: RoomFile, wanted: RoomFile) -> RoomChange:
        """Return the request."""
        return RoomChange(known, wanted)

    def step(self, send: Port, *, is_active: bool) -> Step:
        """Return what is asked before."""
        return words.reviving(send) if is_active else words.ending(send)

    def send(self, request: RoomChange, then: Then, failed: Failed) -> None:
        """Send it; who would be left without a room is asked about."""
        self._send(request, then, failed)

    @property
    def _places(self) -> Places:
        return self.found or Places()

    @property
    def _room_words(self) -> words.RoomWords:
        return words.RoomWords(self._around.practice, self._places)
