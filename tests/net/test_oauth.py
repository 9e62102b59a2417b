"""Access tokens are kept while they are good, and nowhere else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import TYPE_CHECKING

import pytest

from desk_app.errors import NeedsSignIn, Transient
from desk_app.net.oauth import AccessToken, ServerAccount, TokenCache, account_token
from tests.loopback import Said

if TYPE_CHECKING:
    from desk_app.net.http import Http
    from tests.loopback import Loopback

ACCOUNT = ServerAccount("account", "client", "planted-token-4711")


class Clock:
    """A clock that a test puts forward, and tokens that are counted."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.made = count(1)
        self.cache = TokenCache(self.fetch, lambda: self.now)

    def fetch(self) -> AccessToken:
        """Return another token."""
        return AccessToken(f"token-{next(self.made)}", 3600)


def test_a_token_is_kept_until_its_last_minute() -> None:
    clock = Clock()
    assert clock.cache.current() == "token-1"
    clock.now += 3539
    assert clock.cache.current() == "token-1"
    clock.now += 1
    assert clock.cache.current() == "token-2"


def test_a_refused_token_is_replaced_once_for_all() -> None:
    clock = Clock()
    refused = clock.cache.current()
    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(clock.cache.another, [refused] * 8))
    assert set(given) == {"token-2"}


def test_a_token_that_cannot_be_had_leaves_none() -> None:
    answers = iter([Transient(), AccessToken("late", 3600)])

    def fetch() -> AccessToken:
        answer = next(answers)
        if isinstance(answer, Transient):
            raise answer
        return answer

    cache = TokenCache(fetch)
    with pytest.raises(Transient):
        cache.current()
    assert cache.current() == "late"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 302])
def test_an_app_that_is_refused_must_be_set_up(
    http: Http, service: Loopback, status: int
) -> None:
    service.service.said = Said.json(status, {"error": "invalid_client"})
    with pytest.raises(NeedsSignIn) as raised:
        account_token(http, service.url, ACCOUNT)
    assert ACCOUNT.secret not in f"{raised.value!r} {ACCOUNT!r}"


@pytest.mark.parametrize(
    "record",
    [{}, {"access_token": ""}, {"access_token": 5}, {"access_token": "ä"}, []],
)
def test_an_answer_without_a_token_is_transient(
    http: Http, service: Loopback, record: object
) -> None:
    service.service.said = Said.json(200, record)
    with pytest.raises(Transient):
        account_token(http, service.url, ACCOUNT)


@pytest.mark.parametrize("lasting", [None, "soon", True])
def test_a_token_of_unknown_length_lasts_an_hour(
    http: Http, service: Loopback, lasting: object
) -> None:
    record = {"access_token": "planted-token-4711", "expires_in": lasting}
    service.service.said = Said.json(200, record)
    token = account_token(http, service.url, ACCOUNT)
    assert token.seconds == 3600
    assert token.text not in repr(token)
