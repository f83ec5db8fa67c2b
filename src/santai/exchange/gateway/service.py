"""The door of the gateway: questions between desks, each with a purpose (house.md rule 8)."""

from santai.exchange.gateway.actions.ask import answer_from, answers_for, ask, ask_waiting
from santai.exchange.gateway.actions.install_grants import check_grants, install_grants
from santai.exchange.gateway.actions.replicas import offer_replica, refresh_replicas
from santai.exchange.gateway.actions.wait import forget_answered
from santai.exchange.gateway.errors import Deferred, NotGranted, ProviderRefused, PurposeMissing, TooManyAsks, Unavailable
from santai.exchange.gateway.messages import Asked, Later
from santai.exchange.gateway.queries import counts_by_purpose, grants, recent_asks, replicas, waiting_asks
from santai.exchange.gateway.rules import provide, replicate

__all__ = [
    "Asked",
    "Deferred",
    "Later",
    "NotGranted",
    "ProviderRefused",
    "PurposeMissing",
    "TooManyAsks",
    "Unavailable",
    "answer_from",
    "answers_for",
    "ask",
    "ask_waiting",
    "check_grants",
    "counts_by_purpose",
    "forget_answered",
    "grants",
    "install_grants",
    "offer_replica",
    "provide",
    "recent_asks",
    "refresh_replicas",
    "replicas",
    "replicate",
    "waiting_asks",
]
