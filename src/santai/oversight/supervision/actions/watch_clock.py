"""Limits as heard and limits of supervision's own: when the tick has to look at each next, and which cards late facts undo."""

from datetime import date, datetime

from santai.exchange.contracts.service import DueDate
from santai.kernel.clocks.service import add_working_days, working_days_between
from santai.kernel.ledger.service import change, system_actor
from santai.oversight.supervision.actions.close_card import settle_card, withdraw_card
from santai.oversight.supervision.actions.issue_card import ME
from santai.oversight.supervision.messages import SupervisionRule
from santai.oversight.supervision.models import Card, WatchedCase, WatchedClock, WatchedPart
from santai.oversight.supervision.queries import rules_in_force
from santai.oversight.supervision.rules import end_of, false_since, instant_of, local_date, rules_for


def next_check(clock: WatchedClock) -> datetime | None:
    """The first moment after ``checked_until`` at which a rule speaks about the clock."""
    if not clock.is_open or clock.stopped_since is not None or clock.state == "stopped":
        return None
    return min((at for at, _ in moments(clock) if at > clock.checked_until), default=None)


def moments(clock: WatchedClock) -> list[tuple[datetime, SupervisionRule]]:
    """Each rule's moment for the clock as it stands."""
    found = []
    for rule in rules_for(rules_in_force(), kind=clock.kind, rule=clock.rule, nature=clock.nature):
        at = instant_of(rule, starts_on=clock.starts_on, due_at=clock.due_at, unit=clock.unit, add=add_working_days)
        if at is not None:
            found.append((at, rule))
    return found


def take_clock(
    *, due: DueDate, known: list[WatchedClock], case: WatchedCase, part: WatchedPart | None, fact_at: datetime, at: datetime
) -> WatchedClock:
    """Bring one heard limit up to date. ``known``: the case's clocks, the caller holds them; a new one is appended."""
    of_case = due.kind in ("correction", "acceptance") or part is None
    subject = f"case:{case.case_no}" if of_case or part is None else f"subcase:{part.sub_case_no}"
    clock = _find(due, subject, known)
    if clock is None:
        holder = case if of_case or part is None else part
        clock = WatchedClock(
            clock=due.clock, subject=subject, case=case, organisation=holder.organisation, organisation_name=holder.organisation_name,
            region=case.region, nature=part.nature if part else "", rule=due.rule, kind=due.kind, checked_until=fact_at,
            starts_on=date.fromisoformat(due.starts_on), due_at=datetime.fromisoformat(due.due_at),
        )  # fmt: skip
        known.append(clock)
    moved = datetime.fromisoformat(due.due_at) != clock.due_at
    was_stopped = clock.state == "stopped"
    clock.title, clock.law, clock.length, clock.unit = due.title, due.law, due.length, due.unit
    clock.starts_on, clock.due_at = date.fromisoformat(due.starts_on), datetime.fromisoformat(due.due_at)
    clock.state, clock.extended_by = due.state, due.extended_by
    if due.state == "stopped":
        clock.stopped_since = datetime.fromisoformat(due.stopped_since) if due.stopped_since else fact_at
        clock.ever_stopped = True
    else:
        clock.stopped_since = None
    finished = due.state in ("met", "void") or bool(due.finished_at)
    clock.finished_at = (datetime.fromisoformat(due.finished_at) if due.finished_at else fact_at) if finished else None
    if moved or was_stopped:
        clock.checked_until = max(clock.checked_until, fact_at)
    clock.next_check_at = next_check(clock)
    change(clock)
    if clock.has_cards:
        review_cards(clock=clock, fact_at=fact_at, at=at)
    return clock


def _find(due: DueDate, subject: str, known: list[WatchedClock]) -> WatchedClock | None:
    if due.clock:
        return next((one for one in known if one.clock == due.clock), None)
    same = [one for one in known if one.subject == subject and one.rule == due.rule]
    return next((one for one in same if one.is_open or one.starts_on.isoformat() == due.starts_on), None)


