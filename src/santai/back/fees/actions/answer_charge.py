"""减免、撤销, and what is paid at the window: a charge that nobody is to pay online any more."""

from datetime import datetime

from santai.back.approvals.service import serve_document
from santai.back.cases.service import SubCase, lock_sub_case, note_event
from santai.back.fees import rules
from santai.back.fees.actions.charge_fee import CHARGING_ROLES, open_charge, published_fee
from santai.back.fees.errors import AmountWrong, ChargeNotFound, NotOwed, ReasonMissing
from santai.back.fees.models import Charge
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import PaymentCancelled
from santai.kernel.access.service import require, require_any
from santai.kernel.ledger.service import Actor, as_one_act, record

WINDOW_WAYS = {"cash": "现金", "card": "刷卡", "transfer": "转账"}


@as_one_act
def waive_fee(*, order_no: str, reason: str, basis: str, left: str = "", actor: Actor, at: datetime) -> Charge:
    """Free the applicant from a fee not yet paid, wholly or down to ``left`` yuan (a new notice and order follow).

    Errors: NotAllowed, ChargeNotFound, NotOwed, ReasonMissing, AmountWrong. Returns the charge that holds now.
    """
    charge, sub_case = _owed(order_no)
    require(actor, "decider", organisation=charge.organisation)
    problems = {}
    if not reason.strip():
        problems["reason"] = "请写明减免的理由。"
    if not basis.strip():
        problems["basis"] = "请写明减免的依据，例如文件名称和条款。"
    if problems:
        raise ReasonMissing(fields=problems)
    less = rules.yuan(left) if left.strip() else None
    if left.strip() and (less is None or less >= charge.amount):
        raise AmountWrong(fields={"left": f"请填写小于 {charge.amount} 元的金额；全部免收请留空。"})
    charge.state = Charge.State.REDUCED if less else Charge.State.WAIVED
    said = f"减收为 {less} 元" if less else "免收"
    _answer(charge, reason=f"{said}：{reason.strip()}", basis=basis.strip(), actor=actor, at=at)
    if less is None:
        return charge
    fee = published_fee(sub_case.case, sub_case, charge.fee)
    return open_charge(case=sub_case.case, sub_case=sub_case, fee=fee, amount=less, actor=actor, at=at, replaces=charge)


@as_one_act
def cancel_charge(*, order_no: str, reason: str, actor: Actor, at: datetime) -> Charge:
    """Charged in error and not yet paid. Errors: NotAllowed, ChargeNotFound, NotOwed, ReasonMissing."""
    charge, _ = _owed(order_no)
    require_any(actor, *CHARGING_ROLES, organisation=charge.organisation)
    if not reason.strip():
        raise ReasonMissing(fields={"reason": "请写明撤销的理由。"})
    charge.state = Charge.State.CANCELLED
    _answer(charge, reason=reason.strip(), basis="", actor=actor, at=at)
    return charge


@as_one_act
def take_at_window(*, order_no: str, way: str, note: str, actor: Actor, at: datetime) -> Charge:
    """The applicant paid at the window (``way``: cash, card, transfer; ``note``: number of the slip). The order online is closed.

    Errors: NotAllowed, ChargeNotFound, NotOwed, ReasonMissing.
    """
    charge, sub_case = _owed(order_no)
    require_any(actor, *CHARGING_ROLES, organisation=charge.organisation)
    problems = {}
    if way not in WINDOW_WAYS:
        problems["way"] = "请选择收款方式。"
    if not note.strip():
        problems["note"] = "请填写收款凭据的编号，例如 POS 单号、票据号。"
    if problems:
        raise ReasonMissing(fields=problems)
    charge.state, charge.way, charge.way_note = Charge.State.PAID, Charge.Way.WINDOW, f"{WINDOW_WAYS[way]} {note.strip()}"
    charge.paid_at, charge.paid_amount = at, charge.amount
    charge.receipt_no = serve_document(
        case=sub_case.case,
        sub_case=sub_case,
        kind="fee_receipt",
        data={
            "fee": charge.title,
            "amount": f"{charge.amount:.2f}",
            "paid_at": at.isoformat(),
            "way": f"窗口{charge.way_note}",
            "basis": charge.basis,
        },
        at=at,
    ).document_no
    _answer(charge, reason="已在窗口缴纳", basis="", actor=actor, at=at)
    return charge


def _owed(order_no: str) -> tuple[Charge, SubCase]:
    """The charge under its case's lock, while it is to be paid."""
    found = Charge.objects.filter(order_no=order_no).first()
    if found is None:
        raise ChargeNotFound
    sub_case = lock_sub_case(found.sub_case_no)
    charge = Charge.objects.select_for_update().get(order_no=order_no)
    if charge.state != Charge.State.OWED:
        raise NotOwed
    return charge, sub_case


def _answer(charge: Charge, *, reason: str, basis: str, actor: Actor, at: datetime) -> None:
    charge.reason, charge.reason_basis, charge.answered_at, charge.answered_by = reason, basis, at, actor.name
    charge.save()
    note_event(
        case_no=charge.case_no,
        sub_case_no=charge.sub_case_no,
        event="fee_answered",
        organisation_name=charge.organisation_name,
        actor=actor,
        text=f"{charge.title}：{charge.get_state_display()}。{reason}",
        public=True,
        at=at,
    )
    record(
        actor=actor,
        act=f"back.fees.{charge.state}",
        on=f"case:{charge.case_no}",
        at=at,
        why=reason,
        details={"order": charge.order_no, "basis": basis},
    )
    publish(
        PaymentCancelled(order_no=charge.order_no, case_no=charge.case_no, reason=reason, cancelled_at=at.isoformat()),
        actor=actor,
        order_key=charge.case_no,
        at=at,
    )
