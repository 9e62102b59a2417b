"""How messages leave, read out of `practice_setting`, and who carries them now."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from desk_app.db.queries.pipeline import Query
from desk_app.db.queries.practice import set_setting
from desk_app.domain.mail_hosts import USUAL_PORTS, Security
from desk_app.domain.message_settings import Fate, MailSettings, ZoomSettings
from desk_app.domain.messages import Channel, MessageKind
from desk_app.domain.push_urls import OFFERED, Relay
from desk_app.domain.queue import State

if TYPE_CHECKING:
    from desk_app.db.queries.pipeline import Row

MAIL = "mail"
ZOOM = "zoom"
RELAYS = {Channel.PUSH: "push", Channel.SMS: "sms"}


def mail() -> Query[MailSettings]:
    """Return the mail server; what is not set, or makes no sense, has its default."""
    return Query(_ONE, {"name": MAIL}, lambda rows: to_mail(_object(rows)))


def zoom() -> Query[ZoomSettings]:
    """Return the practice's account at Zoom."""
    return Query(_ONE, {"name": ZOOM}, lambda rows: _to_zoom(_object(rows)))


def relay(channel: Channel) -> Query[Relay]:
    """Return the service for push messages, or for SMS, without its key."""
    return Query(
        _ONE,
        {"name": RELAYS[channel]},
        lambda rows: _to_relay(channel, _object(rows)),
    )


def set_part(name: str, part: MailSettings | ZoomSettings | Relay) -> Query[bool]:
    """Write one part of how messages leave."""
    return set_setting(name, asdict(part))


def couriers() -> Query[int]:
    """Return how many couriers are connected to this practice."""
    return Query(f"SELECT {_COURIERS}", {}, lambda rows: int(rows[0][0]))


def add_test(key: str, channel: Channel, address: str) -> Query[bool]:
    """Let a test message wait, once for each key; for managers."""
    return Query(
        "INSERT INTO outbox (kind, payload, dedupe_key) VALUES (%(kind)s,"
        " jsonb_build_object('channel', %(channel)s::text, 'address',"
        " %(address)s::text), %(key)s) ON CONFLICT (dedupe_key) DO NOTHING"
        " RETURNING true",
        {
            "kind": MessageKind.TEST.value,
            "channel": channel.value,
            "address": address,
            "key": _key_of(key),
        },
        bool,
    )


def fate(key: str) -> Query[Fate | None]:
    """Return what became of the test message of this key, None where there is none."""
    return Query(
        "SELECT outbox_id, state, outcome, last_error,"
        f" {_COURIERS} FROM outbox WHERE dedupe_key = %(key)s",
        {"key": _key_of(key)},
        _fate,
    )


_ONE = "SELECT value FROM practice_setting WHERE name = %(name)s"
# By the role that was given to the login, for a superuser is a member of every role.
# Each courier listens on one connection.
_COURIERS = (
    "(SELECT count(*) FROM pg_stat_activity a"
    " JOIN pg_auth_members m ON m.member = a.usesysid"
    " JOIN pg_roles r ON r.oid = m.roleid AND r.rolname = 'desk_worker'"
    " WHERE a.datname = current_database()"
    " AND a.application_name = 'desk-app listener')"
)


def to_mail(said: dict[str, Any]) -> MailSettings:
    """Read the setting, each part by itself; what makes no sense has its default."""
    security = _security(said.get("security"))
    port = said.get("port")
    is_port = type(port) is int and 1 <= port <= 65_535
    return MailSettings(
        host=_text(said, "host"),
        port=port if is_port and port else USUAL_PORTS[security],
        security=security,
        login=_text(said, "login"),
        sender=_text(said, "sender"),
        sender_name=_text(said, "sender_name"),
        reply_to=_text(said, "reply_to"),
    )


def _to_zoom(said: dict[str, Any]) -> ZoomSettings:
    return ZoomSettings(_text(said, "account_id"), _text(said, "client_id"))


def _to_relay(channel: Channel, said: dict[str, Any]) -> Relay:
    offered = {service.value: service for service in OFFERED[channel]}
    service = offered.get(_text(said, "service"))
    if service is None:
        return Relay()
    parts = (_text(said, name) for name in ("server", "account", "sender"))
    return Relay(service, *parts)


def _security(value: object) -> Security:
    """Return how the line is encrypted; whatever stands there, it is."""
    return Security.TLS if value == Security.TLS else Security.STARTTLS


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    return value if isinstance(value, str) else ""


def _object(rows: list[Row]) -> dict[str, Any]:
    value = rows[0][0] if rows else None
    return value if isinstance(value, dict) else {}


def _fate(rows: list[Row]) -> Fate | None:
    if not rows:
        return None
    number, state, outcome, said, count = rows[0]
    return Fate(number, State(state), outcome, said, int(count))


def _key_of(key: str) -> str:
    return f"{MessageKind.TEST}:{key}"
