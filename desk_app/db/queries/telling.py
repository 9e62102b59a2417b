"""The statements by which messages are planned, and looked at again before they leave.

They are those of the worker's login, which reads no notes and no reasons.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, LiteralString

from desk_app.db.queries.message_texts import MAIL, SPEAKING, to_speaking_practice
from desk_app.db.queries.pipeline import Query, Row, array
from desk_app.db.queries.settings_rows import (
    DESK_RULES,
    MESSAGE_PLAN,
    to_desk_rules,
    to_message_plan,
)
from desk_app.domain.appointment import Status
from desk_app.domain.message_plan import FOR_CLIENTS, Contact
from desk_app.domain.messages import Channel, Recipient
from desk_app.domain.occasion import Practice, Reader, Visit
from desk_app.domain.plans import Written
from desk_app.domain.queue import State
from desk_app.domain.secrets import SecretName
from desk_app.domain.telling import Place, Standing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from desk_app.domain.desk_rules import DeskRules
    from desk_app.domain.message_plan import MessagePlan

# Rows of `practice_secret`: without its key a channel has no service.
_KEYS = {SecretName.PUSH_KEYS: Channel.PUSH, SecretName.SMS_KEYS: Channel.SMS}
# Where it is, if there is one place alone: that of the room, else of the provider.
_LOCATION: LiteralString = """
    SELECT min(l.name) AS name, min(l.address) AS address FROM location l
    WHERE l.is_active AND CASE WHEN rm.location_id IS NOT NULL
        THEN l.location_id = rm.location_id
        ELSE NOT EXISTS (SELECT FROM provider_location pl
                WHERE pl.provider_id = a.provider_id)
            OR EXISTS (SELECT FROM provider_location pl
                WHERE pl.provider_id = a.provider_id AND pl.location_id = l.location_id)
        END
    HAVING count(*) = 1"""
_SUBJECT: LiteralString = f"""
    SELECT a.appointment_id, a.version, a.start_time, a.end_time, p.timezone, p.name,
        s.name, s.is_virtual, coalesce(rm.name, ''), coalesce(place.name, ''),
        coalesce(place.address, ''), a.meeting_link,
        a.status, a.provider_id, a.service_id, p.email, p.push_address,
        c.name, c.language, c.timezone, c.email, c.push_address, c.phone,
        c.consent_email, c.consent_push, c.consent_sms
    FROM appointment a JOIN client c USING (client_id)
    JOIN provider p ON p.provider_id = a.provider_id
    JOIN service s ON s.service_id = a.service_id
    LEFT JOIN room rm ON rm.room_id = a.room_id
    LEFT JOIN LATERAL ({_LOCATION}) place ON true
    WHERE a.appointment_id = %(id)s"""


@dataclass(frozen=True, slots=True)
class House:
    """The practice as it speaks, what it chose, and the channels that it has."""

    speaker: Practice
    rules: DeskRules
    plan: MessagePlan
    set_up: frozenset[Channel]


@dataclass(frozen=True, slots=True)
class Subject:
    """An appointment that a message is about, and how its two people are reached."""

    standing: Standing
    visit: Visit
    client: Reader
    contacts: Mapping[Recipient, Contact]


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """A message as it is written into the outbox; it waits unless it is settled."""

    kind: str
    recipient: Recipient
    channel: Channel
    sent_to: str
    state: State
    outcome: str


@dataclass(frozen=True, slots=True)
class Names:
    """What a provider and a service are called."""

    provider: str
    service: str


def house() -> Query[House]:
    """Return the practice; what is not set has its default."""
    return Query(
        "SELECT name, value FROM practice_setting"
        f" WHERE name IN ({SPEAKING}, '{MESSAGE_PLAN}', {DESK_RULES})"
        " UNION ALL SELECT name, 'true' FROM practice_secret"
        " WHERE name = ANY(%(keys)s::text[])",
        {"keys": array(_KEYS)},
        _house,
    )


def locking(appointment_id: int) -> Query[bool]:
    """Keep an appointment as it stands; False if there is none."""
    return Query(
        "SELECT true FROM appointment WHERE appointment_id = %(id)s FOR NO KEY UPDATE",
        {"id": appointment_id},
        bool,
    )


def subject(appointment_id: int) -> Query[Subject | None]:
    """Return an appointment as it stands, with its people."""
    return Query(
        _SUBJECT,
        {"id": appointment_id},
        lambda rows: _subject(rows[0]) if rows else None,
    )


def written(appointment_id: int) -> Query[tuple[Written, ...]]:
    """Return what the outbox has of an appointment, the oldest first."""
    return Query(
        "SELECT outbox_id, kind, state, run_at, recipient, payload,"
        " CASE WHEN channel <> '' AND (state IN ('DONE', 'UNSURE')"
        "  OR state = 'SENDING' AND handed_at IS NOT NULL)"
        "  THEN coalesce(handed_at, settled_at, run_at) END"
        " FROM outbox WHERE appointment_id = %(id)s ORDER BY outbox_id",
        {"id": appointment_id},
        lambda rows: tuple(map(_written, rows)),
    )


def names(provider_id: int, service_id: int) -> Query[Names]:
    """Return what a provider and a service are called, "" for one that is gone."""
    return Query(
        "SELECT coalesce((SELECT name FROM provider"
        "  WHERE provider_id = %(provider)s), ''),"
        " coalesce((SELECT name FROM service WHERE service_id = %(service)s), '')",
        {"provider": provider_id, "service": service_id},
        lambda rows: Names(*rows[0]),
    )


def add_deliveries(
    appointment_id: int,
    payload: Mapping[str, object],
    deliveries: Sequence[NewDelivery],
) -> Query[int]:
    """Write messages, each once for a version; return how many are new.

    `payload` holds numbers only: what they tell, and how often it was said "again".
    The desks hear, once this is committed, that a provider is to be reminded there.
    """
    return Query(
        "WITH new AS (INSERT INTO outbox (kind, appointment_id, payload, dedupe_key,"
        "  run_at, recipient, channel, sent_to, state, outcome, settled_at)"
        " SELECT d.kind, %(id)s, %(payload)s::jsonb, concat_ws(':', d.kind,"
        "   %(id)s::int, %(payload)s::jsonb ->> 'version', d.recipient, d.channel,"
        "   %(payload)s::jsonb ->> 'again'),"
        "  clock_timestamp(), d.recipient, d.channel, d.sent_to, d.state, d.outcome,"
        "  CASE WHEN d.state <> 'WAITING' THEN clock_timestamp() END"
        " FROM unnest(%(kinds)s::text[], %(recipients)s::text[], %(channels)s::text[],"
        "  %(sent_to)s::text[], %(states)s::text[], %(outcomes)s::text[])"
        "  AS d (kind, recipient, channel, sent_to, state, outcome)"
        " ON CONFLICT (dedupe_key) DO NOTHING RETURNING channel)"
        " SELECT CASE channel WHEN 'DESKTOP'"
        "  THEN pg_notify('desk_app', 'remind ' || %(id)s::int) END FROM new",
        {
            "id": appointment_id,
            "payload": json.dumps(payload),
            "kinds": array(each.kind for each in deliveries),
            "recipients": array(each.recipient for each in deliveries),
            "channels": array(each.channel for each in deliveries),
            "sent_to": [each.sent_to for each in deliveries],
            "states": array(each.state for each in deliveries),
            "outcomes": [each.outcome for each in deliveries],
        },
        len,
    )


def supersede(outbox_ids: Sequence[int]) -> Query[int]:
    """End what waits, since something newer says it; return how many rows.

    A task is done with it: whoever takes the newer change back must tell again. What
    somebody else has just taken up is left to them.
    """
    return Query(
        "UPDATE outbox o SET outcome = 'superseded', settled_at = clock_timestamp(),"
        " state = CASE WHEN o.channel = '' THEN 'DONE' ELSE 'DROPPED' END"
        " FROM (SELECT outbox_id FROM outbox WHERE outbox_id = ANY(%(ids)s::int[])"
        "  AND state = 'WAITING' FOR UPDATE SKIP LOCKED) old"
        " WHERE o.outbox_id = old.outbox_id RETURNING 1",
        {"ids": array(outbox_ids)},
        len,
    )


def postpone(outbox_id: int, token: UUID, at: datetime, due: datetime) -> Query[bool]:
    """Let a row wait until `at`; it remembers when it was `due`. Not a try."""
    return Query(
        "UPDATE outbox SET state = 'WAITING', run_at = %(at)s, handed_at = NULL,"
        " attempts = greatest(0, attempts - 1),"
        " payload = payload || jsonb_build_object('due', %(due)s::bigint)"
        " WHERE outbox_id = %(id)s AND lease_token = %(token)s AND state = 'SENDING'"
        " RETURNING true",
        {"id": outbox_id, "token": token, "at": at, "due": seconds(due)},
        bool,
    )


def note_link(outbox_id: int, token: UUID) -> Query[bool]:
    """Note that a message tells a link which has come since it was planned."""
    return Query(
        "UPDATE outbox SET payload = payload || '{\"has_link\": 1}'"
        " WHERE outbox_id = %(id)s AND lease_token = %(token)s AND state = 'SENDING'"
        " RETURNING true",
        {"id": outbox_id, "token": token},
        bool,
    )


def reminders_due(after: datetime, before: datetime) -> Query[dict[int, str]]:
    """Return reminders that are due between two instants, with their client's zone.

    They are kept from others until the transaction ends; those that somebody has taken
    up are left out.
    """
    return Query(
        "SELECT o.outbox_id, c.timezone FROM outbox o"
        " JOIN appointment a USING (appointment_id)"
        " JOIN client c ON c.client_id = a.client_id"
        " WHERE o.state = 'WAITING' AND o.channel = ''"
        " AND o.kind IN ('reminder_48h', 'reminder_1h')"
        " AND o.run_at > %(after)s AND o.run_at < %(before)s"
        " FOR UPDATE OF o SKIP LOCKED",
        {"after": after, "before": before},
        dict,
    )


def bring_forward(outbox_ids: Sequence[int]) -> Query[int]:
    """Let reminders be due now; they remember when they were. Return how many."""
    return Query(
        "UPDATE outbox SET run_at = clock_timestamp(), payload = payload ||"
        " jsonb_build_object('due', extract(epoch FROM run_at)::bigint)"
        " WHERE outbox_id = ANY(%(ids)s::int[]) AND state = 'WAITING' RETURNING 1",
        {"ids": array(outbox_ids)},
        len,
    )


def seconds(instant: datetime) -> int:
    """Return an instant as a payload holds it."""
    return math.floor(instant.timestamp())


def instant(payload: Mapping[str, object], name: str) -> datetime | None:
    """Return an instant out of a payload, if it is there."""
    value = payload.get(name)
    if isinstance(value, int | float):
        return datetime.fromtimestamp(value, UTC)
    return None


def place_told(payload: Mapping[str, Any]) -> Place | None:
    """Return where the visit stands in a delivery."""
    start, end = instant(payload, "start"), instant(payload, "end")
    if start is None or end is None:
        return None
    return Place(
        start,
        end,
        int(payload["provider_id"]),
        int(payload["service_id"]),
        bool(payload.get("has_link")),
    )


def _written(row: Row) -> Written:
    outbox_id, kind, state, run_at, recipient, payload, told_at = row
    return Written(
        outbox_id,
        kind,
        State(state),
        run_at,
        start=instant(payload, "start"),
        recipient=recipient,
        version=int(payload.get("version", 0)),
        place=place_told(payload) if recipient else None,
        told_at=told_at,
        by_hand=bool(payload.get("again")),
    )


def _subject(row: Row) -> Subject:
    visit = Visit(*row[:12])
    status, provider_id, service_id, email, push = row[12:17]
    start, end = _whole(visit.start), _whole(visit.end)
    place = Place(start, end, provider_id, service_id, bool(visit.link))
    return Subject(
        Standing(Status(status), visit.version, place, visit.is_virtual),
        visit,
        Reader(*row[17:20]),
        {
            Recipient.CLIENT: _client_contact(row[20:]),
            Recipient.PROVIDER: Contact({Channel.EMAIL: email, Channel.PUSH: push}),
        },
    )


def _whole(at: datetime) -> datetime:
    """Return an instant without what a payload does not hold of it."""
    return at.replace(microsecond=0)


def _client_contact(row: Row) -> Contact:
    allowed = zip(FOR_CLIENTS, row[3:], strict=True)
    return Contact(
        dict(zip(FOR_CLIENTS, row[:3], strict=True)),
        frozenset(channel for channel, consents in allowed if consents),
    )


def _house(rows: list[Row]) -> House:
    said: dict[str, Any] = dict(rows)
    mail = said.get(MAIL)
    set_up = {channel for key, channel in _KEYS.items() if key in said}
    if isinstance(mail, dict) and mail.get("host"):
        set_up.add(Channel.EMAIL)
    return House(
        to_speaking_practice(rows),
        to_desk_rules(rows),
        to_message_plan(said.get(MESSAGE_PLAN)),
        frozenset(set_up),
    )
