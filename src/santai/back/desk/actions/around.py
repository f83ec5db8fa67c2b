"""The desk's words for acts that are no steps of the process become the verbs of approvals."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from santai.back.approvals import service as approvals
from santai.back.cases.service import access_sub_case
from santai.back.desk.errors import ActUnknown, ColleagueMissing
from santai.kernel.clocks.service import today
from santai.kernel.identity.service import actor_for_account, holders_of_role
from santai.kernel.ledger.service import Actor, ActRefused

if TYPE_CHECKING:
    from santai.back.desk.actions.perform import Given

Verb = Callable[["Given", Actor, datetime], str]
INSPECTING = ("site_inspector", "examiner", "decider")


def colleague(account: str, organisation: str, *roles: str, field: str) -> Actor:
    """A colleague of that body chosen by account, in the post that grants one of the roles. ColleagueMissing."""
    for role in roles:
        for holding in holders_of_role(role, organisation=organisation, on=today()):
            if str(holding.account_id) == account:
                return actor_for_account(holding.account, post=holding)
    raise ColleagueMissing(fields={field: "请选择本单位的工作人员。"})


def _organisation(given: "Given", actor: Actor) -> str:
    return str(access_sub_case(sub_case_no=given.sub_case_no, actor=actor).organisation)


def _officers(given: "Given", actor: Actor) -> list[Actor]:
    body = _organisation(given, actor)
    return [colleague(given.text(name), body, *INSPECTING, field=name) for name in ("officer1", "officer2")]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def not_needed(given: "Given", actor: Actor, at: datetime) -> str:
    approvals.answer_not_needed(sub_case_no=given.sub_case_no, reason=given.text("reason"), actor=actor, at=at)
    return "已告知申请人：不需要许可。"


def fix_on_spot(given: "Given", actor: Actor, at: datetime) -> str:
    approvals.fix_on_the_spot(sub_case_no=given.sub_case_no, what=given.text("what"), actor=actor, at=at)
    return "已记录当场更正，可以受理。"


def return_papers(given: "Given", actor: Actor, at: datetime) -> str:
    approvals.return_papers(sub_case_no=given.sub_case_no, defects=given.defects, actor=actor, at=at)
    return "材料已退还，需要补正的内容已一次告知。"


def ask_verification(given: "Given", actor: Actor, at: datetime) -> str:
    approvals.ask_verification(sub_case_no=given.sub_case_no, questions=_lines(given.text("questions")), actor=actor, at=at)
    return "已提请核实。"


def visit(given: "Given", actor: Actor, at: datetime) -> str:
    officers = _officers(given, actor)
    approvals.visit_site(sub_case_no=given.sub_case_no, officers=officers, findings=given.text("findings"), actor=actor, at=at)
    return "现场核查已记录，笔录已生成。"


def name_testers(given: "Given", actor: Actor, at: datetime) -> str:
    approvals.name_testers(sub_case_no=given.sub_case_no, officers=_officers(given, actor), actor=actor, at=at)
    return "已指派检验、检测、检疫人员。"


def party_note(given: "Given", actor: Actor, at: datetime) -> str:
    name, interest = given.text("name"), given.text("interest")
    approvals.note_interested(sub_case_no=given.sub_case_no, name=name, interest=interest, actor=actor, at=at)
    return "利害关系人已登记，请告知并听取意见。"


def party_tell(given: "Given", actor: Actor, at: datetime) -> str:
    told = approvals.tell_interested(sub_case_no=given.sub_case_no, actor=actor, at=at)
    return f"已告知{told}名利害关系人。"


def party_hear(given: "Given", actor: Actor, at: datetime) -> str:
    if not given.text("statement"):
        raise ActRefused("请写明意见。", fields={"statement": "请写明意见；没有意见的，写明“没有意见”。"})
    approvals.hear_interested(sub_case_no=given.sub_case_no, statement=given.text("statement"), actor=actor, at=at)
    return "利害关系人的意见已记录。"


def ask_opinion(given: "Given", actor: Actor, at: datetime) -> str:
    if not given.text("organisation"):
        raise ActRefused("请选择部门。", fields={"organisation": "请选择部门。"})
    approvals.ask_opinion(
        sub_case_no=given.sub_case_no,
        organisation=given.text("organisation"),
        question=given.text("question"),
        due_on=_day(given.text("due_on"), "due_on"),
        silence_agrees=given.text("silence") == "yes",
        actor=actor,
        at=at,
    )
    return "征求意见函已发出，办理期限照常计算。"


def _day(text: str, field: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ActRefused("日期不对，请按“2026-03-02”填写。", fields={field: "请按“2026-03-02”填写。"}) from None


def publish_notice(given: "Given", actor: Actor, at: datetime) -> str:
    days = given.number("days", "公示天数")
    approvals.publish_notice(sub_case_no=given.sub_case_no, what=given.text("what"), days=days, actor=actor, at=at)
    return f"公示已开始，共{days}日。"


def note_objection(given: "Given", actor: Actor, at: datetime) -> str:
    for name, label in (("by", "提出人"), ("text", "异议内容")):
        if not given.text(name):
            raise ActRefused(f"请写明{label}。", fields={name: f"请写明{label}。"})
    approvals.note_objection(sub_case_no=given.sub_case_no, by=given.text("by"), text=given.text("text"), actor=actor, at=at)
    return "异议已登记。"


def terminate(given: "Given", actor: Actor, at: datetime) -> str:
    ground, why = given.text("ground"), given.text("reason")
    approvals.terminate_case(sub_case_no=given.sub_case_no, ground=ground, explanation=why, actor=actor, at=at)
    return "已终止办理。"


def rectify(given: "Given", actor: Actor, at: datetime) -> str:
    approvals.tell_to_rectify(sub_case_no=given.sub_case_no, reason=given.text("reason"), actor=actor, at=at)
    return "纠正告知书已发出。"


def correct_slip(given: "Given", actor: Actor, at: datetime) -> str:
    known = {one.document_no for one in approvals.documents_of(given.case_no) if one.sub_case_no == given.sub_case_no}
    if given.text("document") not in known:
        raise ActUnknown()
    change = (given.text("before"), given.text("after"))
    approvals.correct_slip(document_no=given.text("document"), changes=[change], actor=actor, at=at)
    return "更正通知书已制作。"


def annulled(given: "Given", actor: Actor, at: datetime) -> str:
    chosen: dict[str, Any] = {}
    for name, label, values in (
        ("source", "来源", ("review", "court")),
        ("outcome", "结果", ("annulled_redo", "annulled")),
        ("because", "撤销的原因", ("facts", "procedure")),
    ):
        if given.text(name) not in values:
            raise ActRefused(f"请选择{label}。", fields={name: f"请选择{label}。"})
        chosen[name] = given.text(name)
    approvals.note_review_result(
        sub_case_no=given.sub_case_no,
        source=chosen["source"],
        result=chosen["outcome"],
        because=chosen["because"],
        within=given.number("within", "重新作出的期限") if given.text("within") else 0,
        document_no=given.text("document_no"),
        actor=actor,
        at=at,
    )
    return "复议、判决结果已登记。"


def reopen(given: "Given", actor: Actor, at: datetime) -> str:
    approvals.reopen_case(sub_case_no=given.sub_case_no, actor=actor, at=at)
    return "本件已重新办理，期限重新起算。"


AROUND: dict[str, Verb] = {
    "not_needed": not_needed,
    "fix_on_spot": fix_on_spot,
    "return_papers": return_papers,
    "ask_verification": ask_verification,
    "visit": visit,
    "name_testers": name_testers,
    "party_note": party_note,
    "party_tell": party_tell,
    "party_hear": party_hear,
    "ask_opinion": ask_opinion,
    "publish_notice": publish_notice,
    "object": note_objection,
    "terminate": terminate,
    "rectify": rectify,
    "correct_slip": correct_slip,
    "annulled": annulled,
    "reopen": reopen,
}
