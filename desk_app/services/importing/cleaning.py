"""People of a file in the form in which they are stored, or what is wrong with them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from desk_app.domain.importing.columns import Field
from desk_app.domain.importing.faults import fault
from desk_app.domain.importing.twins import NewPerson
from desk_app.domain.spelling import plain
from desk_app.errors import Invalid
from desk_app.services import contact

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.domain.importing.faults import Fault
    from desk_app.domain.importing.people import People, Person

_LANGUAGES = {
    "de": "deutsch german allemand aleman tedesco duits",
    "en": "englisch english anglais ingles inglese engels",
    "fr": "franzosisch french francais frances francese frans",
    "es": "spanisch spanish espagnol espanol spagnolo castellano",
    "it": "italienisch italian italien italiano",
    "nl": "niederlandisch dutch neerlandais hollandisch nederlands",
    "tr": "turkisch turkish turc turco",
    "pl": "polnisch polish polonais polaco",
    "ru": "russisch russian russe ruso",
    "uk": "ukrainisch ukrainian ukrainien",
    "ar": "arabisch arabic arabe",
    "pt": "portugiesisch portuguese portugais portugues",
}
_TAGS = {word: tag for tag, words in _LANGUAGES.items() for word in words.split()}


class Cleaning:
    """Makes people as they are stored; `faults` gathers those who cannot be."""

    def __init__(self, people: People, country: str) -> None:
        self.faults: list[Fault] = []
        self._people = people
        self._country = country

    def of(self, person: Person) -> NewPerson | None:
        """Return somebody as they are stored; None if that is said in `faults`."""
        before = len(self.faults)
        name = self._cleaned(person, Field.NAME, person.name, contact.clean_name)
        phone = self._cleaned(person, Field.PHONE, person.phone, self._phone)
        email = self._cleaned(person, Field.EMAIL, person.email, contact.clean_email)
        notes = self._cleaned(person, Field.NOTES, person.notes, _note)
        language = self._cleaned(person, Field.LANGUAGE, person.language, _language)
        zone = self._cleaned(person, Field.TIMEZONE, person.timezone, _zone)
        if len(self.faults) > before:
            return None
        return NewPerson(
            line=person.line,
            name=name,
            phone=phone,
            email=email,
            notes=notes,
            language=language,
            timezone=zone,
            consent_email=person.consent_email is not False,
            consent_sms=person.consent_sms is True,
        )

    def _cleaned(
        self, person: Person, field: Field, text: str, clean: Callable[[str], str]
    ) -> str:
        if not text:
            return ""
        try:
            return clean(text)
        except Invalid as error:
            column = self._people.column(field)
            self.faults.append(fault(person.line, str(error), text, column))
            return ""

    def _phone(self, text: str) -> str:
        try:
            return contact.clean_phone(text, self._country)
        except Invalid:
            # From abroad, as it is dialled in most of the world.
            if not text.startswith("00"):
                raise
            return contact.clean_phone(f"+{text[2:]}", self._country)


def _note(text: str) -> str:
    return contact.clean_paragraph(text, contact.LONGEST_NOTE, "notes")


@lru_cache(maxsize=256)
def _language(text: str) -> str:
    return contact.clean_language(_TAGS.get(plain(text.strip()), text))


@lru_cache(maxsize=1024)
def _zone(text: str) -> str:
    return contact.clean_zone(text)
