"""The checks of an item (chapter items-and-codes): exchange/items' lint, and promise against statute over the real calendar."""

from collections.abc import Iterator, Mapping
from typing import Any

from santai.exchange.contracts.service import ClockSet, FeeDefinition, GuideElement, ItemDefinition, MaterialDefinition, ResultDefinition
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
LINTED = {"is_fee", "fee", "phone_enquiry", "phone_complaint", "type", "steps_count", "faq_count", "materials"}
# where the platform's lint points, and what the table calls it
CODES = {"complaint_phone": "same_phone", "flow_steps": "too_few_steps", "faq": "faq_missing"}


def supports(row: Row) -> bool:
    if row.acts != ("check_item",) or not row.given.keys() <= {"calendar_years"} or not row.expect.keys() <= {"valid", "findings"}:
        return False
    fields = row.events[0]["fields"]
    if fields.keys() == LIMITS:
        return isinstance(fields["promised"], dict)
    fee = fields.get("fee", {})
    if fee and "type" in fields:
        return False  # the rank of a fee's basis is not told by the platform yet
    return fields.keys() <= LINTED and fee.keys() <= {"basis", "standard"} and fields.get("type", "行政许可") in TYPES


def run(row: Row) -> None:
    fields = row.events[0]["fields"]
    found = set(_of_limits(fields, row.given.get("calendar_years")) if fields.keys() == LIMITS else _of_lint(fields))
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


def _of_lint(fields: Mapping[str, Any]) -> Iterator[str]:
    item = _item(fields)
    for place, text in (*lint(item), *lint_fees(item)):
        if place == "fee" or place.startswith("fees["):
            yield "fee_basis_missing" if "依据" in text else "fee_standard_missing"
        elif place.startswith("materials[") and place.endswith(".name"):
            yield "vague_material"
        else:
            yield CODES.get(place, f"{place}: {text}")


def _item(fields: Mapping[str, Any]) -> ItemDefinition:
    """An item with nothing wrong, but for what the row says."""
    fee = fields.get("fee", {})
    said = "不收费"
    if fields.get("is_fee"):
        said = "，".join(
            filter(None, (f"{fee['standard']}元" if "standard" in fee else "", f"依据{fee['basis']}" if "basis" in fee else ""))
        )
    return ItemDefinition(
        code="row", basic_code="000114025000", version=1, name="本行的事项", process="p", clocks=ClockSet(promised="p"),
        act_type=TYPES[fields.get("type", "行政许可")], legal_basis=("《中华人民共和国行政许可法》第十二条",), remedy="可以申请行政复议。",
        flow_steps=tuple(f"第{n}步" for n in range(fields.get("steps_count", 5))),
        faq=tuple(GuideElement(title="问", text="答") for _ in range(fields.get("faq_count", 1))),
        results=ResultDefinition(kind="document", name="许可决定书"), phone=fields.get("phone_enquiry", ""),
        complaint_phone=fields.get("phone_complaint", ""), fee=said,
        fees=(FeeDefinition(code="f", name="费", amount=str(fee.get("standard", "")), basis=fee.get("basis", "")),) if fee else (),
        materials=tuple(MaterialDefinition(code=f"m{n}", name=name, source="upload") for n, name in enumerate(fields.get("materials", ()))),
    )  # fmt: skip
