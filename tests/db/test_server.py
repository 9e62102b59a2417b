"""A server as its administrator sees it."""

from __future__ import annotations

import pytest

from desk_app.db import server
from desk_app.db.line import OwnServer
from desk_app.errors import Invalid


def test_the_bundled_server_stays_trusted_beside_its_practice() -> None:
    ours = OwnServer("postgresql://postgres@127.0.0.1:5432/practice")
    assert isinstance(server.beside(ours, "postgres"), OwnServer)
    assert not isinstance(server.beside(str(ours), "postgres"), OwnServer)
    assert server.name_of(server.beside(ours, "other")) == "other"


def test_an_address_names_a_database() -> None:
    with pytest.raises(Invalid):
        server.name_of("postgresql://postgres@localhost")
