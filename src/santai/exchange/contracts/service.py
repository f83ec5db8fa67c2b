"""The door of the contracts: every message and query that crosses desks, the codec that carries them, and what an item version decides."""

from santai.exchange.contracts.messages.base import DueDate, FileRef, Message, Query
from santai.exchange.contracts.messages.cases import *  # noqa: F403
from santai.exchange.contracts.messages.hearings import *  # noqa: F403
from santai.exchange.contracts.messages.items import *  # noqa: F403
from santai.exchange.contracts.messages.later import *  # noqa: F403
from santai.exchange.contracts.messages.payments import *  # noqa: F403
from santai.exchange.contracts.messages.projects import *  # noqa: F403
from santai.exchange.contracts.messages.queries import *  # noqa: F403
from santai.exchange.contracts.messages.workorders import *  # noqa: F403
from santai.exchange.contracts.queries import (
    KINDS,
    conditions_said,
    decision_said,
    decision_table,
    fees_due,
    input_domains,
    joined_branches,
    needed_materials,
    typed_answers,
)
from santai.exchange.contracts.rules import MESSAGES, QUERIES, commitment_digest, decode, encode, months_later, renewal_window

__all__ = [  # noqa: PLE0604
    "KINDS",
    "MESSAGES",
    "QUERIES",
    "DueDate",
    "FileRef",
    "Message",
    "Query",
    "commitment_digest",
    "conditions_said",
    "decision_said",
    "decision_table",
    "decode",
    "encode",
    "fees_due",
    "input_domains",
    "joined_branches",
    "months_later",
    "needed_materials",
    "renewal_window",
    "typed_answers",
]
