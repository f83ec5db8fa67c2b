"""送达, 备案 of a decision on the spot, payment of the fine."""

from datetime import datetime

from santai.back.inspections.actions.common import close, day, end, filled, locked, note, task_of
from santai.back.inspections.actions.decide_penalty import serve_now
from santai.back.inspections.errors import WordsMissing
from santai.back.inspections.models import Penalty
from santai.back.inspections.rules.penalty import surcharge
from santai.back.inspections.rules.words import PAY, SERVE, SERVE_MODES
from santai.kernel.flow.service import complete_task
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def serve_penalty(*, case_no: str, mode: str, receiver: str, actor: Actor, at: datetime) -> Penalty:
    """The decision reached the party (61). ``receiver``: who signed, or the proof where nobody did.

    EnforcementNotFound, NotAllowed, StepDone.
    """
    penalty, part = locked(case_no)
    task = task_of(part, "serve", actor)
    if mode not in SERVE_MODES:
        raise WordsMissing(fields={"mode": "请选择送达方式。"})
    said = filled(receiver=(receiver, "请填写签收人；没有签收的，写明送达的证明。"))
    complete_task(task=task, outcome="done", actor=actor, at=at)
    end(case_no, SERVE, actor=actor, at=at)
    serve_now(penalty, part, mode=mode, to=said["receiver"], actor=actor, at=at)
    penalty.save(update_fields=["served_at", "serve_mode", "served_to", "pay_by"])
    if not penalty.amount:
        close(part, at=at)
    note(part, "penalty_served", f"{SERVE_MODES[mode]}：{penalty.served_to}。", actor=actor, at=at)
    return penalty


@as_one_act
def record_on_spot(*, case_no: str, actor: Actor, at: datetime) -> Penalty:
    """A decision on the spot is filed with the organ (52). EnforcementNotFound, NotAllowed, StepDone."""
    penalty, part = locked(case_no)
    complete_task(task=task_of(part, "record", actor), outcome="done", actor=actor, at=at)
    penalty.recorded_at = at
    penalty.save(update_fields=["recorded_at"])
    if not penalty.amount:
        close(part, at=at)
    note(part, "penalty_recorded", "当场处罚决定已报所属机关备案。", actor=actor, at=at)
    return penalty


@as_one_act
def settle_fine(*, case_no: str, receipt_no: str, actor: Actor, at: datetime) -> Penalty:
    """Paid in full, with the surcharge of each day late (72). EnforcementNotFound, NotAllowed, StepDone, WordsMissing."""
    penalty, part = locked(case_no)
    task = task_of(part, "execute", actor)
    said = filled(receipt_no=(receipt_no, "请填写罚没票据的号码。"))
    complete_task(task=task, outcome="done", actor=actor, at=at)
    penalty.paid_at = at
    if penalty.pay_by is not None:
        penalty.paid_surcharge = surcharge(fine=penalty.amount, pay_by=penalty.pay_by, on=day(at))
    penalty.save(update_fields=["paid_at", "paid_surcharge"])
    end(case_no, PAY, actor=actor, at=at)
    close(part, at=at)
    more = f"，加处罚款 {penalty.paid_surcharge:,.2f} 元" if penalty.paid_surcharge else ""
    note(part, "fine_paid", f"罚款 {penalty.amount:,.2f} 元{more}，已缴清（票据 {said['receipt_no']}）。", actor=actor, at=at)
    return penalty
