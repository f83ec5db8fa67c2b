"""Show a card: row, thread, tally, ledger and message in the caller's transaction."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import CardIssued
from santai.kernel.clocks.service import add_working_days
from santai.kernel.codes.service import next_gapless
from santai.kernel.ledger.service import record, system_actor
from santai.oversight.supervision.actions.fold_tallies import tally
from santai.oversight.supervision.messages import LEVELS, RANK, SupervisionRule
from santai.oversight.supervision.models import Card, CardLine, Tally, WatchedCase, WatchedClock
from santai.oversight.supervision.queries import rules_in_force
from santai.oversight.supervision.rules import ONE_SECOND, end_of, local_date

ME = "oversight.supervision"


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def issue_card(
    *,
    rule: SupervisionRule,
    case: WatchedCase,
    organisation: str,
    organisation_name: str,
    region: str,
    cause_key: str,
    trigger_at: datetime,
    at: datetime,
    cause: Mapping[str, Any],
    sub_case_no: str = "",
    item_name: str = "",
    clock: WatchedClock | None = None,
    parent: Card | None = None,
) -> Card | None:
    """The card, or None when this cause has one already. ``cause``: the facts as they stood (rules.yaml's texts may quote them)."""
    if Card.objects.filter(cause_key=cause_key).exists():
        return None
    actor = system_actor(ME)
    day = local_date(at)
    number = next_gapless(series=ME, year=day.year)
    answer_by: date | None = add_working_days(day, rule.answer_within) if rule.answer_within else None
    text = rule.text.format_map(_Facts(cause, case=case.case_no, item=item_name or case.item_name, organisation=organisation_name))
    card = Card.objects.create(
        card_no=f"JC{day.year}-{number:06d}",
        cause_key=cause_key,
        level=rule.level,
        rank=RANK[rule.level],
        rule=rule.code,
        title=rule.title,
        text=text,
        basis=rule.basis,
        case=case,
        sub_case_no=sub_case_no,
        clock=clock,
        parent=parent,
        item_code=case.item_code,
        item_name=item_name or case.item_name,
        organisation=organisation,
        organisation_name=organisation_name,
        region=region,
        cause=dict(cause),
        trigger_at=trigger_at,
        issued_at=at,
        day=day,
        answer_by=answer_by,
        state="open" if answer_by else "told",
    )
    CardLine.objects.create(card=card, kind="issued", by="电子监察系统", text=text, at=at)
    Tally.objects.bulk_create(tallies(card, at, 1))
    record(
        actor=actor,
        act="oversight.supervision.issue_card",
        on=f"card:{card.card_no}",
        at=at,
        why=rule.title,
        details={"case": case.case_no},
    )
    publish(
        CardIssued(
            card_no=card.card_no,
            level=rule.level,  # type: ignore[arg-type]
            case_no=case.case_no,
            sub_case_no=sub_case_no,
            organisation=organisation,
            rule=rule.code,
            text=f"{LEVELS[rule.level]}：{rule.title}。{text}",
            issued_at=at.isoformat(),
            answer_by=answer_by.isoformat() if answer_by else "",
        ),
        actor=actor,
        order_key=case.case_no,
        at=at,
    )
    watch_answer(card=card, at=at)
    return card


def tallies(card: Card, at: datetime, sign: int) -> list[Tally]:
    """What a card adds to the figures (``sign`` -1: takes back)."""
    base: dict[str, Any] = {"day": card.day, "organisation": card.organisation, "item_code": card.item_code, "at": at, "amount": sign}
    rows = [tally(metric=f"cards_{card.level}", **base)]
    if card.answer_by:
        rows.append(pending(card, at, sign))
    return rows


def pending(card: Card, at: datetime, sign: int) -> Tally:
    return tally(
        day=card.day,
        organisation=card.organisation,
        item_code=card.item_code,
        metric=f"pending_{card.level}",
        at=at,
        amount=sign,
        stock=True,
    )


def watch_answer(*, card: Card, at: datetime) -> None:
    """Start the limit within which a card must be answered before it rises to the next level."""
    for rule in rules_in_force():
        if rule.watch == "card" and card.level in rule.levels:
            due_at = end_of(add_working_days(local_date(at), rule.working_days))
            WatchedClock.objects.create(
                subject=f"card:{card.card_no}", case_id=card.case_id, organisation=card.organisation,
                organisation_name=card.organisation_name, region=card.region, rule=rule.code, kind="answer", title="监察牌答复期限",
                law=rule.basis, starts_on=local_date(at), due_at=due_at, length=rule.working_days, state="running", checked_until=at,
                next_check_at=due_at + ONE_SECOND,
            )  # fmt: skip
