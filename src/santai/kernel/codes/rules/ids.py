"""Identifiers: pure functions over text."""

import os
import threading
import time
import uuid

_lock = threading.Lock()
_last = 0


def new_id() -> uuid.UUID:
    """A UUID version 7 (RFC 9562 §5.7): unguessable, in order of time so that indexes stay dense, and in order of making within a process.

    The 12 bits after the milliseconds carry the time further (§6.2, method 3), so that lines written in one act sort as they were
    written; 62 bits are random.
    """
    global _last
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    with _lock:
        stamp = _last = max(milliseconds << 12 | rest * 4096 // 1_000_000, _last + 1)
    value = (stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0x2 << 62
    return uuid.UUID(int=value | int.from_bytes(os.urandom(8)) >> 2)
