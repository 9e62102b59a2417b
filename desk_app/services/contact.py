"""What people type about people: names, phone numbers, e-mail addresses, notes.

Each function returns the one form that is stored, or raises Invalid with the name
of the field and a sentence that says what to change.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from desk_app.domain.people import NewClient
from desk_app.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable

    from phonenumbers import PhoneNumber

    from desk_app.db.queries.pipeline import Answer
    from desk_app.db.queries.practice import Practice

LONGEST_NAME = 200
LONGEST_EMAIL = 254
LONGEST_NOTE = 10_000
LONGEST_TAG = 35
LONGEST_REASON = 1_000
# Far more than any number or address, and short enough to read quickly.
LONGEST_TYPED = 20_000
SHORTEST_PHONE = 5

JOINERS = "\u200c\u200d"
# They look like nothing but are letters or symbols to Unicode.
BLANK_LETTERS = "\u2800\u3164\uffa0"
LINE_ENDS = "\t\n\r\u0085\u2028\u2029"

_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_ADDRESS = re.compile(rf"({_ATOM}(?:\.{_ATOM})*)@({_LABEL}(?:\.{_LABEL})+)")
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
# As the database knows them: see `db/models/checks.zone`.
_ZONE = re.compile(r"UTC|[A-Z][A-Za-z_]*(/[A-Za-z0-9_+-]+)+")
_DIGITS_OF_PHONE = re.compile(r"[\d\s+()/.\-‐-―⁄·]+")


def clean_name(text: str, field: str = "name") -> str:
    """Return a person's name as it is stored: NFC, single spaces, 1 to 200 long.

    Bidirectional and other invisible format controls are taken out; control
    characters are refused.
    """
    name = " ".join(_visible(text, field, spaces=LINE_ENDS).split())
    if not name.strip(JOINERS + " "):
        raise Invalid(field, "Type a name.")
    return _not_longer(name, LONGEST_NAME, field)


def clean_paragraph(text: str, longest: int, field: str) -> str:
    """Return text of several lines as it is stored, at most `longest` long."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = _visible(unified, field, kept="\t\n", spaces="\u0085\u2028\u2029")
    return _not_longer(lines.strip(), longest, field)


def clean_phone(text: str, country: str, field: str = "phone") -> str:
    """Return a phone number of any usual format as E.164 ("+4930123456").

    A number without a country code is one of `country` (ISO 3166, two capitals).
    """
    from phonenumbers import PhoneNumberFormat, format_number, is_possible_number

    typed = " ".join(_visible(text, field, spaces=LINE_ENDS).split())
    if not typed:
        raise Invalid(field, "Type a phone number.")
    number = _parsed(typed, country, field)
    digits = len(str(number.national_number))
    if digits < SHORTEST_PHONE or not is_possible_number(number):
        raise Invalid(field, "This phone number is too short or too long.")
    return format_number(number, PhoneNumberFormat.E164)


@lru_cache(maxsize=8192)
def shown_phone(e164: str, country: str) -> str:
    """Return a stored number as people write it; national within `country`."""
    if not e164:
        return ""
    from phonenumbers import (
        NumberParseException,
        PhoneNumberFormat,
        country_code_for_region,
        format_number,
        parse,
    )

    try:
        number = parse(e164)
    except NumberParseException:
        return e164
    at_home = number.country_code == country_code_for_region(country)
    style = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return format_number(number, style)


def phone_writer(practice: Answer[Practice]) -> Callable[[str], str]:
    """Return `shown_phone` for the country of a practice that is being read."""
    return lambda e164: shown_phone(e164, practice.get().country)


def prepare() -> None:
    """Load what the world's phone numbers look like, before somebody waits for it."""
    calling_code("")


def calling_code(country: str) -> str:
    """Return what the country's numbers begin with ("49"), "" if not known."""
    from phonenumbers import country_code_for_region

    code = country_code_for_region(country)
    return str(code) if code else ""


