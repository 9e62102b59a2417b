"""Events of other calendars are read at the instants that their makers meant."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.calendar_file.events import CalendarRead, Days, LeftOut
from desk_app.domain.progress import CancelToken, Progress, Work
from desk_app.errors import Cancelled
from desk_app.services.calendar_import import reading
from tests.services.calendar_import.calendars import BERLIN_BY_RULES, calendar, event

YEAR = Days(date(2026, 1, 1), date(2026, 12, 31), "Europe/Berlin")
START = "DTSTART:20260302T090000Z"


def read(data: bytes, days: Days = YEAR) -> CalendarRead:
    return reading.read("x.ics", data, days, Work())


def spans(*lines: str, others: tuple[str, ...] = ()) -> list[str]:
    """Return "03-02 09:00 10:00" for each date, by UTC."""
    found = read(calendar(*others, event(*lines)))
    assert found.faults == ()
    return [f"{e.start:%m-%d %H:%M} {e.end:%H:%M}" for e in found.events]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((START, "DTEND:20260302T100000Z"), ["03-02 09:00 10:00"]),
        ((START, "DURATION:PT1H30M"), ["03-02 09:00 10:30"]),
        ((START, "DURATION:P1D"), ["03-02 09:00 09:00"]),
        (
            (
                "DTSTART;TZID=Europe/Berlin:20260302T090000",
                "DTEND;TZID=Europe/Berlin:20260302T100000",
            ),
            ["03-02 08:00 09:00"],
        ),
        (
            (
                'DTSTART;TZID="W. Europe Standard Time":20260702T090000',
                'DTEND;TZID="W. Europe Standard Time":20260702T100000',
            ),
            ["07-02 07:00 08:00"],
        ),
        (
            (
                "DTSTART;TZID=/freeassociation.sourceforge.net/America/New_York"
                ":20260302T090000",
                "DURATION:PT1H",
            ),
            ["03-02 14:00 15:00"],
        ),
        # Of no place: the clock of here.
        (("DTSTART:20260702T090000", "DTEND:20260702T100000"), ["07-02 07:00 08:00"]),
        (
            (
                "DTSTART;TZID=Europe/Berlin:20260302T090000",
                "DTEND;TZID=Europe/London:20260302T090000",
            ),
            ["03-02 08:00 09:00"],
        ),
        # Whole days, by the clock of here.
        (("DTSTART;VALUE=DATE:20260302",), ["03-01 23:00 23:00"]),
        (
            ("DTSTART;VALUE=DATE:20260328", "DTEND;VALUE=DATE:20260330"),
            ["03-27 23:00 22:00"],
        ),
        # A time that is skipped, and a night over the change.
        (
            ("DTSTART;TZID=Europe/Berlin:20260329T023000", "DURATION:PT1H"),
            ["03-29 01:30 02:30"],
        ),
        (
            (
                "DTSTART;TZID=Europe/Berlin:20260328T220000",
                "DTEND;TZID=Europe/Berlin:20260329T060000",
            ),
            ["03-28 21:00 04:00"],
        ),
    ],
)
def test_an_event_is_read_at_its_instants(
    lines: tuple[str, ...], expected: list[str]
) -> None:
    assert spans(*lines) == expected


WEEKLY = ("DTSTART;TZID=Europe/Berlin:20260319T090000", "DURATION:PT1H")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # Over the change of the clock it stays at nine.
        (
            ("RRULE:FREQ=WEEKLY;COUNT=3",),
            ["03-19 08:00 09:00", "03-26 08:00 09:00", "04-02 07:00 08:00"],
        ),
        (
            ("RRULE:FREQ=WEEKLY;UNTIL=20260326T080000Z",),
            ["03-19 08:00 09:00", "03-26 08:00 09:00"],
        ),
        # A day as the end counts whole.
        (
            ("RRULE:FREQ=WEEKLY;UNTIL=20260326",),
            ["03-19 08:00 09:00", "03-26 08:00 09:00"],
        ),
        (
            ("RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Europe/Berlin:20260326T090000"),
            ["03-19 08:00 09:00", "04-02 07:00 08:00"],
        ),
        (
            ("RRULE:FREQ=WEEKLY;COUNT=2", "EXDATE:20260319T080000Z,20260402T070000Z"),
            ["03-26 08:00 09:00"],
        ),
        (
            ("RRULE:FREQ=WEEKLY;COUNT=2", "EXDATE;VALUE=DATE:20260326"),
            ["03-19 08:00 09:00"],
        ),
        (
            ("RDATE;TZID=Europe/Berlin:20260320T090000",),
            ["03-19 08:00 09:00", "03-20 08:00 09:00"],
        ),
        # The first date counts, also where it does not fit the rule.
        (
            ("RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2",),
            ["03-19 08:00 09:00", "03-23 08:00 09:00"],
        ),
        (
            ("RRULE:FREQ=MONTHLY;BYDAY=-1TH;COUNT=2",),
            ["03-19 08:00 09:00", "03-26 08:00 09:00"],
        ),
    ],
)
def test_a_series_has_its_dates(lines: tuple[str, ...], expected: list[str]) -> None:
    assert spans(*WEEKLY, *lines) == expected


def test_a_series_without_an_end_ends_with_the_period() -> None:
    found = read(calendar(event(*WEEKLY, "RRULE:FREQ=DAILY")))
    assert len(found.events) == 288
    assert found.events[-1].start.date() == date(2026, 12, 31)
    assert found.series == 1


def test_a_date_that_was_moved_or_cancelled_is_not_where_it_was() -> None:
    series = event(*WEEKLY, "RRULE:FREQ=WEEKLY;COUNT=4", "SUMMARY:Every week")
    moved = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20260326T090000",
        "DTSTART;TZID=Europe/Berlin:20260327T110000",
        "DURATION:PT2H",
        "SUMMARY:Moved",
    )
    gone = event(
        "RECURRENCE-ID:20260402T070000Z",
        "DTSTART:20260402T070000Z",
        "DURATION:PT1H",
        "STATUS:CANCELLED",
    )
    found = read(calendar(gone, series, moved))
    dates = [f"{e.start:%m-%d %H:%M} {e.title}" for e in found.events]
    assert dates == [
        "03-19 08:00 Every week",
        "03-27 10:00 Moved",
        "04-09 07:00 Every week",
    ]
    assert found.left_out == LeftOut(cancelled=1)


def test_a_zone_that_the_file_describes_is_used() -> None:
    zone = "DTSTART;TZID=Customized Time Zone:"
    lines = (f"{zone}20260319T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3")
    assert spans(*lines, others=(BERLIN_BY_RULES,))[1:] == [
        "03-26 08:00 09:00",
        "04-02 07:00 08:00",
    ]


def test_a_zone_that_nobody_knows_is_that_of_here_and_is_named() -> None:
    line = 'DTSTART;TZID="(UTC+01:00) Amsterdam":20260702T090000'
    found = read(calendar(event(line, "DURATION:PT1H")))
    assert found.unknown_zones == ("(UTC+01:00) Amsterdam",)
    assert f"{found.events[0].start:%H:%M}" == "07:00"


def test_times_of_no_place_are_by_the_clock_of_the_calendar() -> None:
    lines = ("DTSTART:20260702T090000", "DTEND:20260702T100000")
    assert spans(*lines, others=("X-WR-TIMEZONE:Europe/London",)) == [
        "07-02 08:00 09:00"
    ]


def test_what_is_left_out_is_counted() -> None:
    found = read(
        calendar(
            event(START, "DURATION:PT1H", "STATUS:CANCELLED", uid="1"),
            event("DTSTART:20250302T090000Z", "DURATION:PT1H", uid="2"),
            event(START, uid="3"),
            "BEGIN:VTODO\nSUMMARY:x\nEND:VTODO",
        )
    )
    assert found.events == ()
    assert found.left_out == LeftOut(cancelled=1, outside=1, endless=1, no_events=1)


def test_words_and_people_of_an_event_are_read() -> None:
    found = read(
        calendar(
            event(
                START,
                "DURATION:PT1H",
                "SUMMARY:Anna\\, Weiß\\; first\\nline",
                "TRANSP:TRANSPARENT",
                "STATUS:TENTATIVE",
                "ORGANIZER:mailto:desk@x.example",
                "ATTENDEE;CN=Desk:mailto:DESK@x.example",
                "ATTENDEE;CUTYPE=ROOM;CN=Room 1:mailto:room@x.example",
                'ATTENDEE;PARTSTAT=ACCEPTED;CN="Weiß; Anna":mailto:anna@x.example',
                "BEGIN:VALARM\nDESCRIPTION:no title\nSUMMARY:none\nEND:VALARM",
            )
        )
    )
    (only,) = found.events
    assert only.title == "Anna, Weiß; first line"
    assert (only.person, only.email) == ("Weiß; Anna", "anna@x.example")
    assert only.is_free
    assert only.is_tentative
    assert not only.is_all_day


NAMED = event(START, "DURATION:PT1H")
BAD: dict[str, tuple[bytes, int, str]] = {
    "empty": (b"", 1, "is empty"),
    "no calendar": (b"Name;Phone\r\nAnna;1\r\n", 1, "no calendar file"),
    "a web page": (b"<!DOCTYPE html>", 1, "no calendar file"),
    "zeros": (b"\0" * 1000, 1, "no calendar file"),
    "cut off": (calendar(NAMED)[:-40], 4, "cut off"),
    "cut off calendar": (calendar()[:-20], 1, "cut off"),
    "ends crossed": (
        calendar("BEGIN:VEVENT\nBEGIN:VALARM\nEND:VEVENT\nEND:VALARM"),
        6,
        "not in this order",
    ),
    "outside": (calendar() + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", 5, "outside"),
    "too deep": (calendar("BEGIN:X\n" * 9 + "END:X\n" * 9), 11, "too deep"),
    "no line": (calendar(event(START, "what is this")), 7, "none of a calendar"),
    "a long line": (
        calendar(event(START, "DESCRIPTION:" + "x" * 10_000_000)),
        7,
        "far too long",
    ),
    "no start": (calendar(event("DURATION:PT1H")), 4, "no start"),
    "no date": (calendar(event("DTSTART:tomorrow")), 6, "no date"),
    "30 February": (calendar(event("DTSTART:20260230T090000")), 6, "no such day"),
    "hour 25": (calendar(event("DTSTART:20260302T250000")), 6, "no such day"),
    "the year 1999": (calendar(event("DTSTART:19991231T090000")), 6, "2000 to 2199"),
    "the year 2200": (calendar(event("DTSTART:22000101T090000")), 6, "2000 to 2199"),
    "ends before": (calendar(event(START, "DTEND:20260302T080000Z")), 7, "before"),
    "a day to a time": (
        calendar(event("DTSTART;VALUE=DATE:20260302", "DTEND:20260302T080000Z")),
        7,
        "ends with a time",
    ),
    "no length": (calendar(event(START, "DURATION:1 hour")), 7, "no length"),
    "a long length": (calendar(event(START, "DURATION:P9999999D")), 7, "too long"),
    "two years": (calendar(event(START, "DURATION:P800D")), 7, "longer than a year"),
    "every second": (
        calendar(event(START, "DURATION:PT1H", "RRULE:FREQ=SECONDLY")),
        8,
        "daily, weekly",
    ),
    "every minute of a day": (
        calendar(event(START, "RRULE:FREQ=DAILY;BYHOUR=1,2;BYMINUTE=1,2")),
        7,
        "several times a day",
    ),
    "no rule": (calendar(event(START, "RRULE:every day")), 7, "cannot be read"),
    "never moving": (
        calendar(event(START, "RRULE:FREQ=DAILY;INTERVAL=0")),
        7,
        "cannot",
    ),
    "an odd day": (calendar(event(*WEEKLY, "RRULE:FREQ=DAILY;BYDAY=XX")), 8, "cannot"),
    "no day at all": (
        calendar(event(START, "RRULE:FREQ=DAILY;BYMONTH=2,4;BYMONTHDAY=31")),
        7,
        "fits no day",
    ),
    "of no frequency": (
        calendar(event(START, "RRULE:FREQ=DAILY;BYYEARDAY=400")),
        7,
        "cannot",
    ),
    "an odd name": (calendar(event(START, "RRULE:FREQ=DAILY;FOO=1")), 7, "cannot"),
    "two rules": (
        calendar(event(START, "RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY")),
        8,
        "two rules",
    ),
    "this and future": (
        calendar(event(START, "RECURRENCE-ID;RANGE=THISANDFUTURE:20260302T090000Z")),
        7,
        "all later dates",
    ),
    "an odd exception": (calendar(event(START, "EXDATE:never")), 7, "no date"),
    "too many events": (
        calendar(*[NAMED] * 20_001),
        4 + 20_000 * 5,
        "more than 20,000 events",
    ),
    "too many dates": (
        calendar(*[event(*WEEKLY, "RRULE:FREQ=DAILY")] * 70),
        0,
        "more than 20,000 events",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_a_sentence_with_its_line(name: str) -> None:
    data, line, words = BAD[name]
    found = read(data)
    first = found.faults[0]
    assert words in first.words
    assert line in (first.line, 0)
    assert len(found.faults) <= 101
    assert len(first.text) <= 80


def test_every_fault_is_named(  # and none of the good ones is
) -> None:
    found = read(
        calendar(
            event("DTSTART:tomorrow", uid="1"), NAMED, event(START, "RRULE:x", uid="3")
        )
    )
    assert [bad.line for bad in found.faults] == [6, 16]


def test_reading_is_told_and_cancelled() -> None:
    told: list[Progress] = []
    token = CancelToken()

    def hear(progress: Progress) -> None:
        told.append(progress)
        if progress.done:
            token.cancel()

    data = calendar(*[NAMED] * 500)
    with pytest.raises(Cancelled):
        reading.read("x.ics", data, YEAR, Work(hear, token))
    assert told[-1] == Progress(200, 500, "Reading events")


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_is_in_a_file_it_is_read_or_refused(noise: bytes) -> None:
    for data in (noise, calendar(event(START, "SUMMARY:x"))[:-20] + noise):
        read(data)


@given(st.text(alphabet="FREQ=DAILYWKCOUNTBYMHSP;,0123-+UTZ:", max_size=60))
def test_whatever_a_rule_says_it_is_read_or_refused(rule: str) -> None:
    read(calendar(event(*WEEKLY, f"RRULE:{rule}")))
    read(calendar(event(*WEEKLY, f"RRULE:FREQ=YEARLY;{rule}")))
