"""A content-addressed folder: ``ab/cd/abcd…``. A file is either there whole or not at all."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings

BLOCK = 1 << 20


def path_of(digest: str) -> Path:
    """Where a digest lives; ValueError for anything that is no SHA-256 in hex."""
    if len(digest) != 64 or not all(c in "0123456789abcdef" for c in digest):
        raise ValueError(digest)
    return Path(settings.FILES_DIR) / digest[:2] / digest[2:4] / digest


def blocks_of(content: bytes | IO[bytes]) -> Iterator[bytes]:
    if isinstance(content, bytes):
        for start in range(0, len(content), BLOCK):
            yield content[start : start + BLOCK]
        return
    if content.seekable():
        content.seek(0)
    while block := content.read(BLOCK):
        yield block


class Incoming:
    """Bytes on their way in: written to a temporary file beside the store, kept by a rename or dropped."""

    def __init__(self) -> None:
        folder = Path(settings.FILES_DIR) / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix="file-")
        self.path = Path(name)
        self._file = os.fdopen(handle, "wb")
        self._hash = hashlib.sha256()
        self.size = 0

    def __enter__(self) -> "Incoming":
        return self

    def __exit__(self, *exception: object) -> None:
        self._file.close()
        self.path.unlink(missing_ok=True)

    def write(self, block: bytes) -> None:
        self._file.write(block)
        self._hash.update(block)
        self.size += len(block)

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    def finish(self) -> None:
        """All bytes are on the disk; the file may now be looked into."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def keep(self) -> None:
        """Give it its place. Another process that keeps the same content at the same moment does no harm: both are equal."""
        target = path_of(self.digest)
        if target.exists():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        self.path.chmod(0o640)
        self.path.replace(target)
        _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def part_path(upload: object) -> Path:
    """Where an unfinished upload gathers."""
    folder = Path(settings.FILES_DIR) / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{upload}.part"


def write_part(path: Path, offset: int, chunk: bytes) -> None:
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.seek(offset)
        file.write(chunk)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())
