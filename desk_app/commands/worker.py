"""`desk-app worker` sends messages and makes meetings where no window is open."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from desk_app.commands import asking
from desk_app.commands.misuse import DONE, FAILED, Misuse, complain

if TYPE_CHECKING:
    import argparse

    from desk_app.db.session import Sessions
    from desk_app.settings import Settings
    from desk_app.worker.courier import Courier
    from desk_app.worker.reports import Report

# Whoever ends it waits no longer than this, in seconds.
PATIENCE = 5.0
GLANCE = 0.2
_NO_KEY = (
    "This computer has not got the practice's key, so what needs a password waits for"
    " another one. A manager's desk gives a code for it; then: desk-app worker --enrol"
)
_ABOUT = (
    "The password comes from the keyring (desk-app password --login LOGIN), from"
    " PGPASSWORD or from libpq's password file."
)
_log = logging.getLogger(__name__)


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "worker",
        parents=[common],
        help="send messages and make meetings, without a window",
        epilog=_ABOUT,
    )
    parser.add_argument(
        "--login", metavar="LOGIN", default="", help="of the worker; else courier"
    )
    parser.add_argument(
        "--once", action="store_true", help="end when nothing is due any more"
    )
    parser.add_argument(
        "--enrol", action="store_true", help="take the practice's key, by a code"
    )
    parser.add_argument(
        "--show-key",
        action="store_true",
        help="with --enrol: write the key to standard output, for systemd-creds",
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace, chosen: Settings) -> int:
    from desk_app import bootstrap

    if chosen.demo:
        raise Misuse("nothing leaves the demo; name a practice: --database URL")
    if arguments.show_key and not arguments.enrol:
        raise Misuse("--show-key needs --enrol")
    with bootstrap.open_worker(chosen, arguments.login) as sessions:
        if arguments.enrol:
            return _enrol(sessions, is_shown=arguments.show_key)
        return _work(sessions, is_once=arguments.once)


def _enrol(sessions: Sessions, *, is_shown: bool) -> int:
    """Take the practice's key, into the keyring or out into the open."""
    from desk_app.doors import KeptRings
    from desk_app.services.vault import Vault

    rings = _Shown() if is_shown else KeptRings(sessions)
    Vault(sessions, rings).enrol(asking.password("Code"))
    if not is_shown:
        print("This computer has the practice's key now.")
    return DONE


class _Shown:
    """Writes the keys to standard output, to whatever seals them next."""

    def get(self) -> None:
        """Return the keys that are here: none."""

    def can_keep(self) -> bool:
        """Say whether there is a place for keys."""
        return True

    def keep(self, ring: Any) -> None:
        """Write them out."""
        print(ring.to_text(), flush=True)


def _work(sessions: Sessions, *, is_once: bool) -> int:
    """Carry until a signal comes, or nothing is due."""
    from desk_app import carrying
    from desk_app.doors import ServiceRings
    from desk_app.services.queue import Queue
    from desk_app.services.vault import Vault

    logging.basicConfig(
        level=logging.INFO,
        stream=sys.stderr,
        format="%(asctime)s %(levelname)s %(message)s",
    )
    rings = ServiceRings(sessions)
    courier = carrying.courier(sessions, rings)
    if not Vault(sessions, rings).has_key():
        _log.warning(_NO_KEY)
    stop = threading.Event()
    _stop_on_signals(stop)
    ended = _started(courier, stop)
    queue = Queue(sessions)
    _log.info("The worker carries.")
    try:
        while not stop.wait(GLANCE) and not ended.done():
            if is_once and queue.standing().is_done:
                break
    finally:
        stop.set()
    try:
        ended.result(PATIENCE)
    except TimeoutError:
        return complain("what was under way is left to others", FAILED)
    _log.info("The worker has ended.")
    return DONE


def _started(courier: Courier, stop: threading.Event) -> Future[None]:
    """Let it carry on a thread of its own; signals are heard on this one."""
    ended: Future[None] = Future()

    def run() -> None:
        try:
            courier.run(stop, _tell)
        except Exception as error:  # noqa: BLE001 - it is told by whoever waits for it
            ended.set_exception(error)
        else:
            ended.set_result(None)

    # A daemon: what hangs must not keep the program from ending.
    threading.Thread(target=run, name="courier", daemon=True).start()
    return ended


def _stop_on_signals(stop: threading.Event) -> None:
    """Stop on Ctrl+C, a polite kill, and Ctrl+Break where Windows has it."""
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, lambda *_: stop.set())


def _tell(report: Report) -> None:
    """Write what matters of a report into the log; it holds numbers only."""
    _log.debug("%s", report)
