"""Acts that are no steps of the process, from plain facts: answers at receipt, visits and tests, others who are touched, opinions asked,
notices, and what comes after the decision. Which law gives which act stands in ``back/approvals``; here only when it is offered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from santai.back.desk.rules.acts import NO_UNDO, Act, Input, Part


@dataclass(frozen=True, kw_only=True)
class Around:
    """What surrounds a part: the item's law, and what has been done so far."""

    outcome: str
    stopped: bool
    at_counter: bool  # filed at the window today: the applicant is there
    formal: bool  # 市场主体登记: formal check, papers are given back
    on_spot: bool  # incomplete papers are refused on the spot
    testing: bool  # officers for testing are to be named
    notice_days: int
    notice_open: bool
    untold: int  # interested parties not told
    unheard: int  # told, not heard
    redo: bool  # review or judgment ordered a new decision
    deciders: Sequence[tuple[str, str]]
    officers: Sequence[tuple[str, str]]
    bodies: Sequence[tuple[str, str]]
    documents: Sequence[tuple[str, str]]  # decisions that may hold a slip of the pen
    grounds: Sequence[tuple[str, str]]  # of a refusal to accept
    ends: Sequence[tuple[str, str]]  # grounds to terminate
    asked: Sequence[str] = ()  # bodies asked already


def acts_around(part: Part, facts: Around, *, examiner: bool, decider: bool) -> list[Act]:
    if not (examiner or decider):
        return []
    common: dict[str, Any] = {"sub_case_no": part.sub_case_no}
    if not part.open:
        return _afterwards(part, facts, decider, common)
    if not part.accepted:
        found = _at_receipt(part, facts, common)
        return found + (_pushed(common) if part.nature == "push" else [])
    if facts.stopped:
        return []
    found = _looking_into(part, facts, common)
    if decider:
        found.append(
            Act(
                key="terminate", label="终止办理", kind="plain", about="须有法定或者客观的事由；会制作终止办理告知书。",
                inputs=(
                    Input(name="ground", label="事由", kind="select", options=tuple(facts.ends)),
                    Input(name="reason", label="说明", required=False),
                ),
                consequence=f"将终止办理并书面告知申请人。{NO_UNDO}", **common,
            )
        )  # fmt: skip
    return found


def _at_receipt(part: Part, facts: Around, common: dict[str, Any]) -> list[Act]:
    found = []
    if part.nature == "permit":
        found.append(
            Act(
                key="not_needed", label="告知不需要许可", kind="plain",
                about="申请事项依法不需要取得行政许可的，即时告知（行政许可法第三十二条）。",
                inputs=(Input(name="reason", label="为什么不需要许可"),),
                consequence=f"将制作不受理告知书，本部门的办理到此结束。{NO_UNDO}", **common,
            )
        )  # fmt: skip
    if facts.at_counter and part.nature != "push":
        found.append(
            Act(
                key="fix_on_spot", label="当场更正", about="申请人在窗口、错误可以当场更正的，请申请人当场更正后受理，不发补正通知。",
                inputs=(Input(name="what", label="当场更正了什么"),), **common,
            )
        )  # fmt: skip
    if facts.formal:
        found.append(
            Act(
                key="return_papers", label="退还材料", form="defects", phrases=tuple(part.defect_phrases),
                data={"places": list(part.places)},
                about="市场主体登记材料不齐的，退还并一次性告知（市场主体登记管理条例第十九条）；补齐后重新提交是新的申请。",
                consequence=f"将制作一次性告知通知书并退还材料，本件到此结束。{NO_UNDO}", **common,
            )
        )  # fmt: skip
    return found


def _pushed(common: dict[str, Any]) -> list[Act]:
    about = "信息推送没有申请人，不能要求补正；有疑问的提请核实，不影响登记等事项的办理。"
    questions = Input(name="questions", label="需要核实的内容", help="一行一项。")
    return [Act(key="ask_verification", label="提请核实", about=about, inputs=(questions,), **common)]


