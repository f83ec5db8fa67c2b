"""Before a company's form: name, standard scope, standard address. Before filing: everybody who must sign."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from santai.exchange.notices.models import Sending
from santai.front.hall import service as hall
from santai.front.hall.models import SignatureInvitation
from santai.kernel.clocks.service import now
from tests.front.hall.test_pages import text_of
from tests.support import walk

Enter = Callable[..., Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(enter: Enter) -> hall.Draft:
    """A founder's empty form."""
    account, actor, party = walk.citizen("founder")
    situation = {question["id"]: question["options"][0]["value"] for question in hall.current_item(walk.JOINT).questions}
    return hall.start_draft(account=account, party=party, item_code=walk.JOINT, situation=situation, actor=actor, at=now())


@pytest.fixture
def filled(enter: Enter) -> hall.Draft:
    return walk.start(walk.citizen("founder"), walk.JOINT, walk.sample_firm())


def at(draft: hall.Draft, tail: str = "") -> str:
    return f"/front/hall/drafts/{draft.id}/{tail}"


def main(html: bytes) -> str:
    return text_of(html.split(b"<main")[1].split(b"<footer")[0])


# -- aids --------------------------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("FD-094", part="before the form: the name is checked and kept")
def test_a_name_is_checked_and_kept_and_stands_in_the_form(enter: Enter, draft: hall.Draft) -> None:
    founder = enter("founder")
    page = founder.get(at(draft, "name/")).content.decode()
    assert 'value="东江"' in page, "the item's own city comes first"
    name = {"district": "东江", "trade_name": "澄明", "industry": "精密部件", "form": "有限公司"}
    assert "这个名称可以用" in main(founder.post(at(draft, "name/"), {**name, "act": "check"}).content)
    assert founder.post(at(draft, "name/"), {**name, "act": "keep"}).status_code == 302
    draft.refresh_from_db()
    assert draft.data["company_name"] == "东江澄明精密部件有限公司" and draft.reservation["until"]
    missing = founder.post(at(draft, "name/"), {**name, "trade_name": "", "act": "check"})
    assert missing.status_code == 422 and "请填写字号" in main(missing.content) and "精密部件" in missing.content.decode()
    latin = founder.post(at(draft, "name/"), {**name, "trade_name": "ABC", "act": "keep"})
    assert "字号只能使用规范汉字" in main(latin.content)


@pytest.mark.requirement("FD-094", part="before the form: business scope from the standard wordings")
def test_standard_wordings_are_found_chosen_and_taken_out_again(enter: Enter, draft: hall.Draft) -> None:
    founder = enter("founder")
    html = founder.get(at(draft, "scope/"), {"q": "软件"}).content.decode()
    code = re.findall(r'name="codes" value="([^"]+)"', html)[0]
    assert founder.post(at(draft, "scope/"), {"q": "软件"}).status_code == 422, "nothing chosen"
    founder.post(at(draft, "scope/"), {"q": "软件", "codes": code})
    draft.refresh_from_db()
    [row] = draft.data["business_scope"]
    assert row["text"] and draft.data["industry_code"], "the wording proposes the industry"
    founder.post(at(draft, "scope/"), {"remove": row["text"]})
    draft.refresh_from_db()
    assert not draft.data.get("business_scope")
    assert "没有" in main(founder.get(at(draft, "scope/"), {"q": "qqqq"}).content), "an empty result says so"


@pytest.mark.requirement("FD-094", part="before the form: the address from the standard addresses")
def test_a_standard_address_fills_the_domicile(enter: Enter, draft: hall.Draft) -> None:
    founder = enter("founder")
    html = founder.get(at(draft, "address/"), {"q": "望江路"}).content.decode()
    code = re.findall(r'name="code" value="([^"]+)"', html)[0]
    assert founder.post(at(draft, "address/"), {"q": "望江路"}).status_code == 422
    assert founder.post(at(draft, "address/"), {"q": "望江路", "code": code}).status_code == 302
    draft.refresh_from_db()
    assert draft.data["domicile"]["road"] and len(draft.data["domicile"]["division"]) == 12
    assert "没有找到这个地址" in main(founder.get(at(draft, "address/"), {"q": "qqqq"}).content)


