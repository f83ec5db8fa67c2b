"""退费: what was charged wrongly, or is no longer due, goes back (行政许可法 75)."""

from datetime import datetime

from santai.back.approvals.service import serve_document
from santai.back.cases.service import lock_sub_case, note_event
from santai.back.fees import rules
from santai.back.fees.errors import AmountWrong, ChargeNotFound, NotPaid, ReasonMissing
from santai.back.fees.models import Charge, Payback
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import RefundWanted
from santai.kernel.access.service import require
from santai.kernel.ledger.service import Actor, as_one_act, record


@as_one_act
def refund_fee(*, order_no: str, amount: str, reason: str, actor: Actor, at: datetime) -> Payback:
    """A numbered notice, and the money back the way it came; what was paid at the window is given back there.

    Errors: NotAllowed, ChargeNotFound, NotPaid, AmountWrong, ReasonMissing.
    """
    found = Charge.objects.filter(order_no=order_no).first()
    if found is None:
        raise ChargeNotFound
    sub_case = lock_sub_case(found.sub_case_no)
    charge = Charge.objects.select_for_update().get(order_no=order_no)
    require(actor, "decider", organisation=charge.organisation)
    if charge.paid_at is None or charge.left <= 0:
        raise NotPaid
    asked = rules.yuan(amount)
    problems = {}
    if asked is None or asked > charge.left:
        problems["amount"] = f"请填写不超过 {charge.left} 元的金额。"
    if not reason.strip():
        problems["reason"] = "请写明退费的理由，会写入退费通知书。"
    if asked is None or "amount" in problems:
        raise AmountWrong(fields=problems)
    if problems:
        raise ReasonMissing(fields=problems)
    at_window = charge.way == Charge.Way.WINDOW
    document = serve_document(
        case=sub_case.case,
        sub_case=sub_case,
        kind="fee_refund",
        data={
            "fee": charge.title, "amount": f"{asked:.2f}", "reason": reason.strip(), "paid_at": charge.paid_at.isoformat(),
            "how": "到窗口领取" if at_window else "按原支付方式退回",
        },
        at=at,
    )  # fmt: skip
    payback = Payback.objects.create(
        refund_no=f"{order_no}R{charge.paybacks.count() + 1}", charge=charge, amount=asked, reason=reason.strip(),
        document_no=document.document_no, asked_at=at, asked_by=actor.name,
        state=Payback.State.DONE if at_window else Payback.State.UNDER_WAY, done_at=at if at_window else None,
    )  # fmt: skip
    note_event(
        case_no=charge.case_no, sub_case_no=charge.sub_case_no, event="fee_refund", organisation_name=charge.organisation_name, actor=actor,
        text=f"开具退费通知书（{document.document_no}）：{charge.title} {asked} 元。{reason.strip()}", public=True, at=at,
    )  # fmt: skip
    record(
        actor=actor, act="back.fees.refund_fee", on=f"case:{charge.case_no}", at=at, why=reason.strip(),
        details={"refund": payback.refund_no, "amount": f"{asked:.2f}"},
    )  # fmt: skip
    if not at_window:
        publish(
            RefundWanted(
                refund_no=payback.refund_no, order_no=order_no, case_no=charge.case_no, amount=f"{asked:.2f}", reason=reason.strip(),
                wanted_at=at.isoformat(),
            ),
            actor=actor, order_key=charge.case_no, at=at,
        )  # fmt: skip
    return payback
