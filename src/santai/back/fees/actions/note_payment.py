"""The exchange says what became of an order."""

from datetime import datetime
from decimal import Decimal

from santai.back.approvals.service import serve_document
from santai.back.cases.service import lock_sub_case, note_event
from santai.back.fees.errors import ChargeNotFound
from santai.back.fees.models import Charge, Payback
from santai.exchange.contracts.service import PaymentProgressed
from santai.kernel.ledger.service import Actor, as_one_act, record


@as_one_act
def note_payment(*, message: PaymentProgressed, actor: Actor, at: datetime) -> Charge:
    """Idempotent. ChargeNotFound when the charge is not here."""
    found = Charge.objects.filter(order_no=message.order_no).first()
    if found is None:
        raise ChargeNotFound
    if message.event not in ("paid", "refunded", "refund_failed"):
        return found
    sub_case = lock_sub_case(found.sub_case_no)
    charge = Charge.objects.select_for_update().get(order_no=message.order_no)
    if message.event == "paid" and charge.paid_at is None:
        charge.paid_at, charge.paid_amount = datetime.fromisoformat(message.paid_at), Decimal(message.paid_amount)
        charge.way, charge.way_note = Charge.Way.ONLINE, f"{message.provider} {message.trade_no}"
        if charge.state == Charge.State.OWED:  # otherwise it was waived meanwhile, and the exchange sends the money back
            charge.state = Charge.State.PAID
            charge.receipt_no = serve_document(
                case=sub_case.case,
                sub_case=sub_case,
                kind="fee_receipt",
                data={
                    "fee": charge.title,
                    "amount": message.paid_amount,
                    "paid_at": message.paid_at,
                    "way": f"{message.provider}，交易号 {message.trade_no}",
                    "basis": charge.basis,
                },
                at=at,
            ).document_no
        charge.save()
        note_event(
            case_no=charge.case_no,
            sub_case_no=charge.sub_case_no,
            event="fee_paid",
            organisation_name=charge.organisation_name,
            actor=actor,
            text=f"{charge.title} {message.paid_amount} 元已到账。",
            public=True,
            at=at,
        )
        record(actor=actor, act="back.fees.note_payment", on=f"case:{charge.case_no}", at=at, details={"order": charge.order_no})
    elif message.event != "paid":
        payback = Payback.objects.select_for_update().filter(refund_no=message.refund_no, state=Payback.State.UNDER_WAY).first()
        if payback is not None:
            done = message.event == "refunded"
            payback.state, payback.trouble = (Payback.State.DONE, "") if done else (Payback.State.FAILED, message.reason)
            payback.done_at = at if done else None
            payback.save()
            said = f"{charge.title} {payback.amount} 元{'已退回' if done else f'退费未成功：{message.reason}'}。"
            note_event(
                case_no=charge.case_no,
                sub_case_no=charge.sub_case_no,
                event="fee_refund",
                organisation_name=charge.organisation_name,
                actor=actor,
                text=said,
                public=done,
                at=at,
            )
    return charge
