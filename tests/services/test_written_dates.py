"""Dates and times as each language writes them, on the right clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from desk_app.services.text_choice import LANGUAGES
from desk_app.services.written_dates import (
    Script,
    WrittenDates,
    direction,
    is_known,
    language_of,
    name_of,
)

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
AT = datetime(2027, 1, 5, 13, 30, tzinfo=UTC)


def written(tag, zone=BERLIN, country="DE"):
    """Return the dates of a reader of a practice in Berlin."""
    return WrittenDates(Script(tag.partition("-")[0], tag, country), zone, BERLIN)


@pytest.mark.parametrize(
    ("tag", "country", "day", "short", "time"),
    [
        ("en", "", "Tuesday, January 5, 2027", "Tue, Jan 5", "2:30 PM"),
        ("en", "GB", "Tuesday, 5 January 2027", "Tue 5 Jan", "14:30"),
        ("en", "DE", "Tuesday, 5 January 2027", "Tue, 5 Jan", "14:30"),
        ("en-US", "DE", "Tuesday, January 5, 2027", "Tue, Jan 5", "2:30 PM"),
        ("de", "DE", "Dienstag, 5. Januar 2027", "Di., 5. Jan.", "14:30 Uhr"),
        ("de-AT", "DE", "Dienstag, 5. Jänner 2027", "Di., 5. Jän.", "14:30 Uhr"),
        ("de-XX", "AT", "Dienstag, 5. Jänner 2027", "Di., 5. Jän.", "14:30 Uhr"),
        ("fr", "DE", "mardi 5 janvier 2027", "mar. 5 janv.", "14:30"),
        ("es", "DE", "martes, 5 de enero de 2027", "mar, 5 ene", "14:30"),
        ("it", "DE", "martedì 5 gennaio 2027", "mar 5 gen", "14:30"),
        ("nl", "DE", "dinsdag 5 januari 2027", "di 5 jan", "14:30 uur"),
        ("pt", "DE", "terça-feira, 5 de janeiro de 2027", "ter., 5 de jan.", "14:30"),
        ("pl", "DE", "wtorek, 5 stycznia 2027", "wt., 5 sty", "14:30"),
    ],
)
def test_a_date_is_written_as_its_reader_writes_it(tag, country, day, short, time):
    dates = written(tag, country=country)
    assert (dates.day(AT), dates.short_day(AT), dates.time(AT)) == (day, short, time)


@pytest.mark.parametrize(
    ("tag", "time"),
    [
        ("en", "08:30 (New York time)"),
        ("de", "08:30 Uhr (Ortszeit New York)"),
        ("fr", "08:30 (heure locale : New York)"),
        ("es", "8:30 (hora local: Nueva York)"),
        ("it", "08:30 (ora locale: New York)"),
        ("nl", "08:30 uur (plaatselijke tijd: New York)"),
        ("pt", "08:30 (hora local: Nova York)"),
        ("pl", "08:30 (czas lokalny: Nowy Jork)"),
    ],
)
def test_a_clock_that_differs_from_the_practices_is_named(tag, time):
    assert written(tag, NEW_YORK).time(AT) == time
    assert "York" not in written(tag, NEW_YORK).clock(AT)


@pytest.mark.parametrize(
    ("zone", "time"),
    [
        ("Europe/Paris", "14:30"),
        ("UTC", "13:30 (UTC)"),
        ("Etc/GMT+5", "08:30 (UTC-5)"),
        ("Asia/Kolkata", "19:00 (Kolkata time)"),
        ("America/Argentina/Buenos_Aires", "10:30 (Buenos Aires time)"),
    ],
)
def test_a_clock_that_shows_the_same_is_not_named(zone, time):
    assert written("en", ZoneInfo(zone)).time(AT) == time


def test_a_time_that_a_clock_shows_twice_is_told_from_its_twin():
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    second = first + timedelta(hours=1)
    assert written("en").time(first) == "02:30 (UTC+2)"
    assert written("en").time(second) == "02:30 (UTC+1)"
    assert written("en").time(second + timedelta(hours=1)) == "03:30"
    # In spring the clock goes from 1:59 to 3:00.
    assert written("en").time(datetime(2027, 3, 28, 1, 30, tzinfo=UTC)) == "03:30"


def test_the_day_is_that_of_the_clock():
    late = datetime(2027, 1, 5, 2, 0, tzinfo=UTC)
    assert written("en", NEW_YORK).day(late).startswith("Monday, 4")
    assert written("en").day(late).startswith("Tuesday, 5")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_zone_can_be_named_in_every_language(language):
    for name in sorted(available_timezones()):
        shown = written(language, ZoneInfo(name)).time(AT)
        assert shown.isprintable()
        assert "/" not in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_length_is_said_in_minutes(language):
    for minutes in (1, 50, 90, 1440):
        said = written(language).length(timedelta(minutes=minutes))
        assert "".join(filter(str.isdigit, said)) == str(minutes)
        assert "duration" not in said


@pytest.mark.parametrize(
    ("country", "language"),
    [("DE", "de"), ("AT", "de"), ("US", "en"), ("BR", "pt"), ("JP", "ja"), ("", "")],
)
def test_a_country_has_a_language(country, language):
    assert language_of(country) == language


def test_languages_have_names_and_directions():
    assert [name_of(tag) for tag in ("de", "fr", "xx")] == ["Deutsch", "Français", "xx"]
    assert (direction("ar"), direction("de"), direction("xx")) == ("rtl", "ltr", "ltr")
    assert is_known("pt-BR")
    assert not is_known("xx")
