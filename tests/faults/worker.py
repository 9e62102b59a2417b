"""A machine with a clock of its own, on which workers are started and killed.

    python -m tests.faults.worker CONFIG

Reads a line for each worker it is to start and writes the number of its process. What
is costly to import is imported once; each worker is a process of its own all the same.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
from dataclasses import dataclass

from tests.faults import wrong_clock

PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Config:
    """What a worker is told; `shift` is how many seconds its clock is wrong.

    `broken` names what is broken on purpose.
    """

    url: str
    calendar_url: str
    mail_port: int
    cafile: str
    lease: float = 1.5
    first_span: float = 0.15
    shift: float = 0.0
    broken: str = ""


def main() -> None:
    """Start workers until nobody asks any more."""
    config = Config(**json.loads(sys.argv[1]))
    wrong_clock.shift(config.shift)
    from tests.faults.carrying import carry

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        number = os.fork()
        if not number:
            os.setpgid(0, 0)
            # A run that is cut off leaves nobody behind.
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            carry(config)
            os._exit(0)
        print(number, flush=True)  # noqa: T201 - that is what it is for


if __name__ == "__main__":
    main()
