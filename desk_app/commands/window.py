"""`desk-app` itself opens the window, or draws it into a file."""

from __future__ import annotations

import argparse
import dataclasses
import logging
import logging.handlers
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app import paths, screen
from desk_app.commands.misuse import Misuse
from desk_app.settings import Settings, ThemeChoice, WindowOptions

if TYPE_CHECKING:
    from desk_app.desk import Desk


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options of the window."""
    window = parser.add_argument_group("the window")
    window.add_argument("--dark", action="store_true", help="dark colours")
    window.add_argument(
        "--picture", metavar="FILE", type=Path, help="draw the window and end"
    )
    window.add_argument(
        "--size", metavar="WxH", type=_size, default=(1440, 900), help="of the picture"
    )
    window.add_argument(
        "--scale", metavar="N", type=_scale, default=1.0, help="of the picture"
    )
    parser.set_defaults(run=_window)


def _window(arguments: argparse.Namespace, chosen: Settings) -> int:
    if arguments.picture:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    _require_screen()
    _log_to_file()
    if arguments.dark:
        chosen = dataclasses.replace(chosen, theme=ThemeChoice.DARK)
    width, height = arguments.size
    options = WindowOptions(chosen, arguments.picture, width, height, arguments.scale)
    from desk_app.ui import run

    build = _build_to_draw if arguments.picture else _build
    return run.run(partial(build, chosen), options)


def _build(chosen: Settings) -> Desk:
    # Called behind the window, which need not wait for what this imports.
    from desk_app import bootstrap

    return bootstrap.build(chosen)


def _build_to_draw(chosen: Settings) -> Desk:
    """Build a desk that is only looked at: it carries nothing."""
    return dataclasses.replace(_build(chosen), courier=None)


def _require_screen() -> None:
    """Raise Misuse where Qt would end the process: no libraries, no screen."""
    if why := screen.why_no_screen():
        raise Misuse(
            f"{why}; start desk-app on a desktop, or draw it with --picture FILE"
        )
    to_show = screen.needs_screen(os.environ)
    if missing := screen.missing_libraries(to_show=to_show):
        line = " ".join(screen.apt_command(missing))
        raise Misuse(f"Qt needs system libraries that are not here: sudo {line}")


def _log_to_file() -> None:
    """Keep a small log in the user's log folder, on standard error elsewhere."""
    file = paths.log_folder() / "desk-app.log"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            file, maxBytes=1_000_000, backupCount=3, encoding="utf-8"
        )
    except OSError:
        handler = logging.StreamHandler()
    form = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    logging.basicConfig(level=logging.INFO, handlers=[handler], format=form)


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a size such as 1440x900")
    if not (320 <= int(width) <= 8192 and 240 <= int(height) <= 8192):
        raise argparse.ArgumentTypeError("a size lies between 320x240 and 8192x8192")
    return int(width), int(height)


def _scale(text: str) -> float:
    try:
        scale = float(text)
    except ValueError:
        scale = 0.0
    if not 0.5 <= scale <= 4:
        raise argparse.ArgumentTypeError("a scale lies between 0.5 and 4")
    return scale
