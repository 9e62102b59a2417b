"""What is to be said now: by what was told, how it stands, and what time it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.appointment import Status
from desk_app.domain.desk_rules import DeskRules, Telling
from desk_app.domain.message_times import MessageTimes, QuietHours
from desk_app.domain.messages import MessageKind
from desk_app.domain.queue import Outcome
from desk_app.domain.telling import (
    NOTICES,
    Dropped,
    Later,
    Missed,
    Place,
    Reminder,
    Send,
    Standing,
    Told,
    Verdict,
    gives_way,
    has_changed,
    notice_due,
    notice_time,
    reminder_due,
    waits_for_link,
)

BERLIN, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
START = datetime(2030, 3, 6, 9, 0, tzinfo=UTC)
NOW = START - 100 * HOUR
HERE = Place(START, START + HOUR / 2, 1, 1)
LATER = replace(HERE, start=START + HOUR, end=START + 1.5 * HOUR)
LONGER = replace(HERE, end=START + HOUR)
ELSEWHERE = replace(HERE, provider_id=2, service_id=2)
LINKED = replace(HERE, has_link=True)
CONFIRMED, PENDING, CANCELLED = Status.CONFIRMED, Status.PENDING, Status.CANCELLED
NO_SHOW, COMPLETED = Status.NO_SHOW, Status.COMPLETED
CONFIRMATION, CHANGE = MessageKind.CONFIRMATION, MessageKind.CHANGE_NOTICE
CANCELLATION = MessageKind.CANCELLATION_NOTICE
MISSED = MessageKind.NO_SHOW_NOTICE
LONG, SHORT = MessageKind.REMINDER_48H, MessageKind.REMINDER_1H


def standing(status: Status, place: Place = HERE, version: int = 5) -> Standing:
    """Return how an appointment stands."""
    return Standing(status, version, place)


def told(kind: MessageKind, place: Place = HERE) -> Told:
    """Return what was told."""
    return Told(kind, 1, place)


BOOKED = frozenset({CONFIRMATION})
ALL = frozenset(NOTICES)


@pytest.mark.parametrize(
    ("before", "stands", "asked", "says"),
    [
        # Nothing was told yet.
        (None, standing(CONFIRMED), BOOKED, CONFIRMATION),
        (None, standing(CONFIRMED, LATER), BOOKED | {CHANGE}, CONFIRMATION),
        (None, standing(PENDING), BOOKED, None),
        (None, standing(CANCELLED), BOOKED | {CANCELLATION}, None),
        (None, standing(NO_SHOW), BOOKED | {MISSED}, MISSED),
        (None, standing(NO_SHOW), BOOKED, None),
        (None, standing(COMPLETED), ALL, None),
        # It was agreed elsewhere.
        (None, standing(CONFIRMED, LATER), {CHANGE}, CHANGE),
        (None, standing(CONFIRMED), {CANCELLATION}, None),
        (None, standing(CANCELLED), {CANCELLATION}, CANCELLATION),
        (None, standing(CANCELLED), {CHANGE, CANCELLATION}, CANCELLATION),
        # They know where it stood.
        (told(CONFIRMATION), standing(CONFIRMED), ALL, None),
        (told(CONFIRMATION), standing(CONFIRMED, LATER), ALL, CHANGE),
        (told(CONFIRMATION), standing(CONFIRMED, LONGER), ALL, CHANGE),
        (told(CONFIRMATION), standing(CONFIRMED, ELSEWHERE), ALL, CHANGE),
        (told(CONFIRMATION), standing(CONFIRMED, LINKED), ALL, CHANGE),
        (told(CHANGE, LATER), standing(CONFIRMED, LATER), ALL, None),
        (told(CHANGE, LATER), standing(CONFIRMED), ALL, CHANGE),
        (told(CONFIRMATION), standing(CANCELLED), ALL, CANCELLATION),
        (told(CONFIRMATION), standing(NO_SHOW), ALL, MISSED),
        (told(CONFIRMATION), standing(COMPLETED), ALL, None),
        (told(CONFIRMATION), standing(PENDING), ALL, None),
        # They heard that it is off.
        (told(CANCELLATION), standing(CANCELLED), ALL, None),
        (told(CANCELLATION), standing(CONFIRMED), ALL, CONFIRMATION),
        (told(CANCELLATION), standing(CONFIRMED, LATER), ALL, CONFIRMATION),
        (told(MISSED), standing(NO_SHOW), ALL, None),
        (told(MISSED), standing(CONFIRMED), ALL, CONFIRMATION),
        (told(MISSED), standing(CANCELLED), ALL, CANCELLATION),
    ],
)
def test_what_is_told(
    before: Told | None,
    stands: Standing,
    asked: frozenset[MessageKind],
    says: MessageKind | None,
) -> None:
    assert notice_due(before, stands, frozenset(asked), NOW) is says


@pytest.mark.parametrize("before", [None, told(CONFIRMATION, LATER), told(MISSED)])
def test_a_visit_that_has_begun_is_not_confirmed_or_changed(
    before: Told | None,
) -> None:
    assert notice_due(before, standing(CONFIRMED), ALL, START) is None
    assert notice_due(before, standing(CONFIRMED), ALL, START - MINUTE) is not None


_places = st.sampled_from([HERE, LATER, LONGER, ELSEWHERE, LINKED])
_kinds = st.sampled_from(sorted(NOTICES))
_told = st.none() | st.builds(Told, _kinds, st.just(1), _places)
_standing = st.builds(Standing, st.sampled_from(Status), st.just(5), _places)
_asked = st.frozensets(_kinds)


@given(_told, _standing, _asked, st.integers(-120, 120))
def test_once_told_there_is_nothing_more_to_say(
    before: Told | None, stands: Standing, asked: frozenset[MessageKind], hours: int
) -> None:
    now = START + hours * HOUR
    kind = notice_due(before, stands, asked, now)
    if kind is not None:
        after = Told(kind, stands.version, stands.place)
        assert notice_due(after, stands, asked, now) is None
        assert not has_changed(kind, stands.place, stands)


@given(_told, _standing, _asked)
def test_only_what_is_so_is_said(
    before: Told | None, stands: Standing, asked: frozenset[MessageKind]
) -> None:
    kind = notice_due(before, stands, asked, NOW)
    true = {
        None: set(Status),
        CONFIRMATION: {CONFIRMED},
        CHANGE: {CONFIRMED},
        CANCELLATION: {CANCELLED},
        MISSED: {NO_SHOW},
    }
    assert stands.status in true[kind]


def telling(zone: ZoneInfo = BERLIN, quiet: bool = True, useful: int = 4) -> Telling:
    """Return rules with quiet hours from 20 to 7."""
    hours = QuietHours(time(20), time(7)) if quiet else None
    times = MessageTimes(quiet=hours, useful_hours=useful)
    return Telling(DeskRules(messages=times), zone)


def at(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    """Return an instant by a wall clock, written as "2030-03-05 09:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


