"""The door of the ledger: who acts (``Actor``, ``Party``), what a refusal looks like (``ActRefused``), and the record of every act."""

from santai.kernel.ledger.actions.record import record
from santai.kernel.ledger.errors import ActRefused
from santai.kernel.ledger.messages import Actor, Party, PartyKind, system_actor
from santai.kernel.ledger.queries import entries_on

__all__ = ["ActRefused", "Actor", "Party", "PartyKind", "entries_on", "record", "system_actor"]
