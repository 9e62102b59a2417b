"""Running late: typed or chosen minutes, and what is refused is read anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from desk_app.domain.interval import Interval
from desk_app.errors import Stale
from desk_app.ui.my_day.late import LateDialog
from desk_app.ui.my_day.ports import LatePorts
from tests.domain.test_running_late import column, visit
from tests.ui.dialogs.conftest import hands
from tests.ui.dialogs.practice import FAST, Practice

if TYPE_CHECKING:
    from desk_app.domain.schedule import ProviderDay
    from tests.ui.dialogs.conftest import Hands

__all__ = ["hands"]

HOUR = timedelta(hours=1)


class Office:
    """A provider's day in memory, that somebody else may change."""

    def __init__(self) -> None:
        start = datetime.now(UTC).replace(second=0, microsecond=0) + 24 * HOUR
        self.visits = [
            replace(
                visit(number, "10:00-10:30"),
                start=start + number * HOUR / 2,
                end=start + (number + 1) * HOUR / 2,
                busy_until=start + (number + 1) * HOUR / 2,
            )
            for number in range(3)
        ]
        self._open = Interval(start, start + 10 * HOUR)
        self.requests: list[Any] = []
        self.failures: list[Stale] = []

    def day(self) -> ProviderDay:
        """Return the day as it stands."""
        return replace(column(*self.visits), open_windows=(self._open,))

    def ports(self) -> LatePorts:
        """Return the ways to read the day and to move."""
        return LatePorts(self.read, self.move_all, FAST)

    def read(self, _wanted: Any, then: Any, _failed: Any) -> None:
        then(self.day())

    def move_all(self, request: Any, then: Any, failed: Any) -> None:
        self.requests.append(request)
        if self.failures:
            failed(self.failures.pop())
        else:
            numbers = [move.appointment_id for move in request.moves]
            then(tuple(v for v in self.visits if v.appointment_id in numbers))


@pytest.fixture
def office() -> Office:
    """Return a day with three visits, back to back."""
    return Office()


@pytest.fixture
def dialog(office: Office, hands: Hands) -> LateDialog:
    """Return a shown dialog."""
    made = LateDialog(office.day(), Practice().screen(), office.ports())
    hands.open(made)
    return made


def test_typed_minutes_count_at_once(
    office: Office, dialog: LateDialog, hands: Hands
) -> None:
    hands.type("20")
    hands.enter()
    (request,) = office.requests
    starts = [move.start for move in request.moves]
    expected = [each.start + timedelta(minutes=20) for each in office.visits]
    assert starts == expected
    assert request.override.policies == ("not_aligned", "runs_over")
    assert request.override.reason == "Running late"
    assert len(dialog.moved()[0]) == 3


def test_chips_are_chosen_by_arrows(dialog: LateDialog, hands: Hands) -> None:
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Right)
    assert dialog.minutes.value() == 20


def test_who_cannot_be_seen_today_is_told_apart(
    office: Office, dialog: LateDialog, hands: Hands
) -> None:
    office._open = Interval(office._open.start, office._open.start + 2 * HOUR)
    dialog._on_read(office.day())
    hands.type("100")
    last = dialog.list.cards[-1]
    assert last.state.text == "needs another day"
    assert dialog.said == "1 gets a new time"


def test_a_day_that_somebody_changed_is_read_anew(
    office: Office, dialog: LateDialog, hands: Hands
) -> None:
    office.failures = [Stale()]
    gone = office.visits.pop()
    hands.enter()
    assert dialog.isVisible()
    assert dialog.banner.words is not None
    assert gone.appointment_id not in [card.key for card in dialog.list.cards]
    hands.enter()
    first, second = office.requests
    assert len(second.moves) == len(first.moves) - 1
    assert second.idempotency_key != first.idempotency_key
