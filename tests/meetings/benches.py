"""The kinds of meetings on the test bench."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desk_app.domain.event_ids import event_id_of
from desk_app.errors import NeedsSignIn, Transient
from desk_app.meetings.meet import Meet
from desk_app.meetings.memory import MemoryMeetings
from desk_app.meetings.zoom import Zoom
from desk_app.net.google import GoogleCalendar
from desk_app.net.oauth import ServerAccount
from tests.loopback import Fault, Loopback, Said
from tests.meetings import google_fake, zoom_fake
from tests.meetings.contract import Bench, Standing

if TYPE_CHECKING:
    from desk_app.meetings.base import Meeting, Wanted
    from desk_app.net.http import Http
    from tests.meetings.google_fake import GoogleFake
    from tests.meetings.zoom_fake import ZoomFake


class MemoryBench(Bench):
    """Meetings in memory."""

    host = "dr.berg@practice.example"
    host_secret = "no service, no secret"

    def __init__(self) -> None:
        self.meetings = self.memory = MemoryMeetings()

    def standing(self, wanted: Wanted) -> list[Standing]:
        """Return all meetings of a marker."""
        kept = self.memory.standing().values()
        return [Standing(w.start, w.end) for w in kept if w.marker == wanted.marker]

    def remove(self, meeting: Meeting, wanted: Wanted) -> None:
        """Remove a meeting."""
        self.memory.end(meeting.external_id, wanted.host)

    def lose_next_making(self) -> None:
        """Let the next call fail once it is done."""
        self.memory.fail_once(Transient(), when_done=True)

    def be_busy_once(self, seconds: int) -> None:
        """Let the next call fail."""
        self.memory.fail_once(Transient(after=seconds))

    def lock_out(self) -> None:
        """Let the next calls fail."""
        for _ in range(3):
            self.memory.fail_once(NeedsSignIn())


class ZoomBench(Bench):
    """Zoom, and a fake of it behind a real line."""

    host = zoom_fake.HOST
    host_secret = zoom_fake.HOST_KEY

    def __init__(self, http: Http, fake: ZoomFake, server: Loopback) -> None:
        self.fake = fake
        self.server = server
        self.meetings = self.another(http)

    def another(self, http: Http) -> Zoom:
        """Return what another desk would use, which knows of no token yet."""
        return Zoom(
            http,
            ServerAccount(zoom_fake.ACCOUNT_ID, zoom_fake.CLIENT_ID, zoom_fake.SECRET),
            api_url=f"{self.server.url}/v2",
            sign_in_url=self.server.url,
        )

    def standing(self, wanted: Wanted) -> list[Standing]:
        """Return all meetings of a marker."""
        return [
            Standing(start, start + timedelta(minutes=meeting["duration"]))
            for meeting in self.fake.of(wanted.marker, wanted.host)
            for start in [datetime.fromisoformat(meeting["start_time"])]
        ]

    def remove(self, meeting: Meeting, wanted: Wanted) -> None:
        """Remove a meeting."""
        assert self.standing(wanted)
        del self.fake.meetings[int(meeting.external_id)]

    def lose_next_making(self) -> None:
        """Break the line after the next POST of a meeting, and when it is sought."""
        self.server.trouble(Fault.LOST, "POST", "meetings")

    def be_busy_once(self, seconds: int) -> None:
        """Refuse the next POST of a meeting."""
        said = Said.json(429, {"code": 429, "message": "."}, Retry_After=str(seconds))
        self.server.trouble(said, "POST", "meetings")

    def lock_out(self) -> None:
        """Let the app have another secret."""
        self.fake.secret = "another"
        self.fake.expire_tokens()


class MeetBench(Bench):
    """Google Meet, and a fake of its calendars behind a real line."""

    host = google_fake.HOST
    host_secret = google_fake.HOST_KEY

    def __init__(self, http: Http, fake: GoogleFake, server: Loopback) -> None:
        self.fake = fake
        self.server = server
        self.waited: list[float] = []
        calendar = GoogleCalendar(
            http, lambda: google_fake.TOKEN, f"{server.url}/calendar/v3"
        )
        self.meetings = Meet(calendar, wait=self.waited.append)

    def standing(self, wanted: Wanted) -> list[Standing]:
        """Return the event of a marker if it is there and has a link."""
        events = self.fake.standing(event_id_of(wanted.marker), wanted.host)
        return [
            Standing(
                datetime.fromisoformat(event["start"]["dateTime"]),
                datetime.fromisoformat(event["end"]["dateTime"]),
            )
            for event in events
            if event.get("conferenceData", {}).get("entryPoints")
        ]

    def remove(self, meeting: Meeting, wanted: Wanted) -> None:
        """Remove the event."""
        self.fake.calendars[wanted.host][meeting.external_id]["status"] = "cancelled"

    def lose_next_making(self) -> None:
        """Break the line after the next event is inserted."""
        self.server.trouble(Fault.LOST, "POST", "events")

    def be_busy_once(self, seconds: int) -> None:
        """Refuse the next event that is inserted."""
        said = Said.json(429, {"error": {"code": 429}}, Retry_After=str(seconds))
        self.server.trouble(said, "POST", "events")

    def lock_out(self) -> None:
        """Let no token be good any more."""
        self.fake.token = "another"
