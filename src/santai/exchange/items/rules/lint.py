"""Cross-field checks of an item (standards.md §1): what no single field can tell. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from santai.exchange.contracts.service import ItemDefinition

Finding = tuple[str, str]
CATCH_ALL = re.compile(r"(其他|其它|其余|有关|相关)+(的)?(材料|资料|文件|证件|证明)+(等)?")
JOINT_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{2,49}")


def lint(item: ItemDefinition) -> Iterator[Finding]:
    """(place below the item, text) of everything that contradicts itself."""
    if item.version < 1:
        yield "version", "版本号从 1 起。"
    if item.shape == "joint":
        yield from _joint(item)
    else:
        if item.branches:
            yield "branches", "只有联办事项（shape: joint）才分部门。"
        if not item.process:
            yield "process", "单办事项必须有办理流程。"
        if item.act_type == "01":
            if item.handling != "instant" and len(item.flow_steps) < 5:
                yield "flow_steps", "行政许可事项的办理环节应写明，至少 5 个。"
            if not item.faq:
                yield "faq", "行政许可事项至少有 1 个常见问题。"
    if item.handling == "instant" and item.clocks.promised:
        yield "clocks.promised", "即办件当场办结，不另设承诺时限。"
    if item.handling == "promised" and item.shape == "single" and not item.clocks.promised:
        yield "clocks.promised", "承诺件必须写明承诺时限。"
    if item.visits and not (item.handling_place and item.handling_hours):
        yield "visits", "到现场次数不为 0 时，必须写明办理地点和时间。"
    if item.visits < 0:
        yield "visits", "到现场次数不能小于 0。"
    if item.phone and item.phone == item.complaint_phone:
        yield "complaint_phone", "投诉电话与咨询电话不能相同。"
    if not item.legal_basis and item.nature in ("permit", "registration"):
        yield "legal_basis", "必须写明设定依据。"
    if item.fee.strip() and item.fee.strip() not in ("不收费", "免费"):
        if not re.search(r"\d", item.fee):
            yield "fee", "收费事项必须写明标准。"
        if "依据" not in item.fee and "《" not in item.fee:
            yield "fee", "收费事项必须写明依据。"
    if item.nature in ("permit", "registration") and not item.remedy and item.shape == "single":
        yield "remedy", "必须写明救济途径。"
    if item.results.kind == "licence" and not item.results.licence_type:
        yield "results.licence_type", "结果是证照时必须写明证照类型。"
    if item.results.kind != "none" and item.shape == "single" and not item.results.name:
        yield "results.name", "必须写明办理结果的名称。"
    if item.decisions.routing and item.shape != "joint":
        yield "decisions.routing", "只有联办事项才由决策表决定参加的部门。"
    if item.correction_lapse == "withdrawn" and not item.correction_lapse_basis.strip():
        yield "correction_lapse_basis", "逾期未补正视为撤回只能依据地方规定，必须写明依据。"
    yield from _materials(item)
    seen: set[str] = set()
    for index, question in enumerate(item.questions):
        place = f"questions[{index}]"
        identifier = question.get("id")
        if not isinstance(identifier, str) or not identifier or not question.get("text"):
            yield place, "情形问题要有 id 和 text。"
            continue
        if identifier in seen:
            yield f"{place}.id", f"情形问题“{identifier}”重复。"
        seen.add(identifier)
        options = question.get("options")
        if (
            not isinstance(options, list)
            or len(options) < 2
            or not all(isinstance(one, dict) and {"value", "label"} <= one.keys() for one in options)
        ):
            yield f"{place}.options", "至少要有两个选项，每个有 value 和 label。"


def _materials(item: ItemDefinition) -> Iterator[Finding]:
    seen: set[str] = set()
    codes = {branch.code for branch in item.branches}
    for index, material in enumerate(item.materials):
        place = f"materials[{index}]"
        if material.code in seen:
            yield f"{place}.code", f"材料代码“{material.code}”重复。"
        seen.add(material.code)
        if CATCH_ALL.fullmatch(re.sub(r"[\s（）()]", "", material.name)):
            yield f"{place}.name", f"“{material.name}”没有说明是什么材料，须逐一列明，不能兜底。"
        for number, branch in enumerate(material.branches):
            if branch not in codes:
                yield f"{place}.branches[{number}]", f"没有代码为“{branch}”的部门分支。"
        if material.source == "licence" and not material.licence_type:
            yield f"{place}.licence_type", "来自证照的材料必须写明证照类型。"
        if material.source == "register" and not material.register:
            yield f"{place}.register", "来自数据库的材料必须写明哪个库。"
        if material.may_follow_days < 0:
            yield f"{place}.may_follow_days", "容缺天数不能小于 0。"
        if material.may_follow_days > 0 and not item.tolerance_basis:
            yield "tolerance_basis", f"材料“{material.name}”可以后补（容缺），须写明本地依据。"


def _joint(item: ItemDefinition) -> Iterator[Finding]:
    codes = [branch.code for branch in item.branches]
    if len(codes) < 2:
        yield "branches", "联办事项至少要有两个部门分支。"
    if item.lead_branch and item.lead_branch not in codes:
        yield "lead_branch", f"没有代码为“{item.lead_branch}”的部门分支。"
    if item.joint_outcome == "lead_decides" and not item.lead_branch:
        yield "lead_branch", "由牵头部门决定时必须写明牵头分支。"
    after = {branch.code: branch.finishes_after for branch in item.branches}
    for index, branch in enumerate(item.branches):
        place = f"branches[{index}]"
        if codes.count(branch.code) > 1:
            yield f"{place}.code", f"分支代码“{branch.code}”重复。"
        if not re.fullmatch(r"[a-z][a-z0-9]{0,19}", branch.code):
            yield f"{place}.code", "分支代码只用小写字母和数字（它是分办件编号的一部分）。"
        for number, other in enumerate(branch.finishes_after):
            if other not in after:
                yield f"{place}.finishes_after[{number}]", f"没有代码为“{other}”的部门分支。"
            elif _reaches(after, other, branch.code):
                yield f"{place}.finishes_after[{number}]", f"先后关系成环：{branch.code} 要等 {other}，{other} 又要等 {branch.code}。"
        if item.joint_outcome == "all_or_nothing" and branch.result.assigns:
            yield f"{place}.result.assigns", "全部准予才生效（all_or_nothing）的事项不能中途登记赋码：登记之后不能当作没有发生。"
        if branch.result.kind == "licence" and not branch.result.licence_type:
            yield f"{place}.result.licence_type", "结果是证照时必须写明证照类型。"


def _reaches(after: Mapping[str, tuple[str, ...]], start: str, goal: str) -> bool:
    seen: set[str] = set()
    open_ = [start]
    while open_:
        here = open_.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            open_ += after.get(here, ())
    return False


def form_paths(item: ItemDefinition) -> Iterator[tuple[str, str]]:
    """Every path into the shared form with its place."""
    for label, path in item.results.fields.items():
        yield f"results.fields.{label}", path
    for index, branch in enumerate(item.branches):
        for name, path in branch.mapping.items():
            yield f"branches[{index}].mapping.{name}", path
        for label, path in branch.result.fields.items():
            yield f"branches[{index}].result.fields.{label}", path
        for number, row in enumerate(branch.fields):
            if row.get("from"):
                yield f"branches[{index}].fields[{number}].from", str(row["from"])
    if isinstance(item.signers, list | tuple):
        for index, path in enumerate(item.signers):
            if isinstance(path, str):
                yield f"signers[{index}]", path


FREE_ROOTS = ("situation", "applicant", "case", "sub_case", "decision", "assigned", "today")


def path_known(path: str, templates: set[str]) -> bool:
    """Is ``path`` a field, a group, or below what the platform itself adds (情形 answers, applicant, case …)?"""
    if path.split(".")[0] in FREE_ROOTS:
        return True
    template = ".".join("*" if step.isdigit() else step for step in path.split("."))
    return any(one == template or one.startswith(f"{template}.") or one.replace(".*", "") == template for one in templates)


def differences(old: Mapping[str, Any], new: Mapping[str, Any], place: str = "") -> list[tuple[str, Any, Any]]:
    """(place, before, after) of every value that differs; lists of things with a code or id are matched by it."""
    found: list[tuple[str, Any, Any]] = []
    for key in [*old, *(key for key in new if key not in old)]:
        before, after = old.get(key), new.get(key)
        inner = f"{place}.{key}" if place else str(key)
        if before == after:
            continue
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            found += differences(before, after, inner)
        elif (named := _named(before)) is not None and (renamed := _named(after)) is not None:
            found += differences(named, renamed, inner)
        else:
            found.append((inner, before, after))
    return found


def _named(value: Any) -> dict[str, Any] | None:
    if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
        return None
    names = [str(one.get("code") or one.get("id") or one.get("title") or "") for one in value]
    return dict(zip(names, value, strict=True)) if all(names) and len(set(names)) == len(names) else None
