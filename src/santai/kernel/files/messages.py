"""A stored file as a value."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class FileRef:
    """A stored file by content; across zones its bytes follow the message when the receiver lacks them."""

    digest: str  # SHA-256, hex
    name: str
    size: int
    media_type: str
