"""Two pairs of keys, made on first use: the platform's and the demonstration provider's."""

import fcntl
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

BITS = 2048


def ensure_keys(folder: Path) -> None:
    """``platform.pem``, ``provider.pem`` (private, 0600) and their ``.pub``; several processes may start at once."""
    if (folder / "ready").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (folder / "ready").exists():
            return
        for name in ("platform", "provider"):
            key = generate_private_key(public_exponent=65537, key_size=BITS)
            private = folder / f"{name}.pem"
            private.touch(mode=0o600)
            private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            (folder / f"{name}.pub").write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
        (folder / "ready").touch()
