"""A fee from the payment notice to the refund, over three desks and a provider of its own."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from santai.back.approvals import service as approvals
from santai.back.cases.service import events_of
from santai.back.fees import service as fees
from santai.front.hall import service as hall
from santai.front.payments.service import access_payment, payments_due, start_paying
from santai.kernel.access.service import NotAllowed
from santai.kernel.clocks.service import now, today
from santai.kernel.forms.service import dated
from santai.kernel.jobs.service import drain
from tests.support import walk
from tests.support.pay_server import PayServer, running
from tests.support.transfer import TRANSFER

pytestmark = pytest.mark.usefixtures("city_db")


@pytest.fixture
def server(tmp_path: Path, settings: Any) -> Iterator[PayServer]:
    with running(tmp_path) as found:
        settings.PAYMENTS = found.setting()
        yield found


def filed() -> str:
    who = walk.citizen("buyer")
    return walk.submit(who, walk.start(who, walk.item_code("不动产转移登记"), dated(TRANSFER, today()), {"cause": "sale"}))


def charge(case_no: str, amount: str = "80", fee: str = "home", post: str = "realestate-examiner") -> fees.Charge:
    return fees.charge_fee(sub_case_no=f"{case_no}-main", fee=fee, amount=amount, actor=walk.official(post), at=now())


def decider() -> Any:
    return walk.official("realestate-decider")


def paid_online(server: PayServer, case_no: str) -> fees.Charge:
    found = charge(case_no)
    walk.deliver()
    _, actor, party = walk.citizen("buyer")
    payment = access_payment(order_no=found.order_no, actor=actor, party=party)
    server.visit(start_paying(payment=payment, return_to="http://front/", actor=actor, at=now()).url)
    assert server.gateway.pay(found.order_no)
    assert Client().post("/exchange/payments/notify/", server.gateway.signed_notice(found.order_no)).content == b"success"
    walk.deliver()
    found.refresh_from_db()
    return found


@pytest.mark.requirement("FD-032", part="charged by the department, paid by the applicant, receipt and refund in the space")
def test_a_fee_is_charged_paid_receipted_and_paid_back(server: PayServer) -> None:
    case_no = filed()
    found = paid_online(server, case_no)
    assert (found.state, found.way, found.paid_amount) == ("paid", "online", Decimal(80)) and found.receipt_no
    back = fees.refund_fee(order_no=found.order_no, amount="80", reason="减免对象误收", actor=decider(), at=now())
    drain()
    back.refresh_from_db()
    assert back.state == "done"
    assert [one.kind for one in approvals.documents_of(case_no)][-3:] == ["fee_notice", "fee_receipt", "fee_refund"]
    assert [paper.title for paper in hall.papers_of(case_no)][-3:] == ["缴款通知书", "缴款凭证", "退费通知书"]
    _, actor, party = walk.citizen("buyer")
    seen = access_payment(order_no=found.order_no, actor=actor, party=party)
    assert (seen.state, seen.refunded, seen.refunding) == ("paid", Decimal(80), False)
    assert fees.charged(fees.charges_of(case_no)) == 0
    with pytest.raises(fees.NotPaid):
        fees.refund_fee(order_no=found.order_no, amount="1", reason="再退", actor=decider(), at=now())


def test_an_unpaid_fee_stops_nothing() -> None:
    case_no = filed()
    charge(case_no)
    walk.check(case_no, walk.official("realestate-examiner"))
    assert walk.case(case_no).state == "accepted"
    walk.examine(case_no, walk.official("realestate-examiner"))
    walk.decide(case_no, decider())
    drain()
    assert walk.case(case_no).outcome == "granted" and fees.charges_of(case_no)[0].state == "owed"
    assert hall.licences_of_case(case_no)


def test_nothing_is_charged_that_the_item_does_not_publish_or_that_is_not_due() -> None:
    case_no = filed()
    with pytest.raises(fees.FeeNoBasis):
        charge(case_no, fee="form")
    with pytest.raises(fees.FeeExempt):
        charge(case_no, fee="other", amount="550")
    with pytest.raises(fees.FeeOverStandard) as over:
        charge(case_no, amount="80.01")
    assert "80" in over.value.fields["amount"]
    for wrong in ("", "abc", "0", "-1", "1.234", "1e9", "1e30", "nan"):
        with pytest.raises(fees.AmountWrong):
            charge(case_no, amount=wrong)
    with pytest.raises(NotAllowed):
        charge(case_no, post="hrss-examiner")
    assert fees.charges_of(case_no) == []
    charge(case_no)
    with pytest.raises(fees.AlreadyCharged):
        charge(case_no)


def test_a_fee_is_reduced_or_waived_with_reason_and_basis_by_who_decides() -> None:
    case_no = filed()
    first = charge(case_no)
    with pytest.raises(NotAllowed):
        fees.waive_fee(
            order_no=first.order_no, reason="小微", basis="财税〔2019〕45号", actor=walk.official("realestate-examiner"), at=now()
        )
    with pytest.raises(fees.ReasonMissing) as refused:
        fees.waive_fee(order_no=first.order_no, reason="", basis=" ", actor=decider(), at=now())
    assert set(refused.value.fields) == {"reason", "basis"}
    with pytest.raises(fees.AmountWrong):
        fees.waive_fee(order_no=first.order_no, reason="小微", basis="文", left="80", actor=decider(), at=now())
    second = fees.waive_fee(
        order_no=first.order_no, reason="申请登记的车库", basis="财税〔2019〕45号", left="40", actor=decider(), at=now()
    )
    assert (second.amount, second.replaces_id) == (Decimal(40), first.order_no)
    walk.deliver()
    _, actor, party = walk.citizen("buyer")
    assert [one.order_no for one in payments_due(actor, party)] == [second.order_no]
    done = fees.waive_fee(order_no=second.order_no, reason="低保家庭", basis="财税〔2019〕45号", actor=decider(), at=now())
    walk.deliver()
    assert done.state == "waived" and not payments_due(actor, party).exists() and fees.charged(fees.charges_of(case_no)) == 0
    with pytest.raises(fees.NotOwed):
        fees.waive_fee(order_no=second.order_no, reason="再", basis="再", actor=decider(), at=now())


def test_what_was_paid_at_the_window_cannot_be_paid_online_again_and_is_given_back_there() -> None:
    case_no = filed()
    found = charge(case_no)
    with pytest.raises(fees.ReasonMissing) as refused:
        fees.take_at_window(order_no=found.order_no, way="", note="", actor=walk.official("realestate-intake"), at=now())
    assert set(refused.value.fields) == {"way", "note"}
    found = fees.take_at_window(order_no=found.order_no, way="card", note="POS 0012", actor=walk.official("realestate-intake"), at=now())
    walk.deliver()
    _, actor, party = walk.citizen("buyer")
    assert (found.state, found.way_note) == ("paid", "刷卡 POS 0012") and found.receipt_no and not payments_due(actor, party).exists()
    back = fees.refund_fee(order_no=found.order_no, amount="30", reason="多收", actor=decider(), at=now())
    assert back.state == "done" and fees.charged(fees.charges_of(case_no)) == 50


def test_a_charge_in_error_is_taken_back_and_can_be_made_again() -> None:
    case_no = filed()
    found = charge(case_no)
    fees.cancel_charge(order_no=found.order_no, reason="开错", actor=walk.official("realestate-examiner"), at=now())
    assert charge(case_no).order_no == f"{case_no}F2"
    assert "已撤销" in events_of(case_no)[-2].text


def test_a_case_that_was_withdrawn_is_charged_no_more() -> None:
    case_no = filed()
    hall.ask_withdrawal(case_no=case_no, reason="不办了", actor=walk.citizen("buyer")[1], at=now())
    walk.deliver()
    with pytest.raises(fees.CaseEndedOtherwise):
        charge(case_no)


def test_somebody_elses_payment_is_not_found() -> None:
    from santai.front.payments.service import PaymentNotFound

    found = charge(filed())
    walk.deliver()
    _, actor, party = walk.citizen("resident2")
    with pytest.raises(PaymentNotFound):
        access_payment(order_no=found.order_no, actor=actor, party=party)


def test_finance_sees_the_orders_of_every_body_of_its_region_and_a_body_only_its_own() -> None:
    from santai.back.fees.queries import charges_seen_by
    from santai.exchange.payments.service import OrderNotFound, access_order, orders_seen_by

    found = charge(filed())
    walk.deliver()
    cashier = walk.official("finance-cashier")
    assert [one.order_no for one in orders_seen_by(cashier)] == [found.order_no]
    assert [one.order_no for one in orders_seen_by(cashier, text="黄雅文", state="open")] == [found.order_no]
    with pytest.raises(OrderNotFound):
        access_order(order_no=found.order_no, actor=walk.official("realestate-decider"))
    assert charges_seen_by(walk.official("realestate-examiner")).exists() and not charges_seen_by(walk.official("hrss-examiner")).exists()
