"""What Qt lacks is found out before Qt ends the process for it."""

from __future__ import annotations

import socket
import sys
from typing import TYPE_CHECKING

import pytest

from desk_app import screen
from desk_app.screen import Library

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a matter of Linux")


def test_what_is_drawn_without_a_screen_needs_none() -> None:
    assert screen.why_no_screen({"QT_QPA_PLATFORM": "offscreen"}) == ""
    assert screen.why_no_screen({"QT_QPA_PLATFORM": "offscreen:size=800x600"}) == ""


@pytest.mark.parametrize("platform", ["", "xcb", "wayland"])
def test_a_window_needs_a_screen(platform: str) -> None:
    why = screen.why_no_screen({"QT_QPA_PLATFORM": platform})
    assert "DISPLAY" in why


def test_a_screen_that_does_not_answer_is_none() -> None:
    assert "does not answer" in screen.why_no_screen({"DISPLAY": ":4093"})
    nowhere = {"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": "/nowhere"}
    assert "does not answer" in screen.why_no_screen(nowhere)


def test_a_compositor_that_answers_is_a_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The name of a socket may be no longer than a hundred letters.
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("wayland-0")
        server.listen()
        environ = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": "."}
        assert screen.why_no_screen(environ) == ""


def test_what_is_missing_is_one_line_to_install() -> None:
    missing = [Library("libEGL.so.1", "libegl1"), Library("libGL.so.1", "libgl1")]
    line = " ".join(screen.apt_command(missing))
    assert line == "apt-get install --yes --no-install-recommends libegl1 libgl1"


def test_the_tests_themselves_can_draw() -> None:
    assert screen.missing_libraries(to_show=False) == ()
