"""Values that cross the door of flow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class ProcessState:
    """A process as it stands now. ``status``: running, ended or cancelled; ``ended_with`` the id of the end event reached."""

    id: UUID
    subject: str
    key: str
    version: int
    status: str
    started_at: datetime
    ended_at: datetime | None = None
    ended_with: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)
    open_elements: tuple[str, ...] = ()
    waiting_for: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Act:
    """One recorded act on a process: the truth that engine state is rebuilt from."""

    number: int
    kind: str  # start complete message cancel claim release transfer delegate
    at: datetime
    element: str
    element_name: str
    outcome: str
    outcome_label: str
    message: str
    data: Mapping[str, Any]
    why: str
    account: str
    name: str
    post_title: str
    organisation: str
    organisation_name: str


@dataclass(frozen=True, kw_only=True)
class ReplayReport:
    """Did the recorded acts, run again on the pinned version, give what the tables say? ``differences`` is empty when equal."""

    subject: str
    acts: int
    differences: tuple[str, ...] = ()

    @property
    def equal(self) -> bool:
        return not self.differences
