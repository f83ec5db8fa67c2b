"""The words of a department's documents: written without code, checked, previewed with a real case, published, compared, used."""

from datetime import timedelta
from typing import Any

import pytest

from santai.back.approvals import service as approvals
from santai.back.approvals.models import ServedDocument
from santai.back.letters import service as letters
from santai.back.letters.rules import differences, filled, problems
from santai.back.letters.rules.places import KINDS, values_of
from santai.kernel.access.service import NotAllowed
from santai.kernel.clocks.service import now, today
from santai.kernel.forms.service import dated
from santai.kernel.orgs.models import Post
from tests.back.approvals.test_one_department import RESIDENCE
from tests.support import walk

pytestmark = pytest.mark.usefixtures("city_db")

OWN = "您好！您申请的“{事项}”（{办件编号}），我们已于{受理日期}受理。\n{视为受理说明}\n由{承办部门}办理。"
END = "最迟{办结期限}答复您。"


def editor() -> Any:
    return walk.official("police-decider")


def save(
    kind: str = "acceptance", before: str = OWN, after: str = END, item: str = "", revision: int = 0, actor: Any = None
) -> letters.Wording:
    return letters.save_wording(
        kind=kind, item_code=item, before=before, after=after, note="更亲切", revision=revision, actor=actor or editor(), at=now()
    )


def publish(item: str = "", kind: str = "acceptance") -> letters.Wording:
    draft = letters.draft_of("police", kind, item)
    assert draft is not None
    return letters.publish_wording(kind=kind, item_code=item, revision=draft.revision, actor=editor(), at=now())


def accepted() -> ServedDocument:
    who = walk.citizen("resident2")
    case_no = walk.submit(who, walk.start(who, walk.item_code("居住证申领"), dated(RESIDENCE, today())))
    walk.check(case_no, walk.official("police-examiner"))
    return next(one for one in approvals.documents_of(case_no) if one.kind == "acceptance")


def said(document: ServedDocument) -> str:
    page = approvals.page_of(document)
    return "\n".join([*page["paragraphs"], *page["after"]])


def test_what_is_published_stands_in_the_next_document_and_in_no_earlier_one() -> None:
    before = accepted()
    save()
    assert "您好！" not in said(accepted())  # a draft changes nothing
    publish()
    after = accepted()
    assert "您好！您申请的“居住证申领”" in said(after) and "由东江市公安局滨江分局办理。" in said(after)
    assert "视为受理" not in said(after)  # a paragraph without content is left out
    assert "您好！" not in said(before)
    serials = [
        int(one.document_no.split("〕")[1].removesuffix("号"))
        for one in ServedDocument.objects.filter(organisation="police", kind="acceptance")
    ]
    assert sorted(serials) == list(range(min(serials), min(serials) + len(serials)))  # numbering stays gapless
    assert approvals.make_document(document_id=after.id, at=now()) and ServedDocument.objects.get(id=after.id).digest


def test_words_for_one_item_come_before_those_for_all() -> None:
    item = walk.item_code("居住证申领")
    save(before=OWN.replace("您好！", "全部："))
    publish()
    save(before=OWN.replace("您好！", "居住证："), item=item)
    publish(item)
    assert said(accepted()).startswith("居住证：")
    letters.retire_wording(kind="acceptance", item_code=item, actor=editor(), at=now())
    assert said(accepted()).startswith("全部：")
    letters.retire_wording(kind="acceptance", item_code="", actor=editor(), at=now())
    assert "予以受理" in said(accepted())


def test_a_later_version_leaves_documents_of_the_earlier_one_as_they_were() -> None:
    save()
    first = publish()
    document = accepted()
    save(before=OWN.replace("您好！", "第二版："))
    second = publish()
    assert (first.version, second.version) == (1, 2) and "您好！" in said(document)
    assert [one.state for one in letters.versions_of("police", "acceptance", "")] == ["published", "retired"]


@pytest.mark.parametrize(
    ("before", "after", "field", "words"),
    [
        ("{不存在的}，{受理日期}{视为受理说明}", "", "before", "没有“{不存在的}”"),
        ("{受理日期}{视为受理说明}", "{金额}", "after", "没有“{金额}”"),
        ("{受理日期", "", "before", "成对"),
        ("", "", "before", "请写正文"),
        ("您的申请已经受理。", "", "before", "{受理日期}、{视为受理说明}"),
        ("{受理日期}{视为受理说明}" + "字" * 4000, "", "before", "最多 4000 字"),
    ],
)
def test_a_wrong_text_is_refused_at_its_field(before: str, after: str, field: str, words: str) -> None:
    with pytest.raises(letters.TextWrong) as refused:
        save(before=before, after=after)
    assert words in refused.value.fields[field] and len(refused.value.fields) == 1
    assert letters.draft_of("police", "acceptance", "") is None


