"""How messages leave the practice: its mail server, its services, its accounts.

What is public and the secret that belongs to it are written in one transaction. A
secret goes in and never comes back; only that it is set can be read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from desk_app.db.queries import history, message_settings, outbox, practice, secrets
from desk_app.db.queries.pipeline import ask, pipeline
from desk_app.domain import host_names
from desk_app.domain.message_settings import (
    RELAY_KEYS,
    Change,
    CourierLogin,
    KeyState,
    MailSettings,
    Sending,
    SetBy,
    SetUp,
    ZoomSettings,
)
from desk_app.domain.messages import Channel
from desk_app.domain.offering import merged
from desk_app.domain.push_urls import (
    OFFERED,
    Relay,
    clean_address,
    clean_relay,
    url_template,
)
from desk_app.domain.secrets import SecretName
from desk_app.errors import Invalid, NotFound, Stale
from desk_app.services import contact

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from desk_app.db.queries.pipeline import Pipeline, Query
    from desk_app.db.session import Sessions
    from desk_app.domain.message_settings import Fate, TestWish
    from desk_app.services.vault import Vault

S = TypeVar("S", MailSettings, ZoomSettings, Relay)

LONGEST_LINE = 254
LONGEST_NAME = 200
LONGEST_SECRET = 1_000


class MessageSettings:
    """Reads and changes them; all of it is for managers.

    A change raises Stale by field if somebody else has changed the same, Invalid by
    field ("secret" for the secret), KeyMissing at a desk that the practice's key has
    not come to, and NotAllowed. The first secret gives the practice its key.
    """

    def __init__(self, sessions: Sessions, vault: Vault) -> None:
        self._sessions = sessions
        self._vault = vault

    def mail(self) -> SetUp[MailSettings]:
        """Return the mail server as it is set up."""
        return self._read(message_settings.mail(), SecretName.SMTP_PASSWORD)

    def change_mail(self, change: Change[MailSettings]) -> SetUp[MailSettings]:
        """Write what differs in the mail server from what a person saw."""
        _check_secret(change.secret)
        kept = _Kept(
            message_settings.MAIL,
            message_settings.mail(),
            SecretName.SMTP_PASSWORD,
            needs_secret=lambda mail: bool(mail.login),
            is_other=lambda was, now: (was.host, was.login) != (now.host, now.login),
        )
        wanted = replace(change, wanted=_clean_mail(change.wanted))
        self._change(kept, wanted, change.secret.encode())
        return self.mail()

    def zoom(self) -> SetUp[ZoomSettings]:
        """Return the account at Zoom as it is set up."""
        return self._read(message_settings.zoom(), SecretName.ZOOM_CLIENT_SECRET)

    def change_zoom(self, change: Change[ZoomSettings]) -> SetUp[ZoomSettings]:
        """Write what differs in the account at Zoom from what a person saw."""
        _check_secret(change.secret)
        kept = _Kept(
            message_settings.ZOOM,
            message_settings.zoom(),
            SecretName.ZOOM_CLIENT_SECRET,
            needs_secret=lambda zoom: zoom.is_set_up,
            is_other=lambda was, now: was != now,
        )
        wanted = replace(change, wanted=_clean_zoom(change.wanted))
        self._change(kept, wanted, change.secret.strip().encode())
        return self.zoom()

    def relay(self, channel: Channel) -> SetUp[Relay]:
        """Return the service for push messages, or for SMS, as it is set up."""
        return self._read(message_settings.relay(channel), RELAY_KEYS[channel])

    def change_relay(self, channel: Channel, change: Change[Relay]) -> SetUp[Relay]:
        """Choose another service of a channel, or give it another key.

        Its address is sealed as a whole, so whatever changes, its key is given again.
        """
        wanted, plain = _clean_relay(channel, change)
        kept = _Kept(
            message_settings.RELAYS[channel],
            message_settings.relay(channel),
            RELAY_KEYS[channel],
            needs_secret=lambda relay: relay.service is not None,
            is_other=lambda was, now: was != now,
        )
        self._change(kept, wanted, plain)
        return self.relay(channel)

    def courier(self) -> SetUp[CourierLogin]:
        """Return whether desks have a login to carry by."""
        with self._sessions.begin() as session, pipeline(session) as together:
            secret = _set_by(together, SecretName.COURIER_LOGIN)
        return SetUp(CourierLogin(), secret(), self._vault.key_state())

    def change_courier(self, change: Change[CourierLogin]) -> SetUp[CourierLogin]:
        """Let every desk that has the practice's key carry by this login."""
        login = contact.clean_line(change.wanted.login, LONGEST_LINE, "login")
        if not login:
            raise Invalid("login", "Type the login that the server has for it.")
        _check_secret(change.secret)
        if not change.secret:
            raise Invalid("secret", "Type the password of this login.")
        self._need_key()
        told = {"login": login, "password": change.secret}
        self._vault.store(SecretName.COURIER_LOGIN, json.dumps(told).encode())
        return self.courier()

    def set_up(self) -> frozenset[Channel]:
        """Return the channels by which something can leave."""
        with self._sessions.begin() as session, pipeline(session) as together:
            mail = together.ask(message_settings.mail())
            relays = {
                channel: together.ask(message_settings.relay(channel))
                for channel in RELAY_KEYS
            }
        found = {channel for channel, each in relays.items() if each.get().is_set_up}
        return frozenset(found | ({Channel.EMAIL} if mail.get().is_set_up else set()))

    def sending(self) -> Sending:
        """Return who carries messages now, and what waits."""
        with self._sessions.begin() as session, pipeline(session) as together:
            count = together.ask(message_settings.couriers())
            standing = together.ask(outbox.standing())
        return Sending(count.get(), standing.get())

    def forget(self, name: SecretName) -> None:
        """Remove a secret; what needs it sends nothing from then on."""
        self._vault.remove(name)

    def test(self, wish: TestWish) -> Fate:
        """Let a message leave that tries out a channel; raises Invalid("address")."""
        key = str(wish.idempotency_key)

        def write(session: Session) -> Fate | None:
            country = ask(session, practice.practice()).country
            address = _clean_recipient(wish, country)
            ask(session, message_settings.add_test(key, wish.channel, address))
            return ask(session, message_settings.fate(key))

        return _there(self._sessions.run(write))

    def fate(self, wish: TestWish) -> Fate:
        """Return what became of a test message; raises NotFound."""
        with self._sessions.begin() as session:
            key = str(wish.idempotency_key)
            return _there(ask(session, message_settings.fate(key)))

    def _read(self, query: Query[S], name: SecretName) -> SetUp[S]:
        with self._sessions.begin() as session, pipeline(session) as together:
            settings = together.ask(query)
            secret = _set_by(together, name)
        return SetUp(settings.get(), secret(), self._vault.key_state())

    def _change(self, kept: _Kept[S], change: Change[S], plain: bytes) -> None:
        sealed = None
        if plain:
            self._need_key()
            sealed = self._vault.sealed(kept.secret, plain)

        def write(session: Session) -> None:
            stands = ask(session, kept.query)
            if sealed is not None and kept.is_other(change.known, stands):
                # It was meant for what this person saw, not for what stands there.
                raise Stale
            wanted = merged(change.known, change.wanted, stands)
            needs_secret = kept.needs_secret(wanted)
            if needs_secret and sealed is None:
                is_set = ask(session, secrets.is_set(kept.secret))
                _check_kept(is_set=is_set, is_other=kept.is_other(stands, wanted))
            if wanted != stands:
                ask(session, message_settings.set_part(kept.row, wanted))
            if not needs_secret:
                ask(session, secrets.remove_secret(kept.secret))
            elif sealed is not None:
                ask(session, sealed)

        self._sessions.run(write)

    def _need_key(self) -> None:
        """Raise unless this desk can seal; the first secret begins the key."""
        state = self._vault.key_state()
        if state in _NO_PLACE:
            raise Invalid("secret", _NO_PLACE[state])
        if state is KeyState.NONE_YET:
            self._vault.begin_key()


