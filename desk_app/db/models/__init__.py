"""The tables, as typed models. What a row may hold is checked here by PostgreSQL.

Triggers (status changes, versions, notices) stand in the migrations; the names of
tables and columns are those of ARCHITECTURE section 4.
"""

from __future__ import annotations

from desk_app.db.models.base import Base
from desk_app.db.models.outside import (
    CalendarSync,
    ExternalConflict,
    Meeting,
    MessageText,
    Outbox,
)
from desk_app.db.models.people import Client, ClientMerge, Provider, Service, StaffUser
from desk_app.db.models.places import (
    Closure,
    Location,
    ProviderLocation,
    ProviderPhoto,
    Room,
    RoomDay,
    ServiceRoom,
)
from desk_app.db.models.practice import (
    AuditLog,
    DeskEnrolment,
    IdempotencyKey,
    PracticeSecret,
    PracticeSetting,
)
from desk_app.db.models.schedule import (
    Appointment,
    Availability,
    AvailabilityOverride,
    ScheduleDay,
)
from desk_app.db.models.transfers import Transfer
from desk_app.db.models.waiting import SlotHold, WaitlistEntry, WalkIn

__all__ = [
    "Appointment",
    "AuditLog",
    "Availability",
    "AvailabilityOverride",
    "Base",
    "CalendarSync",
    "Client",
    "ClientMerge",
    "Closure",
    "DeskEnrolment",
    "ExternalConflict",
    "IdempotencyKey",
    "Location",
    "Meeting",
    "MessageText",
    "Outbox",
    "PracticeSecret",
    "PracticeSetting",
    "Provider",
    "ProviderLocation",
    "ProviderPhoto",
    "Room",
    "RoomDay",
    "ScheduleDay",
    "Service",
    "ServiceRoom",
    "SlotHold",
    "StaffUser",
    "Transfer",
    "WaitlistEntry",
    "WalkIn",
]
