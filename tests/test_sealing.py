"""Sealed values open at their place, with their key, unchanged, or not at all."""

from __future__ import annotations

import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from desk_app import sealing
from desk_app.errors import Invalid, KeyMissing, SealBroken
from desk_app.sealing import KeyRing, PracticeKey
from tests.rings import said_by

RING = KeyRing((PracticeKey(bytes(range(32))), PracticeKey(bytes(32))))
PLACE = "practice_secret:smtp_password"
PLANTED = b"pl4nted-secret"
CODE = sealing._spelled(2**130 // 7)

codes = st.integers(0, 2**130 - 1).map(sealing._spelled)


def ring_of(count: int) -> KeyRing:
    ring = sealing.new_ring()
    for _ in range(count - 1):
        ring = sealing.rotated(ring)
    return ring


@given(st.binary(max_size=2000), st.text(max_size=40))
def test_what_was_sealed_opens_again_at_its_place(plain: bytes, place: str) -> None:
    assert sealing.unseal(RING, place, sealing.seal(RING, place, plain)) == plain


def test_a_sealed_value_begins_with_version_and_key_and_hides_the_rest() -> None:
    sealed = sealing.seal(RING, PLACE, PLANTED)
    assert sealed.startswith(b"\x01" + RING.newest.id)
    assert len(sealed) == 1 + 4 + 12 + len(PLANTED) + 16
    assert PLANTED not in sealed
    assert sealing.seal(RING, PLACE, PLANTED)[5:17] != sealed[5:17]


def test_the_header_is_authenticated_with_the_place() -> None:
    sealed = sealing.seal(RING, PLACE, PLANTED)
    bound = sealed[:5] + PLACE.encode()
    cipher = AESGCM(RING.newest.secret)
    assert cipher.decrypt(sealed[5:17], sealed[17:], bound) == PLANTED


def test_every_flipped_bit_is_found() -> None:
    sealed = sealing.seal(RING, PLACE, PLANTED)
    for bit in range(8 * len(sealed)):
        flipped = bytearray(sealed)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises((KeyMissing, SealBroken)):
            sealing.unseal(RING, PLACE, bytes(flipped))


def test_a_value_that_was_cut_is_found() -> None:
    sealed = sealing.seal(RING, PLACE, PLANTED)
    for length in range(len(sealed)):
        with pytest.raises(SealBroken):
            sealing.unseal(RING, PLACE, sealed[:length])


@pytest.mark.parametrize(
    "place", ["", "practice_secret:zoom", PLACE + " ", "calendar_sync:1:access_token"]
)
def test_a_value_that_was_moved_does_not_open(place: str) -> None:
    with pytest.raises(SealBroken):
        sealing.unseal(RING, place, sealing.seal(RING, PLACE, PLANTED))


def test_the_id_of_another_key_on_the_ring_does_not_open_it() -> None:
    sealed = sealing.seal(RING, PLACE, PLANTED)
    relabelled = sealed[:1] + RING.keys[1].id + sealed[5:]
    with pytest.raises(SealBroken):
        sealing.unseal(RING, PLACE, relabelled)


def test_another_practices_key_is_missing() -> None:
    sealed = sealing.seal(RING, PLACE, PLANTED)
    with pytest.raises(KeyMissing):
        sealing.unseal(sealing.new_ring(), PLACE, sealed)


def test_after_a_rotation_the_new_key_seals_and_the_old_one_still_opens() -> None:
    old = sealing.seal(RING, PLACE, PLANTED)
    ring = sealing.rotated(RING)
    new = sealing.seal(ring, PLACE, PLANTED)
    assert sealing.unseal(ring, PLACE, old) == sealing.unseal(ring, PLACE, new)
    assert sealing.needs_resealing(ring, old)
    assert not sealing.needs_resealing(ring, new)
    with pytest.raises(KeyMissing):
        sealing.unseal(RING, PLACE, new)


def test_a_full_ring_loses_its_oldest_key() -> None:
    full = ring_of(sealing.MOST_KEYS)
    turned = sealing.rotated(full)
    assert turned.keys[1:] == full.keys[:-1]
    assert turned.newest not in full.keys


def test_a_ring_that_joins_another_comes_behind_it() -> None:
    ours, theirs = ring_of(2), ring_of(3)
    assert sealing.joined(theirs, ours).keys == theirs.keys + ours.keys
    assert sealing.joined(theirs, theirs) == theirs
    turned = sealing.rotated(ours)
    assert sealing.joined(turned, ours) == turned
    turned = sealing.rotated(ours)
    assert sealing.joined(turned, ours) == turned
    full = ring_of(sealing.MOST_KEYS)
    assert sealing.joined(full, ours) == full


@pytest.mark.parametrize("count", [1, 3, sealing.MOST_KEYS])
def test_a_ring_comes_back_from_its_text(count: int) -> None:
    ring = ring_of(count)
    assert KeyRing.from_text(ring.to_text()) == ring


def test_the_text_of_a_full_ring_fits_into_the_keyring_of_windows() -> None:
    assert len(ring_of(sealing.MOST_KEYS).to_text()) <= 1280


KEY = "ab" * 32


@pytest.mark.parametrize(
    "text",
    [
        "",
        KEY,
        "desk-app-keys-1:",
        f"desk-app-keys-2:{KEY}",
        f"desk-app-keys-1:{KEY}.",
        f"desk-app-keys-1:{KEY}.{KEY}",
        f"desk-app-keys-1:{KEY.upper()}",
        f"desk-app-keys-1: {KEY}",
        f"desk-app-keys-1:{KEY}\n",
        f"desk-app-keys-1:{KEY[:-2]}",
        f"desk-app-keys-1:{'g' * 64}",
        "desk-app-keys-1:" + ".".join(f"{n:064x}" for n in range(9)),
    ],
)
def test_what_is_no_ring_is_refused_and_not_repeated(text: str) -> None:
    said = said_by(lambda: KeyRing.from_text(text))
    assert "cannot be read" in said
    assert KEY not in said.lower()


def test_a_ring_without_keys_and_a_key_of_another_length_are_refused() -> None:
    for make in (lambda: KeyRing(()), lambda: PracticeKey(b"short")):
        with pytest.raises(Invalid):
            make()


def test_keys_do_not_show_in_what_is_printed() -> None:
    key = RING.newest
    for printed in (repr(RING), str(RING), f"{key!r} {key}"):
        assert key.secret.hex() not in printed
        assert repr(key.secret)[2:-1] not in printed


def test_no_failure_repeats_a_secret() -> None:
    sealed = sealing.seal(RING, PLACE, PLANTED)
    wrong_key = said_by(lambda: sealing.unseal(sealing.new_ring(), PLACE, sealed))
    broken = said_by(lambda: sealing.unseal(RING, "elsewhere", sealed))
    mistyped = said_by(lambda: sealing.lookup_of(CODE[:-1]))
    for said in (wrong_key, broken, mistyped):
        assert PLANTED.decode() not in said
        assert RING.newest.secret.hex() not in said
        assert CODE[:-1] not in said


def test_a_code_is_seven_groups_of_four_and_always_another_one() -> None:
    groups = sealing.new_code().split("-")
    assert [len(group) for group in groups] == [4] * 7
    assert set("".join(groups)) <= set(sealing.LETTERS)
    assert len({sealing.new_code() for _ in range(100)}) == 100


@given(codes)
def test_a_code_is_forgiving_about_how_it_is_typed(code: str) -> None:
    typed = [
        code.lower(),
        code.replace("-", ""),
        f"  {code.replace('-', ' – ')}\n",
        code.replace("0", "o").replace("1", "l"),
        code.replace("0", "O").replace("1", "i"),
    ]
    assert {sealing.lookup_of(one) for one in typed} == {sealing.lookup_of(code)}


@given(codes)
def test_every_single_mistake_in_a_code_is_found(code: str) -> None:
    for place, letter in enumerate(code):
        for other in sealing.LETTERS.replace(letter, ""):
            if letter != "-":
                with pytest.raises(Invalid):
                    sealing.lookup_of(code[:place] + other + code[place + 1 :])


@given(codes)
def test_every_swap_of_neighbours_in_a_code_is_found(code: str) -> None:
    letters = code.replace("-", "")
    for place in range(len(letters) - 1):
        one, other = letters[place], letters[place + 1]
        swapped = letters[:place] + other + one + letters[place + 2 :]
        if one != other:
            with pytest.raises(Invalid):
                sealing.lookup_of(swapped)


@pytest.mark.parametrize("typed", ["", "-", CODE[:-1], CODE + "0", "U" * 28, "ß" * 28])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="seven groups") as refusal:
        sealing.lookup_of(typed)
    assert refusal.value.field == "code"


def test_a_code_opens_what_was_wrapped_with_it_and_no_other_does() -> None:
    wrapped = sealing.wrap(CODE, PLANTED)
    assert sealing.unwrap(CODE.lower(), wrapped) == PLANTED
    with pytest.raises(KeyMissing):
        sealing.unwrap(sealing.new_code(), wrapped)
    with pytest.raises(SealBroken):
        sealing.unwrap(CODE, wrapped[:-1] + bytes([wrapped[-1] ^ 1]))


def test_what_the_database_sees_of_a_code_does_not_open_anything() -> None:
    lookup, wrapped = sealing.lookup_of(CODE), sealing.wrap(CODE, PLANTED)
    with pytest.raises(KeyMissing):
        sealing.unseal(KeyRing((PracticeKey(lookup),)), sealing.ENROLMENT, wrapped)


def test_only_who_seals_waits_for_the_library() -> None:
    asked = "import sys, desk_app.cli, desk_app.credentials, desk_app.services.vault;"
    asked += "sys.exit('cryptography.hazmat.primitives.ciphers.aead' in sys.modules)"
    subprocess.run([sys.executable, "-c", asked], check=True)
