"""Keep bytes whose digest is already known: they came over a link, or the platform made them."""

from typing import IO

from santai.kernel.files.adapters import folder
from santai.kernel.files.errors import DigestWrong


def keep(digest: str, content: bytes | IO[bytes]) -> None:
    """Keep the content under its digest; DigestWrong, and nothing kept, when they do not belong together. Repeating does no harm."""
    with folder.Incoming() as incoming:
        for block in folder.blocks_of(content):
            incoming.write(block)
        if incoming.digest != digest:
            raise DigestWrong(expected=digest, found=incoming.digest)
        incoming.finish()
        incoming.keep()
