"""By what messages leave and meetings are made now, with its secrets opened.

For the worker's login.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desk_app.db.queries import message_settings
from desk_app.db.queries.pipeline import ask
from desk_app.domain.message_settings import RELAY_KEYS
from desk_app.domain.secrets import SecretName
from desk_app.errors import (
    Invalid,
    KeyMissing,
    NeedsSignIn,
    SealBroken,
    Unavailable,
)

if TYPE_CHECKING:
    from desk_app.db.session import Sessions
    from desk_app.domain.message_settings import MailSettings, ZoomSettings
    from desk_app.domain.messages import Channel
    from desk_app.services.vault import Vault


@dataclass(frozen=True, slots=True)
class MailAccount:
    """The practice's mail server; without a login there it needs no password."""

    settings: MailSettings
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ZoomAccount:
    """The practice's own app at Zoom."""

    settings: ZoomSettings = field(repr=False)
    secret: str = field(repr=False)


class Accounts:
    """Reads what a manager has set up, as it is at this moment.

    What is sealed raises KeyMissing on a computer without the practice's key, and
    NeedsSignIn where a manager has to type it again. All raise Unavailable.
    """

    def __init__(self, sessions: Sessions, vault: Vault) -> None:
        self._sessions = sessions
        self._vault = vault

    def mail(self) -> MailAccount | None:
        """Return the mail server, None where there is none."""
        with self._sessions.begin() as session:
            settings = ask(session, message_settings.mail())
        if not settings.is_set_up:
            return None
        if not settings.login:
            return MailAccount(settings)
        password = self._opened(SecretName.SMTP_PASSWORD)
        if password is None:
            raise NeedsSignIn("The password of the mail server is not set.")
        return MailAccount(settings, password)

    def zoom(self) -> ZoomAccount | None:
        """Return the account at Zoom, None where there is none."""
        with self._sessions.begin() as session:
            settings = ask(session, message_settings.zoom())
        if not settings.is_set_up:
            return None
        secret = self._opened(SecretName.ZOOM_CLIENT_SECRET)
        if secret is None:
            raise NeedsSignIn("The secret of the app at Zoom is not set.")
        return ZoomAccount(settings, secret)

    def relay(self, channel: Channel) -> str | None:
        """Return the address of the service for push messages, or for SMS.

        It holds the service's key; `{address}` stands where the person comes.
        """
        kept = self._opened(RELAY_KEYS[channel])
        if kept is None:
            return None
        try:
            return str(json.loads(kept)[channel.value.lower()])
        except (ValueError, KeyError, TypeError):
            raise _to_type_again() from None

    def _opened(self, name: SecretName) -> str | None:
        """Return a secret, None where it is not set.

        A locked keyring is no fault of what waits to be sent, as a missing key is none.
        """
        try:
            found = self._vault.read(name)
            return None if found is None else found.decode()
        except (Unavailable, Invalid):
            raise KeyMissing(
                "The practice's key cannot be had at the moment."
            ) from None
        except (SealBroken, UnicodeDecodeError):
            raise _to_type_again() from None


def _to_type_again() -> NeedsSignIn:
    return NeedsSignIn("What opens this service cannot be read; type it again.")
