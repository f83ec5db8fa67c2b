"""The door of the bus: the only way a fact or a request goes from one room to another (house.md rules 1 and 9)."""

from santai.exchange.bus.actions.deliver import deliver_pending
from santai.exchange.bus.actions.publish import publish
from santai.exchange.bus.adapters import answer_signature, sender_of
from santai.exchange.bus.adapters import call as call_zone
from santai.exchange.bus.errors import LinkDown, LinkRefused
from santai.exchange.bus.messages import Envelope, NotYet
from santai.exchange.bus.rules import subscribe

__all__ = [
    "Envelope",
    "LinkDown",
    "LinkRefused",
    "NotYet",
    "answer_signature",
    "call_zone",
    "deliver_pending",
    "publish",
    "sender_of",
    "subscribe",
]
