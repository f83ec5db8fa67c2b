"""Start clocks from their legal event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from santai.kernel.clocks.models import Clock
from santai.kernel.clocks.queries import calendar, rule_row, state_of
from santai.kernel.clocks.rules import ClockState, derive, warning_for
from santai.kernel.codes.service import new_id
from santai.kernel.ledger.service import Actor, append, as_one_act, record


@dataclass(frozen=True, kw_only=True)
class Start:
    """One clock to start: which rule, on what, from which event."""

    rule: str
    subject: str
    event_at: datetime
    title: str = ""


def start_clock(*, rule: str, subject: str, event_at: datetime, actor: Actor, at: datetime, title: str = "") -> ClockState:
    """Start a clock under ``rule`` on ``subject`` from the legal event at ``event_at``; UnknownRule.

    The clock and its ledger entry are written. ``event_at`` is when the law starts counting (receipt, acceptance …), ``at`` when the
    act was recorded; a late record shortens nobody's right and lengthens no office's time.
    """
    return start_clocks(starts=[Start(rule=rule, subject=subject, event_at=event_at, title=title)], actor=actor, at=at)[0]


@as_one_act
def start_clocks(*, starts: Sequence[Start], actor: Actor, at: datetime) -> list[ClockState]:
    """The same for several clocks at once."""
    current = calendar()
    rows = []
    for start in starts:
        row_id, rule = rule_row(start.rule)
        deadline = derive(rule, start.event_at, (), current)
        rows.append(
            Clock(
                id=new_id(),
                rule_id=row_id,
                subject=start.subject,
                title=start.title or rule.title,
                kind=rule.kind,
                event_at=start.event_at,
                starts_on=deadline.starts_on,
                due_at=deadline.due_at,
                length=deadline.length,
                warning=warning_for(deadline.unloaded_years),
                calendar_version=current.version,
            )
        )
    if not rows:
        return []
    append(*rows)
    record(
        actor=actor,
        act="kernel.clocks.start",
        on=rows[0].subject,
        at=at,
        details={
            "clocks": [
                {"clock": str(row.id), "rule": start.rule, "from": start.event_at.isoformat(), "due": row.due_at.isoformat()}
                for row, start in zip(rows, starts, strict=True)
            ]
        },
    )
    return [state_of(row) for row in rows]
