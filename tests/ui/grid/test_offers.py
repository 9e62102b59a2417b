"""Which times the grid offers, and where an appointment may go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QLocale

from desk_app.domain.policies import Policy
from desk_app.domain.slots import Alignment, AlignmentKind
from desk_app.ui.grid.clock import TimeLabels
from desk_app.ui.grid.columns import Column
from desk_app.ui.grid.offers import Offers
from desk_app.ui.grid.words import refused_words
from tests.ui.grid.days import NOW, at, provider, provider_day, service, visit


@pytest.fixture
def offers() -> Offers:
    offers = Offers(NOW)
    offers.choose({1: service(1, 60)})
    offers.know([service(1, 60), service(2, 60)], Alignment())
    return offers


def column(*visits: object, **values: object) -> Column:
    day = provider_day(*visits, **values)  # type: ignore[arg-type]
    return Column(day, TimeLabels(QLocale()))


def test_offers_are_the_free_slots_of_the_chosen_service(offers: Offers) -> None:
    found = offers.of(column(visit("10:00", 60), hours=["09:00-13:00"]))
    assert [(offer.top // 60, offer.start) for offer in found] == [
        (9, at("09:00")),
        (11, at("11:00")),
        (12, at("12:00")),
    ]


def test_a_provider_without_the_service_offers_nothing(offers: Offers) -> None:
    assert offers.of(column(who=provider(2))) == ()


def test_offers_follow_the_clock_and_the_column(offers: Offers) -> None:
    day = column(hours=["09:00-11:00"])
    assert len(offers.of(day)) == 2
    offers.set_now(at("09:30"))
    assert len(offers.of(day)) == 1
    day.cards = [day.card_of(visit("10:00", 60))]
    offers.forget(day)
    assert offers.of(day) == ()


def test_an_appointment_is_not_in_its_own_way(offers: Offers) -> None:
    booked = visit("10:00", 60)
    day = column(booked, hours=["09:00-12:00"])
    targets = offers.for_move(booked, day)
    assert [offer.start for offer in targets.starts] == [
        at("09:00"),
        at("10:00"),
        at("11:00"),
    ]
    assert targets.refused(at("10:00")) is None


def test_every_start_is_allowed_and_no_other_time(offers: Offers) -> None:
    offers.know([service(1, 60)], Alignment(AlignmentKind.EVERY, 15))
    booked = visit("10:00", 60)
    targets = offers.for_move(booked, column(booked, visit("12:00", 60)))
    starts = {offer.start for offer in targets.starts}
    for minutes in range(0, 720, 5):
        start = at("07:00") + timedelta(minutes=minutes)
        assert (targets.refused(start) is None) == (start in starts)


def test_an_appointment_keeps_its_odd_place(offers: Offers) -> None:
    odd = visit("10:07", 60)
    targets = offers.for_move(odd, column(odd))
    assert targets.refused(at("10:07")) is None
    assert targets.nearest(607, 5) is not None


@pytest.mark.parametrize("policy", list(Policy))
def test_every_refusal_has_words(policy: Policy) -> None:
    assert refused_words(policy)
