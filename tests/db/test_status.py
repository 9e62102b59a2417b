"""The trigger and the rules of the domain allow the same changes of status."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from desk_app.db.models import Appointment
from desk_app.domain.appointment import Status
from desk_app.domain.policies import may_become
from desk_app.errors import Refused
from tests.db.rows import add_appointment

if TYPE_CHECKING:
    from desk_app.db.session import Sessions


@pytest.mark.parametrize(("old", "new"), [*product(Status, Status)])
def test_the_database_agrees_with_the_domain(
    sessions: Sessions, old: Status, new: Status
) -> None:
    # A cancellation can be taken back: that of a moment ago.
    cancelled = {"cancelled_at": datetime.now(UTC)}
    with sessions.begin() as session:
        given = cancelled if old is Status.CANCELLED else {}
        key = add_appointment(session, status=old.value, **given)
    changed = cancelled if new is Status.CANCELLED else {"cancelled_at": None}
    values = {"status": new.value, "version": 2, **changed}
    statement = update(Appointment).where(Appointment.appointment_id == key)
    if may_become(old, new) or old is new:
        with sessions.begin() as session:
            session.execute(statement.values(values))
    else:
        with pytest.raises(Refused), sessions.begin() as session:
            session.execute(statement.values(values))


@pytest.mark.parametrize(("hours", "is_late"), [(23, False), (25, True)])
def test_a_cancellation_can_be_taken_back_for_a_day(
    sessions: Sessions, *, hours: int, is_late: bool
) -> None:
    at = datetime.now(UTC) - timedelta(hours=hours)
    with sessions.begin() as session:
        key = add_appointment(session, status="CANCELLED", cancelled_at=at)
    back = (
        update(Appointment)
        .where(Appointment.appointment_id == key)
        .values(status="CONFIRMED", cancelled_at=None, version=2)
    )
    expected = pytest.raises(Refused) if is_late else nullcontext()
    with expected, sessions.begin() as session:
        session.execute(back)
