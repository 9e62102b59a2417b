"""Lines as receptionists type them, and what each word is taken for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.domain.command_line import (
    Kind,
    Known,
    Reading,
    read,
    readings,
)
from desk_app.domain.day_words import Calendar
from desk_app.domain.people import Money, Provider, ProviderType, Service

WEBER, YILDIZ, LINDQVIST, BRANDT, ABBOTT = range(1, 6)
# A Monday.
TODAY = date(2026, 11, 23)
_NAMES = {
    WEBER: "Dr. Katharina Weber",
    YILDIZ: "Dr. Emre Yıldız",
    LINDQVIST: "Johanna Lindqvist",
    BRANDT: "Jonas Brandt",
    ABBOTT: "Dr. Ben Abbott",
}
_OFFERED = (
    (WEBER, "Check-up"),
    (WEBER, "Follow-up"),
    (WEBER, "Video consultation"),
    (YILDIZ, "Child check-up"),
    (YILDIZ, "Vaccination"),
    (YILDIZ, "Follow-up"),
    (LINDQVIST, "Nutrition consultation"),
    (LINDQVIST, "Nutrition review"),
    (BRANDT, "Personal training"),
    (ABBOTT, "Follow-up"),
    (ABBOTT, "Check-up"),
)
PROVIDERS = tuple(
    Provider(number, name, ProviderType.DOCTOR, "Europe/Berlin", "#2563eb")
    for number, name in _NAMES.items()
)
SERVICES = tuple(
    Service(number, who, name, 30, 10, Money(Decimal(60), "EUR"), 90, 24)
    for number, (who, name) in enumerate(_OFFERED, 1)
)
GERMAN = Known(Calendar(TODAY, is_german=True), PROVIDERS, SERVICES)
ENGLISH = Known(Calendar(TODAY), PROVIDERS, SERVICES)


def summary(reading: Reading) -> str:
    """Return who, what, with whom in one line, as far as it is there."""
    names = {one.service_id: one.name for one in SERVICES}
    parts = [reading.client, "new" if reading.is_new else ""]
    parts += dict.fromkeys(names[number] for number in reading.service_ids)
    parts += [_NAMES[number].split()[-1] for number in reading.provider_ids]
    parts += [f"?{word}" for word in reading.not_understood]
    return " / ".join(part for part in parts if part)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("smi", "smi"),
        ("smi jo", "smi jo"),
        ("müller-łuczak", "müller-łuczak"),
        ("o'neil", "o'neil"),
        ("a", "a"),
        ("王", "王"),
        ("anna@example.org", "anna@example.org"),
        ("0170 1234567", "0170 1234567"),
        ("+49 170 1234567", "+49 170 1234567"),
        ("smi 0170", "smi 0170"),
        ("030/123456", "030/123456"),
        ("follow-up smi", "smi / Follow-up"),
        ("followup smi", "smi / Follow-up"),
        ("follow up smi", "smi / Follow-up"),
        ("folow-up smi", "smi / Follow-up"),
        ("fol smi", "smi / Follow-up"),
        ("fu smi dr yi", "smi / Follow-up / Yıldız"),
        ("smi vacc", "smi / Vaccination"),
        ("smi vaccinaton", "smi / Vaccination"),
        ("smi vacination", "smi / Vaccination"),
        ("smi video", "smi / Video consultation"),
        ("smi video cons", "smi / Video consultation"),
        ("smi video consultation", "smi / Video consultation"),
        ("smi vidoe", "smi / Video consultation"),
        ("smi nutr rev", "smi / Nutrition review"),
        ("smi nutrition review", "smi / Nutrition review"),
        ("smi personal training", "smi / Personal training"),
        ("smi training", "smi / Personal training"),
        ("smi check-up", "smi / Check-up"),
        ("smi child", "smi / Child check-up"),
        ("smi child check", "smi / Child check-up"),
        ("smi cons lindqvist", "smi / Nutrition consultation / Lindqvist"),
        ("smi cons dr w", "smi / Video consultation / Weber"),
        ("smi dr weber", "smi / Weber"),
        ("smi weber", "smi / Weber"),
        ("smi dr. weber", "smi / Weber"),
        ("smi dr w", "smi / Weber"),
        ("smi dr katharina weber", "smi / Weber"),
        ("smi katharina weber", "smi / Weber"),
        ("smi frau weber", "smi / Weber"),
        ("smi bei weber", "smi / Weber"),
        ("smi with weber", "smi / Weber"),
        ("smi with dr weber", "smi / Weber"),
        ("smi webre", "smi / Weber"),
        ("smi lindqist", "smi / Lindqvist"),
        ("smi yildiz", "smi / Yıldız"),
        ("smi brandt", "smi / Brandt"),
        ("smi follow-up dr b", "smi / Follow-up / Abbott"),
        ("smi mr brandt", "smi / Brandt"),
        ("smi herr b", "smi / Brandt / Abbott"),
        ("weber", "weber"),
        ("jo smi", "jo smi"),
        ("smi jon", "smi jon"),
        ("anna morgan", "anna morgan"),
        ("don draper", "don draper"),
        ("sam smith", "sam smith"),
        ("may", "may"),
        ("new anna fox", "anna fox / new"),
        ("anna fox new", "anna fox / new"),
        ("neu anna fox", "anna fox / new"),
        ("+ anna fox", "anna fox / new"),
        ("+anna fox", "anna fox / new"),
        ("+anna fox 0170 1234567", "anna fox 0170 1234567 / new"),
        ("smi for check-up", "smi / Check-up"),
        ("smi 14:99", "smi / ?14:99"),
        ("smi 31.2.", "smi / ?31.2."),
        ("smi 12/40", "smi / ?12/40"),
        ("smi ???", "smi / ????"),
        ("smi 32.", "smi / ?32."),
        ("", ""),
        ("   ", ""),
        (",", ""),
    ],
)
def test_who_is_told_from_what_and_with_whom(typed: str, meant: str) -> None:
    assert summary(read(typed, GERMAN)) == meant


@pytest.mark.parametrize(
    ("typed", "client", "day", "time", "rest"),
    [
        (
            "smi jo tue 14:30 follow-up dr b",
            *("smi jo", "2026-11-24", "14:30", "Follow-up / Abbott"),
        ),
        (
            "dr b follow-up 14:30 tue smi jo",
            *("smi jo", "2026-11-24", "14:30", "Follow-up / Abbott"),
        ),
        ("smi mo 9", "smi", "2026-11-30", "09:00", ""),
        ("smi übermorgen halb drei", "smi", "2026-11-25", "14:30", ""),
        ("tommorow half past two anna", "anna", "2026-11-24", "14:30", ""),
        ("smi 3.12. 9h", "smi", "2026-12-03", "09:00", ""),
        ("smi 3.12 14.30", "smi", "2026-12-03", "14:30", ""),
        ("smi 9.30", "smi", "", "09:30", ""),
        ("smi 1430 vacc", "smi", "", "14:30", "Vaccination"),
        ("next tue smi 2pm", "smi", "2026-12-01", "14:00", ""),
        ("9 am freitag smi", "smi", "2026-11-27", "09:00", ""),
        ("smi wensday moring", "smi", "2026-11-25", "00:00-11:59", ""),
        ("smi thrusday after 3", "smi", "2026-11-26", "15:00-23:59", ""),
        ("nächste woche di 10 uhr 30 müller", "müller", "2026-12-01", "10:30", ""),
        ("dr weber morgen früh meier", "meier", "2026-11-24", "00:00-11:59", "Weber"),
        ("+3 meier nachmittags", "meier", "2026-11-26", "12:00-17:59", ""),
        ("+49 170 1234567 tue 9", "+49 170 1234567", "2026-11-24", "09:00", ""),
        (
            "new anna fox 0170 1234567 fri 9",
            *("anna fox 0170 1234567", "2026-11-27", "09:00", "new"),
        ),
        ("smi 0170 1234567 24 nov 1430", "smi 0170 1234567", "2026-11-24", "14:30", ""),
        ("+anna fox 0170 1234567 1140", "anna fox 0170 1234567", "", "11:40", "new"),
        ("smi 0170 123 1140", "smi 0170 123 1140", "", "", ""),
        ("termin für smi am 24.11. um 9 bitte", "smi", "2026-11-24", "09:00", ""),
        ("smi, tue, 9", "smi", "2026-11-24", "09:00", ""),
        ("mo 14:30", "mo", "", "14:30", ""),
        ("SMI TUE 9AM", "SMI", "2026-11-24", "09:00", ""),
    ],
)
def test_a_whole_line_is_understood(
    typed: str, client: str, day: str, time: str, rest: str
) -> None:
    reading = read(typed, GERMAN)
    assert reading.client == client
    assert (reading.day.first.isoformat() if reading.day else "") == day
    assert _clock(reading) == time
    assert summary(reading) == " / ".join(part for part in (client, rest) if part)


def _clock(reading: Reading) -> str:
    wish = reading.time
    if wish is None:
        return ""
    ends = (wish.first,) if wish.is_exact else (wish.first, wish.last)
    return "-".join(f"{end // 60:02}:{end % 60:02}" for end in ends)


def test_german_weekdays_of_two_letters_are_names_elsewhere() -> None:
    assert read("smi mi", GERMAN).day is not None
    assert read("smi mi", ENGLISH).client == "smi mi"


def test_a_service_of_the_chosen_provider_beats_a_weak_name() -> None:
    chosen = Known(GERMAN.calendar, PROVIDERS, SERVICES, provider_id=WEBER)
    assert read("smi fu", chosen).service_ids
    elsewhere = Known(GERMAN.calendar, PROVIDERS, SERVICES, provider_id=BRANDT)
    assert read("smi fu", elsewhere).client == "smi fu"


def test_what_a_provider_does_not_offer_is_still_read() -> None:
    reading = read("smi vaccination dr weber", GERMAN)
    assert (reading.provider_ids, len(reading.service_ids)) == ((WEBER,), 1)


def test_other_readings_look_for_another_client() -> None:
    clients = [reading.client for reading in readings("smi mo", GERMAN)]
    assert clients == ["smi", "smi mo"]


def test_each_part_is_marked_where_it_stands() -> None:
    reading = read("smi jo  tue 14:30 x?", GERMAN)
    marked = [(reading.text[s.start : s.end], s.kind) for s in reading.spans]
    assert marked == [
        ("smi jo", Kind.CLIENT),
        ("  ", Kind.NOTHING),
        ("tue", Kind.DAY),
        (" ", Kind.NOTHING),
        ("14:30", Kind.TIME),
        (" ", Kind.NOTHING),
        ("x?", Kind.CLIENT),
    ]


_PARTS = st.fixed_dictionaries(
    {
        "client": st.sampled_from(["smith john", "müller", "0170 1234567", "Ay"]),
        "day": st.sampled_from(["tue", "tomorrow", "3.12.", "next fri", "24 nov"]),
        "time": st.sampled_from(["14:30", "2pm", "half past two", "after 15:00"]),
        "service": st.sampled_from(["follow-up", "check-up"]),
        "provider": st.sampled_from(["dr weber", "dr abbott"]),
    }
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(_PARTS, st.randoms(use_true_random=False))
def test_the_order_of_the_parts_does_not_matter(parts, random) -> None:  # type: ignore[no-untyped-def]
    order = list(parts.values())
    wanted = _meaning(read(" ".join(order), GERMAN))
    random.shuffle(order)
    assert _meaning(read(" ".join(order), GERMAN)) == wanted
    assert wanted[0] == parts["client"]


def _meaning(reading: Reading) -> tuple[object, ...]:
    return (
        reading.client,
        reading.day,
        reading.time,
        reading.provider_ids,
        reading.service_ids,
    )


def test_every_order_of_a_common_line_means_the_same() -> None:
    parts = ("smi", "tue", "14:30", "follow-up", "dr w")
    meanings = {_meaning(read(" ".join(p), GERMAN)) for p in permutations(parts)}
    assert len(meanings) == 1


_WORDS = st.sampled_from(
    [
        *("smi", "tue", "mo", "next", "in", "2", "weeks", "14:30", "1430", "half"),
        *("past", "two", "halb", "drei", "viertel", "vor", "nach", "am", "morgen"),
        *("+", "new", "3.12.", "24", "nov", "dr", "b", "weber", "follow", "up"),
        *("0170", "+49", "between", "and", "-", "9", "@", "??"),
    ]
)
_LINES = st.one_of(st.text(max_size=60), st.lists(_WORDS, max_size=14).map(" ".join))


@settings(max_examples=400, deadline=None, derandomize=True)
@given(_LINES)
def test_whatever_is_typed_is_read_and_its_spans_cover_it(typed: str) -> None:
    for reading in readings(typed, GERMAN):
        assert "".join(typed[s.start : s.end] for s in reading.spans) == typed
        assert all(span.start < span.end for span in reading.spans)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(_WORDS, max_size=14))
def test_no_word_is_dropped(words: list[str]) -> None:
    """Every word is a part, is searched for, or is marked as not understood."""
    reading = read(" ".join(words), GERMAN)
    kinds = {
        place: span.kind
        for span in reading.spans
        for place in range(span.start, span.end)
    }
    place = 0
    for word in words:
        is_small = word in ("-",)
        assert is_small or kinds[place] is not Kind.NOTHING
        place += len(word) + 1


def test_a_very_long_line_is_read_at_its_beginning() -> None:
    reading = read("smith " * 300, GERMAN)
    assert reading.spans[-1].end == 1800
    assert reading.client.startswith("smith")
