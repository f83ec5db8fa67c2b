"""立案."""

from datetime import date, datetime
from typing import Any

from santai.back.inspections.actions.common import begin, day, filled, note
from santai.back.inspections.actions.open_enforcement import open_enforcement
from santai.back.inspections.errors import TimeBarred, UnderFourteen, WordsMissing
from santai.back.inspections.models import Penalty
from santai.back.inspections.rules.penalty import time_barred, under_fourteen
from santai.back.inspections.rules.words import DECIDE, HEARING_KINDS, PENALTY, PENALTY_PROCESS
from santai.kernel.access.service import require
from santai.kernel.ledger.service import Actor, append, as_one_act


def check_conduct(
    *, conduct_ended: date | None, found_on: date | None, born_on: date | None, life_or_safety: bool, today: date
) -> tuple[date, date]:
    """The two days of the conduct (by default today), lawful to be punished. WordsMissing, TimeBarred (36), UnderFourteen (30)."""
    found = found_on or today
    ended = conduct_ended or found
    if found > today:
        raise WordsMissing(fields={"found_on": "发现日期不能晚于今天。"})
    if ended > found:
        raise WordsMissing(fields={"conduct_ended": "违法行为终了的日期不能晚于发现日期；仍在继续的，填发现日期。"})
    if time_barred(conduct_ended=ended, found_on=found, life_or_safety=life_or_safety):
        raise TimeBarred(fields={"conduct_ended": TimeBarred.message})
    if under_fourteen(born_on=born_on, conduct_on=ended):
        raise UnderFourteen(fields={"born_on": UnderFourteen.message})
    return ended, found


@as_one_act
def file_penalty(
    *,
    party: dict[str, Any],
    violation: str,
    facts: str,
    basis: str,
    source: str = "",
    born_on: date | None = None,
    conduct_ended: date | None = None,
    found_on: date | None = None,
    life_or_safety: bool = False,
    grave: bool = False,
    review_prescribed: bool = False,
    hearing_kind: str = "",
    actor: Actor,
    at: datetime,
) -> Penalty:
    """Open the case; ninety days run from here (60). NotAllowed, WordsMissing, TimeBarred, UnderFourteen.

    ``party``: kind, code_kind, code, name. ``life_or_safety``: concerns life, health or financial safety, and harm was done.
    """
    require(actor, "examiner", organisation=actor.organisation)
    said = filled(
        name=(party["name"], "请填写当事人的姓名或者名称。"),
        violation=(violation, "请填写涉嫌的违法行为。"),
        facts=(facts, "请写明初步掌握的事实。"),
        basis=(basis, "请填写认定违法和处罚所依据的条款。"),
    )
    if hearing_kind and hearing_kind not in HEARING_KINDS:
        raise WordsMissing(fields={"hearing_kind": "请从列表中选择拟作处罚的种类。"})
    ended, found = check_conduct(
        conduct_ended=conduct_ended, found_on=found_on, born_on=born_on, life_or_safety=life_or_safety, today=day(at)
    )
    case, part = open_enforcement(
        kind=PENALTY,
        process=PENALTY_PROCESS,
        name=f"行政处罚：{said['violation']}",
        party=party,
        organisation=actor.organisation,
        data={"summary": False},
        actor=actor,
        began_at=at,
        at=at,
    )
    penalty = Penalty(
        case=case,
        procedure=Penalty.Procedure.ORDINARY,
        violation=said["violation"],
        facts=said["facts"],
        basis=said["basis"],
        source=source,
        party_born_on=born_on,
        conduct_ended=ended,
        found_on=found,
        life_or_safety=life_or_safety,
        grave=grave,
        review_prescribed=review_prescribed,
        hearing_kind=hearing_kind,
        filed_at=at,
    )
    append(penalty)
    begin(DECIDE, case.case_no, event_at=at, actor=actor, at=at)
    note(part, "penalty_filed", f"立案：{penalty.violation}。", actor=actor, at=at)
    return penalty
