"""Keys and certificates on this machine's disk: one root, one seal certificate an organisation.

Private keys are encrypted with a passphrase that comes from ``SANTAI_KEY_PASSPHRASE`` or a file only the owner can read. The root made here
is for demonstration and says so in its name; a production city gives its own certificates (issue D: SM2, hardware).
"""

import contextlib
import fcntl
import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings

from santai.kernel.crypto.errors import KeyStoreLocked

ROOT_NAME = "三台演示根证书 demonstration only, not for legal use"
# The demonstration lives in shifted time (fast-forward, six months of history); a wide window keeps every demonstration seal inside it.
_FROM = datetime(2020, 1, 1, tzinfo=UTC)
_TO = datetime(2050, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Keyed:
    key: bytes  # PKCS#8, DER, opened
    certificate: bytes  # DER


def _folder() -> Path:
    path = Path(settings.SECRETS_DIR) / "crypto"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


@contextlib.contextmanager
def _locked() -> Iterator[None]:
    with (_folder() / ".lock").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, readable by the owner only."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    Path(name).chmod(0o600)
    Path(name).replace(path)


def _passphrase() -> bytes:
    given = os.environ.get("SANTAI_KEY_PASSPHRASE")
    if given:
        return given.encode()
    path = _folder() / "passphrase"
    if not path.exists():
        _write(path, secrets.token_urlsafe(32).encode())
    return path.read_bytes().strip()


def _seal_key(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(_passphrase())
    )


def _open_key(path: Path) -> ec.EllipticCurvePrivateKey:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), _passphrase())
    except ValueError as trouble:
        raise KeyStoreLocked(file=path.name) from trouble
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def _root() -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    """The root, made on first use; the caller holds the lock."""
    key_path, certificate_path = _folder() / "root.key", _folder() / "root.crt"
    if certificate_path.exists():
        return _open_key(key_path), x509.load_pem_x509_certificate(certificate_path.read_bytes())
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"), x509.NameAttribute(NameOID.COMMON_NAME, ROOT_NAME)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_TO)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(certifies=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write(key_path, _seal_key(key))
    _write(certificate_path, certificate.public_bytes(serialization.Encoding.PEM))
    return key, certificate


def _usage(*, certifies: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certifies,
        content_commitment=not certifies,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certifies,
        crl_sign=certifies,
        encipher_only=False,
        decipher_only=False,
    )


def root_certificate() -> bytes:
    """The trusted root, DER."""
    path = _folder() / "root.crt"
    if not path.exists():
        with _locked():
            _root()
    return x509.load_pem_x509_certificate(path.read_bytes()).public_bytes(serialization.Encoding.DER)


def seal_of(organisation: str, organisation_name: str) -> Keyed:
    """The organisation's seal key and certificate, made on first use; a renamed organisation gets a new certificate."""
    return _seal_of(str(_folder()), organisation, organisation_name)


@lru_cache(maxsize=512)
def _seal_of(folder: str, organisation: str, organisation_name: str) -> Keyed:
    slot = hashlib.sha256(f"{organisation}\n{organisation_name}".encode()).hexdigest()[:24]
    key_path, certificate_path = Path(folder) / f"seal-{slot}.key", Path(folder) / f"seal-{slot}.crt"
    with _locked():
        if not certificate_path.exists():
            root_key, root = _root()
            key = ec.generate_private_key(ec.SECP256R1())
            subject = [
                x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
                # The library counts bytes, of which a Chinese name has three a character, and holds the common name to 64 of them:
                # the organisation attribute carries the whole name.
                x509.NameAttribute(NameOID.COMMON_NAME, organisation_name.encode()[:63].decode(errors="ignore")),
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation_name),
            ]
            if organisation:
                subject.append(x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, organisation))
            certificate = (
                x509.CertificateBuilder()
                .subject_name(x509.Name(subject))
                .issuer_name(root.subject)
                .public_key(key.public_key())
                .serial_number(x509.random_serial_number())
                .not_valid_before(_FROM)
                .not_valid_after(_TO)
                .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
                .add_extension(_usage(certifies=False), critical=True)
                .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
                .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
                .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
                .sign(root_key, hashes.SHA256())
            )
            _write(key_path, _seal_key(key))
            _write(certificate_path, certificate.public_bytes(serialization.Encoding.PEM))
    key = _open_key(key_path)
    certificate = x509.load_pem_x509_certificate(certificate_path.read_bytes())
    return Keyed(
        key=key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
        certificate=certificate.public_bytes(serialization.Encoding.DER),
    )


def link_key() -> bytes:
    """The key zones share (``SANTAI_LINK_KEY``); a single-zone installation makes one of its own."""
    if settings.ZONE_LINK_KEY:
        return hashlib.sha256(b"santai link\n" + settings.ZONE_LINK_KEY.encode()).digest()
    path = _folder() / "link.key"
    if not path.exists():
        with _locked():
            if not path.exists():
                _write(path, secrets.token_bytes(32))
    return path.read_bytes()
