"""Joins the courier: what it carries by, and what it does now and then.

A desk runs one beside its window, `desk-app worker` one on a computer that stays on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.db import schema
from desk_app.db.notices import OUTBOX_CHANNEL, Ear
from desk_app.db.queries import health
from desk_app.db.queries.pipeline import ask
from desk_app.domain.messages import Channel
from desk_app.errors import NotAllowed
from desk_app.services.calendar_copies import CalendarCopies
from desk_app.services.outbox import MESSAGES, REMINDERS, Kind
from desk_app.services.planning import Planning
from desk_app.services.purging import Purging
from desk_app.services.queue import Queue
from desk_app.services.vault import Vault
from desk_app.services.wording import Wording
from desk_app.worker.calendar_tasks import CalendarTasks
from desk_app.worker.channel_tests import ChannelTests
from desk_app.worker.courier import Chore, Courier
from desk_app.worker.deliveries import Deliveries
from desk_app.worker.message_tasks import MessageTasks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desk_app.calendars.base import Calendar
    from desk_app.db.session import Sessions
    from desk_app.services.vault import Rings
    from desk_app.worker.courier import Handler
    from desk_app.worker.deliveries import Post

PURGE_EVERY = 600.0
BRING_FORWARD_EVERY = 300.0
