"""The words of each numbered document, from the facts frozen in the act's transaction.

What must stand in them: 行政许可法 32 (acceptance and refusal in writing, sealed and dated; corrections told once and completely), 38
(refusals state reasons and remedies), 42 (an extension states its reason), 45 (the time a special procedure needs is told in writing).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from santai.back.approvals.rules import later_letters
from santai.back.approvals.rules.letter_parts import Parts, chinese_day
from santai.back.approvals.rules.other_letters import OTHER_LETTERS
from santai.back.approvals.rules.penalty_letters import PENALTY_LETTERS


def letter(*, kind: str, title: str, number: str, organisation: str, issued_at: datetime, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Data for render's official document: addressee, paragraphs, facts, table, remedies."""
    paragraphs, after, table = _BODIES[kind](facts)
    rows = [
        ["办件编号", str(facts["case_no"])],
        ["事项名称", str(facts["item"])],
        [str(facts.get("party_word") or "申请人"), str(facts["applicant"])],
    ]
    return {
        "organisation": organisation,
        "number": number,
        "title": title,
        "to": str(facts["applicant"]),
        "paragraphs": paragraphs,
        "facts": rows,
        "table": table,
        "after": after,
        "day": chinese_day(issued_at.date().isoformat()),
    }


def _remedies(facts: Mapping[str, Any]) -> list[str]:
    if facts.get("remedies"):
        return [str(sentence) for sentence in facts["remedies"]]
    organ = facts.get("remedy") or "本机关的本级人民政府"
    return [
        f"如不服本决定，可以自收到本决定书之日起六十日内向{organ}申请行政复议，也可以自收到本决定书之日起六个月内依法向人民法院提起行政诉讼。"
    ]


def remedies_said(facts: Mapping[str, Any]) -> str:
    """The sentence on remedies as every decision that refuses carries it (行政许可法 38)."""
    return "\n".join(_remedies(facts))


def _receipt(facts: Mapping[str, Any]) -> Parts:
    materials = list(facts.get("materials") or [])
    table = {"headers": ["序号", "材料名称"], "rows": [[str(n), name] for n, name in enumerate(materials, 1)]} if materials else None
    return (
        [f"您提出的“{facts['item']}”申请及下列材料已收到。"],
        [f"本凭证不代表申请已被受理。凭查询码 {facts['case_no']} 可以在网上大厅或者窗口查询办理进度。"],
        table,
    )


def _acceptance(facts: Mapping[str, Any]) -> Parts:
    accepted = chinese_day(str(facts["accepted_at"]))
    how = (
        "因未在五个工作日内告知补正，依照《中华人民共和国行政许可法》第三十二条，自收到申请之日起视为受理。" if facts.get("deemed") else ""
    )
    due = f"办理结果最迟于{chinese_day(str(facts['due_at']))}作出，依法不计入时限的期间除外。" if facts.get("due_at") else ""
    departments = "、".join(facts.get("departments") or [])
    parts = [f"您提出的“{facts['item']}”申请，材料齐全、符合法定形式，于{accepted}予以受理。{how}"]
    if departments:
        parts.append(f"承办部门：{departments}。")
    return parts, [due] if due else [], None


def _correction(facts: Mapping[str, Any]) -> Parts:
    rows = [[str(n), d["organisation"], d["text"]] for n, d in enumerate(facts["defects"], 1)]
    if facts.get("returned"):
        return (
            [
                "您提交的登记申请材料不齐全或者不符合法定形式，现予退还，并依照《中华人民共和国市场主体登记管理条例》第十九条一次性告知如下："
            ],
            ["补齐后请重新提交申请，登记期限自收到齐全材料之日起计算。"],
            {"headers": ["序号", "提出部门", "需要补正的内容"], "rows": rows},
        )
    return (
        ["经审查，您提交的申请材料尚需补正。现依照《中华人民共和国行政许可法》第三十二条，将需要补正的全部内容一次性告知如下："],
        [f"请于{chinese_day(str(facts['respond_by']))}前补正。补正后的材料自收到之日起重新计算审查期限。"],
        {"headers": ["序号", "提出部门", "需要补正的内容"], "rows": rows},
    )


