"""What the audit log says, in the words of a front desk."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from decimal import Decimal
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from desk_app.domain import history as told
from desk_app.domain.appointment import BookedVia, CancelledBy, Status
from desk_app.domain.people import Money
from desk_app.ui.dialogs.history_words import HistoryWords
from tests.ui.dialogs.practice import BERLIN

NOON = datetime(2026, 11, 24, 9, 42, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WEDNESDAY = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
JONAS = told.Author("jonas", "Jonas Krüger")
WORDS = HistoryWords(BERLIN)
HOSTILE = '<b>Ann</b>\n\u202e"evil" &amp; ' + "x" * 10_000


def place(
    start: datetime | None = TUESDAY, number: int = 1, **given: str
) -> told.Place:
    """Return a check-up with Dr. Brandt."""
    usual = {
        "provider": "Dr. Brandt",
        "service": "Check-up",
        "timezone": "Europe/Berlin",
    }
    return told.Place(start, number, **usual | given)


def entry(change: told.Change, visit: told.Place | None = None) -> told.Entry:
    return told.Entry(JONAS, NOON, change, visit)


def deed(change: told.Change) -> str:
    return WORDS.deed(entry(change))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (told.Booked(place()), "Booked for Tue 24 Nov, 10:00"),
        (
            told.Booked(place(), is_pending=True, via=BookedVia.PHONE),
            "Booked for Tue 24 Nov, 10:00 (phone, to be confirmed)",
        ),
        (told.Booked(place(None)), "Booked for an unknown time"),
        (told.Confirmed(), "Confirmed"),
        (
            told.Moved(place(), place(WEDNESDAY)),
            "Moved from Tue 24 Nov, 10:00 to Wed 25 Nov, 09:30",
        ),
        (
            told.Moved(place(), place(WEDNESDAY, 2, provider="Dr. Mensah")),
            "Moved from Tue 24 Nov, 10:00 with Dr. Brandt"
            " to Wed 25 Nov, 09:30 with Dr. Mensah",
        ),
        (
            told.Moved(place(), place(TUESDAY, 2, provider="")),
            "Moved from Dr. Brandt to somebody, still Tue 24 Nov, 10:00",
        ),
        (
            told.Moved(place(), place(service="Massage")),
            "Service changed from Check-up to Massage",
        ),
        (
            told.Moved(place(), place(datetime(2027, 1, 4, 9, tzinfo=UTC))),
            "Moved from Tue 24 Nov, 10:00 to Mon 4 Jan 2027, 10:00",
        ),
        (
            told.Cancelled(CancelledBy.CLIENT, "ill", Money(Decimal(60), "EUR")),
            "Cancelled by the client: ill · refund due: 60,00\xa0€",
        ),
        (told.Cancelled(CancelledBy.PRACTICE), "Cancelled by the practice"),
        (told.Cancelled(refund=Money(Decimal(0), "EUR")), "Cancelled"),
        (told.Completed(), "Completed"),
        (told.Cancelled(CancelledBy.UNDO), "Booking taken back as a slip"),
        (told.NoShow(), "Did not come"),
        (
            told.NoShow(TUESDAY, Money(Decimal(5), "EUR")),
            "Did not come · no same-day booking until Tue 24 Nov, 10:00"
            " · refund due: 5,00\xa0€",
        ),
        (told.LengthSet(30, 45), "Length changed from 30 min to 45 min"),
        (
            told.SetAside(("closed", "not_aligned"), "Pain"),
            "Set aside: outside hours, not aligned – “Pain”",
        ),
        (told.SetAside(("held",)), "Set aside: in use at another desk"),
        (told.SetAside(()), "Nothing is set aside any more"),
        (told.SeenSet(TUESDAY), "With the provider: Tue 24 Nov, 10:00"),
        (told.SeenSet(None), "“With the provider” taken back"),
        (told.LeftSet(TUESDAY), "Left: Tue 24 Nov, 10:00"),
        (told.LeftSet(None), "“Left” taken back"),
        (told.RefundGiven(TUESDAY), "Refund given: Tue 24 Nov, 10:00"),
        (told.RefundGiven(None), "“Refund given” taken back"),
        (told.Rung("NO_ANSWER"), "Rung about an earlier time: no answer"),
        (told.Rung("?"), "Rung about an earlier time"),
        (told.WaitingEnded(True), "Took an earlier time from the waiting list"),
        (told.WalkedIn(), "Came without an appointment"),
        (told.TakenBack(Status.CANCELLED), "Cancellation taken back"),
        (told.TakenBack(Status.CONFIRMED), "Confirmation taken back"),
        (
            told.Booked(place(), is_of_series=True),
            "Booked for Tue 24 Nov, 10:00 (one of a series)",
        ),
        (told.TakenBack(Status.NO_SHOW), "“Did not come” taken back"),
        (told.TakenBack(Status.COMPLETED), "“Completed” taken back"),
        (told.NoteChanged("", "Ramp"), "Note: “Ramp”"),
        (told.NoteChanged("Ramp", "Stairs"), "Note changed to “Stairs”"),
        (told.NoteChanged("Ramp", ""), "Note deleted: “Ramp”"),
        (told.ArrivedSet(TUESDAY), "Arrived: Tue 24 Nov, 10:00"),
        (told.ArrivedSet(None), "“Arrived” taken back"),
        (told.LinkSet("https://a.b"), "Link for the video call: https://a.b"),
        (told.LinkSet(""), "Link for the video call removed"),
        (told.RoomSet("Room 2"), "Room: Room 2"),
        (told.RoomSet(""), "In no room"),
        (told.RefundSet(Money(Decimal(5), "EUR")), "Refund due: 5,00\xa0€"),
        (told.RefundSet(None), "No refund due"),
        (told.ClientAdded(), "Entered as a client"),
        (told.Erased(), "Erased: everything personal was deleted"),
        (told.Merged(), "Merged with another entry"),
        (told.Separated(), "Separated from the other entry"),
        (told.Taken(), "Went with the client to another entry"),
        (told.WaitingBegun(), "Put on the waiting list"),
        (told.WaitingEnded(), "Taken off the waiting list"),
        (told.Removed(), "Deleted"),
        (told.Changed(), "Something was changed"),
        (told.Changed(("price", "room_number")), "Changed: Price, Room number"),
    ],
)
def test_each_deed_has_its_words(change: told.Change, words: str) -> None:
    assert deed(change) == words


def test_no_deed_is_without_words() -> None:
    nothing = {"before": "", "after": "", "place": place(), "what": Status.NO_SHOW}
    nothing |= {"at": None, "link": "", "refund": None, "fields": (), "names": ()}
    nothing |= {"outcome": "", "policies": ()}
    length = {"before": 30, "after": 45}
    moved = {"before": place(), "after": place()}
    for kind in get_args(told.Change):
        given = {told.Moved: moved, told.LengthSet: length}.get(kind, nothing)
        known = {field.name: given.get(field.name) for field in fields(kind)}
        words = deed(kind(**known))
        is_named = words != "Something was changed"
        assert is_named or kind in (told.Changed, told.ClientChanged)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (("phone", "030 1", "030 2"), "Phone changed from 030 1 to 030 2"),
        (("email", "", "a@b.de"), "E-mail: a@b.de"),
        (("notes", "Ramp", ""), "Note deleted (was Ramp)"),
        (("consent_sms", False, True), "May be sent text messages: yes"),
        (("no_show_count", 0, 1), "Missed visits changed from 0 to 1"),
        (
            ("same_day_locked_until", None, TUESDAY),
            "No same-day booking until: Tue 24 Nov, 10:00",
        ),
        (("shoe_size", None, 42), "Shoe size: 42"),
    ],
)
def test_each_field_of_a_client_has_its_words(
    field: tuple[str, told.Value, told.Value], words: str
) -> None:
    assert deed(told.ClientChanged((told.FieldChange(*field),))) == words


def test_several_fields_are_told_one_after_the_other() -> None:
    first, second = (told.FieldChange(name, "", "x") for name in ("phone", "notes"))
    assert deed(told.ClientChanged((first, second))) == "Phone: x; Note: x"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            told.Moved(place(), place(WEDNESDAY)),
            "Moved from Tue 24 Nov, 10:00 to Wed 25 Nov, 09:30 by Jonas Krüger",
        ),
        (
            told.Cancelled(CancelledBy.CLIENT, "ill"),
            "Cancelled by the client: ill · by Jonas Krüger",
        ),
        (told.NoShow(), "Did not come by Jonas Krüger"),
    ],
)
def test_a_sentence_says_who_did_it(change: told.Change, sentence: str) -> None:
    assert WORDS.sentence(entry(change)) == sentence


def test_both_clocks_are_told_for_a_provider_elsewhere() -> None:
    london = place(WEDNESDAY, timezone="Europe/London")
    assert deed(told.Moved(place(), london)).endswith(
        "to Wed 25 Nov, 09:30 Berlin · 08:30 London"
    )


@pytest.mark.parametrize("zone", ["", "Moon/Crater", "../etc/passwd", "x" * 300])
def test_a_zone_that_nobody_knows_is_the_practice_s(zone: str) -> None:
    assert deed(told.Booked(place(timezone=zone))) == "Booked for Tue 24 Nov, 10:00"


def test_a_visit_is_named_among_others_only() -> None:
    confirmed = entry(told.Confirmed(), place())
    assert WORDS.visit(confirmed) == "Check-up · Dr. Brandt · Tue 24 Nov, 10:00"
    assert WORDS.visit(entry(told.Booked(place()), place())) == "Check-up · Dr. Brandt"
    assert WORDS.visit(entry(told.ClientAdded())) == ""
    assert HistoryWords(BERLIN, names_visits=False).visit(confirmed) == ""


def test_times_are_those_of_the_practice() -> None:
    tokyo = HistoryWords(ZoneInfo("Asia/Tokyo"))
    late = told.Entry(JONAS, datetime(2026, 11, 24, 20, 5, tzinfo=UTC), told.NoShow())
    assert (tokyo.time(late), tokyo.day(late).day) == ("05:05", 25)


@pytest.mark.parametrize(
    "change",
    [
        told.Cancelled(CancelledBy.CLIENT, HOSTILE),
        told.NoteChanged("", HOSTILE),
        told.LinkSet(HOSTILE),
        told.RoomSet(HOSTILE),
        told.ClientChanged((told.FieldChange("name", HOSTILE, HOSTILE),)),
        told.Changed((HOSTILE,)),
        told.SetAside((HOSTILE,), HOSTILE),
        told.Booked(place(provider=HOSTILE)),
    ],
)
def test_what_people_typed_stays_one_short_line(change: told.Change) -> None:
    author = told.Author(HOSTILE, HOSTILE)
    visit = place(provider=HOSTILE, service=HOSTILE)
    line = WORDS.line(told.Entry(author, NOON, change, visit))
    assert len(line) < 1_200
    assert "\n" not in line
    assert "\u202e" not in line
    assert "<b>Ann</b>" in line
