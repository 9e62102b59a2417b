"""How many examples a property gets: few and the same in CI, more on request.

`DESK_EXAMPLES=50 pytest tests/domain` tries fifty times as many, at random.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_TIMES = int(os.environ.get("DESK_EXAMPLES", "1"))


def examples(count: int) -> Callable[[Any], Any]:
    """Let a property see `count` examples, or more if asked for."""
    return settings(
        max_examples=count * _TIMES,
        derandomize=_TIMES == 1,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
