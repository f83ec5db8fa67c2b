"""Which acts a post may do now, from plain facts: the sticky bar is derived from them, never listed by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

NO_UNDO = "作出后不能撤回。"


@dataclass(frozen=True, kw_only=True)
class Input:
    """One field of an act's form."""

    name: str
    label: str
    kind: str = "textarea"
    options: tuple[Any, ...] = ()
    required: bool = True
    help: str = ""
    value: str = ""
    unit: str = ""
    rows: int = 3


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act: ``direct`` acts are done by one press; others open their form; those with a ``consequence`` ask once more, in words."""

    key: str
    label: str
    kind: str = "quiet"  # kind of button
    sub_case_no: str = ""
    task: str = ""
    inputs: tuple[Input, ...] = ()
    phrases: tuple[str, ...] = ()
    direct: bool = False
    consequence: str = ""
    about: str = ""
    form: str = "plain"  # plain, defects, unify
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Part:
    """What the acts need to know about a department's part."""

    sub_case_no: str
    organisation: str
    organisation_name: str
    state: str
    nature: str
    accepted: bool
    open: bool
    examined_by_me: bool
    ready_to_finish: bool
    causes: Sequence[tuple[str, str]]
    may_extend: bool
    extension: str  # "", asked, approved, refused
    extension_by_me: bool
    running_cause: str
    defect_phrases: Sequence[str]
    refusal_phrases: Sequence[str]
    remedy: str
    places: Sequence[tuple[str, str]]  # what a defect may point to
    review_wanted: str = ""
    lapsed: bool = False
    opinion_phrases: Sequence[str] = ()
    points: Sequence[str] = ()  # what to look at, by the body's check-list
    deciders: Sequence[tuple[str, str]] = ()  # who may approve a special procedure
    grounds: Sequence[tuple[str, str]] = ()  # on which acceptance may be refused
    on_spot: bool = False  # by special law incomplete papers are refused on the spot with the list
    tested: bool = False  # a refusal rests on a test: its technical standard is named


@dataclass(frozen=True, kw_only=True)
class Step:
    """An open task as this post stands to it."""

    id: str
    element: str
    name: str
    organisation: str
    may: bool  # the post has the role
    claimed: bool
    mine: bool
    delegated: bool = False  # a colleague works on it for the one who stays responsible


def sorted_acts(acts: Sequence[Act]) -> list[Act]:
    """The main act first, the quiet ones last; otherwise in the order they were found."""
    order = ["", "grave", "quiet", "plain"]
    return sorted(acts, key=lambda act: order.index(act.kind) if act.kind in order else 9)


def acts_on_task(step: Step, part: Part | None, *, corrected: bool, colleagues: Sequence[tuple[str, str]]) -> list[Act]:
    """Claiming, passing on and finishing one open step."""
    if not step.may or (step.claimed and not step.mine):
        return []
    common: dict[str, Any] = {"task": step.id, "sub_case_no": part.sub_case_no if part else ""}
    found = _finishing(step, part, corrected, common)
    if not step.claimed:
        found.append(Act(key="claim", label="领取", direct=True, **common))
    else:
        found.append(Act(key="release", label="退回待领取", direct=True, kind="plain", **common))
    if colleagues and step.claimed and not step.delegated:
        found.append(
            Act(
                key="delegate",
                label="委托同事办理",
                kind="plain",
                about="由同事代您办这一环节，您仍然负责：随时可以自己办，或者收回。",
                inputs=(
                    Input(name="to", label="委托给", kind="select", options=tuple(colleagues)),
                    Input(name="why", label="委托原因", kind="text"),
                ),
                **common,
            )
        )
    if colleagues:
        found.append(
            Act(
                key="transfer",
                label="转交同事",
                kind="plain",
                about="对方会在自己的待办中看到这件办件。",
                inputs=(
                    Input(name="to", label="转交给", kind="select", options=tuple(colleagues)),
                    Input(name="why", label="转交原因", kind="text"),
                ),
                **common,
            )
        )
    return found


