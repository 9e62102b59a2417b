"""The waiting list: who fits a free time, and whom to ring first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.interval import Interval
from desk_app.domain.people import Client
from desk_app.domain.slots import DayFacts, open_windows
from desk_app.domain.waitlist import (
    CallRequest,
    Entry,
    FreedSlot,
    Kept,
    Offer,
    Outcome,
    Visit,
    Wish,
    check_call,
    check_wish,
    ranked,
)
from desk_app.errors import BeingRung, Invalid
from tests.domain.examples import examples
from tests.domain.facts import between, clock, provider, service, window

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = date(2026, 3, 3)
NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
LONG_AGO = datetime(2026, 2, 18, 9, 0, tzinfo=UTC)


def at(text: str, day: date = TUESDAY) -> datetime:
    """Return the instant of a wall-clock time."""
    return datetime.combine(day, clock(text), BERLIN).astimezone(UTC)


SLOT = FreedSlot(1, at("14:30"))
FACTS = DayFacts(
    provider=provider(),
    day=TUESDAY,
    today=NOW.date(),
    open_windows=open_windows(TUESDAY, BERLIN, [window("9:00-17:00")], []),
    busy=(
        between(TUESDAY, BERLIN, "13:00-14:30"),
        between(TUESDAY, BERLIN, "15:10-17:00"),
    ),
)
CHECK_UP, LONG = service(30, 10, name="Check-up"), service(60, 0, name="Long")
OFFER = Offer(SLOT, (CHECK_UP, LONG), FACTS, BERLIN, NOW, {})
WISH = Wish("Check-up")


def entry(number: int = 1, wish: Wish = WISH, **changes: object) -> Entry:
    """Return somebody who waits for a check-up since twelve days."""
    waiting = Entry(number, Client(number, "Anna"), wish, LONG_AGO, 1)
    return replace(waiting, **changes)


def wishing(**changes: object) -> Entry:
    """Return somebody with another wish."""
    return entry(wish=replace(WISH, **changes))


def kept(text: str, day: date = TUESDAY, minutes: int | None = None) -> Kept:
    """Return a booking that somebody keeps."""
    return Kept(7, 1, at(text, day), 1, minutes)


LOCKED = Client(1, "Anna", locked_out_until=at("23:59", date(2026, 3, 9)))
FITS = {
    "who wants this provider": wishing(provider_id=1),
    "who comes to anyone": wishing(),
    "who can come on that very day": wishing(from_day=TUESDAY, until_day=TUESDAY),
    "who can come on that weekday": wishing(weekdays=(1,)),
    "who can come just then": wishing(from_time=time(14, 30), until_time=time(15)),
    "who keeps a later booking": entry(kept=kept("15:00", date(2026, 3, 10))),
    "who keeps one later that day": entry(kept=kept("16:00")),
    "who declined another time": entry(
        outcome=Outcome.DECLINED, offered_start=at("9:00")
    ),
    "who did not answer": entry(outcome=Outcome.NO_ANSWER, offered_start=SLOT.start),
    "who is locked out of today only": entry(client=LOCKED),
}
FITS_NOT = {
    "who waits for what is not offered": wishing(service_name="Massage"),
    "who needs more time than is free": wishing(service_name="Long"),
    "whose booking is longer than that": entry(
        kept=kept("15:00", date(2026, 3, 10), minutes=45)
    ),
    "who wants somebody else": wishing(provider_id=2),
    "who comes later only": wishing(from_day=date(2026, 3, 4)),
    "who came sooner only": wishing(until_day=date(2026, 3, 2)),
    "who cannot come on that weekday": wishing(weekdays=(0, 2, 3, 4, 5, 6)),
    "who comes later that day": wishing(from_time=time(14, 31)),
    "who must have left by then": wishing(until_time=time(14, 59)),
    "who has an earlier booking": entry(kept=kept("9:00")),
    "who has this very time": entry(kept=kept("14:30")),
    "who declined this time": entry(outcome=Outcome.DECLINED, offered_start=SLOT.start),
}


@pytest.mark.parametrize("who", FITS)
def test_a_free_time_is_offered_to(who):
    assert [one.entry for one in ranked([FITS[who]], OFFER)] == [FITS[who]]


@pytest.mark.parametrize("who", FITS_NOT)
def test_a_free_time_is_not_offered_to(who):
    assert ranked([FITS_NOT[who]], OFFER) == ()


def test_who_is_locked_out_of_the_same_day_is_not_rung_about_it():
    today = replace(OFFER, now=at("10:00"), facts=replace(FACTS, today=TUESDAY))
    assert ranked([entry(client=LOCKED)], today) == ()
    moves = entry(client=LOCKED, kept=kept("16:00"))
    assert [one.entry for one in ranked([moves], today)] == [moves]


def test_who_is_here_then_is_not_rung_but_for_the_booking_they_would_move():
    there = Visit(7, Interval(at("14:45"), at("15:15")))
    offer = replace(OFFER, visits={1: (there,)})
    assert ranked([entry()], offer) == ()
    assert len(ranked([entry(kept=kept("14:45"))], offer)) == 1


def test_times_are_those_of_the_practice_not_of_the_provider():
    tokyo = ZoneInfo("Asia/Tokyo")
    in_tokyo = replace(OFFER, zone=tokyo)
    late = wishing(from_time=time(22, 30), until_time=time(23))
    assert len(ranked([late], in_tokyo)) == 1
    assert ranked([late], OFFER) == ()


def test_a_start_between_two_others_is_offered_all_the_same():
    between_two = replace(
        OFFER,
        slot=FreedSlot(1, at("14:27")),
        facts=replace(FACTS, busy=(between(TUESDAY, BERLIN, "13:00-14:27"),)),
    )
    assert len(ranked([entry()], between_two)) == 1


def test_urgent_ones_come_first_then_who_waits_longest_last_whom_nobody_reached():
    reached_not = {"outcome": Outcome.NO_ANSWER, "offered_start": SLOT.start}
    urgent = replace(WISH, is_urgent=True)
    waiting = [
        entry(1, urgent, **reached_not),
        entry(2, since=LONG_AGO + timedelta(days=3)),
        entry(3),
        entry(4),
        entry(5, urgent, since=LONG_AGO + timedelta(days=5)),
    ]
    order = [one.entry.entry_id for one in ranked(waiting, OFFER)]
    assert order == [5, 3, 4, 2, 1]


def test_each_rank_knows_why():
    (one,) = ranked([wishing(provider_id=1, is_urgent=True)], OFFER)
    assert (one.days_waiting, one.wants_provider, one.was_rung) == (12, True, False)
    assert one.service is CHECK_UP


WISHES = st.builds(
    Wish,
    st.sampled_from(["Check-up", "Long", "Massage"]),
    st.sampled_from([None, 1, 2]),
    from_day=st.sampled_from([None, date(2026, 3, 2), date(2026, 3, 4)]),
    weekdays=st.sampled_from([(), (1,), (0, 2)]),
    until_time=st.sampled_from([None, time(12), time(18)]),
    is_urgent=st.booleans(),
)
ENTRIES = st.builds(
    Entry,
    st.integers(1, 1000),
    st.just(Client(1, "Anna")),
    WISHES,
    st.integers(-9, 9).map(lambda days: LONG_AGO + timedelta(days=days)),
    st.just(1),
    st.sampled_from([None, kept("9:00"), kept("16:00")]),
    offered_start=st.sampled_from([None, SLOT.start]),
    outcome=st.sampled_from([None, Outcome.NO_ANSWER, Outcome.DECLINED]),
)
LISTS = st.lists(ENTRIES, max_size=12, unique_by=lambda one: one.entry_id)


@examples(200)
@given(LISTS)
def test_the_order_is_total_and_the_same_however_they_were_read(waiting):
    listed = ranked(waiting, OFFER)
    assert listed == ranked(list(reversed(waiting)), OFFER)
    orders = [one.order for one in listed]
    assert orders == sorted(orders)
    assert len(set(orders)) == len(orders)


@examples(200)
@given(LISTS)
def test_nobody_is_listed_who_does_not_fit_and_everybody_who_does(waiting):
    def fits(one: Entry) -> bool:
        wish = one.wish
        return (
            wish.service_name == "Check-up"
            and wish.provider_id != 2
            and wish.from_day != date(2026, 3, 4)
            and wish.weekdays != (0, 2)
            and wish.until_time != time(12)
            and (one.kept is None or one.kept.start > SLOT.start)
            and (one.outcome, one.offered_start) != (Outcome.DECLINED, SLOT.start)
        )

    listed = {one.entry.entry_id for one in ranked(waiting, OFFER)}
    assert listed == {one.entry_id for one in waiting if fits(one)}


@pytest.mark.parametrize(
    ("field", "wish"),
    [
        ("service_name", Wish(" ")),
        ("weekdays", replace(WISH, weekdays=(7,))),
        ("until_day", replace(WISH, from_day=TUESDAY, until_day=date(2026, 3, 2))),
        ("until_time", replace(WISH, from_time=time(12), until_time=time(12))),
    ],
)
def test_a_wish_that_nothing_can_fulfil_names_its_field(field, wish):
    with pytest.raises(Invalid) as invalid:
        check_wish(wish)
    assert invalid.value.field == field


def test_a_call_of_another_desk_stops_this_one_and_its_own_goes_on():
    until = at("9:05")
    ringing = entry(1, called_by="anna", calling_until=until)
    check_call([ringing, entry(2)], CallRequest(1, until))
    check_call([entry(1)], CallRequest(1))
    for request in (CallRequest(1), CallRequest(1, at("9:04")), CallRequest(2, until)):
        with pytest.raises(BeingRung) as rung:
            check_call([ringing, entry(2)], request)
        assert rung.value.login == "anna"
