"""What reached the phones of the demonstration: the lines that the SMS interface's file back end wrote."""

import re
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

LINE = re.compile(r"(?P<at>\S+ \S+) (?P<phone>\S+) \[[^\]]*\] (?P<text>.*)")
SHOWN = 30


@dataclass(frozen=True)
class Sms:
    at: str
    phone: str
    text: str


def sent_sms() -> list[Sms]:
    """The newest messages first. Empty before the first one, and where no file is written."""
    path = Path(settings.SMS_FILE)
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as log:
        last = deque(log, maxlen=SHOWN)
    found = [LINE.match(line.strip()) for line in reversed(last)]
    return [Sms(at=one["at"], phone=one["phone"], text=one["text"]) for one in found if one]
