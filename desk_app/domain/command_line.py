"""A booking in one line: which words are the day, the time, the service, the client.

Parts come in any order. Each word is taken for what most speaks for, all of them
together; what nothing speaks for is marked, never dropped. A client is not known here,
so whatever is no other part is searched for as one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from desk_app.domain import day_words, practice_words, time_words
from desk_app.domain.phrase import LONGEST
from desk_app.domain.spelling import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from desk_app.domain.day_words import Calendar, DayWish
    from desk_app.domain.people import Provider, Service
    from desk_app.domain.phrase import Phrase
    from desk_app.domain.time_words import TimeWish

LONGEST_LINE, MOST_WORDS = 400, 24
MOST_READINGS = 3
SHORTEST_PHONE, WHOLE_PHONE, LONGEST_PHONE = 6, 9, 15
# So many meanings of one kind are weighed; others have next to nothing for them.
MOST_OF_A_KIND = 4

# What speaks for a word being the client's: each line needs one.
FIRST_NAME, OTHER_NAME, NUMBER, NOT_UNDERSTOOD = 0.95, 0.5, 0.45, -0.3
FITS_TOGETHER, FITS_NOT = 0.12, -0.3
# Readings that are further behind the best are not worth a search.
WORTH_A_LOOK = 1.0

_WORD = re.compile(r"\+(?=[^\W\d_])|\S+")
_LETTER = re.compile(r"[^\W\d_]")
_OF_A_NUMBER = re.compile(r"[+(]?[\d()/\-]*\d[\d()/\-]*")
_NEW = {"+", "new", "neu", "neue", "neuer"}
_SMALL = {"for", "fur", "fuer", "please", "bitte", "book", "termin", "-", "–", ",", "·"}


class Kind(StrEnum):
    """What a part of the line was taken for; NOTHING is blank or a small word."""

    DAY = "day"
    TIME = "time"
    SERVICE = "service"
    PROVIDER = "provider"
    CLIENT = "client"
    NEW = "new"
    UNKNOWN = "unknown"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Span:
    """The letters `[start, end)` of the line and what they were taken for."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Known:
    """What a line is read with; `provider_id` is chosen in the schedule."""

    calendar: Calendar
    providers: tuple[Provider, ...] = ()
    services: tuple[Service, ...] = ()
    provider_id: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A line as it was understood. `spans` cover `text` without a gap.

    `provider_ids` and `service_ids` are all that are meant, none where none is named.
    `client` is what to search for; with `is_new` what to call somebody new.
    """

    text: str
    spans: tuple[Span, ...] = ()
    day: DayWish | None = None
    time: TimeWish | None = None
    provider_ids: tuple[int, ...] = ()
    service_ids: tuple[int, ...] = ()
    client: str = ""
    is_new: bool = False

    @property
    def not_understood(self) -> tuple[str, ...]:
        """The words nothing was made of."""
        return tuple(
            self.text[span.start : span.end]
            for span in self.spans
            if span.kind is Kind.UNKNOWN
        )


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the line: where it stands, as typed, and in plain letters."""

    start: int
    end: int
    typed: str
    plain: str

    @property
    def has_letters(self) -> bool:
        return _LETTER.search(self.typed) is not None or "@" in self.typed

    @property
    def digits(self) -> int:
        """How many digits it brings to a phone number, 0 if it is part of none."""
        if not _OF_A_NUMBER.fullmatch(self.typed):
            return 0
        return sum(char.isdigit() for char in self.typed)


@dataclass(frozen=True, slots=True)
class _Part:
    """Some words taken for something; `words` has a bit for each of them."""

    kind: Kind
    words: int
    meaning: Any
    weight: float


@dataclass(frozen=True, slots=True)
class _Choice:
    """Parts that stand side by side, and what speaks for all of them together."""

    parts: tuple[_Part, ...]
    weight: float


def read(text: str, known: Known) -> Reading:
    """Return the line as it is most likely meant; whatever it is, it is read."""
    return readings(text, known)[0]


