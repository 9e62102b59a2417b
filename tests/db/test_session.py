"""Transactions: committed, rolled back, tried again, ended in time."""

from __future__ import annotations

import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import select, text

from desk_app.db.connect import engine_for
from desk_app.db.models import Client
from desk_app.db.queries.pipeline import driver_of
from desk_app.db.session import Sessions, open_sessions
from desk_app.db.watchdog import Watchdog
from desk_app.errors import (
    Check,
    DeskError,
    NotAllowed,
    Refused,
    Unavailable,
    Untrusted,
)
from tests.db.rows import add_client
from tests.postgres import backends, frozen, terminate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

NAME = "desk-app"


@pytest.fixture
def desk(database_url: str) -> Iterator[Sessions]:
    """Sessions of a desk as the program opens them."""
    sessions = open_sessions(database_url)
    yield sessions
    sessions.close()


def clients(sessions: Sessions) -> list[str]:
    with sessions.begin() as session:
        return [*session.scalars(select(Client.name).order_by(Client.client_id))]


def once(sessions: Sessions, work: Callable[[Session], object], **kw: float) -> None:
    """Do something in a transaction that is not tried again."""
    with sessions.begin(**kw) as session:
        work(session)


def raise_state(session: Session, state: str) -> None:
    session.execute(text(f"DO $$ BEGIN RAISE 'no' USING ERRCODE = '{state}'; END $$"))


def test_what_is_written_is_committed(desk: Sessions) -> None:
    with desk.begin() as session:
        add_client(session, name="Ann")
    assert clients(desk) == ["Ann"]


def test_a_refusal_rolls_everything_back(desk: Sessions) -> None:
    def book(session: Session) -> None:
        add_client(session)
        raise Refused("past")

    with pytest.raises(Refused):
        desk.run(book)
    assert clients(desk) == []


def test_objects_can_be_read_after_the_commit(desk: Sessions) -> None:
    with desk.begin() as session:
        client = Client(name="Ann", phone="")
        session.add(client)
    assert client.name == "Ann"


@pytest.mark.parametrize(
    "state", ["40001", "40P01", "55P03", "57P01", "57P03", "08006", "53300", "25006"]
)
def test_what_passes_is_tried_again(desk: Sessions, state: str) -> None:
    tries = []

    def work(session: Session) -> int:
        tries.append(add_client(session))
        if len(tries) < 3:
            raise_state(session, state)
        return len(tries)

    assert desk.run(work) == 3
    assert len(clients(desk)) == 1


@pytest.mark.parametrize(
    "state", ["42501", "57014", "53100", "22012", "42P01", "P0001"]
)
def test_what_does_not_pass_is_tried_once(desk: Sessions, state: str) -> None:
    tries = []

    def work(session: Session) -> None:
        tries.append(1)
        raise_state(session, state)

    with pytest.raises(DeskError):
        desk.run(work)
    assert len(tries) == 1


def test_tries_end_at_the_deadline(desk: Sessions) -> None:
    began = time.monotonic()
    with pytest.raises(Unavailable) as failed:
        desk.run(lambda session: raise_state(session, "40001"), deadline=0.5)
    assert 0.1 < time.monotonic() - began < 1.5
    assert not failed.value.undecided


def test_a_connection_ended_while_idle_is_not_noticed(
    desk: Sessions, database_url: str
) -> None:
    assert clients(desk) == []
    terminate(database_url, NAME)
    with desk.begin() as session:
        assert session.scalar(text("SELECT 1")) == 1


def test_a_connection_ended_at_work_is_replaced(desk: Sessions) -> None:
    tries = []

    def work(session: Session) -> None:
        tries.append(1)
        if len(tries) == 1:
            session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        add_client(session)

    desk.run(work)
    assert len(clients(desk)) == 1


def test_one_ended_past_sqlalchemy_is_replaced_too(desk: Sessions) -> None:
    tries = []

    def work(session: Session) -> None:
        tries.append(1)
        if len(tries) == 1:
            driver_of(session).execute("SELECT pg_terminate_backend(pg_backend_pid())")
        add_client(session)

    desk.run(work)
    assert len(clients(desk)) == 1


def test_a_lost_commit_is_undecided(desk: Sessions) -> None:
    with pytest.raises(Unavailable) as lost:
        once(desk, hang_up_at_commit)
    assert lost.value.undecided


def test_a_refused_commit_is_decided(desk: Sessions) -> None:
    with pytest.raises(Unavailable) as refused:
        once(desk, fail_at_commit)
    assert not refused.value.undecided


def hang_up_at_commit(session: Session) -> None:
    """Have the server hang up while it commits, as a crash would."""
    at_commit(session, "PERFORM pg_terminate_backend(pg_backend_pid()), pg_sleep(1);")


def fail_at_commit(session: Session) -> None:
    at_commit(session, "RAISE 'no' USING ERRCODE = '40001';")


