"""The statements about meetings by video; the worker's, but for who asks again."""

from __future__ import annotations

from typing import LiteralString

from desk_app.db.queries.pipeline import Query, Row
from desk_app.db.queries.practice import PRACTICE_ID, PRACTICE_NAME
from desk_app.domain.appointment import Status
from desk_app.domain.meetings import (
    MadeMeeting,
    MeetingKind,
    MeetingPlace,
    MeetingSight,
)

# The advisory locks of hosts, so that two desks do not count the same day at once.
HOSTS = 5_002

_SETTING: LiteralString = (
    "coalesce((SELECT value #>> '{{}}' FROM practice_setting WHERE name = '{}'), '')"
)
_SIGHT: LiteralString = f"""
    SELECT a.appointment_id, {_SETTING.format(PRACTICE_ID)},
        {_SETTING.format(PRACTICE_NAME)}, a.status, a.start_time, a.end_time,
        p.timezone, s.is_virtual, a.meeting_link, p.provider_id, p.meeting_kind,
        p.meeting_host, p.meeting_room, clock_timestamp(), m.meeting_id,
        m.provider_id, m.kind, m.host, m.external_id, m.link, m.starts_at, m.ends_at
    FROM appointment a JOIN provider p USING (provider_id)
    JOIN service s ON s.service_id = a.service_id
    LEFT JOIN meeting m ON m.appointment_id = a.appointment_id AND m.ended_at IS NULL
    WHERE a.appointment_id = %(id)s"""

# What follows from a link that came or went; written once for its version.
_FOLLOWS: LiteralString = """
    INSERT INTO outbox (kind, appointment_id, dedupe_key, payload)
    SELECT %(kind)s, a.appointment_id,
        concat_ws(':', %(kind)s::text, a.appointment_id, 'link', a.version),
        jsonb_build_object('appointment_id', a.appointment_id,
            'version', a.version, 'provider_id', a.provider_id,
            'start', extract(epoch FROM a.start_time)::bigint)
    FROM appointment a WHERE a.appointment_id = %(id)s"""
_ONCE: LiteralString = "ON CONFLICT (dedupe_key) DO NOTHING RETURNING true"


def sight(appointment_id: int) -> Query[MeetingSight | None]:
    """Return an appointment with the meeting that stands, None if it is gone."""
    return Query(
        _SIGHT, {"id": appointment_id}, lambda rows: _sight(rows[0]) if rows else None
    )


def lock_host(host: str) -> Query[bool]:
    """Let nobody else count the meetings of a host until the transaction ends."""
    return Query(
        f"SELECT true FROM pg_advisory_xact_lock({HOSTS}, hashtext(%(host)s))",
        {"host": host},
        bool,
    )


def made_today(host: str, kind: MeetingKind) -> Query[tuple[int, float]]:
    """Return how many meetings a host was given this UTC day, and its seconds left."""
    return Query(
        "SELECT count(*), extract(epoch FROM"
        "  date_trunc('day', now(), 'UTC') + interval '1 day' - now())::float"
        " FROM meeting WHERE host = %(host)s AND kind = %(kind)s"
        " AND made_at >= date_trunc('day', now(), 'UTC')",
        {"host": host, "kind": kind.value},
        lambda rows: (rows[0][0], rows[0][1]),
    )


def begin(appointment_id: int, place: MeetingPlace) -> Query[bool]:
    """Note that a meeting is being made, before anybody is asked for it."""
    return Query(
        "INSERT INTO meeting (appointment_id, provider_id, kind, host)"
        " VALUES (%(id)s, %(provider)s, %(kind)s, %(host)s) RETURNING true",
        {
            "id": appointment_id,
            "provider": place.provider_id,
            "kind": place.kind.value,
            "host": place.host,
        },
        bool,
    )


def unsettle(meeting_id: int) -> Query[bool]:
    """Note that somebody changes a meeting outside, and nobody knows how it stands."""
    return Query(
        "UPDATE meeting SET starts_at = NULL, ends_at = NULL"
        " WHERE meeting_id = %(id)s AND ended_at IS NULL RETURNING true",
        {"id": meeting_id},
        bool,
    )


def keep(made: MadeMeeting) -> Query[bool]:
    """Note how a meeting stands outside."""
    return Query(
        "UPDATE meeting SET external_id = %(external)s, link = %(link)s,"
        " starts_at = %(start)s, ends_at = %(end)s"
        " WHERE meeting_id = %(id)s AND ended_at IS NULL RETURNING true",
        {
            "id": made.meeting_id,
            "external": made.external_id,
            "link": made.link,
            "start": made.start,
            "end": made.end,
        },
        bool,
    )


def end(meeting_id: int) -> Query[bool]:
    """Note that a meeting is there no more."""
    return Query(
        "UPDATE meeting SET ended_at = now()"
        " WHERE meeting_id = %(id)s AND ended_at IS NULL RETURNING true",
        {"id": meeting_id},
        bool,
    )


def ended(appointment_id: int) -> Query[tuple[MadeMeeting, ...]]:
    """Return the meetings of an appointment that were ended, one for each host."""
    return Query(
        "SELECT DISTINCT ON (kind, host) meeting_id, provider_id, kind, host,"
        " external_id, link, starts_at, ends_at FROM meeting"
        " WHERE appointment_id = %(id)s AND ended_at IS NOT NULL AND kind <> 'ROOM'"
        " ORDER BY kind, host, meeting_id",
        {"id": appointment_id},
        lambda rows: tuple(made for row in rows if (made := _made(row))),
    )


def show_link(appointment_id: int, link: str) -> Query[bool]:
    """Put a link on its appointment; False if it stands there already."""
    return Query(
        "UPDATE appointment SET meeting_link = %(link)s, version = version + 1"
        " WHERE appointment_id = %(id)s AND meeting_link <> %(link)s RETURNING true",
        {"id": appointment_id, "link": link},
        bool,
    )


