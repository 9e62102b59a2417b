"""What has served its time goes, by the worker's login; what still counts stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from desk_app.services import purging
from desk_app.services.purging import Purging
from tests import factories
from tests.desks import Desks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions


@pytest.fixture
def desks(database_url: str) -> Iterator[Desks]:
    with Desks(database_url) as desks:
        yield desks


@pytest.fixture
def owner(desks: Desks) -> Sessions:
    return desks.owner


@pytest.fixture
def worker(desks: Desks) -> Purging:
    return Purging(desks.worker())


def run(sessions: Sessions, statement: str, **values: object) -> None:
    with sessions.begin() as session:
        session.execute(text(statement), values)


def left(sessions: Sessions, table: str, name: str) -> list[str]:
    with sessions.begin() as session:
        found = session.execute(text(f"SELECT {name} FROM {table} ORDER BY 1"))
        return [str(value) for (value,) in found]


def visit(sessions: Sessions, ended: str) -> int:
    """Make an appointment that ended so long ago; returns its number."""
    practice = factories.open_practice(sessions)
    with sessions.begin() as session:
        made = session.execute(
            text(
                "INSERT INTO appointment (provider_id, client_id, service_id,"
                " start_time, end_time, status) SELECT :provider, :client, :service,"
                " at - interval '30 min', at, 'CONFIRMED' FROM (SELECT"
                " date_trunc('minute', now()) - CAST(:ended AS interval) AS at) t"
                " RETURNING appointment_id"
            ),
            {
                "provider": practice.provider_id,
                "client": practice.client_id,
                "service": practice.service_id,
                "ended": ended,
            },
        )
        return int(made.scalar_one())


def row(
    sessions: Sessions,
    key: str,
    settled: str | None,
    *,
    state: str = "DONE",
    visit: int | None = None,
    channel: str = "",
    kind: str = "confirmation",
) -> None:
    run(
        sessions,
        "INSERT INTO outbox (kind, dedupe_key, state, appointment_id, channel,"
        " recipient, settled_at) VALUES (:kind, :key, :state, :visit, :channel,"
        " CASE :channel WHEN '' THEN '' ELSE 'CLIENT' END,"
        " now() - CAST(:settled AS interval))",
        kind=kind,
        key=key,
        state=state,
        visit=visit,
        channel=channel,
        settled=settled,
    )


def test_keys_of_requests_go_once_they_count_no_more(
    owner: Sessions, worker: Purging
) -> None:
    for age, hashed in (("-1 min", b"a" * 32), ("1 min", b"b" * 32)):
        run(
            owner,
            "INSERT INTO idempotency_key (key, request_hash, expires_at) VALUES"
            " (gen_random_uuid(), :hashed, now() + CAST(:age AS interval))",
            age=age,
            hashed=hashed,
        )
    assert worker.purge() == 1
    assert left(owner, "idempotency_key", "expires_at > now()") == ["True"]


def test_what_was_done_goes_after_ninety_days(owner: Sessions, worker: Purging) -> None:
    for key, settled, state in (
        ("done", "91 days", "DONE"),
        ("dropped", "91 days", "DROPPED"),
        ("lately", "89 days", "DONE"),
        ("dead", "91 days", "DEAD"),
        ("unsure", "91 days", "UNSURE"),
        ("missed", "91 days", "MISSED"),
    ):
        row(owner, key, settled, state=state)
    row(owner, "waiting", None, state="WAITING")
    assert worker.purge() == 2
    kept = ["dead", "lately", "missed", "unsure", "waiting"]
    assert left(owner, "outbox", "dedupe_key") == kept


@pytest.mark.parametrize(
    ("ended", "stays"), [("-200 days", True), ("29 days", True), ("31 days", False)]
)
def test_what_was_told_is_known_until_the_visit_is_long_over(
    owner: Sessions, worker: Purging, ended: str, *, stays: bool
) -> None:
    about = visit(owner, ended)
    row(owner, "told", "100 days", visit=about, channel="EMAIL")
    row(owner, "task", "100 days", visit=about)
    worker.purge()
    assert left(owner, "outbox", "dedupe_key") == (["told"] if stays else [])


def test_a_test_of_a_channel_goes_after_a_day(owner: Sessions, worker: Purging) -> None:
    row(owner, "old", "25 hours", kind="test_message", state="DROPPED")
    row(owner, "new", "23 hours", kind="test_message")
    row(owner, "other", "25 hours")
    assert worker.purge() == 1
    assert left(owner, "outbox", "dedupe_key") == ["new", "other"]


def test_holds_that_ran_out_go(owner: Sessions, worker: Purging) -> None:
    practice = factories.open_practice(owner)
    for expires in ("-1 day", "1 min"):
        run(
            owner,
            "INSERT INTO slot_hold (hold_id, provider_id, start_time, end_time,"
            " expires_at) VALUES (gen_random_uuid(), :id, now(),"
            " now() + interval '30 min', now() + CAST(:expires AS interval))",
            id=practice.provider_id,
            expires=expires,
        )
    worker.purge()
    assert left(owner, "slot_hold", "expires_at > now()") == ["True"]


def test_a_batch_goes_at_a_time(
    owner: Sessions, worker: Purging, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purging, "BATCH", 2)
    for number in range(3):
        row(owner, f"done {number}", "91 days")
    assert [worker.purge() for _ in range(3)] == [2, 1, 0]


def test_what_a_desk_drops_is_settled_then(desks: Desks, owner: Sessions) -> None:
    row(owner, "moved", None, state="WAITING", visit=visit(owner, "-1 day"))
    run(desks.receptionist(), "UPDATE outbox SET state = 'DROPPED'")
    assert left(owner, "outbox", "settled_at IS NOT NULL") == ["True"]


def test_two_purge_one_after_the_other(desks: Desks, owner: Sessions) -> None:
    row(owner, "done", "91 days")
    with desks.worker().begin() as session:
        session.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": 0x7075726765})
        assert Purging(desks.worker()).purge() == 0
    assert Purging(desks.worker()).purge() == 1
