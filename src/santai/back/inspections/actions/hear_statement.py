"""听取陈述、申辩, or the party's express waiver."""

from datetime import datetime

from santai.back.inspections.actions.common import filled, locked, note, open_before_decision, pass_step, write
from santai.back.inspections.errors import PartyNotTold, StepDone
from santai.back.inspections.models import Penalty
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def hear_statement(*, case_no: str, statement: str, answer: str, actor: Actor, at: datetime) -> Penalty:
    """Keep the defence and what the office says to it (45). EnforcementNotFound, NotAllowed, PartyNotTold, StepDone, WordsMissing."""
    penalty, part = locked(case_no)
    open_before_decision(penalty, part, actor)
    if penalty.told_at is None:
        raise PartyNotTold()
    said = filled(
        statement=(statement, "请如实记录当事人的陈述和申辩。"), answer=(answer, "请写明复核情况：采纳了哪些，没有采纳的说明理由。")
    )
    penalty.heard_at, penalty.statement, penalty.statement_answer = at, said["statement"], said["answer"]
    penalty.save(update_fields=["heard_at", "statement", "statement_answer"])
    write(part, "penalty_statement", {"statement": penalty.statement, "answer": penalty.statement_answer}, at=at)
    pass_step(part, "hear", actor=actor, at=at)
    note(part, "party_heard", "已听取当事人的陈述、申辩并复核。", actor=actor, at=at)
    return penalty


@as_one_act
def waive_statement(*, case_no: str, actor: Actor, at: datetime) -> Penalty:
    """The party said expressly that it makes no statement (62). EnforcementNotFound, NotAllowed, PartyNotTold, StepDone."""
    penalty, part = locked(case_no)
    open_before_decision(penalty, part, actor)
    if penalty.told_at is None:
        raise PartyNotTold()
    if penalty.heard_at is not None or penalty.waived_at is not None:
        raise StepDone()
    penalty.waived_at = at
    penalty.save(update_fields=["waived_at"])
    pass_step(part, "hear", actor=actor, at=at)
    note(part, "statement_waived", "当事人明确放弃陈述、申辩。", actor=actor, at=at)
    return penalty
