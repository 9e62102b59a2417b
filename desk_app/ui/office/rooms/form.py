"""Adds a room, or changes what it is used for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from desk_app.domain.places import RoomChange, RoomFile
from desk_app.errors import Stale
from desk_app.ui.admin.form import FormDialog, add_row, form_grid, hint
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.frame import Verbs
from desk_app.ui.dialogs.ports import PATIENCE
from desk_app.ui.office import page_words
from desk_app.ui.office.rooms.ticks import ServiceTicks
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from desk_app.domain.rooms import Location
    from desk_app.domain.schedule import Catalogue
    from desk_app.errors import DeskError
    from desk_app.ui.around import Port

WIDE, LONGEST = 520, 400


@dataclass(frozen=True, slots=True)
class RoomForm:
    """What the form opens with; `known` is a room of number 0 for a new one."""

    catalogue: Catalogue
    locations: tuple[Location, ...]
    known: RoomFile


class RoomDialog(FormDialog):
    """Asks what a room is called, where it is, and which services need it."""

    def __init__(
        self, form: RoomForm, send: Port, parent: QWidget | None = None
    ) -> None:
        super().__init__(_verbs(is_new=not form.known.room_id), parent)
        self._form = form
        self.wire(send, PATIENCE)
        self._build()
        self._connect()

    @classmethod
    def ask(cls, form: RoomForm, send: Port, parent: QWidget | None) -> RoomFile | None:
        """Return the room as it is now, or None if nothing was saved."""
        dialog = cls(form, send, parent)
        dialog.exec()
        dialog.deleteLater()
        made: RoomFile | None = dialog.answer
        return made

    @property
    def wanted(self) -> RoomFile:
        """The room as it stands in the form."""
        return replace(
            self._form.known,
            name=self.name.text(),
            location_id=self.location.currentData(),
            service_ids=self.services.chosen,
        )

    def is_touched(self) -> bool:
        """Say whether something else stands here than what is saved."""
        return self.wanted != self._form.known

    def submit(self) -> None:
        """Save what was entered."""
        if self.is_touched() or not self._form.known.room_id:
            self.send(RoomChange(self._form.known, self.wanted))
        else:
            self.done(0)

    def show_refusal(self, error: DeskError) -> None:
        """Say it at the name, or above the buttons."""
        if isinstance(error, Stale):
            self.banner.say(page_words.refusal(error))
        else:
            super().show_refusal(error)

    def _build(self) -> None:
        known = self._form.known
        title = self.tr("Add a room")
        if known.room_id:
            title = filled(self.tr("Change %1"), known.name)
        self.setWindowTitle(title)
        self.build_head(title, self.tr("One visit at a time is booked in it"))
        self.name = QLineEdit(known.name)
        self.name.setMaxLength(LONGEST)
        self.name.setAccessibleName(self.tr("Name"))
        self.complaints["name"] = Complaint(self.name)
        self.location = self._build_location()
        self.services = ServiceTicks(self._form.catalogue, known.service_ids)
        form = form_grid()
        add_row(form, self.tr("&Name"), self.name, self.complaints["name"])
        if self._form.locations:
            add_row(form, self.tr("&Location"), self.location)
        why = hint(
            self.tr(
                "A ticked service is booked only when one of its rooms is free. What"
                " is booked already stays without a room. Space ticks."
            )
        )
        add_row(form, self.tr("Needed &for"), self.services, why)
        self.build_column(WIDE).addLayout(form)
        place = (self.location,) if self._form.locations else ()
        order = (self.name, *place, self.services, *self.buttons)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        self.name.setFocus()

    def _build_location(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(self.tr("Location"))
        box.addItem(self.tr("At all locations"), None)
        known = self._form.known.location_id
        for location in self._form.locations:
            if location.is_active or location.location_id == known:
                box.addItem(location.name, location.location_id)
        box.setCurrentIndex(max(0, box.findData(known)))
        return box

    def _connect(self) -> None:
        self.name.textChanged.connect(self.complaints["name"].clear_words)
        self.name.textChanged.connect(self.stay)
        self.location.currentIndexChanged.connect(self.stay)
        self.services.changed.connect(self.stay)


def _verbs(*, is_new: bool) -> Verbs:
    translate = QCoreApplication.translate
    go = translate("RoomDialog", "&Add") if is_new else translate("RoomDialog", "&Save")
    busy = translate("RoomDialog", "Saving…")
    return Verbs(go=go, busy=busy, leave=translate("RoomDialog", "Close"))
