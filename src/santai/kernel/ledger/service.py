"""The door of the ledger: who acts (``Actor``, ``Party``), what a refusal looks like (``ActRefused``), the record of every act, and rows
written together at the end of an act or a delivery (``together``, ``append``)."""

from santai.kernel.ledger.actions.fitting import fitting
from santai.kernel.ledger.actions.record import record
from santai.kernel.ledger.actions.together import (
    append,
    as_one_act,
    change,
    flush,
    holding_back,
    one_of_many,
    together,
    write_later,
)
from santai.kernel.ledger.errors import ActRefused
from santai.kernel.ledger.messages import Actor, Party, PartyKind, system_actor
from santai.kernel.ledger.queries import entries_on

__all__ = [
    "ActRefused",
    "Actor",
    "Party",
    "PartyKind",
    "append",
    "as_one_act",
    "change",
    "entries_on",
    "fitting",
    "flush",
    "holding_back",
    "one_of_many",
    "record",
    "system_actor",
    "together",
    "write_later",
]
