"""A claim beside what the register holds, as the page shows it: plain values."""

from collections.abc import Mapping
from typing import Any

from santai.exchange.contracts.messages.queries import RegisterAnswer

LABELS = {
    "name": "名称（姓名）", "sex": "性别", "birth_date": "出生日期", "code": "号码", "address": "地址", "ethnicity": "民族",
    "nationality": "国籍", "credit_code": "统一社会信用代码", "entity_type": "类型", "legal_representative": "法定代表人",
    "registered_capital": "注册资本（万元）", "established_on": "成立日期", "domicile": "住所", "scope": "经营范围", "status": "状态",
    "region": "行政区划", "registrar": "登记机关", "valid_to": "营业期限",
}  # fmt: skip
HIDDEN = ("code_kind", "id", "uuid")


def proof_of(claim: Mapping[str, str], answer: RegisterAnswer) -> dict[str, Any]:
    """The register's answer in words; what differs from the claim is marked."""
    if not answer.found:
        return {"claim": claim, "trouble": "库中没有找到姓名（名称）与号码一致的记录。", "rows": [], "origin": answer.origin}
    rows = [
        {"label": LABELS.get(key, key), "value": plain(value), "differs": key == "name" and plain(value) != claim["name"]}
        for key, value in answer.fields.items()
        if key not in HIDDEN and value not in ("", None, [], {}) and key in LABELS
    ]
    return {"claim": claim, "rows": rows, "origin": answer.origin, "as_of": answer.as_of, "trouble": ""}


def plain(value: object) -> str:
    if isinstance(value, dict):
        return str(value.get("name") or "")
    return "、".join(plain(one) for one in value) if isinstance(value, list) else str(value)
