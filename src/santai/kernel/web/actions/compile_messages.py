"""Gathers every room's English into one compiled catalogue under the installation's own folder."""

import os
from pathlib import Path

from santai.kernel.web.rules.catalogue import mo_bytes, parse_po


def compile_messages(source: Path, target: Path, language: str = "en") -> int:
    """Write ``<target>/<language>/LC_MESSAGES/django.mo`` from all rooms' ``locale/<language>/LC_MESSAGES/django.po`` under ``source``.

    Returns the number of messages; 0 if the catalogue was already newer than every source. The design system's words are read last:
    where two rooms translate the same text differently, its choice holds.
    """
    files = sorted(source.glob(f"*/*/locale/{language}/LC_MESSAGES/django.po"), key=lambda p: (p.parts[-5] == "web", p))
    made = target / language / "LC_MESSAGES" / "django.mo"
    if made.exists() and all(path.stat().st_mtime <= made.stat().st_mtime for path in files):
        return 0
    messages: dict[str, str] = {}
    for path in files:
        try:
            messages |= parse_po(path.read_text(encoding="utf-8"))
        except ValueError as wrong:
            raise ValueError(f"{path}: {wrong}") from None
    messages[""] = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
    made.parent.mkdir(parents=True, exist_ok=True)
    scratch = made.with_suffix(f".{os.getpid()}")
    scratch.write_bytes(mo_bytes(messages))
    scratch.replace(made)
    return len(messages) - 1
