"""Joins the courier: what it carries by, and what it does now and then.

A desk runs one beside its window, `desk-app worker` one on a computer that stays on.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from desk_app.db import schema
from desk_app.db.notices import OUTBOX_CHANNEL, Ear
from desk_app.db.queries import practice
from desk_app.db.queries.pipeline import ask
from desk_app.db.worker import require_worker
from desk_app.domain.messages import Channel, MessageKind
from desk_app.errors import NeedsSignIn
from desk_app.services.accounts import Accounts
from desk_app.services.calendar_copies import CalendarCopies
from desk_app.services.meeting_links import MeetingLinks
from desk_app.services.outbox import MESSAGES, REMINDERS, Kind
from desk_app.services.planning import Planning
from desk_app.services.purging import Purging
from desk_app.services.queue import Queue
from desk_app.services.vault import Vault
from desk_app.services.wording import Wording
from desk_app.worker.calendar_tasks import CalendarTasks
from desk_app.worker.channel_tests import ChannelTests
from desk_app.worker.channels import Channels
from desk_app.worker.chores import Chore
from desk_app.worker.courier import Courier
from desk_app.worker.deliveries import Deliveries
from desk_app.worker.meeting_tasks import MeetingTasks
from desk_app.worker.message_tasks import MessageTasks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desk_app.calendars.base import Calendar
    from desk_app.db.session import Sessions
    from desk_app.domain.meetings import MeetingPlace
    from desk_app.meetings.base import Meetings
    from desk_app.meetings.services import MeetingServices
    from desk_app.net.oauth import ServerAccount
    from desk_app.services.vault import Rings
    from desk_app.worker.courier import Handler
    from desk_app.worker.deliveries import Post

PURGE_EVERY = 600.0
BRING_FORWARD_EVERY = 300.0


def courier(sessions: Sessions, rings: Rings, chores: Sequence[Chore] = ()) -> Courier:
    """Return the courier that works by the worker's login of `sessions`.

    `rings` hold the practice's key on this computer. Nothing of the demo leaves it,
    whoever carries. Raises NotAllowed for another login, WrongSchema and Unavailable.
    """
    require_worker(sessions)
    schema.require(sessions)
    accounts = Accounts(sessions, Vault(sessions, rings))
    planning, purging = Planning(sessions), Purging(sessions)
    usual = (
        Chore("purging", PURGE_EVERY, purging.purge_all),
        Chore("bringing forward", BRING_FORWARD_EVERY, planning.bring_forward),
    )
    queue = Queue(sessions)
    ear = Ear(sessions.url, channel=OUTBOX_CHANNEL)
    with sessions.begin() as session:
        is_demo = ask(session, practice.is_demo())
    outside = _demo() if is_demo else _world(accounts)
    parts = _Parts(sessions, queue, planning, purging, outside)
    return Courier(queue, _handlers(parts), ear, (*usual, *chores))


def check_mail(sessions: Sessions, rings: Rings) -> bool:
    """Sign in to the practice's mail server; False where there is none.

    Raises what keeps letters from leaving: KeyMissing and ProviderErrors.
    """
    mail = Channels(Accounts(sessions, Vault(sessions, rings))).mail()
    if mail is not None:
        mail.check()
    return mail is not None


@dataclass(frozen=True)
class _Parts:
    """What handlers are made of."""

    sessions: Sessions
    queue: Queue
    planning: Planning
    purging: Purging
    outside: _Outside


@dataclass(frozen=True)
class _Outside:
    """What there is outside: who carries messages, who makes meetings."""

    post: Post
    meetings: Callable[[MeetingPlace], Meetings]


def _demo() -> _Outside:
    from desk_app.worker.demo import DemoMeetings, DemoPost

    return _Outside(DemoPost(), DemoMeetings().of)


def _world(accounts: Accounts) -> _Outside:
    @cache
    def services() -> MeetingServices:
        # Takes most of a second, and few practices meet by video.
        from desk_app.meetings.services import MeetingServices
        from desk_app.net.http import Http

        return MeetingServices(Http(), partial(_zoom, accounts), _google_token)

    return _Outside(Channels(accounts), lambda place: services().of(place))


def _zoom(accounts: Accounts) -> ServerAccount | None:
    from desk_app.net.oauth import ServerAccount

    account = accounts.zoom()
    if account is None:
        return None
    chosen = account.settings
    return ServerAccount(chosen.account_id, chosen.client_id, account.secret)


def _google_token(provider_id: int) -> str:
    """Raise NeedsSignIn: no provider has connected a calendar so far."""
    del provider_id
    raise NeedsSignIn("This provider's calendar is not connected.")


def _handlers(parts: _Parts) -> dict[str, Handler]:
    """Return who does what: by kind of task, and by channel for messages.

    Each channel has a handler of its own, so that one that is slow keeps none waiting.
    """
    queue, post, words = parts.queue, parts.outside.post, Wording(parts.sessions)
    planned = MessageTasks(parts.planning)
    calendars = CalendarTasks(CalendarCopies(parts.sessions), _calendars_of)
    return {
        **dict.fromkeys((*MESSAGES, *REMINDERS), planned),
        **dict.fromkeys((Kind.CALENDAR_PUSH, Kind.CALENDAR_REMOVE), calendars),
        Kind.MEETING_LINK: MeetingTasks(
            MeetingLinks(parts.sessions), parts.outside.meetings
        ),
        **{
            channel: Deliveries(parts.planning, words, post, queue.hand_over)
            for channel in (Channel.EMAIL, Channel.PUSH, Channel.SMS)
        },
        MessageKind.TEST: ChannelTests(
            words, post, queue.hand_over, parts.purging.forget_address
        ),
    }


def _calendars_of(provider_id: int) -> tuple[Calendar, ...]:
    """Return the calendars outside that a provider has connected: none, so far."""
    del provider_id
    return ()
