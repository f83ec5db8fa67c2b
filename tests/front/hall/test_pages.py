"""Pages of the hall without a browser: finding, the guide, English, double clicks, versions, files, progress without an account."""

import json
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from santai.exchange.contracts.service import encode
from santai.front.hall import service as hall
from santai.front.hall.models import ItemCopy
from santai.kernel.clocks.service import now, today
from santai.kernel.jobs.service import forget_kept
from tests.support import walk

UNEMPLOYMENT = "12189901MB6218027M5000714001000"
ANSWERS: dict[str, Any] = {
    "address": "东江市滨江新区望江路 18 弄 3 号 501 室",
    "unemployed_on": "2026-01-31",
    "reason": "resigned",
    "former_employer": "东江云桥软件有限公司",
    "education": "20",
    "help": ["job"],
    "insured": False,
    "pledge": True,
}
Enter = Callable[..., Client]
pytestmark = pytest.mark.django_db


def text_of(html: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.decode()))


def _picture(kind: str) -> bytes:
    held = BytesIO()
    Image.new("RGB", (210, 297), "white").save(held, kind)
    return held.getvalue()


def draft_of(login: str = "resident", **changes: Any) -> hall.Draft:
    return walk.start(walk.citizen(login), UNEMPLOYMENT, {**ANSWERS, **changes})


def permit_draft() -> hall.Draft:
    """One of an item that asks for uploads, with none handed in yet."""
    draft = walk.start(walk.citizen("resident2"), walk.item_code("居住证申领"), {})
    draft.materials = {}
    draft.save(update_fields=["materials"])
    return draft


# -- finding -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("q", ["失业登记", "shiye", "找工作", "身份证", "unemployed"])
def test_an_item_is_found_by_its_name_pinyin_keyword_material_and_english(enter: Enter, q: str) -> None:
    assert "失业登记" in text_of(enter().get("/front/hall/", {"q": q}).content)


def test_nothing_found_still_leads_on(enter: Enter) -> None:
    shown = text_of(enter().get("/front/hall/", {"q": "qqqq"}).content)
    assert "没有找到合适的事项" in shown and "大家常办" in shown and "失业登记" in shown


def test_facets_narrow_and_can_be_taken_back(enter: Enter) -> None:
    html = enter().get("/front/hall/", {"for": "company"}).content.decode()
    found = re.sub(r"(?s)<aside.*?</aside>", "", html)
    assert "取消这个条件" in html
    assert "劳务派遣经营许可" in found and "企业设立" in found and "失业登记" not in found


