"""Widgets are freed on the thread that made them."""

from __future__ import annotations

import gc
import threading
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desk_app.ui.garbage import GarbageCollection, collect_due

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Knot:
    """A cycle that only the collection of garbage can free."""

    def __init__(self, freed: list[int]) -> None:
        self.itself, self.freed = self, freed
        self.widget = QWidget()

    def __del__(self) -> None:
        self.freed.append(threading.get_ident())


def test_no_thread_but_the_first_one_frees_widgets(qtbot: QtBot):
    freed: list[int] = []
    collection = GarbageCollection()
    collection.begin()
    try:
        Knot(freed)
        # Far more than makes Python collect by itself.
        busy = threading.Thread(target=lambda: [[{}] for _ in range(100_000)])
        busy.start()
        busy.join()
        assert not freed
        kept = [[{}] for _ in range(50_000)]
        qtbot.waitUntil(lambda: bool(freed), timeout=10_000)
        assert kept
    finally:
        collection.stop()
        gc.disable()  # as the other tests run
    assert freed == [threading.get_ident()]


def test_nothing_is_collected_before_it_is_due():
    gc.collect()
    assert collect_due() == 0
