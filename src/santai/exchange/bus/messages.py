"""What travels with a message, and what a handler may say instead of handling it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from santai.kernel.ledger.service import Actor


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """The outside of a message: the same in every zone it passes."""

    id: UUID
    origin: str  # the zone that published it
    name: str
    published_at: datetime
    order_key: str  # messages with the same key from the same zone arrive in the order they were published; empty: no order
    actor: Actor


class NotYet(Exception):
    """Raised by a handler whose message refers to something that has not arrived: it waits, without counting as a failure."""