def test_the_list_costs_the_same_queries_for_one_item_and_for_all(enter: Enter) -> None:
    visitor = enter()
    visitor.get("/front/hall/")

    def cost(**asked: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            visitor.get("/front/hall/", asked)
        return len(queries)

    assert cost() == cost(q="失业登记")


def test_the_guide_has_every_element(enter: Enter) -> None:
    shown = text_of(enter().get(f"/front/hall/items/{UNEMPLOYMENT}/").content)
    for element in [
        "谁可以办",
        "条件",
        "要交什么材料",
        "免交",
        "承诺时限",
        "法定时限",
        "比分头办省了多少",
        "怎么办",
        "办完得到什么",
        "收费",
        "办理地点",
        "办理时间",
        "咨询电话",
        "投诉电话",
        "依据",
        "不服决定怎么办",
        "常见问题",
    ]:
        assert element in shown, element


def test_an_english_reader_gets_an_english_page_with_chinese_marked(enter: Enter) -> None:
    html = enter("", accept_language="en").get(f"/front/hall/items/{UNEMPLOYMENT}/").content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    assert "Registration as unemployed" in main and "Documents needed" in main
    unmarked = re.sub(r'(?s)<(\w+)[^>]*lang="zh[^"]*"[^>]*>.*?</\1>', "", main)
    assert not re.search(r"[\u4e00-\u9fff]", re.sub(r"<[^>]+>", "", unmarked)), re.findall(r"[\u4e00-\u9fff]+", unmarked)[:5]


def test_an_unknown_item_is_told_kindly(enter: Enter) -> None:
    answer = enter().get("/front/hall/items/NOSUCH/")
    assert answer.status_code == 404 and "大家常办" in text_of(answer.content)


# -- filing ------------------------------------------------------------------------------------------------------------------------


def test_a_double_click_is_one_case(enter: Enter) -> None:
    draft, visitor = draft_of(), enter("resident")
    first = visitor.post(f"/front/hall/drafts/{draft.id}/submit/")
    second = visitor.post(f"/front/hall/drafts/{draft.id}/submit/")
    assert first.status_code == 302 and first["Location"] == second["Location"]
    assert hall.cases_of(*_who("resident")).count() == 1


def _who(login: str) -> tuple[Any, Any]:
    _account, actor, party = walk.citizen(login)
    return actor, party


def test_a_form_of_an_outdated_version_is_refused_and_moves_over_with_its_entries(enter: Enter) -> None:
    draft, visitor = draft_of(), enter("resident")
    old = ItemCopy.objects.get(code=UNEMPLOYMENT, current=True)
    ItemCopy.objects.filter(pk=old.pk).update(current=False)
    definition = {**old.definition, "version": old.version + 1}
    changed = ("id", "definition", "version", "current", "search")
    ItemCopy.objects.create(
        **{f.name: getattr(old, f.name) for f in ItemCopy._meta.fields if f.name not in changed},
        definition=definition, version=old.version + 1, current=True,
    )  # fmt: skip
    forget_kept()
    answer = visitor.post(f"/front/hall/drafts/{draft.id}/submit/")
    assert answer.status_code == 422 and "办事要求" in text_of(answer.content)
    visitor.post(f"/front/hall/drafts/{draft.id}/version/")
    assert visitor.post(f"/front/hall/drafts/{draft.id}/submit/").status_code == 302


def test_what_is_wrong_is_listed_with_a_link_to_its_field_and_nothing_is_filed(enter: Enter) -> None:
    draft, visitor = draft_of(unemployed_on="2999-01-01"), enter("resident")
    answer = visitor.post(f"/front/hall/drafts/{draft.id}/submit/")
    assert answer.status_code == 422
    assert f"/front/hall/drafts/{draft.id}/sections/registration/#f-unemployed_on" in answer.content.decode()
    assert not hall.cases_of(*_who("resident")).exists()


def test_anothers_draft_does_not_exist(enter: Enter) -> None:
    draft = draft_of()
    for tail in ("", "sections/registration/", "check/", "materials/identity/"):
        assert enter("resident2").get(f"/front/hall/drafts/{draft.id}/{tail}").status_code == 404


def test_a_mislabelled_file_is_refused_at_the_field(enter: Enter) -> None:
    draft = permit_draft()
    material = next(one for one in hall.materials_of_draft(draft) if one.source == "upload")
    program = SimpleUploadedFile("证明.pdf", b"MZ\x90\x00" + b"\x00" * 400, content_type="application/pdf")
    address = f"/front/hall/drafts/{draft.id}/materials/{material.code}/"
    answer = enter("resident2").post(address, {"file": program, "act": "keep"})
    assert answer.status_code == 422 and 'id="f-file-error"' in answer.content.decode()
    draft.refresh_from_db()
    assert not draft.materials.get(material.code)


def test_a_file_posted_without_scripts_is_kept_and_can_be_removed(enter: Enter) -> None:
    draft = permit_draft()
    material = next(one for one in hall.materials_of_draft(draft) if one.source == "upload")
    visitor, address = enter("resident2"), f"/front/hall/drafts/{draft.id}/materials/{material.code}/"
    pdf = SimpleUploadedFile("证明.pdf", _picture("pdf"), content_type="application/pdf")
    if "application/pdf" not in material.accepted_types:
        pdf = SimpleUploadedFile("证明.png", _picture("png"), content_type="image/png")
    assert visitor.post(address, {"file": pdf, "act": "keep"}).status_code == 302
    draft.refresh_from_db()
    [file] = draft.materials[material.code]["files"]
    assert file["name"] in visitor.get(address).content.decode()
    visitor.post(address, {"remove": file["digest"]})
    draft.refresh_from_db()
    assert draft.materials[material.code]["files"] == []


def test_what_was_handed_in_before_is_offered_again(enter: Enter) -> None:
    who = walk.citizen("resident2")
    code = walk.item_code("居住证申领")
    first = permit_draft()
    material = next(one for one in hall.materials_of_draft(first) if one.source == "upload")
    ref = walk.paper("工作证明.pdf")
    hall.Application.objects.create(
        case_no="189901" + "2" * 14, draft=first.id, account=who[1].account, applicant={}, applicant_code=who[2].code, item_code=code,
        item_version=first.item_version, form="x", form_version=1, content={}, received_at=now(),
        materials=[{"code": material.code, "name": material.name, "files": [encode(ref)]}],
    )  # fmt: skip
    draft = permit_draft()
    visitor, address = enter("resident2"), f"/front/hall/drafts/{draft.id}/materials/{material.code}/"
    assert "用您以前交过的" in text_of(visitor.get(address).content)
    visitor.post(address, {"again": ref.digest})
    draft.refresh_from_db()
    assert [one["digest"] for one in draft.materials[material.code]["files"]] == [ref.digest]
    assert visitor.post(address, {"again": "0" * 64}).status_code == 422


# -- the interface -----------------------------------------------------------------------------------------------------------------


def call(visitor: Client, content: dict[str, Any], key: str = "", item: str = UNEMPLOYMENT) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    body = {"item_code": item, "content": content, "materials": {}}
    return visitor.post("/front/hall/api/applications/", json.dumps(body), content_type="application/json", headers=headers)


def test_the_interface_files_once_a_key(enter: Enter) -> None:
    visitor = enter("resident")
    first, again, other = call(visitor, ANSWERS, "a"), call(visitor, ANSWERS, "a"), call(visitor, ANSWERS, "b")
    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 201), first.content.decode()
    assert first.json()["case_no"] == again.json()["case_no"] != other.json()["case_no"]


