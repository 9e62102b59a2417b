"""What one practice exports another one imports, unchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desk_app.domain.exports import Delimiter, ExportWish, FileFormat, Subject
from desk_app.domain.importing.columns import Subject as Imports
from desk_app.services.exporting.exports import Exports
from desk_app.services.importing.importing import Importing
from tests import factories

if TYPE_CHECKING:
    from pathlib import Path

    from desk_app.db.session import Sessions
    from tests.factories import Practice

_CLIENTS = (
    "SELECT name, phone, email, notes, language, timezone, consent_email, consent_sms"
    " FROM client ORDER BY name, phone"
)
PEOPLE = [
    {"name": "Anna Weiß", "phone": "+4930901820", "email": "anna@x.example"},
    {"name": "John O'Neil", "phone": "+12125550123", "language": "en-GB"},
    {"name": "=cmd|' /C calc'!A0", "phone": "+441632960961"},
    {"name": "-1+1", "phone": "+8613912345678", "notes": "- milk; =1+1\n@home, x"},
    {"name": "'t Hart", "phone": "+33123456789", "timezone": "Europe/Paris"},
    {"name": 'Łucja "江" Ωmega, Dr.', "phone": "", "email": "l@x.example"},
    {"name": "No Mail", "phone": "+4930901821", "consent_email": False},
    {"name": "By SMS", "phone": "+4930901822", "consent_sms": True},
]


@pytest.mark.parametrize("delimiter", Delimiter)
def test_clients_come_back_as_they_went(
    sessions: Sessions, tmp_path: Path, delimiter: Delimiter
) -> None:
    factories.setting(sessions, "country", "US")
    for person in PEOPLE:
        factories.client(sessions, **person)
    before = factories.rows(sessions, _CLIENTS)
    wish = ExportWish(Subject.CLIENTS, FileFormat.CSV, tmp_path, delimiter=delimiter)
    (path,) = Exports(sessions).export(wish).files
    factories.rows(sessions, "DELETE FROM client")
    imports = Importing(sessions)
    checked = imports.check(imports.open(path), Imports.CLIENTS)
    assert checked.faults == ()
    assert imports.write(checked, Imports.CLIENTS).clients == len(PEOPLE)
    assert factories.rows(sessions, _CLIENTS) == before


_VISITS = (
    "SELECT a.start_time, a.end_time, a.status, a.notes, c.name, p.name, s.name"
    " FROM appointment a JOIN client c USING (client_id)"
    " JOIN provider p ON p.provider_id = a.provider_id"
    " JOIN service s ON s.service_id = a.service_id ORDER BY a.start_time"
)
_BOOK = """
    INSERT INTO appointment (provider_id, client_id, service_id, start_time, end_time,
        status, notes)
    VALUES (:provider, :client, :service, '2031-01-01 9:00Z', '2031-01-01 9:45Z',
            'CONFIRMED', '=1+1'),
        (:provider, :client, :service, '2031-07-01 13:00Z', '2031-07-01 13:30Z',
            'PENDING', ''),
        (:provider, :client, :service, '2021-01-01 9:00Z', '2021-01-01 9:30Z',
            'COMPLETED', 'first')
"""


def test_appointments_come_back_as_they_went(
    sessions: Sessions, practice: Practice, tmp_path: Path
) -> None:
    factories.setting(sessions, "timezone", factories.BERLIN)
    factories.rows(
        sessions,
        _BOOK,
        provider=practice.provider_id,
        client=practice.client_id,
        service=practice.service_id,
    )
    before = factories.rows(sessions, _VISITS)
    wish = ExportWish(Subject.APPOINTMENTS, FileFormat.CSV, tmp_path)
    (path,) = Exports(sessions).export(wish).files
    factories.rows(sessions, "DELETE FROM appointment")
    imports = Importing(sessions)
    checked = imports.check(imports.open(path), Imports.APPOINTMENTS)
    assert checked.faults == ()
    assert imports.write(checked, Imports.APPOINTMENTS).visits == 3
    assert factories.rows(sessions, _VISITS) == before
