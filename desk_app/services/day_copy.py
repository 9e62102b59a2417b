"""Today and tomorrow on the desk's own disk, for the time when the server is away."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk_app.domain.kept import DAYS_KEPT, KeptDays
from desk_app.errors import NeedsLogin, NotAllowed, Stale

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk_app.services.access import Access
    from desk_app.services.diary import Diary
    from desk_app.services.kept import Kept


class DayCopy:
    """Reads what the person at this desk may see, and keeps it for them alone."""

    def __init__(
        self,
        diary: Diary,
        access: Access,
        kept: Kept,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self._diary, self._access = diary, access
        self.kept = kept
        self._clock = clock or _now

    @property
    def is_wanted(self) -> bool:
        """Whether this desk keeps a copy at all: only beside a server."""
        return self.kept.is_wanted

    def refresh(self, login: str) -> bool:
        """Keep the days anew for `login`; say whether there is a safe place for them.

        Raises Stale when somebody else signed in meanwhile, and what keeps the days
        from being read. Somebody who may not read them any more keeps none.
        """
        try:
            days = self._read(login)
        except (NotAllowed, NeedsLogin):
            self.kept.drop_days(login)
            raise
        return self.kept.keep_days(login, days)

    def _read(self, login: str) -> KeptDays:
        catalogue, now = self._diary.catalogue(), self._clock()
        today = now.astimezone(ZoneInfo(catalogue.timezone)).date()
        ids = [provider.provider_id for provider in catalogue.providers]
        days = self._diary.days(today, DAYS_KEPT, ids)
        # Both before and after: what others may see is not kept for this login.
        if {login} != {catalogue.me.login, self._access.me().login}:
            raise Stale
        return KeptDays(now, catalogue.practice_name, catalogue.timezone, days)


def _now() -> datetime:
    return datetime.now(UTC)
