"""What every message and query that crosses desks has in common.

Messages and queries are frozen dataclasses that change additively: a new field has a default, an old one is never renamed or given
another meaning (docs/adr/0003-contracts-as-frozen-dataclasses.md; tests/architecture/test_contracts_change_additively.py).
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

from santai.kernel.files.service import FileRef


@dataclass(frozen=True, kw_only=True)
class Message:
    """A fact or a request on the bus.

    ``audience`` names the rooms that receive it (``back.approvals``). A fact for many rooms carries references and process state only;
    form content and personal data travel in messages addressed to one room (house.md rule 8).
    """

    name: ClassVar[str]
    audience: ClassVar[tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Query:
    """A question asked through the gateway.

    ``provider`` names the room that answers; ``across_gap`` says what happens when that room is in another zone and cannot be
    reached: ``replica``, the asker's zone answers from its own copy of the provider's entries (small public reference data, found by
    ``replica_fields``) and says of when they are; ``deferred``, the question is kept and asked when the line is back, if the asker can
    use a later answer; ``unavailable``, the asker is told and goes on without.
    """

    name: ClassVar[str]
    provider: ClassVar[str]
    across_gap: ClassVar[Literal["replica", "deferred", "unavailable"]] = "unavailable"
    replica_fields: ClassVar[tuple[str, ...]] = ()
    personal: ClassVar[bool] = False  # personal data: refused unless a grant matches the asker and the purpose


@dataclass(frozen=True, kw_only=True)
class DueDate:
    """One running clock as other desks need to know it."""

    rule: str  # clock rule code
    title: str  # e.g. 承诺办结时限
    starts_on: str  # ISO date: the day of the legal event; day 1 is the next counted day
    due_at: str  # ISO datetime with offset: the end of the last day
    kind: Literal["correction", "acceptance", "promised", "statutory", "step", "answer", "publicity"]
    state: Literal["running", "stopped", "met", "missed", "void"]
    length: int = 0
    unit: Literal["working_day", "calendar_day", "hour", "working_hour"] = "working_day"
    law: str = ""
    clock: str = ""  # identifier of the clock, so that two of one rule are told apart
    finished_at: str = ""  # ISO datetime of the act it waited for; empty while it waits
    stopped_since: str = ""
    stop_cause: str = ""
    extended_by: int = 0


__all__ = ["DueDate", "FileRef", "Message", "Query"]
