"""Finding clients while somebody types, and reading one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk_app.db.folding import fold
from desk_app.db.queries import people, staff
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.db.queries.practice import practice
from desk_app.domain.spelling import best_of, words_of
from desk_app.domain.staff import Role
from desk_app.errors import NotFound
from desk_app.services.contact import calling_code, phone_writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy.orm import Session

    from desk_app.db.queries.pipeline import Query
    from desk_app.db.session import Sessions
    from desk_app.domain.people import Client
    from desk_app.domain.read_back import Speech

# Who types more than this has pasted something else.
LONGEST_SEARCH = 200
MOST_WORDS = 8
# Three letters make a trigram; with fewer the index cannot look within words.
SHORTEST_PART = 3
# So many names with the same first letters are compared for a slip.
MOST_ALIKE = 500

_OF_A_NUMBER = re.compile(r"[+(]?[\d()+/.\-]*\d[\d()+/.\-]*")
_TRUNK_ZERO = re.compile(r"\(0\)")
_NO_DIGIT = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed, folded: all of it, its words, and the digits of a number.

    `number` begins with "+" if it has a country code, and has no leading zeros.
    """

    start: str
    words: tuple[str, ...]
    number: str


class Clients:
    """The clients of the practice."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def find(self, text: str, limit: int = 20) -> tuple[Client, ...]:
        """Return active clients who fit what was typed so far, the best first.

        First come those whose name starts with the text, then those where each word
        starts a word of name or e-mail, then those where each word is any part of
        name, e-mail or phone. Digits in any format find a phone number. Case and
        accents do not count. Nothing typed finds nobody.
        """
        typed = _read(text)
        if not typed.start:
            return ()
        with self._sessions.begin() as session:
            return _found(session, typed, limit)

    def get(self, client_id: int) -> Client:
        """Return one client, active or not; raises NotFound."""
        with self._sessions.begin() as session:
            with pipeline(session) as together:
                show = phone_writer(together.ask(practice()))
                answer = together.ask(people.client(client_id, show))
            client = answer.get()
        if client is None:
            raise NotFound
        return client

    def alike(self, text: str, limit: int = 3) -> tuple[Client, ...]:
        """Return active clients whose name is spelled nearly so, the nearest first.

        For who was not found: the first three letters of a word must be right.
        """
        words = [word for word in _read(text).words if len(word) > SHORTEST_PART]
        with self._sessions.begin() as session:
            search, _ = _begin(session, MOST_ALIKE)
            near: dict[int, tuple[float, Client]] = {}
            for word in words:
                start = f" {word[:SHORTEST_PART]}"
                for client in ask(session, search.with_parts([start])):
                    rate = _likeness(words, client.name)
                    near.setdefault(client.client_id, (rate, client))
        found = sorted(near.values(), key=lambda one: (-one[0], one[1].name))
        return tuple(client for rate, client in found if rate)[:limit]

    def speech(self, client_id: int) -> Speech:
        """Return how a client is spoken to; raises NotFound."""
        with self._sessions.begin() as session:
            speech = ask(session, people.speech(client_id))
        if speech is None:
            raise NotFound
        return speech


def _found(session: Session, typed: _Typed, limit: int) -> tuple[Client, ...]:
    """Look three times at most, less strictly each time, until enough are found."""
    search, country = _begin(session, limit)
    best = ask(session, search.starting(typed.start))
    found = {client.client_id: client for client in best}
    for parts in _ways(typed, country):
        if len(found) >= limit:
            break
        for client in ask(session, search.with_parts(parts)):
            found.setdefault(client.client_id, client)
    return tuple(found.values())[:limit]


def _begin(session: Session, limit: int) -> tuple[_Search, str]:
    """Return how this person searches, and the country of the practice."""
    with pipeline(session) as together:
        said = together.ask(practice())
        me = together.ask(staff.me())
        together.ask(people.by_index())
    is_of_mine = me.get().role is Role.PROVIDER
    return _Search(limit, phone_writer(said), is_of_mine), said.get().country


def _likeness(words: Sequence[str], name: str) -> float:
    """Return how well all words fit those of a name, 0 where one does not at all."""
    rates = [best_of(word, words_of(name)) for word in words]
    return sum(rates) if all(rates) else 0.0


@dataclass(frozen=True, slots=True)
class _Search:
    """How to ask for clients: `is_of_mine` for a provider, who sees their own."""

    limit: int
    show: Callable[[str], str]
    is_of_mine: bool

    def starting(self, text: str) -> Query[tuple[Client, ...]]:
        if self.is_of_mine:
            pattern = people.starting_with(text)
            return people.my_clients_like([pattern], self.limit, self.show)
        return people.clients_starting(text, self.limit, self.show)

    def with_parts(self, parts: Sequence[str]) -> Query[tuple[Client, ...]]:
        if self.is_of_mine:
            patterns = [people.containing(part) for part in parts]
            return people.my_clients_like(patterns, self.limit, self.show)
        return people.clients_with(parts, self.limit, self.show)


def _ways(typed: _Typed, country: str) -> Iterator[list[str]]:
    """Yield what to look for: starts of words, then any parts of them."""
    number = typed.number
    if number:
        code = "" if number.startswith("+") else f"+{calling_code(country)}"
        yield [*(f" {word}" for word in typed.words), f" {code}{number}"]
    elif any(map(_says_something, typed.words)):
        yield [f" {word}" for word in typed.words]
    parts = [*typed.words, *([number] if number else [])]
    if max(map(len, parts)) >= SHORTEST_PART:
        yield parts


def _says_something(word: str) -> bool:
    """Tell words from one or two digits, with which every number here begins."""
    return len(word) >= SHORTEST_PART or not word.isdecimal()


def _read(text: str) -> _Typed:
    """Take what was typed apart; whatever it is, it can be searched for."""
    shown = unicodedata.normalize("NFC", text[:LONGEST_SEARCH])
    tokens = "".join(map(_searchable, shown)).split()[:MOST_WORDS]
    of_number = [token for token in tokens if _OF_A_NUMBER.fullmatch(token)]
    number = _number("".join(of_number))
    others = [token for token in tokens if token not in of_number or not number]
    words = tuple(word for token in others for word in fold(token).split())
    start = fold(" ".join(tokens)).strip()
    return _Typed(start if words or number else "", words, number)


def _searchable(char: str) -> str:
    if unicodedata.category(char) in {"Cc", "Zs", "Zl", "Zp"}:
        return " "
    return "" if unicodedata.category(char) in {"Cf", "Cs"} else char


def _number(typed: str) -> str:
    """Return the digits as a stored number has them, "" if they are too few."""
    digits = _NO_DIGIT.sub("", _TRUNK_ZERO.sub("", typed))
    if typed.startswith("+"):
        number = f"+{digits}"
    elif digits.startswith("00"):
        number = f"+{digits[2:]}"
    else:
        # The zero before an area code is not stored.
        number = digits.lstrip("0") if len(digits.lstrip("0")) > 2 else digits
    return number if len(number) >= SHORTEST_PART else ""
