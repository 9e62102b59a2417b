"""Keeps the meeting of an appointment in step with it: made, moved, ended.

It looks first and acts then, and looks again until nothing is left to do. So it does
not matter what a task was written for, who else is at work, or what a worker that was
killed or slept has left behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.domain.event_ids import marker
from desk_app.domain.meetings import MeetingKind, Step, next_step
from desk_app.domain.queue import Outcome
from desk_app.errors import Transient
from desk_app.meetings.base import Wanted
from desk_app.worker.courier import done, dropped

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.domain.meetings import MadeMeeting, MeetingPlace, MeetingSight
    from desk_app.domain.queue import Job, Settled
    from desk_app.meetings.base import Meetings
    from desk_app.services.meeting_links import MeetingLinks

MOST_STEPS = 8
# What a meeting is called for guests where the practice has no name.
UNNAMED = "Appointment"


class MeetingTasks:
    """Does the tasks about meetings.

    `service_of` gives the service of a place; it raises NeedsSignIn where that is not
    set up, or not any more.
    """

    def __init__(
        self, links: MeetingLinks, service_of: Callable[[MeetingPlace], Meetings]
    ) -> None:
        self._links = links
        self._service_of = service_of

    def carry(self, job: Job) -> Settled:
        """Bring the meeting to what its appointment is now.

        Raises Transient, NeedsSignIn and Rejected of the service, and Unavailable.
        """
        if job.appointment_id is None:
            return dropped(job, Outcome.NOTHING_TO_DO)
        taken: set[Step] = set()
        for _ in range(MOST_STEPS):
            sight = self._links.look(job.appointment_id)
            if sight is None:
                return dropped(job, Outcome.NOT_DUE)
            step = next_step(sight)
            if step is Step.NOTHING and _is_doubtful(job, sight, taken):
                step = Step.MOVE
            if step is Step.NOTHING:
                if job.attempts > 1 and self._has_ended_more(sight):
                    continue
                return done(job, Outcome.SENT if taken else Outcome.NOTHING_TO_DO)
            taken.add(step)
            self._take(step, sight)
        raise Transient("Others change this appointment all the time.")

    def _take(self, step: Step, sight: MeetingSight) -> None:
        if step is Step.SHOW:
            self._links.show(sight)
            return
        begun = self._links.begin(sight, step)
        if begun is None or begun.made is None:
            return
        if step is Step.END:
            # What it was changed to may be another one, and its answer got lost.
            is_known = sight.made is not None and sight.made.start is not None
            self._end(begun, begun.made, is_known=is_known)
        elif begun.place is not None:
            self._bring(self._service_of(begun.place), begun, begun.made)

    def _bring(self, service: Meetings, sight: MeetingSight, made: MadeMeeting) -> None:
        """Make a meeting or move it, and note how it stands then."""
        wanted = _wanted(sight, made)
        if made.link:
            meeting = service.change(made.external_id, wanted)
        else:
            meeting = service.create(wanted)
        if not self._links.keep(sight, meeting.external_id, meeting.link):
            service.end(meeting.external_id, wanted.host)
            self._doubt(sight)

    def _has_ended_more(self, sight: MeetingSight) -> bool:
        """End what a worker that died over this task may have made at last.

        Says whether the appointment stands otherwise by now.
        """
        lost = self._links.lost(sight)
        for made in lost:
            self._service_of(made.place).end_lost(_wanted(sight, made))
        return bool(lost) and self._doubt(sight)

    def _doubt(self, sight: MeetingSight) -> bool:
        """Let a meeting that stands by now be looked at: it may just have been ended.

        Says whether the appointment stands otherwise than it was seen.
        """
        now = self._links.look(sight.appointment_id)
        if now is not None and now.made is not None and now != sight:
            self._links.begin(now, Step.MOVE)
        return now != sight

    def _end(self, sight: MeetingSight, made: MadeMeeting, *, is_known: bool) -> None:
        """End a meeting, also one whose making got lost, and note it."""
        # An own room stays; others meet there.
        if made.place.kind is not MeetingKind.ROOM:
            service = self._service_of(made.place)
            if made.link:
                service.end(made.external_id, made.place.host)
            if not is_known:
                service.end_lost(_wanted(sight, made))
        self._links.ended(sight)


def _is_doubtful(job: Job, sight: MeetingSight, taken: set[Step]) -> bool:
    """Say whether who died over this task may have said an older time at last."""
    is_tried_again = job.attempts > 1 and not taken & {Step.MAKE, Step.MOVE}
    return is_tried_again and sight.made is not None and sight.is_wanted


def _wanted(sight: MeetingSight, made: MadeMeeting) -> Wanted:
    """Return the meeting as a service is told of it."""
    return Wanted(
        marker(sight.practice_id, sight.appointment_id),
        made.place.host,
        sight.practice_name or UNNAMED,
        sight.start,
        sight.end,
        sight.timezone,
    )
