"""Papers of penalties and inspections; what must stand in them: 行政处罚法 44, 52, 56, 59, 64."""

from collections.abc import Mapping
from typing import Any

from santai.back.approvals.rules.letter_parts import Parts, chinese_day

LAW = "《中华人民共和国行政处罚法》"


def _officers(facts: Mapping[str, Any]) -> dict[str, Any]:
    pairs = zip(facts["officers"], facts["cards"], strict=True)
    rows = [[str(n), name, card, "（签名）"] for n, (name, card) in enumerate(pairs, 1)]
    return {"headers": ["序号", "执法人员", "执法证号", "签名"], "rows": rows}


def _interview(facts: Mapping[str, Any]) -> Parts:
    said = f"执法人员于{chinese_day(str(facts['at']))}进行调查，已出示执法证件，并告知当事人有权申请回避。"
    return [said, *str(facts["record"]).splitlines()], ["当事人核对无误后签名。"], _officers(facts)


def _notice(facts: Mapping[str, Any]) -> Parts:
    parts = facts["parts"]
    rows = [
        ["拟处罚的内容", parts["content"]],
        ["事实", parts["facts"]],
        ["理由", parts["reasons"]],
        ["依据", parts["basis"]],
        ["权利", parts["rights"]],
    ]
    if facts.get("amount"):
        rows.insert(1, ["拟罚款（元）", facts["amount"]])
    return (
        [f"依照{LAW}第四十四条，在作出行政处罚决定之前，现将下列事项告知您："],
        [f"您有权进行陈述和申辩。本机关不会因您的陈述、申辩而给予更重的处罚（{LAW}第四十五条）。"],
        {"headers": ["项目", "内容"], "rows": rows},
    )


def _statement(facts: Mapping[str, Any]) -> Parts:
    return ["当事人的陈述和申辩：", *str(facts["statement"]).splitlines()], [f"复核情况：{facts['answer']}"], None


def _hearing_right(facts: Mapping[str, Any]) -> Parts:
    return (
        [
            f"拟对您作出的处罚属于{facts['kind']}。依照{LAW}第六十三条，您有权要求听证。",
            f"要求听证的，请在{chinese_day(str(facts['request_by']))}前向本机关提出。",
        ],
        ["当事人不承担组织听证的费用。"],
        None,
    )


def _hearing_notice(facts: Mapping[str, Any]) -> Parts:
    when = str(facts["when"])
    rows = [["时间", f"{chinese_day(when)} {when[11:16]}"], ["地点", str(facts["place"])]]
    after = ["您可以亲自参加，也可以委托一至二人代理；认为主持人与本案有直接利害关系的，有权申请回避。除依法保密的以外，听证公开举行。"]
    return ["根据您的要求，本机关决定举行听证，现通知如下。"], after, {"headers": ["事项", "内容"], "rows": rows}


def _hearing_record(facts: Mapping[str, Any]) -> Parts:
    held = f"听证于{chinese_day(str(facts['held_at']))}在{facts['place']}举行，主持人：{facts['presider']}。"
    return [held, *str(facts["record"]).splitlines()], [f"{facts['confirmed']}。"], None


def _evidence(facts: Mapping[str, Any]) -> Parts:
    return (
        [
            f"在证据可能灭失或者以后难以取得的情况下，依照{LAW}第五十六条，经{facts['approver']}批准，对下列物品先行登记保存：",
            facts["items"],
        ],
        [f"本机关将在{chinese_day(str(facts['until']))}前作出处理决定。在此期间，任何人不得销毁或者转移。"],
        None,
    )


def _term(facts: Mapping[str, Any]) -> list[str]:
    if not facts.get("fined"):
        return ["履行期限：自收到本决定书之日起履行。"]
    return [
        f"履行方式和期限：自收到本决定书之日起{facts['pay_days']}日内到指定的银行或者通过电子支付系统缴纳罚款。"
        "到期不缴纳的，每日按罚款数额的百分之三加处罚款，加处罚款的数额不超过罚款的数额。"
    ]


def _decision(facts: Mapping[str, Any]) -> Parts:
    rows = [
        ["违法事实", facts["facts"]],
        ["证据", "；".join(facts["evidence"]) or "现场调查"],
        ["认定的理由", facts["reason"]],
        ["处罚依据", facts["basis"]],
    ]
    if facts.get("party_code"):
        rows.insert(0, ["统一社会信用代码", facts["party_code"]])
    return (
        [f"经调查，您（单位）的违法行为事实清楚、证据确凿，现依照有关法律作出处罚决定：{facts['content']}"],
        [*_term(facts), *facts["remedies"], "行政复议或者行政诉讼期间，本决定不停止执行，法律另有规定的除外。"],
        {"headers": ["项目", "内容"], "rows": rows},
    )


def _none(facts: Mapping[str, Any]) -> Parts:
    return [f"经调查，依照{LAW}第五十七条，决定不予行政处罚。理由：{facts['reason']}"], [*facts["remedies"]], None


def _on_spot(facts: Mapping[str, Any]) -> Parts:
    paragraphs, after, table = _decision(facts)
    said = [f"您（单位）有下列违法行为，依照{LAW}第五十一条，当场作出处罚决定：{facts['content']}", *paragraphs[1:]]
    return said, after, table


def _spot_inspection(facts: Mapping[str, Any]) -> Parts:
    return (
        [
            f"检查人员于{chinese_day(str(facts['at']))}出示执法证件，对下列事项进行检查：{facts['subject']}",
            f"检查情况：{facts['findings']}",
        ],
        [f"检查结果：{facts['result']}。被检查人核对无误后签名。"],
        _officers(facts),
    )


PENALTY_LETTERS = {
    "penalty_interview": _interview,
    "penalty_notice": _notice,
    "penalty_statement": _statement,
    "penalty_hearing_right": _hearing_right,
    "penalty_hearing_notice": _hearing_notice,
    "penalty_hearing_record": _hearing_record,
    "penalty_evidence": _evidence,
    "penalty_decision": _decision,
    "penalty_none": _none,
    "penalty_on_spot": _on_spot,
    "spot_inspection": _spot_inspection,
}