@dataclass(frozen=True, slots=True)
class _Kept(Generic[S]):
    """Where a part is kept, and when its secret has to be given again."""

    row: str
    query: Query[S]
    secret: SecretName
    needs_secret: Callable[[S], bool]
    is_other: Callable[[S, S], bool]


# What a part of the settings says to a secret that cannot be kept here.
_NO_PLACE = {
    KeyState.NO_KEYRING: "This computer has no keyring, so it cannot keep the"
    " practice’s key. Type this at a computer that has one.",
    KeyState.LOCKED: "The keyring of this computer is locked or does not answer."
    " Unlock it, then save once more.",
}


def _check_kept(*, is_set: bool, is_other: bool) -> None:
    """Raise Invalid("secret") unless the secret that is kept will do."""
    if not is_set:
        raise Invalid("secret", "Type what the service wants to know you by.")
    if is_other:
        words = "Type this again: it was for another server or account."
        raise Invalid("secret", words)


def _check_secret(secret: str) -> None:
    if len(secret) > LONGEST_SECRET:
        raise Invalid("secret", "This is far too long.")
    if not secret.isprintable():
        raise Invalid("secret", "This holds a character that cannot be typed.")


def _clean_mail(mail: MailSettings) -> MailSettings:
    """Return a mail server as it is stored; one without a host is none at all."""
    if not mail.host.strip():
        if mail.sender.strip() or mail.login.strip():
            raise Invalid("host", "Type the name of the server.")
        return MailSettings()
    sender = contact.clean_email(mail.sender, "sender")
    if not sender:
        raise Invalid("sender", "Type the address that messages come from.")
    return replace(
        mail,
        host=host_names.clean_host(mail.host),
        port=host_names.clean_port(mail.port),
        login=contact.clean_line(mail.login, LONGEST_LINE, "login"),
        sender=sender,
        sender_name=contact.clean_line(mail.sender_name, LONGEST_NAME, "sender_name"),
        reply_to=contact.clean_email(mail.reply_to, "reply_to"),
    )


