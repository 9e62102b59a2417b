"""Clients' rights: the whole of what is kept, in words and for programs; retention."""

from __future__ import annotations

import dataclasses
import json
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from desk_app.db.models import Base
from desk_app.db.queries.settings_rows import RETENTION_YEARS
from desk_app.domain import client_data as kept
from desk_app.domain.progress import CancelToken, Progress, Work
from desk_app.errors import NotAllowed, NotFound
from desk_app.services.rights import Rights
from tests import factories
from tests.desks import Desks
from tests.services.planted import MARK, TEXTS, plant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desk_app.db.session import Sessions
    from tests.factories import Practice

# By table that holds something about a client: its record, and the columns that are
# left out, each for a reason.
EXPORTED: dict[str, tuple[type, set[str]]] = {
    # Made of name, e-mail and phone, for searching.
    "client": (kept.ClientRecord, {"search_text"}),
    # Made of the times; and random numbers of requests.
    "appointment": (kept.VisitRecord, {"busy_range", "booking_key", "change_key"}),
    "waitlist_entry": (kept.WaitingRecord, {"client_id"}),
    "walk_in": (kept.WalkInRecord, {"client_id"}),
    # How to take it back; the values stand in the entries and in what was changed.
    "client_merge": (
        kept.MergeRecord,
        {"was_active", "kept_was", "kept_became"}
        | {"appointments", "waitlist_entries", "walk_ins"},
    ),
    # Numbers only, and how the courier keeps order.
    "outbox": (
        kept.TaskRecord,
        {"payload", "dedupe_key", "leased_until", "lease_token"},
    ),
    # The event belongs to the provider's own calendar.
    "external_conflict": (kept.ConflictRecord, {"override_id"}),
    # Old and new stand field by field.
    "audit_log": (kept.ChangeRecord, {"audit_id", "client_id", "old", "new"}),
}
NOT_EXPORTED = {
    "idempotency_key": "a hash of what was asked; purged after a week",
    "meeting": "its link stands in the appointment; the rest is the service's own",
}


@pytest.fixture
def rights(sessions: Sessions) -> Rights:
    return Rights(sessions)


@pytest.fixture
def desks(database_url: str) -> Iterator[Desks]:
    with Desks(database_url) as desks:
        yield desks


def tables_about_clients() -> set[str]:
    """Return every table that has something to do with a client."""
    about = {"client_id", "appointment_id"}
    return {
        table.name
        for table in Base.metadata.tables.values()
        if about & {column.name for column in table.columns}
        or {key.column.table.name for key in table.foreign_keys}
        & {"client", "appointment"}
    }


def test_no_table_about_clients_is_forgotten() -> None:
    assert tables_about_clients() == EXPORTED.keys() | NOT_EXPORTED.keys()


@pytest.mark.parametrize("table", EXPORTED)
def test_no_column_about_clients_is_forgotten(table: str) -> None:
    record, without = EXPORTED[table]
    columns = {column.name for column in Base.metadata.tables[table].columns}
    exported = {field.name for field in dataclasses.fields(record)}
    assert columns - exported - {"client_id"} == without - {"client_id"}


def test_all_that_is_kept_is_exported(
    sessions: Sessions, practice: Practice, rights: Rights
) -> None:
    client_id, visit = plant(sessions, practice)
    data = rights.export(client_id)
    assert {name: getattr(data.client, name) for name in TEXTS} == TEXTS
    (exported,) = data.appointments
    assert (exported.appointment_id, exported.start_time, exported.status) == (
        visit.appointment_id,
        visit.start,
        "CANCELLED",
    )
    assert (exported.service, exported.provider) == ("Check-up", "Dr Weber")
    assert (exported.price, exported.refund_due) == (Decimal(60), Decimal(60))
    assert exported.cancellation_reason == MARK
    assert exported.override_reason == MARK
    assert [entry.notes for entry in data.waiting_list] == [MARK * 2]
    assert [entry.notes for entry in data.walk_ins] == [MARK * 2]
    assert {task.kind for task in data.tasks} >= {"confirmation", "calendar_remove"}
    sent = [task for task in data.tasks if task.channel]
    assert [(one.kind, one.channel, one.recipient) for one in sent] == [
        ("confirmation", "EMAIL", "CLIENT")
    ]
    assert MARK in sent[0].sent_to
    assert sent[0].handed_at is not None
    assert [conflict.kind for conflict in data.conflicts] == ["OVERLAP"]
    assert {change.table_name for change in data.changes} == {
        "client",
        "appointment",
        "waitlist_entry",
        "walk_in",
    }
    assert data.changes[0].action == "INSERT"


def test_nothing_about_others_is_exported(
    sessions: Sessions, practice: Practice, rights: Rights
) -> None:
    plant(sessions, practice)
    data = rights.export(practice.client_id)
    assert data.client.name == "Anna Weiß"
    assert (data.appointments, data.waiting_list, data.tasks) == ((), (), ())
    assert MARK not in data.to_json() + data.to_page()


