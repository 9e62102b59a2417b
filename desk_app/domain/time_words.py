"""Times of day as people say and type them, in English and German.

Everything here takes plain words (`spelling.plain`) and looks at how they begin.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from desk_app.domain.phrase import Phrase, number
from desk_app.domain.spelling import fit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HOUR, DAY = 60, 24 * 60
# A practice that says "at three" means the afternoon; "at nine" is the morning.
LAST_AFTERNOON_HOUR = 6


@dataclass(frozen=True, slots=True)
class TimeWish:
    """Some start from `first` to `last`, in minutes of the day; both may be meant."""

    first: int
    last: int

    @property
    def is_exact(self) -> bool:
        """Whether one time is meant."""
        return self.first == self.last


TimePhrase: TypeAlias = Phrase[TimeWish]

MORNING = TimeWish(0, 12 * HOUR - 1)
NOON = TimeWish(12 * HOUR, 14 * HOUR)
AFTERNOON = TimeWish(12 * HOUR, 18 * HOUR - 1)
EVENING = TimeWish(17 * HOUR, DAY - 1)

_PARTS = {
    "morning": MORNING,
    "mornings": MORNING,
    "forenoon": MORNING,
    "vormittag": MORNING,
    "vormittags": MORNING,
    "morgens": MORNING,
    "fruh": MORNING,
    "frueh": MORNING,
    "lunchtime": NOON,
    "mittag": NOON,
    "mittags": NOON,
    "afternoon": AFTERNOON,
    "afternoons": AFTERNOON,
    "nachmittag": AFTERNOON,
    "nachmittags": AFTERNOON,
    "evening": EVENING,
    "evenings": EVENING,
    "abend": EVENING,
    "abends": EVENING,
}
_NOON = {"noon", "midday"}
_LEAD = {"in", "the", "am", "this"}
_AT = {"at", "um", "@", "gegen", "about", "around", "approx", "ca", "ca."}
_AFTER = {"after", "nach", "ab", "from", "since", "von", "later", "past"}
_BEFORE = {"before", "vor", "until", "till", "bis", "by"}
_BETWEEN = {"between", "zwischen", "from", "von"}
_AND = {"and", "und", "to", "bis", "till", "until", "-", "–"}
_CLOCK_WORDS = {"uhr", "h", "o'clock", "oclock", "o’clock"}
_TO_THE_HOUR = {"halb": 30, "dreiviertel": 15}
_HALVES = {"am", "pm", "a.m.", "p.m."}

_CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})(am|pm|a|p|h|uhr)?")
_HOUR = re.compile(r"(\d{1,2})(am|pm|a|p|h|uhr|:|o'clock)")
_DIGITS = re.compile(r"(\d{3,4})(am|pm|a|p|h|uhr)?")
_BARE = re.compile(r"\d{1,2}")
_RANGE = re.compile(r"(\d[\d:.]*(?:am|pm|h)?)[-–](\d[\d:.]*(?:am|pm|h|uhr)?)")


@dataclass(frozen=True, slots=True)
class _Clock:
    """A time on the clock, and how sure it is that it is one."""

    hour: int
    minute: int
    quality: float
    is_of_24: bool = False

    @property
    def minutes(self) -> int:
        """The minutes of the day that are most likely meant."""
        hour = self.hour
        if not self.is_of_24 and 1 <= hour <= LAST_AFTERNOON_HOUR:
            hour += 12
        return hour * HOUR + self.minute

    def on(self, half: str) -> _Clock:
        """Return the same as a time before ("am") or after ("pm") noon."""
        hour = self.hour % 12 if self.hour <= 12 else self.hour
        if half.startswith("p") and hour < 12:
            hour += 12
        return _Clock(hour, self.minute, 1.0, is_of_24=True)


def times(words: Sequence[str]) -> Iterator[TimePhrase]:
    """Yield the times that the first of `words` may mean."""
    if not words:
        return
    yield from _between(words)
    yield from _open_ended(words)
    yield from _parts(words)
    yield from _at(words)


# -- half past two, 14:30


def _at(words: Sequence[str]) -> Iterator[TimePhrase]:
    lead = 1 if len(words) > 1 and words[0] in _AT else 0
    clock = _clock(words[lead:])
    if clock is None:
        return
    found, used = clock.meaning, clock.words + lead
    part = _part(words[used:])
    if part is not None:
        used += part.words
        found = _within(found, part.meaning)
    sure = 1.0 if lead or part else found.quality
    yield Phrase(used, TimeWish(found.minutes, found.minutes), sure)


def _clock(words: Sequence[str]) -> Phrase[_Clock] | None:
    """Read a time on the clock, with the words around it."""
    if not words:
        return None
    for read in (_spoken, _written):
        found = read(words)
        if found is not None:
            return found
    return None


def _written(words: Sequence[str]) -> Phrase[_Clock] | None:
    if words[0] in _NOON:
        return Phrase(1, _Clock(12, 0, 1.0, is_of_24=True))
    clock, half = _digits(words[0])
    used = 1
    if clock is None:
        return None
    if half[:1] in ("a", "p"):
        return Phrase(1, clock.on(half))
    following = words[1] if len(words) > 1 else ""
    if following in _HALVES:
        return Phrase(2, clock.on(following))
    if following in _CLOCK_WORDS:
        used, clock = 2, replace(clock, quality=1.0)
        minutes = number(words[2]) if len(words) > 2 else None
        is_whole = clock.minute == 0 and _BARE.fullmatch(words[0]) is not None
        if is_whole and minutes is not None and 0 < minutes < HOUR:
            used, clock = 3, replace(clock, minute=minutes)
    return Phrase(used, clock)


def _digits(word: str) -> tuple[_Clock | None, str]:
    """Return the time that digits write, and "am" or "pm" where that follows."""
    if match := _CLOCK.fullmatch(word):
        quality = 0.85 if "." in word else 1.0
        return _made(match[1], match[2], quality), match[3] or ""
    if match := _HOUR.fullmatch(word):
        return _made(match[1], "0", 1.0), match[2]
    if match := _DIGITS.fullmatch(word):
        digits = match[1]
        return _made(digits[:-2], digits[-2:], 0.9), match[2] or ""
    if _BARE.fullmatch(word):
        return _made(word, "0", 0.5), ""
    return None, ""


def _made(hour: str, minute: str, quality: float) -> _Clock | None:
    if int(hour) > 23 or int(minute) > 59:
        return None
    is_of_24 = len(hour) == 2 or int(hour) > 12
    return _Clock(int(hour), int(minute), quality, is_of_24=is_of_24)


def _spoken(words: Sequence[str]) -> Phrase[_Clock] | None:
    """Read "half past two", "halb drei", "quarter to three", "zehn nach zwei"."""
    if words[0] in _TO_THE_HOUR:
        return _before_hour(words, 1, _TO_THE_HOUR[words[0]])
    if words[0] == "half":
        past = 1 if len(words) > 1 and words[1] == "past" else 0
        return _after_hour(words, 1 + past, 30)
    minutes = 15 if words[0] in ("quarter", "viertel") else number(words[0])
    is_word = minutes is not None and not words[0].isdigit() and len(words) > 2
    if is_word and words[1] in ("past", "nach"):
        return _after_hour(words, 2, minutes or 0)
    if is_word and words[1] in ("to", "vor", "before"):
        return _before_hour(words, 2, minutes or 0)
    return _on_the_hour(words)


def _on_the_hour(words: Sequence[str]) -> Phrase[_Clock] | None:
    """Read "two o'clock"; the number alone is too little."""
    is_word = not words[0].isdigit() and len(words) > 1
    if is_word and words[1] in _CLOCK_WORDS | _HALVES:
        found = _after_hour(words, 0, 0)
        if found is not None and words[1] in _HALVES:
            return Phrase(2, found.meaning.on(words[1]))
        return None if found is None else Phrase(2, found.meaning)
    return None


def _after_hour(
    words: Sequence[str], place: int, minutes: int
) -> Phrase[_Clock] | None:
    hour = number(words[place]) if place < len(words) else None
    if hour is None or not 1 <= hour <= 23:
        return None
    return Phrase(place + 1, _Clock(hour, minutes, 1.0))


def _before_hour(
    words: Sequence[str], place: int, minutes: int
) -> Phrase[_Clock] | None:
    after = _after_hour(words, place, 0)
    if after is None:
        return None
    clock = _Clock(after.meaning.hour, 0, 1.0)
    at = (clock.minutes - minutes) % DAY
    return Phrase(after.words, _Clock(at // HOUR, at % HOUR, 1.0, is_of_24=True))


# -- after three, before ten, between two and four


def _open_ended(words: Sequence[str]) -> Iterator[TimePhrase]:
    clock = _clock_after(words, 1)
    if clock is None:
        return
    at, used = clock.meaning.minutes, 1 + clock.words
    if words[0] in _AFTER:
        yield Phrase(used, TimeWish(at, DAY - 1))
    elif words[0] in _BEFORE:
        yield Phrase(used, TimeWish(0, max(0, at - 1)))


def _between(words: Sequence[str]) -> Iterator[TimePhrase]:
    match = _RANGE.fullmatch(words[0])
    if match is not None:
        yield from _stretch(1, _clock((match[1],)), _clock((match[2],)))
        return
    lead = 1 if words[0] in _BETWEEN else 0
    first = _clock_after(words, lead)
    if first is None:
        return
    middle = lead + first.words
    if middle < len(words) and words[middle] in _AND:
        second = _clock_after(words, middle + 1)
        if second is not None and (lead or words[middle] in ("-", "–")):
            yield from _stretch(middle + 1 + second.words, first, second)


def _stretch(
    words: int, first: Phrase[_Clock] | None, second: Phrase[_Clock] | None
) -> Iterator[TimePhrase]:
    if first is None or second is None:
        return
    begin, end = first.meaning.minutes, second.meaning.minutes
    if begin < end:
        yield Phrase(words, TimeWish(begin, end))


def _clock_after(words: Sequence[str], place: int) -> Phrase[_Clock] | None:
    return _clock(words[place:]) if place < len(words) else None


# -- in the morning, nachmittags


def _parts(words: Sequence[str]) -> Iterator[TimePhrase]:
    part = _part(words)
    if part is None:
        return
    yield Phrase(part.words, part.meaning, part.quality)
    rest = words[part.words :]
    lead = 1 if rest and rest[0] in _AT else 0
    clock = _clock(rest[lead:])
    if clock is not None:
        found = _within(clock.meaning, part.meaning)
        used = part.words + lead + clock.words
        yield Phrase(used, TimeWish(found.minutes, found.minutes))


def _part(words: Sequence[str]) -> TimePhrase | None:
    lead = 0
    while lead < 2 and lead + 1 < len(words) and words[lead] in _LEAD:
        lead += 1
    # "after" begins "afternoon", and is a word of its own.
    if lead >= len(words) or words[lead] in _AFTER:
        return None
    best, quality = None, 0.0
    for word, part in _PARTS.items():
        fits = fit(words[lead], word, 5)
        if fits > quality:
            best, quality = part, fits
    return None if best is None else Phrase(lead + 1, best, quality)


def _within(clock: _Clock, part: TimeWish) -> _Clock:
    """Return the reading of a clock that lies in a part of the day, if one does."""
    for half in ("am", "pm"):
        on = clock.on(half)
        if part.first <= on.minutes <= part.last:
            return on
    return clock
