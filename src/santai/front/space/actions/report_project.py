"""A firm reports the progress of its project for a quarter."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from santai.exchange.bus.service import publish
from santai.exchange.contracts.service import ProgressEntry, ProjectReported, progress_problems
from santai.front.space.errors import ProjectNotFound, ReportRefused
from santai.front.space.models import FirmProject
from santai.kernel.ledger.service import Actor, Party, record


@transaction.atomic
def report_project(*, code: str, entry: ProgressEntry, party: Party, actor: Actor, at: datetime) -> FirmProject:
    """ProjectNotFound (absent or another firm's), ReportRefused with every field, or because the quarter was sent already."""
    project = FirmProject.objects.select_for_update().filter(code=code, firm_code=party.code).first()
    if project is None or actor.represents is None:
        raise ProjectNotFound()
    if project.report_due is None or project.sent_period:
        raise ReportRefused()
    problems = progress_problems(
        entry,
        expected=project.period,
        before=project.invested,
        investment=project.investment,
        started=project.started,
        today=localdate(at),
    )
    if problems:
        raise ReportRefused(fields=problems)
    project.sent_period = entry.period
    project.save(update_fields=["sent_period"])
    record(actor=actor, act="front.space.project_reported", on=f"project:{code}", at=at, details={"period": entry.period})
    publish(
        ProjectReported(
            code=code,
            firm_code=party.code,
            period=entry.period,
            stage=entry.stage,
            invested=entry.invested,
            happened_on=entry.happened_on,
            text=entry.text.strip(),
            by_name=party.name,
            at=at.isoformat(),
        ),
        actor=actor,
        order_key=code,
        at=at,
    )
    return project