TOO_LATE, ASLEEP = Missed(Outcome.TOO_LATE), Missed(Outcome.QUIET_HOURS)


@pytest.mark.parametrize(
    ("kind", "lead", "start", "now", "verdict"),
    [
        (LONG, 48, "2030-03-06 15:00", "2030-03-04 15:00", Send()),
        (LONG, 48, "2030-03-06 15:00", "2030-03-06 11:00", Send()),
        (LONG, 48, "2030-03-06 15:00", "2030-03-06 11:01", TOO_LATE),
        (LONG, 48, "2030-03-06 15:00", "2030-03-06 15:00", TOO_LATE),
        (LONG, 48, "2030-03-06 15:00", "2030-03-09 15:00", TOO_LATE),
        # It waits for the morning if it is of use then.
        (LONG, 48, "2030-03-06 15:00", "2030-03-05 20:00", "2030-03-06 07:00"),
        (LONG, 48, "2030-03-06 15:00", "2030-03-06 06:59", "2030-03-06 07:00"),
        (LONG, 48, "2030-03-06 11:00", "2030-03-06 03:00", "2030-03-06 07:00"),
        (LONG, 48, "2030-03-06 10:59", "2030-03-06 03:00", ASLEEP),
        (LONG, 48, "2030-03-06 10:00", "2030-03-06 07:00", TOO_LATE),
        (SHORT, 1, "2030-03-06 15:00", "2030-03-06 14:00", Send()),
        (SHORT, 1, "2030-03-06 15:00", "2030-03-06 14:50", Send()),
        (SHORT, 1, "2030-03-06 15:00", "2030-03-06 14:51", TOO_LATE),
        (SHORT, 12, "2030-03-06 07:30", "2030-03-06 06:00", "2030-03-06 07:00"),
        (SHORT, 12, "2030-03-06 07:05", "2030-03-06 06:00", ASLEEP),
        # A short lead is not too late when it is due.
        (LONG, 3, "2030-03-06 15:00", "2030-03-06 12:01", Send()),
        (LONG, 3, "2030-03-06 15:00", "2030-03-06 13:31", TOO_LATE),
        # The night in which the clock loses an hour, and the one in which it gains one.
        (LONG, 48, "2030-03-31 11:00", "2030-03-31 01:30", "2030-03-31 07:00"),
        (LONG, 48, "2030-03-31 12:00", "2030-03-30 21:00", "2030-03-31 07:00"),
        (LONG, 48, "2030-10-27 11:00", "2030-10-27 02:30", "2030-10-27 07:00"),
        (LONG, 48, "2030-10-27 10:30", "2030-10-27 02:30", ASLEEP),
    ],
)
def test_a_late_reminder_leaves_while_it_is_of_use(
    kind: MessageKind, lead: int, start: str, now: str, verdict: Verdict | str
) -> None:
    place = replace(HERE, start=at(start), end=at(start) + HOUR)
    reminder = Reminder(kind, place.start - lead * HOUR, place.start)
    wanted = Later(at(verdict)) if isinstance(verdict, str) else verdict
    stands = standing(CONFIRMED, place)
    assert reminder_due(reminder, stands, at(now), telling()) == wanted


