"""Whatever a desk's clock says, only the server's counts in the outbox."""

from __future__ import annotations

import inspect
import time
from datetime import date, datetime, timedelta
from inspect import isclass as is_class
from typing import TYPE_CHECKING

import pytest

from desk_app.db.queries import outbox
from desk_app.services import queue as queue_module

if TYPE_CHECKING:
    from types import ModuleType


@pytest.mark.parametrize("module", [outbox, queue_module])
def test_no_clock_of_a_desk_is_in_what_the_server_is_told(module: ModuleType) -> None:
    known = vars(module).values()
    assert time not in known
    assert not {datetime, timedelta, date} & {each for each in known if is_class(each)}
    assert "import time" not in inspect.getsource(module)
