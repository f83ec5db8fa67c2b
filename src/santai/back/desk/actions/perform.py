"""Do one of the acts the bar offered: the desk's words become the verbs of approvals and flow."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from santai.back.approvals.service import (
    OutsideMandate,
    answer_card,
    answer_extension,
    answer_review,
    ask_extension,
    decide,
    end_special_procedure,
    entrusted,
    examine,
    issue_results,
    receive_papers,
    record_branch,
    refuse_acceptance,
    settle_on_the_spot,
    start_special_procedure,
    unite_correction,
    write_to_applicant,
)
from santai.back.cases.service import access_case, access_sub_case
from santai.back.desk.actions.around import AROUND, colleague
from santai.back.desk.actions.perform_hearing import HEARING_VERBS
from santai.back.desk.actions.perform_review import REVIEW_VERBS
from santai.back.desk.errors import ActUnknown, ColleagueMissing
from santai.back.desk.messages import Given
from santai.kernel.access.service import may, require
from santai.kernel.clocks.service import today
from santai.kernel.flow.service import Task, claim_task, delegate_task, get_task, release_task, transfer_task
from santai.kernel.identity.service import Account, holders_of_role
from santai.kernel.ledger.service import Actor, ActRefused, fitting


def perform(*, act: str, given: Given, actor: Actor, at: datetime) -> str:
    """Do it and say in one sentence what happened. Errors: those of the verb; CaseNotFound alike for absent and forbidden; ActUnknown."""
    verb = VERBS.get(act)
    if verb is None:
        raise ActUnknown()
    access_case(case_no=given.case_no, actor=actor)
    if given.sub_case_no and not given.sub_case_no.startswith(f"{given.case_no}-"):
        raise ActUnknown()
    with fitting():
        return verb(given, actor, at)


def claim(given: Given, actor: Actor, at: datetime) -> str:
    task = get_task(given.step)
    _belongs(task, given)
    require(actor, task.role, organisation=task.organisation)
    claim_task(task=task, actor=actor, at=at)
    return f"已领取“{task.name}”。"


def release(given: Given, actor: Actor, at: datetime) -> str:
    task = get_task(given.step)
    _belongs(task, given)
    release_task(task=task, actor=actor, at=at)
    return f"已退回“{task.name}”，同事可以领取。"


def _colleague(task: Task, given: Given, actor: Actor, what: str) -> Account:
    """The colleague chosen to go on with a step: somebody in the same post's role, and a reason."""
    _belongs(task, given)
    require(actor, task.role, organisation=task.organisation)
    holders = holders_of_role(task.role, organisation=task.organisation, on=today())
    to = next((one.account for one in holders if str(one.account_id) == given.text("to")), None)
    if to is None:
        raise ColleagueMissing(fields={"to": "请选择接手的同事。"})
    if not given.text("why"):
        raise ActRefused(f"请写明{what}原因。", fields={"why": f"请写明{what}原因。"})
    return to


def delegate(given: Given, actor: Actor, at: datetime) -> str:
    task = get_task(given.step)
    to = _colleague(task, given, actor, "委托")
    delegate_task(task=task, to_account=str(to.pk), to_name=to.name, actor=actor, at=at, why=given.text("why"))
    return f"已委托{to.name}办理，您仍然负责。"


def transfer(given: Given, actor: Actor, at: datetime) -> str:
    task = get_task(given.step)
    to = _colleague(task, given, actor, "转交")
    transfer_task(task=task, to_account=str(to.pk), to_name=to.name, actor=actor, at=at, why=given.text("why"))
    return f"已转交{to.name}。"


def _belongs(task: Task, given: Given) -> None:
    wanted = f"subcase:{given.sub_case_no}" if given.sub_case_no else f"case:{given.case_no}"
    if task.subject != wanted:
        raise ActUnknown()


def settle(outcome: str, said: str) -> Callable[[Given, Actor, datetime], str]:
    def act(given: Given, actor: Actor, at: datetime) -> str:
        settle_on_the_spot(
            sub_case_no=given.sub_case_no, task=given.step, outcome=outcome, reason=given.text("reason"), defects=given.defects,
            actor=actor, at=at,
        )  # fmt: skip
        return said

    return act


def give_opinion(given: Given, actor: Actor, at: datetime) -> str:
    if not given.text("suggestion"):
        raise ActRefused("请选择审查结论。", fields={"suggestion": "请选择审查结论。"})
    examine(
        sub_case_no=given.sub_case_no, task=given.step, suggestion=given.text("suggestion"), opinion=given.text("opinion"),
        actor=actor, at=at,
    )  # fmt: skip
    return "审查意见已提交，等待决定。"


def decided(outcome: str, said: str) -> Callable[[Given, Actor, datetime], str]:
    def act(given: Given, actor: Actor, at: datetime) -> str:
        if outcome == "returned" and not given.text("opinion"):
            raise ActRefused("请写明退回原因。", fields={"opinion": "请写明退回原因。"})
        if outcome != "returned" and not entrusted(access_sub_case(sub_case_no=given.sub_case_no, actor=actor), outcome, actor):
            return _back_to_department(given, actor, at)
        decide(
            sub_case_no=given.sub_case_no, task=given.step, outcome=outcome, reason=given.text("reason"), opinion=given.text("opinion"),
            on_record=bool(given.text("on_record")), technical_standard=given.text("technical_standard"), actor=actor, at=at,
        )  # fmt: skip
        return said

    return act


def _back_to_department(given: Given, actor: Actor, at: datetime) -> str:
    """超出授权: what the chief representative may not decide goes back to the department by itself."""
    task = get_task(given.step)
    _belongs(task, given)
    if task.account == actor.account:
        release_task(task=task, actor=actor, at=at, why="超出首席代表授权范围")
    raise OutsideMandate("这个决定超出您的授权范围，已经退回本部门，由本部门有决定权的同事办理。")


