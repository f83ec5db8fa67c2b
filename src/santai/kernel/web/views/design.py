"""The living page of all components, with sample data that shows their hard cases: long names, no data, errors, every state."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime

from santai.kernel.web.templatetags._content import STATES

LONG = "住房和城乡建设委员会（人民防空办公室、地震工作办公室）"


def design(request: HttpRequest) -> HttpResponse:
    return render(request, "kernel_web/design.html", samples())


def design_workbench(request: HttpRequest) -> HttpResponse:
    return render(request, "kernel_web/design_workbench.html", samples())


def design_sheet(request: HttpRequest) -> HttpResponse:
    return render(request, "kernel_web/design_sheet.html", samples())


def samples() -> dict[str, Any]:
    now = localtime().replace(hour=10, minute=5)
    days = timedelta(days=1)

    def clock(state: str, left: int) -> SimpleNamespace:
        return SimpleNamespace(due_at=now + left * days, state=state, unit="working_day", remaining=lambda at: max(0, left - 2))

    return {
        "colours": ["ink", "grey-text", "grey-line", "grey-surface", "blue", "blue-soft", "seal", "seal-soft", "amber", "amber-soft", "green", "green-soft"],  # noqa: E501
        "words": list(STATES),
        "clocks": [clock("running", 11), clock("running", 0), clock("stopped", 5), clock("missed", -2), clock("met", 1)],
        "tasks": [
            {"title": "公司基本信息", "href": "#tasks", "state": "已完成"},
            {"title": "股东和出资", "href": "#tasks", "state": "需更正", "hint": "第 2 位股东的证件号码校验不通过"},
            {"title": "董事、监事和经理", "href": "#tasks", "state": "进行中"},
            {"title": "经营场所", "href": "#tasks", "state": "未开始"},
            {"title": "签名和提交", "href": "", "state": "暂时不能填写", "hint": "前面四节填完后才能签名"},
        ],
        "errors": {"sample_name": "请填写股东姓名，须与身份证一致", "sample_money": "认缴出资额要大于 0"},
        "facts_rows": [
            {"label": "企业名称", "value": "东江市云栖智能装备有限公司", "href": "#facts"},
            {"label": "注册资本", "value": "500万元", "href": "#facts", "changed": True, "old": "300万元"},
            {"label": "法定代表人", "value": "周明", "origin": "来自 人口库，12月1日"},
            {"label": "受理部门", "value": LONG},
            {"label": "传真", "value": "", "href": "#facts"},
        ],
        "events": [
            {"text": "您提交了申请，编号 310150 20261203 000127", "at": now - 6 * days, "tone": "done"},
            {"text": "市场监督管理局一次性告知您补正 2 处", "at": now - 5 * days, "by": "滨江新区市场监督管理局", "tone": "warn", "more": "请在 10 个工作日内补正。"},  # noqa: E501
            {"text": "已受理，七个部门同时办理", "at": now - 3 * days, "by": "滨江新区行政服务中心", "tone": "done"},
            {"text": "生态环境局正在组织专家评审，评审时间不计入时限", "at": now - days, "by": LONG, "tone": "now"},
            {"text": "下一步：各部门作出决定", "tone": "next"},
        ],
        "persons": [
            {"name": "周明", "what": "法定代表人、股东", "state": "已签名"},
            {"name": "买买提·阿不都热合曼·吐尔逊江", "what": "股东", "state": "待签名"},
        ],
        "lines": [
            {"side": "applicant", "by": "周明", "text": "环保的专家评审大概什么时候结束？", "at": now - 2 * days, "urges": True},
            {"side": "office", "by": "李芳", "organisation": "生态环境局滨江分局", "text": "评审会定在周四，结束当天恢复计时，我会在这里告诉您。", "at": now - days},  # noqa: E501
        ],
        "columns": [
            {"title": LONG, "cards": [
                {"kind": "red", "title": "超期 2 个工作日未作决定", "text": "310150 20261203 000127", "href": "#wall", "at": now},
                {"kind": "yellow", "title": "剩 1 个工作日", "text": "310150 20261203 000131", "href": "#wall", "at": now},
            ]},
            {"title": "财政局", "cards": [{"kind": "yellow", "title": "受理超过 5 个工作日", "text": "310150 20261201 000009", "href": "#wall", "answered": True}]},  # noqa: E501
            {"title": "统计局", "cards": []},
        ],
        "table_columns": [
            {"key": "no", "label": "办件编号"}, {"key": "who", "label": "申请人"}, {"key": "state", "label": "状态"},
            {"key": "left", "label": "剩余工作日", "num": True},
        ],
        "table_rows": [
            {"no": {"text": "310150 20261203 000127", "href": "#table"}, "who": "东江市云栖智能装备有限公司", "state": {"state": "审查中"}, "left": 3},  # noqa: E501
            {"no": {"text": "310150 20261203 000131", "href": "#table"}, "who": "周明", "state": {"state": "待补正"}, "left": 12, "due": "today"},  # noqa: E501
        ],
        "bars": [
            {"label": "市场监督管理局", "value": 412}, {"label": LONG, "value": 268, "marked": True},
            {"label": "税务局", "value": 190}, {"label": "统计局", "value": 0},
        ],
        "months": [{"label": f"{m}月", "value": v} for m, v in zip(range(1, 13), (310, 280, 402, 390, 433, 460, 455, 471, 502, 498, 530, 561), strict=True)],  # noqa: E501
        "trend": [31, 28, 40, 39, 43, 46, 45, 47, 50],
        "tiles_sample": [
            {"title": "我要开公司", "text": "一张表，七个部门同时办", "href": "#tiles", "icon": "company"},
            {"title": "居住证", "text": "首次申领、签注、补领", "href": "#tiles", "icon": "home"},
            {"title": "生育登记", "href": "#tiles", "icon": "family", "text": "当场办结"},
        ],
        "options": [
            {"value": "own", "label": "自有房屋", "help": "不动产权证自动核验"},
            {"value": "rent", "label": "租赁房屋"}, {"value": "cluster", "label": "集中登记地"},
        ],
        "now_sample": now,
        "qr_sample": '<svg viewBox="0 0 21 21" role="img" aria-label="二维码样例"><path fill="#16191d" d="M0 0h7v7H0zM14 0h7v7h-7zM0 14h7v7H0zM9 1h2v3H9zM9 6h3v2H9zM1 9h3v3H1zM6 9h2v4H6zM10 10h4v2h-4zM16 9h4v3h-4zM9 14h2v5H9zM13 14h3v2h-3zM17 16h4v2h-4zM13 18h3v3h-3z"/><path fill="#fff" d="M1 1h5v5H1zM15 1h5v5h-5zM1 15h5v5H1z"/><path fill="#16191d" d="M2 2h3v3H2zM16 2h3v3h-3zM2 16h3v3H2z"/></svg>',  # noqa: E501
    }  # fmt: skip
