"""What a guide says beyond its text: ways to apply, the sample of the result, what a material must be. Made from the item's list."""

from typing import Any

from django.utils.translation import gettext as _

from santai.exchange.contracts.service import ItemDefinition, MaterialDefinition
from santai.kernel.forms.service import Form


def ways(item: ItemDefinition) -> list[dict[str, str]]:
    """Label and value of each way the list names; nothing for what it does not say."""
    channels = {"1": _("窗口"), "2": _("网上（电脑）"), "3": _("手机"), "4": _("邮寄"), "9": _("其他方式")}
    reach = {"nation": _("全国通办"), "province": _("跨省通办"), "city": _("跨市通办"), "county": _("跨县通办")}
    depth = {"1": _("网上查看指南"), "2": _("网上下载表格"), "3": _("网上申报、受理"), "4": _("全程网上办理")}
    more = [
        (item.at_centre, _("进驻政务服务大厅")), (item.bookable, _("可以预约")), (item.express, _("结果可以邮寄")),
        (item.pay_online, _("可以网上缴费")), (item.self_service, _("可以在自助终端办理")),
    ]  # fmt: skip
    rows = [
        (_("可以怎么办"), "、".join(channels[one] for one in item.channels)),
        (_("网办程度"), depth.get(item.online_depth, "")),
        (_("通办范围"), reach.get(item.reach, "")),
        (_("便利"), "、".join(text for holds, text in more if holds)),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def sample_result(item: ItemDefinition, form: Form | None) -> list[dict[str, str]]:
    """What the result will show: the sample of the list, else the fields of the licence in the words of the form; Chinese, as the paper."""
    if item.results.sample:
        return [{"label": label, "value": value} for label, value in item.results.sample.items()]
    fields = form.fields if form else {}
    return [{"label": fields[path].label.zh, "value": "× × × ×"} for path in item.results.fields.values() if path in fields]


def said_of(material: MaterialDefinition) -> list[str]:
    """What a material must be, line by line; Chinese, as the list says it."""
    kinds = {"original": "原件", "copy": "复印件", "both": "原件和复印件"}
    forms = {"paper": "纸质", "electronic": "电子", "both": "纸质或者电子"}
    first = [kinds.get(material.kind, ""), forms.get(material.form, ""), f"{material.copies} 份" if material.copies else "", material.size]
    lines: list[Any] = ["、".join(part for part in first if part)]
    for label, text in (
        ("由谁出具", material.source_note), ("受理标准", material.standard), ("填报须知", material.filling_note), ("样例",
        material.example),
        ("空白表格", material.blank_form),
    ):  # fmt: skip
        lines.append(f"{label}：{text}" if text else "")
    return [line for line in lines if line]
