"""A signature drawn on the window's pad. Pure."""

import binascii
from base64 import b64decode

PICTURE = "data:image/png;base64,"
HEAD = b"\x89PNG\r\n\x1a\n"
LARGEST = 700_000  # characters of a drawn signature


def picture_of(image: str) -> bytes | None:
    """The PNG in a data URL; None for what is none."""
    if not image.startswith(PICTURE) or len(image) >= LARGEST:
        return None
    try:
        picture = b64decode(image.removeprefix(PICTURE), validate=True)
    except (binascii.Error, ValueError):
        return None
    return picture if picture.startswith(HEAD) else None
