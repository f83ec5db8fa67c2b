"""Numbers and names of documents."""

from santai.back.approvals.rules import later_letters

TITLES = {
    "receipt": "收件凭证",
    "acceptance": "受理通知书",
    "correction": "一次性告知补正通知书",
    "not_accepted": "不予受理决定书",
    "not_needed": "不受理告知书",
    "special": "特别程序告知书",
    "extension": "延长办理期限告知书",
    "granted": "准予决定书",
    "refused": "不予决定书",
    "recorded": "备案回执",
    "withdrawn": "准予撤回告知书",
    "lapsed": "视为撤回申请告知书",
    "terminated": "终止办理告知书",
    **later_letters.TITLES,
    "hearing_right": "听证告知书",
    "hearing_notice": "听证通知书",
    "hearing_record": "听证笔录",
    "fee_notice": "缴款通知书",
    "fee_receipt": "缴款凭证",
    "fee_refund": "退费通知书",
    "service_proof": "送达回证",
    "moved": "改办事项告知书",
    "on_spot": "当场更正确认单",
    "notice": "公示",
    "opinion": "征求意见函",
    "consent_by_silence": "视为同意告知书",
    "verification": "核实通知书",
    "rectify": "纠正告知书",
    "corrected_slip": "更正通知书",
    "party_told": "利害关系人告知书",
    "inspection": "现场核查笔录",
    "penalty_interview": "调查（询问）笔录",
    "penalty_notice": "行政处罚事先告知书",
    "penalty_statement": "陈述申辩笔录",
    "penalty_hearing_right": "行政处罚听证告知书",
    "penalty_hearing_notice": "行政处罚听证通知书",
    "penalty_hearing_record": "行政处罚听证笔录",
    "penalty_evidence": "先行登记保存证据通知书",
    "penalty_decision": "行政处罚决定书",
    "penalty_none": "不予行政处罚决定书",
    "penalty_on_spot": "当场行政处罚决定书",
    "spot_inspection": "行政检查记录",
}
# 登记 is entered in a register, not granted (市场主体登记管理条例 19): its papers say so
OF_REGISTRATION = {"granted": "登记通知书", "refused": "不予登记通知书"}
OF_REPORT = {"recorded": "信息报告接收回执"}


def title_of(kind: str, *, registered: bool = False, reported: bool = False) -> str:
    """The title of a document in the words of the kind of act."""
    own = OF_REGISTRATION if registered else OF_REPORT if reported else {}
    return own.get(kind, TITLES[kind])


# The short mark of the document series, as it stands in the number: 滨市监受〔2026〕12号
SERIES = {
    "receipt": "收",
    "acceptance": "受",
    "correction": "补",
    "not_accepted": "不受",
    "not_needed": "不需",
    "special": "特",
    "extension": "延",
    "granted": "准",
    "refused": "不准",
    "recorded": "备",
    "withdrawn": "撤",
    "lapsed": "视撤",
    "terminated": "终",
    **later_letters.SERIES,
    "hearing_right": "听告",
    "hearing_notice": "听通",
    "hearing_record": "听笔",
    "fee_notice": "缴",
    "fee_receipt": "收讫",
    "fee_refund": "退",
    "service_proof": "送",
    "moved": "改",
    "on_spot": "正",
    "notice": "示",
    "opinion": "征",
    "consent_by_silence": "视同",
    "verification": "询",
    "rectify": "纠",
    "corrected_slip": "更",
    "party_told": "利告",
    "inspection": "核",
    "penalty_interview": "罚询",
    "penalty_notice": "罚告",
    "penalty_statement": "罚辩",
    "penalty_hearing_right": "罚听告",
    "penalty_hearing_notice": "罚听通",
    "penalty_hearing_record": "罚听笔",
    "penalty_evidence": "罚存",
    "penalty_decision": "罚",
    "penalty_none": "不罚",
    "penalty_on_spot": "当罚",
    "spot_inspection": "检",
}


def document_number(*, mark: str, kind: str, year: int, serial: int) -> str:
    """发文字号: mark of the organ and series, year in six-angle brackets, serial without padding (standards.md §5)."""
    return f"{mark}{SERIES[kind]}〔{year}〕{serial}号"
