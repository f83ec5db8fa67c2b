"""The case (办件) as it walks between the desks. ``case_no`` is the order key of all of these."""

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from santai.exchange.contracts.messages.base import DueDate, FileRef, Message
from santai.kernel.ledger.service import Party


@dataclass(frozen=True, kw_only=True)
class MaterialHandedIn:
    code: str
    name: str
    files: tuple[FileRef, ...] = ()
    from_licence: str = ""  # identifier of the licence it was taken from
    from_register: str = ""
    follows_later: bool = False
    # what a window found when it looked at the paper (材料逐项审查); empty where nobody has looked yet
    copies: int = 0
    original_seen: bool = False
    verdict: Literal["", "qualified", "unqualified", "to_correct"] = ""
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class Assistance:
    """Filed at a window by a clerk for the person present, who stays the applicant (窗口收件)."""

    visit: str  # number of the visit
    organisation: str
    organisation_name: str
    clerk: str
    post_title: str = ""
    identified_by: str = ""  # how the person was identified, in words
    consent: str = ""  # what the person agreed to, in words
    authority: str = ""  # the paper authority seen, when the applicant is not the person present
    receipt_no: str = ""  # 收件凭证
    entered_at: str = ""  # 停机补录: when it was typed; received_at is the true time of receipt
    late_reason: str = ""
    approved_by: str = ""
    moved_from: str = ""  # the case it was moved from, filed under a wrong item (事项选错)


@dataclass(frozen=True, kw_only=True)
class Signature:
    signer: str
    role: str
    signed_at: str
    method: str
    digest: str  # of the canonical form that was shown


# 新办 变更 延续 补领
Business = Literal["new", "change", "renew", "replace"]


@dataclass(frozen=True, kw_only=True)
class CommitmentMade:
    """告知承诺 as it was signed: ``digest`` of the text shown (conditions, standards, consequences, commitment). Empty: not chosen."""

    signer: str = ""
    signed_at: str = ""
    digest: str = ""


@dataclass(frozen=True, kw_only=True)
class ApplicationSubmitted(Message):
    """Filed at the front desk, with its final case number and time of receipt."""

    name: ClassVar[str] = "front.hall.application_submitted"
    audience: ClassVar[tuple[str, ...]] = ("back.approvals",)

    case_no: str
    item_code: str
    item_version: int
    received_at: str
    applicant: Party
    filed_by: Party
    channel: Literal["online", "counter", "phone", "api"] = "online"
    authorisation: str = ""
    form: str
    form_version: int
    content: dict[str, Any]
    materials: tuple[MaterialHandedIn, ...] = ()
    signatures: tuple[Signature, ...] = ()
    prefilled: dict[str, str] = field(default_factory=dict)  # path → origin text, for the examiner
    business: Business = "new"
    licence: str = ""  # identifier of the licence to change, renew or replace
    commitment: CommitmentMade = field(default_factory=CommitmentMade)
    assistance: Assistance | None = None


@dataclass(frozen=True, kw_only=True)
class ApplicationCorrected(Message):
    """The applicant's one answer to a correction notice."""

    name: ClassVar[str] = "front.hall.application_corrected"
    audience: ClassVar[tuple[str, ...]] = ("back.approvals",)

    case_no: str
    notice_no: str
    corrected_at: str
    content: dict[str, Any]
    materials: tuple[MaterialHandedIn, ...] = ()
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ApplicationWithdrawn(Message):
    name: ClassVar[str] = "front.hall.application_withdrawn"
    audience: ClassVar[tuple[str, ...]] = ("back.approvals",)

    case_no: str
    withdrawn_at: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ApplicantConsented(Message):
    """The applicant agrees to something the office may only do with consent; ``to``: move_item (改办)."""

    name: ClassVar[str] = "front.hall.applicant_consented"
    audience: ClassVar[tuple[str, ...]] = ("back.approvals",)

    case_no: str
    to: str
    consented_at: str


@dataclass(frozen=True, kw_only=True)
class ApplicantWrote(Message):
    """A line in the thread between applicant and handler; ``urges`` marks 催办."""

    name: ClassVar[str] = "front.hall.applicant_wrote"
    audience: ClassVar[tuple[str, ...]] = ("back.approvals",)

    case_no: str
    message_id: str
    written_at: str
    by: str
    text: str
    urges: bool = False


