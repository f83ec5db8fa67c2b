"""The limit of the quarter that is to be reported next."""

from datetime import datetime, time

from django.utils.timezone import get_current_timezone

from santai.back.projects.models import Project
from santai.back.projects.rules import REPORT_CLOCK
from santai.exchange.contracts.service import period_name, quarter_end
from santai.kernel.clocks.service import start_clock
from santai.kernel.ledger.service import Actor


def next_report(*, project: Project, actor: Actor, at: datetime) -> None:
    """Starts the clock of ``project.period`` from the end of that quarter; the caller saves the project."""
    ended = datetime.combine(quarter_end(project.period), time(12), tzinfo=get_current_timezone())
    clock = start_clock(
        rule=REPORT_CLOCK,
        subject=f"project:{project.code}",
        event_at=ended,
        title=f"{period_name(project.period)}进度报送",
        actor=actor,
        at=at,
    )
    project.report_due_at = clock.due_at
