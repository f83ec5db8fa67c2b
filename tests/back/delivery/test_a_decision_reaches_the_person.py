"""From the decision to the return of service: pages, proofs, days, and what the person's own space proves."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from santai.back.approvals import service as approvals
from santai.back.delivery import service as delivery
from santai.back.delivery.rules import Outcome, Unserved, outcome_of
from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import ResultsHandedOut, ServiceAddressConfirmed
from santai.front.hall import service as hall
from santai.kernel.access.service import NotAllowed
from santai.kernel.clocks.service import clocks_of, now, today
from santai.kernel.forms.service import dated
from santai.kernel.identity.service import find_account
from santai.kernel.jobs.service import drain
from santai.kernel.ledger.service import entries_on
from tests.back.approvals.test_one_department import RESIDENCE
from tests.support import walk

pytestmark = pytest.mark.usefixtures("city_db")


def decided() -> str:
    who = walk.citizen("resident2")
    case_no = walk.submit(who, walk.start(who, walk.item_code("居住证申领"), dated(RESIDENCE, today())))
    walk.check(case_no, walk.official("police-examiner"))
    walk.examine(case_no, walk.official("police-examiner"))
    walk.decide(case_no, walk.official("police-decider"))
    drain()
    return case_no


def waiting(case_no: str) -> delivery.Delivery:
    return delivery.access_delivery(sub_case_no=f"{case_no}-main", actor=walk.official("police-decider"))


def give(case_no: str, **given: Any) -> delivery.Try:
    return delivery.deliver(sub_case_no=f"{case_no}-main", actor=walk.official("police-examiner"), at=now(), **given)


def consent(case_no: str, electronic: bool = True) -> None:
    person = walk.citizen("resident2")[2]
    delivery.confirm_address(
        person_code=person.code,
        person_name=person.name,
        recipient=person.name,
        phone="",
        address="锦绣路 8 号",
        electronic=electronic,
        proof="确认书 1 号",
        actor=walk.official("police-examiner"),
        at=now(),
    )


def test_the_ledger_names_the_paper_and_not_the_persons_number() -> None:
    consent(decided())
    code = walk.citizen("resident2")[2].code
    kept = delivery.ServiceAddress.objects.get(person_code=code)
    assert len(entries_on(f"address:{kept.pk}")) == 1 and not entries_on(f"person:{code}")


def open_decision(case_no: str) -> None:
    paper = next(one for one in hall.papers_of(case_no) if one.kind == "granted")
    hall.open_paper(document_no=paper.document_no, actor=walk.citizen("resident2")[1], at=now())
    walk.deliver()


def test_a_decision_opens_a_delivery_and_a_signature_closes_it_with_a_numbered_return_of_service() -> None:
    case_no = decided()
    assert waiting(case_no).state == "waiting"
    give(case_no, mode="direct", receiver="self", proof="signature")
    found = waiting(case_no)
    assert (found.state, found.delivered_on, found.mode) == ("delivered", today(), "direct")
    proof = approvals.documents_of(case_no)[-1]
    assert (proof.title, proof.document_no) == ("送达回证", found.proof_no) and "赵宇航" in str(proof.data)
    assert not [clock for clock in clocks_of(f"delivery:{case_no}-main") if clock.is_open]
    with pytest.raises(delivery.DeliveredAlready):
        give(case_no, mode="direct", receiver="self", proof="signature")


def test_opening_the_decision_in_ones_space_is_service_only_where_electronic_service_was_agreed_to() -> None:
    case_no = decided()
    open_decision(case_no)
    assert waiting(case_no).state == "waiting" and waiting(case_no).tries.get().state == "told"
    agreed = decided()
    consent(agreed)
    open_decision(agreed)
    assert (waiting(agreed).state, waiting(agreed).mode) == ("delivered", "electronic")
    again = decided()
    consent(again, electronic=False)  # the newest confirmation binds
    open_decision(again)
    assert waiting(again).state == "waiting"


def test_a_letter_is_under_way_until_its_receipt_or_its_return() -> None:
    case_no = decided()
    assert give(case_no, mode="post", proof="none", mail_no="EMS1").state == "under_way"
    assert waiting(case_no).state == "under_way"
    for wrong in (None, today() + timedelta(days=1), today() - timedelta(days=1)):
        with pytest.raises(delivery.DateWrong):
            give(case_no, mode="post", proof="receipt", receipt_on=wrong)
    give(case_no, mode="post", proof="returned", mail_no="EMS1")
    found = waiting(case_no)
    assert (found.state, found.next_mode) == ("waiting", "public")
    give(case_no, mode="post", proof="receipt", receipt_on=today(), mail_no="EMS2")
    assert waiting(case_no).delivered_on == today()


def test_what_a_window_hands_out_and_confirms_is_taken_over_once() -> None:
    case_no = decided()
    person = walk.citizen("resident2")[2]
    at, clerk = now(), walk.official("asc-issuing")
    handed = ResultsHandedOut(
        case_no=case_no, handout_no="出1", handed_out_at=at.isoformat(), collector=person, relation="代理人", authority="授权委托书",
        documents=(waiting(case_no).document_no,),
    )  # fmt: skip
    other = ResultsHandedOut(
        case_no=case_no, handout_no="出0", handed_out_at=at.isoformat(), collector=person, relation="本人", documents=("别的",)
    )
    address = ServiceAddressConfirmed(
        address_no="址1", person=person, recipient=person.name, electronic=True, confirmed_at=at.isoformat(), confirmed_with="窗口"
    )
    for message in (other, address, address):
        publish(message, actor=clerk, order_key=case_no, at=at)
        walk.deliver()
    assert waiting(case_no).state == "waiting" and delivery.consents(person.code)
    publish(handed, actor=clerk, order_key=case_no, at=at)
    walk.deliver()
    found = waiting(case_no)
    assert (found.state, found.mode, found.delivered_on) == ("delivered", "window", today())
    assert "授权委托书" in found.tries.get().proof_note and delivery.ServiceAddress.objects.filter(number="址1").count() == 1


def test_another_bodys_officials_deliver_nothing() -> None:
    case_no = decided()
    with pytest.raises(NotAllowed):
        delivery.deliver(
            sub_case_no=f"{case_no}-main", mode="direct", receiver="self", proof="signature", actor=walk.official("hrss-examiner"), at=now()
        )
    with pytest.raises(delivery.NotDelivery):
        delivery.access_delivery(sub_case_no=f"{case_no}-main", actor=walk.official("hrss-examiner"))


def test_the_page_tells_at_the_field_why_it_is_no_service_and_keeps_the_entry() -> None:
    case_no = decided()
    client = Client()
    account = find_account("police-examiner")
    assert account is not None
    client.force_login(account)
    session = client.session
    session["acting"] = {"post": "police-examiner"}
    session.save()
    address = f"/back/delivery/{case_no}-main/"
    page = client.post(
        address, {"act": "deliver", "mode": "window", "receiver": "unauthorised", "receiver_name": "邻居王某", "proof": "signature"}
    )
    assert page.status_code == 422 and "不能代收" in page.content.decode() and "邻居王某" in page.content.decode()
    page = client.post(address, {"act": "address", "recipient": "", "proof": ""})
    assert page.status_code == 422 and "请填写收件人" in page.content.decode()
    assert client.post(address, {"act": "deliver", "mode": "window", "receiver": "self", "proof": "signature"}).status_code == 302
    assert "已送达" in client.get("/back/delivery/?state=delivered").content.decode()


@pytest.mark.parametrize(
    ("given", "comes_to"),
    [
        ({"mode": "left", "receiver": "refused", "proof": "witness"}, "delivered"),
        ({"mode": "left", "receiver": "self", "proof": "recording"}, "receiver_unqualified"),
        ({"mode": "entrusted", "receiver": "self", "proof": "signature"}, "delivered"),
        ({"mode": "entrusted", "receiver": "self", "proof": "none"}, "proof_missing"),
        ({"mode": "window", "receiver": "adult_family", "proof": "signature"}, "receiver_unqualified"),
        ({"mode": "direct", "receiver": "firm", "proof": "signature"}, "delivered"),
        ({"mode": "direct", "receiver": "self", "proof": "returned"}, "proof_missing"),
        ({"mode": "electronic", "receiver": "", "proof": "failed", "consent": True}, "failed"),
        ({"mode": "electronic", "receiver": "", "proof": "none", "consent": True}, "proof_missing"),
        ({"mode": "call", "receiver": "", "proof": "none"}, "told"),
        ({"mode": "public", "receiver": "", "proof": "none", "tried_and_failed": True}, "proof_missing"),
        ({"mode": "public", "receiver": "", "proof": "notice", "tried_and_failed": True}, "under_way"),
    ],
)
def test_each_mode_has_its_proof(given: dict[str, Any], comes_to: str) -> None:
    common = {"consent": False, "tried_and_failed": False, "today": today(), "decided_on": today(), "receipt_on": None}
    try:
        found: Outcome | str = outcome_of(**{**common, **given})  # type: ignore[arg-type]
    except Unserved as unserved:
        assert unserved.why == comes_to
        return
    assert isinstance(found, Outcome) and found.state == comes_to
