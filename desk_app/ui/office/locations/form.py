"""Adds a location, or changes its name and address."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desk_app.domain.places import LocationChange
from desk_app.errors import Stale
from desk_app.ui.admin.form import FormDialog, add_row, form_grid, hint
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.frame import Verbs
from desk_app.ui.dialogs.ports import PATIENCE
from desk_app.ui.office import page_words
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from desk_app.domain.rooms import Location
    from desk_app.errors import DeskError
    from desk_app.ui.around import Port

WIDE, LONGEST, LINES = 460, 400, 4


class LocationDialog(FormDialog):
    """One form for a new location (number 0) and for a known one."""

    def __init__(
        self, known: Location, send: Port, parent: QWidget | None = None
    ) -> None:
        super().__init__(_verbs(is_new=not known.location_id), parent)
        self._known = known
        self.wire(send, PATIENCE)
        self._build()
        self._connect()

    @classmethod
    def ask(
        cls, known: Location, send: Port, parent: QWidget | None
    ) -> Location | None:
        """Return the location as it is now, or None if nothing was saved."""
        dialog = cls(known, send, parent)
        dialog.exec()
        dialog.deleteLater()
        made: Location | None = dialog.answer
        return made

    @property
    def wanted(self) -> Location:
        """The location as it stands in the form."""
        name, address = self.name.text(), self.address.toPlainText()
        return replace(self._known, name=name, address=address)

    def is_touched(self) -> bool:
        """Say whether something else stands here than what is saved."""
        return self.wanted != self._known

    def submit(self) -> None:
        """Save what was entered."""
        if self.is_touched() or not self._known.location_id:
            self.send(LocationChange(self._known, self.wanted))
        else:
            self.done(0)

    def show_refusal(self, error: DeskError) -> None:
        """Say it at the field, or above the buttons."""
        if isinstance(error, Stale):
            self.banner.say(page_words.refusal(error))
        else:
            super().show_refusal(error)

    def _build(self) -> None:
        title = self.tr("Add a location")
        if self._known.location_id:
            title = filled(self.tr("Change %1"), self._known.name)
        self.setWindowTitle(title)
        self.build_head(title, self.tr("One of the places where the practice works"))
        self.name = QLineEdit(self._known.name)
        self.name.setMaxLength(LONGEST)
        self.name.setAccessibleName(self.tr("Name"))
        self.address = QPlainTextEdit(self._known.address)
        self.address.setAccessibleName(self.tr("Address"))
        self.address.setTabChangesFocus(True)
        self.address.setFixedHeight(self.fontMetrics().lineSpacing() * LINES + 16)
        for field, name in ((self.name, "name"), (self.address, "address")):
            self.complaints[name] = Complaint(field)
        form = form_grid()
        add_row(form, self.tr("&Name"), self.name, self.complaints["name"])
        why = hint(self.tr("For you and for those who ask; may stay empty."))
        said = self.complaints["address"]
        add_row(form, self.tr("&Address"), self.address, said, why)
        self.build_column(WIDE).addLayout(form)
        for before, after in pairwise((self.name, self.address, *self.buttons)):
            QWidget.setTabOrder(before, after)
        self.name.setFocus()

    def _connect(self) -> None:
        for field, name in ((self.name, "name"), (self.address, "address")):
            field.textChanged.connect(self.complaints[name].clear_words)
            field.textChanged.connect(self.stay)


def _verbs(*, is_new: bool) -> Verbs:
    translate = QCoreApplication.translate
    go = translate("LocationDialog", "&Save")
    if is_new:
        go = translate("LocationDialog", "&Add")
    busy = translate("LocationDialog", "Saving…")
    return Verbs(go=go, busy=busy, leave=translate("LocationDialog", "Close"))
