"""A practice whose messages are planned and leave, by a real login of the worker.

The server's clock cannot be set. Time passes by moving everything else back.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from psycopg import conninfo

from desk_app.db import roles
from desk_app.db.roles import Group
from desk_app.db.session import open_sessions
from desk_app.domain.messages import Channel, MessageKind
from desk_app.domain.queue import Outcome, Settled, State
from desk_app.services.booking import Booking
from desk_app.services.diary import Diary
from desk_app.services.outbox import Kind
from desk_app.services.planning import Planning, Ready
from desk_app.services.queue import Queue
from tests import factories
from tests.factories import rows
from tests.postgres import PASSWORD

if TYPE_CHECKING:
    from desk_app.domain.appointment import Appointment
    from desk_app.domain.occasion import Occasion
    from desk_app.domain.queue import Job

WORKER = "carrying.worker"
MAIL = {"host": "mail.example.org", "sender": "desk@example.org"}
MINUTE = timedelta(minutes=1)
GRACE = 4 * MINUTE
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# All that a courier carries: kinds of tasks, and channels of messages.
WORDS = (*Kind, *Channel)
_KINDS = frozenset(MessageKind)
_BACK = """UPDATE outbox SET run_at = run_at - :by, created_at = created_at - :by,
    handed_at = handed_at - :by, settled_at = settled_at - :by,
    payload = payload || coalesce((SELECT jsonb_object_agg(key,
        value::bigint - extract(epoch FROM CAST(:by AS interval))::bigint)
        FROM jsonb_each(payload) WHERE key IN ('start', 'end', 'due')), '{}')"""


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that left."""

    kind: MessageKind
    recipient: str
    channel: str
    address: str
    occasion: Occasion


