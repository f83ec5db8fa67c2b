"""The door of the bus: the only way a fact or a request goes from one room to another (house.md rules 1 and 9)."""

from santai.exchange.bus.actions.deliver import deliver_mine, deliver_pending
from santai.exchange.bus.actions.letters import forget_delivered, give_up, run_again
from santai.exchange.bus.actions.link import file_for, receive, send_all, send_to
from santai.exchange.bus.actions.publish import publish
from santai.exchange.bus.actions.watermark import publish_watermark, recorded_until, sources
from santai.exchange.bus.adapters import answer_signature, sender_of
from santai.exchange.bus.adapters import call as call_zone
from santai.exchange.bus.errors import LinkDown, LinkRefused, NotADeadLetter, ReasonMissing
from santai.exchange.bus.messages import Envelope, NotYet
from santai.exchange.bus.queries import journeys, lag_seconds, letter, letters, links, queues
from santai.exchange.bus.rules import subscribe

__all__ = [
    "Envelope",
    "LinkDown",
    "LinkRefused",
    "NotADeadLetter",
    "NotYet",
    "ReasonMissing",
    "answer_signature",
    "call_zone",
    "deliver_mine",
    "deliver_pending",
    "file_for",
    "forget_delivered",
    "give_up",
    "journeys",
    "lag_seconds",
    "letter",
    "letters",
    "links",
    "publish",
    "publish_watermark",
    "queues",
    "receive",
    "recorded_until",
    "run_again",
    "send_all",
    "send_to",
    "sender_of",
    "sources",
    "subscribe",
]
