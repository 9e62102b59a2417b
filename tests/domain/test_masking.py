"""Addresses are shown so that they are recognised and cannot be used."""

from __future__ import annotations

import time

import pytest

from desk_app.domain.masking import (
    masked_email,
    masked_phone,
    masked_push,
    without_addresses,
)


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("anna.keller@example.org", "a…r@example.org"),
        ("jörg@praxis-müller.de", "j…g@praxis-müller.de"),
        ("bob@example.org", "b…@example.org"),
        ("a@example.org", "a…@example.org"),
        ('"a@b"@example.org', '"…"@example.org'),
        ("@example.org", "…@example.org"),
        ("anna\r\nBcc: x@example.org", "a…x@example.org"),
        ("no address", "…"),
        ("", "…"),
    ],
)
def test_an_email_address_keeps_its_ends(address: str, masked: str) -> None:
    assert masked_email(address) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("+4915112345678", "+49…678"),
        ("+14155550123", "+14…123"),
        ("+49151123", "+49…123"),
        ("+4915112", "…"),
        ("", "…"),
    ],
)
def test_a_phone_number_keeps_its_ends(number: str, masked: str) -> None:
    assert masked_phone(number) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("practice-keller-7f3a", "pr…3a"),
        ("u8dk2mqx", "u8…qx"),
        ("keller1", "…"),
        ("", "…"),
    ],
)
def test_a_push_address_keeps_its_ends(address: str, masked: str) -> None:
    assert masked_push(address) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("550 5.1.1 <anna@example.org>: unknown", "550 5.1.1 <…>: unknown"),
        ("to=anna@example.org, relay=none", "…, relay=none"),
        ('"anna keller"@example.org is full', "… is full"),
        ("anna%40example.org anna＠example.org", "… …"),
        ("see https://mx.example.org/?who=anna now", "see … now"),
        ("call +49 151 1234-5678 or (030) 12 34 56", "call … or (…"),
        ("٠١٥١١٢٣٤٥٦٧٨ refused", "… refused"),
        ("421-4.7.0 try again later", "421-4.7.0 try again later"),
        ("452 4.2.2 over quota 4915112345678", "452 4.2.2 over quota …"),
        ("token tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2 is bad", "token … is bad"),
        ("452 4.2.2 4915112345678", "452 4.2.2 …"),
        ("error 429, try in 30 s", "error 429, try in 30 s"),
        ("two\r\nlines\x00\x1b[31m", "two lines [31m"),
        ("", ""),
    ],
)
def test_what_others_write_is_kept_without_addresses(text: str, masked: str) -> None:
    assert without_addresses(text) == masked


@pytest.mark.parametrize("piece", ["a", "1", "a@", "1 ", '"', "a1", "%4", "\\@.-"])
def test_a_long_text_is_masked_at_once(piece: str) -> None:
    begin = time.perf_counter()
    without_addresses(piece * 100_000)
    assert time.perf_counter() - begin < 2
