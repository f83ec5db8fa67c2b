"""The port to a payment provider against a contract server over HTTP: signed, late, repeated, wrong, and compared the morning after."""

import base64
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.test import Client

from santai.exchange.contracts.service import Party, PaymentCancelled, PaymentWanted, RefundWanted
from santai.exchange.payments import service
from santai.exchange.payments.adapters import provider
from santai.exchange.payments.adapters.alipay import _joined
from santai.exchange.payments.adapters.bill import lines_of_bill
from santai.exchange.payments.adapters.port import GatewayAway
from santai.exchange.payments.models import Callback, Difference, PaymentOrder, Refund, StatementDay
from santai.kernel.access.service import NotAllowed
from santai.kernel.clocks.service import now
from santai.kernel.identity.service import Account, PostHolding
from santai.kernel.ledger.service import Actor, entries_on, system_actor
from santai.kernel.orgs.service import Organisation, Post, Region
from tests.support.pay_server import PayServer

pytestmark = pytest.mark.django_db

CITY = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 3, 4, 10, 0, tzinfo=CITY)
MORNING = datetime(2026, 3, 5, 9, 30, tzinfo=CITY)
ACTOR = system_actor("tests")
PAYER = Party(kind="person", code_kind="resident-id", code="189901198608221046", name="黄雅文")
NOTIFY = "/exchange/payments/notify/"


def wanted(order_no: str = "18990120260303000001F1", amount: str = "80.00") -> PaymentOrder:
    return service.take_order(
        message=PaymentWanted(
            order_no=order_no,
            notice_no="区登记中心缴〔2026〕1号",
            case_no=order_no.partition("F")[0],
            item_name="不动产转移登记",
            title="不动产登记费（住宅）",
            amount=amount,
            basis="发改价格规〔2016〕2559号",
            payer=PAYER,
            organisation="realestate",
            organisation_name="滨江新区不动产登记中心",
            wanted_at=AT.isoformat(),
        ),
        actor=ACTOR,
        at=AT,
    )


def set_out(server: PayServer, order: PaymentOrder) -> None:
    started = service.start_payment(order_no=order.order_no, return_to="http://front/back", actor=ACTOR, at=AT)
    assert server.visit(started.url) == order.order_no


def paid(server: PayServer, order: PaymentOrder) -> dict[str, str]:
    """The payer pays; what the provider then says."""
    set_out(server, order)
    assert server.gateway.pay(order.order_no)
    return server.gateway.signed_notice(order.order_no)


def refund(order: PaymentOrder, amount: str, number: str = "R1") -> Refund | None:
    message = RefundWanted(
        refund_no=f"{order.order_no}{number}",
        order_no=order.order_no,
        case_no=order.case_no,
        amount=amount,
        reason="误收",
        wanted_at=AT.isoformat(),
    )
    return service.want_refund(message=message, actor=ACTOR, at=AT)


def verdicts() -> list[str]:
    return list(Callback.objects.order_by("at", "id").values_list("verdict", flat=True))


def test_what_is_signed_is_the_sorted_parameters_that_have_a_value() -> None:
    told = {"b": "2", "a": "1", "empty": "", "sign_type": "RSA2"}
    assert _joined(told) == "a=1&b=2&sign_type=RSA2"


def test_the_address_of_the_cashier_is_signed_by_our_key(server: PayServer) -> None:
    from urllib.parse import parse_qsl, urlsplit

    url = service.start_payment(order_no=wanted().order_no, return_to="http://front/back", actor=ACTOR, at=AT).url
    told = dict(parse_qsl(urlsplit(url).query))
    key = load_pem_public_key((server.folder / "platform.pub").read_bytes())
    text = "&".join(f"{name}={told[name]}" for name in sorted(told) if name != "sign")
    key.verify(base64.b64decode(told["sign"]), text.encode(), padding.PKCS1v15(), hashes.SHA256())  # type: ignore[union-attr, call-arg]
    assert told["method"] == "alipay.trade.page.pay" and '"total_amount":"80.00"' in told["biz_content"]
    assert told["notify_url"].endswith(NOTIFY) and told["return_url"] == "http://front/back"


@pytest.mark.requirement("FD-032", part="a fee is paid online and a signed word of it is entered once")
def test_a_signed_call_back_is_entered_once_however_often_it_comes(server: PayServer) -> None:
    order = wanted()
    told = paid(server, order)
    answers = [Client().post(NOTIFY, told).content for _ in range(3)]
    order.refresh_from_db()
    assert answers == [b"success"] * 3
    assert (order.state, order.paid_amount, order.provider) == ("paid", Decimal("80.00"), "测试支付平台") and order.trade_no
    assert verdicts() == ["taken", "repeated", "repeated"]


