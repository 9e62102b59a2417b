"""Values in texts."""

from __future__ import annotations

from desk_app.ui.phrases import filled


def test_values_are_put_in_once() -> None:
    assert filled("%1, %2", "100 %2 <b>", "x") == "100 %2 <b>, x"
    assert filled("50 % of %1 %9", "all") == "50 % of all %9"
