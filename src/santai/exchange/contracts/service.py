"""The door of the contracts: every message and query that crosses desks, and the codec that carries them."""

from santai.exchange.contracts.messages.base import DueDate, FileRef, Message, Query
from santai.exchange.contracts.messages.cases import *  # noqa: F403
from santai.exchange.contracts.messages.items import *  # noqa: F403
from santai.exchange.contracts.messages.queries import *  # noqa: F403
from santai.exchange.contracts.rules import MESSAGES, QUERIES, decode, encode

__all__ = ["MESSAGES", "QUERIES", "DueDate", "FileRef", "Message", "Query", "decode", "encode"]  # noqa: PLE0604
