"""A courier as it really is, on short leases, with the far side of the tests."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.db.notices import OUTBOX_CHANNEL, Ear
from desk_app.db.session import open_sessions
from desk_app.domain import retry
from desk_app.domain.mail_hosts import Security
from desk_app.domain.messages import Channel, MessageKind
from desk_app.messages.mail import Mail, MailServer
from desk_app.net.http import Http
from desk_app.services.calendar_copies import CalendarCopies
from desk_app.services.planning import Planning
from desk_app.services.queue import Queue
from desk_app.services.wording import Wording
from desk_app.worker import courier, hands
from desk_app.worker.calendar_tasks import CalendarTasks
from desk_app.worker.courier import Courier
from desk_app.worker.deliveries import Deliveries
from desk_app.worker.message_tasks import MessageTasks
from tests.faults import broken
from tests.faults.http_calendar import HttpCalendar
from tests.messages import post_office

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.db.session import Sessions
    from desk_app.messages.base import Carrier
    from desk_app.worker.courier import Handler
    from tests.faults.worker import Config

# With all spans as short as the leases, minutes of trouble go by in seconds.
LONGEST_SPAN = 2.0
REST = 1.0
BATCH, HANDS_EACH = 6, 2


def carry(config: Config) -> None:
    """Work until somebody says stop."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    retry.FIRST_SPAN, retry.LONGEST_SPAN = config.first_span, LONGEST_SPAN
    courier.BATCH, courier.LONGEST_REST, hands.HANDS_EACH = BATCH, REST, HANDS_EACH
    sessions = open_sessions(config.url, deadline=10)
    queue = broken.QUEUES.get(config.broken, Queue)(sessions, lease=config.lease)
    ear = Ear(config.url, channel=OUTBOX_CHANNEL)
    courier_ = Courier(queue, _handlers(config, queue, sessions), ear)
    courier_.run(stop, lambda _: None)


def _handlers(config: Config, queue: Queue, sessions: Sessions) -> dict[str, Handler]:
    http = Http(step_seconds=2.0, answer_seconds=3.0)
    is_careful = config.broken != broken.NO_VERSION

    def calendars_of(provider_id: int) -> Sequence[HttpCalendar]:
        url = f"{config.calendar_url}/{provider_id}"
        return (HttpCalendar(http, url, careful=is_careful),)

    planning = Planning(sessions)
    tasks = CalendarTasks if is_careful else broken.Blind
    calendars = tasks(CalendarCopies(sessions), calendars_of)
    mail = Deliveries(planning, Wording(sessions), Post(config), queue.hand_over)
    return {
        "calendar_push": calendars,
        "calendar_remove": calendars,
        **dict.fromkeys(MessageKind, MessageTasks(planning)),
        Channel.EMAIL.value: mail,
    }


class Post:
    """The practice's mail server, and nothing else."""

    def __init__(self, config: Config) -> None:
        server = MailServer(
            post_office.HOST,
            config.mail_port,
            Security.STARTTLS,
            post_office.LOGIN,
            post_office.PASSWORD,
            "praxis@praxis.example",
        )
        mail = Mail(server, cafile=Path(config.cafile), step_seconds=10.0)
        is_eager = config.broken == broken.AT_LEAST_ONCE
        self._mail: Carrier = broken.Eager(mail) if is_eager else mail

    def carrier(self, channel: Channel) -> Carrier | None:
        """Return who carries a channel."""
        return self._mail if channel is Channel.EMAIL else None