def test_the_json_has_stable_keys(
    sessions: Sessions, practice: Practice, rights: Rights
) -> None:
    factories.setting(sessions, "timezone", factories.BERLIN)
    client_id, _ = plant(sessions, practice)
    said = json.loads(rights.export(client_id).to_json())
    assert list(said) == [
        "format",
        "edition",
        "practice",
        "timezone",
        "exported_at",
        "exported_by",
        "client",
        "appointments",
        "waiting_list",
        "walk_ins",
        "tasks",
        "conflicts",
        "merged_entries",
        "merges",
        "changes",
    ]
    assert (said["format"], said["edition"]) == ("desk_app client data", 1)
    (first,) = said["appointments"]
    assert first["start_time"] == "2026-03-03T09:00:00+01:00"
    assert datetime.fromisoformat(said["exported_at"]).utcoffset() is not None
    assert (first["price"], first["arrived_at"]) == ("60.00", None)
    booked = next(c for c in said["changes"] if c["table_name"] == "appointment")
    price = next(value for value in booked["values"] if value["name"] == "price")
    assert price == {"name": "price", "old": None, "new": "60.00"}


def test_a_name_is_written_as_it_is(sessions: Sessions, rights: Rights) -> None:
    client_id = factories.client(sessions, name="Łucja 江 Ωmega")
    written = rights.export(client_id).to_json()
    assert "Łucja 江 Ωmega" in written
    written.encode("utf-8")


def test_the_files_are_called_after_nobody(
    sessions: Sessions, practice: Practice, rights: Rights
) -> None:
    data = rights.export(practice.client_id)
    assert data.file_name == (
        f"client-{practice.client_id}-{data.exported_at.date().isoformat()}"
    )


def test_what_an_erased_client_left_can_be_exported(
    sessions: Sessions, practice: Practice, rights: Rights
) -> None:
    client_id, visit = plant(sessions, practice)
    rights.erase(client_id)
    data = rights.export(client_id)
    assert [one.appointment_id for one in data.appointments] == [visit.appointment_id]
    assert MARK not in data.to_json() + data.to_page()


def test_nobody_is_exported_who_is_not_there(rights: Rights) -> None:
    with pytest.raises(NotFound):
        rights.export(12345)
    with pytest.raises(NotFound):
        rights.counts(12345)


def test_the_desk_exports_and_a_provider_does_not(desks: Desks) -> None:
    practice = factories.open_practice(desks.owner)
    client_id, _ = plant(desks.owner, practice)
    whole = Rights(desks.owner).export(client_id)
    for desk in (desks.receptionist(), desks.manager("Miriam Hoffmann")):
        data = Rights(desk).export(client_id)
        same = {"exported_at": whole.exported_at, "exported_by": whole.exported_by}
        assert dataclasses.replace(data, **same) == whole
    assert data.exported_by == "Miriam Hoffmann"
    with pytest.raises(NotAllowed):
        Rights(desks.provider(practice.provider_id)).export(client_id)


def test_counts_say_what_would_go(
    sessions: Sessions, practice: Practice, rights: Rights
) -> None:
    come_again(sessions, practice, "-3 years")
    come_again(sessions, practice, "2 days")
    factories.rows(
        sessions,
        "INSERT INTO waitlist_entry (client_id) VALUES (:id)",
        id=practice.client_id,
    )
    counts = rights.counts(practice.client_id)
    assert (counts.appointments, counts.to_come, counts.waiting) == (2, 1, 1)
    assert counts.last_visit < counts.entered_at


# -- retention


def come_again(
    sessions: Sessions, practice: Practice, when: str, **values: Any
) -> None:
    """Let the client have an appointment at some time from now."""
    given = {"id": practice.client_id, "status": "CONFIRMED"} | values
    factories.rows(
        sessions,
        "INSERT INTO appointment (provider_id, client_id, service_id, start_time,"
        " end_time, status, cancelled_at) SELECT provider_id, :id, service_id,"
        f" now() + interval '{when}', now() + interval '{when}' + interval '30 min',"
        " :status, CASE WHEN :status = 'CANCELLED' THEN now() END FROM service",
        **given,
    )


def enter(sessions: Sessions, ago: str, **values: Any) -> int:
    """Enter a client some time ago."""
    client_id = factories.client(sessions, **values)
    factories.rows(
        sessions,
        f"UPDATE client SET created_at = now() - interval '{ago}'"
        " WHERE client_id = :id",
        id=client_id,
    )
    return client_id


def keep_for(sessions: Sessions, years: object) -> None:
    factories.rows(
        sessions, f"DELETE FROM practice_setting WHERE name = '{RETENTION_YEARS}'"
    )
    factories.setting(sessions, RETENTION_YEARS, years)


