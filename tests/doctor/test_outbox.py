"""What has to follow outside is told in numbers, to those who may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from desk_app.doctor import State, outbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions


@pytest.fixture
def session(sessions: Sessions) -> Iterator[Session]:
    with sessions.begin() as session:
        yield session


def add(session: Session, state: str, late: str, attempts: int = 0) -> None:
    session.execute(
        text(
            "INSERT INTO outbox (kind, dedupe_key, state, run_at, attempts) VALUES"
            " ('confirmation', gen_random_uuid()::text, :state,"
            " now() - CAST(:late AS interval), :attempts)"
        ),
        {"state": state, "late": late, "attempts": attempts},
    )


@pytest.mark.parametrize(
    ("rows", "state", "said"),
    [
        ([], State.OK, "0 waiting, 0 overdue, 0 given up"),
        ([("WAITING", "-1 day")], State.OK, "1 waiting, 0 overdue"),
        ([("WAITING", "5 min")], State.OK, "1 overdue"),
        ([("WAITING", "2 h")], State.WARNING, "the oldest since 2 h"),
        ([("WAITING", "3 days")], State.WARNING, "the oldest since 3 days"),
        ([("WAITING", "3 days"), ("DONE", "9 days")], State.FAULT, "3 days"),
        ([("WAITING", "26 h", 3)], State.FAULT, "26 h"),
        ([("DEAD", "1 min")], State.WARNING, "1 given up"),
        ([("UNSURE", "1 min")], State.WARNING, "1 not known"),
        ([("MISSED", "1 min")] * 2, State.WARNING, "2 missed"),
        ([("DONE", "9 days"), ("DROPPED", "9 days")], State.OK, "0 overdue"),
    ],
)
def test_what_is_late_is_told_by_how_late_it_is(
    session: Session, rows: list[tuple[str, str]], state: State, said: str
) -> None:
    for row in rows:
        add(session, *row)
    finding = outbox.examine(session)
    assert finding.state is state
    assert said in finding.words


def test_a_lease_that_ran_out_is_late_as_well(session: Session) -> None:
    add(session, "SENDING", "1 h")
    assert outbox.examine(session).state is State.OK
    session.execute(text("UPDATE outbox SET leased_until = now() - interval '1 min'"))
    assert outbox.examine(session).state is State.WARNING


def test_who_sees_only_a_part_is_told_so(session: Session) -> None:
    session.execute(text("CREATE ROLE part_of_it IN ROLE desk_provider"))
    session.execute(text("SET LOCAL SESSION AUTHORIZATION part_of_it"))
    assert outbox.examine(session).words == "cannot be seen by this login"
