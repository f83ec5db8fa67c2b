"""What the applicant sees of his case is the same whether its facts arrived one by one or waited and were heard together."""

from datetime import UTC, datetime

import pytest

from santai.exchange.contracts.service import CaseProgressed, DueDate
from santai.front.hall import service
from santai.front.hall.errors import NotFound
from santai.front.hall.models import CaseView

AT = datetime(2026, 2, 9, 2, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def filed(case_no: str) -> str:
    CaseView.objects.create(
        case_no=case_no, account="a", applicant_code="", applicant_name="王小明", item_code="i", item_name="企业设立", shape="joint",
        organisation_name="滨江新区市场监督管理局", received_at=AT, step="已提交", changed_at=AT,
    )  # fmt: skip
    return case_no


def facts(case_no: str) -> list[CaseProgressed]:
    def fact(event: str, hour: int, *, branch: str = "", state: str = "examining", **more: object) -> CaseProgressed:
        return CaseProgressed(
            case_no=case_no, event=event, at=AT.replace(hour=hour).isoformat(), item_code="i", item_name="企业设立", branch=branch,  # type: ignore[arg-type]
            sub_case_no=f"{case_no}-{branch}" if branch else "", organisation="amr", organisation_name="滨江新区市场监督管理局",
            region="189901", state=state, step=more.pop("step", event), text=f"{event}。", **more,
        )  # fmt: skip

    promised = DueDate(rule="promised", title="承诺时限", starts_on="2026-02-10", due_at="2026-02-14T15:59:59+00:00", kind="promised",
                       state="running", length=5, unit="working_day", law="", clock="c1")  # fmt: skip
    return [
        fact("received", 3, state="received", facts={"shape": "joint"}),
        fact("accepted", 4, clocks=(promised,)),
        fact("accepted", 4, branch="gs", clocks=(promised,)),
        fact("accepted", 4, branch="sw"),
        fact("decided", 5, branch="gs", state="finished", outcome="refused", reason="材料不实"),
        fact("examined", 6, branch="sw", public=False),
    ]


def seen(case_no: str) -> tuple[object, ...]:
    view = CaseView.objects.get(case_no=case_no)
    lines = [(line.at, line.event, line.branch, line.text) for line in service.lines_of(case_no)]
    return view.state, view.step, view.outcome, view.parts, view.clocks, view.due_at, view.needs_me, view.changed_at, lines


def test_facts_heard_together_show_what_they_show_one_by_one() -> None:
    alone, together = filed("18990120260209000001"), filed("18990120260209000002")
    for fact in facts(alone):
        service.take_progress(facts=[fact])
    service.take_progress(facts=facts(together))
    assert seen(together) == seen(alone)
    assert [text for *_, text in seen(alone)[-1]] == ["received。", "accepted。", "accepted。", "accepted。", "decided。理由：材料不实"]  # type: ignore[attr-defined]


def test_facts_of_a_case_that_is_not_here_are_refused_as_a_whole() -> None:
    with pytest.raises(NotFound):
        service.take_progress(facts=facts("18990120260209000009"))
