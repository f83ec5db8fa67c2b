"""Look a claim up in the register it can be proved by: on the officer's wish, with a purpose, masked, recorded."""

from datetime import datetime
from typing import Any

from santai.back.desk.queries.case_file import CaseFile
from santai.exchange.contracts.service import FindLegalEntity, FindPerson, RegisterAnswer
from santai.exchange.gateway.service import ask
from santai.kernel.ledger.service import Actor, ActRefused

PURPOSE = "审查核验"
LABELS = {
    "name": "名称（姓名）", "sex": "性别", "birth_date": "出生日期", "code": "号码", "address": "地址", "ethnicity": "民族",
    "nationality": "国籍", "credit_code": "统一社会信用代码", "entity_type": "类型", "legal_representative": "法定代表人",
    "registered_capital": "注册资本（万元）", "established_on": "成立日期", "domicile": "住所", "scope": "经营范围", "status": "状态",
    "region": "行政区划", "registrar": "登记机关", "valid_to": "营业期限",
}  # fmt: skip
HIDDEN = ("code_kind", "id", "uuid")


def check_claim(*, file: CaseFile, code: str, actor: Actor, at: datetime) -> dict[str, Any]:
    """The claim beside what the register holds; ``trouble`` says in words why there is no answer. Only what the page itself shows."""
    claim = next((one for one in file.claims if one["code"] == code), None)
    if claim is None:
        return {"claim": {"name": "", "role": ""}, "trouble": "本办件中没有这个人或这家单位。", "rows": []}
    query: FindPerson | FindLegalEntity
    if claim["kind"] == "person":
        query = FindPerson(code_kind="resident-id", code=code, person_name=claim["name"])
    else:
        query = FindLegalEntity(credit_code=code)
    try:
        answer: RegisterAnswer = ask(query, actor=actor, purpose=PURPOSE, subject=f"case:{file.case.case_no}", at=at)
    except ActRefused as error:  # unavailable, not granted, asked too often: told in place
        return {"claim": claim, "trouble": error.message, "rows": []}
    if not answer.found:
        return {"claim": claim, "trouble": "库中没有找到姓名（名称）与号码一致的记录。", "rows": [], "origin": answer.origin}
    rows = [
        {"label": LABELS.get(key, key), "value": _plain(value), "differs": key == "name" and _plain(value) != claim["name"]}
        for key, value in answer.fields.items()
        if key not in HIDDEN and value not in ("", None, [], {}) and key in LABELS
    ]
    return {"claim": claim, "rows": rows, "origin": answer.origin, "as_of": answer.as_of, "trouble": ""}


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return str(value.get("name") or "")
    return "、".join(_plain(one) for one in value) if isinstance(value, list) else str(value)
