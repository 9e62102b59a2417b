"""The locations of the practice, and the one at which this desk is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QSizePolicy

from desk_app.domain.places import LocationChange, Places
from desk_app.domain.rooms import Location
from desk_app.ui import notices
from desk_app.ui.admin.form import hint
from desk_app.ui.office.lists.kept import KeptPage
from desk_app.ui.office.locations import words
from desk_app.ui.office.locations.form import LocationDialog
from desk_app.ui.office.settings.section import Change
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from desk_app.errors import DeskError
    from desk_app.ui.admin.step import Step
    from desk_app.ui.around import Around, Failed, Port, Then
    from desk_app.ui.office.settings.desk_file import DeskFile


class LocationsPage(KeptPage):
    """Every location at the left; at the right the chosen one, and this desk's."""

    def __init__(
        self, around: Around, desk_file: DeskFile, parent: QWidget | None = None
    ) -> None:
        desk = around.desk
        read = around.port(lambda _: desk.places.all(), "locations")
        super().__init__(words.page(), read, parent)
        self._around = around
        self._keep = around.port(lambda at: _keep(desk_file, at))
        self._send = around.port(desk.places.change_location)
        self._build_desk()
        self._desk.activated.connect(self._on_desk)
        self.show_choice()

    @property
    def things(self) -> Sequence[Location]:
        """All locations."""
        places: Places = self.found or Places()
        return places.locations

    def number(self, thing: Location) -> int:
        """Return the number of a location."""
        return thing.location_id

    def texts(self, thing: Location) -> tuple[str, str]:
        """Return where it is and how many work there, and whether it is used."""
        catalogue = self._around.practice.catalogue
        return words.below(thing, catalogue), words.state(thing)

    def facts(self, thing: Location) -> str:
        """Return who works there."""
        return words.facts(thing, self._around.practice.catalogue)

    def ask(self, known: Location | None) -> Location | None:
        """Open the form."""
        return LocationDialog.ask(known or Location(0, ""), self._send, self.window())

    def change(self, known: Location, wanted: Location) -> LocationChange:
        """Return the request."""
        return LocationChange(known, wanted)

    def step(self, send: Port, *, is_active: bool) -> Step:
        """Return what is asked before."""
        return words.reviving(send) if is_active else words.ending(send)

    def send(self, request: LocationChange, then: Then, failed: Failed) -> None:
        """Send it."""
        self._send(request, then, failed)

    def show_choice(self) -> None:
        """Show what belongs to the chosen location, and where this desk is."""
        super().show_choice()
        there = [each for each in self.things if each.is_active]
        self._desk.clear()
        self._desk.addItem(self.tr("All locations"), None)
        for location in there:
            self._desk.addItem(location.name, location.location_id)
        self._desk.setCurrentIndex(max(0, self._desk.findData(self._place())))
        for widget in (self._desk_label, self._desk, self._desk_hint):
            widget.setVisible(bool(there))

    def _place(self) -> int | None:
        """Return where this desk is, None for several places or all."""
        at = self._around.at
        return next(iter(at)) if len(at) == 1 else None

    @Slot()
    def _on_desk(self) -> None:
        """Write down where this desk is; the schedule follows at once."""
        place = self._desk.currentData()
        at = () if place is None else (int(place),)
        self._keep(at, self._on_kept, self._on_not_kept)

    @Slot(object)
    def _on_kept(self, at: tuple[int, ...]) -> None:
        self._around.place_chosen.emit(frozenset(at))

    @Slot(object)
    def _on_not_kept(self, error: DeskError) -> None:
        self.banner.say(notices.words(error))
        self.show_choice()

    def _build_desk(self) -> None:
        self._desk = QComboBox()
        self._desk.setAccessibleName(self.tr("This desk is at"))
        self._desk.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._desk_label = PlainLabel(self.tr("This &desk is at"))
        self._desk_label.setBuddy(self._desk)
        self._desk_hint = hint(
            self.tr("Its schedule shows who works there. Kept on this computer.")
        )
        for widget in (self._desk_label, self._desk, self._desk_hint):
            self.beside.addWidget(widget)


def _keep(desk_file: DeskFile, at: tuple[int, ...]) -> tuple[int, ...]:
    """Write down where the desk is; raises Invalid."""
    known = desk_file.memory.read_settings(desk_file.opened)
    desk_file.change(Change(known, replace(known, locations=at)))
    return at
