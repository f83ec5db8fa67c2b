"""当场处罚: the simple procedure (51–53)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from santai.back.inspections.actions.common import day, filled, note, officers_of
from santai.back.inspections.actions.decide_penalty import check_kinds, check_not_fined, in_words, serve_now, write_decision
from santai.back.inspections.actions.file_penalty import check_conduct
from santai.back.inspections.actions.open_enforcement import open_enforcement
from santai.back.inspections.errors import NotSummary
from santai.back.inspections.models import Interview, Penalty
from santai.back.inspections.rules.penalty import summary_allowed
from santai.back.inspections.rules.words import PENALTY, PENALTY_PROCESS
from santai.kernel.access.service import require
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def decide_on_spot(
    *,
    party: dict[str, Any],
    violation: str,
    facts: str,
    basis: str,
    statement: str = "",
    kinds: Sequence[str],
    amount: Decimal,
    officers: Iterable[str],
    shown: bool,
    born_on: date | None = None,
    conduct_ended: date | None = None,
    actor: Actor,
    at: datetime,
) -> Penalty:
    """Decided and handed over on the spot, then filed with the organ. ``statement``: what the party said in its defence; empty: nothing.

    NotAllowed, NotSummary (51), TwoOfficers, NoEnforcementCard, MustWithdraw, UnderFourteen (30), TimeBarred, FinedAlready (29),
    WordsMissing.
    """
    require(actor, "examiner", organisation=actor.organisation)
    said = filled(
        name=(party["name"], "请填写当事人的姓名或者名称。"),
        violation=(violation, "请填写违法行为。"),
        facts=(facts, "请写明违法事实。"),
        basis=(basis, "请填写处罚所依据的条款。"),
    )
    ended, found = check_conduct(conduct_ended=conduct_ended, found_on=None, born_on=born_on, life_or_safety=False, today=day(at))
    if amount:
        check_not_fined(party=party, violation=said["violation"], conduct_ended=ended)
    if not summary_allowed(amount=amount, kinds=kinds, natural_person=party["kind"] == "person"):
        raise NotSummary(fields={"amount": NotSummary.message})
    check_kinds(kinds, amount)
    went = officers_of(card_nos=officers, shown=shown, organisation=actor.organisation, party=party, at=at)
    case, part = open_enforcement(
        kind=PENALTY,
        process=PENALTY_PROCESS,
        name=f"行政处罚：{said['violation']}",
        party=party,
        organisation=actor.organisation,
        data={"summary": True, "fined": amount > 0},
        actor=actor,
        began_at=at,
        at=at,
    )
    penalty = Penalty(
        case=case,
        procedure=Penalty.Procedure.SUMMARY,
        violation=said["violation"],
        facts=said["facts"],
        basis=said["basis"],
        party_born_on=born_on,
        conduct_ended=ended,
        found_on=found,
        filed_at=at,
        told_at=at,
        told_amount=amount,
        heard_at=at,
        statement=statement.strip(),
        decided_at=at,
        decided_by="、".join(one["name"] for one in went),
        outcome="penalised",
        kinds=list(kinds),
        amount=amount,
        reason=said["facts"],
    )
    serve_now(penalty, part, mode="direct", to=party["name"], actor=actor, at=at)
    penalty.save(force_insert=True)
    Interview.objects.create(penalty=penalty, at=at, officers=went, record=said["facts"], by_account=actor.account)
    penalty.decision_no = write_decision(penalty, part, "penalty_on_spot", actor=actor, at=at)
    penalty.save(update_fields=["decision_no"])
    note(part, "penalty_on_spot", f"当场处罚：{in_words(penalty)}", actor=actor, at=at)
    return penalty
