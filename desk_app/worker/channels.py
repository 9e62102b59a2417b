"""By whom messages leave now: built from what managers set up, kept for moments."""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from desk_app.domain.messages import Channel
from desk_app.errors import Invalid, NeedsSignIn

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.messages.base import Carrier
    from desk_app.messages.mail import Mail
    from desk_app.services.accounts import MailAccount

# What a manager has changed counts this soon.
KEPT_SECONDS = 10.0


class Accounts(Protocol):
    """What knows how the practice sends: `services/accounts.py`."""

    def mail(self) -> MailAccount | None:
        """Return the mail server, None where there is none."""

    def relay(self, channel: Channel) -> str | None:
        """Return the address of the service for push messages, or for SMS."""


@dataclass(frozen=True, slots=True)
class _Kept:
    carrier: Carrier | None
    until: float


class Channels:
    """Gives the carrier of each channel. Several threads may use it at once."""

    def __init__(
        self, accounts: Accounts, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._accounts = accounts
        self._clock = clock
        self._kept: dict[Channel, _Kept] = {}
        self._lock = Lock()

    def carrier(self, channel: Channel) -> Carrier | None:
        """Return who carries a channel now, None where the practice has nobody.

        Raises KeyMissing, NeedsSignIn and Unavailable.
        """
        with self._lock:
            kept = self._kept.get(channel)
        if kept is None or self._clock() >= kept.until:
            made = self.mail() if channel is Channel.EMAIL else self._relay(channel)
            kept = _Kept(made, self._clock() + KEPT_SECONDS)
            with self._lock:
                self._kept[channel] = kept
        return kept.carrier

    def mail(self) -> Mail | None:
        """Return the practice's mail server as it is now; raises as `carrier`."""
        account = self._accounts.mail()
        if account is None:
            return None
        # Imported where mail is sent: most commands of the program never do.
        from desk_app.messages.mail import Mail, MailServer

        chosen = account.settings
        return Mail(
            MailServer(
                host=chosen.host,
                port=chosen.port,
                security=chosen.security,
                login=chosen.login,
                password=account.password,
                sender=chosen.sender,
                sender_name=chosen.sender_name,
                reply_to=chosen.reply_to,
            )
        )

    def _relay(self, channel: Channel) -> Carrier | None:
        url = self._accounts.relay(channel)
        if url is None:
            return None
        # Takes most of a second, and a practice may send nothing but mail.
        from desk_app.messages.push import Push, PushService

        try:
            return Push(PushService(url, channel))
        except Invalid as error:
            raise NeedsSignIn(str(error)) from None