@dataclass(frozen=True, kw_only=True)
class ResultReceived(Message):
    """The applicant opened or collected the result: proof of delivery."""

    name: ClassVar[str] = "front.hall.result_received"
    audience: ClassVar[tuple[str, ...]] = ("back.approvals", "back.delivery")

    case_no: str
    document_no: str
    received_at: str
    by: str


@dataclass(frozen=True, kw_only=True)
class ResultsHandedOut(Message):
    """出件登记: the applicant or a representative collected what the case produced and signed for it at a window."""

    name: ClassVar[str] = "front.counter.results_handed_out"
    audience: ClassVar[tuple[str, ...]] = ("back.approvals", "back.delivery")

    case_no: str
    handout_no: str
    handed_out_at: str
    collector: Party
    relation: str  # in words: 本人, 代理人 …
    authority: str = ""  # the paper by which a representative collects
    signature: Literal["drawn", "confirmed"] = "confirmed"
    documents: tuple[str, ...] = ()  # numbers of documents and licences


@dataclass(frozen=True, kw_only=True)
class ServiceAddressConfirmed(Message):
    """送达地址确认书: where papers reach the person, and whether electronic service was agreed to; the newest binds."""

    name: ClassVar[str] = "front.counter.service_address_confirmed"
    audience: ClassVar[tuple[str, ...]] = ("back.approvals", "back.delivery")

    address_no: str
    person: Party  # the applicant
    case_no: str = ""  # empty: every case of the person from then on
    recipient: str
    phone: str = ""
    address: str = ""
    postcode: str = ""
    electronic: bool = False
    electronic_to: str = ""  # the number or address of electronic service; empty: the person's space
    confirmed_at: str
    confirmed_with: str  # the clerk and the organisation


@dataclass(frozen=True, kw_only=True)
class OfficialWrote(Message):
    """The handler's line in the thread."""

    name: ClassVar[str] = "back.approvals.official_wrote"
    audience: ClassVar[tuple[str, ...]] = ("front.hall",)

    case_no: str
    message_id: str
    written_at: str
    by: str
    organisation_name: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Defect:
    """One thing to correct: where, what, and the department that asks."""

    id: str
    branch: str
    organisation_name: str
    text: str
    field: str = ""  # path in the shared form, when it is about a field
    material: str = ""  # material code, when it is about a material


@dataclass(frozen=True, kw_only=True)
class CorrectionRequested(Message):
    """The one complete notice (一次性告知), united over all departments."""

    name: ClassVar[str] = "back.approvals.correction_requested"
    audience: ClassVar[tuple[str, ...]] = ("front.hall",)

    case_no: str
    notice_no: str
    requested_at: str
    respond_by: str
    defects: tuple[Defect, ...]


@dataclass(frozen=True, kw_only=True)
class DocumentServed(Message):
    """A numbered, sealed document for the applicant (受理通知书, 一次性告知书, 决定书 …)."""

    name: ClassVar[str] = "back.approvals.document_served"
    audience: ClassVar[tuple[str, ...]] = ("front.hall",)

    case_no: str
    sub_case_no: str = ""
    document_no: str
    title: str
    kind: str
    issued_at: str
    organisation_name: str
    file: FileRef


@dataclass(frozen=True, kw_only=True)
class NoticeWanted(Message):
    """Tell the applicant something by in-app message, mail or SMS; addressed to notices only."""

    name: ClassVar[str] = "exchange.notices.notice_wanted"
    audience: ClassVar[tuple[str, ...]] = ("exchange.notices",)

    to: Party
    template: str
    facts: dict[str, str]
    case_no: str = ""
    wanted_at: str = ""


@dataclass(frozen=True, kw_only=True)
class NoticeSent(Message):
    """An in-app message for the person's space."""

    name: ClassVar[str] = "exchange.notices.notice_sent"
    audience: ClassVar[tuple[str, ...]] = ("front.space",)

    notice_id: str
    to: Party
    title: str
    text: str
    case_no: str = ""
    sent_at: str
    channels: tuple[str, ...] = ("in_app",)