def readings(text: str, known: Known) -> tuple[Reading, ...]:
    """Return what a line may mean, the likeliest first.

    The others search for another client: who is found decides between them.
    """
    words = _words(text)
    kinds = _kinds(words, known)
    choices = sorted(
        _choices(words, kinds, known), key=lambda choice: choice.weight, reverse=True
    )
    found: dict[tuple[str, bool], Reading] = {}
    for choice in choices:
        if found and choice.weight < choices[0].weight - WORTH_A_LOOK:
            break
        reading = _reading(text, words, choice, known)
        if not found or reading.client:
            found.setdefault((reading.client, reading.is_new), reading)
        if len(found) == MOST_READINGS:
            break
    return tuple(found.values())


def _words(text: str) -> list[_Word]:
    found = []
    for match in _WORD.finditer(text[:LONGEST_LINE]):
        typed = match[0].rstrip(",;") or match[0]
        folded = plain(typed) or typed
        found.append(_Word(match.start(), match.end(), typed, folded))
    return found[:MOST_WORDS]


# -- what each word may be


def _kinds(words: Sequence[_Word], known: Known) -> list[list[_Part]]:
    """Return the parts there may be, kind by kind, the weightiest first."""
    by_kind: dict[Kind, list[_Part]] = {}
    for place in range(len(words)):
        for part in _parts_at(words, place, known):
            by_kind.setdefault(part.kind, []).append(part)
    if numbers := list(_numbers(words)):
        by_kind[Kind.CLIENT] = numbers
    return [
        sorted(parts, key=lambda part: -part.weight)[:MOST_OF_A_KIND]
        for parts in by_kind.values()
    ]


def _parts_at(words: Sequence[_Word], place: int, known: Known) -> Iterator[_Part]:
    here = [word.plain for word in words[place : place + LONGEST]]
    if here[0] in _NEW:
        yield _Part(Kind.NEW, 1 << place, None, 1.2)
    for kind, phrases in (
        (Kind.DAY, day_words.days(here, known.calendar)),
        (Kind.TIME, time_words.times(here)),
        (Kind.PROVIDER, practice_words.providers(here, known.providers)),
        (Kind.SERVICE, practice_words.services(here, known.services)),
    ):
        yield from _heaviest(kind, place, phrases)


def _heaviest(
    kind: Kind, place: int, phrases: Iterable[Phrase[Any]]
) -> Iterator[_Part]:
    """Keep the best meaning for each number of words."""
    best: dict[int, Phrase[Any]] = {}
    for phrase in phrases:
        if phrase.words not in best or phrase.quality > best[phrase.words].quality:
            best[phrase.words] = phrase
    for count, phrase in best.items():
        bits = ((1 << count) - 1) << place
        yield _Part(kind, bits, phrase.meaning, phrase.quality * count)


def _numbers(words: Sequence[_Word]) -> Iterator[_Part]:
    """Yield runs of digits that are long enough for a phone number."""
    for place in range(len(words)):
        if place and _may_be_phone(words[place - 1]):
            continue
        bits = digits = 0
        for following in range(place, len(words)):
            if not _may_be_phone(words[following]):
                break
            bits, digits = bits | 1 << following, digits + words[following].digits
            if SHORTEST_PHONE <= digits <= LONGEST_PHONE:
                # What follows a whole number is a time rather than more of it.
                sure = 1.0 if digits >= WHOLE_PHONE else 0.85
                weight = sure * (1 + 0.85 * (following - place))
                yield _Part(Kind.CLIENT, bits, None, weight)


def _may_be_phone(word: _Word) -> bool:
    is_date = word.typed.count("/") == 2 or word.typed.count("-") == 2
    return word.digits > 0 and (not is_date or word.digits > 8)


# -- what they are together


def _choices(
    words: Sequence[_Word], kinds: Sequence[Sequence[_Part]], known: Known
) -> Iterator[_Choice]:
    yield from (
        _Choice(parts, _weigh(words, parts, known)) for parts in _side_by_side(kinds, 0)
    )


def _side_by_side(
    kinds: Sequence[Sequence[_Part]], taken: int
) -> Iterator[tuple[_Part, ...]]:
    """Yield every choice of at most one part of a kind without a word in two."""
    if not kinds:
        yield ()
        return
    yield from _side_by_side(kinds[1:], taken)
    for part in kinds[0]:
        if not part.words & taken:
            for others in _side_by_side(kinds[1:], taken | part.words):
                yield (part, *others)