def _finishing(step: Step, part: Part | None, corrected: bool, common: dict[str, Any]) -> list[Act]:
    if part is None:
        return _on_the_whole(step, common)
    opinion = Input(name="opinion", label="意见", required=False)
    stopped = part.state == "stopped"
    if step.element == "check":
        found = [
            Act(
                key="complete",
                label="材料齐全",
                kind="",
                about="全部部门都核对齐全后，系统自动受理并开始计时。",
                inputs=(opinion,),
                phrases=tuple(part.opinion_phrases),
                data={"points": list(part.points)},
                **common,
            )
        ]
        if part.nature != "push" and not corrected:
            found.append(_defects(part, common))
        return found
    if step.element == "instant":
        found = [
            Act(
                key="settle_grant", label="当场准予", kind="",
                about="同时受理并作出决定，结果立即告知申请人。", consequence=f"将受理申请并作出准予决定，签发文书和证照。{NO_UNDO}", **common,  # noqa: E501
            ),
            Act(
                key="settle_refuse", label="当场不予", kind="grave", inputs=(_refusal(part),), phrases=tuple(part.refusal_phrases),
                about=f"救济途径将写入决定书：{part.remedy}", consequence=f"将受理申请并作出不予决定，写明理由和救济途径。{NO_UNDO}", **common,  # noqa: E501
            ),
        ]  # fmt: skip
        if not corrected and not part.accepted:
            found.insert(1, _defects(part, common, key="settle_defects"))
        return found
    if stopped:
        return []
    if step.element == "examine":
        return [
            Act(
                key="examine", label="提出审查意见", kind="", about="提交后转到决定环节，由另一名有权人员决定。",
                phrases=tuple(part.opinion_phrases), data={"points": list(part.points)},
                inputs=(
                    Input(
                        name="suggestion", label="审查结论", kind="radio",
                        options=(("suggest_grant", "建议准予"), ("suggest_refuse", "建议不予")),
                    ),
                    Input(name="opinion", label="审查意见", help="建议不予时必须写明理由。", required=False),
                ),
                **common,
            )
        ]  # fmt: skip
    if step.element == "decide" and not part.examined_by_me:
        found = [
            Act(
                key="refuse", label="不予", kind="grave", inputs=_refusing(part), phrases=tuple(part.refusal_phrases),
                about=f"救济途径将写入决定书：{part.remedy}",
                consequence=f"将作出不予决定并制作决定书，写明理由和救济途径。{NO_UNDO}", **common,
            ),
            Act(
                key="return", label="退回审查", inputs=(Input(name="opinion", label="退回原因"),), about="办件回到审查环节，期限不停。", **common  # noqa: E501
            ),
        ]  # fmt: skip
        if part.ready_to_finish:
            found.insert(
                0,
                Act(
                    key="grant", label="准予", kind="", inputs=(opinion,),
                    consequence=f"将作出准予决定，制作决定书，有证照的同时签发。{NO_UNDO}", **common,
                ),
            )  # fmt: skip
        return found
    if step.element in ("record", "acknowledge") and part.ready_to_finish:
        label, what = ("予以备案", "备案") if step.element == "record" else ("确认接收", "接收核实")
        return [
            Act(key="record", label=label, kind="", inputs=(opinion,), consequence=f"将完成本部门的{what}，本部门办结。{NO_UNDO}", **common)
        ]
    return []


def _on_the_whole(step: Step, common: dict[str, Any]) -> list[Act]:
    if step.element == "intake":
        return [Act(key="receive", label="确认收件", kind="", direct=True, **common)]
    if step.element == "unify_correction":
        return [
            Act(
                key="unify", label="合并并发出补正通知", kind="", form="unify", **common,
                about="各部门提出的问题合并为一份通知书，只发这一次（行政许可法第三十二条）。可以把话改得更好懂，不能增减。",
                consequence=f"将制作一份盖章的一次性告知补正通知书并通知申请人。此后不能再次要求补正。{NO_UNDO}",
            )
        ]  # fmt: skip
    if step.element == "issue":
        ways = (("电子送达", "电子送达"), ("窗口领取", "窗口领取"), ("邮寄", "邮寄"))
        return [
            Act(
                key="issue", label="统一出件", kind="", inputs=(Input(name="how", label="送达方式", kind="radio", options=ways, value="电子送达"),),  # noqa: E501
                consequence="将送达全部结果并办结整个办件。" + NO_UNDO, **common,
            )
        ]  # fmt: skip
    return []


def _refusal(part: Part) -> Input:
    return Input(name="reason", label="不予的理由和依据", help="会原文写入决定书。", rows=4)


def _refusing(part: Part) -> tuple[Input, ...]:
    standard = Input(
        name="technical_standard", label="技术标准、技术规范", kind="text", help="依检验结果不予许可的必须写明（行政许可法第五十五条）。"
    )
    return (_refusal(part), standard) if part.tested else (_refusal(part),)


def _defects(part: Part, common: dict[str, Any], key: str = "defects") -> Act:
    return Act(
        key=key, label="要求补正", form="defects", phrases=tuple(part.defect_phrases), data={"places": list(part.places)},
        about="请一次写全。各部门的意见会合并成一份通知书，每个办件只能告知一次。",
        consequence="将记录需要补正的全部内容；通知发出后不能再次要求补正。", **common,
    )  # fmt: skip


