"""Adds a provider, or changes who they are to the practice."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desk_app.domain.offering import (
    ListedProvider,
    NewProvider,
    ProviderChange,
    ProviderDraft,
    next_colour,
)
from desk_app.domain.people import ProviderType
from desk_app.errors import Invalid, Stale
from desk_app.ui import format as written
from desk_app.ui.admin.form import MARGIN, FormDialog, add_row, form_grid, hint
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.frame import Verbs
from desk_app.ui.dialogs.ports import PATIENCE
from desk_app.ui.office import page_words, places
from desk_app.ui.office.providers.colour_field import ColourField
from desk_app.ui.office.providers.photo_field import PhotoField
from desk_app.ui.office.providers.video_field import VideoField
from desk_app.ui.phrases import filled
from desk_app.ui.plain import without_mnemonic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.errors import DeskError
    from desk_app.ui.around import Around, Port

WIDE, HIGH_BIO = 680, 4


class ProviderDialog(FormDialog):
    """One form for somebody new (`known` is None) and for somebody known."""

    def __init__(
        self,
        around: Around,
        everybody: Sequence[ListedProvider],
        known: ListedProvider | None,
        send: Port,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_verbs(is_new=known is None), parent)
        self._around, self._everybody, self._known = around, everybody, known
        self._asking_for = self.wire(send, PATIENCE)
        self._first = known.draft if known else self._proposed()
        self._build()
        self._connect()

    @classmethod
    def ask(cls, *given: Any) -> ListedProvider | None:
        """Return the provider as they are now, or None if nothing was saved.

        `given` is what the dialog is made of.
        """
        dialog = cls(*given)
        dialog.exec()
        dialog.deleteLater()
        made: ListedProvider | None = dialog.answer
        return made

    @property
    def wanted(self) -> ProviderDraft:
        """The provider as they stand in the form."""
        zone = self.zone.value
        return replace(
            self._first,
            name=self.name.text(),
            type=ProviderType(self.type.currentData()),
            timezone=self.zone.currentText() if zone is None else zone,
            colour=self.colour.colour,
            bio=self.bio.toPlainText(),
            email=self.email.text(),
            location_ids=self._chosen_locations(),
            push_address=self.push_address.text(),
            video=self.video.video,
        )

    def is_touched(self) -> bool:
        """Say whether something else stands here than what is saved."""
        return self.wanted != self._first or self.photo.wanted is not None

    def submit(self) -> None:
        """Save what was entered; what is wrong with it the practice knows."""
        known, image = self._known, self.photo.wanted
        if known is None:
            self.send(NewProvider(self._asking_for.key, self.wanted, image or b""))
        elif self.is_touched():
            number = known.provider.provider_id
            self.send(ProviderChange(number, self._first, self.wanted, image))
        else:
            self.done(0)

    def show_refusal(self, error: DeskError) -> None:
        """Say it where it belongs; a picture has a place of its own."""
        if isinstance(error, Invalid) and error.field == "image":
            self.photo.say(str(error))
        elif isinstance(error, Stale):
            self.banner.say(page_words.refusal(error))
        else:
            super().show_refusal(error)

    def _proposed(self) -> ProviderDraft:
        """Return somebody as the next one is likely to be."""
        used = [e.provider.colour for e in self._everybody if e.provider.is_active]
        catalogue = self._around.practice.catalogue
        return ProviderDraft("", timezone=catalogue.timezone, colour=next_colour(used))

    # -- building

    def _build(self) -> None:
        title = self.tr("Add a provider")
        if self._known is not None:
            title = filled(self.tr("Change %1"), self._first.name)
        self.setWindowTitle(title)
        self.build_head(title, self.tr("Somebody who sees clients"))
        self.photo = PhotoField(self._around, self._known.image if self._known else b"")
        row = QHBoxLayout()
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(24)
        row.addLayout(self._build_form(), 1)
        row.addWidget(self.photo, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addStretch(1)
        self.body.setMinimumWidth(WIDE * self.fontMetrics().height() // 16)
        self.photo.setFixedWidth(200 * self.fontMetrics().height() // 16)
        self._order_tabs()
        self.name.setFocus()

    def _build_form(self) -> QGridLayout:
        first, form = self._first, form_grid()
        self.name, self.email = QLineEdit(first.name), QLineEdit(first.email)
        self.push_address = QLineEdit(first.push_address)
        self.push_address.setMaxLength(300)
        self.video = VideoField(first.video)
        self.name.setMaxLength(400)
        self.email.setMaxLength(300)
        self.type = QComboBox()
        for kind in ProviderType:
            self.type.addItem(written.provider_type(kind), kind)
        self.type.setCurrentIndex(self.type.findData(first.type))
        self.zone = places.zone_box(self.tr("Time zone"))
        self.zone.choose(first.timezone)
        self.colour = ColourField(first.colour)
        self.bio = QPlainTextEdit(first.bio)
        self.bio.setTabChangesFocus(True)
        line = self.fontMetrics().lineSpacing()
        self.bio.setFixedHeight(line * HIGH_BIO + 16)
        self._name_fields()
        said = self.complaints
        self._clock = hint("")
        active = [e.provider for e in self._everybody if e.provider.is_active]
        own = self._known.provider.provider_id if self._known else 0
        self.colour.show_users(p for p in active if p.provider_id != own)
        add_row(form, self.tr("&Name"), self.name, said["name"])
        add_row(form, self.tr("&Type"), self.type)
        add_row(form, self.tr("Co&lour"), self.colour, said["colour"])
        add_row(form, self.tr("Time &zone"), self.zone, said["timezone"], self._clock)
        self._add_locations(form)
        mail = hint(self.tr("For the practice’s own messages to them; may stay empty."))
        add_row(form, self.tr("&E-mail"), self.email, said["email"], mail)
        push = hint(self.tr("Their topic or user key at the practice’s push service."))
        row = (self.push_address, said["push_address"], push)
        add_row(form, self.tr("P&ush address"), *row)
        add_row(form, self.tr("By &video"), self.video)
        about = hint(self.tr("A few lines for colleagues: what they do, languages."))
        add_row(form, self.tr("A&bout"), self.bio, said["bio"], about)
        return form

    def _name_fields(self) -> None:
        for name, field, spoken in (
            ("name", self.name, self.tr("Name")),
            ("type", self.type, self.tr("Type")),
            ("timezone", self.zone, self.tr("Time zone")),
            ("colour", self.colour, self.tr("Colour")),
            ("email", self.email, self.tr("E-mail")),
            ("bio", self.bio, self.tr("About")),
            ("push_address", self.push_address, self.tr("Push address")),
        ):
            field.setAccessibleName(spoken)
            self.complaints[name] = Complaint(field)
        self.complaints |= self.video.complaints

    def _add_locations(self, form: QGridLayout) -> None:
        """Ask where they work, in a practice that has several places."""
        self._places: dict[int, QCheckBox] = {}
        for location in self._around.practice.catalogue.locations:
            tick = QCheckBox(without_mnemonic(location.name))
            tick.setAccessibleName(location.name)
            tick.setChecked(location.location_id in self._first.location_ids)
            tick.toggled.connect(self.stay)
            self._places[location.location_id] = tick
        if self._places:
            all_of_them = hint(self.tr("No tick means that they work at all of them."))
            add_row(form, self.tr("Works at"), *self._places.values(), all_of_them)

    def _chosen_locations(self) -> tuple[int, ...]:
        """Return what is ticked, and what they have that is not offered here."""
        kept = [n for n in self._first.location_ids if n not in self._places]
        ticked = [n for n, tick in self._places.items() if tick.isChecked()]
        return tuple(sorted((*kept, *ticked)))

    def _order_tabs(self) -> None:
        go, leave = self.buttons
        fields = (self.name, self.type, self.colour, self.zone)
        mine = (self.email, self.push_address, *self.video.inputs, self.bio)
        rest = (*self._places.values(), *mine, *self.photo.inputs)
        for before, after in pairwise((*fields, *rest, go, leave)):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        for name, changed in (
            ("name", self.name.textChanged),
            ("email", self.email.textChanged),
            ("push_address", self.push_address.textChanged),
            ("bio", self.bio.textChanged),
            ("timezone", self.zone.editTextChanged),
            ("colour", self.colour.picked),
        ):
            changed.connect(self.complaints[name].clear_words)
            changed.connect(self.stay)
            changed.connect(self._follow)
        self.type.currentIndexChanged.connect(self.stay)
        self.photo.changed.connect(self.stay)
        self.video.changed.connect(self.stay)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        """Say what the zone means, and whose picture it is."""
        self.photo.show_person(self.name.text(), self.colour.colour)
        zone = self.zone.value
        text = places.now_there(zone, self._around.practice.zone) if zone else ""
        if zone and self._known is not None and zone != self._first.timezone:
            text += " " + self.tr(
                "Hours keep their wall-clock times; appointments stay at their moment."
            )
        self._clock.setText(text)


def _verbs(*, is_new: bool) -> Verbs:
    translate = QCoreApplication.translate
    go = translate("ProviderDialog", "&Save")
    if is_new:
        go = translate("ProviderDialog", "&Add")
    busy = translate("ProviderDialog", "Saving…")
    return Verbs(go=go, busy=busy, leave=translate("ProviderDialog", "Close"))
