"""What Qt needs of this computer before it can draw, found out without Qt.

Qt ends the process when a system library or the screen is missing. So both are
looked for first. Standard library only: `dev.py` asks before anything is installed.
"""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Library:
    """A shared library of the system and the Debian package that has it."""

    file: str
    package: str


_TO_DRAW = (
    Library("libglib-2.0.so.0", "libglib2.0-0"),
    Library("libGL.so.1", "libgl1"),
    Library("libEGL.so.1", "libegl1"),
    Library("libxkbcommon.so.0", "libxkbcommon0"),
    Library("libfontconfig.so.1", "libfontconfig1"),
    Library("libdbus-1.so.3", "libdbus-1-3"),
)
_TO_SHOW = (
    Library("libxcb-cursor.so.0", "libxcb-cursor0"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    Library("libxcb-shape.so.0", "libxcb-shape0"),
)
_ON_SCREEN = ("xcb", "wayland", "wayland-egl")


def missing_libraries(*, to_show: bool) -> tuple[Library, ...]:
    """Return the libraries that Qt lacks here.

    `to_show` asks for a window on a screen as well, not only for drawing.
    """
    if sys.platform != "linux":
        return ()
    wanted = _TO_DRAW + (_TO_SHOW if to_show else ())
    return tuple(library for library in wanted if not loads(library.file))


def loads(file: str) -> bool:
    """Say whether the system finds a shared library of this name."""
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def apt_command(libraries: Sequence[Library]) -> list[str]:
    """Return the command that installs `libraries` on Debian and Ubuntu."""
    packages = dict.fromkeys(library.package for library in libraries)
    return ["apt-get", "install", "--yes", "--no-install-recommends", *packages]


def needs_screen(environ: Mapping[str, str]) -> bool:
    """Say whether Qt would open a window on a Linux screen."""
    platforms = environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    return sys.platform == "linux" and (not platforms or platforms in _ON_SCREEN)


def why_no_screen(environ: Mapping[str, str] | None = None) -> str:
    """Return one sentence on why no window can be shown here, "" when one can."""
    environ = os.environ if environ is None else environ
    if not needs_screen(environ):
        return ""
    wayland, x11 = environ.get("WAYLAND_DISPLAY"), environ.get("DISPLAY")
    if wayland and _answers(Path(environ.get("XDG_RUNTIME_DIR", "/"), wayland)):
        return ""
    if x11:
        return "" if _x_server_answers(x11) else f"the screen {x11} does not answer"
    if wayland:
        return f"the screen {wayland} does not answer"
    return "there is no screen (DISPLAY and WAYLAND_DISPLAY are empty)"


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        try:
            client.connect(str(path))
        except OSError:
            return False
    return True


def _x_server_answers(display: str) -> bool:
    # A real connection, as Qt would make it: it also fails for a wrong cookie.
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # not known; this library comes with those that are missing
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed
