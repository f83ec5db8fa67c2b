"""What a provider learns about a question."""

from dataclasses import dataclass
from datetime import datetime

from santai.kernel.ledger.service import Actor


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who asks, for what purpose, about which case, draft or duty, and when."""

    actor: Actor
    purpose: str
    subject: str  # "case:…", "draft:…", "duty:…"
    at: datetime
    zone: str  # where the question came from
