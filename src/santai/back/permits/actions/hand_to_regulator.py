"""审管衔接: each permit goes to the organ that supervises afterwards, who claims it and says how."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from santai.back.approvals.service import item_of, note_progress
from santai.back.cases.service import Case, SubCase
from santai.back.permits.errors import AlreadyClaimed, NotFound, ReasonMissing
from santai.back.permits.models import Handover
from santai.kernel.access.service import require_any
from santai.kernel.clocks.service import finish_clock, start_clock
from santai.kernel.ledger.service import Actor, as_one_act
from santai.kernel.orgs.service import organisation_card

RULE = "regulator-claim-5"
ROLES = ("examiner", "site_inspector", "chief", "decider")


def hand_to_regulator(*, case: Case, sub_case: SubCase, document_no: str, actor: Actor, at: datetime) -> Handover:
    """Hand the decision over and start the regulator's time to claim it: supervision warns when nobody does."""
    regulator = organisation_card(item_of(case.item_code, case.item_version).regulator or sub_case.organisation)
    existing = Handover.objects.filter(sub_case_no=sub_case.sub_case_no, document_no=document_no).first()
    if existing is not None:
        return existing
    clock = start_clock(rule=RULE, subject=f"permit:{sub_case.sub_case_no}", event_at=at, actor=actor, at=at)
    row = Handover.objects.create(
        case_no=case.case_no, sub_case_no=sub_case.sub_case_no, item_name=sub_case.item_name, applicant_name=case.applicant_name,
        document_no=document_no, decided_by=sub_case.organisation_name, regulator=regulator.code, regulator_name=regulator.name,
        handed_at=at, claim_by=localdate(clock.due_at), clock=clock.id,
    )  # fmt: skip
    note_progress(
        case=case, sub_case=sub_case, event="handed_to_regulator", actor=actor, at=at, clocks=[clock], public=False,
        text=f"许可信息已推送监管部门{regulator.name}，请在{row.claim_by.isoformat()}前认领。",
    )  # fmt: skip
    return row


@as_one_act
def claim_handover(*, handover_id: Any, answer: str, actor: Actor, at: datetime) -> Handover:
    """The regulator takes it into its supervision and says how. Errors: NotFound, NotAllowed, AlreadyClaimed, ReasonMissing."""
    row = Handover.objects.select_for_update().filter(id=handover_id).first()
    if row is None:
        raise NotFound()
    require_any(actor, *ROLES, organisation=row.regulator)
    if row.claimed_at is not None:
        raise AlreadyClaimed(f"{row.claimed_by}已经认领。")
    if not answer.strip():
        raise ReasonMissing("请写明监管措施，例如纳入日常检查、双随机抽查。", fields={"answer": "请写明监管措施。"})
    row.claimed_at, row.claimed_by = at, f"{actor.post_title} {actor.name}".strip()
    row.answer, row.answered_at = answer.strip(), at
    row.save(update_fields=["claimed_at", "claimed_by", "answer", "answered_at"])
    sub_case = SubCase.objects.select_related("case").get(sub_case_no=row.sub_case_no)
    clocks = [finish_clock(clock=row.clock, actor=actor, at=at)]
    note_progress(
        case=sub_case.case, sub_case=sub_case, event="regulator_claimed", actor=actor, at=at, clocks=clocks, public=False,
        text=f"{row.regulator_name}已认领：{row.answer}",
    )  # fmt: skip
    return row
