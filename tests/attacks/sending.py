"""Attacks on what is sent: words in the practice's name, and what became of them."""

from __future__ import annotations

from tests.attacks.oracle import Attack, Kind
from tests.attacks.world import INSIDE, Who

NOTHING = Kind.TOUCHES_NOTHING
_NOT_WORKER = INSIDE - {Who.WORKER}

_ADDING = [
    Attack(f"something to be sent: {name}", sql, by=by)
    for name, by, sql in (
        (
            "a message to an address of one's own",
            _NOT_WORKER,
            "INSERT INTO outbox (kind, appointment_id, dedupe_key, recipient, channel,"
            " sent_to) VALUES ('confirmation', 1, 'confirmation:1:x', 'CLIENT',"
            " 'EMAIL', 'evil@example.org')",
        ),
        (
            "a message by a channel",
            _NOT_WORKER,
            "INSERT INTO outbox (kind, appointment_id, dedupe_key, recipient, channel)"
            " VALUES ('confirmation', 1, 'confirmation:1:y', 'CLIENT', 'SMS')",
        ),
        (
            "a message that was missed",
            _NOT_WORKER,
            "INSERT INTO outbox (kind, appointment_id, dedupe_key, state)"
            " VALUES ('confirmation', 1, 'confirmation:1:z', 'MISSED')",
        ),
        (
            "a kind of one's own",
            _NOT_WORKER,
            "INSERT INTO outbox (kind, appointment_id, dedupe_key)"
            " VALUES ('evil', 1, 'evil:1:1')",
        ),
        (
            "a task of no visit",
            _NOT_WORKER,
            "INSERT INTO outbox (kind, dedupe_key)"
            " VALUES ('confirmation', 'confirmation:1:1')",
        ),
        (
            "under a name that another visit's task will need",
            _NOT_WORKER,
            "INSERT INTO outbox (kind, appointment_id, dedupe_key)"
            " VALUES ('confirmation', 1, 'calendar_push:999:1')",
        ),
        (
            "under that of a visit whose number begins alike",
            _NOT_WORKER,
            "INSERT INTO outbox (kind, appointment_id, dedupe_key)"
            " VALUES ('confirmation', 1, 'confirmation:11:1')",
        ),
        (
            "under that of a visit, by a test",
            INSIDE - {Who.WORKER},
            "INSERT INTO outbox (kind, dedupe_key)"
            " VALUES ('test_message', 'calendar_push:999:1')",
        ),
        (
            "under that of a visit, by what came from outside",
            INSIDE - {Who.WORKER},
            "INSERT INTO outbox (kind, dedupe_key)"
            " VALUES ('calendar_pull', 'calendar_push:999:1')",
        ),
        (
            "a test by somebody who sets up nothing",
            INSIDE - {Who.WORKER, Who.MANAGER},
            "INSERT INTO outbox (kind, dedupe_key, payload) VALUES ('test_message',"
            ' \'test_message:x\', \'{"channel": "SMS", "address": "+1900"}\')',
        ),
        (
            "a test about a visit",
            _NOT_WORKER,
            "INSERT INTO outbox (kind, appointment_id, dedupe_key)"
            " VALUES ('test_message', 1, 'test_message:1:x')",
        ),
        (
            "a meeting",
            _NOT_WORKER,
            "INSERT INTO meeting (appointment_id, provider_id, kind, link)"
            " VALUES (3, 1, 'ZOOM', 'https://evil.example')",
        ),
    )
]
_DECIDING = [
    Attack(f"of another provider: {name}", sql, NOTHING, frozenset({Who.PROVIDER}))
    for name, sql in (
        (
            "a message tried again",
            "UPDATE outbox SET state = 'WAITING' WHERE appointment_id = 2",
        ),
        (
            "a message given up",
            "UPDATE outbox SET state = 'DROPPED' WHERE appointment_id = 2",
        ),
        (
            "a reminder added",
            "INSERT INTO outbox (kind, appointment_id, dedupe_key)"
            " VALUES ('reminder_1h', 2, 'reminder_1h:2:x')",
        ),
    )
]
_COLUMNS = (
    ("sent_to", "'evil@example.org'"),
    ("channel", "'SMS'"),
    ("recipient", "'PROVIDER'"),
    ("outcome", "'sent'"),
    ("last_error", "''"),
    ("handed_at", "now()"),
    ("settled_at", "now()"),
    ("leased_until", "now()"),
    ("lease_token", "NULL"),
    ("attempts", "0"),
    ("run_at", "now()"),
    ("payload", "'{}'"),
    ("kind", "'confirmation'"),
    ("appointment_id", "1"),
    ("dedupe_key", "'x'"),
)
_CHANGING = [
    *[
        Attack(
            f"of what is sent, the {column}",
            f"UPDATE outbox SET {column} = {value} WHERE appointment_id = 1",
            by=_NOT_WORKER,
        )
        for column, value in _COLUMNS
    ],
    Attack("a decision in another's name", "UPDATE outbox SET decided_by = 'mia'"),
    *[
        Attack(
            f"what is {before} made {after}",
            f"UPDATE outbox SET state = '{after}' WHERE state = '{before}'",
            NOTHING,
            _NOT_WORKER,
        )
        for before, after in (
            ("DONE", "WAITING"),
            ("DONE", "DROPPED"),
            ("DROPPED", "WAITING"),
            ("DROPPED", "DONE"),
            ("SENDING", "DROPPED"),
            ("SENDING", "WAITING"),
            ("WAITING", "DONE"),
            ("WAITING", "SENDING"),
            ("DEAD", "DONE"),
            ("DEAD", "SENDING"),
            ("UNSURE", "DONE"),
            ("MISSED", "DONE"),
            ("MISSED", "DEAD"),
        )
    ],
    Attack(
        "what was sent, forgotten",
        "DELETE FROM outbox WHERE state <> 'WAITING'",
        NOTHING,
    ),
    Attack(
        "a link of another's",
        "UPDATE meeting SET link = 'https://evil.example'",
        by=_NOT_WORKER,
    ),
    Attack("a meeting less", "DELETE FROM meeting"),
    Attack(
        "a meeting given to another visit",
        "UPDATE meeting SET appointment_id = 3, provider_id = 1",
    ),
]
_SPEAKING = [
    Attack(f"words of the practice: {name}", sql, NOTHING, INSIDE - {Who.MANAGER})
    for name, sql in (
        ("other ones", "UPDATE message_text SET body = 'x'"),
        (
            "new ones",
            "INSERT INTO message_text (kind, recipient, channel, language, body)"
            " VALUES ('confirmation', 'CLIENT', 'SMS', 'en', 'x')",
        ),
        ("none", "DELETE FROM message_text"),
        ("who is told", "INSERT INTO practice_setting VALUES ('message_plan', '{}')"),
        ("by which server", "INSERT INTO practice_setting VALUES ('mail', '{}')"),
        ("a host", "UPDATE provider SET meeting_host = 'x'"),
        ("a room", "UPDATE provider SET meeting_room = 'https://evil.example'"),
        ("a kind of meeting", "UPDATE provider SET meeting_kind = 'ROOM'"),
    )
] + [
    Attack(
        "the words of the practice under another kind",
        "UPDATE message_text SET kind = 'reminder_1h'",
    ),
    Attack(
        "a room that is no safe address",
        "UPDATE provider SET meeting_room = 'javascript:alert(1)'",
        by=frozenset({Who.MANAGER}),
        refused_by=frozenset({"23514"}),
    ),
]
_BY_WORKER = [
    Attack(f"by the courier: {name}", sql, NOTHING, frozenset({Who.WORKER}))
    for name, sql in (
        ("a consent given", "UPDATE client SET consent_sms = true"),
        ("another address of a client", "UPDATE client SET email = 'x@example.org'"),
        (
            "another address of a provider",
            "UPDATE provider SET email = 'x@example.org'",
        ),
        ("a setting", "UPDATE practice_setting SET value = '\"x\"'"),
        ("a visit less", "DELETE FROM appointment"),
        ("a visit less seen", "UPDATE appointment SET notes = ''"),
        ("a person", "UPDATE staff_user SET is_active = true"),
        ("a hold that still counts", "DELETE FROM slot_hold"),
        ("what waits, forgotten", "DELETE FROM outbox WHERE state = 'WAITING'"),
        (
            "what was settled just now, forgotten",
            "DELETE FROM outbox WHERE state = 'DONE'",
        ),
        ("a decision of a person's", "UPDATE outbox SET decided_by = 'mia'"),
        ("another kind of task", "UPDATE outbox SET kind = 'confirmation'"),
        ("another visit's message", "UPDATE outbox SET appointment_id = 1"),
        ("another channel", "UPDATE outbox SET channel = 'SMS'"),
    )
]

ATTACKS = [*_ADDING, *_DECIDING, *_CHANGING, *_SPEAKING, *_BY_WORKER]
