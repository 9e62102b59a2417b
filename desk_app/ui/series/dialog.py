"""Books a series: how often, all dates looked at, each clash decided, then Enter."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.domain.appointment import BookedVia
from desk_app.domain.deeds import SeriesRequest
from desk_app.domain.series import SeriesWish
from desk_app.errors import Invalid
from desk_app.ui import notices, privacy
from desk_app.ui.dialogs import offers, visit_words
from desk_app.ui.dialogs.client_field import ClientField
from desk_app.ui.dialogs.frame import Verbs
from desk_app.ui.dialogs.heading import Heading
from desk_app.ui.dialogs.inks import sized
from desk_app.ui.dialogs.ports import Unsettled
from desk_app.ui.plain import PlainLabel
from desk_app.ui.series.dates_dialog import DatesDialog
from desk_app.ui.series.dates_words import DatesWords
from desk_app.ui.series.repetition import RepetitionRow

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.people import Client
    from desk_app.domain.series import Planned
    from desk_app.errors import DeskError
    from desk_app.ui.dialogs.asking import Asking
    from desk_app.ui.series.ports import SeriesForm, SeriesPorts

# While somebody types a number, nothing is looked at yet.
PAUSE_MS = 120
LEFT = 330


class SeriesDialog(DatesDialog):
    """Stays until the series is booked."""

    def __init__(
        self, form: SeriesForm, ports: SeriesPorts, parent: QWidget | None = None
    ) -> None:
        super().__init__(_verbs(), DatesWords(form.screen), ports.plan, parent)
        self._form, self._service = form, form.service
        self._desk = self.wire(ports.book, ports.patience, ports.take_over)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._build(ports)
        self._connect()
        self._begin()

    @classmethod
    def ask(
        cls, parent: QWidget | None, form: SeriesForm, ports: SeriesPorts
    ) -> tuple[Appointment, ...]:
        """Return the appointments that were booked, none if it was left."""
        dialog = cls(form, ports, parent)
        dialog.exec()
        dialog.deleteLater()
        return dialog.answer or ()

    def is_touched(self) -> bool:
        """Say whether a client was entered here."""
        return self.client is not None and self.client.is_touched()

    def plan(self) -> None:
        """Look at the series as it is wished now."""
        service = self._service
        client = self._chosen_client()
        self.look_at(
            SeriesWish(
                service.provider_id,
                service.service_id,
                self._form.first,
                self.repetition.repetition,
                client.client_id if client else self._known_id(),
            )
        )

    def submit(self) -> None:
        """Look first at what was typed last."""
        if self._pause.isActive():
            self._pause.stop()
            self.plan()
        super().submit()

    def complains(self) -> bool:
        """Say that a client is missing."""
        return self.client is not None and self.client.complain_of_gaps()

    def carry_out(self) -> None:
        """Book all dates."""
        client, form = self._chosen_client(), self._form
        client_id = client.client_id if client else self._known_id()
        new = self.client.new_client if self.client else form.new_client
        self.send(
            SeriesRequest(
                idempotency_key=self._desk.key,
                provider_id=self._service.provider_id,
                service_id=self._service.service_id,
                starts=self.dates.starts,
                client_id=client_id,
                new_client=None if client_id is not None else new,
                notes=form.notes,
                booked_via=form.booked_via or BookedVia.DESK,
                override=self.aside.override,
                hold_id=form.hold_id,
            )
        )

    def show_refusal(self, error: DeskError) -> None:
        """Say it at the client's field, or as for all dates."""
        is_at_field = (
            isinstance(error, Invalid)
            and self.client is not None
            and self.client.complain(error.field, notices.words(error).text)
        )
        if not is_at_field:
            super().show_refusal(error)

    def unsettled(self, asking: Asking) -> Unsettled:
        """Name the client and the first date."""
        request: SeriesRequest = asking.request
        words = visit_words.planned(
            self._who(), request.starts[0], request.provider_id, self._form.screen
        )
        return Unsettled(asking, words, self._form)

    def shown_dates(self, planned: tuple[Planned, ...]) -> tuple[Planned, ...]:
        """Leave out the appointment that stands already."""
        return planned[1:] if self._form.after else planned

    # -- building

    def _build(self, ports: SeriesPorts) -> None:
        form = self._form
        self.setWindowTitle(self.tr("Repeat the appointment"))
        self._heading = Heading(form.screen)
        self.header.addWidget(self._heading)
        zone = self.dates.words.provider_zone(form.service.provider_id)
        first = form.first.astimezone(zone).date()
        self.repetition = RepetitionRow(first, adds_to_one=form.after is not None)
        self.client: ClientField | None = None
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.repetition)
        right.addWidget(self.build_dates(), 1)
        inside = QHBoxLayout(self.body)
        inside.setContentsMargins(20, 0, 20, 0)
        inside.setSpacing(26)
        if form.client or form.new_client or form.after:
            self._name_client()
        else:
            inside.addLayout(self._build_left(ports))
        inside.addLayout(right, 1)
        self._order_tabs()

    def _name_client(self) -> None:
        name = privacy.ClientLabel()
        name.write(lambda: privacy.name(self._who()))
        sized(name, 1.1, bold=True)
        self.header.addWidget(name)

    def _build_left(self, ports: SeriesPorts) -> QVBoxLayout:
        """Ask whose series it is, and of what."""
        self.client = ClientField(
            self._form.screen, ports.find_clients, alike=ports.alike
        )
        self.services = QComboBox()
        self.services.setAccessibleName(self.tr("Service"))
        catalogue = self._form.screen.catalogue
        for service in offers.services_of(catalogue, self._form.service.provider_id):
            self.services.addItem(service.name, service.service_id)
        self.services.setCurrentIndex(
            max(self.services.findData(self._form.service.service_id), 0)
        )
        column = QVBoxLayout()
        column.setSpacing(4)
        rows = (
            (self.tr("&Client"), self.client, 1),
            (self.tr("&Service"), self.services, 0),
        )
        for text, field, stretch in rows:
            label = PlainLabel(text)
            label.setBuddy(self.client.search if stretch else field)
            column.addWidget(label)
            column.addWidget(field, stretch)
        self.client.setMinimumWidth(LEFT * self.fontMetrics().height() // 16)
        return column

    def _order_tabs(self) -> None:
        row = self.repetition
        order = [row.weeks, row.times, row.by_times, row.by_day, row.until]
        order += [self.list, *self.buttons]
        if self.client is not None:
            fields = self.client.new_fields
            order = [self.client.search, *fields, self.services, *order]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.repetition.changed.connect(self._pause.start)
        self._pause.timeout.connect(self.plan)
        if self.client is not None:
            self.client.changed.connect(self._on_client)
            self.services.currentIndexChanged.connect(self._on_service)

    def _begin(self) -> None:
        self._show_heading()
        self.plan()
        if self.client is not None:
            self.client.search.setFocus()
        else:
            self.repetition.times.setFocus()
            self.repetition.times.selectAll()

    # -- what changes

    @Slot()
    def _on_client(self) -> None:
        """Look again: a client may be locked out of the first day."""
        self.stay()
        self._pause.start()

    @Slot()
    def _on_service(self) -> None:
        chosen = offers.service_of(
            self._form.screen.catalogue, int(self.services.currentData() or 0)
        )
        if chosen is not None:
            self._service = chosen
            self._show_heading()
            self._pause.start()

    def _show_heading(self) -> None:
        service, screen = self._service, self._form.screen
        self._heading.show_time(self._form.first, service, is_free=True)
        provider = offers.provider_of(screen.catalogue, service.provider_id)
        self._heading.show_what(service, provider.name if provider else "")

    def _chosen_client(self) -> Client | None:
        return self.client.client if self.client else self._form.client

    def _known_id(self) -> int | None:
        return self._form.after.client_id if self._form.after else None

    def _who(self) -> str:
        form = self._form
        if form.after is not None:
            return form.after.client_name
        who = self._chosen_client() or form.new_client
        return who.name if who else ""


def _verbs() -> Verbs:
    translate = QCoreApplication.translate
    return Verbs(
        go=translate("SeriesDialog", "&Book all"),
        busy=translate("SeriesDialog", "Booking…"),
        leave=translate("SeriesDialog", "Close"),
    )
