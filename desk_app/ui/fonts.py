"""The program's own font, Inter (OFL): the same figures and widths on every desk.

Other scripts and emoji fall back to what the system has.
"""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from desk_app import paths

FAMILY = "Inter"
POINT_SIZE = 10.0


def load() -> bool:
    """Register the font files; say whether all could be read."""
    files = sorted((paths.resources() / "fonts").glob("*.ttf"))
    return bool(files) and all(
        QFontDatabase.addApplicationFont(str(file)) >= 0 for file in files
    )


def base(point_size: float = POINT_SIZE) -> QFont:
    """Return the font of running text."""
    font = QFont(FAMILY)
    font.setPointSizeF(point_size)
    return font


def tabular(font: QFont) -> QFont:
    """Return the font with digits of one width, for times below one another.

    Not for words: the feature makes hyphens as wide as digits.
    """
    result = QFont(font)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result