def test_only_the_bodys_own_editors_change_its_words_and_only_for_its_own_items() -> None:
    for post in ("police-examiner", "hrss-examiner"):
        with pytest.raises(NotAllowed):
            save(actor=walk.official(post))
    with pytest.raises(letters.ItemNotYours):
        save(item=walk.item_code("失业登记"))
    with pytest.raises(letters.KindUnknown):
        save(kind="nothing")


def test_a_colleagues_draft_is_not_overwritten() -> None:
    save()
    with pytest.raises(letters.SomebodyElseSaved):
        save(before=OWN + "！")
    save(before=OWN + "！", revision=1)
    with pytest.raises(letters.NothingToPublish):
        letters.publish_wording(kind="acceptance", item_code="", revision=1, actor=editor(), at=now())
    letters.discard_wording(kind="acceptance", item_code="", actor=editor(), at=now())
    with pytest.raises(letters.NothingToPublish):
        letters.discard_wording(kind="acceptance", item_code="", actor=editor(), at=now())


def test_a_preview_shows_a_real_case_of_the_body_and_nobody_elses() -> None:
    document = accepted()
    mine = letters.preview(kind="acceptance", before=OWN, after=END, document=str(document.id), actor=editor(), at=now())
    assert mine["real"] and document.case_no in mine["paragraphs"][0]
    foreign = letters.preview(
        kind="acceptance",
        before=OWN,
        after=END,
        document=str(document.id),
        actor=walk.official("hrss-decider"),
        at=now() + timedelta(days=1),
    )
    assert not foreign["real"] and document.case_no not in foreign["paragraphs"][0]


def test_who_reads_no_cases_is_shown_made_up_facts() -> None:
    document = accepted()
    assert letters.cases_to_preview(editor(), "acceptance")
    Post.objects.filter(code=editor().post).update(roles=["item_manager"])
    assert not letters.cases_to_preview(editor(), "acceptance")
    page = letters.preview(kind="acceptance", before=OWN, after=END, document=str(document.id), actor=editor(), at=now())
    assert not page["real"] and document.case_no not in page["paragraphs"][0]


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_words_to_start_from_may_be_published_as_they_are(kind: str) -> None:
    known = KINDS[kind]
    assert problems(known, known.before, known.after) == {}
    assert set(known.musts) <= known.places.keys()
    page = letters.preview(kind=kind, before=known.before, after=known.after, document="", actor=editor(), at=now())
    assert page["paragraphs"] and "{" not in "".join([*page["paragraphs"], *page["after"]])


def test_a_refusals_remedies_are_the_platforms_own_sentence() -> None:
    known = KINDS["refused"]
    page = letters.preview(kind="refused", before=known.before, after=known.after, document="", actor=editor(), at=now())
    assert "六十日内向滨江新区人民政府申请行政复议" in page["after"][0] and "六个月" in page["after"][0]


def test_places_are_filled_and_differences_told_line_by_line() -> None:
    assert filled("甲{一}\n\n乙{二}\n丙", {"一": "1", "二": ""}) == ["甲1", "丙"]
    assert differences("甲\n乙", "甲\n丙") == [("same", "甲"), ("gone", "乙"), ("added", "丙")]
    assert values_of(KINDS["special"], {"expected_days": 3, "unit": "个自然日", "cause": "检测"})["所需时间"] == "3个自然日"


def test_a_bodys_phrases_and_points_stand_beside_what_its_officials_write() -> None:
    from santai.back.desk.service import case_file

    case_no = accepted().case_no
    at = now()
    add = {"item_code": "", "actor": editor(), "at": at}
    letters.add_phrase(use="opinion", text="  材料齐全，  符合条件。 ", **add)
    letters.add_phrase(use="point", text="核对租赁合同的期限。", **add)
    with pytest.raises(letters.PhraseWrong) as refused:
        letters.add_phrase(use="opinion", text="材料齐全， 符合条件。", **add)
    assert "已经有" in refused.value.fields["text"]
    with pytest.raises(letters.PhraseWrong) as refused:
        letters.add_phrase(use="", text="", **add)
    assert set(refused.value.fields) == {"use", "text"}
    file = case_file(case_no=case_no, actor=walk.official("police-examiner"), at=at, pictures=False)
    act = next(one for one in file.acts if one.key == "examine")
    assert act.phrases == ("材料齐全， 符合条件。",) and act.data["points"] == ["核对租赁合同的期限。"]
    (phrase,) = [one for one in letters.phrases_of("police") if one.use == "opinion"]
    with pytest.raises(letters.NothingToPublish):
        letters.retire_phrase(phrase=phrase.id, actor=walk.official("hrss-decider"), at=at)
    letters.retire_phrase(phrase=phrase.id, actor=editor(), at=at)
    assert letters.phrases_for(organisation="police", item_code="")["opinion"] == []