def _not_accepted(facts: Mapping[str, Any]) -> Parts:
    wanting = [[str(n), one["text"]] for n, one in enumerate(facts.get("defects") or [], 1)]
    other = f"该事项由{facts['right_organ']}办理，请向该机关提出申请。" if facts.get("right_organ") else ""
    return (
        [f"您提出的“{facts['item']}”申请，决定不予受理。理由：{facts['reason']}{'' if facts['reason'].endswith('。') else '。'}{other}"],
        _remedies(facts),
        {"headers": ["序号", "需要补正的内容"], "rows": wanting} if wanting else None,
    )


def _special(facts: Mapping[str, Any]) -> Parts:
    return (
        [
            f"您提出的“{facts['item']}”申请，在审查中依法需要进行{facts['cause']}。原因：{facts['reason']}。",
            f"依照《中华人民共和国行政许可法》第四十五条，{facts['cause']}所需时间不计算在办理期限内，"
            f"预计需要{facts['expected_days']}{facts.get('unit', '个工作日')}。",
        ],
        ["特别程序结束后，办理期限继续计算，届时将告知您。"],
        None,
    )


def _extension(facts: Mapping[str, Any]) -> Parts:
    return (
        [f"您提出的“{facts['item']}”申请，不能在原办理期限内作出决定。经{facts['approver']}批准，办理期限延长{facts['days']}个工作日。"],
        [f"延长期限的理由：{facts['reason']}。"],
        None,
    )


def _on_record(facts: Mapping[str, Any]) -> str:
    """行政许可法 48: the decision rests on the record of the hearing, and says so."""
    return f"本决定根据听证笔录（{facts['hearing_record']}）作出。" if facts.get("hearing_record") else ""


def _granted(facts: Mapping[str, Any]) -> Parts:
    code = f"统一社会信用代码：{facts['credit_code']}。" if facts.get("credit_code") else ""
    code += _on_record(facts)
    return (
        [f"您提出的“{facts['item']}”申请，经审查，符合法定条件、标准，决定准予。{code}"],
        ["相关证照或者批准文件将自本决定作出之日起十个工作日内送达。"],
        None,
    )


def _refused(facts: Mapping[str, Any]) -> Parts:
    standard = f"所依据的技术标准、技术规范：{facts['technical_standard']}。" if facts.get("technical_standard") else ""
    what = "不予登记" if facts.get("registered") else "不予准许"
    said = [f"您提出的“{facts['item']}”申请，经审查，决定{what}。{_on_record(facts)}", f"理由：{facts['reason']}"]
    return [*said, *filter(None, (standard,))], _remedies(facts), None


def _recorded(facts: Mapping[str, Any]) -> Parts:
    what = "已收悉并记录" if facts.get("nature") == "report" else "已收悉，予以备案"
    return [f"您报送的“{facts['item']}”有关信息及材料{what}。"], [], None


def _withdrawn(facts: Mapping[str, Any]) -> Parts:
    why = f"撤回原因：{facts['reason']}。" if facts.get("reason") else ""
    return [f"您撤回“{facts['item']}”申请的请求已收到，本机关终止办理。{why}"], ["已经作出的决定不受影响。您可以另行提出申请。"], None


def _lapsed(facts: Mapping[str, Any]) -> Parts:
    return (
        [f"您提出的“{facts['item']}”申请，在补正期限内没有补正。{facts['reason']}，视为您撤回申请，本机关终止办理。"],
        ["您可以在材料齐全后另行提出申请。", *_remedies(facts)],
        None,
    )


def _terminated(facts: Mapping[str, Any]) -> Parts:
    return [f"“{facts['item']}”已终止办理。原因：{facts.get('reason', '')}。"], [], None


def _hearing_right(facts: Mapping[str, Any]) -> Parts:
    parties = "、".join(facts.get("parties") or [])
    return (
        [
            f"您提出的“{facts['item']}”申请，直接涉及申请人与他人之间重大利益关系：{facts['reason']}",
            f"依照《中华人民共和国行政许可法》第四十七条，申请人和利害关系人（{parties}）有权要求听证。"
            f"要求听证的，请在{chinese_day(str(facts['request_by']))}前向本机关提出；逾期不提出的，视为放弃。",
        ],
        ["听证的费用由本机关承担。"],
        None,
    )