def due(rights: Rights) -> list[int]:
    return [client.client_id for client in rights.due_for_erasure()]


@pytest.mark.parametrize("years", [0, -1, None, "3", True, 3.5, [3], {}, 10**9])
def test_without_a_number_of_years_nobody_is_ever_due(
    sessions: Sessions, practice: Practice, rights: Rights, years: object
) -> None:
    enter(sessions, "25 years")
    keep_for(sessions, years)
    assert rights.retention().years == 0
    assert due(rights) == []
    assert rights.erase_due() == 0


def test_unset_is_for_ever(
    sessions: Sessions, practice: Practice, rights: Rights
) -> None:
    enter(sessions, "25 years")
    assert due(rights) == []


def test_the_last_visit_counts_or_the_day_of_entry(
    sessions: Sessions, practice: Practice, rights: Rights
) -> None:
    keep_for(sessions, 3)
    long_gone = enter(sessions, "8 years", name="Long gone")
    never_came = enter(sessions, "4 years", name="Never came")
    for client_id, when in (
        (long_gone, "-5 years"),
        (enter(sessions, "8 years"), "-2 years"),
        (enter(sessions, "2 years"), "-10 years"),
        (enter(sessions, "8 years"), "3 days"),
    ):
        come_again(sessions, practice, when, id=client_id)
    called_off = enter(sessions, "8 years")
    come_again(sessions, practice, "-1 year", id=called_off, status="CANCELLED")
    assert due(rights) == [long_gone, never_came]
    (first, _) = rights.due_for_erasure()
    assert first.name == "Long gone"
    five_years = timedelta(days=5 * 365)
    assert abs(factories_now(sessions) - first.last_seen - five_years) < timedelta(3)


def factories_now(sessions: Sessions) -> datetime:
    ((now,),) = factories.rows(sessions, "SELECT now()")
    return now


def test_who_waits_for_a_visit_is_not_due(
    sessions: Sessions, practice: Practice, rights: Rights
) -> None:
    keep_for(sessions, 1)
    waiting = enter(sessions, "8 years")
    assert due(rights) == [waiting]
    factories.rows(
        sessions, f"INSERT INTO waitlist_entry (client_id) VALUES ({waiting})"
    )
    assert due(rights) == []
    factories.rows(sessions, "UPDATE waitlist_entry SET state = 'GONE'")
    assert due(rights) == [waiting]


def test_who_walked_in_was_seen_then(
    sessions: Sessions, practice: Practice, rights: Rights
) -> None:
    keep_for(sessions, 1)
    walked_in = enter(sessions, "8 years")
    assert due(rights) == [walked_in]
    factories.rows(sessions, f"INSERT INTO walk_in (client_id) VALUES ({walked_in})")
    assert due(rights) == []


def test_everybody_due_is_erased_and_nobody_else(
    sessions: Sessions, practice: Practice, rights: Rights
) -> None:
    keep_for(sessions, 1)
    gone = [enter(sessions, "8 years", name=f"Gone {number}") for number in range(3)]
    told: list[Progress] = []
    assert rights.erase_due(Work(told.append)) == 3
    assert [(now.done, now.total) for now in told] == [(1, 3), (2, 3), (3, 3)]
    names = dict(factories.rows(sessions, "SELECT client_id, name FROM client"))  # type: ignore[arg-type]
    assert {names[number] for number in gone} == {"Erased client"}
    assert names[practice.client_id] == "Anna Weiß"
    assert rights.erase_due() == 0


def test_erasing_stops_when_asked_to(
    sessions: Sessions, practice: Practice, rights: Rights
) -> None:
    keep_for(sessions, 1)
    for _ in range(3):
        enter(sessions, "8 years")
    token = CancelToken()
    assert rights.erase_due(Work(lambda _progress: token.cancel(), token)) == 1
    assert len(due(rights)) == 2


def test_who_comes_back_while_others_are_erased_stays(
    sessions: Sessions, practice: Practice, rights: Rights
) -> None:
    keep_for(sessions, 1)
    enter(sessions, "9 years")
    back = enter(sessions, "8 years", name="Back again")

    def book(progress: Progress) -> None:
        if progress.done == 1:
            come_again(sessions, practice, "2 days", id=back)

    assert rights.erase_due(Work(book)) == 1
    assert rights.export(back).client.name == "Back again"


def test_retention_is_for_managers(desks: Desks) -> None:
    practice = factories.open_practice(desks.owner)
    keep_for(desks.owner, 1)
    gone = enter(desks.owner, "8 years")
    for desk in (desks.receptionist(), desks.provider(practice.provider_id)):
        with pytest.raises(NotAllowed):
            Rights(desk).due_for_erasure()
        with pytest.raises(NotAllowed):
            Rights(desk).erase_due()
    manager = Rights(desks.manager())
    assert due(manager) == [gone]
    assert manager.erase_due() == 1
    assert due(manager) == []
