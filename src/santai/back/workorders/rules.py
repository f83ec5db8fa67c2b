"""The steps of 差评整改 as plain values."""

from dataclasses import dataclass

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
