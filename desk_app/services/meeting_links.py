"""What is known of meetings by video, and their links on appointments.

What was made outside is written down before it is made and when it stands, so that
nothing that a killed worker began is forgotten. Only links for guests come here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desk_app.db.queries import meetings, telling
from desk_app.db.queries.pipeline import ask
from desk_app.domain.meetings import (
    MOST_A_DAY,
    MadeMeeting,
    MeetingKind,
    Step,
    is_at,
)
from desk_app.errors import Transient

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions
    from desk_app.domain.meetings import MeetingPlace, MeetingSight


class MeetingLinks:
    """Keeps account of meetings; for the worker's login. All raise Unavailable."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    def look(self, appointment_id: int) -> MeetingSight | None:
        """Return an appointment and its meeting as they stand, None if it is gone."""
        with self._sessions.begin() as session:
            return ask(session, meetings.sight(appointment_id))

    def lost(self, sight: MeetingSight) -> tuple[MadeMeeting, ...]:
        """Return what may be there again or at last, though it was ended before.

        That is so where somebody slept until then, made it, and died. At the host of
        the meeting that stands there is no other.
        """
        with self._sessions.begin() as session:
            found = ask(session, meetings.ended(sight.appointment_id))
        here = sight.made and (sight.made.place.kind, sight.made.place.host)
        return tuple(m for m in found if (m.place.kind, m.place.host) != here)

    def begin(self, sight: MeetingSight, step: Step) -> MeetingSight | None:
        """Note that somebody takes a step outside now; return how it stands then.

        None if it stands otherwise than it was seen. Raises Transient until the next
        day (UTC) where a host has been given as many meetings as a day has.
        """
        return self._sessions.run(lambda session: _begin(session, sight, step))

    def keep(self, sight: MeetingSight, external_id: str, link: str) -> bool:
        """Note how a meeting stands outside.

        False if the appointment has another one by now: then this is to be ended.
        """
        said = replace(_made(sight), external_id=external_id, link=link)
        said = replace(said, start=sight.start, end=sight.end)
        return self._sessions.run(lambda session: _keep(session, sight, said))

    def show(self, sight: MeetingSight) -> None:
        """Put the link of the meeting on its appointment, while there shall be one.

        The provider's calendar shows it then, and who was told of the visit without a
        link, or with another one, hears of it.
        """
        self._sessions.run(lambda session: _show(session, sight.appointment_id))

    def ended(self, sight: MeetingSight) -> None:
        """Note that a meeting is gone, and take its link off the appointment."""
        self._sessions.run(lambda session: _ended(session, sight))


def _begin(session: Session, sight: MeetingSight, step: Step) -> MeetingSight | None:
    number = sight.appointment_id
    ask(session, telling.locking(number))
    if ask(session, meetings.sight(number)) != sight:
        return None
    if sight.made is not None:
        if step is not Step.MAKE:
            ask(session, meetings.unsettle(sight.made.meeting_id))
    elif sight.place is not None:
        _keep_within_the_day(session, sight.place)
        ask(session, meetings.begin(number, sight.place))
    return ask(session, meetings.sight(number))


def _keep_within_the_day(session: Session, place: MeetingPlace) -> None:
    if place.kind is not MeetingKind.ZOOM:
        return
    ask(session, meetings.lock_host(place.host))
    count, seconds_left = ask(session, meetings.made_today(place.host, place.kind))
    if count >= MOST_A_DAY:
        message = "This host has been given as many meetings as a day has."
        raise Transient(message, after=seconds_left)


def _keep(session: Session, seen: MeetingSight, said: MadeMeeting) -> bool:
    """Note what was said to a service; see `MeetingLinks.keep`.

    Where somebody else said something else to it meanwhile, nobody knows who was
    heard last: that it is not known is noted then.
    """
    ask(session, telling.locking(seen.appointment_id))
    now = ask(session, meetings.sight(seen.appointment_id))
    if now is None:
        return False
    before, there = _made(seen), now.made
    if there is None or there.meeting_id != said.meeting_id:
        return there is not None and _is_same(there, said)
    if there.external_id not in ("", before.external_id, said.external_id):
        return False
    if (there.start, there.end) not in (
        (before.start, before.end),
        (said.start, said.end),
    ):
        said = replace(said, start=None, end=None)
    ask(session, meetings.keep(said))
    return True


def _is_same(there: MadeMeeting, said: MadeMeeting) -> bool:
    """Say whether a meeting that was noted anew is the one that was just made."""
    ours = (said.external_id, said.place.kind, said.place.host)
    return (there.external_id, there.place.kind, there.place.host) == ours


def _show(session: Session, appointment_id: int) -> None:
    ask(session, telling.locking(appointment_id))
    now = ask(session, meetings.sight(appointment_id))
    if now is None or now.made is None or now.place is None or not now.is_wanted:
        return
    if not now.made.link or not is_at(now.made, now.place):
        return
    if not ask(session, meetings.show_link(appointment_id, now.made.link)):
        return
    ask(session, meetings.push_link(appointment_id))
    ask(session, meetings.wake_notices(appointment_id))
    ask(session, meetings.forget_told_link(appointment_id, replaces=bool(now.link)))
    ask(session, meetings.tell_late_link(appointment_id))


def _ended(session: Session, sight: MeetingSight) -> None:
    ask(session, telling.locking(sight.appointment_id))
    ask(session, meetings.end(_made(sight).meeting_id))
    if ask(session, meetings.take_link_off(sight.appointment_id)):
        ask(session, meetings.push_link(sight.appointment_id))


def _made(sight: MeetingSight) -> MadeMeeting:
    """Return the meeting of a step that was begun."""
    if sight.made is None:
        raise ValueError("no step was begun")
    return sight.made
