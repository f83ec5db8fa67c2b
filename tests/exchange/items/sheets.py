"""A whole item as a sheet: what a service needs before it can be published."""

from typing import Any

MAIN: dict[str, Any] = {
    "name": "就业见习补贴申领", "summary": "离校未就业毕业生参加见习的，由见习单位申领补贴。", "served": ["1"],
    "person_topics": ["就业创业"],
    "life_events": ["失业求职"], "keywords": ["见习", "补贴"], "conditions": "在滨江新区的见习基地见习满一个月。", "act_type": "20",
    "nature": "registration", "handling": "promised", "promised_length": 7, "promised_unit": "working_day", "statutory_length": 20,
    "statutory_unit": "working_day", "channels": ["1", "2"], "online_depth": "4", "visits": 0,
    "handling_place": "滨江新区人力资源和社会保障局", "handling_hours": "周一至周五 9:00–17:00", "flow_steps": ["申报", "收件", "受理",
    "审核", "办结"],
    "fee": "不收费", "result_kind": "document", "result_name": "就业见习补贴核准通知", "result_sample": {"文号": "东人社见〔2026〕1号"},
    "phone": "0189-62316657", "complaint_phone": "0189-12345", "remedy": "可以向滨江新区人民政府申请行政复议。", "duties": ["受理", "审核"],
    "accountability": ["无故不受理的"], "form": "general-application@1", "process": "registration", "assurance_level": "2",
    "before": {"materials": 6, "trips": 2, "days": 20}, "after": {"materials": 1, "trips": 0, "days": 7},
}  # fmt: skip
BASES = [{"title": "《就业促进法》", "rank": "law", "articles": "第四十九条", "number": "", "in_force_since": "", "text": ""}]
MATERIALS = [
    {
        "code": "agreement", "name": "就业见习协议", "source": "upload", "required": True, "kind": "original", "form": "electronic",
        "copies": 1,
        "size": "A4", "source_note": "见习单位与本人签订", "basis": "《就业促进法》第四十九条", "standard": "签字页完整",
        "filling_note": "",
        "guidance": "上传全部页", "blank_form": "", "example": "", "register": "", "licence_type": "", "may_follow_days": None,
    }
]  # fmt: skip
FAQ = [{"title": "见习期间换单位怎么办？", "text": "重新签订协议后再申领。"}]


def changes(**main: Any) -> dict[str, Any]:
    """What the editing page would send for the whole item, with ``main`` said otherwise."""
    return {"main": MAIN | main, "bases": BASES, "materials": MATERIALS, "fees": [], "questions": [], "faq": FAQ}