def _hearing_notice(facts: Mapping[str, Any]) -> Parts:
    rows = [["时间", str(facts["when"])], ["地点", str(facts["place"])], ["主持人", str(facts["presider"])]]
    return (
        [f"关于“{facts['item']}”申请的听证，现将有关事项通知如下。"],
        ["认为主持人与本件有直接利害关系的，有权申请回避。听证公开举行，参加人可以申辩和质证。听证的费用由本机关承担。"],
        {"headers": ["事项", "内容"], "rows": rows},
    )


def _hearing_record(facts: Mapping[str, Any]) -> Parts:
    how = f"不公开举行。原因：{facts['closed']}。" if facts.get("closed") else "公开举行。"
    return (
        [
            f"关于“{facts['item']}”申请的听证，于{chinese_day(str(facts['held_at']))}在{facts['place']}由{facts['presider']}主持，{how}",
            *str(facts["record"]).splitlines(),
        ],
        [f"{facts['confirmed']}。本机关将根据本笔录作出决定。"],
        None,
    )


def _fee_notice(facts: Mapping[str, Any]) -> Parts:
    rows = [
        ["收费项目", facts["fee"]],
        ["金额（元）", facts["amount"]],
        ["公布的标准（元）", facts["standard"]],
        ["依据", facts["basis"]],
        ["缴款单号", facts["order_no"]],
    ]
    return (
        [f"您提出的“{facts['item']}”申请，按公布的项目和标准需要缴纳下列费用："],
        [
            "请在“我的空间—缴费”网上缴纳，也可以到窗口缴纳。认为不应收取的，可以向本机关提出。",
            "缴费不影响申请的受理、审查和作出决定的期限。",
        ],
        {"headers": ["项目", "内容"], "rows": rows},
    )


def _fee_receipt(facts: Mapping[str, Any]) -> Parts:
    rows = [
        ["收费项目", facts["fee"]],
        ["金额（元）", facts["amount"]],
        ["到账时间", chinese_day(str(facts["paid_at"]))],
        ["缴款方式", facts["way"]],
    ]
    return (
        [f"您为“{facts['item']}”缴纳的下列费用已经收到："],
        ["本凭证由收费机关加盖电子印章，可以凭本凭证换领财政票据。"],
        {"headers": ["项目", "内容"], "rows": rows},
    )


def _fee_refund(facts: Mapping[str, Any]) -> Parts:
    return (
        [f"您为“{facts['item']}”缴纳的{facts['fee']}，退还 {facts['amount']} 元，{facts['how']}。", f"退费理由：{facts['reason']}"],
        [],
        None,
    )


def _service_proof(facts: Mapping[str, Any]) -> Parts:
    rows = [
        ["送达文书", facts["served"]],
        ["受送达人", facts["applicant"]],
        ["送达方式", facts["mode"]],
        ["签收人或者接收情况", facts["receiver"]],
        ["送达证明", facts["proof"]],
        ["送达日期", chinese_day(str(facts["delivered_on"]))],
        ["送达人", facts["by"]],
    ]
    note = [f"备注：{facts['note']}"] if facts.get("note") else []
    return ["下列文书已经送达："], note, {"headers": ["项目", "内容"], "rows": rows}


_BODIES = {
    **OTHER_LETTERS,
    **PENALTY_LETTERS,
    "receipt": _receipt,
    "acceptance": _acceptance,
    "correction": _correction,
    "not_accepted": _not_accepted,
    "special": _special,
    "extension": _extension,
    "granted": _granted,
    "refused": _refused,
    "recorded": _recorded,
    "withdrawn": _withdrawn,
    "lapsed": _lapsed,
    "terminated": _terminated,
    **later_letters.BODIES,
    "hearing_right": _hearing_right,
    "hearing_notice": _hearing_notice,
    "hearing_record": _hearing_record,
    "fee_notice": _fee_notice,
    "fee_receipt": _fee_receipt,
    "fee_refund": _fee_refund,
    "service_proof": _service_proof,
}
