"""Rooms for people who may not see who is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desk_app.errors import Refused
from desk_app.services.diary import OpeningQuery
from tests import factories
from tests.services.test_roles import practice

if TYPE_CHECKING:
    from tests.services.test_roles import Practice

__all__ = ["practice"]


def test_a_room_that_a_provider_cannot_see_into_is_not_offered(
    practice: Practice,
) -> None:
    weber, lang = practice.weber, practice.lang
    factories.room(practice.admin, weber.service_id, lang.service_id)
    practice.booking("ben").book(lang.request(9))
    diary = practice.diary("weber")
    query = OpeningQuery((weber.service_id,), factories.TOMORROW, 1, limit=1)
    assert diary.openings(query)[0].start == weber.at(9, 40)
    seen = diary.days(factories.TOMORROW, 1, [weber.provider_id, lang.provider_id])
    assert [len(column.appointments) for column in seen] == [0, 0]
    assert all(len(column.rooms) == 1 for column in seen)
    with pytest.raises(Refused):
        practice.booking("weber").book(weber.request(9))
