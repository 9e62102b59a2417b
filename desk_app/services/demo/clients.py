"""The demo's clients: names of many languages, numbers that reach nobody."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

from desk_app.db.folding import fold
from desk_app.domain.appointment import Status
from desk_app.domain.people import Client

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from random import Random

    from desk_app.services.demo.visits import Visit
    from desk_app.services.demo.words import ClientWords

Person: TypeAlias = tuple[str, str]
"""A name and a language."""

HAS_EMAIL = 0.85
HAS_NOTE = 0.09
UNRELIABLE = 9
FLAGGED_FROM = 2
USUAL, LONG = "de", 30
LOCKED_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Known:
    """A client, the language they speak, and whether they tend to stay away."""

    client: Client
    language: str
    is_unreliable: bool = False


def make(words: ClientWords, random: Random) -> tuple[Known, ...]:
    """Return all clients, ids from 1, each with a phone number of their own."""
    people = _people(words, random)
    phones = _phones(words, random)
    _enter_one_twice(people, phones)
    unreliable = random.sample(range(words.count), UNRELIABLE)
    return tuple(
        Known(
            Client(
                client_id=place + 1,
                name=name,
                phone=phones[place],
                email=_email(name, place + 1) if random.random() < HAS_EMAIL else "",
                notes=random.choice(words.notes) if random.random() < HAS_NOTE else "",
            ),
            language,
            place in unreliable,
        )
        for place, (name, language) in enumerate(people)
    )


def with_no_shows(known: Iterable[Known], visits: Iterable[Visit]) -> tuple[Known, ...]:
    """Return the clients with the visits they missed; who missed two is flagged.

    Flagged ones cannot book for the same day until a month after the last time.
    """
    missed: dict[int, list[datetime]] = defaultdict(list)
    for visit in visits:
        if visit.appointment.status is Status.NO_SHOW:
            missed[visit.appointment.client_id].append(visit.appointment.start)
    return tuple(_after(each, missed[each.client.client_id]) for each in known)


def _after(known: Known, missed: list[datetime]) -> Known:
    flagged = len(missed) >= FLAGGED_FROM
    client = replace(
        known.client,
        no_show_count=len(missed),
        no_show_flag=flagged,
        locked_out_until=max(missed) + LOCKED_FOR if flagged else None,
    )
    return replace(known, client=client)


def _people(words: ClientWords, random: Random) -> list[Person]:
    """Return as many different people as there are clients, in no order."""
    people = dict(words.special)
    weights = [names.weight for names in words.names]
    while len(people) < words.count:
        names = random.choices(words.names, weights)[0]
        parts = random.choice(names.given), random.choice(names.family)
        name = " ".join(reversed(parts) if names.family_first else parts)
        people.setdefault(name, names.language)
    shuffled = list(people.items())
    random.shuffle(shuffled)
    return shuffled


def _phones(words: ClientWords, random: Random) -> list[str]:
    """Return a different number for each client."""
    phones: set[str] = set()
    weights = [each.weight for each in words.phones]
    while len(phones) < words.count:
        kind = random.choices(words.phones, weights)[0]
        phones.add(f"{kind.start}{random.randrange(10**kind.digits):0{kind.digits}}")
    # A set of strings has another order in each process.
    return random.sample(sorted(phones), words.count)


def _enter_one_twice(people: list[Person], phones: list[str]) -> None:
    """Let somebody be there twice: without accents, and with a digit misheard."""
    names = {name for name, _ in people}
    first = next(
        place
        for place, (name, language) in enumerate(people)
        if language == USUAL and _plain(name).isascii() and _plain(name) not in names
    )
    again = max(place for place, one in enumerate(people) if _is_plain(one))
    people[again] = _plain(people[first][0]), USUAL
    near = (f"{phones[first][:-1]}{digit}" for digit in range(10))
    phones[again] = next(number for number in near if number not in phones)


def _plain(name: str) -> str:
    """Return a name without accents."""
    letters = unicodedata.normalize("NFD", name)
    return "".join(each for each in letters if not unicodedata.combining(each))


def _is_plain(person: Person) -> bool:
    """Say whether a name shows nothing that another should know."""
    name, language = person
    return language == USUAL and name.isascii() and len(name) < LONG


def _email(name: str, client_id: int) -> str:
    """Return an address made from the letters of a name that e-mail knows."""
    letters = ".".join(re.findall(r"[a-z]+", fold(name)))[:40].strip(".")
    return f"{letters or 'client'}.{client_id}@example.org"
