"""What the database counted, before it is added up: one cell for each combination.

Weeks are the ordinals of their Mondays, months 12 × year + month - 1, weekdays 0 for
Monday, all by the clock of the provider. `is_before` marks the period before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal


class UsageCell(NamedTuple):
    """Appointments that take time, by week."""

    is_before: bool
    provider_id: int
    week: int
    visits: int
    seconds: int


class MissCell(NamedTuple):
    """Appointments whose time has come, by weekday and hour.

    `booked` are all but slips, `due` those of them that were not cancelled.
    """

    is_before: bool
    provider_id: int
    service_id: int
    weekday: int
    hour: int
    booked: int
    due: int
    no_shows: int
    late: int


class LeadCell(NamedTuple):
    """Appointments by how long before they were booked.

    In whole hours up to two days, from then on in hours of whole days.
    """

    is_before: bool
    provider_id: int
    service_id: int
    hours: int
    visits: int


class WaitCell(NamedTuple):
    """Visits by the hour they began in and the whole minutes somebody waited."""

    is_before: bool
    provider_id: int
    hour: int
    minutes: int
    visits: int


class RefundCell(NamedTuple):
    """Refunds by the month in which they fell due."""

    is_before: bool
    provider_id: int
    month: int
    currency: str
    visits: int
    due: Decimal
    visits_given: int
    given: Decimal
