"""A practice full of one hostile text, and everything that can be seen of it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from desk_app.ui.calls import Calls
from desk_app.ui.front_desk import FrontDesk
from desk_app.ui.main_window import MainWindow
from desk_app.ui.memory import Memory
from tests import postgres
from tests.hostile.screens import SIZE
from tests.hostile.stage import Stage
from tests.ui.look import as_in_the_program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication


@pytest.fixture(scope="module")
def look(qapp: QApplication) -> Iterator[None]:
    """Let everything look as in the program."""
    with as_in_the_program(qapp):
        yield


@pytest.fixture(scope="module")
def stage(url_of: Callable[[str], str]) -> Iterator[Stage]:
    """A practice on a database of its own; each test gives it another name."""
    postgres.make_database(url_of, "hostile", postgres.TEMPLATE)
    with closing(Stage(url_of("hostile"))) as stage:
        yield stage
    postgres.drop_database(url_of, "hostile")


@pytest.fixture(scope="module")
def desk(stage: Stage, look: None) -> Iterator[FrontDesk]:
    """A front desk that stays open while others rename everybody."""
    calls, memory = Calls(), Memory(None)
    window = MainWindow(memory)
    window.resize(*SIZE)
    front_desk = FrontDesk(stage.desk, stage.facts.catalogue, calls, memory)
    window.show_desk(front_desk, memory)
    window.show()
    desk = window.desk
    assert desk is not None
    yield desk
    desk.stop()
    window.hide()
    assert calls.close()
    window.deleteLater()