# The life of a case, as events every desk may hear. No form content, no personal data.
CaseEvent = Literal[
    "received",  # 收件
    "taken_in",  # 综合窗口收件
    "sub_case_opened",
    "material_checked",
    "correction_requested",  # 补正告知
    "corrected",
    "accepted",  # 受理
    "deemed_accepted",  # 视为受理
    "not_accepted",  # 不予受理
    "claimed",
    "transferred",
    "examined",  # 审查
    "returned",  # 退回上一步
    "stopped",  # 特别程序开始
    "resumed",
    "extended",  # 延长
    "extension_asked",
    "extension_refused",
    "decided",  # 决定 准予/不予
    "recorded",  # 备案/报告/推送 办结
    "licence_issued",
    "served",  # 送达
    "withdrawn",
    "terminated",
    "completed",  # 办结
    "urged",  # 催办
    "answered",  # 回复
    "given_up",
    "rescheduled",  # the working calendar was changed: new deadlines
    "correction_lapsed",  # the applicant's time to correct is over
    "tolerance_promised",  # 容缺受理: materials follow later
    "tolerance_kept",
    "tolerance_lapsed",
    "commitment_dropped",  # 撤回承诺，转一般程序
    "verification_due",  # 告知承诺核查开始计时
    "verified",
    "rectify_ordered",
    "rectified",
    "renewed_by_silence",
    "licence_revoked",
    "licence_recalled",
    "licence_cancelled",
    "licence_changed",
    "publication_due",  # 双公示开始计时
    "published",
    "unpublished",
    "handed_to_regulator",
    "regulator_claimed",
    "corrected_slip",  # 更正
    "reopened",
    "review_wanted",  # another part was refused after this one's result was out
    "reviewed",
    "hearing_told",  # 告知听证权利
    "hearing_requested",
    "hearing_waived",
    "hearing_notified",
    "hearing_held",
    "prereview_returned",  # sent back before acceptance without saying what is missing: no notice, and supervised
    "supplemented",  # the applicant handed in more before anybody asked
    "fixed_on_spot",  # 当场更正
    "item_moved",  # 改办: moved to the right item with the applicant's consent
    "consented",
    "procedure_overdue",  # a special procedure takes longer than the applicant was told
    "inspected",  # 现场核查
    "testers_named",
    "opinion_asked",  # 征求意见
    "opinion_given",
    "opinion_overdue",
    "party_noted",  # 利害关系人
    "party_told",
    "party_heard",
    "noticed",  # 公示
    "objected",
    "document_corrected",  # 更正
    "annulled",  # 复议、判决撤销
    "reopened",
    "rectification_told",  # 备案后告知纠正
    "verification_asked",  # 推送: 提请核实
]


@dataclass(frozen=True, kw_only=True)
class CaseProgressed(Message):
    """One step in a case's life. ``sub_case_no`` empty: the case as a whole.

    ``clocks`` lists every clock that changed with this step, so that hall can show the remaining time and supervision can watch
    without asking back.
    """

    name: ClassVar[str] = "back.approvals.case_progressed"
    audience: ClassVar[tuple[str, ...]] = ("front.hall", "oversight.supervision")

    case_no: str
    event: CaseEvent
    at: str
    item_code: str
    item_name: str
    sub_case_no: str = ""
    branch: str = ""
    nature: str = ""
    organisation: str = ""
    organisation_name: str = ""
    region: str = ""
    step: str = ""  # name of the step now current, in Chinese
    state: str = ""  # state of the case or sub-case after the event
    by_post: str = ""
    by_name: str = ""
    text: str = ""  # a plain sentence for the timeline
    reason: str = ""
    outcome: str = ""  # granted / refused / recorded / withdrawn / terminated
    document_no: str = ""
    clocks: tuple[DueDate, ...] = ()
    public: bool = True  # may the applicant see it?
    facts: dict[str, str] = field(default_factory=dict)


# -- a department that works in its own line system ----------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class TaskHandedOver(Message):
    """A sub-case's work for a line system; content addressed to the connector only."""

    name: ClassVar[str] = "back.approvals.task_handed_over"
    audience: ClassVar[tuple[str, ...]] = ("back.connectors",)

    case_no: str
    sub_case_no: str
    organisation: str
    step: str
    content: dict[str, Any]
    handed_over_at: str


@dataclass(frozen=True, kw_only=True)
class TaskCalledBack(Message):
    """What was handed over is no longer to be done: the part ended otherwise (withdrawn, not accepted, fell with another)."""

    name: ClassVar[str] = "back.approvals.task_called_back"
    audience: ClassVar[tuple[str, ...]] = ("back.connectors",)

    case_no: str
    sub_case_no: str
    called_back_at: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class LineSystemReported(Message):
    """What a line system answers: a receipt, a defect list, or its outcome."""

    name: ClassVar[str] = "back.connectors.line_system_reported"
    audience: ClassVar[tuple[str, ...]] = ("back.approvals",)

    case_no: str
    sub_case_no: str
    kind: Literal["receipt", "complete", "defects", "examined", "granted", "refused", "recorded", "advised_against"]
    at: str
    by: str
    reference: str = ""
    text: str = ""
    defects: tuple[str, ...] = ()


