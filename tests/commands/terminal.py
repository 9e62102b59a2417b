"""A person at a terminal, who reads what is asked before typing."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
_SPAWN = (
    "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
)


def at_terminal(
    words: list[str], answers: list[tuple[str, str]], environ: Mapping[str, str]
) -> tuple[int, str]:
    """Run `desk-app`, type the answer to each question; return all that was shown."""
    with subprocess.Popen(
        [sys.executable, "-c", _SPAWN, sys.executable, "-m", "desk_app", *words],
        cwd=ROOT,
        env={**os.environ, **environ},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
    ) as process:
        # Whatever goes wrong, nobody waits for ever.
        patience = threading.Timer(60, process.kill)
        patience.start()
        assert process.stdin
        assert process.stdout
        shown = b""
        for question, answer in answers:
            # A terminal forgets what was typed before a password was asked for.
            while not shown.endswith(question.encode()):
                piece = process.stdout.read(1)
                assert piece, shown
                shown += piece
            process.stdin.write(answer.encode() + b"\n")
        shown += process.stdout.read()
        patience.cancel()
    return process.returncode, shown.decode()
