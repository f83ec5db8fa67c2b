"""行政处罚事先告知."""

from datetime import datetime
from decimal import Decimal

from santai.back.inspections.actions.common import locked, note, open_before_decision, pass_step, write
from santai.back.inspections.errors import NotInvestigated
from santai.back.inspections.rules.penalty import missing_parts
from santai.back.inspections.rules.words import TOLD_PARTS
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def inform_party(*, case_no: str, parts: dict[str, str], amount: Decimal | None = None, actor: Actor, at: datetime) -> list[str]:
    """Tell the party what is intended; the names of the parts that are wanting. Only a complete notice opens the way to a decision (44).

    A second notice takes the place of the first and asks for a new statement, review and discussion. No ``amount``: no fine is intended.

    EnforcementNotFound, NotAllowed, StepDone, NotInvestigated.
    """
    penalty, part = locked(case_no)
    open_before_decision(penalty, part, actor)
    if not penalty.interviews.exists():
        raise NotInvestigated()
    told = {key: parts[key].strip() for key in TOLD_PARTS if parts.get(key, "").strip()}
    wanting = [TOLD_PARTS[key] for key in missing_parts(told, TOLD_PARTS)]
    penalty.told, penalty.told_amount = told, amount
    penalty.told_at = None if wanting else at
    penalty.heard_at = penalty.waived_at = None  # a new notice asks anew
    penalty.reviewed_at, penalty.review_passed, penalty.discussed_at = None, False, None  # they were of what was intended before
    penalty.save(update_fields=["told", "told_amount", "told_at", "heard_at", "waived_at", "reviewed_at", "review_passed", "discussed_at"])
    if wanting:
        note(part, "told_in_part", f"事先告知不完整，还缺：{'、'.join(wanting)}。", actor=actor, at=at)
        return wanting
    write(part, "penalty_notice", {"parts": told, "amount": _plain(amount)}, at=at)
    pass_step(part, "inform", actor=actor, at=at)
    note(part, "party_told", "已将拟处罚的内容、事实、理由、依据和权利告知当事人。", actor=actor, at=at)
    return []


def _plain(amount: Decimal | None) -> str:
    return f"{amount:f}" if amount is not None else ""
