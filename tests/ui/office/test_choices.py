"""What is decided about stranded appointments, as tables."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from desk_app.domain.people import Money
from desk_app.domain.rebooking import Proposal
from desk_app.domain.slots import Opening
from desk_app.domain.stranding import Decision, Fate, Settlement
from desk_app.ui.office.stranded.choices import Choices, Since
from tests.domain.test_running_late import visit

NINE, TEN = visit(1, "9:00-9:30"), visit(2, "10:00-10:30")
LATER = visit(3, "15:00-15:30")
HOUR = TEN.start - NINE.start


def free(of, hours: int) -> Opening:
    """Return a free time so many hours after a visit."""
    start = of.start + hours * HOUR
    return Opening(start, start + (of.end - of.start), of.provider_id, of.service_id)


FOUR = free(NINE, 7)


def offered(choices: Choices, *openings: Opening) -> Choices:
    """Offer the same times to all."""
    choices.offer([Proposal(row.appointment, openings) for row in choices.rows])
    return choices


def test_all_are_kept_until_somebody_decides_otherwise() -> None:
    choices = Choices([TEN, NINE])
    assert [row.appointment for row in choices.rows] == [NINE, TEN]
    assert choices.settlement("").undecided([NINE, TEN]) == []
    assert choices.count(Fate.KEEP) == 2


def test_no_time_is_given_twice() -> None:
    choices = offered(Choices([NINE, TEN]), FOUR, free(NINE, 8))
    assert choices.move(0, 0)
    assert not choices.move(1, 0)
    assert choices.move_to_first(1)
    assert choices.rows[1].place == 1
    assert not choices.move(1, 2)


def test_what_is_cancelled_is_given_back_in_full() -> None:
    paid = [replace(each, price=Money(Decimal(60), "EUR")) for each in (NINE, TEN)]
    choices = Choices(paid)
    choices.cancel(0)
    choices.cancel(1)
    assert choices.given_back(LATER.start) == (Money(Decimal(120), "EUR"),)


def test_an_earlier_decision_stands_for_what_stands_as_before() -> None:
    earlier = Settlement(
        (
            Decision(1, NINE.version, Fate.CANCEL),
            Decision(2, TEN.version, Fate.MOVE, TEN.provider_id, FOUR.start),
        )
    )
    changed = replace(NINE, version=NINE.version + 1)
    again = offered(Choices([changed, TEN, LATER], earlier), FOUR)
    assert [row.fate for row in again.rows] == [Fate.KEEP, Fate.MOVE, Fate.KEEP]
    lost = [Since.CHANGED, Since.LOST, Since.NEW]
    assert [
        r.since for r in offered(Choices([changed, TEN, LATER], earlier)).rows
    ] == lost
