"""现场核查 and 检验: two officers at least, on record (行政许可法 34, 55)."""

from collections.abc import Sequence
from datetime import datetime

from santai.back.approvals.actions.note_progress import note_progress
from santai.back.approvals.actions.serve_document import serve_document
from santai.back.approvals.errors import CaseEnded, FormalCheckOnly, NotAcceptedYet, TwoOfficers
from santai.back.approvals.models import Inspection
from santai.back.approvals.queries import item_of
from santai.back.approvals.rules.kinds import checks_form_only
from santai.back.approvals.rules.procedures import two_different
from santai.back.cases.service import SubCase, lock_sub_case
from santai.kernel.access.service import require_any
from santai.kernel.clocks.service import clocks_of, finish_clock
from santai.kernel.ledger.service import Actor, as_one_act

TESTERS = "xk-testers-5"  # 行政许可法 55: within five working days of acceptance


@as_one_act
def visit_site(*, sub_case_no: str, officers: Sequence[Actor], findings: str, actor: Actor, at: datetime) -> Inspection:
    """Keep a visit and its record. Errors: NotAllowed; FormalCheckOnly (市场主体登记); CaseEnded, NotAcceptedYet; TwoOfficers."""
    sub_case = _may(sub_case_no, actor)
    if checks_form_only(item_of(sub_case.case.item_code, sub_case.case.item_version)):
        raise FormalCheckOnly()
    if not sub_case.is_open:
        raise CaseEnded()
    if sub_case.accepted_at is None:
        raise NotAcceptedYet()
    kept = _kept(sub_case, Inspection.Kind.VISIT, officers, findings, actor, at)
    names = [one["name"] for one in kept.officers]
    document = serve_document(
        case=sub_case.case,
        sub_case=sub_case,
        kind="inspection",
        data={"officers": names, "findings": findings.strip(), "at": at.isoformat()},
        at=at,
    )
    note_progress(
        case=sub_case.case,
        sub_case=sub_case,
        event="inspected",
        text=f"{sub_case.organisation_name}已进行现场核查（{'、'.join(names)}，{document.document_no}）。",
        actor=actor,
        at=at,
        document_no=document.document_no,
    )
    return kept


@as_one_act
def name_testers(*, sub_case_no: str, officers: Sequence[Actor], actor: Actor, at: datetime) -> Inspection:
    """Name who tests; ends the five days in which the law wants it. Errors: NotAllowed; CaseEnded, NotAcceptedYet; TwoOfficers."""
    sub_case = _may(sub_case_no, actor)
    if not sub_case.is_open:
        raise CaseEnded()
    if sub_case.accepted_at is None:
        raise NotAcceptedYet()
    kept = _kept(sub_case, Inspection.Kind.TEST, officers, "", actor, at)
    clocks = [
        finish_clock(clock=clock.id, actor=actor, at=at)
        for clock in clocks_of(f"subcase:{sub_case_no}")
        if clock.rule == TESTERS and clock.is_open
    ]
    note_progress(
        case=sub_case.case,
        sub_case=sub_case,
        event="testers_named",
        text=f"已指派工作人员进行检验、检测、检疫：{'、'.join(one['name'] for one in kept.officers)}。",
        actor=actor,
        at=at,
        clocks=clocks,
    )
    return kept


def _may(sub_case_no: str, actor: Actor) -> SubCase:
    sub_case = lock_sub_case(sub_case_no)
    require_any(actor, "site_inspector", "examiner", "decider", organisation=sub_case.organisation)
    return sub_case


def _kept(sub_case: SubCase, kind: str, officers: Sequence[Actor], findings: str, actor: Actor, at: datetime) -> Inspection:
    if not two_different([officer.account for officer in officers]):
        raise TwoOfficers(fields={"officers": TwoOfficers.message})
    return Inspection.objects.create(
        sub_case_no=sub_case.sub_case_no,
        kind=kind,
        officers=[{"account": officer.account, "name": officer.name} for officer in officers],
        at=at,
        findings=findings.strip(),
        noted_by=actor.name,
    )
