"""What is searched for: words, a status, days."""

from __future__ import annotations

from datetime import date

import pytest

from desk_app.domain.appointment import Status
from desk_app.domain.search import Wanted, read

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", Wanted()),
        ("berg follow", Wanted(("berg", "follow"))),
        ("Berg cancelled", Wanted(("Berg",), Status.CANCELLED)),
        ("no-show", Wanted((), Status.NO_SHOW)),
        ("tomorrow", Wanted((), None, date(2026, 11, 25), date(2026, 11, 25))),
        ("24.12.", Wanted((), None, date(2026, 12, 24), date(2026, 12, 24))),
        ("1/2/2027", Wanted((), None, date(2027, 2, 1), date(2027, 2, 1))),
        ("2026-11-30", Wanted((), None, date(2026, 11, 30), date(2026, 11, 30))),
        ("February", Wanted((), None, date(2026, 2, 1), date(2026, 2, 28))),
        ("31.2.", Wanted(("31.2.",))),
        ("9999-01-01", Wanted(("9999-01-01",))),
        ("0170 1234567", Wanted(("0170", "1234567"))),
    ],
)
def test_a_search_is_taken_apart(text: str, wanted: Wanted) -> None:
    assert read(text, TODAY) == wanted
