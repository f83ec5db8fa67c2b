"""Message catalogues: GNU .po text to the binary .mo that gettext reads, without the gettext tools (they are no Python package)."""

import ast
import struct


def parse_po(text: str) -> dict[str, str]:
    """Messages of a .po file: ``context\\4id`` → translation; plural forms as ``one\\0many`` → ``one\\0many``.

    Fuzzy and empty ones are left out.

    ValueError with the line for text that is no .po.
    """
    messages: dict[str, str] = {}
    entry: dict[str, str] = {}
    fuzzy = False
    key = ""

    def close() -> None:
        nonlocal entry, fuzzy
        if "msgid" in entry and (not fuzzy or entry["msgid"] == ""):
            name = entry["msgid"] + ("\0" + entry["msgid_plural"] if "msgid_plural" in entry else "")
            name = (entry["msgctxt"] + "\4" if "msgctxt" in entry else "") + name
            forms = [entry[k] for k in sorted(entry) if k.startswith("msgstr")]
            if any(forms):
                messages[name] = "\0".join(forms)
        entry, fuzzy = {}, False

    for place, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line:
            close()
            key = ""
        elif line.startswith("#"):
            if line.startswith("#~"):
                continue
            if key.startswith("msgstr"):
                close()
                key = ""
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
        elif line.startswith("msg"):
            word, _, value = line.partition(" ")
            if word in ("msgid", "msgctxt") and key.startswith("msgstr"):
                close()
            key = word
            entry[key] = _quoted(value, place)
        elif line.startswith('"') and key:
            entry[key] += _quoted(line, place)
        else:
            raise ValueError(f"line {place}: {line}")
    close()
    return messages


def _quoted(text: str, place: int) -> str:
    try:
        value = ast.literal_eval(text.strip())
    except (SyntaxError, ValueError):
        raise ValueError(f"line {place}: {text}") from None
    if not isinstance(value, str):
        raise ValueError(f"line {place}: {text}")
    return value


def mo_bytes(messages: dict[str, str]) -> bytes:
    """The .mo file of ``messages`` (little-endian, sorted, no hash table)."""
    pairs = sorted((k.encode(), v.encode()) for k, v in messages.items())
    ids, texts = b"", b""
    places: list[tuple[int, int, int, int]] = []
    for key, value in pairs:
        places.append((len(key), len(ids), len(value), len(texts)))
        ids += key + b"\0"
        texts += value + b"\0"
    start_ids = 28 + 16 * len(pairs)
    start_texts = start_ids + len(ids)
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start_ids)
    key_table = b"".join(struct.pack("<2I", n, at + start_ids) for n, at, _, _ in places)
    text_table = b"".join(struct.pack("<2I", n, at + start_texts) for _, _, n, at in places)
    return head + key_table + text_table + ids + texts