def clean_email(text: str, field: str = "email") -> str:
    """Return one e-mail address with its domain in lower case; "" stays "".

    One plain address only: no display name, no list, no quoted part.
    """
    address = _visible(text, field, spaces=LINE_ENDS).strip()
    if not address:
        return ""
    _not_longer(address, LONGEST_EMAIL, field)
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise Invalid(field, "Type one e-mail address, such as name@example.org.")
    return f"{found[1]}@{found[2].lower()}"


def clean_language(text: str, field: str = "language") -> str:
    """Return the tag of a language ("de", "pt-BR"); "" stays "" (BCP 47)."""
    tag = _visible(text, field, spaces=LINE_ENDS).strip().replace("_", "-")
    if tag and (len(tag) > LONGEST_TAG or not _TAG.fullmatch(tag)):
        raise Invalid(field, "Type the short form of a language, such as de or en-GB.")
    first, *others = tag.split("-")
    return "-".join([first.lower(), *(_cased(part) for part in others)])


def clean_zone(text: str, field: str = "timezone") -> str:
    """Return the IANA name of a time zone ("Europe/Berlin"); "" stays ""."""
    name = _visible(text, field, spaces=LINE_ENDS).strip()
    known = {zone.lower(): zone for zone in available_timezones()}
    found = known.get(name.lower(), "")
    if name and not _ZONE.fullmatch(found):
        raise Invalid(field, "Type a time zone, such as Europe/Berlin.")
    return found


def clean_line(text: str, longest: int, field: str) -> str:
    """Return one line as it is stored; it may be empty."""
    line = " ".join(_visible(text, field, spaces=LINE_ENDS).split())
    return _not_longer(line, longest, field)


def clean_client(typed: NewClient, country: str) -> NewClient:
    """Return a new client's name, phone and e-mail as they are stored."""
    return NewClient(
        name=clean_name(typed.name),
        phone=clean_phone(typed.phone, country),
        email=clean_email(typed.email),
    )


def _cased(part: str) -> str:
    """Return a part of a language's tag as it is usually written: GB, Latn."""
    return part.upper() if len(part) == 2 else part.title()


def _parsed(typed: str, country: str, field: str) -> PhoneNumber:
    from phonenumbers import NumberParseException, parse

    if not _DIGITS_OF_PHONE.fullmatch(typed):
        raise Invalid(field, "A phone number has digits, spaces and + ( ) - / only.")
    try:
        return parse(typed, country or None)
    except NumberParseException as error:
        if error.error_type == NumberParseException.INVALID_COUNTRY_CODE:
            words = "Begin the phone number with a country code, such as +49."
        else:
            words = "This is not a phone number."
        raise Invalid(field, words) from None


def _visible(text: str, field: str, *, spaces: str, kept: str = "") -> str:
    """Return `text` in NFC without what cannot be seen; refuse control characters.

    Characters of `spaces` and every odd space become a space, those of `kept` stay.
    """
    if len(text) > LONGEST_TYPED:
        raise Invalid(field, "This is far too long.")
    if text.isascii() and text.isprintable():
        return text
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise Invalid(field, "This holds half a character. Type it again.")
    text = unicodedata.normalize("NFC", text)
    shown = [
        _shown(char, text[at - 1 : at], text[at + 1 : at + 2], field)
        if char not in kept and char not in spaces
        else (char if char in kept else " ")
        for at, char in enumerate(text)
    ]
    return unicodedata.normalize("NFC", "".join(shown))


def _shown(char: str, before: str, after: str, field: str) -> str:
    category = unicodedata.category(char)
    if category == "Zs" or char in BLANK_LETTERS:
        return " "
    if category == "Cf":
        # Joiners shape Persian and Indic names and hold emoji together; within
        # Latin letters they only make twins that look alike.
        return char if char in JOINERS and min(before, after) > "\u02ff" else ""
    if category == "Cc" or _is_no_character(char):
        raise Invalid(field, "This holds a character that cannot be shown.")
    return char


def _is_no_character(char: str) -> bool:
    code = ord(char)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def _not_longer(text: str, longest: int, field: str) -> str:
    if len(text) > longest:
        raise Invalid(field, f"This is longer than {longest} characters.")
    return text
