"""Long work tells how far it is, and ends when nobody wants it."""

from __future__ import annotations

import pytest

from desk_app.domain.progress import CancelToken, Progress, Work
from desk_app.errors import Cancelled


def test_work_tells_how_far_it_has_come() -> None:
    told: list[Progress] = []
    Work(told.append).at(3, 10, "Counting")
    assert told == [Progress(3, 10, "Counting")]


def test_cancelled_work_ends_where_it_looks_and_says_no_more() -> None:
    told: list[Progress] = []
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        Work(told.append, token).at(1, 2)
    assert told == []


def test_work_that_nobody_looks_at_goes_on() -> None:
    work = Work()
    work.at(1)
    assert not work.token.is_cancelled
