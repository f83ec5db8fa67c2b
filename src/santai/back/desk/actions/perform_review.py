"""材料逐项审查: the desk's form of verdicts becomes the verbs of approvals."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from santai.back.approvals.service import DefectInput, Verdict, check_materials, review_materials, settle_on_the_spot
from santai.back.cases.service import access_sub_case
from santai.back.desk.messages import Given
from santai.back.desk.queries.reviewing import materials_to_review
from santai.kernel.ledger.service import Actor

Verb = Callable[[Given, Actor, datetime], str]


def reviewed(given: Given, complete: bool, actor: Actor, at: datetime) -> tuple[DefectInput, ...]:
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
    reviewed(given, True, actor, at)
    check_materials(sub_case_no=given.sub_case_no, task=given.step, complete=True, opinion=given.text("opinion"), actor=actor, at=at)
    return "已核对：材料齐全。"


@transaction.atomic
def defects(given: Given, actor: Actor, at: datetime) -> str:
    found = reviewed(given, False, actor, at)
    check_materials(
        sub_case_no=given.sub_case_no, task=given.step, complete=False, defects=found, opinion=given.text("opinion"),
        actor=actor, at=at,
    )  # fmt: skip
    return "已记录需要补正的内容。"


@transaction.atomic
def settle_defects(given: Given, actor: Actor, at: datetime) -> str:
    found = reviewed(given, False, actor, at)
    settle_on_the_spot(sub_case_no=given.sub_case_no, task=given.step, outcome="defects", defects=found, actor=actor, at=at)
    return "补正通知书已发出。"


REVIEW_VERBS: dict[str, Verb] = {"complete": complete, "defects": defects, "settle_defects": settle_defects}
