"""Stop counting for a lawful cause, and go on."""

from datetime import datetime

from santai.kernel.clocks.actions.change import ClockRef, append, in_order, locked, resume_day
from santai.kernel.clocks.errors import ClockNotRunning, ClockNotStopped, ReasonMissing, UnlawfulRestart, UnlawfulStop
from santai.kernel.clocks.messages import CAUSES
from santai.kernel.clocks.queries import events_of, rule_of_row, state_of
from santai.kernel.clocks.rules import ClockState
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def stop_clock(*, clock: ClockRef, cause: str, reason: str, actor: Actor, at: datetime, expected_days: int = 0) -> ClockState:
    """Stop from ``at`` for one of the causes the rule lists; the days after the stop to the resume's do not count.

    ``expected_days`` (working days) is what the applicant is told. UnlawfulStop for any other cause, ClockNotRunning, ReasonMissing.
    """
    row = locked(clock)
    rule = rule_of_row(row.rule_id)
    if cause not in rule.stops:
        lawful = "、".join(CAUSES.get(name, name) for name in rule.stops)
        raise UnlawfulStop(
            f"“{rule.title}”不能因“{CAUSES.get(cause, cause)}”停止计时。"
            + (f"依法只能因{lawful}停止。" if lawful else "这个时限依法不停止计时。")
            + "请继续办理；确需更多时间的，可以依法申请延长。",
            cause=cause,
            lawful=rule.stops,
        )
    if not reason.strip():
        raise ReasonMissing(fields={"reason": "请写明停止计时的理由"})
    if row.state != "running" or row.due_at < at.replace(microsecond=0):
        raise ClockNotRunning(clock=str(row.id), state=row.state)
    in_order(row, events_of(row), at)
    row.state = "stopped"
    row.stopped_since, row.stop_cause, row.stop_reason = at, cause, reason.strip()
    row.expected_resume = resume_day(row, at, expected_days)
    append(row, "stop", actor=actor, at=at, cause=cause, reason=reason.strip(), details={"expected_days": expected_days})
    return state_of(row)


@as_one_act
def resume_clock(*, clock: ClockRef, actor: Actor, at: datetime, reason: str = "") -> ClockState:
    """Counting goes on the day after ``at``; ClockNotStopped, OutOfOrder."""
    row = locked(clock)
    if row.state != "stopped":
        raise ClockNotStopped(clock=str(row.id), state=row.state)
    in_order(row, events_of(row), at)
    cause = row.stop_cause
    row.state = "running"
    row.stopped_since, row.stop_cause, row.stop_reason, row.expected_resume = None, "", "", None
    append(row, "resume", actor=actor, at=at, cause=cause, reason=reason)
    return state_of(row)


@as_one_act
def restart_clock(*, clock: ClockRef, cause: str, actor: Actor, at: datetime, reason: str = "") -> ClockState:
    """Count afresh from ``at`` where the rule says so (信息公开条例30: the limit runs from the corrected application); UnlawfulRestart."""
    row = locked(clock)
    if cause not in rule_of_row(row.rule_id).restarts:
        raise UnlawfulRestart(cause=cause)
    if row.state not in ("running", "stopped"):
        raise ClockNotRunning(clock=str(row.id), state=row.state)
    in_order(row, events_of(row), at)
    row.state = "running"
    row.stopped_since, row.stop_cause, row.stop_reason, row.expected_resume, row.extended_by = None, "", "", None, 0
    append(row, "restart", actor=actor, at=at, cause=cause, reason=reason)
    return state_of(row)
