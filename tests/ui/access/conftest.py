"""A practice with people, and desks at which one of them sits."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from desk_app.ui.memory import Memory
from desk_app.ui.status_bar import Link
from tests.ui.access.people import JONAS, let_people_in, program_of
from tests.ui.conftest import Front

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.factories import Practice


@pytest.fixture
def address(database_url: str, practice: Practice) -> str:
    """Return where the practice is, without a login."""
    return let_people_in(database_url, practice.provider_id)


@pytest.fixture
def sit_down(
    address: str, tmp_path: Path, qtbot: QtBot
) -> Iterator[Callable[[str], Front]]:
    """Return a function that opens a desk at which somebody has signed in."""
    with ExitStack() as closing:

        def sit_down(login: str) -> Front:
            program = program_of(address, login, Memory(tmp_path))
            front = Front(program, qtbot)
            closing.callback(front.close)
            program.begin()
            front.until(lambda: program.window.desk is not None)
            front.until(lambda: front.desk.status.link is Link.CONNECTED)
            front.settle()
            return front

        yield sit_down


@pytest.fixture
def front(sit_down: Callable[[str], Front]) -> Front:
    """Return the desk of Jonas, a receptionist."""
    return sit_down(JONAS)
