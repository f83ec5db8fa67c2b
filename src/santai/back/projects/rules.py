"""Investment projects as plain values: what a registration must say, how long an approval lasts, the columns of the exchange file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from santai.exchange.contracts.service import as_day, as_money

REPORT_CLOCK = "project-report"
READERS = ("examiner", "chief", "decider", "leader")
KEEPERS = ("examiner", "chief", "decider")
KINDS = {"approval": "核准", "filing": "备案"}
START_YEARS = 2  # 企业投资项目核准和备案管理条例 12: from the decision to approve


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A registration as typed: everything is text."""

    code: str = ""
    name: str = ""
    kind: str = ""
    firm_code: str = ""
    firm_name: str = ""
    place: str = ""
    content: str = ""
    investment: str = ""
    decided_on: str = ""
    start_on: str = ""
    finish_on: str = ""


def entry_problems(entry: Entry, today: date) -> dict[str, str]:
    """Field → what to do. The codes are checked by kernel/codes."""
    found: dict[str, str] = {}
    for name, said in (("name", "请填写项目名称。"), ("firm_name", "请填写项目单位名称。"), ("place", "请填写建设地点。")):
        if not getattr(entry, name).strip():
            found[name] = said
        elif len(getattr(entry, name).strip()) > 200:
            found[name] = "最多 200 个字，请缩短。"
    if entry.kind not in KINDS:
        found["kind"] = "请选择核准还是备案。"
    amount = as_money(entry.investment)
    if amount is None or amount == 0:
        found["investment"] = "请填写总投资，单位万元，如 23000 或 23000.50。"
    days = {name: as_day(getattr(entry, name)) for name in ("decided_on", "start_on", "finish_on")}
    for name, value in days.items():
        if value is None and getattr(entry, name).strip():
            found[name] = "日期不对，请按年-月-日填写。"
    if days["decided_on"] and days["decided_on"] > today:
        found["decided_on"] = "核准、备案的日期不能晚于今天。"
    if days["start_on"] and days["finish_on"] and days["finish_on"] < days["start_on"]:
        found["finish_on"] = "计划竣工不能早于计划开工。"
    return found


def start_by(kind: str, decided_on: date | None) -> date | None:
    """The last day to start an approved project, or to ask for more time before it; None for one that is filed."""
    if kind != "approval" or decided_on is None:
        return None
    try:
        return decided_on.replace(year=decided_on.year + START_YEARS)
    except ValueError:  # 29 February
        return date(decided_on.year + START_YEARS, 2, 28)


# Field names in the manner of standards.md §9 (PROJECT_CODE …); the higher platform's own layout is not public.
FIELDS: Mapping[str, str] = {
    "PROJECT_CODE": "项目代码",
    "PROJECT_NAME": "项目名称",
    "PROJECT_KIND": "核准或备案",
    "OWNER_CODE": "项目单位统一社会信用代码",
    "OWNER_NAME": "项目单位",
    "PLACE": "建设地点",
    "INVESTMENT": "总投资（万元）",
    "DECISION_DATE": "核准备案日期",
    "STAGE": "进展",
    "START_DATE": "实际开工",
    "COMPLETION_DATE": "实际竣工",
    "INVESTED": "累计完成投资（万元）",
    "REPORT_PERIOD": "最近报送的季度",
    "REPORT_DUE": "下次报送截止",
    "REPORT_OVERDUE": "报送逾期",
    "APPROVAL_CASE_CODE": "办件编号",
    "APPROVAL_ITEM_CODE": "事项编码",
    "APPROVAL_ITEM_NAME": "审批事项",
    "APPROVAL_DEPT": "审批部门",
    "APPROVAL_STATE": "办理状态",
    "APPROVAL_RESULT": "办理结果",
    "RECEIVED_TIME": "收件时间",
    "ACCEPTED_TIME": "受理时间",
    "DUE_TIME": "办理期限",
    "COMPLETED_TIME": "办结时间",
    "TIMESTAMP": "生成时间",
}
