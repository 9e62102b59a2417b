"""The morning by which the settings show what an alignment means."""

from __future__ import annotations

import pytest

from desk_app.domain.alignment import Alignment, AlignmentKind
from desk_app.domain.alignment_example import example_starts


@pytest.mark.parametrize(
    ("alignment", "starts"),
    [
        (Alignment(), "8:00 8:45 10:15 11:00"),
        (Alignment(AlignmentKind.AFTER_LAST), "8:00 8:45 9:50 10:35"),
        (Alignment(AlignmentKind.EVERY, 60), "8:00 10:00 11:00"),
        (Alignment(AlignmentKind.EVERY, 30), "8:00 8:30 10:00 10:30 11:00"),
        (Alignment(AlignmentKind.EVERY, 1440), "8:00"),
    ],
)
def test_each_choice_offers_other_starts(alignment: Alignment, starts: str) -> None:
    found = [f"{start // 60}:{start % 60:02}" for start in example_starts(alignment)]
    assert " ".join(found) == starts
