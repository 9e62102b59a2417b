"""Transactions on the shared database: begun, retried, bounded in time, translated.

Reads and writes of `services` go through one `Sessions`. Foreign exceptions end here.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import exc
from sqlalchemy.orm import Session
from tenacity import (
    Retrying,
    retry_if_exception_type,
    stop_before_delay,
    wait_random_exponential,
)

from desk_app.db.connect import DESK_OPTIONS, engine_for
from desk_app.db.failures import Busy, Foreign, TryAgain, translated
from desk_app.db.watchdog import Watchdog
from desk_app.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection, Engine

T = TypeVar("T")

# Full jitter: after try n wait a random time up to 20 ms × 2^n, at most a second.
FIRST_PAUSE = 0.02
LONGEST_PAUSE = 1.0
# How many connections one desk keeps, and has at the most.
KEPT = 5
MOST = 15
LOCKED = "This desk is locked."


def open_sessions(url: str, *, deadline: float = 15.0, kept: int = KEPT) -> Sessions:
    """Return Sessions for a libpq URL or key words; connects when first used.

    `deadline` is the time in seconds that one call may take. So many connections are
    `kept` for the next call. Raises Invalid for an address that is none.
    """
    watchdog = Watchdog()
    engine = _pooled(url, deadline, watchdog, kept)
    return Sessions(engine, deadline, watchdog, url)


class Sessions:
    """Gives transactions; safe to use from several threads.

    Who is signed in may change: `lock` closes the connections, `sign_in` opens others
    in somebody's name. Services keep their Sessions all the time.
    """

    def __init__(
        self, engine: Engine, deadline: float, watchdog: Watchdog, url: str = ""
    ) -> None:
        self._engine: Engine | None = engine
        self._deadline = deadline
        self._watchdog = watchdog
        self._url = url
        self._is_closed = False

    def url(self) -> str:
        """Return the address in whose name this desk works; raises Unavailable."""
        if self._engine is None:
            raise Unavailable(LOCKED)
        return self._url

    @property
    def is_locked(self) -> bool:
        """Whether nobody is signed in."""
        return self._engine is None

    def lock(self) -> None:
        """Let nobody in; what is under way comes to its end and then hangs up."""
        engine, self._engine, self._url = self._engine, None, ""
        if engine is not None:
            engine.dispose()

    def sign_in(self, url: str) -> None:
        """Work in the name of `url` from now on, once its server has let it in.

        Raises NotAllowed for a login that is refused, and Unavailable; then everything
        stays as it was.
        """
        engine = _pooled(url, self._deadline, self._watchdog)
        try:
            engine.connect().close()
        except Foreign as error:
            engine.dispose()
            raise translated(error) from None
        self.lock()
        self._engine, self._url = engine, url

    @contextmanager
    def begin(self, *, deadline: float | None = None) -> Iterator[Session]:
        """Give a Session in one transaction, which is committed at the end.

        Raises DeskErrors only; Unavailable(undecided=True) when the connection was
        lost after COMMIT had been sent.
        """
        committing = False
        try:
            with self._open(time.monotonic() + (deadline or self._deadline)) as session:
                yield session
                session.flush()
                committing = True
                session.commit()
        except Foreign as error:
            known = translated(error)
            if isinstance(known, Unavailable):
                # A deadlock or a lock timeout says that nothing was written.
                known.undecided = committing and not isinstance(known, Busy)
            raise known from None

    def run(self, work: Callable[[Session], T], *, deadline: float | None = None) -> T:
        """Run `work` in a transaction of its own, again and again until it is decided.

        `work` must be idempotent. It is tried again after lost connections, deadlocks
        and lock timeouts until `deadline` seconds have passed.
        """
        ends = time.monotonic() + (deadline or self._deadline)
        undecided = False

        def attempt() -> T:
            nonlocal undecided
            try:
                with self.begin(deadline=max(0.1, ends - time.monotonic())) as session:
                    return work(session)
            except Unavailable as error:
                undecided = undecided or error.undecided
                error.undecided = undecided
                raise

        return Retrying(
            retry=retry_if_exception_type(TryAgain),
            wait=wait_random_exponential(multiplier=FIRST_PAUSE, max=LONGEST_PAUSE),
            stop=stop_before_delay(ends - time.monotonic()),
            reraise=True,
        )(attempt)

    def close(self) -> None:
        """Close every connection; calls that are under way end as Unavailable."""
        self._is_closed = True
        self._watchdog.close()
        self.lock()

    @contextmanager
    def _open(self, deadline: float) -> Iterator[Session]:
        """Give a Session on a connection that the watchdog guards."""
        if self._is_closed:
            raise Unavailable("This desk has closed its connections.")
        engine = self._engine
        if engine is None:
            raise Unavailable(LOCKED)
        with _connected(engine) as connection:
            line = connection.connection.info["line"]
            with (
                self._watchdog.guarding(line, deadline),
                Session(connection, expire_on_commit=False) as session,
            ):
                try:
                    yield session
                finally:
                    _drop_if_lost(connection)
                    if engine is not self._engine:
                        # The pool it came from is gone; nobody would close it.
                        session.close()
                        connection.invalidate()


def _pooled(url: str, deadline: float, watchdog: Watchdog, kept: int = KEPT) -> Engine:
    return engine_for(
        url,
        DESK_OPTIONS,
        watchdog=watchdog,
        pool_size=kept,
        max_overflow=MOST - kept,
        pool_timeout=deadline,
        pool_use_lifo=True,
    )


def _connected(engine: Engine) -> Connection:
    try:
        return engine.connect()
    except exc.InvalidRequestError:
        # One connection after the other was lost as soon as it was made.
        raise TryAgain from None


def _drop_if_lost(connection: Connection) -> None:
    """Drop a connection that broke under a statement sent past SQLAlchemy.

    It would be rolled back otherwise, and that failure would hide the first one.
    """
    if not connection.invalidated:
        driver = connection.connection.driver_connection
        if driver is None or driver.closed:
            connection.invalidate()