def _clean_zoom(zoom: ZoomSettings) -> ZoomSettings:
    account = contact.clean_line(zoom.account_id, LONGEST_LINE, "account_id")
    client = contact.clean_line(zoom.client_id, LONGEST_LINE, "client_id")
    if client and not account:
        raise Invalid("account_id", "Type the account ID that Zoom shows.")
    if account and not client:
        raise Invalid("client_id", "Type the client ID that Zoom shows.")
    return ZoomSettings(account, client)


def _clean_relay(
    channel: Channel, change: Change[Relay]
) -> tuple[Change[Relay], bytes]:
    """Return a service as it is stored, and what is sealed of it, b"" for nothing."""
    wanted = clean_relay(change.wanted)
    clean = replace(change, wanted=wanted)
    if wanted.service and wanted.service not in OFFERED[channel]:
        raise Invalid("service", "Choose a service.")
    if wanted.service is None or (wanted == change.known and not change.secret):
        return clean, b""
    url = url_template(wanted, change.secret)
    return clean, json.dumps({channel.value.lower(): url}).encode()


def _clean_recipient(wish: TestWish, country: str) -> str:
    """Return where a test message goes; raises Invalid("address")."""
    clean: dict[Channel, Callable[[], str]] = {
        Channel.EMAIL: lambda: contact.clean_email(wish.address, "address"),
        Channel.SMS: lambda: contact.clean_phone(wish.address, country, "address"),
        Channel.PUSH: lambda: clean_address(wish.address, "address"),
    }
    address = clean[wish.channel]()
    if not address:
        raise Invalid("address", "Type where it shall go.")
    return address


def _set_by(together: Pipeline, name: SecretName) -> Callable[[], SetBy | None]:
    """Ask whether a secret is set; return what gives the answer."""
    entries = together.ask(secrets.entries())
    names = together.ask(history.people_names())

    def answer() -> SetBy | None:
        found = (entry for entry in entries.get() if entry.name is name)
        entry = next(found, None)
        if entry is None:
            return None
        who = names.get().get(entry.changed_by, entry.changed_by)
        return SetBy(entry.changed_at, who)

    return answer


def _there(fate: Fate | None) -> Fate:
    if fate is None:
        raise NotFound("This test message is no longer there.")
    return fate
