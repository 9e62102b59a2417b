"""The schedule on paper: what stands on it, nothing cut, pages numbered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF

from desk_app.domain.appointment import Appointment, Status
from desk_app.domain.interval import Interval
from desk_app.domain.people import Money, Provider, ProviderType
from desk_app.domain.schedule import Block, ProviderDay, Source
from desk_app.ui.paper import drawing
from desk_app.ui.paper.dialog import PaperDialog
from desk_app.ui.paper.layout import MARGIN, Page, Paper, pages
from desk_app.ui.paper.sheet import Kind, Options, sheets

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QDialog

    from tests.ui.conftest import Front

BERLIN = ZoneInfo("Europe/Berlin")
DAY = date(2026, 11, 24)
CTRL = Qt.KeyboardModifier.ControlModifier
OPTIONS = Options("Praxis am Park", BERLIN, "Printed today by Mia")


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 24, hour - 1, minute, tzinfo=UTC)


def visit(start: datetime, minutes: int = 30, **fields: object) -> Appointment:
    end = start + timedelta(minutes=minutes)
    one = Appointment(
        appointment_id=int(start.timestamp()),
        provider_id=1,
        service_id=1,
        client_id=1,
        client_name="Anna Berg",
        client_phone="0170 1234567",
        service_name="Follow-up",
        start=start,
        end=end,
        busy_until=end,
        status=Status.CONFIRMED,
        version=1,
        price=Money(Decimal(60), "EUR"),
        cancellation_hours=24,
    )
    return replace(one, **fields)  # type: ignore[arg-type]


def a_day(*visits: Appointment, zone: str = "Europe/Berlin") -> ProviderDay:
    provider = Provider(1, "Dr. Brandt", ProviderType.DOCTOR, zone, "#336699")
    hours = (Interval(at(9), at(12)), Interval(at(13), at(15)))
    lunch = (Block(1, Interval(at(12), at(13)), "Lunch", Source.MANUAL),)
    return ProviderDay(provider, DAY, 1, hours, lunch, visits)


def text_of(page: Page) -> str:
    return " ".join(word.text for word in page.words)


def test_visits_gaps_and_blocks_stand_in_the_order_of_time() -> None:
    sheet = sheets([a_day(visit(at(9)), visit(at(10)))], OPTIONS)[0]
    rows = [(row.times, row.kind) for row in sheet.sections[0].rows]
    assert rows == [
        ("09:00–09:30", Kind.VISIT),
        ("09:30–10:00", Kind.FREE),
        ("10:00–10:30", Kind.VISIT),
        ("10:30–12:00", Kind.FREE),
        ("12:00–13:00", Kind.BLOCKED),
        ("13:00–15:00", Kind.FREE),
    ]


def test_time_that_a_buffer_keeps_is_no_gap() -> None:
    kept = visit(at(9), busy_until=at(10))
    rows = sheets([a_day(kept, visit(at(10)))], OPTIONS)[0].sections[0].rows
    assert [row.kind for row in rows[:2]] == [Kind.VISIT, Kind.VISIT]


def test_a_page_says_whose_it_is_when_and_when_it_was_printed() -> None:
    (page,) = pages(sheets([a_day(visit(at(9)))], OPTIONS)[0], Paper())
    said = text_of(page)
    for words in ("Praxis am Park", "Dr. Brandt", "24 November 2026", "Anna Berg"):
        assert words in said
    assert "0170 1234567" in said
    assert "Printed today by Mia" in said
    assert "Page 1 of 1" in said


def test_notes_are_printed_only_when_they_are_wished() -> None:
    day = a_day(visit(at(9), notes="brings the X-ray"))
    assert "X-ray" not in text_of(pages(sheets([day], OPTIONS)[0], Paper())[0])
    noted = sheets([day], replace(OPTIONS, with_notes=True))[0]
    assert "X-ray" in text_of(pages(noted, Paper())[0])


@pytest.mark.parametrize(
    "name", ["Wolfeschlegelsteinhausen" * 8, "María del Carmen " * 20, "王小明" * 90]
)
def test_a_long_name_is_wrapped_and_never_cut(name: str) -> None:
    (page,) = pages(
        sheets([a_day(visit(at(9), client_name=name))], OPTIONS)[0], Paper()
    )
    left = next(word.x for word in page.words if word.text == "free, 2 h 30 min")
    said = "".join(word.text for word in page.words if word.x == left)
    assert name.replace(" ", "") in said.replace(" ", "")


def test_everything_stands_between_the_margins() -> None:
    noted = visit(at(9), client_name="W" * 300, notes="M " * 400, service_name="X" * 90)
    paper = Paper()
    for page in pages(
        sheets([a_day(noted)], replace(OPTIONS, with_notes=True))[0], paper
    ):
        for word in page.words:
            width = QFontMetricsF(word.face.font).horizontalAdvance(word.text)
            assert word.x >= MARGIN
            assert word.x + width <= paper.width - MARGIN + 20
            assert word.y <= paper.height - MARGIN


def test_many_pages_are_numbered_and_lose_no_row() -> None:
    many = [visit(at(9) + timedelta(minutes=n), 1) for n in range(150)]
    named = [replace(v, client_name=f"Client{n:03}") for n, v in enumerate(many)]
    found = pages(sheets([a_day(*named)], OPTIONS)[0], Paper())
    assert len(found) > 2
    said = " ".join(map(text_of, found))
    assert all(said.count(f"Client{n:03}") == 1 for n in range(150))
    for number, page in enumerate(found, start=1):
        assert f"Page {number} of {len(found)}" in text_of(page)
        assert "Dr. Brandt" in text_of(page)


def test_notes_longer_than_a_page_go_on_over_the_next() -> None:
    words = [f"word{n:04}" for n in range(900)]
    noted = a_day(visit(at(9), notes=" ".join(words)))
    found = pages(sheets([noted], replace(OPTIONS, with_notes=True))[0], Paper())
    said = " ".join(map(text_of, found))
    assert len(found) > 1
    assert all(said.count(word) == 1 for word in words)


def test_a_provider_elsewhere_has_both_clocks() -> None:
    row = sheets([a_day(visit(at(9)), zone="Europe/London")], OPTIONS)[0]
    assert row.sections[0].rows[0].times == "08:00–08:30 London\n09:00–09:30 Berlin"


def test_a_week_has_a_heading_for_each_day_and_says_closed() -> None:
    days = [replace(a_day(), day=DAY + timedelta(days=n)) for n in range(2)]
    closed = replace(days[1], open_windows=(), blocks=(), appointments=())
    sheet = sheets([days[0], closed], OPTIONS)[0]
    assert [section.instead for section in sheet.sections] == ["", "Closed"]
    assert "25 November" in sheet.sections[1].heading


def test_the_key_shows_the_page_and_saves_a_pdf(front: Front, tmp_path: Path) -> None:
    file = tmp_path / "day.pdf"

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, PaperDialog)
        front.until(lambda: bool(dialog.shown_pages))
        assert front.view.columns[0].name in text_of(dialog.shown_pages[0])
        assert dialog.save_to(str(file))

    timer = front.answer_dialog(act)
    front.press(Qt.Key.Key_P, CTRL)
    assert not timer.isActive()
    assert file.read_bytes().startswith(b"%PDF")
    assert str(file) in front.desk.status.said


def test_the_picture_has_ink_on_it() -> None:
    sheet = sheets([a_day(visit(at(9)))], OPTIONS)[0]
    paper = drawing.paper_of(drawing.of_locale())
    image = drawing.picture(pages(sheet, paper)[0], paper, 600)
    dark = sum(
        image.pixelColor(x, y).lightness() < 128
        for x in range(0, 600, 2)
        for y in range(0, image.height(), 2)
    )
    assert dark > 200
