"""开具缴款通知: charge a fee the item publishes."""

from datetime import datetime
from decimal import Decimal

from santai.back.approvals.service import branch_of_sub_case, item_of, serve_document
from santai.back.cases.service import Case, SubCase, current_content, lock_sub_case, note_event
from santai.back.fees import rules
from santai.back.fees.errors import AlreadyCharged, AmountWrong, CaseEndedOtherwise, FeeExempt, FeeNoBasis, FeeOverStandard
from santai.back.fees.models import Charge
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import FeeDefinition, Party, PaymentWanted, decode, fees_due
from santai.kernel.access.service import require_any
from santai.kernel.ledger.service import Actor, as_one_act, record

CHARGING_ROLES = ("examiner", "chief", "decider", "intake")


@as_one_act
def charge_fee(*, sub_case_no: str, fee: str, amount: str, actor: Actor, at: datetime) -> Charge:
    """A numbered payment notice and a payment order.

    ``fee``: code of one of the item's published fees. Errors: NotAllowed, CaseNotFound, CaseEndedOtherwise, FeeNoBasis (行政许可法 58),
    FeeExempt (the item's fee table), FeeOverStandard (59), AmountWrong, AlreadyCharged.
    """
    sub_case = lock_sub_case(sub_case_no)
    require_any(actor, *CHARGING_ROLES, organisation=sub_case.organisation)
    case = sub_case.case
    if rules.ENDED_OTHERWISE and (case.outcome in rules.ENDED_OTHERWISE or sub_case.outcome in rules.ENDED_OTHERWISE):
        raise CaseEndedOtherwise
    published = published_fee(case, sub_case, fee)
    asked = rules.yuan(amount)
    if asked is None:
        raise AmountWrong(fields={"amount": "请填写大于零的金额，最多两位小数，例如 80 或 12.50。"})
    if asked > Decimal(published.amount):
        raise FeeOverStandard(fields={"amount": f"公布的标准是 {published.amount} 元，不能超过。"})
    if Charge.objects.filter(sub_case_no=sub_case_no, fee=fee, state__in=(Charge.State.OWED, Charge.State.PAID)).exists():
        raise AlreadyCharged
    return open_charge(case=case, sub_case=sub_case, fee=published, amount=asked, actor=actor, at=at)


def published_fee(case: Case, sub_case: SubCase, code: str) -> FeeDefinition:
    """The fee as the item version of the case publishes it, if it may be charged and is due. FeeNoBasis, FeeExempt."""
    item = item_of(case.item_code, case.item_version)
    found = next((one for one in item.fees if one.code == code), None)
    if found is None or not rules.has_basis(nature=branch_of_sub_case(sub_case).nature, basis=found.basis, rank=found.basis_rank):
        raise FeeNoBasis
    if code not in {one.code for one in fees_due(item, current_content(case).content)} or rules.yuan(found.amount) is None:
        raise FeeExempt
    return found


def open_charge(
    *, case: Case, sub_case: SubCase, fee: FeeDefinition, amount: Decimal, actor: Actor, at: datetime, replaces: Charge | None = None
) -> Charge:
    """Inside the caller's transaction, which holds the case: document, charge, order."""
    order_no = f"{case.case_no.replace('-', '')}F{Charge.objects.filter(case_no=case.case_no).count() + 1}"
    document = serve_document(
        case=case,
        sub_case=sub_case,
        kind="fee_notice",
        data={
            "fee": fee.name,
            "amount": f"{amount:.2f}",
            "standard": f"{Decimal(fee.amount):.2f}",
            "unit": fee.unit,
            "basis": fee.basis,
            "order_no": order_no,
        },
        at=at,
    )
    charge = Charge.objects.create(
        order_no=order_no,
        case_no=case.case_no,
        sub_case_no=sub_case.sub_case_no,
        item_name=sub_case.item_name,
        applicant_name=case.applicant_name,
        organisation=sub_case.organisation,
        organisation_name=sub_case.organisation_name,
        fee=fee.code,
        title=fee.name,
        basis=fee.basis,
        standard=Decimal(fee.amount),
        amount=amount,
        notice_no=document.document_no,
        charged_at=at,
        charged_by=actor.name,
        replaces=replaces,
    )
    note_event(
        case_no=case.case_no,
        sub_case_no=sub_case.sub_case_no,
        event="fee_charged",
        organisation_name=sub_case.organisation_name,
        actor=actor,
        text=f"开具缴款通知书（{document.document_no}）：{fee.name} {amount} 元。",
        public=True,
        at=at,
    )
    record(
        actor=actor, act="back.fees.charge_fee", on=f"case:{case.case_no}", at=at, details={"order": order_no, "amount": f"{amount:.2f}"}
    )
    publish(
        PaymentWanted(
            order_no=order_no,
            notice_no=document.document_no,
            case_no=case.case_no,
            item_name=sub_case.item_name,
            title=fee.name,
            amount=f"{amount:.2f}",
            basis=fee.basis,
            payer=decode(Party, case.applicant),
            organisation=sub_case.organisation,
            organisation_name=sub_case.organisation_name,
            wanted_at=at.isoformat(),
        ),
        actor=actor,
        order_key=case.case_no,
        at=at,
    )
    return charge