def test_a_call_back_without_our_providers_signature_counts_for_nothing(server: PayServer) -> None:
    order = wanted()
    told = paid(server, order)
    forged = {**told, "trade_no": "1"}
    unsigned = {key: value for key, value in told.items() if key != "sign"}
    for one in (forged, unsigned, {**told, "sign_type": "RSA"}, {**told, "sign": "汉字"}):
        assert Client().post(NOTIFY, one).content == b"fail"
    order.refresh_from_db()
    assert order.state == "open" and verdicts() == ["wrong_signature"] * 4


def test_a_signed_call_back_for_somebody_elses_account_counts_for_nothing(server: PayServer) -> None:
    order = wanted()
    told = {key: value for key, value in paid(server, order).items() if key not in ("sign", "sign_type")}
    for changed in ({"app_id": "another"}, {"seller_id": "another"}):
        assert Client().post(NOTIFY, server.gateway.signed({**told, **changed})).content == b"fail"
    order.refresh_from_db()
    assert order.state == "open" and verdicts() == ["wrong_receiver"] * 2


def test_another_amount_is_no_payment_and_an_unknown_order_is_kept_for_somebody_to_look_at(server: PayServer) -> None:
    order = wanted()
    told = {key: value for key, value in paid(server, order).items() if key not in ("sign", "sign_type")}
    assert Client().post(NOTIFY, server.gateway.signed({**told, "total_amount": "0.80"})).content == b"fail"
    assert Client().post(NOTIFY, server.gateway.signed({**told, "out_trade_no": "nobody"})).content == b"fail"
    order.refresh_from_db()
    assert order.state == "open" and verdicts() == ["wrong_amount", "unknown_order"]
    assert [one.verdict for one in service.odd_callbacks()] == ["unknown_order", "wrong_amount"]


def test_a_lost_call_back_is_made_up_for_by_asking(server: PayServer) -> None:
    order = wanted()
    paid(server, order)
    assert service.ask_due(AT + timedelta(seconds=30)) == 0
    assert service.ask_due(AT + timedelta(seconds=90)) == 1
    order.refresh_from_db()
    assert order.state == "paid" and verdicts() == ["taken"] and server.asked == ["alipay.trade.query"]
    assert service.ask_due(AT + timedelta(hours=1)) == 0


@pytest.mark.parametrize("fault", ["silent", "forged", "nonsense"])
def test_a_provider_that_does_not_answer_rightly_changes_nothing_and_is_asked_again(server: PayServer, fault: str) -> None:
    order = wanted()
    paid(server, order)
    server.fault = fault
    checked = service.check_payment(order_no=order.order_no, at=AT)
    assert (checked.state, checked.provider_reached) == ("open", False)
    server.fault = ""
    assert service.check_payment(order_no=order.order_no, at=AT).state == "paid"


def test_nobody_began_to_pay_is_an_answer_too(server: PayServer) -> None:
    order = wanted()
    service.start_payment(order_no=order.order_no, return_to="x", actor=ACTOR, at=AT)
    assert service.check_payment(order_no=order.order_no, at=AT).state == "open"


@pytest.mark.requirement("FD-032", part="a fee is paid back the way it came, once")
def test_a_refund_whose_answer_was_lost_is_sent_again_and_paid_back_once(server: PayServer) -> None:
    order = wanted()
    Client().post(NOTIFY, paid(server, order))
    refund(order, "30.00")
    server.fault = "late"
    service.send_refunds(AT)
    held = Refund.objects.get()
    assert held.state == "wanted" and "没有应答" in held.trouble and held.next_attempt_at > AT
    server.fault = ""
    assert service.send_refunds(AT) == 0  # patience
    assert service.send_refunds(held.next_attempt_at) == 1
    order.refresh_from_db()
    assert order.refunded == Decimal("30.00") and Refund.objects.get().state == "done"
    assert [one["amount"] for one in server.gateway.books.trade(order.order_no)["refunds"].values()] == ["30.00"]  # type: ignore[index]


def test_never_more_goes_back_than_came(server: PayServer) -> None:
    order = wanted()
    Client().post(NOTIFY, paid(server, order))
    assert refund(order, "50.00", "R1").state == "wanted"  # type: ignore[union-attr]
    over = refund(order, "30.01", "R2")
    assert over is not None and over.state == "failed" and "超过" in over.trouble
    assert refund(order, "50.00", "R1").state == "wanted"  # type: ignore[union-attr]
    service.send_refunds(AT)
    order.refresh_from_db()
    assert order.refunded == Decimal("50.00")


