"""Icons: all there, tinted by the palette, sharp on every screen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPixmap

from desk_app import paths
from desk_app.ui import icons, theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

UI = Path(icons.__file__).parent
NAMES = {file.stem for file in (paths.resources() / "icons").glob("*.svg")}


def colours(pixmap: QPixmap) -> set[str]:
    image = pixmap.toImage()
    spots = [(x, y) for x in range(image.width()) for y in range(image.height())]
    found = (image.pixelColor(x, y) for x, y in spots)
    return {colour.name() for colour in found if colour.alpha() == 255}


def test_every_icon_that_is_named_is_there() -> None:
    called = re.compile(r"icons\.(?:icon|pixmap)\(\s*\"([a-z-]+)\"")
    for file in UI.rglob("*.py"):
        assert set(called.findall(file.read_text(encoding="utf-8"))) <= NAMES


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_a_picture_is_as_sharp_as_the_screen(ratio: float) -> None:
    picture = icons.pixmap("database", QColor("#0b7285"), 18, ratio)
    assert picture.width() == round(18 * ratio)
    assert "#0b7285" in colours(picture)


def test_an_icon_follows_the_palette(qapp: QApplication) -> None:
    icon = icons.icon("database")
    for look in (theme.light(), theme.dark()):
        theme.apply(qapp, look)
        assert colours(icon.pixmap(QSize(32, 32))) == {look.text}


def test_an_icon_that_cannot_be_used_is_muted(qapp: QApplication) -> None:
    picture = icons.icon("database").pixmap(QSize(32, 32), QIcon.Mode.Disabled)
    assert colours(picture) == {theme.light().disabled}
