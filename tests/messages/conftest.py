"""Authorities and mail servers for the tests of what leaves the practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desk_app.domain.mail_hosts import Security
from tests.certificates import Authority, Certificate
from tests.messages import post_office

if TYPE_CHECKING:
    from collections.abc import Iterator

# Its rules shall say what they saw instead, as those of a test do.
pytest.register_assert_rewrite("tests.messages.contract")


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Return whom the desks of these tests trust."""
    return Authority.made(tmp_path_factory.mktemp("authority"), "practice")


@pytest.fixture(scope="session")
def certificate(authority: Authority) -> Certificate:
    """Return what a good server shows."""
    return authority.issue(post_office.HOST)


@pytest.fixture
def office(
    authority: Authority, certificate: Certificate
) -> Iterator[post_office.PostOffice]:
    """Return a mail server with STARTTLS."""
    with post_office.opened(Security.STARTTLS, certificate, authority.file) as office:
        yield office
