"""A practice full of one hostile text, and everything that can be seen of it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale

from desk_app.ui import fonts, theme
from desk_app.ui import format as written
from desk_app.ui.calls import Calls
from desk_app.ui.front_desk import FrontDesk
from desk_app.ui.main_window import MainWindow
from desk_app.ui.memory import Memory
from tests import postgres
from tests.hostile.screens import SIZE
from tests.hostile.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication


@pytest.fixture(scope="module")
def look(qapp: QApplication) -> Iterator[None]:
    """Let everything look as in the program."""
    before = QLocale()
    fonts.load()
    QLocale.setDefault(written.choose_locale("DE"))
    qapp.setFont(fonts.base())
    theme.apply(qapp, theme.light())
    yield
    QLocale.setDefault(before)


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
    window.show_desk(FrontDesk(stage.desk, stage.facts.catalogue, calls, memory))
    window.show()
    desk = window.desk
    assert desk is not None
    yield desk
    desk.stop()
    window.hide()
    assert calls.close()
    window.deleteLater()
