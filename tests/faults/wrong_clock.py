"""A computer whose clock is wrong; what measures how long something takes is right."""

from __future__ import annotations

import datetime
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import tzinfo

_right = time.time
_Datetime = datetime.datetime


def shift(seconds: float) -> None:
    """Let this process believe another time, in all that is imported from now on."""
    if not seconds:
        return

    class Meta(type):
        def __instancecheck__(cls, instance: object) -> bool:
            return isinstance(instance, _Datetime)

    class Shifted(_Datetime, metaclass=Meta):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            return _Datetime.now(tz) + datetime.timedelta(seconds=seconds)

    time.time = lambda: _right() + seconds
    datetime.datetime = Shifted  # type: ignore[misc]
