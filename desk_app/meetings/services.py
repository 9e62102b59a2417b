"""The services by which the providers of one practice meet clients."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from desk_app.domain.meetings import MeetingKind
from desk_app.errors import NeedsSignIn
from desk_app.meetings import meet, room, zoom
from desk_app.net import google

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.domain.meetings import MeetingPlace
    from desk_app.meetings.base import Meetings
    from desk_app.net.http import Http
    from desk_app.net.oauth import ServerAccount


class MeetingServices:
    """Gives the service of a place. Several threads may use it at once.

    `zoom_account` says how the practice's app signs in to Zoom, None where none is set
    up; `google_token` returns an access token for a provider's calendar. Both are
    asked each time, for a manager may change that, and raise DeskErrors.
    """

    def __init__(
        self,
        http: Http,
        zoom_account: Callable[[], ServerAccount | None],
        google_token: Callable[[int], str],
        *,
        zoom_url: str = zoom.API_URL,
        zoom_sign_in_url: str = zoom.SIGN_IN_URL,
    ) -> None:
        self._http = http
        self._zoom_account = zoom_account
        self._google_token = google_token
        self._zoom_urls = {"api_url": zoom_url, "sign_in_url": zoom_sign_in_url}
        self._lock = Lock()
        self._zoom: tuple[ServerAccount, Meetings] | None = None

    def of(self, place: MeetingPlace) -> Meetings:
        """Return the service; raises NeedsSignIn where it is not set up.

        Raises Invalid for an own room whose link is none.
        """
        if place.kind is MeetingKind.ROOM:
            return room.Room(place.room)
        if place.kind is MeetingKind.MEET:
            token = self._google_token
            calendar = google.GoogleCalendar(
                self._http, lambda: token(place.provider_id)
            )
            return meet.Meet(calendar)
        account = self._zoom_account()
        if account is None:
            raise NeedsSignIn("Zoom is not set up.")
        return self._zoom_of(account)

    def _zoom_of(self, account: ServerAccount) -> Meetings:
        """Return Zoom, the same one while the account is: it keeps its token."""
        with self._lock:
            if self._zoom is None or self._zoom[0] != account:
                service = zoom.Zoom(self._http, account, **self._zoom_urls)
                self._zoom = (account, service)
            return self._zoom[1]
