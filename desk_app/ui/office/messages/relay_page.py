"""The page of a service that sends push messages, or text messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLineEdit, QWidget

from desk_app.domain.message_settings import RELAY_KEYS
from desk_app.domain.push_urls import (
    NEEDS,
    NTFY_SERVER,
    OFFERED,
    Part,
    Relay,
    ServiceName,
)
from desk_app.ui.admin.form import add_row, form_grid, hint
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.office.messages import relay_words as words
from desk_app.ui.office.messages.secret_field import SecretField
from desk_app.ui.office.messages.secret_page import SecretPage
from desk_app.ui.office.messages.test_box import TestBox, TestLabels
from desk_app.ui.plain import PlainLabel, Question

if TYPE_CHECKING:
    from desk_app.domain.messages import Channel
    from desk_app.ui.around import Around

LONGEST = 254


class RelayPage(SecretPage):
    """Which service it is, what that asks for, its key, and a test."""

    def __init__(self, around: Around, channel: Channel) -> None:
        service = around.desk.message_settings
        self._channel, self._words = channel, words.page(channel)
        super().__init__(
            around,
            self._words.about,
            around.port(lambda _: service.relay(channel), f"relay {channel}"),
            around.port(lambda change: service.change_relay(channel, change)),
            RELAY_KEYS[channel],
        )
        self._rows: dict[Part, tuple[PlainLabel, QWidget, PlainLabel]] = {}
        self._build()
        self._connect()

    def show_settings(self, settings: Relay) -> None:
        """Fill the fields."""
        self.service.setCurrentIndex(self.service.findData(settings.service))
        for part, field in self._lines.items():
            field.setText(getattr(settings, part))
        self._follow()

    def settings(self) -> Relay:
        """Return what stands in the fields that the service asks for."""
        service = self._service
        if service is None:
            return Relay()
        asked = NEEDS[service].parts
        said = {
            part.value: field.text()
            for part, field in self._lines.items()
            if part in asked
        }
        return Relay(service, **said)

    def removal(self) -> Question:
        """Ask before the key is removed."""
        return Question(
            self.tr("Remove the key?"),
            self._words.removal,
            self.tr("&Remove it"),
            self.tr("&Leave it"),
        )

    def changed(self) -> None:
        """Only what is saved can be tried out."""
        super().changed()
        is_set_up = self.known is not None and self.known.settings.is_set_up
        why = "" if is_set_up else self.tr("Choose a service first, and save it.")
        if self.is_touched():
            why = self.tr("Save first: a test goes by what is saved.")
        self.test.allow(why_not=why)

    @property
    def _service(self) -> ServiceName | None:
        found = self.service.currentData()
        return None if found is None else ServiceName(found)

    def _build(self) -> None:
        self.service = self.first = QComboBox()
        self.service.setAccessibleName(self.tr("Service"))
        for each in (None, *OFFERED[self._channel]):
            self.service.addItem(words.name(each), each)
        self.complaints["service"] = Complaint(self.service)
        self._lines = {
            part: QLineEdit() for part in (Part.SERVER, Part.ACCOUNT, Part.SENDER)
        }
        self.secret = SecretField(self.tr("Key"), self.around.practice.zone)
        form = form_grid()
        form.setContentsMargins(16, 14, 16, 10)
        self._person = hint("")
        complaint = self.complaints["service"]
        add_row(form, self.tr("&Service"), self.service, complaint, self._person)
        for part in (Part.SERVER, Part.ACCOUNT, Part.KEY, Part.SENDER):
            self._add(form, part)
        card = QFrame()
        card.setObjectName("card")
        card.setLayout(form)
        said = self._words
        labels = TestLabels(said.test_name, said.test_example, said.test_about)
        self.test = TestBox(self.around, self._channel, labels)
        self.column.addWidget(card)
        self.column.addWidget(self.test)
        self.column.addStretch(1)

    def _add(self, form: QGridLayout, part: Part) -> None:
        """Add the row of a part, which is shown where a service asks for it."""
        note = hint("")
        if part is Part.KEY:
            label = add_row(form, "", self.secret, note)
            self._rows[part] = (label, self.secret, note)
            return
        field = self._lines[part]
        field.setMaxLength(LONGEST)
        complaint = self.complaints[part] = Complaint(field)
        label = add_row(form, "", field, complaint, note)
        self._rows[part] = (label, field, note)

    def _connect(self) -> None:
        said = self._words
        self.watch()
        self.invite(said.icon, said.nothing, said.why, said.step)
        self.service.activated.connect(self._on_service_chosen)
        self.service.currentIndexChanged.connect(self._follow)
        for part, field in self._lines.items():
            field.textChanged.connect(self.complaints[part].clear_words)
            field.textChanged.connect(self.changed)

    @Slot()
    def _follow(self) -> None:
        """Ask for what this service wants to know, in its own words."""
        service = self._service
        self.complaints["service"].clear_words()
        asked = NEEDS[service].parts if service else ()
        for part, (label, field, note) in self._rows.items():
            name = words.label(part, service)
            label.setText(name)
            if part is not Part.KEY:
                field.setAccessibleName(name.replace("&", ""))
            note.setText(words.help_with(part, service))
            for widget in (label, field):
                widget.setVisible(part in asked)
            note.setVisible(part in asked and bool(note.text()))
        key = words.label(Part.KEY, service).replace("&", "")
        self.secret.need(is_needed=Part.KEY in asked, name=key)
        self._person.setText(words.person(service))
        self._person.setVisible(bool(self._person.text()))
        self.changed()

    @Slot()
    def _on_service_chosen(self) -> None:
        """What was for another service is no use for this one."""
        for field in self._lines.values():
            field.clear()
        self.secret.edit.forget()
        if self._service is ServiceName.NTFY:
            self._lines[Part.SERVER].setText(NTFY_SERVER)
