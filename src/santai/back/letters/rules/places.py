"""The closed list of placeholders of each kind of document, what the law wants in it, and the words to start from. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from santai.back.letters.messages import Kind, Read

COMMON_SAMPLE = {"applicant": "张三", "item": "示例事项", "case_no": "18990120260302000001", "remedy": "滨江新区人民政府"}


def _fact(key: str) -> Read:
    return lambda facts: str(facts.get(key) or "")


def _ended(key: str) -> Read:
    """A reason, with a full stop at its end."""
    return lambda facts: f"{text}{'' if text.endswith(('。', '！', '？')) else '。'}" if (text := str(facts.get(key) or "").strip()) else ""


def _day(key: str) -> Read:
    def said(facts: Mapping[str, Any]) -> str:
        try:
            day = date.fromisoformat(str(facts.get(key) or "")[:10])
        except ValueError:
            return ""
        return f"{day.year}年{day.month}月{day.day}日"

    return said


def _deemed(facts: Mapping[str, Any]) -> str:
    said = "因未在五个工作日内告知补正，依照《中华人民共和国行政许可法》第三十二条，自收到申请之日起视为受理。"
    return said if facts.get("deemed") else ""


def _remedies(facts: Mapping[str, Any]) -> str:
    """Filled in by the room's queries from back/approvals; here for texts that are only looked at."""
    return str(
        facts.get("remedies_said") or f"如不服本决定，可以依法向{facts.get('remedy') or '本级人民政府'}申请行政复议或者提起行政诉讼。"
    )


COMMON: dict[str, Read] = {"申请人": _fact("applicant"), "事项": _fact("item"), "办件编号": _fact("case_no")}


def _kind(kind: str, places: dict[str, Read], *, sample: dict[str, Any], **more: Any) -> Kind:
    return Kind(kind=kind, places=COMMON | places, sample={**COMMON_SAMPLE, **sample}, **more)


