"""What a practice keeps secret, told without the secrets themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class SecretName(StrEnum):
    """The secrets of the practice itself; those of calendars are `Tokens`."""

    SMTP_PASSWORD = "smtp_password"  # noqa: S105 - what it is called
    ZOOM_CLIENT_SECRET = "zoom_client_secret"  # noqa: S105 - what it is called
    PUSH_KEYS = "push_keys"
    """The address of the push service, as JSON: {"push": "ntfys://…/{address}"}."""
    SMS_KEYS = "sms_keys"
    """The address of the SMS service, as JSON: {"sms": "twilio://…/{address}"}."""
    COURIER_LOGIN = "courier_login"
    """The login by which desks carry what leaves the practice, as JSON."""


@dataclass(frozen=True, slots=True)
class SecretEntry:
    """That a secret is set, since when, and the login that set it."""

    name: SecretName
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """What opens a calendar outside; never printed."""

    access: bytes | None = field(repr=False)
    refresh: bytes | None = field(repr=False)
