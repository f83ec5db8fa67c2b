"""先行登记保存 (56)."""

from datetime import datetime
from uuid import UUID

from santai.back.inspections.actions.common import begin, end, filled, locked, note, open_before_decision, write
from santai.back.inspections.errors import ApproverMissing, EnforcementNotFound, StepDone
from santai.back.inspections.models import EvidenceHold
from santai.back.inspections.rules.words import EVIDENCE
from santai.kernel.access.service import may, require, require_any
from santai.kernel.ledger.service import Actor, append, as_one_act


@as_one_act
def hold_evidence(*, case_no: str, items: str, actor: Actor, at: datetime) -> EvidenceHold:
    """Approved by the organ's head, who is the one to act here; seven working days to deal with it.

    EnforcementNotFound, NotAllowed, ApproverMissing (an officer without the head), StepDone, WordsMissing.
    """
    penalty, part = locked(case_no)
    require_any(actor, "examiner", "decider", organisation=part.organisation)
    if not may(actor, "decider", organisation=part.organisation):
        raise ApproverMissing()
    open_before_decision(penalty, part, actor, "decider")
    said = filled(items=(items, "请写明登记保存的物品、数量和存放地点。"))
    clock = begin(EVIDENCE, case_no, event_at=at, actor=actor, at=at)
    hold = EvidenceHold(penalty=penalty, items=said["items"], approved_by=actor.name, held_at=at, clock=str(clock.id))
    append(hold)
    write(part, "penalty_evidence", {"items": hold.items, "approver": actor.name, "until": clock.due_on.isoformat()}, at=at)
    note(part, "evidence_held", f"经{actor.name}批准，先行登记保存证据。", actor=actor, at=at)
    return hold


@as_one_act
def dispose_evidence(*, case_no: str, hold: UUID | str, disposal: str, actor: Actor, at: datetime) -> EvidenceHold:
    """What was decided about it within the seven days. EnforcementNotFound, NotAllowed, StepDone, WordsMissing."""
    _, part = locked(case_no)
    require(actor, "examiner", organisation=part.organisation)
    held = EvidenceHold.objects.select_for_update().filter(id=hold, penalty_id=case_no).first()
    if held is None:
        raise EnforcementNotFound()
    if held.disposed_at is not None:
        raise StepDone()
    said = filled(disposal=(disposal, "请写明处理决定：退还、送检、扣押、没收或者其他。"))
    held.disposed_at, held.disposal = at, said["disposal"]
    held.save(update_fields=["disposed_at", "disposal"])
    end(case_no, EVIDENCE, actor=actor, at=at, clock_id=held.clock)
    note(part, "evidence_disposed", f"登记保存的证据已处理：{held.disposal}", actor=actor, at=at)
    return held
