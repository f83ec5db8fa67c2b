"""The door of the gateway: questions between desks, each with a purpose (house.md rule 8)."""

from santai.exchange.gateway.actions.ask import answer_from, ask
from santai.exchange.gateway.actions.install_grants import check_grants, install_grants
from santai.exchange.gateway.errors import NotGranted, ProviderRefused, PurposeMissing, TooManyAsks, Unavailable
from santai.exchange.gateway.messages import Asked
from santai.exchange.gateway.queries import counts_by_purpose, grants, recent_asks
from santai.exchange.gateway.rules import provide

__all__ = [
    "Asked",
    "NotGranted",
    "ProviderRefused",
    "PurposeMissing",
    "TooManyAsks",
    "Unavailable",
    "answer_from",
    "ask",
    "check_grants",
    "counts_by_purpose",
    "grants",
    "install_grants",
    "provide",
    "recent_asks",
]
