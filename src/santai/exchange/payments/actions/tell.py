"""Say what became of an order: the fact for back and front, a notice for the payer."""

from datetime import datetime

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import NoticeWanted, PaymentProgressed, decode
from santai.exchange.payments.models import PaymentOrder, Refund
from santai.kernel.ledger.service import Actor, Party

LETTERS = {"opened": "payment_wanted", "paid": "payment_paid", "cancelled": "payment_cancelled", "refunded": "payment_refunded"}


def tell(*, order: PaymentOrder, event: str, actor: Actor, at: datetime, refund: Refund | None = None, reason: str = "") -> None:
    """Publish in the caller's transaction."""
    publish(
        PaymentProgressed(
            order_no=order.order_no,
            case_no=order.case_no,
            event=event,  # type: ignore[arg-type]
            state=order.state,  # type: ignore[arg-type]
            at=at.isoformat(),
            title=order.title,
            item_name=order.item_name,
            organisation_name=order.organisation_name,
            amount=f"{order.amount:.2f}",
            notice_no=order.notice_no,
            basis=order.basis,
            paid_at=order.paid_at.isoformat() if order.paid_at else "",
            paid_amount=f"{order.paid_amount:.2f}" if order.paid_at else "",
            refunded=f"{order.refunded:.2f}",
            refund_no=refund.refund_no if refund else "",
            refund_amount=f"{refund.amount:.2f}" if refund else "",
            provider=order.provider,
            trade_no=order.trade_no,
            reason=reason,
        ),
        actor=actor,
        order_key=order.case_no,
        at=at,
    )
    if event in LETTERS:
        publish(
            NoticeWanted(
                to=decode(Party, order.payer),
                template=LETTERS[event],
                facts={
                    "item": order.item_name,
                    "title": order.title,
                    "amount": f"{refund.amount if refund else order.amount:.2f}",
                    "reason": reason,
                },
                case_no=order.case_no,
                wanted_at=at.isoformat(),
            ),
            actor=actor,
            order_key=order.case_no,
            at=at,
        )