def review_cards(*, clock: WatchedClock, fact_at: datetime, at: datetime) -> None:
    """What the new fact means for the cards shown for this limit: withdrawn when there was no cause, reminders closed when done."""
    instants = {rule.code: moment for moment, rule in moments(clock)}
    for card in Card.objects.select_for_update().filter(clock=clock).exclude(state__in=("withdrawn", "accepted", "closed")):
        void = clock.state == "void"
        undeserved = card.rank >= 2 or card.rule == clock.rule
        if undeserved and false_since(
            trigger_at=card.trigger_at,
            fact_at=fact_at,
            finished_at=None if void else clock.finished_at,
            stopped=clock.state == "stopped",
            ended=void,
            new_instant=instants.get(card.rule),
        ):
            withdraw_card(card=card, reason=_why(clock, fact_at), at=at)
        elif clock.finished_at is not None and card.state == "told":
            settle_card(
                card=card, state="closed", verdict="closed", text="所提示的事项已经办结，提示自动了结。", actor=system_actor(ME), at=at
            )


def _why(clock: WatchedClock, fact_at: datetime) -> str:
    day = local_date(clock.finished_at or fact_at)
    said = f"{day.year}年{day.month}月{day.day}日"
    if clock.state == "stopped":
        return f"后到的事实表明，时限届满前已于 {said} 依法停止计时。"
    if clock.state == "void":
        return f"后到的事实表明，时限届满前办件已于 {said} 撤回或终止。"
    if clock.finished_at is not None:
        return f"后到的事实表明，该事项已于 {said} 在期限内办结。"
    due = local_date(clock.due_at)
    return f"后到的事实表明，期限届满前已于 {said} 依法调整，届满日为 {due.year}年{due.month}月{due.day}日。"


# -- limits that supervision's own rules set ----------------------------------------------------------------------------------------


def _limit_title(rule: SupervisionRule) -> str:
    """The limit's own name: 决定环节超时 is what the rule says, 决定环节时限 what it measures."""
    return rule.title.removesuffix("超时").removesuffix("未回复") + "时限"


def start_own(
    *,
    rule: SupervisionRule,
    subject: str,
    case: WatchedCase,
    holder: WatchedCase | WatchedPart,
    event_at: datetime,
    known: list[WatchedClock],
) -> None:
    """A step's or an answer's limit, once at a time a subject."""
    if any(one.subject == subject and one.rule == rule.code and one.is_open for one in known):
        return
    started = local_date(event_at)
    clock = WatchedClock(
        subject=subject, case=case, organisation=holder.organisation, organisation_name=holder.organisation_name, region=case.region,
        rule=rule.code, kind="step" if rule.watch == "step" else "answer", title=_limit_title(rule), law=rule.basis, starts_on=started,
        due_at=end_of(add_working_days(started, rule.working_days)), length=rule.working_days, state="running", checked_until=event_at,
    )  # fmt: skip
    clock.next_check_at = next_check(clock)
    change(clock)
    known.append(clock)


def end_own(*, clock: WatchedClock, fact_at: datetime, at: datetime) -> None:
    """The step was left, or the answer given."""
    clock.finished_at = fact_at
    clock.state = "met" if fact_at <= clock.due_at else "missed"
    clock.next_check_at = None
    change(clock)
    if clock.has_cards:
        review_cards(clock=clock, fact_at=fact_at, at=at)


def stop_own(*, clock: WatchedClock, fact_at: datetime, at: datetime) -> None:
    """A special procedure stops the step's limit as it stops the case's."""
    clock.left_at_stop = max(0, working_days_between(local_date(fact_at), local_date(clock.due_at)))
    clock.state, clock.stopped_since, clock.ever_stopped, clock.next_check_at = "stopped", fact_at, True, None
    change(clock)
    if clock.has_cards:
        review_cards(clock=clock, fact_at=fact_at, at=at)


def resume_own(*, clock: WatchedClock, fact_at: datetime) -> None:
    clock.due_at = end_of(add_working_days(local_date(fact_at), clock.left_at_stop))
    clock.state, clock.stopped_since, clock.checked_until = "running", None, max(clock.checked_until, fact_at)
    clock.next_check_at = next_check(clock)
    change(clock)
