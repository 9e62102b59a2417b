"""The practice: its name, clock, country and money, each with what it decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLineEdit, QWidget

from desk_app.domain.offering import Identity, IdentityChange
from desk_app.ui.admin.form import add_row, form_grid, hint
from desk_app.ui.dialogs.complaint import Complaint
from desk_app.ui.dialogs.inks import Ink, set_ink
from desk_app.ui.dialogs.prompt import PromptCheck
from desk_app.ui.office import places
from desk_app.ui.office.form_page import FormPage
from desk_app.ui.office.page import focus
from desk_app.ui.phrases import filled
from desk_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from desk_app.ui.around import Around
    from desk_app.ui.office.search_box import SearchBox

LONGEST_NAME, LONGEST_PHONE = 400, 60
# Those in which the program has texts of messages.
LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pl", "pt")


class PracticePage(FormPage):
    """Facts about the practice, and what each of them decides."""

    def __init__(self, around: Around, parent: QWidget | None = None) -> None:
        identity = around.desk.practice_identity
        super().__init__(
            self.tr("What the practice is called, and where it is."),
            around.port(lambda _: identity.read(), "identity"),
            around.port(identity.change),
            parent,
        )
        self._around = around
        self._build()
        self._connect()

    def enter(self) -> None:
        """Begin with the name."""
        focus(self.name)

    def show_value(self, value: Identity) -> None:
        """Fill the fields."""
        self.name.setText(value.name)
        self.zone.choose(value.timezone)
        self.country.choose(value.country)
        self.currency.choose(value.currency)
        self.phone.setText(value.phone)
        self._show_language(value.language)
        self.reprices.setChecked(False)
        self._follow()

    def wanted(self) -> Identity:
        """Return what stands in the fields."""
        return Identity(
            self.name.text(),
            _said(self.zone),
            _said(self.currency),
            _said(self.country),
            self.phone.text(),
            str(self.language.currentData()),
        )

    def is_touched(self) -> bool:
        """Prices alone may be changed as well."""
        return super().is_touched() or self._reprices

    def request(self) -> IdentityChange:
        """Return what is sent to save it."""
        return IdentityChange(self.known, self.wanted(), reprices=self._reprices)

    @property
    def _reprices(self) -> bool:
        return self._foreign_prices() > 0 and self.reprices.isChecked()

    def _build(self) -> None:
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setAccessibleName(self.tr("Name of the practice"))
        self.zone = places.zone_box(self.tr("Time zone"))
        self.country = places.country_box(self.tr("Country"))
        self.currency = places.currency_box(self.tr("Currency"))
        self.phone, self.language = QLineEdit(), QComboBox()
        self.phone.setMaxLength(LONGEST_PHONE)
        self.phone.setAccessibleName(self.tr("Telephone"))
        self.language.setAccessibleName(self.tr("Language of messages"))
        for tag in ("", *LANGUAGES):
            self.language.addItem(_language(tag), tag)
        for name, field in (
            ("phone", self.phone),
            ("language", self.language),
            ("name", self.name),
            ("timezone", self.zone),
            ("country", self.country),
            ("currency", self.currency),
        ):
            self.complaints[name] = Complaint(field)
        form = form_grid()
        self._add_name(form)
        self._add_zone(form)
        self._add_country(form)
        self._add_currency(form)
        self._add_messages(form)
        frame = QFrame()
        frame.setObjectName("card")
        frame.setLayout(form)
        form.setContentsMargins(16, 14, 16, 10)
        self.column.addWidget(frame)
        self.column.addStretch(1)

    def _add_name(self, form: QGridLayout) -> None:
        words = self.tr(
            "Stands above the schedule, on what is printed, and in what clients get."
        )
        said = self.complaints["name"]
        add_row(form, self.tr("&Name"), self.name, said, hint(words))

    def _add_zone(self, form: QGridLayout) -> None:
        self._clock = hint("")
        words = self.tr(
            "The clock of the schedule and of “today”. Providers keep the zone they"
            " have; appointments stay at their moment."
        )
        said = self.complaints["timezone"]
        below = (said, self._clock, hint(words))
        add_row(form, self.tr("Time &zone"), self.zone, *below)

    def _add_country(self, form: QGridLayout) -> None:
        words = self.tr(
            "Phone numbers without a country code are read as numbers from there;"
            " public holidays and the order of dates follow it. Numbers that are kept"
            " already stay as they are."
        )
        said = self.complaints["country"]
        add_row(form, self.tr("C&ountry"), self.country, said, hint(words))

    def _add_currency(self, form: QGridLayout) -> None:
        words = self.tr(
            "New services are priced in it. What is booked keeps its price, and"
            " services keep their currency until it is changed."
        )
        self.reprices = PromptCheck("")
        self._warning = PlainLabel()
        self._warning.setWordWrap(True)
        set_ink(self._warning, Ink.WARNING)
        said = self.complaints["currency"]
        below = (said, hint(words), self.reprices, self._warning)
        add_row(form, self.tr("C&urrency"), self.currency, *below)

    def _add_messages(self, form: QGridLayout) -> None:
        said = self.complaints
        number = hint(self.tr("Stands in messages, for whoever wants to ring back."))
        add_row(form, self.tr("Tele&phone"), self.phone, said["phone"], number)
        words = self.tr("For clients of whom no language is known, and for providers.")
        row = (self.language, said["language"], hint(words))
        add_row(form, self.tr("Messa&ges in"), *row)

    def _show_language(self, tag: str) -> None:
        """Choose a language, also one that only a practice's own texts are in."""
        if self.language.findData(tag) < 0:
            self.language.addItem(_language(tag), tag)
        self.language.setCurrentIndex(self.language.findData(tag))

    def _connect(self) -> None:
        self.name.textChanged.connect(self._follow)
        self.phone.textChanged.connect(self._follow)
        self.phone.textChanged.connect(self.complaints["phone"].clear_words)
        self.language.currentIndexChanged.connect(self._follow)
        for field in (self.zone, self.country, self.currency):
            field.chosen.connect(self._follow)
            field.editTextChanged.connect(self._follow)
        self.reprices.toggled.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        """Say what the choices mean, and whether there is something to save."""
        zone = self.zone.value
        self._clock.setText(places.now_there(zone) if zone else "")
        count, currency = self._foreign_prices(), _said(self.currency)
        self.reprices.setVisible(count > 0)
        self._warning.setVisible(count > 0 and self.reprices.isChecked())
        text = self.tr("Put the &prices of services in other currencies into %1 (%2)")
        self.reprices.setText(filled(text, currency, str(count)))
        self._warning.setText(
            self.tr("Amounts stay as they are: 60 stays 60. Check each price after it.")
        )
        self.changed()

    def _foreign_prices(self) -> int:
        """Return how many services are priced in another currency than the chosen."""
        services = self._around.practice.catalogue.services
        wanted = self.currency.value
        return sum(each.price.currency != wanted for each in services) if wanted else 0


def _language(tag: str) -> str:
    """Return what a language is called by those who speak it."""
    if not tag:
        translate = QCoreApplication.translate
        return translate("PracticePage", "The language of the country")
    return QLocale(tag).nativeLanguageName() or tag


def _said(box: SearchBox) -> str:
    """Return the value, or what was typed where that is none."""
    value = box.value
    return box.currentText() if value is None else str(value)