def test_what_the_provider_refuses_is_said_and_not_tried_for_ever(server: PayServer) -> None:
    order = wanted()
    Client().post(NOTIFY, paid(server, order))
    server.gateway.books.change(lambda trades: trades[order.order_no].update(amount="1.00"))
    refund(order, "80.00")
    service.send_refunds(AT)
    held = Refund.objects.get()
    assert (held.state, held.trouble) == ("failed", "退款金额超限")


def test_a_cancelled_order_is_closed_at_the_provider_and_cannot_be_paid(server: PayServer) -> None:
    order = wanted()
    set_out(server, order)
    service.cancel_order(
        message=PaymentCancelled(order_no=order.order_no, case_no=order.case_no, reason="免收", cancelled_at=AT.isoformat()),
        actor=ACTOR,
        at=AT,
    )
    assert service.send_closings(AT) == 1
    assert not server.gateway.pay(order.order_no) and server.asked == ["alipay.trade.close"]
    with pytest.raises(service.NotPayable):
        service.start_payment(order_no=order.order_no, return_to="x", actor=ACTOR, at=AT)


def test_money_for_an_order_cancelled_meanwhile_goes_back_by_itself(server: PayServer) -> None:
    order = wanted()
    told = paid(server, order)
    message = PaymentCancelled(order_no=order.order_no, case_no=order.case_no, reason="免收", cancelled_at=AT.isoformat())
    service.cancel_order(message=message, actor=ACTOR, at=AT)
    assert Client().post(NOTIFY, told).content == b"success"
    assert Client().post(NOTIFY, told).content == b"success"
    service.send_refunds(now())
    order.refresh_from_db()
    assert (order.state, order.refunded, verdicts()) == ("cancelled", Decimal("80.00"), ["after_cancel", "repeated"])


def test_an_order_paid_before_the_cancellation_arrived_is_paid_back(server: PayServer) -> None:
    order = wanted()
    Client().post(NOTIFY, paid(server, order))
    message = PaymentCancelled(order_no=order.order_no, case_no=order.case_no, reason="免收", cancelled_at=AT.isoformat())
    service.cancel_order(message=message, actor=ACTOR, at=AT)
    service.cancel_order(message=message, actor=ACTOR, at=AT)
    service.send_refunds(AT)
    order.refresh_from_db()
    assert (order.state, order.refunded) == ("paid", Decimal("80.00"))


def test_without_a_provider_nobody_pays_online_and_is_told_where(settings: object) -> None:
    settings.PAYMENTS = {"gateway": ""}  # type: ignore[attr-defined]
    order = wanted()
    with pytest.raises(service.NoProvider) as refused:
        service.start_payment(order_no=order.order_no, return_to="x", actor=ACTOR, at=AT)
    assert "窗口" in refused.value.message and Client().post(NOTIFY, {"a": "1"}).content == b"fail"


# -- the morning after --------------------------------------------------------------------------------------------------------------


def test_a_day_that_agrees_has_no_differences(server: PayServer) -> None:
    order = wanted()
    Client().post(NOTIFY, paid(server, order))
    PaymentOrder.objects.update(paid_at=AT)
    refund(order, "30.00")
    service.send_refunds(AT)
    Refund.objects.update(done_at=AT)
    server.now = MORNING
    assert service.reconcile_due(MORNING.replace(hour=8)) == 0  # not ready yet
    assert service.reconcile_due(MORNING) == 1
    day = StatementDay.objects.get()
    server.now = AT
    assert (day.payments, day.payments_sum, day.our_refunds, day.refunds_sum) == (1, Decimal(80), 1, Decimal(30))
    assert not day.differences.exists()


def test_what_only_one_side_has_or_says_otherwise_is_listed(server: PayServer) -> None:
    only_theirs, amount, only_ours = wanted("A1F1"), wanted("A2F1"), wanted("A3F1", "12.50")
    paid(server, only_theirs)
    Client().post(NOTIFY, paid(server, amount))
    PaymentOrder.objects.filter(order_no="A2F1").update(paid_at=AT, paid_amount=Decimal(81))
    PaymentOrder.objects.filter(order_no="A3F1").update(state="paid", paid_at=AT, paid_amount=only_ours.amount)
    server.now = MORNING
    service.reconcile_due(MORNING)
    server.now = AT
    found = {one.number: (one.kind, one.ours, one.theirs) for one in Difference.objects.all()}
    assert found == {
        "A1F1": ("only_theirs", None, Decimal(80)),
        "A2F1": ("amount", Decimal(81), Decimal(80)),
        "A3F1": ("only_ours", Decimal("12.5"), None),
    }


