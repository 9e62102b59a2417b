"""What an import would add, as rows to look at before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.domain.appointment import Status
from desk_app.ui import format as shown
from desk_app.ui import privacy
from desk_app.ui.transfer.importing.words import tr

if TYPE_CHECKING:
    from datetime import tzinfo

    from desk_app.domain.importing.outcome import Checked
    from desk_app.domain.importing.twins import NewPerson
    from desk_app.domain.importing.visits import NewVisit
    from desk_app.domain.schedule import Catalogue

# Enough to see that it is right; nobody reads thousands.
MOST_SHOWN = 500


def new_rows(
    checked: Checked, catalogue: Catalogue, zone: tzinfo
) -> list[tuple[str, ...]]:
    """Return line, name, and how the first of the new rows will be saved."""
    if checked.visits:
        providers = {each.provider_id: each.name for each in catalogue.providers}
        return [
            _visit(visit, providers.get(visit.provider_id, ""), zone)
            for visit in checked.visits[:MOST_SHOWN]
        ]
    return [_person(person) for person in checked.new[:MOST_SHOWN]]


def _person(person: NewPerson) -> tuple[str, ...]:
    parts = (person.phone, person.email, person.language, person.notes)
    said = " · ".join(" ".join(part.split()) for part in parts if part)
    return str(person.line), privacy.name(person.name), privacy.phone(said)


def _visit(visit: NewVisit, provider: str, zone: tzinfo) -> tuple[str, ...]:
    day = visit.start.astimezone(zone).date()
    parts = (
        f"{shown.short_date(day)} {day.year}",
        shown.time_range(visit.start, visit.end, zone),
        provider,
        _status(visit.status),
    )
    said = " · ".join(part for part in parts if part)
    return str(visit.line), privacy.name(visit.client_name), said


def _status(status: Status) -> str:
    return {
        Status.PENDING: tr("not confirmed"),
        Status.CONFIRMED: tr("confirmed"),
        Status.COMPLETED: tr("took place"),
        Status.CANCELLED: tr("cancelled"),
        Status.NO_SHOW: tr("did not come"),
    }[status]
