"""Adds a service, or changes what it is; each field says what it means."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QSpinBox, QWidget

from desk_app.domain.offering import NewService, ServiceChange, ServiceDraft
from desk_app.errors import Stale
from desk_app.ui.admin.form import FormDialog, add_row, form_grid, hint
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.frame import Verbs
from desk_app.ui.dialogs.ports import PATIENCE
from desk_app.ui.dialogs.prompt import PromptCheck
from desk_app.ui.office import page_words
from desk_app.ui.office.services import words
from desk_app.ui.office.services.price_field import PriceField
from desk_app.ui.office.services.rooms_field import RoomsField
from desk_app.ui.office.services.span_bar import SpanBar
from desk_app.ui.phrases import filled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.domain.people import Provider, Service
    from desk_app.errors import DeskError
    from desk_app.ui.around import Around, Port

WIDE = 560


@dataclass(frozen=True)
class Subject:
    """What a form is about: a service that is known, or the draft of a new one."""

    draft: ServiceDraft
    providers: Sequence[Provider]
    provider_id: int | None = None
    known: Service | None = None


class ServiceDialog(FormDialog):
    """One form for what is new and for what is known."""

    def __init__(
        self,
        around: Around,
        subject: Subject,
        send: Port,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_verbs(is_new=subject.known is None), parent)
        self._around, self._subject = around, subject
        self._first = subject.draft
        self._wish = self.wire(send, PATIENCE)
        self._build()
        self._connect()

    @classmethod
    def ask(
        cls, around: Around, subject: Subject, send: Port, parent: QWidget
    ) -> Service | None:
        """Return the service as it is now, or None if nothing was saved."""
        dialog = cls(around, subject, send, parent)
        dialog.exec()
        dialog.deleteLater()
        made: Service | None = dialog.answer
        return made

    @property
    def wanted(self) -> ServiceDraft:
        """The service as it stands in the form."""
        return replace(
            self._first,
            name=self.name.text(),
            price=self.price.price or self._first.price,
            duration_minutes=self.duration.value(),
            buffer_minutes=self.buffer.value(),
            max_advance_days=self.ahead.value(),
            cancellation_hours=self.notice.value(),
            is_virtual=self.virtual.isChecked(),
            rooms=self.rooms.rooms if self.rooms else self._first.rooms,
        )

    def is_touched(self) -> bool:
        """Say whether something else stands here than at first."""
        is_odd = self.price.price is None
        is_other = self._subject.provider_id != self._provider_id()
        return is_odd or is_other or self.wanted != self._first

    def submit(self) -> None:
        """Save what was entered; what is wrong with it the practice knows."""
        known = self._subject.known
        if self.price.price is None:
            self.complaints["price"].say(self.tr("Type a price, such as 60 or 60.50."))
        elif self.rooms is not None and self.rooms.rooms == ():
            self.complaints["rooms"].say(self.tr("Tick the rooms that will do."))
        elif known is None:
            number = self._provider_id() or 0
            self.send(NewService(self._wish.key, number, self.wanted))
        elif self.is_touched():
            self.send(ServiceChange(known.service_id, self._first, self.wanted))
        else:
            self.done(0)

    def show_refusal(self, error: DeskError) -> None:
        """Say it where it belongs."""
        if isinstance(error, Stale):
            self.banner.say(page_words.refusal(error))
        else:
            super().show_refusal(error)

    def _provider_id(self) -> int | None:
        chosen = self.provider.currentData()
        return None if chosen is None else int(chosen)

    # -- building

    def _build(self) -> None:
        known = self._subject.known
        title = self.tr("Add a service")
        if known is not None:
            title = filled(self.tr("Change %1"), known.name)
        self.setWindowTitle(title)
        self.build_head(title, words.new_only() if known else "")
        self._make_fields()
        column = self.build_column(WIDE)
        column.addLayout(self._build_form())
        column.addStretch(1)
        go, leave = self.buttons
        rooms = self.rooms.inputs if self.rooms else ()
        fields = (self.provider, self.name, self.duration, self.buffer)
        price = (self.price.amount, self.price.own)
        rest = (*price, self.ahead, self.notice, self.virtual, *rooms)
        for before, after in pairwise((*fields, *rest, go, leave)):
            QWidget.setTabOrder(before, after)
        self.name.setFocus()
        self.name.selectAll()

    def _make_fields(self) -> None:
        first, catalogue = self._first, self._around.practice.catalogue
        self.provider = QComboBox()
        for provider in self._subject.providers:
            self.provider.addItem(provider.name, provider.provider_id)
        number_ = self._subject.provider_id
        self.provider.setCurrentIndex(max(self.provider.findData(number_), 0))
        self.provider.setEnabled(self._subject.known is None)
        self.name = QLineEdit(first.name)
        self.name.setMaxLength(400)
        self.duration = _field(1, 1440, self.tr(" min"), first.duration_minutes)
        self.buffer = _field(0, 720, self.tr(" min"), first.buffer_minutes)
        self.bar = SpanBar()
        self.price = PriceField(first.price, catalogue.currency)
        self.ahead = _field(0, 3650, self.tr(" days"), first.max_advance_days)
        self.notice = _field(0, 8760, self.tr(" hours"), first.cancellation_hours)
        self.virtual = PromptCheck(self.tr("By &video"))
        self.virtual.setChecked(first.is_virtual)
        self.rooms: RoomsField | None = None
        if catalogue.rooms or first.rooms is not None:
            self.rooms = RoomsField(catalogue.rooms, first.rooms)

    def _build_form(self) -> QGridLayout:
        form, said = form_grid(), self._name_fields()
        self._of_length, self._of_ahead = hint(""), hint("")
        self._of_notice = hint("")
        add_row(form, self.tr("&Offered by"), self.provider, said["provider_id"])
        add_row(form, self.tr("&Name"), self.name, said["name"])
        add_row(form, self.tr("&Length"), self.duration, said["duration_minutes"])
        below = (said["buffer_minutes"], self.bar, self._of_length)
        add_row(form, self.tr("&Free after it"), self.buffer, *below)
        add_row(form, self.tr("&Price"), self.price, said["price"])
        early = (said["max_advance_days"], self._of_ahead)
        add_row(form, self.tr("&Bookable"), self.ahead, *early)
        late = (said["cancellation_hours"], self._of_notice)
        add_row(form, self.tr("&Cancelling"), self.notice, *late)
        video = hint(self.tr("Client and provider get a link instead of a place."))
        add_row(form, "", self.virtual, video)
        if self.rooms is not None:
            which = hint(self.tr("The first that is free is taken, in this order."))
            add_row(form, "", self.rooms, said["rooms"], which)
        return form

    def _name_fields(self) -> dict[str, Complaint]:
        for name, field, spoken in (
            ("provider_id", self.provider, self.tr("Offered by")),
            ("name", self.name, self.tr("Name")),
            ("duration_minutes", self.duration, self.tr("Length in minutes")),
            ("buffer_minutes", self.buffer, self.tr("Minutes free after it")),
            ("price", self.price.amount, self.price.amount.accessibleName()),
            ("max_advance_days", self.ahead, self.tr("Bookable, days ahead")),
            ("cancellation_hours", self.notice, self.tr("Cancelling, hours before")),
            ("rooms", self.rooms or self.virtual, self.tr("Rooms")),
        ):
            if name != "rooms":
                field.setAccessibleName(spoken)
            self.complaints[name] = Complaint(field)
        return self.complaints

    def _connect(self) -> None:
        for name, changed in (
            ("name", self.name.textChanged),
            ("duration_minutes", self.duration.valueChanged),
            ("buffer_minutes", self.buffer.valueChanged),
            ("price", self.price.changed),
            ("max_advance_days", self.ahead.valueChanged),
            ("cancellation_hours", self.notice.valueChanged),
            ("provider_id", self.provider.currentIndexChanged),
        ):
            changed.connect(self.complaints[name].clear_words)
            changed.connect(self.stay)
            changed.connect(self._follow)
        self.virtual.toggled.connect(self.stay)
        if self.rooms is not None:
            self.rooms.changed.connect(self.stay)
            self.rooms.changed.connect(self.complaints["rooms"].clear_words)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        """Say what each number means."""
        visit, buffer = self.duration.value(), self.buffer.value()
        self.bar.show_minutes(visit, buffer)
        self._of_length.setText(words.length(visit, buffer))
        days = self.ahead.value()
        last = self._around.practice.today() + timedelta(days=days)
        self._of_ahead.setText(words.ahead(days, last))
        self._of_notice.setText(words.cancelling(self.notice.value()))


def _field(least: int, most: int, unit: str, value: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, most)
    box.setSuffix(unit)
    box.setValue(value)
    box.lineEdit().setTextMargins(6, 0, 0, 0)
    box.setFixedWidth(box.fontMetrics().horizontalAdvance("0") * 17)
    return box


def _verbs(*, is_new: bool) -> Verbs:
    translate = QCoreApplication.translate
    go = translate("ServiceDialog", "&Save")
    if is_new:
        go = translate("ServiceDialog", "&Add")
    busy = translate("ServiceDialog", "Saving…")
    return Verbs(go=go, busy=busy, leave=translate("ServiceDialog", "Close"))
