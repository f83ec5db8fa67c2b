"""What a provider learns about a question."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from santai.exchange.contracts.messages.base import Query
from santai.kernel.ledger.service import Actor


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who asks, for what purpose, about which case, draft or duty, and when."""

    actor: Actor
    purpose: str
    subject: str  # "case:…", "draft:…", "duty:…"
    at: datetime
    zone: str  # where the question came from


@dataclass(frozen=True, kw_only=True)
class Later:
    """A question that had to wait for the line: ``answered_at`` None while it does; ``outcome`` answered, or the refusal's code."""

    query: Query
    asked_at: datetime
    answered_at: datetime | None
    outcome: str
    answer: Any
