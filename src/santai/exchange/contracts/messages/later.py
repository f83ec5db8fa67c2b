"""The later life of a decision: promises, acts on licences, credit records, publication."""

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from santai.exchange.contracts.messages.base import Message, Query
from santai.exchange.contracts.messages.cases import MaterialHandedIn
from santai.kernel.ledger.service import Party


@dataclass(frozen=True, kw_only=True)
class PromisedMaterial:
    """One material that follows later (容缺)."""

    code: str
    name: str
    due_on: str  # ISO date, the last day
    completed_at: str = ""


@dataclass(frozen=True, kw_only=True)
class MaterialsPromised(Message):
    """What is still to be handed in, as it stands after acceptance or after something was handed in."""

    name: ClassVar[str] = "back.permits.materials_promised"
    audience: ClassVar[tuple[str, ...]] = ("front.hall",)

    case_no: str
    basis: str
    materials: tuple[PromisedMaterial, ...]


@dataclass(frozen=True, kw_only=True)
class MaterialsCompleted(Message):
    """The applicant hands in what was promised."""

    name: ClassVar[str] = "front.hall.materials_completed"
    audience: ClassVar[tuple[str, ...]] = ("back.permits",)

    case_no: str
    completed_at: str
    materials: tuple[MaterialHandedIn, ...]


@dataclass(frozen=True, kw_only=True)
class CommitmentWithdrawn(Message):
    """The applicant takes the commitment back before the decision: the case goes the ordinary way."""

    name: ClassVar[str] = "front.hall.commitment_withdrawn"
    audience: ClassVar[tuple[str, ...]] = ("back.permits",)

    case_no: str
    withdrawn_at: str


@dataclass(frozen=True, kw_only=True)
class LicenceActDecided(Message):
    """A decision about a licence that exists. Addressed to licences only; what became of it comes back as LicenceRevoked, LicenceIssued."""

    name: ClassVar[str] = "back.permits.licence_act_decided"
    audience: ClassVar[tuple[str, ...]] = ("exchange.licences",)

    act_id: str
    identifier: str
    act: Literal["revoke", "recall", "cancel", "lapse", "replace", "transfer"]
    reason: str
    decided_at: str
    document_no: str = ""
    case_no: str = ""
    to: Party | None = None  # transfer: the new holder


@dataclass(frozen=True, kw_only=True)
class CreditEventFound(Message):
    """Something for a credit record. Addressed to credit only: it names a person or firm."""

    name: ClassVar[str] = "back.permits.credit_event_found"
    audience: ClassVar[tuple[str, ...]] = ("exchange.credit",)

    event_id: str
    subject: Party
    # 虚假承诺 · 未履行承诺 · 欺骗取得许可被撤销 · 虚假材料未获许可
    kind: Literal["false_commitment", "unkept_commitment", "permit_by_fraud", "false_materials"]
    level: Literal["minor", "general", "serious"]
    text: str
    organisation: str
    organisation_name: str
    case_no: str
    item_code: str
    basis: str
    decided_at: str
    barred_item_until: str = ""  # ISO date, the last day on which the item may not be applied for (行政许可法 78, 79)


@dataclass(frozen=True, kw_only=True)
class CreditStanding(Query):
    """What a subject's credit records bar on a day."""

    name: ClassVar[str] = "exchange.credit.credit_standing"
    personal: ClassVar[bool] = True
    provider: ClassVar[str] = "exchange.credit"

    subject_code: str
    item_code: str = ""
    on: str  # ISO date


@dataclass(frozen=True, kw_only=True)
class CreditAnswer:
    """``promises_barred``: 告知承诺 and 容缺 are not open until credit is repaired. Reasons are for the subject to read."""

    promises_barred: bool = False
    reasons: tuple[str, ...] = ()
    item_barred_until: str = ""
    item_bar_years: int = 0
    item_bar_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class DecisionPublished(Message):
    """双公示: one decision for the public. Only what may be shown stands in it: a natural person's number never does."""

    name: ClassVar[str] = "back.permits.decision_published"
    audience: ClassVar[tuple[str, ...]] = ("exchange.credit",)

    publication_id: str
    kind: Literal["licence", "penalty", "inspection"]
    document_no: str
    document_title: str
    organisation: str
    organisation_name: str
    party_name: str  # a natural person's is masked
    party_code: str = ""  # credit code of a firm; empty for a person
    fields: dict[str, str] = field(default_factory=dict)  # label → value in the order of the national list
    decided_on: str
    published_at: str


@dataclass(frozen=True, kw_only=True)
class DecisionUnpublished(Message):
    """Taken down, with the reason that is shown in its place (行政处罚法 48)."""

    name: ClassVar[str] = "back.permits.decision_unpublished"
    audience: ClassVar[tuple[str, ...]] = ("exchange.credit",)

    publication_id: str
    reason: str
    at: str


@dataclass(frozen=True, kw_only=True)
class PublicationQuestioned(Message):
    """Somebody says that a published decision is wrong."""

    name: ClassVar[str] = "exchange.credit.publication_questioned"
    audience: ClassVar[tuple[str, ...]] = ("back.permits",)

    question_id: str
    publication_id: str
    text: str
    by: str
    phone: str
    asked_at: str


@dataclass(frozen=True, kw_only=True)
class PublicationAnswered(Message):
    """What the department found."""

    name: ClassVar[str] = "back.permits.publication_answered"
    audience: ClassVar[tuple[str, ...]] = ("exchange.credit",)

    question_id: str
    right: bool
    text: str
    answered_at: str
