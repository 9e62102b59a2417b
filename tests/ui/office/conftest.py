"""The pages of the office at a desk, and a person in front of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.ui.around import Around
    from desk_app.ui.office.page import OfficePage
    from tests.ui.conftest import Front

    P = TypeVar("P", bound=OfficePage)


class Desk:
    """A front desk whose pages are shown one at a time."""

    def __init__(self, front: Front) -> None:
        self.front, self.around = front, front.desk.around

    def show(self, make: Callable[[Around], P]) -> P:
        """Show a page and wait until it has read what there is."""
        page = make(self.around)
        self.front.qtbot.addWidget(page)
        page.resize(900, 640)
        page.show()
        page.activateWindow()
        self.front.qtbot.waitUntil(page.isActiveWindow)
        page.begin()
        self.settle()
        page.enter()
        return page

    def settle(self) -> None:
        """Wait until no answer is on its way."""
        self.front.settle()


@pytest.fixture
def pages(front: Front) -> Desk:
    """The pages of the office."""
    return Desk(front)
