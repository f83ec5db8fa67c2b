"""What a kind of act has by its own law when its item does not say otherwise (house.md rule 6: the law follows the kind, never the case).

许可: 行政许可法 32, 42, 45. 登记: 市场主体登记管理条例 19, a formal check within three working days from receipt, no acceptance of its own.
确认, 给付, 备案, 报告, 推送 have no limit but the one their own law gives.
"""

from collections.abc import Mapping
from dataclasses import replace

from santai.exchange.contracts.messages.items import ClockSet, ItemDefinition

OF_KIND: Mapping[str, ClockSet] = {
    "permit": ClockSet(correction="xk-correction-5", statutory="xk-decision-20"),
    "registration": ClockSet(statutory="registration-3", runs_from="receipt"),
}
ON_SPOT = "on-spot-0"  # papers not refused in writing on the spot count as accepted (不动产登记暂行条例 17)
DECIDED = frozenset({"permit", "registration", "confirmation", "benefit"})  # the others are recorded or acknowledged, never decided
MARKET_REGISTRATION = "registration-3"  # the rule that marks 市场主体登记: its law checks the form only and gives papers back


def with_law_of_kind(item: ItemDefinition) -> ItemDefinition:
    """The item with the limits its kind has by law.

    A permit always has both. A registration that names any limit of its own stands under its special law (不动产登记暂行条例 …), not under
    the one for market entities. Nothing is changed in an item decided on the spot or in a joint one, whose branches say theirs.
    """
    if item.incomplete_papers == "refused_on_spot" and item.shape == "single" and not item.clocks.correction:
        item = replace(item, clocks=replace(item.clocks, correction=ON_SPOT))
    own = OF_KIND.get(item.nature)
    if own is None or item.shape == "joint" or (item.handling == "instant" and item.clocks.correction):
        return item
    said = item.clocks
    if item.nature == "permit":
        statutory = said.statutory or ("" if item.handling == "instant" else own.statutory)
        return replace(item, clocks=replace(said, correction=said.correction or own.correction, statutory=statutory))
    if (said.correction, said.promised, said.statutory) == ("", "", "") and item.handling != "instant":
        return replace(item, clocks=own)
    return item


def returns_papers(item: ItemDefinition) -> bool:
    """Does the item's law give incomplete papers back instead of asking once and waiting? Only 市场主体登记."""
    return item.nature == "registration" and item.clocks.statutory == MARKET_REGISTRATION


def checks_form_only(item: ItemDefinition) -> bool:
    """Is the check formal by law, so that nothing may be made to depend on a visit? Only 市场主体登记."""
    return returns_papers(item)
