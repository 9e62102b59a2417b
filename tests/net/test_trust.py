"""A server must prove who it is to somebody whom the desk trusts."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import pytest

from desk_app.net.trust import is_unsafe, trusting
from tests.certificates import Authority

if TYPE_CHECKING:
    from pathlib import Path


def test_certificate_and_name_are_always_verified(tmp_path: Path) -> None:
    own = Authority.made(tmp_path, "practice").file
    for context in (trusting(), trusting(own)):
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname
        assert context.minimum_version >= ssl.TLSVersion.TLSv1_2


def test_an_own_authority_is_the_only_one(tmp_path: Path) -> None:
    own = Authority.made(tmp_path, "practice").file
    assert len(trusting(own).get_ca_certs()) == 1


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ssl.SSLCertVerificationError(), True),
        (ssl.SSLError("wrong version number"), True),
        (ssl.SSLEOFError(), False),
        (ssl.SSLZeroReturnError(), False),
    ],
)
def test_a_cut_line_is_not_an_unsafe_one(error: ssl.SSLError, expected: bool) -> None:
    assert is_unsafe(error) is expected