def test_quiet_hours_are_the_clients() -> None:
    # In Berlin it is two in the afternoon, in Tokyo ten in the evening.
    now, start = at("2030-03-05 14:00"), at("2030-03-06 18:00")
    stands = standing(CONFIRMED, replace(HERE, start=start, end=start + HOUR))
    reminder = Reminder(LONG, start - 48 * HOUR, start)
    assert reminder_due(reminder, stands, now, telling(BERLIN)) == Send()
    morning = at("2030-03-06 07:00", TOKYO)
    assert reminder_due(reminder, stands, now, telling(TOKYO)) == Later(morning)


@pytest.mark.parametrize(
    ("stands", "reason"),
    [
        (standing(CANCELLED), Outcome.CANCELLED),
        (standing(PENDING), Outcome.NOT_DUE),
        (standing(NO_SHOW), Outcome.OVER),
        (standing(COMPLETED), Outcome.OVER),
        (standing(CONFIRMED, LATER), Outcome.MOVED),
    ],
)
def test_nobody_is_reminded_of_what_is_not_so(
    stands: Standing, reason: Outcome
) -> None:
    reminder = Reminder(LONG, START - 48 * HOUR, START)
    verdict = reminder_due(reminder, stands, START - 48 * HOUR, telling())
    assert verdict == Dropped(reason)


@given(st.integers(0, 60 * 24), st.integers(1, 72), st.integers(0, 24), st.booleans())
def test_a_reminder_leaves_awake_and_in_time_or_is_listed(
    minutes: int, lead: int, useful: int, quiet: bool
) -> None:
    now = START - lead * HOUR + minutes * MINUTE
    reminder = Reminder(LONG, START - lead * HOUR, START)
    rules = telling(TOKYO, quiet, useful)
    verdict = reminder_due(reminder, standing(CONFIRMED), now, rules)
    leaves = now if isinstance(verdict, Send) else None
    if isinstance(verdict, Later):
        leaves = verdict.at
        again = reminder_due(reminder, standing(CONFIRMED), leaves, rules)
        assert again == Send()
    if leaves is None:
        assert isinstance(verdict, Missed)
        return
    assert now <= leaves <= START - min(useful * HOUR, lead * HOUR / 2)
    assert not (quiet and QuietHours().around(leaves, TOKYO))