KINDS: dict[str, Kind] = {
    one.kind: one
    for one in (
        _kind(
            "receipt",
            {},
            before="您提出的“{事项}”申请及下列材料已收到。",
            after="本凭证不代表申请已被受理。凭查询码 {办件编号} 可以在网上大厅或者窗口查询办理进度。",
            table="收到的材料",
            musts=("办件编号",),
            law="行政许可法第三十二条第二款",
            sample={"materials": ["申请书", "身份证明"]},
        ),
        _kind(
            "acceptance",
            {
                "受理日期": _day("accepted_at"),
                "办结期限": _day("due_at"),
                "视为受理说明": _deemed,
                "承办部门": lambda facts: "、".join(facts.get("departments") or []),
            },
            before="您提出的“{事项}”申请，材料齐全、符合法定形式，于{受理日期}予以受理。\n{视为受理说明}\n承办部门：{承办部门}。",
            after="办理结果最迟于{办结期限}作出，依法不计入时限的期间除外。",
            musts=("受理日期", "视为受理说明"),
            law="行政许可法第三十二条",
            sample={"accepted_at": "2026-03-02", "due_at": "2026-03-30", "departments": ["示例局"]},
        ),
        _kind(
            "correction",
            {"补正期限": _day("respond_by")},
            before="经审查，您提交的申请材料尚需补正。现依照《中华人民共和国行政许可法》第三十二条，将需要补正的全部内容一次性告知如下：",
            after="请于{补正期限}前补正。补正后的材料自收到之日起重新计算审查期限。",
            table="需要补正的全部内容",
            musts=("补正期限",),
            law="行政许可法第三十二条第一款第（四）项",
            sample={"respond_by": "2026-03-20", "defects": [{"organisation": "示例局", "text": "租赁合同缺少出租人签名页。"}]},
        ),
        _kind(
            "not_accepted",
            {"理由": _ended("reason"), "有权机关": _fact("right_organ"), "救济": _remedies},
            before="您提出的“{事项}”申请，决定不予受理。理由：{理由}\n该事项由{有权机关}办理，请向该机关提出申请。",
            after="{救济}",
            musts=("理由", "有权机关", "救济"),
            law="行政许可法第三十二条第一款第（二）项、第三十八条",
            sample={"reason": "不属于本机关职权范围", "right_organ": "江北区人力资源和社会保障局"},
        ),
        _kind(
            "special",
            {
                "事由": _fact("cause"),
                "原因": _ended("reason"),
                "所需时间": lambda facts: f"{facts['expected_days']}{facts.get('unit', '个工作日')}" if facts.get("expected_days") else "",
            },
            before="您提出的“{事项}”申请，在审查中依法需要进行{事由}。原因：{原因}\n依照《中华人民共和国行政许可法》第四十五条，{事由}所需时间不计算在办理期限内，预计需要{所需时间}。",
            after="特别程序结束后，办理期限继续计算，届时将告知您。",
            musts=("事由", "所需时间"),
            law="行政许可法第四十五条",
            sample={"cause": "专家评审", "reason": "需由专家组评审", "expected_days": 10},
        ),
        _kind(
            "extension",
            {
                "批准人": _fact("approver"),
                "延长时间": lambda facts: f"{facts['days']}{facts.get('unit', '个工作日')}" if facts.get("days") else "",
                "理由": _ended("reason"),
            },
            before="您提出的“{事项}”申请，不能在原办理期限内作出决定。经{批准人}批准，办理期限延长{延长时间}。",
            after="延长期限的理由：{理由}",
            musts=("批准人", "延长时间", "理由"),
            law="行政许可法第四十二条第一款",
            sample={"approver": "本机关负责人", "days": 5, "reason": "需要核实实缴情况"},
        ),
        _kind(
            "granted",
            {"统一社会信用代码": _fact("credit_code")},
            before="您提出的“{事项}”申请，经审查，符合法定条件、标准，决定准予。\n统一社会信用代码：{统一社会信用代码}。",
            after="相关证照或者批准文件将自本决定作出之日起十个工作日内送达。",
            musts=("事项",),
            law="行政许可法第三十八条、第四十四条",
            sample={},
        ),
        _kind(
            "refused",
            {"理由": _ended("reason"), "救济": _remedies},
            before="您提出的“{事项}”申请，经审查，决定不予准许。\n理由：{理由}",
            after="{救济}",
            musts=("理由", "救济"),
            law="行政许可法第三十八条第二款",
            sample={"reason": "注册资本未实缴，不符合劳动合同法第五十七条。"},
        ),
        _kind("recorded", {}, before="您报送的“{事项}”有关信息及材料已收悉，予以备案。", musts=("事项",), sample={}),
        _kind(
            "withdrawn",
            {"撤回原因": _ended("reason")},
            before="您撤回“{事项}”申请的请求已收到，本机关终止办理。\n撤回原因：{撤回原因}",
            after="已经作出的决定不受影响。您可以另行提出申请。",
            musts=("事项",),
            sample={"reason": "暂不经营"},
        ),
        _kind(
            "lapsed",
            {"理由": _ended("reason"), "救济": _remedies},
            before="您提出的“{事项}”申请，在补正期限内没有补正。{理由}视为您撤回申请，本机关终止办理。",
            after="您可以在材料齐全后另行提出申请。\n{救济}",
            musts=("理由", "救济"),
            sample={"reason": "依照本市有关规定"},
        ),
        _kind(
            "terminated",
            {"理由": _ended("reason")},
            before="“{事项}”已终止办理。原因：{理由}",
            musts=("理由",),
            sample={"reason": "前序许可未获准予"},
        ),
        _kind(
            "fee_notice",
            {
                "收费项目": _fact("fee"),
                "金额": _fact("amount"),
                "公布的标准": _fact("standard"),
                "收费依据": _fact("basis"),
                "缴款单号": _fact("order_no"),
            },
            before="您提出的“{事项}”申请，按公布的项目和标准需要缴纳{收费项目} {金额} 元。依据：{收费依据}。",
            after="请在“我的空间—缴费”网上缴纳，也可以到窗口缴纳。认为不应收取的，可以向本机关提出。\n缴费不影响申请的受理、审查和作出决定的期限。",
            table="收费项目、金额、标准、依据和缴款单号",
            musts=("金额", "收费依据"),
            law="行政许可法第五十八条、第五十九条",
            sample={"fee": "登记费", "amount": "80.00", "standard": "80.00", "basis": "示例依据", "order_no": "18990120260302000001F1"},
        ),
        _kind(
            "fee_receipt",
            {"收费项目": _fact("fee"), "金额": _fact("amount"), "到账日期": _day("paid_at"), "缴款方式": _fact("way")},
            before="您为“{事项}”缴纳的下列费用已经收到：",
            after="本凭证由收费机关加盖电子印章，可以凭本凭证换领财政票据。",
            table="收费项目、金额、到账时间和方式",
            sample={"fee": "登记费", "amount": "80.00", "paid_at": "2026-03-04", "way": "窗口刷卡 0001"},
        ),
        _kind(
            "fee_refund",
            {"收费项目": _fact("fee"), "退费金额": _fact("amount"), "退费方式": _fact("how"), "理由": _ended("reason")},
            before="您为“{事项}”缴纳的{收费项目}，退还 {退费金额} 元，{退费方式}。\n退费理由：{理由}",
            musts=("退费金额", "理由"),
            law="行政许可法第七十五条",
            sample={"fee": "登记费", "amount": "80.00", "how": "按原支付方式退回", "reason": "减免对象误收"},
        ),
    )
}


def values_of(kind: Kind, facts: Mapping[str, Any]) -> dict[str, str]:
    """Every place of a kind, read from the facts of a document."""
    return {name: read(facts) for name, read in kind.places.items()}


def keeps_the_platforms_words(kind: str, facts: Mapping[str, Any]) -> bool:
    """A return of papers is said in a correction's form but is another act: its words stay the platform's."""
    return kind == "correction" and bool(facts.get("returned"))