def _weigh(words: Sequence[_Word], parts: Sequence[_Part], known: Known) -> float:
    weight = sum(part.weight for part in parts)
    has_client = any(part.kind is Kind.CLIENT for part in parts)
    for word in _left(words, parts):
        if _is_of_client(word):
            name = OTHER_NAME if has_client else FIRST_NAME
            weight += name if word.has_letters else NUMBER
            has_client = True
        elif word.plain not in _SMALL:
            weight += NOT_UNDERSTOOD
    return weight + _together(parts, known)


def _together(parts: Sequence[_Part], known: Known) -> float:
    """Say what it means that the service is one of the provider's, or is not."""
    chosen = {part.kind: part.meaning for part in parts}
    service, provider = chosen.get(Kind.SERVICE), chosen.get(Kind.PROVIDER)
    if service is None:
        return 0.0
    who = provider.ids if provider else (known.provider_id,)
    offers = any(
        one.service_id in service.ids and one.provider_id in who
        for one in known.services
    )
    if offers:
        return FITS_TOGETHER
    return FITS_NOT if provider else 0.0


def _left(words: Sequence[_Word], parts: Sequence[_Part]) -> list[_Word]:
    taken = 0
    for part in parts:
        taken |= part.words
    return [word for place, word in enumerate(words) if not taken >> place & 1]


def _is_of_client(word: _Word) -> bool:
    if word.plain in _SMALL:
        return False
    # "12/40" was meant to be a day.
    is_number = word.typed.isdigit() or word.typed.startswith("+") or word.digits > 4
    return word.has_letters or (is_number and word.digits > 2)


# -- the reading


def _reading(
    text: str, words: Sequence[_Word], choice: _Choice, known: Known
) -> Reading:
    kinds = _kind_of_each(words, choice.parts)
    chosen = {part.kind: part.meaning for part in choice.parts}
    provider, service = chosen.get(Kind.PROVIDER), chosen.get(Kind.SERVICE)
    provider_ids = provider.ids if provider else ()
    service_ids = service.ids if service else ()
    client = " ".join(
        word.typed
        for word, kind in zip(words, kinds, strict=True)
        if kind is Kind.CLIENT
    )
    return Reading(
        text,
        tuple(_spans(text, words, kinds)),
        chosen.get(Kind.DAY),
        chosen.get(Kind.TIME),
        *_agreed(provider_ids, service_ids, known),
        client,
        Kind.NEW in chosen,
    )


def _agreed(
    provider_ids: tuple[int, ...], service_ids: tuple[int, ...], known: Known
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Leave those providers and services that go together, if any do."""
    pairs = [
        (one.provider_id, one.service_id)
        for one in known.services
        if one.provider_id in provider_ids and one.service_id in service_ids
    ]
    if not pairs:
        return provider_ids, service_ids
    return (
        tuple(dict.fromkeys(who for who, _ in pairs)),
        tuple(what for _, what in pairs),
    )


def _kind_of_each(words: Sequence[_Word], parts: Sequence[_Part]) -> list[Kind]:
    kinds = []
    for place, word in enumerate(words):
        part = next((one for one in parts if one.words >> place & 1), None)
        if part is not None:
            kinds.append(part.kind)
        elif _is_of_client(word):
            kinds.append(Kind.CLIENT)
        else:
            kinds.append(Kind.NOTHING if word.plain in _SMALL else Kind.UNKNOWN)
    return kinds


def _spans(text: str, words: Sequence[_Word], kinds: Sequence[Kind]) -> Iterator[Span]:
    """Yield spans over the whole text; words of one kind side by side are one."""
    end = 0
    for kind, start, stop in _runs(words, kinds):
        if start > end:
            yield Span(end, start, Kind.NOTHING)
        yield Span(start, stop, kind)
        end = stop
    if end < len(text):
        is_beyond = bool(text[end:].strip())
        yield Span(end, len(text), Kind.UNKNOWN if is_beyond else Kind.NOTHING)


def _runs(
    words: Sequence[_Word], kinds: Sequence[Kind]
) -> Iterator[tuple[Kind, int, int]]:
    """Yield each run of words of one kind: from where to where it goes."""
    paired = zip(words, kinds, strict=True)
    for kind, group in groupby(paired, key=itemgetter(1)):
        run = [word for word, _ in group]
        yield kind, run[0].start, run[-1].end
