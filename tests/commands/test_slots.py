"""`slots` works in somebody's name, and says so when it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import conninfo

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.commands.conftest import Said

ASKED = "slots --provider a --service b --date 2026-03-03"


def test_who_is_not_signed_in_is_told_what_to_do(
    desk_app: Callable[..., Said], database_url: str
) -> None:
    address = conninfo.make_conninfo(database_url, user="somebody")
    done = desk_app(*ASKED.split(), "--database", address)
    assert (done.code, done.out) == (1, "")
    assert "sign in" in done.err
    assert "desk-app password" in done.err
    assert done.err.count("\n") == 1
