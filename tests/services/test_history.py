"""Histories: what was done with an appointment and a client, as people say it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.db.queries.history import AuditRow, Standing, _read
from desk_app.domain import history as told
from desk_app.domain.appointment import BookedVia, CancelledBy, Status
from desk_app.domain.people import Money
from desk_app.services.booking import Booking
from desk_app.services.history import History
from desk_app.services.retelling import Names, Retelling
from tests import factories
from tests.desks import Desks, login_of
from tests.domain.examples import examples

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.domain.history import Change, Story
    from tests.factories import Practice

NAMES = Names({}, {}, {}, str)


@pytest.fixture
def history(sessions: Sessions) -> History:
    return History(sessions)


def changes(story: Story) -> list[Change]:
    return [entry.change for entry in story.entries]


def kinds(story: Story) -> list[str]:
    return [type(change).__name__ for change in changes(story)]


def write(sessions: Sessions, appointment_id: int, assignment: str) -> None:
    """Write an appointment as later parts of the program do."""
    factories.rows(
        sessions,
        f"UPDATE appointment SET {assignment}, version = version + 1"
        " WHERE appointment_id = :id",
        id=appointment_id,
    )


def test_the_verbs_of_the_desk_are_told_in_order(
    practice: Practice, booking: Booking, history: History
) -> None:
    request = practice.request(pending=True, booked_via=BookedVia.PHONE)
    booked = booking.book(request)
    confirmed = booking.confirm(factories.confirmation(booked))
    moved = booking.move(factories.move(confirmed, practice.at(11)))
    booking.cancel(factories.cancellation(moved, reason="ill"))
    story = history.of_appointment(booked.appointment_id)
    nine, eleven = (
        told.Place(
            practice.at(hour),
            practice.provider_id,
            "Dr Weber",
            factories.BERLIN,
            "Check-up",
        )
        for hour in (9, 11)
    )
    assert changes(story) == [
        told.Booked(nine, is_pending=True, via=BookedVia.PHONE),
        told.Confirmed(),
        told.Moved(nine, eleven),
        told.Cancelled(CancelledBy.CLIENT, "ill", Money(Decimal("60.00"), "EUR")),
    ]
    assert [entry.visit for entry in story.entries] == [nine, nine, eleven, eleven]
    assert [entry.at for entry in story.entries] == sorted(
        entry.at for entry in story.entries
    )


def test_a_move_to_another_provider_names_both(
    sessions: Sessions, practice: Practice, booking: Booking, history: History
) -> None:
    other = factories.provider(sessions, name="Dr Berg", timezone="Europe/London")
    factories.service(sessions, other)
    factories.hours(sessions, other)
    booked = booking.book(practice.request())
    booking.move(factories.move(booked, practice.at(12), other))
    (moved,) = changes(history.of_appointment(booked.appointment_id))[1:]
    assert isinstance(moved, told.Moved)
    assert (moved.before.provider, moved.after.provider) == ("Dr Weber", "Dr Berg")
    assert moved.after.timezone == "Europe/London"


@pytest.mark.parametrize(
    ("assignment", "change"),
    [
        ("status = 'COMPLETED'", told.Completed()),
        ("status = 'NO_SHOW'", told.NoShow()),
        ("notes = 'Ramp'", told.NoteChanged("", "Ramp")),
        (
            "arrived_at = '2026-03-03 08:55+01'",
            told.ArrivedSet(datetime(2026, 3, 3, 7, 55, tzinfo=UTC)),
        ),
        ("meeting_link = 'https://a.example'", told.LinkSet("https://a.example")),
        ("refund_due = 12.5", told.RefundSet(Money(Decimal("12.50"), "EUR"))),
        ("price = 70", told.Changed(("price",))),
        ("end_time = end_time + interval '5 min'", told.LengthSet(30, 35)),
        (
            "seen_at = '2026-03-03 09:05+01'",
            told.SeenSet(datetime(2026, 3, 3, 8, 5, tzinfo=UTC)),
        ),
        (
            "left_at = '2026-03-03 09:30+01'",
            told.LeftSet(datetime(2026, 3, 3, 8, 30, tzinfo=UTC)),
        ),
        (
            "overridden = 'closed held', override_reason = 'Pain'",
            told.SetAside(("closed", "held"), "Pain"),
        ),
        (
            "status = 'NO_SHOW', refund_due = 0,"
            " lock_out_until = '2026-04-02 09:00+02'",
            told.NoShow(
                datetime(2026, 4, 2, 7, tzinfo=UTC), Money(Decimal("0.00"), "EUR")
            ),
        ),
        (
            "series_id = '00000000-0000-0000-0000-000000000007'",
            told.Changed(("series_id",)),
        ),
        ("provider_id = provider_id", told.Changed()),
    ],
)
def test_what_else_can_be_written_has_a_name(
    sessions: Sessions,
    practice: Practice,
    booking: Booking,
    history: History,
    *,
    assignment: str,
    change: Change,
) -> None:
    booked = booking.book(practice.request())
    write(sessions, booked.appointment_id, assignment)
    story = history.of_appointment(booked.appointment_id)
    assert changes(story)[1:] == [change]


def test_one_write_can_tell_of_several_things(
    sessions: Sessions, practice: Practice, booking: Booking, history: History
) -> None:
    booked = booking.book(practice.request())
    write(sessions, booked.appointment_id, "status = 'NO_SHOW', notes = 'called'")
    write(sessions, booked.appointment_id, "status = 'CONFIRMED', price = 1")
    assert changes(history.of_appointment(booked.appointment_id))[1:] == [
        told.NoShow(),
        told.NoteChanged("", "called"),
        told.TakenBack(Status.NO_SHOW),
        told.Changed(("price",)),
    ]


def test_a_client_s_history_holds_their_data_and_their_visits(
    sessions: Sessions, practice: Practice, booking: Booking, history: History
) -> None:
    booked = booking.book(practice.request())
    number = {"id": practice.client_id}
    for statement in (
        "UPDATE client SET phone = '+4930999999', no_show_count = 1,"
        " same_day_locked_until = '2026-03-03 23:00+00' WHERE client_id = :id",
        "INSERT INTO waitlist_entry (client_id) VALUES (:id)",
        "UPDATE waitlist_entry SET is_urgent = true WHERE client_id = :id",
        "DELETE FROM waitlist_entry WHERE client_id = :id",
    ):
        factories.rows(sessions, statement, **number)
    other = booking.book(
        practice.request(13, client_id=factories.client(sessions, name="Bo"))
    )
    story = history.of_client(practice.client_id)
    assert kinds(story) == [
        "ClientAdded",
        "Booked",
        "ClientChanged",
        "WaitingBegun",
        "Changed",
        "WaitingEnded",
    ]
    assert changes(story)[2].fields == (
        told.FieldChange("no_show_count", 0, 1),
        told.FieldChange("phone", "0170 1234567", "030 999999"),
        told.FieldChange(
            "same_day_locked_until", None, datetime(2026, 3, 3, 23, tzinfo=UTC)
        ),
    )
    assert story.entries[1].visit.start == booked.start
    assert other.client_id != practice.client_id


def test_visits_that_were_deleted_stay_in_the_client_s_history(
    sessions: Sessions, practice: Practice, booking: Booking, history: History
) -> None:
    booked = booking.book(practice.request())
    booking.move(factories.move(booked, practice.at(11)))
    factories.rows(sessions, "DELETE FROM appointment")
    story = history.of_client(practice.client_id)
    assert kinds(story) == ["ClientAdded", "Booked", "Moved", "Removed"]
    assert [entry.visit and entry.visit.start for entry in story.entries] == [
        None,
        practice.at(9),
        practice.at(11),
        practice.at(11),
    ]


def test_what_was_erased_is_told_without_what_it_was(
    sessions: Sessions, practice: Practice, booking: Booking, history: History
) -> None:
    booked = booking.book(practice.request(notes="Ramp"))
    booking.cancel(factories.cancellation(booked, reason="ill"))
    factories.rows(sessions, "UPDATE client SET name = 'Anna Meier'")
    factories.rows(sessions, f"SELECT client_erase({practice.client_id})")
    story = history.of_client(practice.client_id)
    assert kinds(story) == [
        "ClientAdded",
        "Booked",
        "Cancelled",
        "Changed",
        "Changed",
        "Erased",
    ]
    for secret in ("Ramp", "ill", "Meier", "Anna"):
        assert secret not in str(story).replace("Cancelled", "")


def test_only_the_latest_are_told_unless_more_are_asked_for(
    sessions: Sessions, practice: Practice, booking: Booking, history: History
) -> None:
    booked = booking.book(practice.request())
    for hour in (11, 13, 15):
        booked = booking.move(factories.move(booked, practice.at(hour)))
    story = history.of_appointment(booked.appointment_id, limit=2)
    assert story.has_older
    assert [change.after.start for change in changes(story)] == [
        practice.at(13),
        practice.at(15),
    ]
    assert changes(story)[0].before.start == practice.at(11)
    assert not history.of_appointment(booked.appointment_id, limit=4).has_older


def test_nothing_is_known_of_what_is_not_there(history: History) -> None:
    assert history.of_appointment(12345) == told.Story()
    assert history.of_client(12345) == told.Story()


def test_logins_are_told_by_name_also_of_those_who_left(
    database_url: str,
) -> None:
    with Desks(database_url) as desks:
        practice = factories.open_practice(desks.owner)
        desk = desks.receptionist("Jonas Krüger")
        factories.rows(desk, "UPDATE client SET notes = 'x'")
        factories.rows(
            desks.owner,
            "UPDATE staff_user SET is_active = false WHERE login = :who",
            who=login_of(desk),
        )
        story = History(desks.manager()).of_client(practice.client_id)
        login = login_of(desk)
    authors = [entry.author for entry in story.entries]
    assert authors[1] == told.Author(login, "Jonas Krüger")
    # The server's administrator is nobody whom the practice knows.
    assert authors[0].name == ""
    assert authors[0].shown_name == authors[0].login


def test_a_provider_reads_the_history_of_their_own_visits_only(
    database_url: str,
) -> None:
    with Desks(database_url) as desks:
        practice = factories.open_practice(desks.owner)
        other = factories.provider(desks.owner, name="Dr Berg")
        desk = desks.receptionist()
        booked = Booking(desk, factories.clock).book(practice.request())
        mine = History(desks.provider(practice.provider_id))
        theirs = History(desks.provider(other, "Dr Berg"))
        assert kinds(mine.of_appointment(booked.appointment_id)) == ["Booked"]
        assert kinds(mine.of_client(practice.client_id)) == ["Booked"]
        assert theirs.of_appointment(booked.appointment_id) == told.Story()
        assert theirs.of_client(practice.client_id) == told.Story()


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=False)
    | st.text()
    | st.sampled_from(["CONFIRMED", "CANCELLED", "2026-03-03T09:00:00+00:00", "9999"]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2)
    ),
    max_leaves=3,
)
COLUMNS = (
    st.sampled_from(["status", "start_time", "end_time", "provider_id", "service_id"])
    | st.sampled_from(["notes", "arrived_at", "refund_due", "currency", "phone"])
    | st.sampled_from(["meeting_link", "cancelled_by", "booked_via", "erased_at"])
    | st.sampled_from(["client_id", "same_day_locked_until", "room", "state"])
    | st.sampled_from(["overridden", "override_reason", "seen_at", "lock_out_until"])
    | st.sampled_from(["outcome", "series_id", "refund_given_at", "left_at"])
)
SIDE = st.dictionaries(COLUMNS | st.text(), JSON, max_size=4)
ROWS = st.builds(
    AuditRow,
    st.just(factories.NOW),
    st.text(),
    st.sampled_from(["appointment", "client", "waitlist_entry", "walk_in", "new"]),
    st.sampled_from(["1", "2", "x"]),
    st.sampled_from(["INSERT", "UPDATE", "DELETE", "MERGE"]),
    SIDE,
    SIDE,
)


@given(st.lists(ROWS, max_size=6))
@examples(150)
def test_no_row_keeps_a_history_from_being_told(rows: list[AuditRow]) -> None:
    standing = {"1": Standing(factories.NOW, 1, 1, "EUR")}
    entries = Retelling(NAMES, standing).tell(rows)
    assert len(entries) >= len(rows)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "null",
        "[]",
        '"x"',
        "1" * 5000,
        "[" * 100_000,
        '{"a": ' + "9" * 5000 + "}",
        json.dumps({"a": 1})[:-1],
    ],
)
def test_what_cannot_be_read_counts_as_nothing(text: str | None) -> None:
    assert _read(text) == {}