# -- licences, ratings, supervision ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class LicenceWanted(Message):
    """A decision to grant: make the e-licence. Addressed to licences only."""

    name: ClassVar[str] = "exchange.licences.licence_wanted"
    audience: ClassVar[tuple[str, ...]] = ("exchange.licences",)

    request_id: str
    case_no: str
    sub_case_no: str = ""
    licence_type: str
    holder: Party
    organisation: str
    organisation_name: str
    decided_at: str
    valid_from: str
    valid_to: str = ""  # empty: 长期
    fields: dict[str, str]
    business: Business = "new"
    previous: str = ""  # identifier of the version that is changed, renewed or replaced


@dataclass(frozen=True, kw_only=True)
class LicenceIssued(Message):
    """The sealed licence exists and can be verified."""

    name: ClassVar[str] = "exchange.licences.licence_issued"
    audience: ClassVar[tuple[str, ...]] = ("back.approvals", "front.hall", "back.permits")

    request_id: str
    case_no: str
    sub_case_no: str = ""
    identifier: str  # 1.2.156.3005.2.…
    number: str
    title: str
    licence_type: str
    holder: Party
    organisation_name: str
    issued_at: str
    valid_to: str = ""
    verify_path: str  # e.g. /v/…
    file: FileRef
    valid_from: str = ""
    version: int = 1
    previous: str = ""  # identifier of the version it takes the place of
    organisation: str = ""


@dataclass(frozen=True, kw_only=True)
class LicenceRevoked(Message):
    name: ClassVar[str] = "exchange.licences.licence_revoked"
    audience: ClassVar[tuple[str, ...]] = ("back.approvals", "front.hall", "back.permits")

    identifier: str
    case_no: str
    revoked_at: str
    reason: str
    state: str


@dataclass(frozen=True, kw_only=True)
class CaseRated(Message):
    """好差评: five levels, 1 非常满意 … 5 非常不满意. No rater's name travels."""

    name: ClassVar[str] = "front.ratings.case_rated"
    audience: ClassVar[tuple[str, ...]] = ("oversight.supervision", "back.approvals")

    case_no: str
    level: int
    tags: tuple[str, ...] = ()
    text: str = ""
    organisation: str = ""
    item_code: str = ""
    rated_at: str


@dataclass(frozen=True, kw_only=True)
class CardIssued(Message):
    """A prompt, warning, yellow or red card; the department answers it at its desk."""

    name: ClassVar[str] = "oversight.supervision.card_issued"
    audience: ClassVar[tuple[str, ...]] = ("back.approvals",)

    card_no: str
    level: Literal["prompt", "warning", "yellow", "red"]
    case_no: str
    sub_case_no: str = ""
    organisation: str
    rule: str
    text: str
    issued_at: str
    answer_by: str = ""


@dataclass(frozen=True, kw_only=True)
class CardAnswered(Message):
    """The department's answer to a card."""

    name: ClassVar[str] = "back.approvals.card_answered"
    audience: ClassVar[tuple[str, ...]] = ("oversight.supervision",)

    card_no: str
    text: str
    answered_at: str
    by_name: str
    by_post: str


@dataclass(frozen=True, kw_only=True)
class CardReviewed(Message):
    """What became of a card: answer accepted, answer sent back, escalated (督办), withdrawn, or closed because the act was done."""

    name: ClassVar[str] = "oversight.supervision.card_reviewed"
    audience: ClassVar[tuple[str, ...]] = ("back.approvals",)

    card_no: str
    verdict: Literal["accepted", "returned", "escalated", "withdrawn", "closed"]
    text: str = ""
    reviewed_at: str
    by_name: str = ""
    answer_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Watermark(Message):
    """Everything the zone recorded up to ``recorded_until`` has been published (house.md rule 6)."""

    name: ClassVar[str] = "exchange.bus.watermark"
    audience: ClassVar[tuple[str, ...]] = ("oversight.supervision",)

    source: str
    recorded_until: str
