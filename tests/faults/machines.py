"""Machines on which workers run, and what happens to them."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator, Sequence

    from tests.faults.worker import Config

# Extensions in C wonder about the class that stands in for the clock's.
PYTHON = (sys.executable, "-W", "ignore::RuntimeWarning")


class Machine:
    """One computer with workers on it."""

    def __init__(self, config: Config) -> None:
        self._process = subprocess.Popen(
            [*PYTHON, "-m", "tests.faults.worker", json.dumps(asdict(config))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self) -> int:
        """Start a worker; return the number of its process."""
        if self._process.stdin is None or self._process.stdout is None:
            raise OSError
        self._process.stdin.write("start\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def switch_off(self) -> None:
        """Start nothing any more."""
        self._process.communicate()


@dataclass
class Fleet:
    """All workers, each on its machine."""

    machines: Sequence[Machine]
    workers: dict[int, Machine] = field(default_factory=dict)
    kills: int = 0
    freezes: int = 0

    def start(self, count: int) -> None:
        """Start workers, spread over the machines."""
        for number in range(count):
            self._start(self.machines[number % len(self.machines)])

    def kill(self) -> None:
        """Kill a worker in the middle of whatever it does, and start another one."""
        worker = random.choice(list(self.workers))
        machine = self.workers.pop(worker)
        os.kill(worker, signal.SIGKILL)
        self.kills += 1
        self._start(machine)

    def freeze(self, seconds: float, stop: threading.Event) -> None:
        """Freeze a worker for so long; it goes on as if nothing had been."""
        worker = random.choice(list(self.workers))
        os.kill(worker, signal.SIGSTOP)
        stop.wait(seconds)
        os.kill(worker, signal.SIGCONT)
        self.freezes += 1

    def lose(self, machine: Machine) -> None:
        """Lose a machine for good, with all that its workers have taken up."""
        for worker in [each for each, its in self.workers.items() if its is machine]:
            del self.workers[worker]
            os.kill(worker, signal.SIGKILL)
            self.kills += 1

    def close(self) -> None:
        """End all."""
        for worker in self.workers:
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
        for machine in self.machines:
            machine.switch_off()

    def _start(self, machine: Machine) -> None:
        self.workers[machine.start()] = machine


@contextmanager
def fleet(configs: Sequence[Config], count: int) -> Iterator[Fleet]:
    """Start a machine for each config, and workers on them."""
    found = Fleet([Machine(config) for config in configs])
    try:
        found.start(count)
        yield found
    finally:
        found.close()


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happens to the workers of a run, and for how many seconds they freeze."""

    kills: int
    freezes: int
    frozen_for: float


def afflict(
    fleet: Fleet, trouble: Trouble, seconds: float, stop: threading.Event
) -> None:
    """Let all the trouble happen within so many seconds, in any order."""
    deeds = ["kill"] * trouble.kills + ["freeze"] * trouble.freezes
    random.shuffle(deeds)
    pause = (seconds - trouble.freezes * trouble.frozen_for) / (len(deeds) or 1)
    for deed in deeds:
        if stop.wait(max(0.0, pause)):
            return
        if deed == "kill":
            fleet.kill()
        else:
            fleet.freeze(trouble.frozen_for, stop)
