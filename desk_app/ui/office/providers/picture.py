"""Pictures of providers: read with limits from anywhere, kept small, drawn round.

What is kept is painted anew, so nothing of the file goes with it: no place where it
was taken, no words, no second picture.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QIODevice,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QImageReader,
    QPainter,
    QPainterPath,
    QPixmap,
)

from desk_app.errors import Invalid
from desk_app.ui import theme

if TYPE_CHECKING:
    from pathlib import Path

SIDE = 256
LARGEST_FILE = 25_000_000
LARGEST_KEPT = 200_000
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 20_000
# Of all that Qt reads only what cameras and screens make; SVG can open other files.
KINDS = (b"png", b"jpeg", b"bmp", b"gif", b"webp")
PATTERNS = "*.jpg *.jpeg *.png *.bmp *.gif *.webp"
_QUALITIES = (88, 75, 55)


def of_file(path: Path) -> bytes:
    """Return the small picture of a file; not on the GUI thread.

    Raises Invalid("image") with why it cannot be used.
    """
    try:
        if not path.is_file():
            raise Invalid("image", _tr("This is not a file."))
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError:
        raise Invalid("image", _tr("This file cannot be read.")) from None
    return of_data(data)


def of_data(data: bytes) -> bytes:
    """Return the small picture of what stands in a file; raises Invalid("image")."""
    if len(data) > LARGEST_FILE:
        raise Invalid("image", _tr("This file is too large for a picture (25 MB)."))
    return of_image(_decoded(data, most=MOST_PIXELS))


def of_image(image: QImage) -> bytes:
    """Return the middle of a picture as a JPEG of 256 by 256; raises Invalid."""
    if image.isNull() or image.width() * image.height() > MOST_PIXELS:
        raise Invalid("image", _tr("This is not a picture that can be used."))
    side = min(image.width(), image.height())
    middle = QRect(0, 0, side, side)
    middle.moveCenter(image.rect().center())
    small = image.copy(middle).scaled(
        QSize(SIDE, SIDE),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    plain = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    plain.fill(Qt.GlobalColor.white)
    with QPainter(plain) as painter:
        painter.drawImage(QRect(0, 0, SIDE, SIDE), small)
    for quality in _QUALITIES:
        written = _written(plain, quality)
        if 0 < len(written) <= LARGEST_KEPT:
            return written
    raise Invalid("image", _tr("This is not a picture that can be used."))


def avatar(name: str, colour: str, image: bytes, size: int, ratio: float) -> QPixmap:
    """Return somebody's picture in a circle, or their initials on their colour."""
    return _avatar(_initials(name), colour, image, round(size * ratio), ratio)


@lru_cache(maxsize=256)
def _avatar(
    initials: str, colour: str, image: bytes, pixels: int, ratio: float
) -> QPixmap:
    result = QPixmap(pixels, pixels)
    result.fill(Qt.GlobalColor.transparent)
    face = _face(image)
    with QPainter(result) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place = QRectF(0, 0, pixels, pixels)
        circle = QPainterPath()
        circle.addEllipse(place)
        painter.fillPath(circle, QColor(colour))
        if face.isNull():
            _paint_initials(painter, initials, colour, place)
        else:
            painter.setClipPath(circle)
            painter.drawImage(place, face)
    result.setDevicePixelRatio(ratio)
    return result


def _paint_initials(
    painter: QPainter, initials: str, colour: str, place: QRectF
) -> None:
    font = QFont()
    font.setPixelSize(max(8, round(place.width() * 0.4)))
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    inks = ("#ffffff", "#000000")
    painter.setPen(QColor(max(inks, key=lambda ink: theme.contrast(ink, colour))))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, initials)


def _face(image: bytes) -> QImage:
    """Return a picture that was kept; none where it is no small picture after all."""
    try:
        return _decoded(image, most=4 * SIDE * SIDE) if image else QImage()
    except Invalid:
        return QImage()


def _decoded(data: bytes, *, most: int) -> QImage:
    kept = QByteArray(data)
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    if bytes(reader.format().data()) not in KINDS:
        text = _tr("This is no picture: use a JPEG or PNG file.")
        raise Invalid("image", text)
    size = reader.size()
    is_sane = size.isValid() and max(size.width(), size.height()) <= LONGEST_SIDE
    if not is_sane or size.width() * size.height() > most:
        raise Invalid("image", _tr("This picture has too many pixels."))
    _shrink(reader, size)
    image = reader.read()
    if image.isNull():
        raise Invalid("image", _tr("This picture is damaged and cannot be read."))
    return image


def _shrink(reader: QImageReader, size: QSize) -> None:
    """Let what is far too large be made smaller while it is read."""
    side = min(size.width(), size.height())
    if side > 4 * SIDE:
        factor = 4 * SIDE / side
        reader.setScaledSize(
            QSize(round(size.width() * factor), round(size.height() * factor))
        )


def _written(image: QImage, quality: int) -> bytes:
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", quality)  # type: ignore[call-overload]
    return bytes(kept.data())


def _initials(name: str) -> str:
    """Return the first letters of the first and the last name; titles are passed."""
    words = [word for word in name.split() if word[:1].isalpha()]
    names = [word for word in words if not word.endswith(".")] or words
    names = [word for word in names if word.casefold() not in _TITLES] or names
    return "".join(word[0].upper() for word in (names[:1] + names[1:][-1:]))


_TITLES = ("dr", "prof", "mr", "mrs", "ms", "frau", "herr")


def _tr(text: str) -> str:
    return QCoreApplication.translate("picture", text)
