"""What is opened instead of a browser."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

if TYPE_CHECKING:
    from collections.abc import Iterator


class Browser(QObject):
    """Remembers the addresses that it is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        """Remember an address."""
        self.opened.append(url.toString())


@contextmanager
def in_place_of_browser() -> Iterator[Browser]:
    """Give what opens addresses in the block."""
    browser = Browser()
    QDesktopServices.setUrlHandler("https", browser, "show")
    try:
        yield browser
    finally:
        QDesktopServices.unsetUrlHandler("https")