def at_commit(session: Session, statement: str) -> None:
    driver_of(session).execute(
        "CREATE FUNCTION at_commit() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN {statement} RETURN NULL; END $$;"
        " CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON client"
        " INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION at_commit()"
    )
    add_client(session)


def test_run_says_undecided_when_it_never_learns_more(desk: Sessions) -> None:
    tries = []

    def work(session: Session) -> None:
        tries.append(1)
        if len(tries) > 1:
            raise_state(session, "40001")
        hang_up_at_commit(session)

    with pytest.raises(Unavailable) as lost:
        desk.run(work, deadline=0.5)
    assert lost.value.undecided
    assert len(tries) > 1


def test_a_rogue_server_decides_nothing_and_is_not_asked_again(desk: Sessions) -> None:
    tries = []

    def work(session: Session) -> None:
        tries.append(1)
        if len(tries) > 1:
            raise Untrusted(Check.NAME)
        hang_up_at_commit(session)

    with pytest.raises(Untrusted) as lost:
        desk.run(work)
    assert lost.value.undecided
    assert len(tries) == 2


def test_a_frozen_server_ends_the_call_at_the_deadline(
    desk: Sessions, database_url: str
) -> None:
    assert clients(desk) == []
    began = time.monotonic()
    with frozen(*backends(database_url, NAME)), pytest.raises(Unavailable):
        once(desk, lambda session: session.execute(text("SELECT 1")), deadline=0.5)
    assert 0.4 < time.monotonic() - began < 1.5


def test_a_call_within_its_deadline_is_left_alone(desk: Sessions) -> None:
    for _ in range(3):
        with desk.begin(deadline=0.3) as session:
            session.execute(text("SELECT pg_sleep(0.2)"))


def test_a_short_deadline_behind_a_long_one_is_kept(desk: Sessions) -> None:
    inside = threading.Event()

    def long_call() -> None:
        with desk.begin(deadline=30) as session:
            session.execute(text("SELECT 1"))
            inside.wait(5)

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(long_call)
        with pytest.raises(Unavailable):
            once(
                desk,
                lambda session: session.execute(text("SELECT pg_sleep(5)")),
                deadline=0.3,
            )
        inside.set()
        running.result()


def test_closing_ends_calls_that_hang(desk: Sessions, database_url: str) -> None:
    with ThreadPoolExecutor(1) as pool:
        hanging = pool.submit(
            desk.run, lambda session: session.execute(text("SELECT pg_sleep(9)"))
        )
        while not backends(database_url, NAME):
            time.sleep(0.01)
        began = time.monotonic()
        desk.close()
        with pytest.raises(Unavailable):
            hanging.result()
        assert time.monotonic() - began < 1


def test_lines_that_break_as_soon_as_they_are_made_are_unavailable(
    database_url: str,
) -> None:
    watchdog = Watchdog()
    engine = engine_for(database_url, watchdog=watchdog)
    sessions = Sessions(engine, 1.0, watchdog)
    assert clients(sessions) == []
    watchdog.close()  # shuts every new line from now on
    engine.dispose()
    with pytest.raises(Unavailable):
        clients(sessions)


def test_a_server_that_is_away_is_unavailable_and_names_no_password() -> None:
    sessions = open_sessions("postgresql://ann:s3cret@127.0.0.1:1/x", deadline=0.3)
    with pytest.raises(Unavailable) as failed:
        sessions.run(lambda session: session.execute(text("SELECT 1")))
    sessions.close()
    assert "s3cret" not in written(failed.value)


def written(error: Exception) -> str:
    """Return all that a log would hold of an error."""
    return "".join(traceback.format_exception(error))


def test_a_login_that_may_not_is_told_so(desk: Sessions) -> None:
    with pytest.raises(NotAllowed):
        desk.run(lambda session: raise_state(session, "42501"))


def test_a_row_is_never_part_of_the_error(desk: Sessions) -> None:
    name = "Ann " + "Secret"
    with pytest.raises(DeskError) as failed:
        once(desk, lambda session: add_client(session, name=name, phone="bad"))
    assert name not in written(failed.value)
    assert "client_phone_is_e164_check" in written(failed.value)


def test_the_server_is_told_how_to_serve_a_desk(desk: Sessions) -> None:
    told = {
        "lock_timeout": "5s",
        "jit": "off",
        "timezone": "UTC",
        "synchronous_commit": "on",
        "idle_in_transaction_session_timeout": "10s",
    }
    with desk.begin() as session:
        for name, value in told.items():
            assert session.scalar(text(f"SHOW {name}")) == value


def test_a_row_held_elsewhere_is_waited_for_in_vain(
    desk: Sessions, database_url: str
) -> None:
    with desk.begin() as session:
        add_client(session)

    def lock(session: Session) -> None:
        session.execute(text("SET LOCAL lock_timeout = '100ms'"))
        session.execute(text("SELECT FROM client FOR UPDATE"))

    with psycopg.connect(database_url) as other:
        other.execute("SELECT FROM client FOR UPDATE")
        with pytest.raises(Unavailable):
            once(desk, lock)
