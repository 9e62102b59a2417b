"""Certificates of the tests' own authorities, as an administrator makes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a server shows and the key that proves it, as files."""

    file: Path
    key: Path


@dataclass(frozen=True, slots=True)
class Authority:
    """Somebody who signs certificates; `file` is what desks are given to trust."""

    file: Path
    _key: EllipticCurvePrivateKey

    @classmethod
    def made(cls, folder: Path, name: str) -> Authority:
        """Make an authority whose files lie in `folder`."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _signed(_Wanted(name, name, is_authority=True), key, key)
        file = folder / f"{name}.crt"
        file.write_bytes(_pem(certificate))
        return cls(file, key)

    def issue(self, host: str, *, days: int = 30) -> Certificate:
        """Make a certificate for the server called `host`, good for `days` from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _signed(_Wanted(host, self.file.stem, days), key, self._key)
        name = f"{self.file.stem}-{certificate.serial_number}"
        return _written(self.file.with_name(name), certificate, key)


def self_signed(folder: Path, host: str) -> Certificate:
    """Make a certificate for which nobody vouches but its owner."""
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _signed(_Wanted(host, host), key, key)
    return _written(folder / f"self-{certificate.serial_number}", certificate, key)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a certificate says; `is_authority` lets its owner sign others."""

    subject: str
    issuer: str
    days: int = 30
    is_authority: bool = False


def _signed(
    wanted: _Wanted, key: EllipticCurvePrivateKey, signer: EllipticCurvePrivateKey
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_named(wanted.subject))
        .issuer_name(_named(wanted.issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + timedelta(days=wanted.days))
        .add_extension(x509.BasicConstraints(wanted.is_authority, None), critical=True)
    )
    for extension in _demanded(wanted, key, signer):
        builder = builder.add_extension(extension, critical=False)
    if not wanted.is_authority:
        names = x509.SubjectAlternativeName([x509.DNSName(wanted.subject)])
        builder = builder.add_extension(names, critical=False)
    return builder.sign(signer, hashes.SHA256())


def _demanded(
    wanted: _Wanted, key: EllipticCurvePrivateKey, signer: EllipticCurvePrivateKey
) -> Iterator[x509.ExtensionType]:
    """Yield what must be in a certificate that Python trusts from 3.13 on."""
    yield x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    yield x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    signs = wanted.is_authority
    yield x509.KeyUsage(
        digital_signature=not signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _written(
    place: Path, certificate: x509.Certificate, key: EllipticCurvePrivateKey
) -> Certificate:
    made = Certificate(place.with_suffix(".crt"), place.with_suffix(".key"))
    made.file.write_bytes(_pem(certificate))
    made.key.touch(mode=0o600)
    made.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return made


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
