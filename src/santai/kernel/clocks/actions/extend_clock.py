"""Give more time, as far as the law lets the right person."""

from datetime import datetime

from santai.kernel.clocks.actions.authority import has_role
from santai.kernel.clocks.actions.change import ClockRef, append, locked
from santai.kernel.clocks.errors import ClockNotRunning, ExtensionRefused, ReasonMissing
from santai.kernel.clocks.messages import UNIT_NAMES
from santai.kernel.clocks.queries import events_of, rule_of_row, state_of
from santai.kernel.clocks.rules import ClockState, tell
from santai.kernel.ledger.service import Actor, as_one_act


@as_one_act
def extend_clock(*, clock: ClockRef, reason: str, approver: Actor, at: datetime, by: int | None = None) -> ClockState:
    """Extend by ``by`` units (the rule's most, when left out) on the approval of ``approver``, who must hold the role the rule names.

    ExtensionRefused when the rule gives none, the person may not, it is too long, already used, or the deadline is past; ReasonMissing.
    """
    row = locked(clock)
    rule = rule_of_row(row.rule_id)
    allowed = rule.extension
    if allowed is None:
        raise ExtensionRefused(f"“{rule.title}”依法不能延长，请在期限内办结。", why="no_extension_in_law")
    if not has_role(approver, allowed.role, organisation=approver.organisation):
        raise ExtensionRefused(f"延长须经{allowed.role_title}批准，您当前的岗位不能批准。请转交有权批准的负责人。", why="approver_rank")
    if not reason.strip():
        raise ReasonMissing("请写明延长的理由，理由会告知申请人。", fields={"reason": "请写明延长的理由"})
    if row.state not in ("running", "stopped") or (row.state == "running" and row.due_at < at.replace(microsecond=0)):
        raise ClockNotRunning("期限已过或已经办结，不能再延长。", clock=str(row.id), state=row.state)
    if tell(row.event_at, events_of(row)).extensions >= allowed.times:
        raise ExtensionRefused(f"“{rule.title}”已经延长过 {allowed.times} 次，不能再延长。", why="once_only")
    length = allowed.length if by is None else by
    if not 0 < length <= allowed.length:
        raise ExtensionRefused(
            f"最多可以延长 {allowed.length} 个{UNIT_NAMES[rule.unit]}，请修改后再提交。",
            fields={"by": f"填 1 到 {allowed.length}"},
            why="over_limit",
        )
    row.extended_by += length
    append(row, "extend", actor=approver, at=at, by=length, reason=reason.strip(), details={"role": allowed.role, "law": allowed.law})
    return state_of(row)
