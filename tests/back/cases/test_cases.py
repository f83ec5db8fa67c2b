"""What a case holds: revisions beside each other, one close a part, a timeline, and nothing for those it does not concern."""

import pytest

from santai.back.cases.service import (
    CaseContent,
    SubCaseClosed,
    access_case,
    events_of,
    finish_sub_case,
    lock_sub_case,
    previous_content,
    visible_cases,
)
from santai.front.hall import service as hall
from santai.kernel.clocks.service import may_read_clock, now
from tests.support import walk

pytestmark = pytest.mark.usefixtures("city_db")


def test_a_correction_is_a_second_revision_and_the_first_stays() -> None:
    case_no = walk.file_joint()
    walk.check_all(case_no, defects={"tj": ()} | {"gs": [{"text": "请核对经营期限。", "field": "term_kind"}]})
    walk.approvals.unite_correction(
        case_no=case_no, task=walk.task(case_no, "unify_correction", ""), actor=walk.official("asc-intake"), at=now()
    )
    walk.deliver()
    correction = hall.correction_of(case_no)
    founder = walk.citizen("founder")[1]
    data = correction.data | {"term_kind": "years", "term_years": 30}
    hall.save_correction(case_no=case_no, data=data, revision=correction.revision, actor=founder, at=now())
    hall.submit_correction(case_no=case_no, actor=founder, at=now())
    walk.deliver()
    case = walk.case(case_no)
    before, after = previous_content(case), CaseContent.objects.get(case=case, revision=2)
    assert (before.content["term_kind"], after.content["term_kind"], after.content["term_years"]) == ("long", "years", 30)
    assert case.complete_at == after.handed_in_at > before.handed_in_at


def test_a_part_is_closed_once() -> None:
    case_no = walk.file_joint()
    sub_case = lock_sub_case(f"{case_no}-zj")
    finish_sub_case(sub_case=sub_case, outcome="acknowledged", reason="", at=now())
    assert sub_case.case.branches_open == 6
    with pytest.raises(SubCaseClosed):
        finish_sub_case(sub_case=sub_case, outcome="acknowledged", reason="", at=now())


def test_the_timeline_names_the_post_and_keeps_the_order() -> None:
    case_no = walk.file_joint()
    walk.check(case_no, walk.official("stats-examiner"), "tj")
    events = events_of(case_no)
    assert [one.at for one in events] == sorted(one.at for one in events)
    assert events[0].event == "received" and events[-1].by_post == walk.official("stats-examiner").post_title


def test_a_case_is_visible_to_those_who_lead_receive_or_have_a_part() -> None:
    case_no = walk.file_joint()
    for post in ("amr-examiner", "stats-examiner", "eco-decider"):
        assert access_case(case_no=case_no, actor=walk.official(post)).case_no == case_no
    for post in ("civil-examiner", "police-decider", "land-examiner", "dsj-city-items"):
        assert not visible_cases(walk.official(post)).filter(case_no=case_no).exists()


def test_why_a_deadline_is_what_it_is_is_read_by_those_who_see_the_case() -> None:
    case_no = walk.file_joint()
    for subject in (f"case:{case_no}", f"subcase:{case_no}-hb"):
        assert may_read_clock(walk.official("eco-decider"), subject) and may_read_clock(walk.official("amr-examiner"), subject)
        assert not may_read_clock(walk.official("civil-examiner"), subject)
        assert not may_read_clock(walk.citizen("founder")[1], subject), "the applicant reads the hall's page"
