"""Makes the practice's secrets unreadable before they reach the database.

AES-256-GCM under a practice key, which lives in the keyrings of the desks and is
passed to a new desk by an enrolment code. Nothing here reads or writes anything.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from textwrap import wrap as in_groups
from typing import TYPE_CHECKING

from desk_app.errors import Invalid, KeyMissing, SealBroken

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

# A sealed value: the version, the key's id, the nonce, the ciphertext and its tag.
VERSION = b"\x01"
ID_BYTES = 4
KEY_BYTES = 32
NONCE_BYTES = 12
HEADER_BYTES = len(VERSION) + ID_BYTES

# All of them fit into one entry of every keyring: eight take 535 characters, Windows
# holds 1,280. Old keys only have to last until all that they sealed is sealed again.
MOST_KEYS = 8
TEXT_VERSION = "desk-app-keys-1"

# Crockford's base 32, which has no I, L, O and U.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOK_ALIKES = str.maketrans("ILO", "110", "-‐‑‒–—−")
CODE_LENGTH = 28
GROUP_LENGTH = 4
# The 26 letters before the two of the checksum.
CODE_BITS = 130
CHECKSUM_BITS = 10
# The largest prime that two letters hold. It divides neither a power of 32 nor 31,
# 33 or a difference of two letters, so that one wrong letter always shows, and so do
# two neighbours that changed places.
CHECKSUM_PRIME = 1021
ENROLMENT = "enrolment"


@dataclass(frozen=True, slots=True)
class PracticeKey:
    """One key of the practice: 32 random bytes."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse what is no key; raises Invalid."""
        if len(self.secret) != KEY_BYTES:
            raise Invalid("key", "A practice key has 32 bytes.")

    @property
    def id(self) -> bytes:
        """Four bytes that name the key and tell nothing about it."""
        return hmac.digest(self.secret, b"desk-app key id", "sha256")[:ID_BYTES]


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys of a practice: the newest seals, the older ones still open."""

    keys: tuple[PracticeKey, ...]

    def __post_init__(self) -> None:
        """Refuse an empty ring, too many keys and two of one id; raises Invalid."""
        ids = {key.id for key in self.keys}
        if not 1 <= len(self.keys) <= MOST_KEYS or len(ids) != len(self.keys):
            raise Invalid("key_ring", "A key ring has one to eight different keys.")

    @property
    def newest(self) -> PracticeKey:
        """The key that seals."""
        return self.keys[0]

    def find(self, key_id: bytes) -> PracticeKey | None:
        """Return the key of this id, if it is on the ring."""
        return next((key for key in self.keys if key.id == key_id), None)

    def to_text(self) -> str:
        """Return the ring as one line for a keyring of the operating system."""
        return f"{TEXT_VERSION}:{'.'.join(key.secret.hex() for key in self.keys)}"

    @classmethod
    def from_text(cls, text: str) -> KeyRing:
        """Read what `to_text` wrote, and nothing else; raises Invalid."""
        listed = text.partition(":")[2].split(".")
        try:
            ring = cls(tuple(PracticeKey(bytes.fromhex(key)) for key in listed))
        except (ValueError, Invalid):
            raise _unreadable_ring() from None
        if ring.to_text() != text:
            raise _unreadable_ring()
        return ring


def new_ring() -> KeyRing:
    """Return a ring with one new key."""
    return KeyRing((PracticeKey(secrets.token_bytes(KEY_BYTES)),))


def rotated(ring: KeyRing) -> KeyRing:
    """Return the ring with a new newest key; of a full ring the oldest goes."""
    new = new_ring().newest
    while ring.find(new.id):
        new = new_ring().newest
    return KeyRing((new, *ring.keys[: MOST_KEYS - 1]))


def joined(ring: KeyRing, older: KeyRing) -> KeyRing:
    """Return `ring` with the keys of another one behind its own, as far as they fit."""
    others = (key for key in older.keys if not ring.find(key.id))
    return KeyRing((*ring.keys, *others)[:MOST_KEYS])


def seal(ring: KeyRing, context: str, plain: bytes) -> bytes:
    """Return `plain` sealed under the newest key.

    `context` says where the value belongs ("practice_secret:smtp_password"): it can be
    opened there only, and not after somebody copied it into another row.
    """
    header = _header(ring)
    nonce = secrets.token_bytes(NONCE_BYTES)
    bound = _bound_to(header, context)
    return header + nonce + _cipher(ring.newest).encrypt(nonce, plain, bound)


def unseal(ring: KeyRing, context: str, sealed: bytes) -> bytes:
    """Return what was sealed for this `context`.

    Raises KeyMissing when its key is not on the ring, SealBroken when the value was
    changed, damaged, moved, or sealed by a newer program.
    """
    from cryptography.exceptions import InvalidTag

    header, body = sealed[:HEADER_BYTES], sealed[HEADER_BYTES:]
    if len(body) < NONCE_BYTES or not header.startswith(VERSION):
        raise SealBroken
    key = ring.find(header[len(VERSION) :])
    if key is None:
        raise KeyMissing
    nonce, ciphertext = body[:NONCE_BYTES], body[NONCE_BYTES:]
    try:
        return _cipher(key).decrypt(nonce, ciphertext, _bound_to(header, context))
    except InvalidTag:
        raise SealBroken from None


def needs_resealing(ring: KeyRing, sealed: bytes) -> bool:
    """Say whether a value is sealed under another key than the newest one."""
    return not sealed.startswith(_header(ring))


def new_code() -> str:
    """Return a new enrolment code: seven groups of four, 130 random bits.

    It can be read aloud and typed; the last two letters are a checksum.
    """
    return _spelled(secrets.randbits(CODE_BITS))


def lookup_of(code: str) -> bytes:
    """Return the 32 bytes under which the database keeps what a code opens.

    They do not lead back to the code. Case, spaces, dashes and letters that look
    alike do not count; raises Invalid for a code that was mistyped.
    """
    return _derived(code, b"desk-app enrolment lookup 1")


def wrap(code: str, payload: bytes) -> bytes:
    """Return `payload` so that only `code` opens it; raises Invalid as `lookup_of`."""
    return seal(_ring_of(code), ENROLMENT, payload)


def unwrap(code: str, wrapped: bytes) -> bytes:
    """Return what was wrapped with `code`; raises as `lookup_of` and `unseal`."""
    return unseal(_ring_of(code), ENROLMENT, wrapped)


def _header(ring: KeyRing) -> bytes:
    return VERSION + ring.newest.id


def _bound_to(header: bytes, context: str) -> bytes:
    return header + context.encode()


def _cipher(key: PracticeKey) -> AESGCM:
    # Takes 15 ms to import, which no start of the program should wait for.
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key.secret)


def _unreadable_ring() -> Invalid:
    return Invalid("key_ring", "The practice key that is kept here cannot be read.")


def _ring_of(code: str) -> KeyRing:
    return KeyRing((PracticeKey(_derived(code, b"desk-app enrolment wrap 1")),))


def _derived(code: str, purpose: bytes) -> bytes:
    """Return 32 bytes that are a code's own for one purpose.

    No slow derivation as for a password: nobody tries out 130 random bits.
    """
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    typed = _number_of(code).to_bytes(17, "big")
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose).derive(typed)


def _spelled(number: int) -> str:
    """Return a number of 130 bits as a code, its checksum at the end."""
    checked = number << CHECKSUM_BITS | number % CHECKSUM_PRIME
    shifts = range(5 * (CODE_LENGTH - 1), -1, -5)
    letters = "".join(LETTERS[checked >> shift & 31] for shift in shifts)
    return "-".join(in_groups(letters, GROUP_LENGTH))


def _number_of(code: str) -> int:
    """Return the number that a code spells; raises Invalid for one that cannot be."""
    letters = "".join(code.upper().split()).translate(LOOK_ALIKES)
    if len(letters) != CODE_LENGTH or not set(letters) <= set(LETTERS):
        raise Invalid(
            "code", "A code has seven groups of four letters and digits, no U."
        )
    checked = 0
    for letter in letters:
        checked = checked << 5 | LETTERS.index(letter)
    number, checksum = divmod(checked, 1 << CHECKSUM_BITS)
    if number % CHECKSUM_PRIME != checksum:
        raise Invalid("code", "A letter of this code is wrong. Compare it once more.")
    return number
