"""What the law counts from receipt."""

from datetime import datetime

from santai.back.approvals.rules.branches import branches_of
from santai.exchange.contracts.service import ItemDefinition
from santai.kernel.clocks.service import ClockState, Start, UnknownRule, get_rule, start_clocks
from santai.kernel.ledger.service import Actor

# local rules a city may have (安阳市政务服务条例 36, 42): each is a clock rule of a pack, in force or not there
ONLINE_CHECK = "local-online-check"
DEEMED_WITHDRAWAL = "local-deemed-withdrawal"


def clocks_from_receipt(
    *, case_no: str, item: ItemDefinition, received_at: datetime, actor: Actor, at: datetime, channel: str = ""
) -> list[ClockState]:
    """What runs from receipt: the five days in which to ask for corrections or be deemed to have accepted (行政许可法 32), and the limit
    of decision itself where a special law counts it from receipt (市场主体登记管理条例 19, 环境影响评价法 22)."""
    starts = [Start(rule=item.clocks.correction, subject=f"case:{case_no}", event_at=received_at)] if item.clocks.correction else []
    if item.shape == "single" and item.clocks.runs_from == "receipt":
        starts += [
            Start(rule=rule, subject=f"subcase:{case_no}-{branches_of(item)[0].code}", event_at=received_at)
            for rule in filter(None, (item.clocks.promised, item.clocks.statutory))
        ]
    if channel == "online" and in_force(ONLINE_CHECK):
        starts.append(Start(rule=ONLINE_CHECK, subject=f"case:{case_no}", event_at=received_at))
    return start_clocks(starts=starts, actor=actor, at=at)


def in_force(code: str) -> bool:
    """Has the city switched this local rule on, by a clock rule with its source?"""
    try:
        get_rule(code)
    except UnknownRule:
        return False
    return True
