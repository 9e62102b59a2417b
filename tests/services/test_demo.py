"""The demo practice: believable, within every rule, the same for a seed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from functools import cache
from hashlib import sha256
from itertools import combinations, pairwise

import pytest
from sqlalchemy import text

from desk_app.db.folding import fold
from desk_app.domain.appointment import Status
from desk_app.domain.duplicates import Likeness, Traits, likeness
from desk_app.domain.hours import blocks_of, open_windows
from desk_app.domain.interval import Interval
from desk_app.domain.people import ProviderType
from desk_app.domain.slots import DayFacts, free_slots
from desk_app.errors import NotAllowed
from desk_app.services import demo
from desk_app.services.contact import clean_client, clean_email, clean_phone
from desk_app.services.diary import Diary

TUESDAY = date(2026, 11, 24)
SUNDAY = date(2026, 11, 22)
AFTER_CLOCK_CHANGE = date(2027, 3, 29)
DAYS = [TUESDAY, SUNDAY, AFTER_CLOCK_CHANGE]
PAST = {Status.COMPLETED, Status.NO_SHOW, Status.CANCELLED}
AHEAD = {Status.CONFIRMED, Status.PENDING, Status.CANCELLED}

made = cache(demo.make)


def windows_of(practice, staff, day):
    """Return when somebody is open on a day."""
    weekly = staff.hours.get(day.weekday(), ())
    overrides = practice.overrides_of(staff.provider.provider_id, day)
    return open_windows(day, practice.zone, weekly, overrides)


def day_of(practice, visit):
    """Return the local day of a visit."""
    return visit.appointment.start.astimezone(practice.zone).date()


def share_booked(today, day):
    """Return how much of the open time of a day is booked."""
    practice, visits = made(today).practice, made(today).visits
    hours = [w for staff in practice.staff for w in windows_of(practice, staff, day)]
    busy = [
        visit.appointment.busy.length
        for visit in visits
        if day_of(practice, visit) == day
        and visit.appointment.status is not Status.CANCELLED
    ]
    return sum(busy, timedelta()) / sum((w.length for w in hours), timedelta())


def test_a_practice_of_all_kinds_of_provider():
    practice = made(TUESDAY).practice
    providers = [staff.provider for staff in practice.staff]
    services = [offered for staff in practice.staff for offered in staff.offered]
    assert Counter(each.type for each in providers) == dict.fromkeys(ProviderType, 2)
    assert len({each.colour for each in providers}) == 8
    assert len(services) == 20
    assert {offered.service.is_virtual for offered in services} == {True, False}


def test_clients_have_names_of_many_languages():
    clients = made(TUESDAY).clients
    names = [known.client.name for known in clients]
    assert len(set(names)) == len(names) == 400
    assert max(map(len, names)) > 60
    assert any("\u0600" < letter < "\u06ff" for name in names for letter in name)
    assert any(letter in "äöüß" for name in names for letter in name)
    assert 2 <= sum(known.client.no_show_flag for known in clients) <= 9


def test_what_is_known_of_a_client_is_written_as_the_desk_writes_it():
    numbers = [known.client.phone for known in made(TUESDAY).clients]
    assert len(set(numbers)) == 400
    for known in made(TUESDAY).clients:
        client = known.client
        assert clean_phone(client.phone, "DE") == client.phone
        assert clean_email(client.email) == client.email
        assert clean_client(client, "DE").name == client.name


@pytest.mark.parametrize("today", DAYS)
def test_no_two_visits_of_a_provider_overlap(today):
    busy = defaultdict(list)
    for visit in made(today).visits:
        if visit.appointment.status is not Status.CANCELLED:
            busy[visit.appointment.provider_id].append(visit.appointment.busy)
    assert len(busy) == 8
    for intervals in busy.values():
        assert all(a.end <= b.start for a, b in pairwise(sorted(intervals)))


@pytest.mark.parametrize("today", DAYS)
def test_each_visit_lies_on_a_slot_that_was_offered_when_it_was_booked(today):
    practice = made(today).practice
    staff = {each.provider.provider_id: each for each in practice.staff}
    services = {
        offered.service.service_id: offered.service
        for each in practice.staff
        for offered in each.offered
    }
    busy = defaultdict(list)
    for visit in made(today).visits:
        if visit.appointment.status is not Status.CANCELLED:
            who, day = visit.appointment.provider_id, day_of(practice, visit)
            busy[who, day].append(visit.appointment.busy)
    for visit in made(today).visits:
        booked, day = visit.appointment, day_of(practice, visit)
        # Who called off may have made room for somebody else since.
        others = [
            each
            for each in sorted(busy[booked.provider_id, day])
            if booked.status is not Status.CANCELLED and each != booked.busy
        ]
        provider = staff[booked.provider_id]
        facts = DayFacts(
            provider=provider.provider,
            day=day,
            today=visit.created_at.astimezone(practice.zone).date(),
            open_windows=windows_of(practice, provider, day),
            busy=tuple(others),
        )
        slots = free_slots(services[booked.service_id], facts, visit.created_at)
        assert Interval(booked.start, booked.end) in slots


@pytest.mark.parametrize("today", DAYS)
def test_what_is_past_is_over_and_what_comes_is_not(today):
    practice = made(today).practice
    seen = {True: set(), False: set()}
    for visit in made(today).visits:
        is_past = day_of(practice, visit) < today
        seen[is_past].add(visit.appointment.status)
        if visit.appointment.status is Status.CANCELLED:
            cancelled_at = visit.appointment.cancelled_at
            assert visit.created_at < cancelled_at < visit.appointment.start
        assert visit.created_at.astimezone(practice.zone).date() < today
    assert seen == {True: PAST, False: AHEAD}


def test_the_time_of_day_decides_what_is_over_and_nothing_else():
    noon = datetime(2026, 11, 24, 11, tzinfo=UTC)
    whole, half = made(TUESDAY), demo.make(TUESDAY, now=noon)
    pairs = list(zip(whole.visits, half.visits, strict=True))
    assert [a.key for a, _ in pairs] == [b.key for _, b in pairs]
    changed = [b for a, b in pairs if a.appointment.status != b.appointment.status]
    assert {visit.appointment.status for visit in changed} <= PAST
    assert all(visit.appointment.end <= noon for visit in changed)
    assert len(changed) > 20


@pytest.mark.parametrize("today", [TUESDAY + timedelta(days=n) for n in range(7)])
def test_today_is_full_but_not_quite_and_later_days_are_thinner(today):
    assert 0.68 <= share_booked(today, today) <= 0.88
    later = [today + timedelta(days=n) for n in range(21, 28)]
    shares = [share_booked(today, day) for day in later if day.weekday() < 5]
    assert sum(shares) / len(shares) < 0.4


def test_nobody_comes_twice_on_a_day():
    practice, visits = made(TUESDAY).practice, made(TUESDAY).visits
    seen = Counter(
        (visit.appointment.client_id, day_of(practice, visit)) for visit in visits
    )
    assert max(seen.values()) == 1


def test_today_has_blocked_time_and_a_saturday_is_extra():
    practice = made(TUESDAY).practice
    changes = [each for each in practice.overrides if each.day == TUESDAY]
    blocks = blocks_of(TUESDAY, practice.zone, [each.override for each in changes])
    assert len(blocks) == 4
    extra = [each for each in practice.overrides if not each.override.is_blocked]
    assert [each.day.weekday() for each in extra] == [5]


def test_of_those_whose_time_has_begun_one_is_seen_and_one_waits():
    noon = datetime(2026, 11, 24, 11, tzinfo=UTC)
    here = [
        visit
        for visit in demo.make(TUESDAY, now=noon).visits
        if visit.arrived_at and visit.appointment.status is Status.CONFIRMED
    ]
    assert [visit.seen_at is not None for visit in here] == [True, False]
    for visit in here:
        booked = visit.appointment
        assert visit.arrived_at < booked.start <= noon < booked.end
        assert not booked.is_virtual
    early = [v for v in made(TUESDAY).visits if v.appointment.start >= noon]
    assert not any(visit.arrived_at for visit in early)


@pytest.mark.parametrize("today", DAYS)
def test_three_who_come_later_wait_for_an_earlier_time(today):
    booked = {v.appointment.appointment_id: v for v in made(today).visits}
    wishes = made(today).wishes
    assert [wish.is_urgent for wish in wishes] == [True, False, False]
    assert len({wish.client_id for wish in wishes}) == 3
    for wish in wishes:
        kept = booked[wish.appointment_id].appointment
        assert kept.client_id == wish.client_id
        assert kept.status is Status.CONFIRMED
        assert day_of(made(today).practice, booked[wish.appointment_id]) > today
        assert wish.since.astimezone(made(today).practice.zone).date() < today


def test_one_client_is_entered_twice_by_a_slip():
    traits = [
        Traits(fold(known.client.name).strip(), known.client.phone, known.client.email)
        for known in made(TUESDAY).clients
    ]
    pairs = [
        pair
        for pair in combinations(traits, 2)
        if likeness(*pair) is Likeness.SAME_PERSON
    ]
    assert len(pairs) == 1


def test_weekly_hours_of_a_provider_do_not_overlap():
    for staff in made(TUESDAY).practice.staff:
        for windows in staff.hours.values():
            for one, other in combinations(windows, 2):
                assert one.end <= other.start or other.end <= one.start


def test_the_same_seed_makes_the_same_demo_in_another_process():
    code = (
        "import sys; from datetime import date; from hashlib import sha256;"
        " from desk_app.services import demo; made = demo.make(date(2026, 11, 24));"
        " print(sha256(repr(made).encode()).hexdigest())"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == sha256(repr(made(TUESDAY)).encode()).hexdigest()
    assert demo.make(TUESDAY, seed=2) != made(TUESDAY)


def count(sessions, table):
    """Return how many rows a table has."""
    with sessions.begin() as session:
        return session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()


def test_filling_writes_all_of_it_once(sessions):
    demo.fill(sessions, TUESDAY)
    assert demo.is_current(sessions, TUESDAY)
    expected = {
        "provider": 8,
        "service": 20,
        "client": 400,
        "appointment": len(made(TUESDAY).visits),
        "availability_override": len(made(TUESDAY).practice.overrides),
        "waitlist_entry": 3,
    }
    assert {table: count(sessions, table) for table in expected} == expected
    demo.fill(sessions, TUESDAY)
    assert count(sessions, "client") == 400


def test_the_diary_shows_what_was_made(sessions):
    demo.fill(sessions, TUESDAY)
    diary = Diary(sessions)
    catalogue = diary.catalogue()
    assert catalogue.practice_name == "Lindenhof Practice"
    everybody = [provider.provider_id for provider in catalogue.providers]
    columns = diary.days(TUESDAY, 1, everybody)
    shown = [each for column in columns for each in column.appointments]
    expected = [
        visit.appointment.appointment_id
        for visit in made(TUESDAY).visits
        if day_of(made(TUESDAY).practice, visit) == TUESDAY
        and visit.appointment.status is not Status.CANCELLED
    ]
    assert sorted(each.appointment_id for each in shown) == expected
    assert sum(len(column.blocks) for column in columns) == 4
    made_visit = made(TUESDAY).visits[expected[0] - 1].appointment
    shown_visit = next(x for x in shown if x.appointment_id == expected[0])
    assert shown_visit.busy == made_visit.busy
    assert shown_visit.price == made_visit.price


def test_a_demo_of_another_day_is_made_anew(sessions):
    demo.fill(sessions, SUNDAY)
    assert not demo.is_current(sessions, TUESDAY)
    demo.fill(sessions, TUESDAY)
    assert demo.is_current(sessions, TUESDAY)
    assert count(sessions, "appointment") == len(made(TUESDAY).visits)


def test_new_rows_count_on_from_the_demo(sessions):
    demo.fill(sessions, TUESDAY)
    with sessions.begin() as session:
        added = session.execute(
            text("INSERT INTO client (name) VALUES ('Ana') RETURNING client_id")
        )
        assert added.scalar_one() == 401


def test_a_real_practice_is_never_wiped(sessions):
    assert not demo.is_current(sessions, TUESDAY)
    with sessions.begin() as session:
        session.execute(text("INSERT INTO client (name) VALUES ('Ana')"))
    with pytest.raises(NotAllowed, match="database of its own"):
        demo.fill(sessions, TUESDAY)
    assert count(sessions, "client") == 1


@pytest.mark.parametrize("today", DAYS)
def test_of_visits_to_come_it_is_known_what_was_told(today):
    practice, messages = made(today).practice, made(today).messages
    visits = {v.appointment.appointment_id: v.appointment for v in made(today).visits}
    assert Counter(row.state for row in messages)["WAITING"] > 100
    for row in messages:
        booked = visits[row.appointment_id]
        assert booked.status is Status.CONFIRMED
        assert booked.start > practice.now
        assert (row.at > practice.now) is (row.state == "WAITING")
        assert row.created_at <= row.at
        assert all(isinstance(value, int) for value in row.payload.values())


@pytest.mark.parametrize("today", DAYS)
def test_of_its_messages_three_need_somebody_and_no_address_stands_there(today):
    messages, known = made(today).messages, made(today).clients
    states = Counter(row.state for row in messages)
    assert (states["DEAD"], states["UNSURE"], states["MISSED"]) == (1, 1, 1)
    emails = {each.client.email for each in known if each.client.email}
    assert not emails & {row.sent_to for row in messages}
    assert len({row.dedupe_key for row in messages}) == len(messages)
