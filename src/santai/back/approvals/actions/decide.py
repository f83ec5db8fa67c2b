"""决定: grant or refuse one department's part, by the officer entitled to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from santai.back.approvals.actions.close_branch import close_branch
from santai.back.approvals.actions.hearing_common import hearing_allows
from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.approvals.adapters import BEFORE_DECIDE, each
from santai.back.approvals.before_decision import may_be_decided, may_be_granted, may_be_refused
from santai.back.approvals.errors import NotReadyToFinish, OutsideMandate, SameOfficer, Unreachable, WrongStep
from santai.back.approvals.models import ServedDocument
from santai.back.approvals.queries import branch_of_sub_case, entrusted, item_of
from santai.back.approvals.rules.branches import at_path
from santai.back.approvals.rules.outcome import licences_wait, may_finish
from santai.back.cases.service import Case, SubCase, current_content, lock_sub_case, write_back, write_opinion
from santai.exchange.contracts.service import AssignCreditCode, CreditCodeAnswer, RegisterLegalEntity
from santai.exchange.gateway.service import Unavailable, ask
from santai.kernel.access.service import require
from santai.kernel.flow.service import complete_task, get_task
from santai.kernel.forms.service import get_form, shown_at
from santai.kernel.ledger.service import Actor, as_one_act


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What is decided. ``remedies``: None, the platform computes them; else what a department's own letter would say of them."""

    outcome: str
    reason: str = ""
    opinion: str = ""
    technical_standard: str = ""
    remedies: str | None = None
    on_record: bool = False  # rests on the record of the hearing that was held


def decide(
    *,
    sub_case_no: str,
    task: UUID,
    outcome: str,
    reason: str,
    actor: Actor,
    at: datetime,
    opinion: str = "",
    technical_standard: str = "",
    remedies: str | None = None,
    on_record: bool = False,
) -> SubCase:
    """``outcome``: granted, refused (with reasons and remedies) or returned to examination.

    A registration that creates a firm gets its credit code first: the reservation is made outside the transaction (it is idempotent a
    case and shown to nobody), and only for an officer who may decide. Then decision, entry in the register, document, clock, write-back
    and messages commit together; the entry comes last before them, when nothing of ours can fail any more.
    ``on_record``: the decision rests on the record of the hearing that was held (行政许可法 48).
    Errors: those of ``may_be_decided`` (what the law wants before a decision), NotAllowed, WrongStep, TaskAlreadyDone, SameOfficer,
    ReasonMissing, NotReadyToFinish, Unreachable, and what the register refuses (a name that another firm has).
    """
    ruling = Ruling(
        outcome=outcome,
        reason=reason.strip(),
        opinion=opinion,
        technical_standard=technical_standard.strip(),
        remedies=remedies,
        on_record=on_record,
    )
    code = _reserved_code(sub_case_no, task, ruling, actor, at)
    return _decide(sub_case_no, task, ruling, code, actor, at)


def _may_decide(sub_case: SubCase, task: UUID, ruling: Ruling, actor: Actor, at: datetime) -> None:
    """Every ground on which the decision is refused."""
    may_be_decided(sub_case, at)
    current = get_task(task)
    if current.subject != f"subcase:{sub_case.sub_case_no}" or current.element not in ("decide", "instant"):
        raise WrongStep()
    require(actor, current.role, organisation=sub_case.organisation)
    if not entrusted(sub_case, ruling.outcome, actor):
        raise OutsideMandate()
    if current.element == "decide" and sub_case.examined_by == actor.account:
        raise SameOfficer()
    if ruling.outcome not in ("granted", "refused", "returned"):
        raise WrongStep()
    if ruling.outcome == "refused":
        may_be_refused(sub_case, ruling.reason, ruling.technical_standard, ruling.remedies)
    if ruling.outcome == "granted":
        may_be_granted(sub_case)
        outcomes = dict(SubCase.objects.filter(case=sub_case.case_id).values_list("branch", "outcome"))
        if not may_finish(finishes_after=sub_case.finishes_after, outcomes=outcomes):
            raise NotReadyToFinish()
    if ruling.outcome != "returned":
        each(BEFORE_DECIDE, sub_case=sub_case, outcome=ruling.outcome, reason=ruling.reason, at=at)


