"""The department answers a firm's problem."""

from datetime import datetime

from santai.back.cases.service import Case, CaseNotFound, finish_sub_case, lock_sub_case, note_event
from santai.back.workorders.actions.take_step import open_task
from santai.back.workorders.errors import OrderNotFound, WordsMissing
from santai.back.workorders.models import FirmProblem
from santai.kernel.clocks.service import clocks_of, finish_clock
from santai.kernel.flow.service import complete_task
from santai.kernel.ledger.service import Actor, as_one_act, record


@as_one_act
def answer_problem(*, case_no: str, answer: str, actor: Actor, at: datetime) -> FirmProblem:
    """OrderNotFound, NotAllowed, StepDone (answered already), WordsMissing. The clock stops, the case is completed."""
    try:
        part = lock_sub_case(f"{case_no}-main")
    except CaseNotFound:
        raise OrderNotFound() from None
    problem = FirmProblem.objects.select_for_update(of=("self",)).filter(case_id=case_no).first()
    if problem is None:
        raise OrderNotFound()
    task = open_task(part, "answer", actor)
    if not answer.strip():
        raise WordsMissing("请写明答复。", fields={"text": "请写明怎样解决、什么时候解决；不能解决的写明依据。"})
    complete_task(task=task, outcome="answered", actor=actor, at=at)
    problem.answer, problem.answered_at, problem.answered_by = answer.strip(), at, actor.name
    problem.save(update_fields=["answer", "answered_at", "answered_by"])
    for clock in clocks_of(f"case:{case_no}"):
        if clock.is_open:
            finish_clock(clock=clock.id, actor=actor, at=at)
    finish_sub_case(sub_case=part, outcome="", reason="", at=at)
    part.case.state, part.case.completed_at, part.case.due_at, part.case.changed_at = Case.State.COMPLETED, at, None, at
    part.case.save()
    note_event(
        case_no=case_no,
        sub_case_no=part.sub_case_no,
        event="answered",
        organisation_name=part.organisation_name,
        actor=actor,
        text=f"答复：{problem.answer}",
        public=False,
        at=at,
    )
    record(actor=actor, act="back.workorders.problem_answered", on=f"case:{case_no}", at=at)
    return problem