@pytest.mark.parametrize(
    ("kind", "short_due", "is_one_too_many"),
    [
        (LONG, None, False),
        (LONG, 16 * MINUTE, False),
        (LONG, 15 * MINUTE, True),
        (LONG, -HOUR, True),
        (SHORT, -HOUR, False),
    ],
)
def test_the_long_reminder_gives_way(
    kind: MessageKind, short_due: timedelta | None, is_one_too_many: bool
) -> None:
    due = None if short_due is None else NOW + short_due
    assert gives_way(kind, NOW, due) is is_one_too_many


@pytest.mark.parametrize(
    ("kind", "is_virtual", "place", "late", "waits"),
    [
        (CONFIRMATION, True, HERE, 0, True),
        (CHANGE, True, HERE, 14, True),
        (CONFIRMATION, True, HERE, 15, False),
        (CONFIRMATION, True, LINKED, 0, False),
        (CONFIRMATION, False, HERE, 0, False),
        (CANCELLATION, True, HERE, 0, False),
    ],
)
def test_a_message_waits_a_while_for_its_link(
    kind: MessageKind, is_virtual: bool, place: Place, late: int, waits: bool
) -> None:
    stands = Standing(CONFIRMED, 1, place, is_virtual)
    assert waits_for_link(kind, stands, NOW, NOW + late * MINUTE) is waits


@pytest.mark.parametrize(
    ("kind", "stands", "outcome"),
    [
        (CONFIRMATION, standing(CONFIRMED), None),
        (CONFIRMATION, standing(CONFIRMED, LINKED), None),
        (CONFIRMATION, standing(CONFIRMED, LATER), Outcome.NOT_DUE),
        (CONFIRMATION, standing(CANCELLED), Outcome.CANCELLED),
        (CHANGE, standing(CONFIRMED, LONGER), Outcome.NOT_DUE),
        (CANCELLATION, standing(CANCELLED, LATER), None),
        (CANCELLATION, standing(CONFIRMED), Outcome.NOT_DUE),
        (MISSED, standing(NO_SHOW), None),
        (MISSED, standing(CONFIRMED), Outcome.NOT_DUE),
        (SHORT, standing(CONFIRMED, LATER), Outcome.MOVED),
        (SHORT, standing(COMPLETED), Outcome.OVER),
    ],
)
def test_what_was_planned_may_be_untrue_by_now(
    kind: MessageKind, stands: Standing, outcome: Outcome | None
) -> None:
    assert has_changed(kind, HERE, stands) is outcome


@pytest.mark.parametrize(
    ("start", "before", "now", "leaves"),
    [
        ("2030-03-09 09:00", None, "2030-03-05 12:00", "2030-03-05 12:00"),
        ("2030-03-09 09:00", None, "2030-03-05 21:00", "2030-03-06 07:00"),
        # Who expects a visit tonight, or at seven, is told at once.
        ("2030-03-05 22:00", None, "2030-03-05 21:00", "2030-03-05 21:00"),
        (
            "2030-03-09 09:00",
            "2030-03-05 22:00",
            "2030-03-05 21:00",
            "2030-03-05 21:00",
        ),
        (
            "2030-03-09 09:00",
            "2030-03-06 07:00",
            "2030-03-05 21:00",
            "2030-03-05 21:00",
        ),
        # One that is over does not press.
        ("2030-03-05 19:00", None, "2030-03-05 21:00", "2030-03-06 07:00"),
    ],
)
def test_a_late_notice_wakes_nobody_unless_it_must(
    start: str, before: str | None, now: str, leaves: str
) -> None:
    stands = standing(CONFIRMED, replace(HERE, start=at(start), end=at(start) + HOUR))
    known = None
    if before:
        place = replace(HERE, start=at(before), end=at(before) + HOUR)
        known = told(CONFIRMATION, place)
    assert notice_time(at(now), stands, known, telling()) == at(leaves)
