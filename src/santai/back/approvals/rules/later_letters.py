"""The words of documents about promises, licences and reopened cases, from the facts frozen in the act's transaction.

行政许可法 8, 50, 69, 70; the right to be heard before a burden; local rules on 容缺 and 告知承诺.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

Parts = tuple[list[str], list[str], dict[str, Any] | None]
TITLES = {
    "tolerance": "容缺受理通知书",
    "tolerance_lapsed": "视为撤回申请告知书",
    "rectify": "责令整改通知书",
    "revoke_notice": "拟撤销行政许可告知书",
    "revoked": "撤销行政许可决定书",
    "recalled": "撤回行政许可决定书",
    "cancelled": "注销行政许可决定书",
    "renewed": "视为准予延续告知书",
    "slip": "更正通知书",
    "reopened": "重新办理通知书",
}
SERIES = {
    "tolerance": "容受",
    "tolerance_lapsed": "容撤",
    "rectify": "责改",
    "revoke_notice": "拟撤",
    "revoked": "撤许",
    "recalled": "撤回",
    "cancelled": "注",
    "renewed": "视延",
    "slip": "更",
    "reopened": "重",
}


def _day(iso: str) -> str:
    day = date.fromisoformat(iso[:10])
    return f"{day.year}年{day.month}月{day.day}日"


def _stop(text: str) -> str:
    return text if text.endswith(("。", "；")) else f"{text}。"


def _remedies(facts: Mapping[str, Any]) -> list[str]:
    organ = facts.get("remedy") or "本机关的本级人民政府"
    return [
        f"如不服本决定，可以自收到本决定书之日起六十日内向{organ}申请行政复议，也可以自收到本决定书之日起六个月内依法向人民法院提起行政诉讼。"
    ]


def _tolerance(facts: Mapping[str, Any]) -> Parts:
    rows = [[str(n), one["name"], _day(one["due_on"])] for n, one in enumerate(facts["materials"], 1)]
    return (
        [
            f"您提出的“{facts['item']}”申请，主要材料齐全。依据{facts['basis']}和您的书面承诺，"
            f"于{_day(facts['accepted_at'])}容缺受理。请在下列期限前补齐："
        ],
        [
            "补齐以前，审查照常进行，办理期限照常计算，但不发出办理结果。",
            "逾期未补齐的，自期限届满次日起视为您撤回申请，本机关终止办理；您可以在材料齐全后另行提出申请。",
        ],
        {"headers": ["序号", "需要补交的材料", "补交期限"], "rows": rows},
    )


def _tolerance_lapsed(facts: Mapping[str, Any]) -> Parts:
    names = "、".join(facts["materials"])
    return (
        [
            f"您提出的“{facts['item']}”申请已容缺受理。承诺补交的{names}未在{_day(facts['due_on'])}前补齐，"
            f"依据{facts['basis']}，视为您撤回申请，本机关终止办理。"
        ],
        ["您可以在材料齐全后另行提出申请。", *_remedies(facts)],
        None,
    )


def _rectify(facts: Mapping[str, Any]) -> Parts:
    return (
        [
            f"您以告知承诺方式取得“{facts['item']}”的许可。经核查，实际情况与承诺不符：{_stop(facts['found'])}",
            f"现责令您于{_day(facts['due_on'])}前整改：{_stop(facts['what'])}",
        ],
        ["整改完成后请告知本机关复查。逾期拒不整改，或者整改后仍不符合条件的，将依法撤销许可决定。", *_remedies(facts)],
        None,
    )


def _revoke_notice(facts: Mapping[str, Any]) -> Parts:
    return (
        [
            f"本机关拟撤销准予您“{facts['item']}”的许可（{facts['number']}）。事实和理由：{_stop(facts['reason'])}",
            f"依据：{_stop(facts['law'])}",
        ],
        [
            f"您可以在{_day(facts['answer_by'])}前提出陈述和申辩，也可以要求听证。逾期不提出的，视为放弃。",
            "本告知书不是决定，许可在决定作出以前继续有效。",
        ],
        None,
    )


def _revoked(facts: Mapping[str, Any]) -> Parts:
    spoken = f"您的陈述和申辩：{_stop(facts['statement'])}" if facts.get("statement") else ""
    return (
        [
            f"经查，{_stop(facts['reason'])}属于{facts['ground']}。",
            *([spoken] if spoken else []),
            f"依据{facts['law']}，决定撤销准予“{facts['item']}”的许可，证照{facts['number']}自本决定作出之日起失效。",
        ],
        ["请将纸质证照交回本机关。", *([_stop(facts["interest"])] if facts.get("interest") else []), *_remedies(facts)],
        None,
    )


def _recalled(facts: Mapping[str, Any]) -> Parts:
    return (
        [
            f"因{facts['ground']}，为了公共利益的需要，依据《中华人民共和国行政许可法》第八条第二款，"
            f"决定撤回准予“{facts['item']}”的许可（{facts['number']}）。",
            f"理由：{_stop(facts['reason'])}",
            f"补偿：{_stop(facts['compensation'])}",
        ],
        _remedies(facts),
        None,
    )


def _cancelled(facts: Mapping[str, Any]) -> Parts:
    return (
        [
            f"因{facts['ground']}，依据《中华人民共和国行政许可法》第七十条，注销“{facts['item']}”的许可（{facts['number']}）。",
            *([_stop(facts["reason"])] if facts.get("reason") else []),
        ],
        _remedies(facts),
        None,
    )


def _renewed(facts: Mapping[str, Any]) -> Parts:
    return (
        [
            f"您于{_day(facts['received_at'])}提出“{facts['item']}”的延续申请。原许可有效期于{_day(facts['expired_on'])}届满，本机关在届满前没有作出决定。",
            "依照《中华人民共和国行政许可法》第五十条第二款，视为准予延续。",
            f"延续后的有效期自{_day(facts['valid_from'])}起。",
        ],
        ["新证照已经制作，请在“我的证照”查看。"],
        None,
    )


def _slip(facts: Mapping[str, Any]) -> Parts:
    rows = [[str(n), one["was"], one["is"]] for n, one in enumerate(facts["changes"], 1)]
    return (
        [f"{facts['corrected']}中有文字差错，现予更正："],
        ["更正不改变决定的内容，原文书的其他部分不变。本通知书与原文书一并保存。"],
        {"headers": ["序号", "原文", "更正为"], "rows": rows},
    )


def _reopened(facts: Mapping[str, Any]) -> Parts:
    return (
        [
            f"依据{facts['source']}{facts['reference']}，原决定（{facts['former']}）已被撤销并责令重新作出决定。理由：{_stop(facts['because'])}",
            f"本机关自{_day(facts['reopened_at'])}起重新办理“{facts['item']}”，办理期限重新计算，最迟于{_day(facts['due_at'])}作出决定。",
        ],
        [],
        None,
    )


BODIES: Mapping[str, Callable[[Mapping[str, Any]], Parts]] = {
    "tolerance": _tolerance,
    "tolerance_lapsed": _tolerance_lapsed,
    "rectify": _rectify,
    "revoke_notice": _revoke_notice,
    "revoked": _revoked,
    "recalled": _recalled,
    "cancelled": _cancelled,
    "renewed": _renewed,
    "slip": _slip,
    "reopened": _reopened,
}