def record(given: Given, actor: Actor, at: datetime) -> str:
    record_branch(sub_case_no=given.sub_case_no, task=given.step, opinion=given.text("opinion"), actor=actor, at=at)
    return "本部门已办结。"


def receive(given: Given, actor: Actor, at: datetime) -> str:
    receive_papers(case_no=given.case_no, task=given.step, actor=actor, at=at)
    return "已确认收件。"


def unify(given: Given, actor: Actor, at: datetime) -> str:
    notice = unite_correction(case_no=given.case_no, task=given.step, texts=given.texts, actor=actor, at=at)
    return f"补正通知书已发出（{notice.notice_no}）。"


def issue(given: Given, actor: Actor, at: datetime) -> str:
    issue_results(case_no=given.case_no, task=given.step, how=given.text("how") or "电子送达", actor=actor, at=at)
    return "结果已统一送达，办件办结。"


def special_start(given: Given, actor: Actor, at: datetime) -> str:
    access_sub_case(sub_case_no=given.sub_case_no, actor=actor)
    if not given.text("cause"):
        raise ActRefused("请选择事由。", fields={"cause": "请选择事由。"})
    days = given.number("expected_days", "预计需要的工作日")
    start_special_procedure(
        sub_case_no=given.sub_case_no, cause=given.text("cause"), reason=given.text("reason"), expected_days=days,
        approver=_approver(given, actor), actor=actor, at=at,
    )  # fmt: skip
    return "特别程序已启动，办理时限停止计算。"


def _approver(given: Given, actor: Actor) -> Actor | None:
    """The decider who approved; none is asked of one who decides himself."""
    part = access_sub_case(sub_case_no=given.sub_case_no, actor=actor)
    if may(actor, "decider", organisation=part.organisation) or not given.text("approver"):
        return None
    return colleague(given.text("approver"), part.organisation, "decider", field="approver")


def special_end(given: Given, actor: Actor, at: datetime) -> str:
    end_special_procedure(sub_case_no=given.sub_case_no, result=given.text("result"), actor=actor, at=at)
    return "特别程序已结束，办理时限继续计算。"


def extension_ask(given: Given, actor: Actor, at: datetime) -> str:
    days = given.number("days", "延长的工作日")
    ask_extension(sub_case_no=given.sub_case_no, reason=given.text("reason"), days=days, actor=actor, at=at)
    return "延长申请已提交，等待负责人答复。"


def extension_answer(given: Given, actor: Actor, at: datetime) -> str:
    if given.text("approve") not in ("yes", "no"):
        raise ActRefused("请选择是否批准。", fields={"approve": "请选择是否批准。"})
    approve = given.text("approve") == "yes"
    answer_extension(sub_case_no=given.sub_case_no, approve=approve, answer=given.text("answer"), actor=actor, at=at)
    return "已批准延长。" if approve else "已答复：不批准延长。"


def review(given: Given, actor: Actor, at: datetime) -> str:
    if not given.text("conclusion"):
        raise ActRefused("请选择复核结论。", fields={"conclusion": "请选择复核结论。"})
    answer_review(sub_case_no=given.sub_case_no, conclusion=given.text("conclusion"), reason=given.text("reason"), actor=actor, at=at)
    return "复核结论已记录。"


def not_accept(given: Given, actor: Actor, at: datetime) -> str:
    refuse_acceptance(
        sub_case_no=given.sub_case_no, ground=given.text("ground"), reason=given.text("reason"), right_organ=given.text("right_organ"),
        missing=given.text("missing").splitlines(), actor=actor, at=at,
    )  # fmt: skip
    return "已作出不予受理决定。"


def reply(given: Given, actor: Actor, at: datetime) -> str:
    write_to_applicant(case_no=given.case_no, text=given.text("text"), actor=actor, at=at)
    return "已回复申请人。"


def card(given: Given, actor: Actor, at: datetime) -> str:
    answer_card(card_no=given.text("card_no"), text=given.text("text"), actor=actor, at=at)
    return "已答复提示卡。"


VERBS: dict[str, Callable[[Given, Actor, datetime], str]] = {
    "claim": claim,
    "release": release,
    "delegate": delegate,
    "transfer": transfer,
    **REVIEW_VERBS,
    "settle_grant": settle("granted", "已当场办结：准予。"),
    "settle_refuse": settle("refused", "已当场办结：不予。"),
    "examine": give_opinion,
    "grant": decided("granted", "已作出准予决定。"),
    "refuse": decided("refused", "已作出不予决定。"),
    "return": decided("returned", "已退回审查。"),
    "record": record,
    "receive": receive,
    "unify": unify,
    "issue": issue,
    "special_start": special_start,
    "special_end": special_end,
    "extension_ask": extension_ask,
    "extension_answer": extension_answer,
    "review": review,
    "refuse_acceptance": not_accept,
    "reply": reply,
    "card": card,
    **HEARING_VERBS,
    **AROUND,
}


@transaction.atomic
def claim_several(*, tasks: list[str], actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """Claim many; what cannot be claimed is told apart and stops nothing. One result a task: subject, done, text."""
    results: list[dict[str, Any]] = []
    for number in dict.fromkeys(tasks):
        try:
            with transaction.atomic():
                task = get_task(number)
                require(actor, task.role, organisation=task.organisation)
                claim_task(task=task, actor=actor, at=at)
        except ActRefused as error:
            results.append({"task": number, "done": False, "text": error.message})
        else:
            results.append({"task": number, "done": True, "text": f"已领取“{task.name}”。"})
    return results
