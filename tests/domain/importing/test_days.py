"""Days and times as other programs write them."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from desk_app.domain.appointment import Status
from desk_app.domain.importing.days import (
    Moment,
    NoDay,
    Order,
    Orders,
    orders_of,
    read_clock,
    read_minutes,
    read_moment,
)
from desk_app.domain.importing.statuses import status_of

DMY, MDY, YMD = Order.DMY, Order.MDY, Order.YMD
MARCH_5, NINE = date(2026, 3, 5), time(9)
MOMENTS = [
    ("05.03.2026", DMY, Moment(MARCH_5)),
    ("5.3.26", DMY, Moment(MARCH_5)),
    ("03/05/2026 9:00 AM", MDY, Moment(MARCH_5, NINE)),
    ("05/03/2026 09:00:00", DMY, Moment(MARCH_5, NINE)),
    ("2026-03-05", DMY, Moment(MARCH_5)),
    ("2026/03/05 09:00", MDY, Moment(MARCH_5, NINE)),
    ("20260305", YMD, Moment(MARCH_5)),
    ("2026-03-05T09:00:00Z", YMD, Moment(MARCH_5, NINE, timedelta())),
    ("2026-03-05T09:00:00.000+01:00", YMD, Moment(MARCH_5, NINE, timedelta(hours=1))),
    ("2026-03-05 09:00:00-05:00", YMD, Moment(MARCH_5, NINE, timedelta(hours=-5))),
    ("Thursday, March 5, 2026", YMD, Moment(MARCH_5)),
    ("Mar 5, 2026 at 9:00 AM", YMD, Moment(MARCH_5, NINE)),
    ("Do 05.03.2026 9 Uhr", DMY, Moment(MARCH_5, NINE)),
    ("5. März 2026, 09:00", YMD, Moment(MARCH_5, NINE)),
    ("jeudi 5 mars 2026 9h00", YMD, Moment(MARCH_5, NINE)),
    ("5 de marzo de 2026", YMD, Moment(MARCH_5)),
]


@pytest.mark.parametrize(("text", "order", "moment"), MOMENTS)
def test_a_day_is_read(text: str, order: Order, moment: Moment) -> None:
    assert read_moment(text, order) == moment


@pytest.mark.parametrize(
    "text",
    [
        *("", "31.02.2026", "31/31/2026", "45678", "1899-12-30", "tomorrow", "05.03."),
        *("2026-03-05 10:00-11:00", "2026-03-05 25:00", "05.03.226", "32 March 2026"),
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(NoDay):
        read_moment(text, DMY)


@pytest.mark.parametrize(
    ("column", "orders"),
    [
        (["01/02/2026", "13/02/2026"], Orders(DMY)),
        (["01/02/2026", "02/13/2026"], Orders(MDY)),
        (["01.02.2026", "02.03.2026"], Orders(DMY)),
        (["2026-02-01", "2026-02-13"], Orders(YMD)),
        (["26/02/13", "26/02/28"], Orders(DMY, is_open=True)),
        (["01/02/2026", "03/04/2026"], Orders(DMY, is_open=True)),
        (["13/02/2026", "02/13/2026"], Orders(DMY, is_open=True)),
        (["13/02/2026", "14/02/2026", "02/15/2026"], Orders(DMY)),
        (["March 5, 2026"], Orders(YMD)),
        ([], Orders(YMD)),
    ],
)
def test_the_order_is_found_over_the_whole_column(
    column: list[str], orders: Orders
) -> None:
    assert orders_of(column) == orders


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        *(("14:30", time(14, 30)), ("14.30", time(14, 30)), ("2:30 PM", time(14, 30))),
        *(("2:30pm", time(14, 30)), ("14h30", time(14, 30)), ("1430", time(14, 30))),
        *(("12:00 a.m.", time(0)), ("9 Uhr", NINE), ("09:00:00", NINE), ("9h", NINE)),
    ],
)
def test_a_time_of_day_is_read(text: str, clock: time) -> None:
    assert read_clock(text) == clock


@pytest.mark.parametrize(
    "text", ["", "9", "24:00", "13:00 PM", "0:30 PM", "0.375", "x"]
)
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(NoDay):
        read_clock(text)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *(("45", 45), ("45 min", 45), ("1:30", 90), ("0,75 h", 45), ("1h 30m", 90)),
        *(("90.0", 90), ("1 hour", 60), ("01:00:00", 60)),
    ],
)
def test_a_length_is_read(text: str, minutes: int) -> None:
    assert read_minutes(text) == minutes


@pytest.mark.parametrize("text", ["", "0", "2000", "long", "-5"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(NoDay):
        read_minutes(text)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Completed", Status.COMPLETED),
        ("Checked-Out", Status.COMPLETED),
        ("wahrgenommen", Status.COMPLETED),
        ("No-Show", Status.NO_SHOW),
        ("nicht erschienen", Status.NO_SHOW),
        ("no asistió", Status.NO_SHOW),
        ("Late Cancellation", Status.CANCELLED),
        ("annulé", Status.CANCELLED),
        ("Scheduled", Status.CONFIRMED),
        ("angefragt", Status.PENDING),
        ("whatever", None),
    ],
)
def test_the_words_of_other_programs_are_known(
    word: str, status: Status | None
) -> None:
    assert status_of(word) is status