# -- signing -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.requirement("FD-094", part="shareholders, directors and legal representative are invited personally and co-sign")
def test_everybody_the_form_names_is_invited_personally_and_filing_shows_who_is_missing(enter: Enter, filled: hall.Draft) -> None:
    founder = enter("founder")
    founder.post(at(filled, "signatures/"), {"act": "invite"})
    walk.deliver()
    invited = {one.name: one for one in SignatureInvitation.objects.filter(draft=filled)}
    people = [walk.sample_firm()["legal_representative"], *walk.sample_firm()["directors"]]
    assert set(invited) == set(walk.SIGNERS) and {one["name"] for one in people} <= set(invited)
    sms = {one.text for one in Sending.objects.filter(channel="sms", notice__letter="invitation")}
    others = set(invited) - {"陈静怡"}
    assert len(sms) == len(others) and all("/front/hall/sign/" in one for one in sms), "each by SMS, with the address of the page to sign"
    assert Sending.objects.filter(notice__letter="invitation").values("notice__party_code").distinct().count() == len(others)
    refused = founder.post(at(filled, "submit/"))
    assert refused.status_code == 422
    shown = text_of(refused.content)
    assert all(name in shown for name in invited), "filing says who has not signed"
    signed = invited["林浩然"]
    hall.sign_draft(invitation_id=signed.id, digest=hall.content_digest(filled), actor=walk.citizen("shareholder2")[1], at=now())
    why = re.search(r"还有\d人没有签名：([^。]+)", text_of(founder.post(at(filled, "submit/")).content))
    assert why and "林浩然" not in why[1] and "沈国强" in why[1]


def test_only_the_invited_reads_and_signs_and_another_content_voids_the_signature(enter: Enter, filled: hall.Draft) -> None:
    walk.sign_all(filled)
    invitation = SignatureInvitation.objects.get(draft=filled, name="林浩然")
    page = f"/front/hall/sign/{invitation.id}/"
    assert enter("shareholder3").get(page).status_code == 403 and enter("shareholder2").get(page).status_code == 200
    changed = {**filled.data, "registered_capital": (filled.data.get("registered_capital") or 0) + 1, "email": "new@example.cn"}
    filled.refresh_from_db()
    hall.save_draft(draft_id=filled.id, data=changed, revision=filled.revision, actor=walk.citizen("founder")[1], at=now())
    assert not SignatureInvitation.objects.filter(draft=filled).exclude(signed_at=None).exists()


def test_who_declines_says_why_and_the_applicant_reads_it(enter: Enter, filled: hall.Draft) -> None:
    enter("founder").post(at(filled, "signatures/"), {"act": "invite"})
    invitation = SignatureInvitation.objects.get(draft=filled, name="林浩然")
    signer = enter("shareholder2")
    assert signer.post(f"/front/hall/sign/{invitation.id}/", {"act": "decline", "why": " "}).status_code == 422
    signer.post(f"/front/hall/sign/{invitation.id}/", {"act": "decline", "why": "出资额不对"})
    shown = main(enter("founder").get(at(filled, "signatures/")).content)
    assert "拒绝签名" in shown and "出资额不对" in shown


def test_who_is_reminded_is_told_again_but_not_twice_in_a_row(enter: Enter, filled: hall.Draft) -> None:
    founder = enter("founder")
    founder.post(at(filled, "signatures/"), {"act": "invite"})
    invitation = SignatureInvitation.objects.get(draft=filled, name="林浩然")
    for said in ("已再次提醒", "刚"):
        assert said in text_of(founder.post(at(filled, "signatures/"), {"remind": str(invitation.id)}, follow=True).content)


def test_an_invited_person_without_an_account_registers_and_comes_back_to_sign(enter: Enter, filled: hall.Draft) -> None:
    enter("founder").post(at(filled, "signatures/"), {"act": "invite"})
    invitation = SignatureInvitation.objects.filter(draft=filled).first()
    page = f"/front/hall/sign/{invitation.id}/"
    asked = enter().get(page)
    assert asked.status_code == 302 and "sign-in" in asked["Location"]
    sign_in = enter().get(asked["Location"]).content.decode()
    way = re.search(r'href="(/kernel/identity/register/\?next=[^"]+)"', sign_in)
    assert way and page.replace("/", "%2F") in way[1].replace("/", "%2F")
