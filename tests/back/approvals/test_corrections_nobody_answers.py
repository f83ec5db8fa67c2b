"""A correction notice nobody answers: told and decided by people, or a withdrawal where a local rule says so; never forgotten."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from santai.back.approvals import queries
from santai.back.approvals import service as approvals
from santai.back.desk.service import Wish, counts_of, open_count, page_of
from santai.exchange.items.rules.lint import lint
from santai.front.hall import service as hall
from santai.kernel.clocks.service import clocks_of, now
from santai.kernel.jobs.service import drain
from tests.support import walk

pytestmark = pytest.mark.usefixtures("city_db")


@pytest.fixture
def waiting() -> str:
    """A joint case whose 环保 part waits for the applicant."""
    case_no = walk.file_joint()
    walk.check_all(case_no, defects={"hb": [{"text": "环境影响报告表缺少噪声预测。", "material": "eia_report"}]})
    approvals.unite_correction(
        case_no=case_no, task=walk.task(case_no, "unify_correction", ""), actor=walk.official("asc-intake"), at=now()
    )
    walk.deliver()
    return case_no


def answer_clock(case_no: str) -> Any:
    return next(clock for clock in clocks_of(f"case:{case_no}") if clock.kind == "answer")


def pass_the_limit(case_no: str) -> None:
    drain(answer_clock(case_no).due_at + timedelta(minutes=1), only=("kernel.clocks", "exchange.bus"))


def test_the_applicants_time_is_a_clock_that_explains_itself_and_ends_with_the_answer(waiting: str) -> None:
    clock = answer_clock(waiting)
    notice = approvals.correction_of(waiting)
    assert notice is not None and notice.respond_by == clock.due_on and clock.length == 15
    correction = hall.correction_of(waiting)
    who = walk.citizen("founder")
    hall.add_correction_file(case_no=waiting, code="eia_report", files=[walk.paper("报告表.pdf")], actor=who[1], at=now())
    hall.save_correction(case_no=waiting, data=correction.data, revision=correction.revision, actor=who[1], at=now())
    hall.submit_correction(case_no=waiting, actor=who[1], at=now())
    walk.deliver()
    assert answer_clock(waiting).state == "met"
    drain(clock.due_at + timedelta(days=1), only=("kernel.clocks",))
    assert walk.case(waiting).lapsed_at is None


def test_silence_is_told_to_the_applicant_and_put_before_the_department_that_asked(waiting: str) -> None:
    examiner, other = walk.official("eco-examiner"), walk.official("amr-examiner")
    before = counts_of(examiner, now())["mine"], open_count(examiner)
    assert waiting not in {row.case_no for row in page_of(Wish(), examiner, now()).rows}
    pass_the_limit(waiting)
    case = walk.case(waiting)
    assert case.state == "correcting" and case.lapsed_at is not None, "no law of the land ends it by itself"
    assert any("补正期限已过" in line.text for line in hall.lines_of(waiting))
    row = next(row for row in page_of(Wish(), examiner, now()).rows if row.case_no == waiting)
    assert (row.step, row.turn, row.claimable) == ("逾期未补正，决定是否受理", "本部门", None)
    assert (counts_of(examiner, now())["mine"], open_count(examiner)) == (before[0] + 1, before[1] + 1)
    assert waiting not in {row.case_no for row in page_of(Wish(), other, now()).rows if row.lapsed}
    approvals.refuse_acceptance(sub_case_no=f"{waiting}-hb", reason="补正期限已过，仍未补正。", actor=examiner, at=now())
    assert walk.case(waiting).state == "accepted" and walk.case(waiting).lapsed_at is None
    assert answer_clock(waiting).state in ("missed", "void")


def test_a_late_answer_still_counts_until_somebody_refused_to_accept(waiting: str) -> None:
    pass_the_limit(waiting)
    who = walk.citizen("founder")
    correction = hall.correction_of(waiting)
    hall.add_correction_file(case_no=waiting, code="eia_report", files=[walk.paper("报告表.pdf")], actor=who[1], at=now())
    hall.save_correction(case_no=waiting, data=correction.data, revision=correction.revision, actor=who[1], at=now())
    hall.submit_correction(case_no=waiting, actor=who[1], at=now())
    walk.deliver()
    case = walk.case(waiting)
    assert (case.state, case.revision, case.lapsed_at) == ("checking", 2, None)


def test_where_a_local_rule_says_so_silence_is_a_withdrawal_with_its_document(waiting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    published = queries._definition
    monkeypatch.setattr(
        queries,
        "_definition",
        lambda code, version: replace(
            published(code, version), correction_lapse="withdrawn", correction_lapse_basis="《某市政务服务条例》第三十六条"
        ),
    )
    pass_the_limit(waiting)
    case = walk.case(waiting)
    assert (case.state, case.outcome) == ("completed", "withdrawn")
    document = next(one for one in approvals.documents_of(waiting) if one.kind == "lapsed")
    assert document.title == "视为撤回申请告知书" and "第三十六条" in document.data["reason"]
    drain(document.issued_at + timedelta(minutes=1), only=("back.approvals",))
    walk.deliver()
    assert next(one for one in approvals.documents_of(waiting) if one.kind == "lapsed").digest, "rendered and sealed"
    assert hall.case_by_number(waiting).state == "completed"
    assert not [clock for clock in clocks_of(f"case:{waiting}") if clock.state == "running"]


def test_a_local_rule_without_its_source_is_refused() -> None:
    item = queries.item_of(walk.JOINT, 1)
    assert not [place for place, _ in lint(item) if place.startswith("correction")]
    assert "correction_lapse_basis" in [place for place, _ in lint(replace(item, correction_lapse="withdrawn"))]