class Carrying:
    """Dr Weber and Anna, who can be reached by everything the practice has."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._closing = ExitStack()
        roles.secure_database(url)
        roles.make_program_login(url, WORKER, Group.WORKER, PASSWORD)
        self.admin = self._open(url)
        worker = conninfo.make_conninfo(url, user=WORKER, password=PASSWORD)
        self.worker = self._open(worker)
        self.practice = factories.open_practice(self.admin)
        self.booking = Booking(self.admin)
        self.queue, self.planning = Queue(self.worker), Planning(self.worker)
        self._reach_everybody()

    def close(self) -> None:
        """Close every connection."""
        self._closing.close()

    def rows(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        """Ask the database something, or tell it."""
        return rows(self.admin, query, **values)

    def at(self, hour: int = 9, days: int = 5) -> datetime:
        """Return an hour of a day to come, in Berlin."""
        return self.practice.at(hour, day=datetime.now(UTC).date() + days * DAY)

    def book(self, hour: int = 9, days: int = 5) -> Appointment:
        """Book a visit."""
        return self.booking.book(self.practice.request_at(self.at(hour, days)))

    def confirmed(self, hour: int = 9, days: int = 5) -> Appointment:
        """Book a visit of which Anna has heard."""
        booked = self.book(hour, days)
        self.rows("UPDATE outbox SET run_at = now() WHERE kind = 'confirmation'")
        assert [sent.kind for sent in self.carry()] == ["confirmation"]
        return booked

    def now(self, of: Appointment) -> Appointment:
        """Return an appointment as it stands after time has passed."""
        found = Diary(self.admin).get(of.appointment_id)
        assert found is not None
        return found

    def pass_time(self, by: timedelta) -> None:
        """Let so much time pass."""
        with self.admin.begin() as session:
            for statement in (
                "ALTER TABLE appointment DISABLE TRIGGER USER",
                "UPDATE appointment SET start_time = start_time - :by,"
                " end_time = end_time - :by, busy_until = busy_until - :by",
                "ALTER TABLE appointment ENABLE TRIGGER USER",
                _BACK,
            ):
                session.execute(factories.text(statement), {"by": by})

    def pass_until(self, of: Appointment, before: timedelta) -> None:
        """Let time pass until so long before a visit, and a moment more."""
        now = datetime.now(UTC).replace(microsecond=0)
        self.pass_time(self.now(of).start - before - now)

    def carry(self) -> list[Sent]:
        """Do all that is due, as a courier does; return what left."""
        sent: list[Sent] = []
        while jobs := self.queue.claim(50, WORDS):
            for job in jobs:
                self._carry(job, sent)
        return sent

    def after_the_grace_time(self) -> list[Sent]:
        """Let the grace time pass; return what leaves."""
        self.pass_time(GRACE)
        return self.carry()

    def claim(self, kind: str, channel: str = "") -> Job:
        """Take up the oldest of a kind that is due, and put all else back."""
        jobs = self.queue.claim(50, WORDS)
        found = next(j for j in jobs if (j.kind, j.channel) == (kind, channel))
        self.queue.settle(
            [
                Settled(job.outbox_id, job.token, State.WAITING, counts=False)
                for job in jobs
                if job is not found
            ]
        )
        return found

    def plan_only(self) -> None:
        """Plan what is due; send nothing."""
        for job in self.queue.claim(50, WORDS):
            if job.kind in _KINDS and not job.channel:
                self.planning.plan(job)
            elif job.channel:
                back = Settled(job.outbox_id, job.token, State.WAITING, counts=False)
                self.queue.settle([back])

    def ended(self, kind: str = "") -> list[tuple[str, str, str]]:
        """Return what did not leave: channel, state and outcome."""
        return [
            (channel, state, outcome)
            for channel, state, outcome in self.rows(
                "SELECT channel, state, outcome FROM outbox WHERE kind LIKE :kind"
                " AND state IN ('DROPPED', 'MISSED') ORDER BY outbox_id",
                kind=kind or "%",
            )
        ]

    def quiet_now(self, zone: str, until: timedelta) -> None:
        """Let it be quiet in a zone since an hour, for so long."""
        now = datetime.now(ZoneInfo(zone))
        value = {"start": f"{now - HOUR:%H:%M}", "end": f"{now + until:%H:%M}"}
        factories.setting(self.admin, "quiet_hours", value)

    def _carry(self, job: Job, sent: list[Sent]) -> None:
        if job.kind not in _KINDS:
            self.queue.settle([_done(job)])
        elif not job.channel:
            self.planning.plan(job)
        else:
            ready = self.planning.occasion(job)
            if isinstance(ready, Ready):
                self.queue.hand_over(job)
                kind = ready.occasion.kind
                address, occasion = ready.address, ready.occasion
                sent.append(Sent(kind, job.recipient, job.channel, address, occasion))
            self.queue.settle([_done(job) if isinstance(ready, Ready) else ready])

    def _reach_everybody(self) -> None:
        factories.setting(self.admin, "timezone", factories.BERLIN)
        factories.setting(self.admin, "slot_alignment", {"kind": "EVERY"})
        factories.setting(self.admin, "mail", MAIL)
        self.rows(
            "INSERT INTO practice_secret (name, sealed)"
            " SELECT name, decode(repeat('00', 64), 'hex')"
            " FROM unnest(ARRAY['push_keys', 'sms_keys']) name"
        )
        self.rows(
            "UPDATE client SET email = 'anna@example.org', push_address = 'anna-topic',"
            " consent_sms = true"
        )
        self.rows(
            "UPDATE provider SET email = 'weber@example.org',"
            " push_address = 'weber-topic'"
        )

    def _open(self, url: str) -> Any:
        sessions = open_sessions(url, deadline=10)
        self._closing.callback(sessions.close)
        return sessions


def kinds(sent: list[Sent]) -> list[str]:
    """Return what was told."""
    return [each.kind for each in sent]


def _done(job: Job) -> Settled:
    return Settled(job.outbox_id, job.token, State.DONE, Outcome.SENT)
