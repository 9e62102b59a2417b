"""The demo as a person starts it: how soon it shows, and how much memory it takes.

The program runs as a process of its own, without a screen. Memory is counted as
proportional set size, so that pages shared between PostgreSQL's processes count once.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from tests.benchmarks.timing import Figure

if TYPE_CHECKING:
    from collections.abc import Iterable

SETTLED = 6.0
MEGABYTE = 1024 * 1024


def run() -> list[Figure]:
    """Return the figures."""
    # Below /tmp, where the server's own user may enter even if root started it.
    with tempfile.TemporaryDirectory(prefix="desk_app-bench-") as folder:
        Path(folder).chmod(0o755)
        first, later = (_drawn(folder) for _ in range(2))
        program, server = _memory(folder)
    return [
        Figure("first start: server, tables, demo, window drawn", first, "s"),
        Figure("later start until the window is drawn", later, "s", 3.0),
        Figure("memory of the program", program, "MB", 250.0),
        Figure("memory of the bundled server", server, "MB"),
    ]


def _command(folder: str, *options: str) -> list[str]:
    return [sys.executable, "-m", "desk_app", "--demo", "--data-dir", folder, *options]


def _drawn(folder: str) -> float:
    started = time.perf_counter()
    picture = str(Path(folder) / "desk.png")
    subprocess.run(
        _command(folder, "--picture", picture), check=True, capture_output=True
    )
    return time.perf_counter() - started


def _memory(folder: str) -> tuple[float, float]:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        _command(folder), env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as program:
        time.sleep(SETTLED)
        try:
            return _taken([psutil.Process(program.pid)]), _taken(_servers(folder))
        finally:
            program.terminate()


def _servers(folder: str) -> Iterable[psutil.Process]:
    """Yield the server that works in `folder`, and its children."""
    for process in psutil.process_iter(["name", "cmdline"]):
        works_here = any(folder in word for word in process.info["cmdline"] or ())
        if works_here and process.info["name"].startswith("postgres"):
            yield process
            yield from process.children(recursive=True)


def _taken(processes: Iterable[psutil.Process]) -> float:
    return sum(each.memory_full_info().pss for each in processes) / MEGABYTE
