"""Small files to try the import with, as other programs write them."""

from __future__ import annotations

from datetime import date, timedelta

from desk_app.domain.importing.columns import Subject
from desk_app.domain.importing.outcome import SourceFile

_CLIENTS = (
    "Last name;First name;Mobile phone;E-mail;Notes\r\n"
    "Example;Ada;0151 10000001;ada@example.org;Prefers mornings\r\n"
    "Example;Ben;0151 10000002;ben@example.org;\r\n"
    "Sample;Chloé;0151 10000003;;Ring the bell twice\r\n"
)
_VISIT = "{day:%d.%m.%Y};{clock};30;{who};{phone};completed\r\n"
_TITLES = "Date;Time;Duration;Client;Phone;Status\r\n"


def example(subject: Subject, today: date) -> SourceFile:
    """Return a file with three made-up people."""
    if subject is Subject.CLIENTS:
        return SourceFile("example-clients.csv", _CLIENTS.encode("utf-8-sig"))
    people = (("Ada Example", 1), ("Ben Example", 2), ("Chloé Sample", 3))
    rows = [
        _VISIT.format(
            day=today - timedelta(days=20 + number),
            clock=f"{9 + number}:00",
            who=name,
            phone=f"0151 1000000{number}",
        )
        for name, number in people
    ]
    text = _TITLES + "".join(rows)
    return SourceFile("example-appointments.csv", text.encode("utf-8-sig"))
