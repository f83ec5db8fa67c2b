"""What the fields of standards.md §1 owe each other: visits, online depth, payment, topics, sample, rank of the basis. Pure."""

from collections.abc import Iterator
from datetime import date

from santai.exchange.contracts.service import ItemDefinition

Finding = tuple[str, str]

AT_ONCE = ("即办", "当场办结", "即时办结", "立即办结")
FREE = ("", "不收费", "免费")
ON_OFFICE = {"02": "行政处罚", "03": "行政强制", "04": "行政征收", "06": "行政检查"}  # of the ten powers, those nobody applies for
MAY_SET_A_PERMIT = ("law", "regulation", "state_council", "local_regulation")
MAY_CHARGE_FOR_A_PERMIT = ("law", "regulation")
COMPARED = {
    "forms": "表单",
    "materials": "材料",
    "trips": "跑动次数",
    "doors": "要找的门",
    "fields": "填写项",
    "prefilled": "预填项",
    "days": "天数",
}


def cross_fields(item: ItemDefinition, on: date | None = None) -> Iterator[Finding]:
    """(place below the item, text) of fields that contradict each other; ``on`` is the day an interim permit is looked at."""
    if item.act_type in ON_OFFICE:
        yield "act_type", f"{ON_OFFICE[item.act_type]}不是依申请办理的事项，不能作为办事事项，请列入权责清单。"
    if item.promised_text.strip() in AT_ONCE and item.handling != "instant":
        yield "handling", "承诺即办的，办件类型应当是即办件。"
    if item.visits > 0 and not item.visit_reason.strip():
        yield "visit_reason", "到现场次数不为 0 时，必须写明必须到现场的原因。"
    if item.online_depth == "4" and item.visits:
        yield "online_depth", "全程网办（Ⅳ级）的事项，到现场次数应当为 0。"
    if item.pay_online and item.fee.strip() in FREE:
        yield "pay_online", "不收费的事项不能支持网上支付。"
    if item.results.kind != "none" and item.shape == "single" and item.results.name and not has_sample(item):
        yield "results.sample", f"写明了结果名称“{item.results.name}”，必须有结果样本。"
    yield from _served(item)
    if item.act_type == "01":
        yield from _permit(item, on)
    yield from _compared(item)


def has_sample(item: ItemDefinition) -> bool:
    """A licence shows its own fields as a sample."""
    return bool(item.results.sample) or (item.results.kind == "licence" and bool(item.results.fields))


def _served(item: ItemDefinition) -> Iterator[Finding]:
    persons = "1" in item.served if item.served else "person" in item.holder_kinds
    bodies = any(one != "1" for one in item.served) if item.served else "organisation" in item.holder_kinds
    if item.served and persons != ("person" in item.holder_kinds):
        yield "served", "服务对象与申请人（holder_kinds）不一致：自然人。"
    if item.served and bodies != ("organisation" in item.holder_kinds):
        yield "served", "服务对象与申请人（holder_kinds）不一致：法人和其他组织。"
    if item.corporate_topics and not bodies:
        yield "corporate_topics", "服务对象只有自然人，不能选面向法人的主题。"
    if item.person_topics and not persons:
        yield "person_topics", "服务对象没有自然人，不能选面向自然人的主题。"


def _permit(item: ItemDefinition, on: date | None) -> Iterator[Finding]:
    """行政许可法 14–17, 58: who may set a permit, and who may charge for it."""
    sound = [basis for basis in item.bases if basis.rank in MAY_SET_A_PERMIT]
    for index, basis in enumerate(item.bases):
        place = f"bases[{index}]"
        if sound:
            break
        if basis.rank != "provincial_rule":
            yield f"{place}.rank", f"{basis.title}不得设定行政许可，依据须是法律、行政法规、国务院决定或者地方性法规。"
            continue
        since = _day(basis.in_force_since)
        if since is None:
            yield f"{place}.in_force_since", "省级政府规章只能设定临时性许可，必须写明施行日期。"
        elif on is not None and on >= _a_year_after(since):
            yield f"{place}.in_force_since", "省级政府规章设定的临时性许可实施满一年，已失去依据。"
    for index, fee in enumerate(item.fees):
        if fee.basis_rank and fee.basis_rank not in MAY_CHARGE_FOR_A_PERMIT:
            yield f"fees[{index}].basis_rank", "行政许可收费只能依据法律、行政法规。"


def _compared(item: ItemDefinition) -> Iterator[Finding]:
    for side, figures in item.before_after.items():
        if side not in ("before", "after") or not isinstance(figures, dict):
            yield f"before_after.{side}", "只有 before 和 after，各列出数字。"
            continue
        for name, figure in figures.items():
            if name not in COMPARED:
                yield f"before_after.{side}.{name}", f"未知的对比项。可用：{'、'.join(COMPARED)}。"
            elif not isinstance(figure, int) or isinstance(figure, bool) or figure < 0:
                yield f"before_after.{side}.{name}", f"{COMPARED[name]}应当是不小于 0 的整数。"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _a_year_after(day: date) -> date:
    return day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else date(day.year + 1, 3, 1)