def _looking_into(part: Part, facts: Around, common: dict[str, Any]) -> list[Act]:
    found = []
    two = (
        Input(name="officer1", label="核查人员一", kind="select", options=tuple(facts.officers)),
        Input(name="officer2", label="核查人员二", kind="select", options=tuple(facts.officers), help="须为两名不同的工作人员。"),
    )
    if part.nature in ("permit", "confirmation", "benefit") or (part.nature == "registration" and not facts.formal):
        findings = Input(name="findings", label="核查情况")
        found.append(
            Act(key="visit", label="记录现场核查", about="指派两名以上工作人员核查，制作现场核查笔录（行政许可法第三十四条）。",
                inputs=(*two, findings), **common)
        )  # fmt: skip
        found.append(
            Act(
                key="party_note", label="登记利害关系人", kind="plain",
                about="许可直接关系他人重大利益的，告知并听取意见后才能决定（行政许可法第三十六条）。",
                inputs=(Input(name="name", label="利害关系人", kind="text"), Input(name="interest", label="所涉利益", required=False)),
                **common,
            )
        )  # fmt: skip
    if facts.testing:
        about = "应当检验、检测、检疫的，自受理之日起五日内指派两名以上工作人员（行政许可法第五十五条）。"
        found.append(Act(key="name_testers", label="指派检验人员", about=about, inputs=two, **common))
    if facts.untold:
        about = f"将向{facts.untold}名利害关系人发出告知书。"
        found.append(Act(key="party_tell", label="告知利害关系人", about=about, consequence=about + NO_UNDO, **common))
    if facts.unheard:
        found.append(
            Act(key="party_hear", label="记录利害关系人意见", about=f"已告知{facts.unheard}名利害关系人。",
                inputs=(Input(name="statement", label="意见", help="没有意见的，写明“没有意见”。"),), **common)
        )  # fmt: skip
    bodies = tuple(one for one in facts.bodies if one[0] not in facts.asked)
    found.append(
        Act(
            key="ask_opinion", label="征求意见", kind="plain",
            about="征求其他部门意见不停止计时。约定逾期视为同意的，必须写明答复期限；对方自己的许可决定不能因沉默视为准予。",
            inputs=(
                Input(name="organisation", label="部门", kind="select", options=bodies),
                Input(name="question", label="征求意见的内容"),
                Input(name="due_on", label="答复期限", kind="date", required=False),
                Input(name="silence", label="逾期不答复", kind="radio", value="no", options=(("no", "不视为同意"), ("yes", "视为同意"))),
            ),
            **common,
        )
    )  # fmt: skip
    if facts.notice_days or facts.notice_open:
        found.append(_notice(facts, common))
    return found


def _notice(facts: Around, common: dict[str, Any]) -> Act:
    if facts.notice_open:
        by, text = Input(name="by", label="提出人", kind="text"), Input(name="text", label="异议内容")
        return Act(key="object", label="登记异议", about="公示期内收到的异议。", inputs=(by, text), **common)
    days = Input(name="days", label="公示", kind="number", unit="日", value=str(facts.notice_days))
    about = "公示期满的次日起才能作出决定。"
    return Act(key="publish_notice", label="公示", about=about, inputs=(Input(name="what", label="公示内容", kind="text"), days), **common)


def _afterwards(part: Part, facts: Around, decider: bool, common: dict[str, Any]) -> list[Act]:
    found = []
    if facts.outcome == "recorded" and part.nature == "filing":
        found.append(
            Act(
                key="rectify", label="告知纠正", kind="plain",
                about="备案后发现属于禁止或者应当核准的，告知纠正或者办理手续；备案记录保留。",
                inputs=(Input(name="reason", label="需要纠正的问题和依据"),), consequence="将制作纠正告知书并通知申请人。", **common,
            )
        )  # fmt: skip
    if decider and facts.documents:
        found.append(
            Act(
                key="correct_slip", label="更正文字差错", kind="plain", about="只能更正错别字，不能改变决定的内容、数字和期限。",
                inputs=(
                    Input(name="document", label="文书", kind="select", options=tuple(facts.documents)),
                    Input(name="before", label="原文", kind="text"),
                    Input(name="after", label="更正为", kind="text"),
                ),
                consequence="将制作更正通知书。", **common,
            )
        )  # fmt: skip
    if decider and facts.outcome in ("granted", "refused") and not facts.redo:
        found.append(
            Act(
                key="annulled", label="登记复议、判决结果", kind="plain", about="原决定被撤销的，登记后可以重新办理。",
                inputs=(
                    Input(name="source", label="来源", kind="radio", options=(("review", "行政复议决定"), ("court", "人民法院判决"))),
                    Input(name="document_no", label="文书号", kind="text"),
                    Input(name="outcome", label="结果", kind="radio",
                          options=(("annulled_redo", "撤销并责令重新作出"), ("annulled", "撤销"))),
                    Input(name="because", label="撤销的原因", kind="radio",
                          options=(("facts", "事实、依据问题"), ("procedure", "违反法定程序"))),
                    Input(name="within", label="重新作出的期限", kind="number", unit="个工作日", required=False, help="没有另定的不填。"),
                ),
                **common,
            )
        )  # fmt: skip
    if decider and facts.redo:
        about = "期限重新起算；不得以同一事实和理由作出与原决定基本相同的决定，违反程序而撤销的除外。"
        found.append(Act(key="reopen", label="重新办理", kind="", about=about, consequence="本件将回到审查环节，期限重新起算。", **common))
    return found
