"""Do one of the acts the bar offered: the desk's words become the verbs of approvals and flow."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from santai.back.approvals.service import (
    DefectInput,
    Verdict,
    answer_card,
    answer_extension,
    answer_review,
    ask_extension,
    check_materials,
    decide,
    end_special_procedure,
    examine,
    issue_results,
    receive_papers,
    record_branch,
    refuse_acceptance,
    review_materials,
    settle_on_the_spot,
    start_special_procedure,
    unite_correction,
    write_to_applicant,
)
from santai.back.cases.service import access_case, access_sub_case
from santai.back.desk.actions.perform_hearing import HEARING_VERBS
from santai.back.desk.errors import ActUnknown, ColleagueMissing
from santai.back.desk.messages import Given
from santai.back.desk.queries.reviewing import materials_to_review
from santai.kernel.access.service import require
from santai.kernel.clocks.service import today
from santai.kernel.flow.service import Task, claim_task, delegate_task, get_task, release_task, transfer_task
from santai.kernel.identity.service import Account, holders_of_role
from santai.kernel.ledger.service import Actor, ActRefused


def perform(*, act: str, given: Given, actor: Actor, at: datetime) -> str:
    """Do it and say in one sentence what happened. Errors: those of the verb; CaseNotFound alike for absent and forbidden; ActUnknown."""
    verb = VERBS.get(act)
    if verb is None:
        raise ActUnknown()
    access_case(case_no=given.case_no, actor=actor)
    if given.sub_case_no and not given.sub_case_no.startswith(f"{given.case_no}-"):
        raise ActUnknown()
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


def _reviewed(given: Given, complete: bool, actor: Actor, at: datetime) -> tuple[DefectInput, ...]:
    """材料逐项审查: the verdicts of the form; where it has none for a material, what the act itself says of it. Returns every defect."""
    sub_case = access_sub_case(sub_case_no=given.sub_case_no, actor=actor)
    typed = {one["material"]: one["text"] for one in given.defects if one.get("material")}
    materials = [(one["code"], one["name"]) for one in materials_to_review(sub_case)]
    verdicts = {}
    for code, _name in materials:
        said = given.text(f"verdict-{code}")
        if said:
            reason = given.text(f"reason-{code}") or typed.get(code, "")
            verdicts[code] = Verdict(verdict=said, original_seen=bool(given.text(f"original-{code}")), reason=reason)
        else:
            verdicts[code] = Verdict(verdict="to_correct" if code in typed else "qualified", reason=typed.get(code, ""))
    found = review_materials(sub_case=sub_case, materials=materials, verdicts=verdicts, complete=complete, actor=actor, at=at)
    return (*given.defects, *(one for one in found if one.get("material") not in typed))


@transaction.atomic
def complete(given: Given, actor: Actor, at: datetime) -> str:
    _reviewed(given, True, actor, at)
    check_materials(sub_case_no=given.sub_case_no, task=given.step, complete=True, opinion=given.text("opinion"), actor=actor, at=at)
    return "已核对：材料齐全。"


@transaction.atomic
def defects(given: Given, actor: Actor, at: datetime) -> str:
    found = _reviewed(given, False, actor, at)
    check_materials(
        sub_case_no=given.sub_case_no, task=given.step, complete=False, defects=found, opinion=given.text("opinion"),
        actor=actor, at=at,
    )  # fmt: skip
    return "已记录需要补正的内容。"


def settle(outcome: str, said: str) -> Callable[[Given, Actor, datetime], str]:
    def act(given: Given, actor: Actor, at: datetime) -> str:
        if outcome == "defects":  # a decision reserves its credit code outside its transaction, the review of the rest is not in its way
            return _settle_defects(given, actor, at, said)
        settle_on_the_spot(
            sub_case_no=given.sub_case_no, task=given.step, outcome=outcome, reason=given.text("reason"), defects=given.defects,
            actor=actor, at=at,
        )  # fmt: skip
        return said

    return act


@transaction.atomic
def _settle_defects(given: Given, actor: Actor, at: datetime, said: str) -> str:
    found = _reviewed(given, False, actor, at)
    settle_on_the_spot(sub_case_no=given.sub_case_no, task=given.step, outcome="defects", defects=found, actor=actor, at=at)
    return said


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
        decide(
            sub_case_no=given.sub_case_no, task=given.step, outcome=outcome, reason=given.text("reason"), opinion=given.text("opinion"),
            on_record=bool(given.text("on_record")), actor=actor, at=at,
        )  # fmt: skip
        return said

    return act


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
        sub_case_no=given.sub_case_no, cause=given.text("cause"), reason=given.text("reason"), expected_days=days, actor=actor, at=at
    )
    return "特别程序已启动，办理时限停止计算。"


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
    refuse_acceptance(sub_case_no=given.sub_case_no, reason=given.text("reason"), right_organ=given.text("right_organ"), actor=actor, at=at)
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
    "complete": complete,
    "defects": defects,
    "settle_grant": settle("granted", "已当场办结：准予。"),
    "settle_refuse": settle("refused", "已当场办结：不予。"),
    "settle_defects": settle("defects", "补正通知书已发出。"),
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