def take_link_off(appointment_id: int) -> Query[bool]:
    """Take the link off an appointment that has no meeting, if there is one."""
    return Query(
        "UPDATE appointment a SET meeting_link = '', version = version + 1"
        " WHERE appointment_id = %(id)s AND meeting_link <> '' AND NOT EXISTS ("
        "  SELECT FROM meeting m WHERE m.appointment_id = a.appointment_id"
        "   AND m.ended_at IS NULL) RETURNING true",
        {"id": appointment_id},
        bool,
    )


def wake_notices(appointment_id: int) -> Query[bool]:
    """Let what waited for the link leave now, and tell couriers; False for nothing."""
    return Query(
        "WITH woken AS (UPDATE outbox SET run_at = clock_timestamp()"
        "  WHERE appointment_id = %(id)s AND state = 'WAITING' AND channel = ''"
        "  AND kind IN ('confirmation', 'change_notice')"
        # It is kept in whole seconds.
        "  AND (payload ->> 'due')::bigint - 1 < extract(epoch FROM clock_timestamp())"
        "  RETURNING true)"
        " SELECT pg_notify('desk_outbox', 'outbox 0') FROM woken LIMIT 1",
        {"id": appointment_id},
        bool,
    )


def forget_told_link(appointment_id: int, *, replaces: bool) -> Query[int]:
    """Note that people know no link which still holds; return of how many messages.

    Of all messages if the link is another one than stands on the appointment. Else of
    those that left before this meeting was made, if there was one with another link.
    """
    return Query(
        "UPDATE outbox o SET payload = o.payload || '{\"has_link\": 0}'"
        " WHERE o.appointment_id = %(id)s AND o.channel <> ''"
        " AND o.payload ->> 'has_link' = '1' AND (%(replaces)s OR EXISTS ("
        "  SELECT FROM meeting m JOIN meeting old USING (appointment_id)"
        "  WHERE m.appointment_id = o.appointment_id AND m.ended_at IS NULL"
        "   AND old.ended_at IS NOT NULL AND old.link NOT IN ('', m.link)"
        "   AND coalesce(o.handed_at, o.settled_at, o.run_at) < m.made_at))"
        " RETURNING 1",
        {"id": appointment_id, "replaces": replaces},
        len,
    )


def tell_late_link(appointment_id: int) -> Query[bool]:
    """Let those hear of the link who were told of the visit without it."""
    return Query(
        f"{_FOLLOWS} AND EXISTS (SELECT FROM outbox o"
        "  WHERE o.appointment_id = a.appointment_id"
        "   AND o.channel <> '' AND o.state IN ('SENDING', 'DONE', 'UNSURE')"
        "   AND o.kind IN ('confirmation', 'change_notice')"
        f"   AND o.payload ->> 'has_link' = '0') {_ONCE}",
        {"id": appointment_id, "kind": "change_notice"},
        bool,
    )


def push_link(appointment_id: int) -> Query[bool]:
    """Let the provider's calendar show the link, or show it no more."""
    return Query(
        f"{_FOLLOWS} AND a.status <> 'CANCELLED' {_ONCE}",
        {"id": appointment_id, "kind": "calendar_push"},
        bool,
    )


def of_provider_again(provider_id: int) -> Query[int]:
    """Let the meetings of a provider's coming visits be looked at; for managers.

    Returns how many.
    """
    return _again("a.provider_id = %(id)s AND s.is_virtual", provider_id)


def of_service_again(service_id: int) -> Query[int]:
    """Let the meetings of a service's coming visits be looked at; for managers.

    Returns how many.
    """
    return _again("a.service_id = %(id)s", service_id)


def _again(concerned: LiteralString, number: int) -> Query[int]:
    return Query(
        "INSERT INTO outbox (kind, appointment_id, dedupe_key, payload)"
        " SELECT 'meeting_link', a.appointment_id,"
        "  concat_ws(':', 'meeting_link', a.appointment_id, gen_random_uuid()),"
        "  jsonb_build_object('appointment_id', a.appointment_id,"
        "   'version', a.version, 'provider_id', a.provider_id)"
        " FROM appointment a JOIN service s USING (service_id)"
        " WHERE a.status = 'CONFIRMED' AND a.end_time > now()"
        f" AND {concerned} RETURNING 1",
        {"id": number},
        len,
    )


def _sight(row: Row) -> MeetingSight:
    number, practice_id, practice_name, status, start, end, timezone = row[:7]
    is_virtual, link, provider_id, kind, host, room, now = row[7:14]
    return MeetingSight(
        appointment_id=number,
        practice_id=practice_id,
        practice_name=practice_name,
        status=Status(status),
        start=start,
        end=end,
        timezone=timezone,
        is_virtual=is_virtual,
        link=link,
        place=_place(provider_id, kind, host, room),
        made=_made(row[14:]),
        now=now,
    )


def _place(provider_id: int, kind: str, host: str, room: str) -> MeetingPlace | None:
    """Return where a provider meets clients, None if that is not fully set up."""
    if kind == MeetingKind.ROOM:
        return MeetingPlace(provider_id, MeetingKind.ROOM, "", room) if room else None
    return MeetingPlace(provider_id, MeetingKind(kind), host) if kind and host else None


def _made(row: Row) -> MadeMeeting | None:
    meeting_id, provider_id, kind, host, external_id, link, start, end = row
    if meeting_id is None:
        return None
    room = link if kind == MeetingKind.ROOM else ""
    place = MeetingPlace(provider_id, MeetingKind(kind), host, room)
    return MadeMeeting(meeting_id, place, external_id, link, start, end)