def test_the_interface_keeps_the_rules_of_the_pages(enter: Enter) -> None:
    visitor = enter("resident")
    wrong = call(visitor, {**ANSWERS, "unemployed_on": "2999-01-01"}, "c")
    assert wrong.status_code == 422 and "unemployed_on" in wrong.json()["fields"]
    forged = call(visitor, {**ANSWERS, "applicant": {"name": "别人", "id_kind": "resident-id", "id_number": "189901199305010983"}}, "d")
    assert forged.status_code == 422 and "applicant.name" in forged.json()["fields"], "what the register says stands"
    assert call(visitor, ANSWERS, "e", item="NOSUCH").status_code == 422
    assert call(enter(), ANSWERS).status_code == 401
    assert visitor.post("/front/hall/api/applications/", "{", content_type="application/json").status_code == 400
    assert not hall.cases_of(*_who("resident")).exists()


def test_one_application_costs_a_fixed_number_of_queries(enter: Enter) -> None:
    visitor = enter("resident")
    call(visitor, ANSWERS, "warm")
    with CaptureQueriesContext(connection) as queries:
        assert call(visitor, ANSWERS, "f").status_code == 201
    assert len(queries) <= 40, len(queries)


# -- after filing ------------------------------------------------------------------------------------------------------------------


def filed(enter: Enter) -> tuple[Client, str]:
    visitor = enter("resident")
    case_no = call(visitor, ANSWERS, "g").json()["case_no"]
    walk.deliver()
    return visitor, case_no


