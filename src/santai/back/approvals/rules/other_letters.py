"""Letters beside the ordinary course: answers without acceptance, records of visits, what is told afterwards."""

from collections.abc import Mapping
from typing import Any

from santai.back.approvals.rules.letter_parts import Parts, chinese_day


def _not_needed(facts: Mapping[str, Any]) -> Parts:
    return [f"您提出的“{facts['item']}”申请，依法不需要取得行政许可，不予受理。理由：{facts['reason']}。"], [], None


def _inspection(facts: Mapping[str, Any]) -> Parts:
    rows = [[str(n), name, "（签名）"] for n, name in enumerate(facts["officers"], 1)]
    found = f"核查情况：{facts['findings']}" if facts.get("findings") else "核查情况见附页。"
    return (
        [
            f"对您提出的“{facts['item']}”申请，依照《中华人民共和国行政许可法》第三十四条，于{chinese_day(str(facts['at']))}进行现场核查。",
            found,
        ],
        ["申请人核对无误后签名。"],
        {"headers": ["序号", "核查人员", "签名"], "rows": rows},
    )


def _party_told(facts: Mapping[str, Any]) -> Parts:
    return (
        [f"“{facts['item']}”申请直接关系您的重大利益。依照《中华人民共和国行政许可法》第三十六条，现告知您：您有权陈述意见、进行申辩。"],
        ["请及时提出书面意见，行政机关将听取并如实记录。"],
        None,
    )


def _corrected_slip(facts: Mapping[str, Any]) -> Parts:
    rows = [[str(n), one["before"], one["after"]] for n, one in enumerate(facts["changes"], 1)]
    return (
        [f"{facts['corrects']}存在文字差错，现予更正。更正不改变决定的内容。"],
        [f"更正后的文书为第{facts['edition']}版。"],
        {"headers": ["序号", "原文", "更正为"], "rows": rows},
    )


def _rectify(facts: Mapping[str, Any]) -> Parts:
    return [f"您报送备案的“{facts['item']}”，经核查：{facts['reason']}。请依法纠正或者办理有关手续，原备案记录保留。"], [], None


def _verification(facts: Mapping[str, Any]) -> Parts:
    rows = [[str(n), text] for n, text in enumerate(facts["questions"], 1)]
    return (
        [f"本机关收到推送的“{facts['item']}”信息，下列内容提请核实："],
        ["核实不影响登记等事项的办理。"],
        {"headers": ["序号", "需要核实的内容"], "rows": rows},
    )


def _consent_by_silence(facts: Mapping[str, Any]) -> Parts:
    return [f"您提出的“{facts['item']}”申请，本机关未在规定期限内作出决定，依照{facts['basis']}，视为同意。"], [], None


def _moved(facts: Mapping[str, Any]) -> Parts:
    return [f"经您同意，您原以“{facts['before']}”提出的申请改按“{facts['after']}”办理。收到申请的时间和已填写的内容不变。"], [], None


OTHER_LETTERS = {
    "not_needed": _not_needed,
    "inspection": _inspection,
    "party_told": _party_told,
    "corrected_slip": _corrected_slip,
    "rectify": _rectify,
    "verification": _verification,
    "consent_by_silence": _consent_by_silence,
    "moved": _moved,
}
