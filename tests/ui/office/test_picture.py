"""Pictures of providers: small, plain, and never from a file that means harm."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage

from desk_app.errors import Invalid
from desk_app.ui.office.providers import picture

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "taken at home"


def saved(kind: str, width: int = 640, height: int = 480) -> bytes:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    image.setText("Comment", SECRET)
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(kept.data())


def chunk(kind: bytes, data: bytes) -> bytes:
    return (
        struct.pack(">I", len(data))
        + kind
        + data
        + struct.pack(">I", zlib.crc32(kind + data))
    )


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is huge and holds next to nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", body)
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP"])
@pytest.mark.parametrize(("width", "height"), [(640, 480), (1, 1), (3000, 90)])
def test_a_picture_becomes_small_and_says_nothing_else(kind, width, height):
    made = picture.of_data(saved(kind, width, height))
    assert made.startswith(b"\xff\xd8\xff")
    assert len(made) <= picture.LARGEST_KEPT
    assert SECRET.encode() not in made
    assert QImage.fromData(made).size() == QSize(picture.SIDE, picture.SIDE)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"\xff\xd8\xff" + bytes(100),
        saved("PNG")[:200],
        bomb(60_000, 60_000),
        bomb(19_000, 19_000),
        b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'a'>]><svg>&a;</svg>",
        bytes(picture.LARGEST_FILE + 1),
    ],
)
@pytest.mark.qt_log_ignore(".*", extend=True)
def test_what_is_no_fit_picture_is_refused_by_a_sentence(data):
    with pytest.raises(Invalid) as refused:
        picture.of_data(data)
    assert refused.value.field == "image"
    assert str(refused.value).endswith((".", ")"))


def test_a_folder_or_nothing_is_no_file(tmp_path: Path):
    for path in (tmp_path, tmp_path / "none.png"):
        with pytest.raises(Invalid):
            picture.of_file(path)


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Dr. Emre Yıldız", "EY"),
        ("Dr Weber", "W"),
        ("Prof. Dr. Anna Maria Weiß", "AW"),
        ("Ada", "A"),
        ("Dr.", "D"),
        ("<b>x</b>", ""),
        ("王 小明", "王小"),
    ],
)
def test_initials_leave_titles_out(name, initials):
    assert picture._initials(name) == initials
