"""No desk's clock decides over a message: what is now, the server says."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

import pytest

from desk_app.db.queries import outbox, telling
from desk_app.domain import closing_time, message_times, plans
from desk_app.domain import telling as rules
from desk_app.services import planning, queue

if TYPE_CHECKING:
    from types import ModuleType

OWN_CLOCK = re.compile(
    r"\.(now|today|utcnow)\((?!\))|\btime\.(time|localtime)\(|today\("
)


@pytest.mark.parametrize(
    "module",
    [closing_time, message_times, outbox, planning, plans, queue, rules, telling],
)
def test_nobody_asks_a_clock_of_the_desk(module: ModuleType) -> None:
    assert not OWN_CLOCK.search(inspect.getsource(module))


@pytest.mark.parametrize("line", ["datetime.now(UTC)", "date.today()", "time.time()"])
def test_a_clock_would_be_found(line: str) -> None:
    assert OWN_CLOCK.search(line)