def acts_on_part(part: Part, *, examiner: bool, decider: bool) -> list[Act]:
    """Acts that are no steps of the process: stops, extensions, refusing to accept."""
    found: list[Act] = []
    common: dict[str, Any] = {"sub_case_no": part.sub_case_no}
    if decider and part.review_wanted:
        answers = (("stands", "准予决定继续有效"), ("revoke", "另行依法撤销或者变更"))
        found.append(
            Act(
                key="review", label="复核已作出的决定", kind="", about=f"{part.review_wanted}。需要收回证照的，在“证照”中撤销并写明理由。",
                inputs=(Input(name="conclusion", label="结论", kind="radio", options=answers), Input(name="reason", label="理由和依据")),
                **common,
            )
        )  # fmt: skip
    if not part.open or not (examiner or decider):
        return found
    if part.state == "stopped":
        result = Input(name="result", label="结果")
        about = f"正在进行：{part.running_cause}。结束后办理时限继续计算。"
        found.append(Act(key="special_end", label="结束特别程序", kind="", inputs=(result,), about=about, **common))
    elif part.accepted and part.causes:
        found.append(
            Act(
                key="special_start", label="启动特别程序", about="只有该事项列明的事由可以停止计时（行政许可法第四十五条）；会书面告知申请人所需时间。",  # noqa: E501
                inputs=(
                    Input(name="cause", label="事由", kind="select", options=tuple(part.causes)),
                    Input(name="reason", label="原因和依据"),
                    Input(name="expected_days", label="预计需要", kind="number", unit="个工作日"),
                    *(() if decider else (Input(name="approver", label="批准人", kind="select", options=tuple(part.deciders)),)),
                ),
                consequence="本部门的办理时限停止计算，并向申请人发出特别程序告知书。", **common,
            )
        )  # fmt: skip
    if examiner and part.accepted and part.may_extend and not part.extension:
        found.append(
            Act(
                key="extension_ask", label="申请延长", about="须经本机关负责人批准，理由会告知申请人；每件只能延长一次。",
                inputs=(Input(name="reason", label="延长的理由"), Input(name="days", label="延长", kind="number", unit="个工作日")), **common,  # noqa: E501
            )
        )  # fmt: skip
    if decider and part.extension == "asked" and not part.extension_by_me:
        answers = (("yes", "批准延长"), ("no", "不批准"))
        found.append(
            Act(
                key="extension_answer", label="答复延长申请", kind="",
                inputs=(Input(name="approve", label="答复", kind="radio", options=answers), Input(name="answer", label="说明", required=False)),  # noqa: E501
                consequence="批准后办理期限随即延长，并向申请人发出告知书。" + NO_UNDO, **common,
            )
        )  # fmt: skip
    if not part.accepted:
        found.append(
            Act(
                key="refuse_acceptance", label="不予受理", kind="" if part.lapsed else "plain",
                phrases=(*(("补正期限已过，仍未补正，申请材料不齐全。",) if part.lapsed else ()), *part.refusal_phrases),
                about="材料不齐的应当一次告知补正；只有补正后仍未补全、不属本机关职权等情形可以不予受理（行政许可法第三十二条）。",
                inputs=(
                    Input(name="ground", label="事由", kind="select", options=tuple(part.grounds)),
                    Input(name="reason", label="不予受理的理由"),
                    Input(name="right_organ", label="应向哪个机关申请", kind="text", required=False, help="不属于本机关职权时必须填写。"),
                    *(
                        (Input(name="missing", label="需要补正的内容", required=False, help="材料不齐的一行写一项。"),)
                        if part.on_spot
                        else ()
                    ),
                ),
                consequence=f"将制作盖章的不予受理决定书，本部门的办理到此结束。{NO_UNDO}", **common,
            )
        )  # fmt: skip
    return found


def claims_in(content: Any, applicant: Mapping[str, Any], *, whole: bool) -> list[dict[str, str]]:
    """Persons and firms a form names with an identifier: what an examiner may check against a register, each once."""
    found: dict[str, dict[str, str]] = {}

    def note(kind: str, code: str, name: str, role: str) -> None:
        if code and code not in found:
            found[code] = {"kind": kind, "code": code, "name": name, "role": role}

    kind = "person" if applicant.get("kind") == "person" else "organisation"
    note(
        kind if applicant.get("code_kind") in ("resident-id", "credit-code") else "",
        str(applicant.get("code", "")),
        str(applicant.get("name", "")),
        "申请人",
    )

    def walk(value: Any) -> None:
        if isinstance(value, Mapping):
            name = str(value.get("name") or "")
            for one in value.values():
                if isinstance(one, str) and name and len(one) == 18 and one[:17].isalnum() and one.isascii():
                    person = one[:17].isdigit() and one[0] in "12345678" and "1900" <= one[6:10] <= "2100"
                    note("person" if person else "organisation", one.upper(), name, "")
            for one in value.values():
                walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)

    if whole:
        walk(content)
    return [claim for claim in found.values() if claim["kind"]]
