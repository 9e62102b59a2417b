"""Those who see clients: added, changed, and no longer active; their past stays."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from desk_app.db.queries import meetings, offering
from desk_app.db.queries.pipeline import ask
from desk_app.domain.meetings import MeetingKind
from desk_app.domain.offering import ListedProvider, VideoWay, merged
from desk_app.domain.push_urls import clean_address
from desk_app.errors import Invalid, NotFound
from desk_app.services import contact
from desk_app.services.idempotency import is_first
from desk_app.services.recheck import Attempt
from desk_app.services.stranding import carry_out

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from desk_app.db.session import Sessions
    from desk_app.domain.offering import NewProvider, ProviderChange, ProviderDraft

LONGEST_BIO = 4_000
LARGEST_IMAGE = 200_000
SMALLEST_IMAGE = 30
LONGEST_LINK = 2_000

# Nothing before the host: a name and a password there would be told to everybody.
_LINK = re.compile(r"https://[A-Za-z0-9.:-]+(?:[/?#][!-~]*)?")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
# How the kinds of picture begin that desks make: JPEG and PNG.
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


class Providers:
    """All providers of the practice. All but reading is for managers.

    Each write is one transaction; twice does the same as once.
    """

    def __init__(
        self, sessions: Sessions, clock: Callable[[], datetime] | None = None
    ) -> None:
        self._sessions = sessions
        self._clock = clock

    def all(self) -> tuple[ListedProvider, ...]:
        """Return all by name, those who are not active as well."""
        with self._sessions.begin() as session:
            return ask(session, offering.all_providers())

    def add(self, new: NewProvider) -> ListedProvider:
        """Add a provider, who has no services and hours yet.

        Raises Invalid by field (name, timezone, colour, bio, email, push_address,
        meeting_host, meeting_room, image), NotAllowed.
        """
        draft, image = _clean(new.draft), _picture(new.image)

        def add(session: Session) -> ListedProvider:
            if not is_first(session, new):
                return _one(session, ask(session, offering.newest_provider(draft.name)))
            number = ask(session, offering.insert_provider(draft))
            if image:
                ask(session, offering.set_photo(number, image))
            return _one(session, number)

        return self._sessions.run(add)

    def change(self, change: ProviderChange) -> ListedProvider:
        """Write what differs from what a person saw; what others changed stays.

        Raises Strands if they get another zone or are no longer active, and
        appointments to come are not decided about; Stale by field, Invalid by field,
        NotFound, NotAllowed.
        """
        change = replace(
            change,
            wanted=_clean(change.wanted),
            image=change.image and _picture(change.image),
        )
        attempt = Attempt(self._clock)
        return self._sessions.run(lambda session: _change(session, change, attempt))


def _change(
    session: Session, change: ProviderChange, attempt: Attempt
) -> ListedProvider:
    number = change.provider_id

    def write() -> None:
        ask(session, offering.keep_provider(number))
        _write(session, change)

    if _strands(_one(session, number).draft, change):
        carry_out(session, [number], write, change.settlement, attempt)
    else:
        write()
    return _one(session, number)


def _write(session: Session, change: ProviderChange) -> None:
    stands = _one(session, change.provider_id)
    draft = merged(change.known, change.wanted, stands.draft)
    if draft != stands.draft:
        ask(session, offering.update_provider(change.provider_id, draft))
    if draft.video != stands.draft.video:
        ask(session, meetings.of_provider_again(change.provider_id))
    if draft.location_ids != stands.draft.location_ids:
        places = draft.location_ids
        ask(session, offering.set_locations(change.provider_id, places))
    if change.image:
        ask(session, offering.set_photo(change.provider_id, change.image))
    elif change.image is not None:
        ask(session, offering.delete_photo(change.provider_id))


def _strands(stands: ProviderDraft, change: ProviderChange) -> bool:
    """Say whether appointments could lose their hours or their provider."""
    wanted = merged(change.known, change.wanted, stands)
    ends = stands.is_active and not wanted.is_active
    return ends or stands.timezone != wanted.timezone


def _clean(draft: ProviderDraft) -> ProviderDraft:
    """Return a provider as they are stored; raises Invalid by field."""
    zone = contact.clean_zone(draft.timezone)
    if not zone:
        raise Invalid("timezone", "Choose a time zone.")
    if not _COLOUR.fullmatch(draft.colour):
        raise Invalid("colour", "Choose a colour.")
    return replace(
        draft,
        name=contact.clean_name(draft.name),
        timezone=zone,
        bio=contact.clean_paragraph(draft.bio, LONGEST_BIO, "bio"),
        email=contact.clean_email(draft.email),
        push_address=clean_address(draft.push_address),
        video=_video(draft.video),
        location_ids=tuple(sorted(set(draft.location_ids))),
    )


def _video(video: VideoWay) -> VideoWay:
    """Return how a provider sees clients, without what belongs to another way.

    Raises Invalid("meeting_host") or Invalid("meeting_room").
    """
    if video.kind is None:
        return VideoWay()
    if video.kind is MeetingKind.ROOM:
        return VideoWay(video.kind, room=_room(video.room))
    host = contact.clean_email(video.host, "meeting_host")
    if not host:
        raise Invalid("meeting_host", "Type the e-mail address they have there.")
    return VideoWay(video.kind, host)


def _room(text: str) -> str:
    """Return the link of a room; raises Invalid("meeting_room")."""
    link = contact.clean_line(text, LONGEST_LINK, "meeting_room")
    if not _LINK.fullmatch(link):
        words = "Type the address of the room. It begins with https:// and is one word."
        raise Invalid("meeting_room", words)
    return link


def _picture(image: bytes) -> bytes:
    """Return a picture that can be stored, b"" for none; raises Invalid("image")."""
    if not image:
        return b""
    if not SMALLEST_IMAGE <= len(image) <= LARGEST_IMAGE:
        raise Invalid("image", "This picture is too large to be kept.")
    if not image.startswith(_PICTURES):
        raise Invalid("image", "This is not a picture.")
    return image


def _one(session: Session, provider_id: int) -> ListedProvider:
    found = ask(session, offering.one_provider(provider_id))
    if found is None:
        raise NotFound("This provider no longer exists.")
    return found
