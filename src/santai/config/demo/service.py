"""The door of the demonstration: history, time, the way back, and what the pages read."""

import os

from santai.config.demo.errors import DemoCityOnly, NothingKept, OneZoneOnly
from santai.config.demo.fast_forward import back_to_real_time, fast_forward
from santai.config.demo.history import Written, refuse_elsewhere, write_history
from santai.config.demo.sms import Sms, sent_sms
from santai.config.demo.snapshot import go_back, keep, kept_at
from santai.front.hall.service import CaseView

FIRST_HISTORY_SECONDS = 15.0  # what the first start may spend on it


def furnish() -> Written | None:
    """After packs were installed: a new city gets some history and is remembered as it is then; a used one is left alone."""
    if CaseView.objects.exists() or os.environ.get("SANTAI_DEMO_HISTORY") == "0":
        return None
    return write_history(months=6, count=400, seconds=FIRST_HISTORY_SECONDS)


__all__ = [
    "DemoCityOnly",
    "NothingKept",
    "OneZoneOnly",
    "Sms",
    "Written",
    "back_to_real_time",
    "fast_forward",
    "furnish",
    "go_back",
    "keep",
    "kept_at",
    "refuse_elsewhere",
    "sent_sms",
    "write_history",
]
