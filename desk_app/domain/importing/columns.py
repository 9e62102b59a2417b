"""What the columns of a file hold, by what they are called and by what stands in them.

The names are those of the programs that practices come from, in English, German,
French, Spanish, Italian and Dutch. A name decides before its content; what neither
tells is left to a person.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from desk_app.domain.spelling import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

# So much of a column must look alike for its content to tell what it is.
MOST_OF_IT = 0.8
LONGEST_NAME = 60
# Whatever is longer is a sentence, in which "mail" means nothing.
LONGEST_KEY = 30


class Subject(StrEnum):
    """What the rows of a file are."""

    CLIENTS = "CLIENTS"
    APPOINTMENTS = "APPOINTMENTS"


class Field(StrEnum):
    """What a column may hold."""

    IGNORED = "IGNORED"
    NAME = "NAME"
    FIRST_NAME = "FIRST_NAME"
    LAST_NAME = "LAST_NAME"
    PHONE = "PHONE"
    OTHER_PHONE = "OTHER_PHONE"
    EMAIL = "EMAIL"
    NOTES = "NOTES"
    LANGUAGE = "LANGUAGE"
    TIMEZONE = "TIMEZONE"
    CONSENT_EMAIL = "CONSENT_EMAIL"
    CONSENT_SMS = "CONSENT_SMS"
    DATE = "DATE"
    TIME = "TIME"
    END = "END"
    DURATION = "DURATION"
    PROVIDER = "PROVIDER"
    SERVICE = "SERVICE"
    STATUS = "STATUS"
    CANCELLED = "CANCELLED"
    MISSED = "MISSED"


_PERSON = (Field.NAME, Field.FIRST_NAME, Field.LAST_NAME, Field.PHONE, Field.EMAIL)
FIELDS: dict[Subject, tuple[Field, ...]] = {
    Subject.CLIENTS: (
        *(Field.IGNORED, *_PERSON, Field.OTHER_PHONE, Field.NOTES, Field.LANGUAGE),
        *(Field.TIMEZONE, Field.CONSENT_EMAIL, Field.CONSENT_SMS),
    ),
    Subject.APPOINTMENTS: (
        *(Field.IGNORED, Field.DATE, Field.TIME, Field.END, Field.DURATION),
        *(Field.PROVIDER, Field.SERVICE, Field.STATUS, Field.CANCELLED, Field.MISSED),
        *(*_PERSON, Field.NOTES),
    ),
}
# Several columns of these are read one after the other; of the others there is one.
MANY = frozenset({Field.IGNORED, Field.OTHER_PHONE, Field.NOTES})

_NAMES: dict[Field, str] = {
    Field.FIRST_NAME: (
        "first name|firstname|first|given name|forename|fname|vorname|rufname|prénom"
        "|nombre de pila|primer nombre|voornaam|patient first name|client first name"
        "|vorname des patienten|prénom du patient|attendee first name|name first"
    ),
    Field.LAST_NAME: (
        "last name|lastname|last|surname|family name|lname|nachname|familienname"
        "|zuname|nom de famille|apellido|apellidos|primer apellido|cognome|achternaam"
        "|patient last name|client last name|nom du patient|nom patient|name last"
    ),
    Field.NAME: (
        "name|full name|fullname|client|client name|clientname|patient|patient name"
        "|patientname|kunde|kundin|kundenname|klient|klientin|patientin|patientenname"
        "|nom complet|nom et prénom|nom prénom|nombre completo|nombre y apellidos"
        "|cliente|paciente|display name|contact name|attendee|attendee name|invitee"
        "|invitee name|customer|customer name|name des patienten|name vorname"
        "|nachname vorname|name und vorname|vor- und nachname|vorname nachname"
        "|nome e cognome|nome completo|nom du client|client full name|naam|patname"
        "|booked by|member|participant|teilnehmer"
    ),
    Field.PHONE: (
        "phone|phone number|telephone|telephone number|tel|tel.|tel nr|telnr|telefon"
        "|telefonnummer|rufnummer|fon|telefon 1|phone 1|primary phone|main phone"
        "|téléphone|numéro de téléphone|no de téléphone|teléfono|número de teléfono"
        "|telefono|telefoon|telefoonnummer|contact number|contact phone|phone no"
        "|patient phone|client phone|attendee phone|phone numbers|patient phone number"
        "|mobile|mobile phone|mobile number|mobile phone number|mobil|mobilnummer"
        "|mobiltelefon|mobilfunk|mobilfunknummer|handy|handynummer|handy nr|cell"
        "|cell phone|cellphone|cell number|wireless phone|wirelessphone|tel mobil"
        "|téléphone portable|portable|tél portable|gsm|móvil|celular|teléfono móvil"
        "|telefono móvil|cellulare|natel|sms number|smsphone|tél|tél."
        "|client mobile phone|patient mobile|telefon mobil|numéro de portable"
    ),
    Field.OTHER_PHONE: (
        "home phone|homephone|hmphone|home|work phone|workphone|wkphone|work|business"
        " phone|office phone|other phone|phone 2|telefon 2|alternate phone|telefon"
        " privat|telefon geschäftlich|telefon dienstlich|festnetz|festnetznummer"
        "|telefon festnetz|téléphone fixe|téléphone domicile|téléphone travail|fixe"
        "|teléfono fijo|teléfono de casa|teléfono trabajo|secondary phone|phone home"
        "|phone work|emergency phone|privat|dienstlich|geschäftlich"
    ),
    Field.EMAIL: (
        "email|e-mail|e mail|mail|email address|e-mail address|e-mail-adresse"
        "|emailadresse|mailadresse|courriel|adresse e-mail|adresse email|adresse mail"
        "|adresse électronique|correo|correo electrónico|email 1|e-post|indirizzo"
        " email|posta elettronica|e-mailadres|client email|patient email|attendee"
        " email|invitee email|customer email|primary email|mél"
    ),
    Field.NOTES: (
        "notes|note|comment|comments|remark|remarks|bemerkung|bemerkungen|notiz"
        "|notizen|kommentar|kommentare|anmerkung|anmerkungen|remarque|remarques"
        "|commentaire|commentaires|notas|nota|observaciones|comentarios|opmerkingen"
        "|client notes|patient notes|appointment notes|patnote|description|beschreibung"
        "|additional notes|medical notes|warnung|hinweis|hinweise|appointment note"
    ),
    Field.LANGUAGE: (
        "language|preferred language|sprache|langue|idioma|lingua|taal|korrespondenz"
        "sprache"
    ),
    Field.TIMEZONE: "time zone|timezone|zeitzone|fuseau horaire|zona horaria",
    Field.CONSENT_EMAIL: (
        "email consent|email opt in|email opt-in|email reminders|e-mail erlaubt"
        "|e-mail einwilligung|receives email|send email reminders"
    ),
    Field.CONSENT_SMS: (
        "sms consent|sms opt in|sms opt-in|sms reminders|sms erlaubt|sms einwilligung"
        "|text reminders|receives sms|send sms reminders|texting|text ok|txtmsgok"
    ),
    Field.DATE: (
        "date|appointment date|appt date|apptdate|date of appointment|datum|termin"
        "|termindatum|tag|fecha|fecha de la cita|fecha cita|date du rendez-vous|date"
        " rdv|jour|día|data|start date|startdatum|date de début|fecha de inicio|visit"
        " date|date of service|service date|booking date|session date|start date time"
        "|start date & time|date time|datetime|date/time|date and time|datum uhrzeit"
        "|datum/uhrzeit|date et heure|fecha y hora|aptdatetime|appointment date time"
        "|starts at|start at|starts|start|begin|beginn|beginnt|début|inicio|startzeit"
        "punkt|appointment start|startet|terminbeginn|dtstart|start datetime|datum tijd"
    ),
    Field.TIME: (
        "time|start time|starttime|appointment time|appt time|uhrzeit|zeit|startzeit"
        "|anfangszeit|beginnzeit|von|from|heure|heure de début|heure du rendez-vous"
        "|hora|hora de inicio|hora inicio|tijd|starttijd|ora|begin time|um"
    ),
    Field.END: (
        "end|end time|endtime|ends|ends at|end at|end date|ende|endet|endzeit|bis|to"
        "|until|fin|heure de fin|hora de fin|hora fin|fecha fin|appointment end"
        "|terminende|end date time|end date & time|eind|eindtijd|dtend|end datetime"
    ),
    Field.DURATION: (
        "duration|length|minutes|mins|duration minutes|duration in minutes|dauer|dauer"
        " in minuten|dauer min|minuten|durée|durée minutes|duración|durata|duur|appt"
        " length|appointment length|session length|event length|duration min"
    ),
    Field.PROVIDER: (
        "provider|practitioner|practitioner name|doctor|dr|arzt|ärztin|behandler"
        "|behandlerin|therapeut|therapeutin|therapist|clinician|clinician name|staff"
        "|staff member|staff name|staff member name|employee|mitarbeiter|mitarbeiterin"
        "|host|praticien"
        "|médecin|docteur|intervenant|profesional|médico|doctora|calendar|kalender"
        "|resource|ressource|organizer|team member|provider name|behandelnde person"
        "|trainer|coach|berater|beraterin|consultant|thérapeute|terapeuta|seen by|prov"
        "|rendering provider|hosts|behandelaar|provabbr|zuständig|personal"
    ),
    Field.SERVICE: (
        "service|service name|treatment|treatment name|appointment type|appt type|type"
        "|event type|event|procedure|procedures|procdescript|leistung|leistungsart"
        "|behandlung|behandlungsart|terminart|termintyp|prestation|acte|motif|motif de"
        " consultation|type de rendez-vous|soin|servicio|tratamiento|tipo de cita"
        "|event name|item|apptype|session type|appointment|aptype|visit type|title"
        "|summary|art|besuchsgrund|grund|reason|reason for visit|behandeling|kurs"
        "|appointment type name|services|event type name"
    ),
    Field.STATUS: (
        "status|appointment status|appt status|aptstatus|state|terminstatus|statut|état"
        "|estado|stato|attendance|attendance status|arrival status|booking status"
        "|confirmation status|zustand|estado de la cita"
    ),
    Field.CANCELLED: (
        "canceled|cancelled|is cancelled|canceled at|cancelled at|cancelled on"
        "|cancellation date|cancellation time|storniert|storniert am|abgesagt"
        "|abgesagt am|annulé|annulé le|cancelada|cancelado|cancelada el"
    ),
    Field.MISSED: (
        "did not arrive|did not attend|no show|missed|dna|nicht erschienen|absence"
        "|no asistió"
    ),
}
# Of several phones, whichever is carried about comes first.
_CARRIED = re.compile(
    r"mobil|handy|cell|wireless|portable|gsm|movil|celular|cellulare|natel|sms"
)
_RUNG = re.compile(r"phone(?!tic)|telefon|handy|mobil")
# Columns beside a phone or an address that say something about it.
_ABOUT_IT = re.compile(r"type|label|typ|note|ext|consent|optin|remind|mailing|carrier")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
_PHONE = re.compile(r"['=\"]*\+?[\d(][\d\s()/.\-–]{5,24}\d\"?")
_DAY = re.compile(
    r"([^\W\d]{2,10}\.?,? )?(\d{1,4}[./-]\d{1,2}[./-]\d{1,4}([T ,].*)?"
    r"|\d{1,2}\.? [^\W\d]{3,10}\.?,? \d{4}.*|[^\W\d]{3,10}\.? \d{1,2},? \d{4}.*)"
)
_CLOCK = re.compile(r"\d{1,2}([:.h]\d{2})+( ?[ap]\.?m\.?)?( Uhr)?", re.IGNORECASE)
_WITH_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}(?!\.)")
_FULL_NAME = re.compile(r"[^\W\d_][^\d@]*[ ,][^\d@]*[^\W\d_]\.?")


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    """Return the name of a column without what differs from program to program."""
    return re.sub(r"[\W_]+", "", plain(name[:LONGEST_NAME]))


_BY_KEY: dict[str, Field] = {
    _key(name): field for field, names in _NAMES.items() for name in names.split("|")
}


def named_field(name: str) -> Field | None:
    """Return what a column of this name holds, None where the name is not known."""
    key = _key(name)
    if key in _BY_KEY or "@" in name or len(key) > LONGEST_KEY:
        return _BY_KEY.get(key)
    # "Phone (mobile)", "E-Mail 1 - Value", "Client: Name".
    if _ABOUT_IT.search(key):
        return None
    if "mail" in key:
        return Field.EMAIL
    return Field.PHONE if _RUNG.search(key) else None


def known_names(cells: Iterable[str]) -> int:
    """Return how many cells of a row are names of columns."""
    return sum(1 for cell in cells if cell and named_field(cell) is not None)


def recognise(
    names: Sequence[str], columns: Sequence[Sequence[str]], subject: Subject
) -> tuple[Field, ...]:
    """Return what each column holds.

    `columns` are some of the values of each, without blanks. IGNORED is what nobody
    recognises, and what rows of this subject have no place for.
    """
    allowed = FIELDS[subject]
    found = [named_field(name) or Field.IGNORED for name in names]
    _settle_names(names, found)
    for at, values in enumerate(columns):
        found[at] = _corrected(found[at], values)
        if found[at] is Field.IGNORED and _key(names[at]) not in _BY_KEY:
            found[at] = _by_content(values, found)
    _keep_one_phone(names, found)
    _keep_whole_day(columns, found)
    return _once_each(found, allowed)


def _settle_names(names: Sequence[str], found: list[Field]) -> None:
    """Read "Nom" and "Prénom", or "Name" and "Vorname", as last and first name."""
    keys = [_key(name) for name in names]
    firsts = {"prenom", "vorname", "nome", "voornaam", "nombre"}
    for at, key in enumerate(keys):
        if key in {"nom", "name", "naam"} and firsts & set(keys) - {key}:
            found[at] = Field.LAST_NAME
        elif key in {"nom"}:
            found[at] = Field.NAME
        elif key in {"nombre", "nome"}:
            has_last = Field.LAST_NAME in found
            found[at] = Field.FIRST_NAME if has_last else Field.NAME


def _corrected(field: Field, values: Sequence[str]) -> Field:
    """Tell a day from a time of day, "Home" as a phone from "Home" as an address."""
    if field is Field.DATE and _share(values, _CLOCK.fullmatch) >= MOST_OF_IT:
        return Field.TIME
    if field is Field.TIME and _share(values, _DAY.fullmatch) >= MOST_OF_IT:
        return Field.DATE
    is_other = field is Field.OTHER_PHONE and bool(values)
    if is_other and _share(values, _PHONE.fullmatch) < 1 - MOST_OF_IT:
        return Field.IGNORED
    return field


def _by_content(values: Sequence[str], found: Sequence[Field]) -> Field:
    """Return what a column without a name we know seems to hold."""
    tests: Mapping[Field, Callable[[str], object]] = {
        Field.EMAIL: _EMAIL.fullmatch,
        Field.DATE: _DAY.fullmatch,
        Field.TIME: _CLOCK.fullmatch,
        Field.PHONE: _PHONE.fullmatch,
        Field.NAME: _FULL_NAME.fullmatch,
    }
    if any(each in found for each in (Field.NAME, Field.FIRST_NAME, Field.LAST_NAME)):
        tests = {field: test for field, test in tests.items() if field != Field.NAME}
    for field, test in tests.items():
        if _share(values, test) >= MOST_OF_IT:
            # A second column of days is none of phones, though digits and dashes are.
            return Field.IGNORED if field in found else field
    return Field.IGNORED


def _share(values: Sequence[str], test: Callable[[str], object]) -> float:
    if not values:
        return 0.0
    return sum(1 for value in values if test(value)) / len(values)


def _keep_one_phone(names: Sequence[str], found: list[Field]) -> None:
    """Let one phone be the one that is rung: the mobile, else the first."""
    phones = [at for at, field in enumerate(found) if field is Field.PHONE]
    others = [at for at, field in enumerate(found) if field is Field.OTHER_PHONE]
    carried = [at for at in phones if _CARRIED.search(_key(names[at]))]
    for at in phones:
        found[at] = Field.OTHER_PHONE
    for at in (carried or phones or others)[:1]:
        found[at] = Field.PHONE


def _keep_whole_day(columns: Sequence[Sequence[str]], found: list[Field]) -> None:
    """Of several days keep the one with a time of day, else the first."""
    days = [at for at, field in enumerate(found) if field is Field.DATE]
    whole = [at for at in days if _share(columns[at], _WITH_CLOCK.search) >= MOST_OF_IT]
    for at in days:
        if at != (whole or days)[0]:
            found[at] = Field.IGNORED


def _once_each(found: Sequence[Field], allowed: Sequence[Field]) -> tuple[Field, ...]:
    """Keep what rows of this subject have a place for, and one column of each."""
    kept: list[Field] = []
    for field in found:
        is_second = field in kept and field not in MANY
        is_kept = field in allowed and not is_second
        kept.append(field if is_kept else Field.IGNORED)
    return tuple(kept)
