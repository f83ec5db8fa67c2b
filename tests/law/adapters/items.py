"""The checks of an item (chapter items-and-codes): exchange/items' lint, and promise against statute over the real calendar."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from santai.exchange.contracts.service import (
    ClockSet,
    FeeDefinition,
    GuideElement,
    ItemDefinition,
    LegalBasis,
    MaterialDefinition,
    ResultDefinition,
)
from santai.exchange.items.rules.fields import cross_fields
from santai.exchange.items.rules.limits import later_from
from santai.exchange.items.rules.lint import lint
from santai.exchange.items.rules.tables import lint_fees
from santai.kernel.clocks.adapters import seed_days
from santai.kernel.clocks.service import BadRule, Calendar, Rule, rule_from_data
from tests.law.table import Row

PLACE = "事项校验"
DATABASE = False
DISPUTED: Mapping[str, str] = {}

UNITS = {"工作日": "working_day", "自然日": "calendar_day", "小时": "hour"}
TYPES = {"行政许可": "01", "行政确认": "07"}
LIMITS = {"statutory", "promised"}
LINTED = {
    "is_fee", "fee", "pay_online", "phone_enquiry", "phone_complaint", "type", "steps_count", "faq_count", "materials", "promised",
    "handle",
    "visits", "visit_reason", "online_depth", "served", "person_topics", "corp_topics", "result_name", "result_sample", "by_law",
    "in_force_since",
}  # fmt: skip
# where the platform's lint points, and what the table calls it
CODES = {
    "complaint_phone": "same_phone", "flow_steps": "too_few_steps", "faq": "faq_missing", "handling": "instant_not_instant",
    "visit_reason": "visit_reason_missing", "online_depth": "online_but_visits", "pay_online": "pay_without_fee",
    "corporate_topics": "topic_mismatch", "person_topics": "topic_mismatch", "results.sample": "sample_missing",
    "bases[0].rank": "basis_too_low",
    "bases[0].in_force_since": "interim_expired", "fees[0].basis_rank": "fee_basis_too_low",
}  # fmt: skip
RANKS = {
    "法律": "law", "行政法规": "regulation", "省级政府规章": "provincial_rule", "设区的市政府规章": "city_rule",
    "地方政府规章": "city_rule",
    "规范性文件": "normative",
}  # fmt: skip
SERVED = {"自然人": "1", "企业法人": "2"}
DEPTHS = {"Ⅰ": "1", "Ⅱ": "2", "Ⅲ": "3", "Ⅳ": "4"}


def supports(row: Row) -> bool:
    if row.acts != ("check_item",) or not row.given.keys() <= {"calendar_years"} or not row.expect.keys() <= {"valid", "findings"}:
        return False
    fields = row.events[0]["fields"]
    if fields.keys() == LIMITS:
        return isinstance(fields["promised"], dict)
    fee = fields.get("fee", {})
    return (
        fields.keys() <= LINTED
        and fee.keys() <= {"basis", "standard"}
        and fields.get("type", "行政许可") in TYPES
        and fields.get("promised", "即办") == "即办"
        and {fields.get("by_law", "法律"), fee.get("basis", "法律")} <= RANKS.keys()
    )


def run(row: Row) -> None:
    fields = row.events[0]["fields"]
    on = date.fromisoformat(row.events[0]["at"][:10])
    found = set(_of_limits(fields, row.given.get("calendar_years")) if fields.keys() == LIMITS else _of_lint(fields, on))
    assert (not found) == row.expect["valid"], found
    assert set(row.expect.get("findings", ())) <= found


def _of_limits(fields: Mapping[str, Any], years: list[int] | None) -> Iterator[str]:
    try:
        statutory, promised = (_rule(name, fields[name]) for name in ("statutory", "promised"))
    except BadRule as refused:
        yield "unit_missing" if "缺少 unit" in refused.message else refused.message
        return
    days, known = seed_days()
    if later_from(promised, statutory, Calendar(days, known), years or (max(known),)):
        yield "promise_over_statutory"


def _rule(kind: str, limit: Mapping[str, Any]) -> Rule:
    data = {"code": kind, "title": kind, "kind": kind, "length": limit["length"], "law": "法"}
    return rule_from_data(data | ({"unit": UNITS[limit["unit"]]} if "unit" in limit else {}))


def _of_lint(fields: Mapping[str, Any], on: date) -> Iterator[str]:
    item = _item(fields)
    for place, text in (*lint(item), *cross_fields(item, on), *lint_fees(item)):
        if place in CODES:
            yield CODES[place]
        elif place == "fee" or place.startswith("fees["):
            yield "fee_basis_missing" if "依据" in text else "fee_standard_missing"
        elif place.startswith("materials[") and place.endswith(".name"):
            yield "vague_material"
        else:
            yield f"{place}: {text}"


def _item(fields: Mapping[str, Any]) -> ItemDefinition:
    """An item with nothing wrong, but for what the row says."""
    fee = fields.get("fee", {})
    said = "不收费"
    if fields.get("is_fee"):
        said = "，".join(
            filter(None, (f"{fee['standard']}元" if "standard" in fee else "", f"依据{fee['basis']}" if "basis" in fee else ""))
        )
    return ItemDefinition(
        code="row", basic_code="000114025000", version=1, name="本行的事项", process="p",
        clocks=ClockSet(promised="" if fields.get("handle") == "即办件" else "p"),
        act_type=TYPES[fields.get("type", "行政许可")], legal_basis=("《中华人民共和国行政许可法》第十二条",), remedy="可以申请行政复议。",
        flow_steps=tuple(f"第{n}步" for n in range(fields.get("steps_count", 5))),
        faq=tuple(GuideElement(title="问", text="答") for _ in range(fields.get("faq_count", 1))),
        results=ResultDefinition(
            kind="document", name=fields.get("result_name", "许可决定书"),
            sample={} if fields.get("result_sample") == "无" else {"文号": "东江人社〔2026〕1号"},
        ),
        phone=fields.get("phone_enquiry", ""),
        complaint_phone=fields.get("phone_complaint", ""), fee=said,
        fees=(FeeDefinition(code="f", name="费", amount=str(fee.get("standard", "")), basis=fee.get("basis", ""),
                            basis_rank=RANKS.get(fee.get("basis", ""), "")),) if fee else (),
        promised_text=fields.get("promised", ""), handling="instant" if fields.get("handle") == "即办件" else "promised",
        visits=fields.get("visits", 0), visit_reason=fields.get("visit_reason", ""), online_depth=DEPTHS.get(fields.get("online_depth",
        ""), ""),
        handling_place="政务服务中心", handling_hours="周一至周五", pay_online=fields.get("pay_online", False),
        person_topics=tuple(fields.get("person_topics", ())), corporate_topics=tuple(fields.get("corp_topics", ())),
        served=tuple(SERVED[one] for one in fields.get("served", ("自然人",))), bases=_bases(fields),
        materials=tuple(MaterialDefinition(code=f"m{n}", name=name, source="upload") for n, name in enumerate(fields.get("materials", ()))),
    )  # fmt: skip


def _bases(fields: Mapping[str, Any]) -> tuple[LegalBasis, ...]:
    if "by_law" not in fields:
        return ()
    rank: Any = RANKS[fields["by_law"]]
    return (LegalBasis(title="依据", rank=rank, in_force_since=fields.get("in_force_since", "")),)