def test_a_statement_that_does_not_come_is_fetched_again(server: PayServer) -> None:
    Client().post(NOTIFY, paid(server, wanted()))
    PaymentOrder.objects.update(paid_at=AT)
    assert service.reconcile_due(MORNING) == 1  # the provider's day is not over yet
    day = StatementDay.objects.get()
    assert day.fetched_at is None and "账单" in day.trouble and not day.differences.exists()
    server.now = MORNING
    assert service.reconcile_due(day.next_attempt_at) == 1
    server.now = AT
    assert StatementDay.objects.get().fetched_at


def test_a_statement_that_is_none_is_no_statement() -> None:
    with pytest.raises(GatewayAway):
        lines_of_bill(b"<html>")


def test_the_adapter_in_use_is_the_one_the_setting_names(server: PayServer) -> None:
    assert provider() is not None and provider().title == "测试支付平台"  # type: ignore[union-attr]


def test_who_sets_out_again_days_later_is_asked_about_again(server: PayServer) -> None:
    order = wanted()
    set_out(server, order)
    later = AT + timedelta(days=3)
    service.start_payment(order_no=order.order_no, return_to="http://front/back", actor=ACTOR, at=later)
    assert service.ask_due(later + timedelta(seconds=90)) == 1
    order.refresh_from_db()
    assert order.ask_next_at is not None
    service.ask_due(later + timedelta(days=1, hours=1))
    order.refresh_from_db()
    assert order.ask_next_at is None


def test_a_day_the_platform_stood_still_is_reconciled_later(server: PayServer) -> None:
    service.take_callback(told=paid(server, wanted()), at=AT)
    assert service.reconcile_due(MORNING + timedelta(days=4)) == 1
    assert StatementDay.objects.filter(day=AT.date()).exists()


def test_strangers_cannot_push_what_the_provider_proved_off_the_page(server: PayServer) -> None:
    order = wanted()
    Callback.objects.create(at=AT, order_no=order.order_no, way="callback", verdict="paid_twice")
    for number in range(30):
        Callback.objects.create(at=AT + timedelta(minutes=number), way="callback", verdict="wrong_signature")
    assert [one.verdict for one in service.odd_callbacks()] == ["paid_twice"]
    assert service.unproved_since(AT) == 30


def cashier() -> Actor:
    region = Region.objects.create(code="189901", name="滨江新区", level="district", path="189901/", valid_from=date(2020, 1, 1))
    Organisation.objects.create(
        code="realestate", credit_code="11189901MB62013725", name="登记中心", level="district", region=region, valid_from=date(2020, 1, 1)
    )
    account = Account.objects.create(login="qian", name="钱收")
    Post.objects.create(code="realestate-cashier", organisation_id="realestate", title="收费员", roles=["cashier"])
    PostHolding.objects.create(account=account, post_id="realestate-cashier", valid_from=date(2020, 1, 1))
    return Actor(
        kind="official", account=str(account.pk), name="钱收", post="realestate-cashier", organisation="realestate",
        organisation_name="登记中心",
    )  # fmt: skip


def test_a_refund_that_failed_is_open_work_until_a_cashier_sends_it_again(server: PayServer) -> None:
    order = wanted()
    Client().post(NOTIFY, paid(server, order))
    made = refund(order, "80.00")
    assert made is not None
    Refund.objects.filter(pk=made.pk).update(state=Refund.State.FAILED, trouble="卖家余额不足")
    actor = cashier()
    assert [one.refund_no for one in service.failed_refunds(actor)] == [made.refund_no]
    with pytest.raises(NotAllowed):
        service.send_again(refund_no=made.refund_no, order_no=order.order_no, actor=ACTOR, at=AT)
    client = Client()
    client.force_login(Account.objects.get(login="qian"), backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["acting"] = {"post": "realestate-cashier"}
    session.save()
    assert "没有退成的款" in client.get("/exchange/payments/").content.decode()
    page = f"/exchange/payments/orders/{order.order_no}/"
    assert "重新退款" in client.get(page).content.decode()
    assert client.post(page, {"refund": made.refund_no}).status_code == 302
    service.send_again(refund_no=made.refund_no, order_no=order.order_no, actor=actor, at=AT)
    service.send_refunds(now())
    order.refresh_from_db()
    assert order.refunded == Decimal("80.00") and service.failed_refunds(actor) == []
    acts = [entry.act for entry in entries_on(f"case:{order.case_no}")]
    assert acts.count("exchange.payments.send_again") == 1