@as_one_act
def _decide(sub_case_no: str, task: UUID, ruling: Ruling, code: str, actor: Actor, at: datetime) -> SubCase:
    sub_case = lock_sub_case(sub_case_no)
    case = sub_case.case
    outcome, reason, opinion = ruling.outcome, ruling.reason, ruling.opinion
    _may_decide(sub_case, task, ruling, actor, at)
    if outcome != "returned":
        hearing_allows(sub_case, on_record=ruling.on_record, at=at)
    complete_task(task=task, outcome=outcome, data={}, actor=actor, at=at)
    if outcome == "returned":
        write_opinion(sub_case=sub_case, step="决定", result="退回审查", text=opinion or reason, actor=actor, at=at)
        sub_case.state = SubCase.State.EXAMINING
        sub_case.save(update_fields=["state"])
        note_progress(
            case=case, sub_case=sub_case, event="returned", text="退回审查环节。", actor=actor, at=at, reason=reason, public=False
        )
        return sub_case
    write_opinion(
        sub_case=sub_case, step="决定", result="准予" if outcome == "granted" else "不予", text=opinion or reason, actor=actor, at=at
    )
    if code:
        _register(sub_case, code, actor, at)
        case.facts["credit_code"] = code
        write_back(case=case, field=branch_of_sub_case(sub_case).result.assigns["credit_code"], value=code)
    document_no, told = "", "同意准予，待各部门均同意后一并作出决定"
    if outcome == "refused" or not licences_wait(policy=item_of(case.item_code, case.item_version).joint_outcome):
        document = serve_document(
            case=case,
            sub_case=sub_case,
            kind=outcome,
            data={
                "reason": reason,
                "decided_at": at.isoformat(),
                "credit_code": code,
                "nature": sub_case.nature,
                "technical_standard": ruling.technical_standard,
                **_hearing_record(sub_case),
            },
            at=at,
        )
        document_no = document.document_no
        told = f"作出{'准予' if outcome == 'granted' else '不予'}决定（{document_no}）"
    close_branch(
        case=case,
        sub_case=sub_case,
        outcome=outcome,
        reason=reason,
        document_no=document_no,
        text=f"{sub_case.organisation_name}{told}。",
        actor=actor,
        at=at,
    )
    return sub_case


def _hearing_record(sub_case: SubCase) -> dict[str, str]:
    """The number of the record the decision rests on."""
    record = ServedDocument.objects.filter(sub_case_no=sub_case.sub_case_no, kind="hearing_record").first()
    return {"hearing_record": record.document_no} if record else {}


def _reserved_code(sub_case_no: str, task: UUID, ruling: Ruling, actor: Actor, at: datetime) -> str:
    """The code kept for this case when the decision creates a firm; empty otherwise."""
    if ruling.outcome != "granted":
        return ""
    sub_case = SubCase.objects.select_related("case").filter(sub_case_no=sub_case_no).first()
    if sub_case is None or "credit_code" not in branch_of_sub_case(sub_case).result.assigns:
        return ""
    _may_decide(sub_case, task, ruling, actor, at)
    case = sub_case.case
    name = str(_entity(sub_case)["name"])
    try:
        answer: CreditCodeAnswer = ask(
            AssignCreditCode(case_no=case.case_no, entity_name=name, region=case.region), **_purpose(case, actor, at)
        )
    except Unavailable as error:
        raise Unreachable() from error
    return answer.credit_code


def _register(sub_case: SubCase, code: str, actor: Actor, at: datetime) -> None:
    """Enter the firm, idempotent a case. Unreachable leaves the decision untaken."""
    case = sub_case.case
    try:
        ask(RegisterLegalEntity(case_no=case.case_no, credit_code=code, fields=_entity(sub_case)), **_purpose(case, actor, at))
    except Unavailable as error:
        raise Unreachable() from error


def _purpose(case: Case, actor: Actor, at: datetime) -> dict[str, Any]:
    return {"purpose": "市场主体登记赋码", "subject": f"case:{case.case_no}", "actor": actor, "at": at}


def _entity(sub_case: SubCase) -> dict[str, Any]:
    """What the register is told: chosen options by their names, repeating groups as one text, everything else as it was entered."""
    content = current_content(sub_case.case)
    form = get_form(content.form, content.form_version)
    told: dict[str, Any] = {}
    for name, path in branch_of_sub_case(sub_case).result.registers.items():
        field = form.fields.get(path)
        as_text = field is not None and bool(field.options) and name != "currency"
        told[name] = shown_at(form, content.content, path) if as_text or "*" in path else at_path(content.content, path)
    return {**told, "name": str(told.get("name") or sub_case.case.applicant_name)}
