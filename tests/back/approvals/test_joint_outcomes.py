"""What becomes of the whole is data of the item: all or nothing, severable, the lead decides, and a refusal after a licence is out."""

from dataclasses import replace
from typing import Any

import pytest

from santai.back.approvals import queries
from santai.back.approvals import service as approvals
from santai.back.approvals.errors import ReasonMissing, WrongStep
from santai.back.cases.service import SubCase
from santai.back.desk.service import Wish, page_of
from santai.exchange.contracts.service import ItemDefinition
from santai.exchange.items.rules.lint import lint
from santai.front.hall import service as hall
from santai.kernel.access.service import NotAllowed
from santai.kernel.clocks.service import now
from santai.kernel.jobs.service import drain
from tests.support import walk

pytestmark = pytest.mark.usefixtures("city_db")

SEVEN = ("gs", "sw", "cz", "zj", "tj", "wz", "hb")
AFTER_GS = ("sw", "cz", "zj", "tj", "wz")


@pytest.fixture
def declared(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The joint item with other words in its declaration."""
    published = queries._definition

    def declare(**changes: Any) -> None:
        def other(code: str, version: int) -> ItemDefinition:
            item = published(code, version)
            if changes.get("joint_outcome") == "all_or_nothing":  # which cannot assign a code half-way (lint)
                plain = tuple(replace(one, result=replace(one.result, assigns={}, registers={})) for one in item.branches)
                return replace(item, branches=plain, **changes)
            return replace(item, **changes)

        monkeypatch.setattr(queries, "_definition", other)

    return declare


def accepted() -> str:
    case_no = walk.file_joint()
    walk.check_all(case_no)
    return case_no


def refuse(case_no: str, branch: str) -> None:
    walk.examine(case_no, walk.official(walk.EXAMINERS[branch]), branch, suggestion="suggest_refuse", opinion="不符合条件。")
    walk.decide(case_no, walk.official(walk.DECIDERS[branch]), branch, outcome="refused", reason="不符合法定条件。")


def outcomes(case_no: str) -> dict[str, str]:
    return dict(SubCase.objects.filter(case_id=case_no).values_list("branch", "outcome"))


def granted_documents(case_no: str) -> list[str]:
    return [one.sub_case_no.rpartition("-")[2] for one in approvals.documents_of(case_no) if one.kind == "granted"]


@pytest.mark.requirement("BO-007", part="all or nothing: decisions and licences take effect together")
@pytest.mark.requirement("BO-008", part="what becomes of a joint approval is declared with the item")
def test_all_or_nothing_gives_every_decision_and_licence_together_at_the_end(declared: Any) -> None:
    declared(joint_outcome="all_or_nothing")
    case_no = accepted()
    for branch in SEVEN[:-1]:
        walk.finish(case_no, branch)
    drain()
    assert granted_documents(case_no) == [] and hall.licences_of_case(case_no) == [], "nothing is out while one may still refuse"
    walk.finish(case_no, "hb")
    drain()
    assert walk.case(case_no).outcome == "granted"
    assert sorted(granted_documents(case_no)) == ["cz", "gs", "hb", "sw"]
    assert len(hall.licences_of_case(case_no)) == 4


def test_all_or_nothing_with_a_late_refusal_leaves_nothing_out_and_says_so_to_every_part(declared: Any) -> None:
    declared(joint_outcome="all_or_nothing")
    case_no = accepted()
    for branch in ("gs", "sw", "zj"):
        walk.finish(case_no, branch)
    refuse(case_no, "hb")
    drain()
    assert walk.case(case_no).outcome == "refused"
    assert outcomes(case_no) == {
        "gs": "terminated", "sw": "terminated", "cz": "terminated", "zj": "acknowledged", "tj": "terminated", "wz": "terminated",
        "hb": "refused",
    }  # fmt: skip
    assert granted_documents(case_no) == [] and hall.licences_of_case(case_no) == []
    view = hall.case_by_number(case_no)
    assert view.parts["gs"]["outcome"] == "terminated"
    assert any("不发生效力" in line.text for line in hall.lines_of(case_no)), "the applicant reads why"


def test_where_the_lead_decides_a_late_refusal_of_another_part_leaves_the_whole_granted(declared: Any) -> None:
    declared(joint_outcome="lead_decides")
    case_no = accepted()
    for branch in ("gs", *AFTER_GS):
        walk.finish(case_no, branch)
    refuse(case_no, "hb")
    drain()
    assert (walk.case(case_no).state, walk.case(case_no).outcome) == ("issuing", "granted")
    assert "营业执照" in {one.title for one in hall.licences_of_case(case_no)}
    assert outcomes(case_no)["hb"] == "refused"


def test_where_the_lead_decides_its_refusal_ends_the_rest_although_a_licence_is_out(declared: Any) -> None:
    declared(joint_outcome="lead_decides")
    case_no = accepted()
    walk.finish(case_no, "hb")
    drain()
    assert len(hall.licences_of_case(case_no)) == 1
    refuse(case_no, "gs")
    drain()
    assert walk.case(case_no).outcome == "refused"
    assert outcomes(case_no) == {"gs": "refused", **dict.fromkeys(AFTER_GS, "terminated"), "hb": "granted"}
    assert len(hall.licences_of_case(case_no)) == 1, "what was lawfully given is not taken back by a machine"
    assert walk.part(case_no, "hb").review_wanted == "", "this item lets it stand"


@pytest.mark.requirement("BO-007", part="a refusal after another part was issued: its department says whether the licence can stand")
def test_a_late_refusal_asks_the_departments_whose_licences_are_out_where_the_item_says_so(declared: Any) -> None:
    declared(joint_outcome="lead_decides", late_refusal="reviewed")
    case_no = accepted()
    walk.finish(case_no, "hb")
    refuse(case_no, "gs")
    drain()
    part = walk.part(case_no, "hb")
    assert "公司设立登记" in part.review_wanted and "不予" in part.review_wanted
    decider, examiner = walk.official("eco-decider"), walk.official("eco-examiner")
    row = next(row for row in page_of(Wish(), decider, now()).rows if row.case_no == case_no)
    assert (row.step, row.claimable) == ("复核已发证照", None), "a finished part stands in the queue of who must answer"
    assert case_no not in {row.case_no for row in page_of(Wish(), examiner, now()).rows}
    answer = {"sub_case_no": part.sub_case_no, "conclusion": "stands", "at": now()}
    with pytest.raises(NotAllowed):
        approvals.answer_review(**answer, reason="仍符合条件。", actor=examiner)
    with pytest.raises(ReasonMissing):
        approvals.answer_review(**answer, reason=" ", actor=decider)
    approvals.answer_review(**answer, reason="环境影响批复与公司设立与否无关。", actor=decider)
    assert case_no not in {row.case_no for row in page_of(Wish(), decider, now()).rows}
    assert [one.result for one in walk.part(case_no, "hb").opinions.filter(step="复核")] == ["准予决定继续有效"]
    with pytest.raises(WrongStep):
        approvals.answer_review(**answer, reason="再答一次。", actor=decider)
    assert not any("复核" in line.text for line in hall.lines_of(case_no)), "an inner matter until it is decided"


def test_an_item_that_grants_all_or_nothing_cannot_assign_a_code_half_way() -> None:
    item = queries.item_of(walk.JOINT, 1)
    assert not [place for place, _ in lint(item) if "assigns" in place]
    assert [place for place, _ in lint(replace(item, joint_outcome="all_or_nothing"))] == ["branches[0].result.assigns"]


@pytest.mark.parametrize("handed_out", [True, False])
def test_a_part_annulled_after_all_were_done_is_decided_anew_and_the_whole_handed_out_again(handed_out: bool) -> None:
    case_no = accepted()
    for branch in ("gs", *AFTER_GS, "hb"):
        walk.finish(case_no, branch)
    drain()
    if handed_out:
        walk.issue(case_no)
    decider = walk.official(walk.DECIDERS["hb"])
    common: dict[str, Any] = {"sub_case_no": f"{case_no}-hb", "actor": decider, "at": now()}
    approvals.note_review_result(source="court", result="annulled_redo", because="procedure", **common)
    approvals.reopen_case(**common)
    assert walk.case(case_no).state == "accepted"
    walk.finish(case_no, "hb")
    drain()
    assert (walk.case(case_no).state, walk.case(case_no).outcome) == ("issuing", "granted")
    walk.issue(case_no)
    assert walk.case(case_no).state == "completed"