def test_every_page_of_a_case_answers_its_owner_and_nobody_else(enter: Enter) -> None:
    visitor, case_no = filed(enter)
    for tail in ("", "content/", "withdraw/"):
        assert visitor.get(f"/front/hall/cases/{case_no}/{tail}").status_code == 200, tail
        assert enter("resident2").get(f"/front/hall/cases/{case_no}/{tail}").status_code == 404, tail
    for tail in ("", "receipt/"):
        assert case_no in visitor.get(f"/front/hall/filed/{case_no}/{tail}").content.decode()
    view = hall.case_by_number(case_no)
    assert view is not None
    rules = [(branch, one["rule"]) for branch, part in {"": {"clocks": view.clocks}, **view.parts}.items() for one in part["clocks"]]
    for branch, rule in rules:
        page = visitor.get(f"/front/hall/cases/{case_no}/clock/", {"branch": branch, "rule": rule})
        assert page.status_code == 200 and "这一天发生，不计入" in text_of(page.content)


def test_a_line_and_an_urge_are_kept_and_a_second_urge_is_told(enter: Enter) -> None:
    visitor, case_no = filed(enter)
    assert visitor.post(f"/front/hall/cases/{case_no}/write/", {"text": "请问何时办好？"}).status_code == 302
    assert visitor.post(f"/front/hall/cases/{case_no}/write/", {"act": "urge"}).status_code == 302
    second = visitor.post(f"/front/hall/cases/{case_no}/write/", {"act": "urge", "text": "再催一次"})
    assert second.status_code == 422 and "您刚刚催办过" in text_of(second.content) and "再催一次" in second.content.decode()


def test_withdrawal_needs_a_reason_and_says_its_consequence(enter: Enter) -> None:
    visitor, case_no = filed(enter)
    assert "撤回不能取消" in text_of(visitor.get(f"/front/hall/cases/{case_no}/withdraw/").content)
    assert visitor.post(f"/front/hall/cases/{case_no}/withdraw/", {"reason": " "}).status_code == 422
    assert visitor.post(f"/front/hall/cases/{case_no}/withdraw/", {"reason": "找到工作了"}).status_code == 302


@pytest.mark.requirement("FD-035", part="progress without an account by case number and a code to the phone")
def test_progress_without_an_account_needs_the_code_and_shows_no_names(enter: Enter, monkeypatch: Any) -> None:
    _visitor, case_no = filed(enter)
    stranger = enter()
    assert stranger.get(f"/front/hall/track/{case_no}/").status_code == 302, "the number alone opens nothing"
    unknown = text_of(stranger.post("/front/hall/track/", {"case_no": "1" * 20}).content)
    monkeypatch.setattr("secrets.randbelow", lambda most: 123456)
    known = text_of(stranger.post("/front/hall/track/", {"case_no": case_no}).content)
    assert unknown.replace("1" * 20, "") == known.replace(case_no, ""), "it never says whether a case exists"
    wrong = stranger.post("/front/hall/track/", {"case_no": case_no, "act": "check", "code": "000000"})
    assert wrong.status_code == 422 and "验证码不对" in text_of(wrong.content)
    right = stranger.post("/front/hall/track/", {"case_no": case_no, "act": "check", "code": "123456"})
    assert right.status_code == 302
    page = text_of(stranger.get(right["Location"]).content.split(b"<main")[1])
    assert "申请已收到" in page and "刘梦瑶" not in page


def test_a_malformed_number_is_told_at_the_field(enter: Enter) -> None:
    answer = enter().post("/front/hall/track/", {"case_no": "12a"})
    assert answer.status_code == 422 and "20 位以上" in text_of(answer.content)


def test_the_home_page_has_the_citys_services_and_figures(enter: Enter) -> None:
    filed(enter)
    shown = text_of(enter().get("/").content)
    assert "失业求职" in shown and "开办企业" in shown and "今天收到的申请" in shown and str(today().year) in shown
