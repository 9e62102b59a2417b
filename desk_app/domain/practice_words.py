"""Providers and services as people name them: by title, start, or some letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk_app.domain.phrase import Phrase
from desk_app.domain.spelling import (
    BEGUN,
    BEGUN_SLIP,
    EXACT,
    SLIP,
    best_of,
    fit,
    initials,
    is_strung_from,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from desk_app.domain.people import Provider, Service

_TITLES = {
    *("dr", "doc", "doctor", "doktor", "prof", "professor"),
    *("mr", "mrs", "ms", "miss", "frau", "herr", "herrn", "hr"),
}
_WITH = {"with", "bei", "mit", "w/"}
_MOST_NAMES, _MOST_SERVICE_WORDS = 2, 4

# By how a word of a name fits. A first name is a client's as easily as a provider's.
_SURNAME = {EXACT: 0.9, BEGUN: 0.64, SLIP: 0.6, BEGUN_SLIP: 0.52, 0.0: 0.0}
_FIRST_NAME = {EXACT: 0.7, BEGUN: 0.45, SLIP: 0.42, BEGUN_SLIP: 0.4, 0.0: 0.0}
_SERVICE = {EXACT: 0.95, BEGUN: 0.78, SLIP: 0.7, BEGUN_SLIP: 0.62, 0.0: 0.0}
_TWO_LETTERS, _INITIALS, _STRUNG = 0.45, 0.5, 0.48


@dataclass(frozen=True, slots=True)
class Ids:
    """The providers, or the services, that a name may mean."""

    ids: tuple[int, ...]


def providers(words: Sequence[str], known: Iterable[Provider]) -> Iterator[Phrase[Ids]]:
    """Yield whom the first of `words` may name: "dr b", "weber", "with kofi"."""
    lead = 0
    while lead < len(words) and words[lead] in _WITH:
        lead += 1
    titles = lead
    while titles < len(words) and words[titles].rstrip(".") in _TITLES:
        titles += 1
    people = [(one.provider_id, words_of(one.name)) for one in known]
    for count in range(1, _MOST_NAMES + 1):
        names = [word.strip(".") for word in words[titles : titles + count]]
        if len(names) < count:
            return
        rated = [
            (_rate_person(names, name, is_called=titles > 0), number)
            for number, name in people
        ]
        yield from _best(rated, titles + count)


def services(words: Sequence[str], known: Iterable[Service]) -> Iterator[Phrase[Ids]]:
    """Yield what the first of `words` may name: "follow-up", "fup", "video cons"."""
    offered = [(one.service_id, one.name) for one in known if one.is_active]
    for count in range(1, min(_MOST_SERVICE_WORDS, len(words)) + 1):
        typed = [part for word in words[:count] for part in words_of(word)]
        if not typed:
            return
        rates = {name: _rate_service(typed, name) for _, name in offered}
        yield from _best([(rates[name], number) for number, name in offered], count)


def _best(rated: Iterable[tuple[float, int]], words: int) -> Iterator[Phrase[Ids]]:
    rated = list(rated)
    top = max((rate for rate, _ in rated), default=0.0)
    if top > 0:
        ids = tuple(number for rate, number in rated if rate > top - 0.001)
        yield Phrase(words, Ids(ids), min(top, 1.0))


def _rate_person(
    typed: Sequence[str], name: tuple[str, ...], *, is_called: bool
) -> float:
    """Say how well words name a person; `is_called` follows "Dr" or "with"."""
    if not all(typed) or not name:
        return 0.0
    names = [word for word in name if word not in _TITLES] or list(name)
    if is_called:
        return _rate_called(typed, names, name)
    if len(typed) > 1 and min(map(len, typed)) < 2:
        return 0.0
    rates = [
        max(_SURNAME[fit(word, names[-1])], _FIRST_NAME[best_of(word, tuple(names))])
        for word in typed
    ]
    if not all(rates):
        return 0.0
    together = 0.1 if len(rates) > 1 else 0.0
    return sum(rates) / len(rates) + together


def _rate_called(
    typed: Sequence[str], names: Sequence[str], name: tuple[str, ...]
) -> float:
    if not all(best_of(word, tuple(names), 1) for word in typed):
        return 0.0
    is_surname = any(fit(word, names[-1], 1) for word in typed)
    has_title = len(names) < len(name)
    return 0.8 + 0.1 * is_surname + 0.1 * has_title


def _rate_service(typed: Sequence[str], name: str) -> float:
    words = list(words_of(name))
    if not words:
        return 0.0
    covers = 0.04 * min(1.0, len(typed) / len(words))
    rates = [_rate_word(word, words) for word in typed]
    if all(rates):
        return sum(rates) / len(rates) + covers
    if len(typed) > 1:
        return 0.0
    (letters,) = typed
    whole = fit(letters, "".join(words))
    if whole:
        return _SERVICE[whole] + covers
    if len(letters) > 1 and letters == initials(name):
        return _INITIALS
    is_strung = len(letters) > 2 and is_strung_from(letters, name)
    return _STRUNG if is_strung else 0.0


def _rate_word(typed: str, words: list[str]) -> float:
    """Rate the word that fits best, and use it up."""
    fits, place = max((fit(typed, word, 2), -place) for place, word in enumerate(words))
    if not fits:
        return 0.0
    word = words[-place]
    words[-place] = ""
    if fits == BEGUN and len(typed) < 3 and typed != word:
        return _TWO_LETTERS
    return _SERVICE[fits]
