"""Key files of the payment provider: PEM, read once."""

from pathlib import Path


def read_key(place: str) -> bytes:
    """The PEM at ``place``; FileNotFoundError says which file is missing."""
    return Path(place).read_bytes()
