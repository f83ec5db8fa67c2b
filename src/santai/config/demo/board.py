"""What the demonstration's pages show, read from each room's door at the same moment. Only config may compose wings (house.md rule 1)."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from santai.back.approvals import service as approvals
from santai.back.cases.service import Case, SubCase
from santai.config.demo.samples import enterprise_sample
from santai.exchange.bus.service import journeys
from santai.exchange.contracts.service import ItemDefinition, joined_branches, needed_materials
from santai.exchange.gateway.service import recent_asks
from santai.front.hall import service as hall
from santai.kernel.clocks import service as clocks
from santai.kernel.flow import service as flow
from santai.kernel.forms.service import get_form
from santai.kernel.orgs.service import get_organisation

MESSAGES = {
    "front.hall.application_submitted": "申请已提交",
    "front.hall.application_corrected": "补正已提交",
    "front.hall.application_withdrawn": "申请撤回",
    "front.hall.applicant_wrote": "申请人留言",
    "front.hall.result_received": "结果已领取",
    "back.approvals.official_wrote": "经办人答复",
    "back.approvals.correction_requested": "补正通知",
    "back.approvals.document_served": "文书送达",
    "back.approvals.case_progressed": "办件进展",
    "back.approvals.task_handed_over": "任务下发部门系统",
    "back.approvals.card_answered": "督办答复",
    "back.connectors.line_system_reported": "部门系统回报",
    "exchange.notices.notice_wanted": "请求通知",
    "exchange.notices.notice_sent": "通知已发",
    "exchange.licences.licence_wanted": "请求制证",
    "exchange.licences.licence_issued": "证照已签发",
    "exchange.licences.licence_revoked": "证照已撤销",
    "front.ratings.case_rated": "好差评",
    "oversight.supervision.card_issued": "红黄牌",
}
ROOMS = {
    "front.hall": "办事大厅", "front.space": "我的空间", "front.ratings": "好差评", "back.approvals": "审批", "back.connectors": "部门系统",
    "oversight.supervision": "效能监督", "exchange.licences": "电子证照", "exchange.notices": "通知", "exchange.items": "事项库",
}  # fmt: skip
QUERIES = {
    "exchange.registers.find_person": "人口库",
    "exchange.registers.find_legal_entity": "法人库",
    "exchange.registers.assign_credit_code": "赋统一社会信用代码",
    "exchange.registers.register_legal_entity": "登记法人",
    "exchange.licences.licences_of_holder": "电子证照库",
    "exchange.registers.check_company_name": "名称库",
}
MEASURES = (("fields", "填写", "项"), ("materials", "提交材料", "份"), ("trips", "跑动", "次"), ("days", "等待", "个工作日"))
STATES = {"pending": "待投递", "waiting": "等待前件", "dead": "投递失败", "done": "已投递", "given_up": "已放弃"}


@dataclass(frozen=True)
class Panels:
    """Front, exchange, back and oversight of one case."""

    view: hall.CaseView
    front: dict[str, Any]
    exchange: dict[str, Any]
    back: dict[str, Any]
    oversight: dict[str, Any]


def recent_cases(limit: int = 12) -> list[hall.CaseView]:
    """What moved last, joint cases first among equals."""
    return list(hall.CaseView.objects.order_by("-changed_at")[:limit])


def chosen_case(case_no: str = "") -> hall.CaseView | None:
    """The named case; without a name the joint case that moved last, else any."""
    if case_no:
        return hall.case_by_number(case_no)
    newest = hall.CaseView.objects.exclude(state="completed").order_by("-changed_at")
    return newest.filter(shape="joint").first() or newest.first() or hall.CaseView.objects.order_by("-changed_at").first()


def panels(view: hall.CaseView) -> Panels:
    """One look at the four sides of a case."""
    case = Case.objects.filter(case_no=view.case_no).first()
    parts = list(case.sub_cases.order_by("position")) if case else []
    return Panels(
        view=view,
        front=_front(view),
        exchange=_exchange(view),
        back=_back(case, parts),
        oversight=_oversight(view.case_no, parts),
    )


def _front(view: hall.CaseView) -> dict[str, Any]:
    lines = list(reversed(hall.lines_of(view.case_no)))[:7]
    return {
        "events": [{"text": line.text, "at": localtime(line.at), "by": line.organisation_name} for line in lines],
        "licences": hall.licences_of_case(view.case_no),
        "needs_me": view.needs_me,
    }


def _exchange(view: hall.CaseView) -> dict[str, Any]:
    application = hall.Application.objects.filter(case_no=view.case_no).first()
    asks = recent_asks(subject=f"case:{view.case_no}", limit=5)
    if application is not None:
        asks += recent_asks(subject=f"draft:{application.draft}", limit=5)
    return {
        "messages": _messages(view.case_no),
        "asks": [{"title": QUERIES.get(one.query, one.query), "purpose": one.purpose, "at": localtime(one.at)} for one in asks[:5]],
    }


def _messages(case_no: str, *, shown: int = 9) -> list[dict[str, Any]]:
    """The latest messages; the same kind in a row counts as one line."""
    found: list[dict[str, Any]] = []
    for one in journeys(case_no, limit=80):
        to = [{"room": ROOMS.get(room, room), "state": STATES.get(state, state)} for room, state in one.destinations]
        title = MESSAGES.get(one.name, one.name)
        if found and found[-1]["title"] == title and found[-1]["to"] == to:
            found[-1]["count"] += 1
        elif len(found) < shown:
            found.append({"title": title, "at": localtime(one.published_at), "to": to, "count": 1})
        else:
            break
    return found


def _back(case: Case | None, parts: list[SubCase]) -> dict[str, Any]:
    if case is None:
        return {"parts": [], "tasks": [], "diagram": "", "case": None}
    subjects = {f"subcase:{part.sub_case_no}": _short(part) for part in parts}
    subjects[f"case:{case.case_no}"] = "综合窗口"
    tasks = [
        {"name": task.name, "where": subjects[task.subject], "who": task.account_name}
        for task in flow.open_tasks().filter(subject__in=list(subjects)).order_by("opened_at")
    ]
    shown = f"case:{case.case_no}" if case.shape == "joint" else (f"subcase:{parts[0].sub_case_no}" if parts else "")
    try:
        diagram = flow.diagram(shown) if shown else ""
    except flow.NotRunning:
        diagram = ""
    rows = [
        {
            "name": _short(part),
            "item": part.item_name,
            "state": part.get_outcome_display() if part.outcome else part.get_state_display(),
            "due": localtime(part.due_at) if part.due_at and part.is_open else None,
        }
        for part in parts
    ]
    return {"parts": rows, "tasks": tasks, "diagram": SafeString(diagram), "case": case}  # noqa: S308  # our own drawing


def _short(part: SubCase) -> str:
    """The department as people call it; four panels side by side have no room for whole names."""
    return get_organisation(part.organisation).short_name or part.organisation_name


def _oversight(case_no: str, parts: list[SubCase]) -> dict[str, Any]:
    names = {f"subcase:{part.sub_case_no}": _short(part) for part in parts} | {f"case:{case_no}": "全件"}
    watched: list[dict[str, Any]] = [
        {"clock": state, "who": names.get(subject, ""), "explain": f"/kernel/clocks/explain/{state.id}/"}
        for subject, states in clocks.clocks_of_many(list(names)).items()
        for state in states
    ]
    order = {"running": 0, "stopped": 1, "missed": 2, "met": 3, "void": 4}
    watched.sort(key=lambda entry: (order.get(entry["clock"].state, 5), entry["clock"].due_at))
    open_ones = [entry for entry in watched if entry["clock"].state in ("running", "stopped", "missed")]
    return {
        "clocks": open_ones or watched[:6],
        "finished": len(watched) - len(open_ones),
        "cards": approvals.cards_of(case_no),
        "now": clocks.now(),
    }


def figures() -> dict[str, int]:
    """How much there is: filed, open."""
    cases = hall.CaseView.objects
    return {"filed": cases.count(), "open": cases.exclude(state="completed").count()}


# -- before and after ----------------------------------------------------------------------------------------------------------------


def joint_item() -> ItemDefinition | None:
    copy = hall.find_items().filter(shape="joint").first()
    return hall.current_item(copy.code) if copy else None


def comparison(item: ItemDefinition) -> dict[str, Any]:
    """Declared by the item, and counted in the form and material list as they are installed."""
    form = get_form(item.form, item.form_version)
    fields = [field for field in form.fields.values() if field.filled_by == "applicant"]
    locked = [field for field in fields if field.prefill is not None]
    computed = [field for field in fields if field.compute is not None]
    asked = len(fields) - len(locked) - len(computed)
    data = enterprise_sample(clocks.today()) if item.form == "enterprise-start" else {}
    needed = needed_materials(item, data)
    upload = [material for material in needed if material.source in ("upload", "licence")]
    free = [material for material in needed if material.source not in ("upload", "licence")]
    by_department = [
        {"name": branch.name, "fields": len(branch.mapping), "law": branch.phrase or branch.item_name}
        for branch in joined_branches(item, data)
    ]
    before, after = item.before_after.get("before", {}), item.before_after.get("after", {})
    rows = []
    for key, label, unit in MEASURES:
        was, now = before.get(key, 0), after.get(key, 0)
        rows.append({"label": label, "before": was, "after": now, "saved": was - now, "unit": unit})
    return {
        "rows": rows,
        "asked": asked,
        "prefilled": len(locked),
        "computed": len(computed),
        "department_fields": sum(entry["fields"] for entry in by_department),
        "departments": by_department,
        "upload": upload,
        "free": free,
    }
