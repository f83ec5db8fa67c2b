"""法制审核 (58) and 集体讨论 (57)."""

from datetime import datetime

from santai.back.inspections.actions.common import filled, locked, note, open_before_decision
from santai.back.inspections.errors import PartyNotTold
from santai.back.inspections.models import Penalty
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def review_penalty(*, case_no: str, passed: bool, text: str, actor: Actor, at: datetime) -> Penalty:
    """The reviewer's opinion; a later one takes the place of the earlier.

    EnforcementNotFound, NotAllowed, PartyNotTold, StepDone, WordsMissing.
    """
    penalty, part = locked(case_no)
    open_before_decision(penalty, part, actor, "legal_reviewer")
    if penalty.told_at is None:
        raise PartyNotTold("还没有事先告知，拟作的处罚没有确定，不能审核。")
    said = filled(text=(text, "请写明审核意见。"))
    penalty.reviewed_at, penalty.review_passed, penalty.review_text, penalty.reviewer = at, passed, said["text"], actor.name
    penalty.save(update_fields=["reviewed_at", "review_passed", "review_text", "reviewer"])
    note(part, "penalty_reviewed", f"法制审核{'通过' if passed else '未通过'}：{penalty.review_text}", actor=actor, at=at)
    return penalty


@as_one_act
def discuss_penalty(*, case_no: str, text: str, actor: Actor, at: datetime) -> Penalty:
    """The heads discussed it together. EnforcementNotFound, NotAllowed, StepDone, WordsMissing."""
    penalty, part = locked(case_no)
    open_before_decision(penalty, part, actor, "decider")
    said = filled(text=(text, "请写明参加人员、讨论的意见和结论。"))
    penalty.discussed_at, penalty.discussion = at, said["text"]
    penalty.save(update_fields=["discussed_at", "discussion"])
    note(part, "penalty_discussed", "已由负责人集体讨论。", actor=actor, at=at)
    return penalty
