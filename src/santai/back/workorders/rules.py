"""The steps of 差评整改, and what a 客户经理 and a problem of a firm need, as plain values."""

import re
from dataclasses import dataclass
from datetime import date

KIND = "rating_redress"
PROCESS = "rating-redress"
CONTACT, RECTIFY = "rating-contact-1", "rating-rectify"  # clock rules
LEVELS = {4: "不满意", 5: "非常不满意"}
WORKERS = ("examiner", "chief", "decider")


@dataclass(frozen=True)
class Step:
    """One step: the task of the process, what it is called, and what the officer writes."""

    task: str
    title: str
    label: str  # of the text
    help: str


STEPS: dict[str, Step] = {
    step.task: step
    for step in (
        Step("contact", "联系核实", "联系的情况", "什么时候、怎样联系的，对方怎么说。只有本单位和监督部门能看到，不公开。"),
        Step(
            "rectify", "整改", "整改情况（公开）", "查明的原因和已经采取的措施。会公开显示在这条评价旁边，不能写任何人的姓名、电话、住址。"
        ),
        Step("revisit", "回访", "回访的情况", "对方对整改是否满意。只有本单位和监督部门能看到，不公开。"),
        Step("close", "销号", "", "核对整改和回访后销号。须由整改人以外的同事办理。"),
    )
}


PROBLEM, PROBLEM_PROCESS, PROBLEM_CLOCK = "firm_problem", "firm-problem", "firm-problem"
NAMERS = ("chief", "decider")  # who names an account manager from the own department


def naming_problems(
    *, firm_name: str, phone: str, since: date | None, until: date | None, until_given: bool, today: date
) -> dict[str, str]:
    """Field → what to do; the firm's code and the post are checked where they are known."""
    found: dict[str, str] = {}
    if not firm_name.strip():
        found["firm_name"] = "请填写企业名称。"
    if not re.fullmatch(r"[0-9][0-9 \-]{5,18}[0-9]", phone.strip()):
        found["phone"] = "请填写对外公开的办公电话，如 0189-62244438。"
    if since is None:
        found["since"] = "请填写从哪一天起。"
    elif since < today:
        found["since"] = "不能早于今天。"
    if until is None and until_given:
        found["until"] = "日期不对，请按年-月-日填写。"
    elif until is not None and since is not None and until < since:
        found["until"] = "结束日期不能早于开始日期。"
    return found
